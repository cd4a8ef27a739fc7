"""Payments that GitHub shows to the project alone: who names another's account learns nothing."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from fakes.sponsors import Sponsors
from program_folder import ProgramFolder, body

COUNTRIES = ("United States", "India", "Japan", "Switzerland", "Cambodia")
CONFIRM = (
    "GitHub Sponsors does not show these payments to everyone: we look at them once a maintainer "
    "has confirmed that the account is yours, by /waive payer."
)


def pays(sponsors: Sponsors) -> None:
    sponsors.faithful("victim", "2026-01-05", 11, 7000)


def paid_once(sponsors: Sponsors) -> None:
    sponsors.sponsorship("victim", "2026-01-05", 7000, isActive=False)


def contradicts(sponsors: Sponsors) -> None:
    sponsors.faithful("victim", "2026-01-05", 2, 7000)


def comment(folder: ProgramFolder, country: str) -> str:
    form = body(country=country, platform="GitHub Sponsors", account="victim")
    ran = folder.review(folder.issue(form, "edited"), SPONSORS_TOKEN="ghp_admin")
    assert ran.code == 0, ran.err
    hidden, headline, text = folder.comments[0].partition("###")
    assert all(one.startswith("<!--") for one in hidden.splitlines())
    return headline + text


@pytest.mark.parametrize("world", [pays, paid_once, contradicts])
@pytest.mark.parametrize("website", ["https://victim.example", None])
def test_a_stranger_reads_the_same_whatever_was_paid(
    program_folder: ProgramFolder, world: Callable[[Sponsors], None], website: str | None
) -> None:
    github = program_folder.github
    github.person("example-user-1")
    github.organization("victim", websiteUrl=website)
    sponsors = Sponsors(github)
    world(sponsors)
    seen = [comment(program_folder, country) for country in COUNTRIES]
    for told in (sponsors.sponsorships, sponsors.activities, sponsors.lifetime):
        told.clear()
    assert seen == [comment(program_folder, country) for country in COUNTRIES]
    assert all(text.count(CONFIRM) == 2 for text in seen[:4])
    assert all(CONFIRM in text for text in seen)


@pytest.mark.parametrize(("cents", "words"), [(7071, "❌"), (170_71, "✅")])
def test_who_is_linked_reads_met_or_not_met_and_no_figure(
    program_folder: ProgramFolder, cents: int, words: str
) -> None:
    github = program_folder.github
    github.person("example-user-1")
    github.organization("victim", websiteUrl="https://acme.example")
    Sponsors(github).faithful("victim", "2026-01-05", 11, cents)
    text = comment(program_folder, "United States")
    assert f"{words} | Amount in each of 3 months" in text
    assert "71" not in re.sub(r"sha256:\w+", "", text)


PRICES = (71_71, 271_71)  # USD 100 are asked


def faithful_but(*, lifetime: int, **fields: Any) -> Callable[[Sponsors], None]:
    """Faithful at the higher price since January, told by one event, but for one thing."""

    def world(sponsors: Sponsors) -> None:
        sponsors.sponsorship("victim", "2026-01-05", PRICES[1], **fields)
        sponsors.event("victim", "NEW_SPONSORSHIP", "2026-01-05", PRICES[1])
        sponsors.paid_in_all("victim", lifetime)

    return world


def raised_on_no_day(sponsors: Sponsors) -> None:
    sponsors.sponsorship("victim", "2026-01-05", PRICES[1])
    sponsors.event("victim", "NEW_SPONSORSHIP", "2026-01-05", PRICES[0])
    sponsors.event("victim", "TIER_CHANGE", None, PRICES[1])
    sponsors.paid_in_all("victim", 10 * PRICES[1])


def refunded_on_no_day(sponsors: Sponsors) -> None:
    sponsors.faithful("victim", "2026-01-05", 11, PRICES[1])
    sponsors.event("victim", "REFUND", None, PRICES[1])


def ended_without_events(sponsors: Sponsors) -> None:
    sponsors.sponsorship("victim", "2026-01-05", PRICES[1], isActive=False)
    sponsors.paid_in_all("victim", 9 * PRICES[1])


def once_without_events(sponsors: Sponsors) -> None:
    tier = {"isOneTime": True, "monthlyPriceInCents": PRICES[1]}
    sponsors.sponsorship("victim", "2026-10-05", isOneTimePayment=True, tier=tier)
    sponsors.paid_in_all("victim", PRICES[1])


def paid_more_than_is_told(sponsors: Sponsors) -> None:
    sponsors.faithful("victim", "2026-01-05", 11, PRICES[0])
    sponsors.paid_in_all("victim", 3 * PRICES[1])


LOWERED = {"tier": {"isOneTime": False, "monthlyPriceInCents": PRICES[0]}}


@pytest.mark.parametrize(
    ("world", "words"),
    [
        (faithful_but(lifetime=11 * PRICES[1]), "✅"),
        (faithful_but(lifetime=50 * PRICES[1]), "✅"),
        (faithful_but(lifetime=99 * PRICES[1], **LOWERED), "❔"),
        (raised_on_no_day, "❔"),
        (refunded_on_no_day, "❔"),
        (ended_without_events, "❔"),
        (once_without_events, "❔"),
        (paid_more_than_is_told, "❔"),
    ],
    ids=[
        "all agrees",
        "paid for years before",
        "lowered, and no event of it",
        "raised on no day",
        "refunded on no day",
        "ended without events",
        "once without events",
        "paid more than is told",
    ],
)
def test_what_github_contradicts_goes_to_a_person_without_a_figure(
    program_folder: ProgramFolder, world: Callable[[Sponsors], None], words: str
) -> None:
    github = program_folder.github
    github.person("example-user-1")
    github.organization("victim", websiteUrl="https://acme.example")
    world(Sponsors(github))
    text = comment(program_folder, "United States")
    assert f"{words} | Amount in each of 3 months" in text
    assert "❌ | Sponsorship" not in text
    assert "71" not in re.sub(r"sha256:\w+", "", text)


def test_nothing_of_a_stranger_is_stored(program_folder: ProgramFolder) -> None:
    github = program_folder.github
    github.person("example-user-1")
    github.organization("victim", websiteUrl="https://victim.example")
    pays(Sponsors(github))
    text = body(platform="GitHub Sponsors", account="victim")
    file = program_folder.path / "form.md"
    file.write_text(text)
    made = program_folder.run("form", "form.md")
    (program_folder.path / "acme-gmbh.yml").write_text(made.out)
    options = ("--today", "2026-11-24", "--save-evidence", "e.json")
    ran = program_folder.run("check", "acme-gmbh.yml", *options, SPONSORS_TOKEN="ghp_admin")
    assert ran.code == 0, ran.err
    stored: dict[str, Any] = json.loads((program_folder.path / "e.json").read_text())
    value = stored["sponsorship"]["value"]
    assert set(value) == {"payer", "payments", "platform", "public"}
    assert (value["payments"], value["public"]) == (None, False)
