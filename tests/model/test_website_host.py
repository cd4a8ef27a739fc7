"""Websites compare by host, whatever people write into their profiles."""

import pytest

from community_partners.model.application import website_host


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
        ("https://[acme.example", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_the_host_by_which_websites_compare(written: str, host: str) -> None:
    assert website_host(written) == host
