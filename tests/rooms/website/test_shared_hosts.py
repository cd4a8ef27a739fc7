"""Hosts that organizations share: no page there speaks for its host."""

import pytest

from community_partners.website.place import Place, place_of
from community_partners.website.shared_hosts import registered_domain, shared_host


def place(website: str) -> Place:
    found = place_of(website)
    assert found
    return found


@pytest.mark.parametrize(
    "website",
    [
        "https://github.com/acme",
        "https://www.github.com/acme",
        "https://gist.github.com/acme",
        "https://acme.github.io/",
        "https://github.io/",
        "https://acme.gitlab.io/",
        "https://gitlab.com/acme",
        "https://www.linkedin.com/company/acme",
        "https://de.linkedin.com/company/acme",
        "https://facebook.com/acme",
        "https://medium.com/@acme",
        "https://acme.medium.com/",
        "https://acme.notion.site/",
        "https://www.notion.so/acme",
        "https://sites.google.com/view/acme",
        "https://linktr.ee/acme",
        "https://acme.wixsite.com/home",
        "https://acme.wordpress.com/",
        "https://acme.netlify.app/",
        "https://acme.blogspot.com/",
        "https://acme.s3.amazonaws.com/",
        "https://s3.amazonaws.com/acme/index.html",
        "https://storage.googleapis.com/acme/index.html",
        "https://opencollective.com/acme",
        "https://bit.ly/acme",
        "https://GITHUB.com./acme",
    ],
)
def test_such_a_host_is_known_with_its_reason(website: str) -> None:
    assert shared_host(place(website))


@pytest.mark.parametrize(
    "website",
    [
        "https://acme.example/",
        "https://www.acme.co.uk/",
        "https://acme.com/github.com",
        "https://notgithub.com/",
        "https://github.com.acme.example/",
        "https://google.com/",
        "https://xn--mller-kva.example/",
        "https://müller.de/",
    ],
)
def test_the_host_of_one_organization(website: str) -> None:
    assert shared_host(place(website)) is None


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://shop.acme.example/", "acme.example"),
        ("https://www.acme.co.uk/", "acme.co.uk"),
        ("https://co.uk/", None),
    ],
)
def test_the_domain_that_an_owner_has_registered(website: str, domain: str | None) -> None:
    assert registered_domain(place(website)) == domain
