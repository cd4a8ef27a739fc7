"""Websites compare by host and path, whatever people write into their profiles."""

import pytest

from community_partners.model.website import one_within_other, website_address, website_host


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://acme.example", "acme.example"),
        ("https://www.acme.example/en?from=github#top", "acme.example"),
        ("HTTP://WWW.Acme.Example:8080/", "acme.example"),
        ("acme.example", "acme.example"),
        ("www.acme.example/en", "acme.example"),
        ("https://acme.example.", "acme.example"),
        ("https://blog.acme.example", "blog.acme.example"),
        ("https://acme.example@other.example/", "other.example"),
        ("https://other.example/acme.example", "other.example"),
        ("https://müller.example", "müller.example"),
        ("https://MÜLLER.example", "müller.example"),
        ("https://xn--mller-kva.example", "müller.example"),
        ("https://xn--acme-.example", "xn--acme-.example"),
        ("https://xn--.example", "xn--.example"),
        ("https://xn--99999999.example", "xn--99999999.example"),
        ("https://straße.example", "straße.example"),
        ("https://xn--strae-oqa.example", "straße.example"),
        ("https://[acme.example", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_the_host_by_which_websites_compare(written: str, host: str) -> None:
    assert website_host(written) == host


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://acme.example", "www.acme.example/", True),
        ("https://acme.example/en", "https://acme.example", True),
        ("https://github.com/nl", "https://github.com/es", False),
        ("https://gist.github.com/nl", "https://gist.github.com", False),
        ("https://acme.example:8443", "https://acme.example", False),
        ("https://acme.example:443/en", "https://acme.example", True),
        ("https://acme.example:8443/en", "https://acme.example:8443", True),
        ("https://acme.example:99999", "https://acme.example", False),
        ("https://acme.example/pt-br/", "https://acme.example/de", True),
        ("https://acme.example/?utm_source=github&utm_medium=profile", "acme.example", True),
        ("https://github.com/Acme", "github.com/acme/", True),
        ("https://acme.github.io", "https://other.github.io", False),
        ("https://github.com/evil", "https://github.com/victim", False),
        ("https://github.com", "https://github.com/victim", False),
        ("https://github.com/victim", "https://github.com", False),
        ("https://sites.google.com/view/acme", "https://sites.google.com/view/other", False),
        ("https://sites.google.com/view", "https://sites.google.com/view/other", False),
        ("https://facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=2", False),
        ("https://acme.example/about", "https://acme.example", False),
        ("https://müller.example/en", "https://xn--mller-kva.example", True),
        ("https://github.com/%61cme", "https://github.com/acme", True),
    ],
)
def test_websites_are_one_by_host_and_path(one: str, other: str, same: bool) -> None:
    assert (website_address(one) == website_address(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ("acme.example", "acme.example/agency", True),
        ("github.com/acme/site", "github.com/acme", True),
        ("acme.example", "acme.example.evil.example", False),
        ("github.com/acme", "github.com/acmeter", False),
        ("github.com/evil", "github.com/victim", False),
        ("", "acme.example", False),
    ],
)
def test_one_website_within_another(one: str, other: str, within: bool) -> None:
    assert one_within_other(one, other) is within


def test_no_website_has_no_address() -> None:
    assert {website_address(one) for one in ("", "https://", "https://[acme.example")} == {""}
