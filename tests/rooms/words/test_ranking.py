"""The page and the terminal, whole, beside golden files; `BLESS=1` writes what is rendered now."""

import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from builders import day, month, program
from community_partners.model.partner_pages import PartnerPages
from community_partners.model.program import Policy
from community_partners.model.ranking import (
    Concern,
    Correction,
    MemberMonth,
    PartnerMonth,
    Person,
    Ranking,
)
from community_partners.model.standing import Judged
from community_partners.words.ranking_page import ranking_page
from community_partners.words.ranking_rows import rows
from community_partners.words.ranking_terminal import show_ranking
from month_builders import basis, ranking, row, standing

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "Acme | <script>alert(1)</script> @everyone [x](http://evil.example) <!-- --> ` \x1b[31m"
MONTHS = (month("2025-12"), month("2026-09"), month("2026-10"))


def line(
    slug: str, rank: int | None, points: int, movement: int | None = 0, **fields: object
) -> PartnerMonth:
    """With as many contributors as it has hundreds of points, one at least if it has any."""
    members = tuple(
        MemberMonth(name="Ada", github=f"example-{number}", points=1)
        for number in range(max(points // 100, bool(points)))
    )
    kinds = {"pull request": points - points // 4, "review": points // 4} if points else {}
    return row(
        slug, rank, points=points, by_kind=kinds, movement=movement, members=members, **fields
    )


def busy() -> Ranking:
    return ranking(
        line("aurora", 1, 300, 1),
        line("baobab", 2, 40, -1),
        line("cedar", 2, 40),
        line("dune", 2, 40, None, standing=standing(judged=Judged.NEWCOMER)),
        line("estuary", 5, 10, 12, standing=standing("at risk", judged=Judged.MISSED)),
        line("fjord", 6, 0, standing=standing("at risk", judged=Judged.PAUSED)),
        line("glacier", 6, 0, standing=standing(judged=Judged.UNKNOWN)),
        line("ghost", None, 90, None, hidden=True),
        line("harbor", None, 0, None, standing=standing("suspended", judged=Judged.MISSED)),
        line("inlet", None, 20, None, standing=standing("lapsed", judged=Judged.UNKNOWN)),
        homepage=("aurora", "dune", "baobab", "cedar"),
        people=(
            Person(concern=Concern.CLAIMED_TWICE, github="example-1", partners=("aurora", "dune")),
            Person(
                concern=Concern.RENAMED, github="example-2", partners=("cedar",), now="example-3"
            ),
        ),
    )


def corrected() -> Ranking:
    many = tuple(f"partner-{number}: points 5 instead of 0." for number in range(23))
    return replace(
        busy(),
        corrections=(
            Correction(day=day("2026-11-09"), changes=("baobab: points 40 instead of 35.",)),
            Correction(day=day("2026-11-24"), changes=many),
        ),
    )


def hostile() -> Ranking:
    return ranking(
        replace(line("acme", 1, 15), name=HOSTILE, by_kind={f"event {HOSTILE}": 15}),
        replace(line("globex", None, 0), name=HOSTILE, standing=standing("suspended")),
        basis=basis(version=HOSTILE, program=HOSTILE),
        people=(Person(concern=Concern.MISSING, github=HOSTILE, partners=("acme",)),),
        corrections=(Correction(day=day("2026-11-09"), changes=(HOSTILE,)),),
    )


CASES: dict[str, Callable[[], Ranking]] = {
    "ranking-busy": busy,
    "ranking-corrected": corrected,
    "ranking-hostile": hostile,
    "ranking-nobody-ranked": lambda: ranking(
        line("harbor", None, 0, None, standing=standing("suspended", judged=Judged.MISSED))
    ),
    "ranking-no-partners": ranking,
}


def page(latest: Ranking) -> str:
    before = ranking(month=month("2026-09"))
    return ranking_page(latest, before, MONTHS, program(), PartnerPages())


def screen(latest: Ranking) -> str:
    """On a terminal of 100 columns without color."""
    out = io.StringIO()
    show_ranking(latest, Console(file=out, width=100, color_system=None))
    return "\n".join(one.rstrip() for one in out.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("show", "suffix"), [(page, "md"), (screen, "txt")])
def test_golden(name: str, show: Callable[[Ranking], str], suffix: str) -> None:
    shown = show(CASES[name]())
    path = GOLDEN / f"{name}.{suffix}"
    if os.environ.get("BLESS"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_a_first_month_has_no_movement_and_no_earlier_ones() -> None:
    shown = ranking_page(busy(), None, MONTHS[-1:], program(), PartnerPages())
    assert "| Contributors | Movement |" in shown
    assert "Earlier" not in shown


def test_hidden_partners_are_in_no_list() -> None:
    assert "host" not in page(busy()) + screen(busy())
    assert "ghost" not in [one.partner.slug for one in rows(busy())]


def test_what_others_wrote_stays_words() -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(page(hostile()))
    assert "<script" not in html
    assert "evil.example)" in html
    assert 'href="http' not in html.replace('href="https://project.example/policy"', "")
    assert html.count("<tr>") == 2, "a name stays in its cell"
    assert "\x1b" not in page(hostile()) + screen(hostile())
    assert "[31m" in screen(hostile()), "it is not markup either"


def test_a_policy_that_is_not_https_is_no_link() -> None:
    policy = Policy(version="1", date=day("2026-01-01"), url="http://project.example")
    page = ranking_page(busy(), None, (), program(policy=policy), PartnerPages())
    assert "(policy version 1)" in page
