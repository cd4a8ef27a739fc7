"""In what two organizations agree."""

from dataclasses import dataclass

import pytest

from community_partners.rules.same_organization import in_common


@dataclass(frozen=True, kw_only=True)
class Named:
    slug: str = "acme"
    name: str = "Acme"
    website: str = "https://acme.example"
    platform: str = "open-collective"
    account: str = "acme"


NOBODY = Named(slug="", name="", website="", platform="", account="")
OTHER = Named(slug="o", name="Other", website="https://other.example", account="other")


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (Named(), Named(), ("short name", "name", "website", "paying account")),
        (Named(), OTHER, ()),
        (Named(slug="o"), OTHER, ("short name",)),
        (Named(name="OTHER"), OTHER, ("name",)),
        (Named(website="http://www.Other.example/de/"), OTHER, ("website",)),
        (Named(website="https://other.example/acme"), OTHER, ("domain",)),
        (Named(website="https://acme.other.example"), OTHER, ()),
        (Named(website="https://\u043ether.example"), OTHER, ("domain",)),
        (Named(website="https://xn--ther-45d.example"), OTHER, ("domain",)),
        (Named(website="https://0ther.example"), OTHER, ("domain",)),
        (Named(account="Other"), OTHER, ("paying account",)),
        (Named(account="other", platform="github-sponsors"), OTHER, ()),
        (NOBODY, NOBODY, ()),
        (NOBODY, OTHER, ()),
    ],
)
def test_in_common(one: Named, other: Named, agrees: tuple[str, ...]) -> None:
    assert in_common(one, other) == agrees
    assert in_common(other, one) == agrees
