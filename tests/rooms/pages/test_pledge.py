"""The members of the Open Source Pledge as partners: the same templates show another program.

Their files lie beside this repository, where tests of the platforms' schemas find theirs, too.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from justhtml import JustHTML

from builders import day
from community_partners.model.country import Country
from community_partners.model.partner import Partner
from community_partners.model.ranking import PartnerMonth
from month_builders import partner, ranking, row
from site_world import directory, files

PLEDGE = Path(__file__).parents[4] / "shared/data/pledge"
MEMBERS = sorted(PLEDGE.glob("*.json"))
COUNTRIES = (Country("USA", "United States"), Country("DEU", "Germany"))


def _partner(path: Path, at: int) -> Partner:
    data = json.loads(path.read_text("utf-8"))
    one = partner(path.stem, name=data["name"], accepted=day(data["joinDate"]))
    told = replace(
        one.organization,
        website=data["url"],
        contact=data["url"],
        description=data.get("description") or f"{data['name']} pays the maintainers it relies on.",
        country=COUNTRIES[at % 2],
    )
    return replace(one, organization=told)


def _line(one: Partner, at: int) -> PartnerMonth:
    return row(one.slug, at + 1, name=one.name, accepted=one.accepted, points=1000 - at)


@pytest.mark.skipif(not MEMBERS, reason="the members' files do not lie beside this repository")
def test_members_of_another_program_are_shown_as_well() -> None:
    partners = [_partner(path, at) for at, path in enumerate(MEMBERS)]
    month = ranking(*(_line(one, at) for at, one in enumerate(partners)))
    site = files(directory(*partners, months=(month,)))
    assert site["index.html"].count('class="card"') == len(MEMBERS) > 20
    for one in partners:
        page = site[f"partner/{one.slug}/index.html"]
        assert JustHTML(page, sanitize=False, collect_errors=True).errors == []
        assert 'href=""' not in page
        address = one.organization.website
        linked = f'<a href="{address}"'.replace("&", "&amp;") in page
        assert linked == address.startswith("https://")
