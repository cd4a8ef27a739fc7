"""Whose private payments may be used: a stranger learns nothing of them."""

from dataclasses import replace
from typing import Any

import pytest

from builders import application, payer, payment, sponsorship
from community_partners.model.application import Application, Platform
from community_partners.model.spokesperson import Profile
from community_partners.model.sponsorship import OrderStatus, Payer, Sponsorship
from community_partners.rules.payer_link import is_usable, payer_link, usable_part
from community_partners.rules.voice import Voice

ON_GITHUB = application(platform=Platform.GITHUB_SPONSORS)
NO_WEBSITE: dict[str, Any] = {"websites": (), "github": ("EXAMPLE-acme",)}
OURS = Profile(
    id=9, login="Example-Acme", verified=True, website="https://acme.example", members=()
)
HEARD = Voice(asked=True, how="The website says so")


@pytest.mark.parametrize(
    ("why", "account", "who", "organization", "link"),
    [
        ("the website", payer(), application(), None, "the website acme.example"),
        (
            "one of its websites",
            payer(websites=("https://other.example", "http://acme.example/")),
            application(),
            None,
            "the website acme.example",
        ),
        ("another website", payer(websites=("https://other.example",)), application(), OURS, None),
        (
            "the organization",
            payer(**NO_WEBSITE),
            application(),
            OURS,
            "the GitHub organization Example-Acme",
        ),
        ("an organization that is not shown", payer(**NO_WEBSITE), application(), None, None),
        (
            "another website, and the organization",
            payer(**{**NO_WEBSITE, "websites": ("https://other.example",)}),
            application(),
            OURS,
            None,
        ),
        (
            "on GitHub, the organization itself",
            payer(**{**NO_WEBSITE, "websites": ("https://other.example",)}),
            ON_GITHUB,
            OURS,
            "the GitHub organization Example-Acme",
        ),
        ("another organization", payer(websites=(), github=("other",)), ON_GITHUB, OURS, None),
        ("nothing at all", payer(websites=()), application(), OURS, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_links_an_account(
    why: str, account: Payer, who: Application, organization: Profile | None, link: str | None
) -> None:
    assert payer_link(account, who, organization) == link, why


STRANGER = payer(websites=("https://other.example",))
PAID = payment("2026-10-01")


@pytest.mark.parametrize(
    ("why", "seen", "usable"),
    [
        ("public, and linked", sponsorship(PAID), True),
        ("public, of whoever", sponsorship(PAID, payer=STRANGER), True),
        ("private, and linked", sponsorship(PAID, public=False), True),
        ("private, and not linked", sponsorship(PAID, public=False, payer=STRANGER), False),
        ("private, and nobody there", sponsorship(PAID, public=False, payer=None), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_private_is_used_for_its_owner_only(
    why: str, seen: Sponsorship, usable: bool
) -> None:
    assert is_usable(seen, application(), HEARD) is usable, why
    assert (usable_part(seen, application(), HEARD) == seen) is usable


@pytest.mark.parametrize(
    ("why", "voice", "usable"),
    [
        ("somebody speaks", HEARD, True),
        ("a maintainer vouches", Voice(asked=True, vouched=True), True),
        ("a file on disk", Voice(asked=False), True),
        ("nobody speaks", Voice(asked=True), False),
        ("another country was named before", replace(HEARD, moved=True), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_private_waits_for_a_spokesperson(why: str, voice: Voice, usable: bool) -> None:
    seen = sponsorship(PAID, public=False)
    assert is_usable(seen, application(), voice) is usable, why
    assert is_usable(replace(seen, public=True), application(), voice), why


@pytest.mark.parametrize("status", [None, *OrderStatus])
def test_a_stranger_learns_that_the_account_exists_and_no_more(status: OrderStatus | None) -> None:
    """Whatever was paid, and whatever became of it."""
    never = sponsorship(public=False, payer=STRANGER, orders=())
    orders = () if status is None else (status,)
    seen = sponsorship(PAID, public=False, payer=STRANGER, orders=orders, unexplained="More.")
    found = usable_part(seen, application(), HEARD)
    assert found == usable_part(never, application(), HEARD)
    assert (found.payer, found.payments, found.public) == (STRANGER, None, False)
