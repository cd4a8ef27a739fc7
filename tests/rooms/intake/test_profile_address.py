"""Which addresses of which pages name an account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.intake.profile_address import read_account


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("acme", "acme"),
        (" @acme ", "acme"),
        ("https://github.com/acme", "acme"),
        ("HTTPS://www.GitHub.com/acme/", "acme"),
        ("github.com/acme?tab=repositories", "acme"),
        ("https://github.com/orgs/acme/people", "acme"),
        ("https://github.com/sponsors/acme#about", "acme"),
        ("https://github.com/", "https://github.com/"),
        ("https://github.com.evil.example/acme", "https://github.com.evil.example/acme"),
        ("https://evil.example/github.com/acme", "https://evil.example/github.com/acme"),
        ("https://opencollective.com/acme", "https://opencollective.com/acme"),
        ("enterprises", "enterprises"),
    ],
)
def test_account(written: str, read: str) -> None:
    assert read_account(written, "github.com") == read


PAGES = (
    "github.com/enterprises/acme",
    "github.com/organizations/acme/settings/profile",
    "github.com/settings",
    "github.com/settings/profile",
    "github.com/orgs",
    "github.com/sponsors",
    "github.com/orgs/settings",
    "github.com/sponsors/explore",
    "github.com/Apps/acme",
    "github.com/stars/acme",
    "github.com/users/acme",
    "github.com/dashboard/acme",
    "github.com/topics/cms",
    "github.com/marketplace?type=actions",
    "opencollective.com/dashboard",
    "opencollective.com/search?q=acme",
    "opencollective.com/organizations/acme",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_platform_is_no_account(page: str) -> None:
    written = f"https://{page}"
    host = page.partition("/")[0]
    assert read_account(written, host) == written


@pytest.mark.parametrize("page", ["dashboard/acme", "dashboard/acme/expenses", "acme/contribute"])
def test_an_account_of_open_collective(page: str) -> None:
    assert read_account(f"https://opencollective.com/{page}", "opencollective.com") == "acme"


@given(st.text(max_size=30))
def test_a_name_alone_is_taken_as_it_is(name: str) -> None:
    """Whether such an account exists is the platform's question."""
    for host in ("github.com", "opencollective.com"):
        if "/" not in name:
            assert read_account(name, host) == name.strip().removeprefix("@")
