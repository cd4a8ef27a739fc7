"""A partner's page and badge, whole, beside golden files; `BLESS=1` writes what is rendered now."""

import os
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builders import day, program
from community_partners.model.partner import Partner
from community_partners.model.ranking import Ranking
from community_partners.words.badge import badge
from community_partners.words.partner_page import partner_pages
from month_builders import OCTOBER, partner, ranking, row, standing

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "Acme | <script>alert(1)</script> @everyone [x](http://evil.example) <!-- --> ` \x1b[31m"
LATEST = ranking(
    row("aurora", 1, points=35, by_kind={"pull request": 35}),
    row("baobab", 2, points=1, by_kind={"issue": 1}, standing=standing("at risk")),
    row("cedar", 3, points=0, by_kind={}),
    row("harbor", None, points=20, standing=standing("suspended", since=OCTOBER)),
    row("inlet", None, points=20, standing=standing("lapsed", since=OCTOBER)),
    homepage=("aurora",),
)


def pages(*partners: Partner, latest: Ranking | None = LATEST) -> dict[str, str]:
    found = partner_pages(partners, latest, program())
    return {one.path: one.text or "" for one in found}


@pytest.mark.parametrize("slug", ["aurora", "harbor"])
def test_as_it_was(slug: str) -> None:
    for path, text in pages(partner(slug)).items():
        golden = GOLDEN / path.replace("directory/", "partner-page-")
        if os.environ.get("BLESS"):
            golden.write_text(text, "utf-8")
        assert text == golden.read_text("utf-8")


@pytest.mark.parametrize(
    ("slug", "on_the_page", "on_the_badge"),
    [
        (
            "aurora",
            "| Rank in October 2026 | 🥇 1 of 3, 35 points: pull request 35 |",
            "since 2026",
        ),
        # At risk is between a partner and the maintainers: for all others it is a partner.
        ("baobab", "| Rank in October 2026 | 2 of 3, 1 point: issue 1 |", "partner since 2026"),
        ("cedar", "| Rank in October 2026 | 3 of 3, 0 points |", "partner since 2026"),
        ("harbor", "since 15 January 2026; suspended, since October 2026 |", "suspended"),
        ("inlet", "; no partner at present, since October 2026 |", "no partner at present"),
        ("newcomer", "| Partner of Project | since 15 January 2026 |", "partner since 2026"),
    ],
)
def test_each_standing_in_words(slug: str, on_the_page: str, on_the_badge: str) -> None:
    page, image = pages(partner(slug)).values()
    assert on_the_page in page
    assert on_the_badge in image
    assert "at risk" not in page + image


def test_a_hidden_partner_has_neither() -> None:
    assert pages(partner("aurora", hidden=True), partner("cedar")).keys() == {
        "directory/cedar.md",
        "directory/cedar.svg",
    }


def test_who_was_accepted_again_is_new() -> None:
    page, image = pages(partner("inlet", accepted=day("2026-11-03"))).values()
    assert "no partner" not in page + image
    assert "Rank in" not in page


def test_before_the_first_month_nothing_leads_to_a_ranking() -> None:
    page, _ = pages(partner("aurora"), latest=None).values()
    assert "ranking" not in page.casefold()


def test_hostile_words_stay_words() -> None:
    acme = partner("acme", name=HOSTILE)
    hostile = replace(
        acme.organization,
        description=HOSTILE,
        services=(HOSTILE, "# x"),
        website="javascript:alert(1)",
        contact="https://evil.example/|)<b>",
    )
    page, image = pages(replace(acme, organization=hostile)).values()
    html = MarkdownIt("commonmark").enable("table").render(page)
    for live in ("<script", "<b>", 'href="javascript', "<!--", "@everyone", "http://evil"):
        assert live not in html
    assert html.count("<tr>") == 6
    ElementTree.fromstring(image)  # noqa: S314  our own image


@given(st.text(max_size=80), st.text(max_size=80), st.booleans())
def test_any_words_make_a_whole_image(label: str, value: str, lit: bool) -> None:
    image = ElementTree.fromstring(badge(label, value, lit=lit))  # noqa: S314  our own image
    words = [one for one in image.iter() if one.tag.endswith("}text")]
    assert len(words) == 2
    assert all(len(one.text or "") <= 40 for one in words)
