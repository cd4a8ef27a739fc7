"""Who is on the public site: hidden partners nowhere, former ones with a page of their own."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import day, member, month, program
from community_partners.model.directory import TieBreak
from community_partners.model.naming import Naming
from community_partners.model.ranking import (
    Concern,
    Correction,
    MemberMonth,
    MonthFinding,
    PartnerMonth,
    Person,
)
from community_partners.model.site import Site
from community_partners.model.standing import Standing
from community_partners.model.verdict import Outcome
from community_partners.rules.before_whom import in_order, positions
from community_partners.rules.rank import Contender, rank
from month_builders import OCTOBER, partner, ranking, row, standing
from site_world import directory, files, finding, line

SEPTEMBER = month("2026-09")


def test_a_hidden_partner_is_nowhere_not_even_in_the_months_before() -> None:
    months = (
        ranking(row("aurora"), row("dune", 2, hidden=True), homepage=("aurora",)),
        ranking(
            row("dune", 1),
            row("aurora", 2),
            month=SEPTEMBER,
            homepage=("dune", "aurora"),
            people=(Person(concern=Concern.RENAMED, github="dune-1", partners=("dune",)),),
            corrections=(Correction(day=day("2026-10-26"), changes=("dune: points 15.",)),),
        ),
    )
    hidden = partner("dune", member("dune-1", name="Dai Dune"), hidden=True)
    site = files(directory(partner("aurora"), hidden, months=months))
    assert "partner/aurora/index.html" in site
    for path, text in site.items():
        assert "dune" not in (path + text).casefold(), path


def test_a_hidden_partner_whose_record_is_gone_is_nowhere() -> None:
    months = (ranking(row("aurora")), ranking(row("dune", hidden=True), month=SEPTEMBER))
    site = files(directory(partner("aurora"), months=months))
    assert not [path for path, text in site.items() if "dune" in (path + text).casefold()]


def test_who_left_keeps_a_page_and_badge() -> None:
    months = (ranking(row("aurora")), ranking(row("dune"), row("aurora", 2), month=SEPTEMBER))
    site = files(directory(partner("aurora"), months=months))
    page = site["partner/dune/index.html"]
    assert "Was a partner of Project until September 2026" in page
    assert "was a partner until September 2026" in site["badge/dune.svg"]
    assert '"color":"757575"' in site["badge/dune.json"]
    assert "Dune" in site["former/index.html"]
    assert "Dune" not in site["index.html"]
    assert "Dune is no partner any more" in site["feed.xml"]


def test_who_has_lapsed_is_a_former_partner() -> None:
    lapsed = row("dune", None, standing=standing("lapsed", since=SEPTEMBER))
    shown = directory(partner("dune"), months=(ranking(lapsed),))
    assert [one.slug for one in shown.former] == ["dune"]
    assert shown.former[0].until == SEPTEMBER
    assert not shown.partners


def test_a_partner_that_came_back_starts_anew() -> None:
    earlier = ranking(row("dune", accepted=day("2025-03-01")))
    shown = directory(partner("dune", accepted=day("2026-11-03")), months=(earlier,))
    assert shown.partners[0].positions == ()
    assert "its first month has not been checked yet" in files(shown)["partner/dune/index.html"]


def test_what_a_partner_paid_is_in_no_file() -> None:
    paid = MonthFinding(
        criterion="amount",
        title="Required amount",
        outcome=Outcome.NOT_MET,
        reason="USD 100 asked, USD 4711 paid.",
    )
    regular = replace(paid, criterion="contributions-regular", reason="4 points, 10 asked.")
    shown = directory(partner(), months=(ranking(row(findings=(paid, regular))),))
    site = files(shown)
    assert not [path for path, text in site.items() if "4711" in text or "4,711" in text]
    assert "4 points, 10 asked." in site["partner/acme/index.html"]
    assert "Pay the amount of your country in November 2026" in site["partner/acme/index.html"]


def test_present_partners_stand_by_rank_then_new_ones_then_suspended_ones() -> None:
    away = row("aurora", None, standing=standing("suspended"))
    months = (ranking(row("dune", 1, points=20), row("cedar", 2), away),)
    names = ("aurora", "baobab", "cedar", "dune")
    shown = directory(*map(partner, names), months=months)
    assert [one.slug for one in shown.partners] == ["dune", "cedar", "baobab", "aurora"]


@pytest.mark.parametrize(
    ("first", "second", "by", "words"),
    [
        ({"points": 20}, {"points": 15}, TieBreak.POINTS, "which has 5 points less"),
        (
            {"people": 2},
            {"people": 1},
            TieBreak.CONTRIBUTORS,
            "is listed first: it has one contributor more",
        ),
        (
            {"by_kind": {"issue": 5, "review": 10}},
            {},
            TieBreak.KINDS,
            "is listed first: it has one kind of contribution more",
        ),
        (
            {"accepted": day("2026-01-01")},
            {},
            TieBreak.ACCEPTED,
            "is listed first: it has been a partner for longer",
        ),
        ({"name": "Aurora"}, {"name": "Dune"}, TieBreak.NAME, "is listed first: by the alphabet"),
    ],
)
def test_the_page_says_why_one_is_before_the_other(
    first: dict[str, Any], second: dict[str, Any], by: TieBreak, words: str
) -> None:
    equal = first["points"] == second["points"] if "points" in first else True
    one = _row("aurora", 1, **first)
    other = _row("dune", 1 if equal else 2, **second)
    month_of_both = ranking(other, one)
    found = positions(in_order(month_of_both))
    assert found["aurora"].behind
    assert found["aurora"].behind.by is by
    partners = (
        partner("aurora", accepted=first.get("accepted", day("2026-01-15"))),
        partner("dune"),
    )
    page = files(directory(*partners, months=(month_of_both,)))["partner/aurora/index.html"]
    assert words in " ".join(page.split())


def _row(slug: str, rank: int = 1, *, people: int = 1, **fields: Any) -> PartnerMonth:
    """A line of so many people."""
    members = tuple(MemberMonth(name=slug, github=f"{slug}-{at}", points=1) for at in range(people))
    return row(slug, rank, members=members, **fields)


SMALL = st.integers(0, 2)


@given(st.lists(st.tuples(SMALL, SMALL, SMALL, SMALL), min_size=2, max_size=6))
def test_the_order_of_the_page_is_the_order_of_the_homepage(
    given_: list[tuple[int, int, int, int]],
) -> None:
    """The tie rule is read in two ways: by who gets a slot, and by who stands before whom."""
    kinds = ("pull request", "review", "issue")
    rows = [
        _row(
            f"p-{at}",
            people=people,
            points=points + 1,
            by_kind=dict.fromkeys(kinds[:several], 1),
            accepted=day(f"2026-01-1{since}"),
        )
        for at, (points, people, several, since) in enumerate(given_)
    ]
    contenders = [
        Contender(
            slug=one.slug,
            name=one.name,
            accepted=one.accepted,
            standing=Standing.ACTIVE,
            hidden=False,
            points=one.points,
            contributors=len(one.members),
            kinds=len(one.by_kind),
        )
        for one in rows
    ]
    slots = rank(contenders, len(rows)).homepage
    assert tuple(one.slug for one in in_order(ranking(*rows)).partners) == slots
    found = positions(in_order(ranking(*rows)))
    for before, after in pairwise(slots):
        behind, ahead = found[before].behind, found[after].ahead
        assert behind
        assert ahead
        assert (behind.slug, ahead.slug, behind.by) == (after, before, ahead.by)
        assert behind.difference >= 0
        assert (behind.difference > 0) == (behind.by in [*TieBreak][:3])


def test_what_was_not_counted_stands_with_its_reason() -> None:
    reason = "Only the author accepted it."
    work = {("acme", "2026-10"): [line(), line("2026-10-06", points=0, not_counted=reason)]}
    site = files(directory(partner(), months=(ranking(row()),)), work)
    page = site["partner/acme/index.html"]
    assert "One contribution was not counted" in page
    assert reason in page
    assert "https://github.com/project/core/pull/20261006" in page
    assert reason in site["v1/partners/acme.json"]
    assert OCTOBER.title in page


def test_halves_are_shown_and_written_as_people_do() -> None:
    half = Decimal("7.5")
    shown = row(points=half, by_kind={"pull request": half})
    work = {("acme", "2026-10"): [line(points=half), line("2026-10-06", points=0)]}
    german = program(site=Site(language="de"))
    site, de = (
        files(directory(partner(), months=(ranking(shown),), policy=one), work)
        for one in (program(), german)
    )
    assert "with 7.5 points" in site["partner/acme/index.html"]
    assert "7,5 Punkte" in de["partner/acme/index.html"]
    data = json.loads(site["v1/partners/acme.json"])
    [month_of] = data["months"]
    assert (data["points"], month_of["contributions"][0]["points"]) == (7.5, 7.5)
    assert json.loads(site["v1/ranking.json"])["partners"][0]["by_kind"] == {"pull request": 7.5}
    assert ",7.5\r\n" in site["v1/partners.csv"]


UNNAMED = re.compile("acme-2|ada.?unnamed", re.IGNORECASE)
LEFT_OUT = member("Acme-2", name="Ada Unnamed", listed=False)


def test_a_team_member_can_be_left_out_by_name() -> None:
    """The points stay; no file names the person, not even as somebody to settle."""
    team = (member("acme-1"), LEFT_OUT)
    people = (Person(concern=Concern.RENAMED, github="Acme-2", partners=("acme",), now="acme-2b"),)
    lost = finding(reason="5 points, 10 asked. GitHub has no account named Acme-2.")
    shown = row(findings=(lost,), points=20)
    addresses = (
        "https://github.com/Acme-2/talks/pull/1",
        "https://talks.example/%41da-unnamed?x",
        "https://talks.example/AdaUnnamed",
        "https://github.com/project/core/pull/4",
    )
    of_ada = [line(member="Acme-2", url=url) for url in addresses]
    of_ada.append(line(member="Acme-2", points=0, not_counted="closed", url=addresses[0]))
    work = {("acme", "2026-10"): [line(), *of_ada, line(url=addresses[0])]}
    known = directory(partner("acme", *team), months=(ranking(shown, people=people),))
    site = files(known, work)
    for path, text in site.items():
        assert not UNNAMED.search(text), path
    page = site["partner/acme/index.html"]
    assert "6 contributions, 30 points" in page
    assert "acme-1" in page
    assert "One more person" in page
    assert "5 points, 10 asked." in page
    assert addresses[3] in page, "an address that names nobody stays"
    data = json.loads(site["v1/partners/acme.json"])
    assert (len(data["team"]), data["more_people"]) == (1, 1)
    assert len(data["months"][0]["contributions"]) == 6


def test_who_is_left_out_is_named_by_no_other_line_of_the_person() -> None:
    """Neither by an earlier time in the team, nor after the record has another login."""
    before = member("ACME-2", until=day("2025-12-31"))
    now = member("acme-renamed", name="Ada Unnamed", listed=False)
    work = {("acme", "2026-10"): [line(), line(member="acme-2")]}
    for team in ((member("acme-1"), before, LEFT_OUT), (member("acme-1"), now)):
        site = files(directory(partner("acme", *team), months=(ranking(row()),)), work)
        assert not any(map(UNNAMED.search, site.values()))


def test_of_a_partner_without_a_record_nobody_is_named() -> None:
    """Nobody knows any more who wanted to be left out."""
    work = {("acme", "2026-10"): [line(), line(member="acme-2")]}
    site = files(directory(months=(ranking(row()),)), work)
    assert not any(map(UNNAMED.search, site.values()))
    assert "2 contributions, 10 points" in site["partner/acme/index.html"]


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ("https://github.com/acme-2", True),
        ("https://github.com/ACME%2D2/x", True),
        ("https://acme-2.example/", True),
        ("https://talks.example/by_ada_unnamed.html", True),
        ("https://github.com/acme-22", False),
        ("https://github.com/acme/2", True),
        ("https://ada.example/", False),
        ("", False),
    ],
)
def test_an_address_that_has_the_login_or_the_name_in_it(text: str, hides: bool) -> None:
    naming = Naming(unlisted=frozenset({"acme-2", "Ada Unnamed"}))
    assert naming.hides(text) is hides


def test_an_approver_who_is_left_out_by_name_is_not_named() -> None:
    """In the team of another partner, which leaves the person out of the site."""
    other = partner("dune", member("Example-Events", listed=False))
    months = (ranking(row("aurora"), row("gone", 2)),)
    work = {
        (slug, "2026-10"): [line(approved_by=name) for name in ("example-events", "example-docs")]
        for slug in ("aurora", "gone")
    }
    site = files(directory(partner("aurora"), other, months=months), work)
    for slug in ("aurora", "gone"):
        page = site[f"partner/{slug}/index.html"]
        assert "approved by <bdi>example-docs</bdi>" in page
        assert "example-events" not in page
