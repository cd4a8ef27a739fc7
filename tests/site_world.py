"""The public site of partners and months that a test makes up, as files by path."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from builders import day, program
from community_partners.intake.contribution_lines import ContributionLines
from community_partners.model.directory import Directory, Line
from community_partners.model.month import Month
from community_partners.model.partner import Partner
from community_partners.model.program import Program
from community_partners.model.ranking import Ranking
from community_partners.pages.whole_site import site_files
from community_partners.site.gather import Gathered, country_amounts
from community_partners.site.listing import directory_of
from community_partners.words.badge import badge

NOW = day("2026-11-24")
Work = Mapping[tuple[str, str], Sequence[Line]]
"""Contributions by slug and month."""


def directory(
    *partners: Partner,
    months: Sequence[Ranking] = (),
    policy: Program | None = None,
    today: date = NOW,
    **fields: Any,
) -> Directory:
    """What the site shows. `months`: the latest first."""
    of = policy or program()
    gathered = Gathered(
        program=of,
        partners=partners,
        months=tuple(months),
        lines=ContributionLines(Path(), ()),
        amounts=country_amounts(of),
    )
    defaults: dict[str, Any] = {"repository": "https://github.com/project/partners"}
    return directory_of(gathered, today, **{**defaults, **fields})


def files(shown: Directory, work: Work | None = None) -> dict[str, str]:
    """The text of each file of the site."""

    def lines(slug: str, month: Month) -> Sequence[Line]:
        return (work or {}).get((slug, str(month)), ())

    drawn = site_files(shown, lines, lambda label, value, lit: badge(label, value, lit=lit))
    return {one.path: one.text or "" for one in drawn}


def line(on: str = "2026-10-05", **fields: Any) -> Line:
    defaults: dict[str, Any] = {
        "day": day(on),
        "kind": "pull request",
        "member": "acme-1",
        "points": 5,
        "url": f"https://github.com/project/core/pull/{on.replace('-', '')}",
    }
    return Line(**{**defaults, **fields})
