"""Whose private payments may be used: a stranger learns nothing of them."""

from typing import Any

import pytest

from builders import application, payer, payment, sponsorship
from community_partners.model.application import Application, Platform
from community_partners.model.sponsorship import OrderStatus, Payer, Sponsorship
from community_partners.rules.payer_link import is_usable, payer_link, usable_part

WITH_GITHUB = application(github="Example-Acme")
ON_GITHUB = application(github="example-acme", platform=Platform.GITHUB_SPONSORS)
NO_WEBSITE: dict[str, Any] = {"websites": (), "github": ("EXAMPLE-acme",)}


@pytest.mark.parametrize(
    ("why", "account", "who", "link"),
    [
        ("the website", payer(), application(), "the website acme.example"),
        (
            "one of its websites",
            payer(websites=("https://other.example", "http://acme.example/")),
            application(),
            "the website acme.example",
        ),
        ("another website", payer(websites=("https://other.example",)), application(), None),
        (
            "the GitHub account",
            payer(**NO_WEBSITE),
            WITH_GITHUB,
            "the GitHub account Example-Acme",
        ),
        (
            "another website, and the GitHub account",
            payer(**{**NO_WEBSITE, "websites": ("https://other.example",)}),
            WITH_GITHUB,
            None,
        ),
        ("an application without a GitHub account", payer(**NO_WEBSITE), application(), None),
        ("another GitHub account", payer(websites=(), github=("other",)), WITH_GITHUB, None),
        ("on GitHub everybody is a GitHub account", payer(**NO_WEBSITE), ON_GITHUB, None),
        ("nothing at all", payer(websites=()), WITH_GITHUB, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_links_an_account(
    why: str, account: Payer, who: Application, link: str | None
) -> None:
    assert payer_link(account, who) == link, why


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
    assert is_usable(seen, application()) is usable, why
    assert (usable_part(seen, application()) == seen) is usable


@pytest.mark.parametrize("status", [None, *OrderStatus])
def test_a_stranger_learns_that_the_account_exists_and_no_more(status: OrderStatus | None) -> None:
    """Whatever was paid, and whatever became of it."""
    never = sponsorship(public=False, payer=STRANGER, orders=())
    orders = () if status is None else (status,)
    seen = sponsorship(PAID, public=False, payer=STRANGER, orders=orders, unexplained="More.")
    found = usable_part(seen, application())
    assert found == usable_part(never, application())
    assert (found.payer, found.payments, found.public) == (STRANGER, None, False)
