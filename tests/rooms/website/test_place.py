"""Addresses of strangers: which can be asked for, and where a link leads."""

import pytest

from community_partners.website.place import place_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://acme.example", "https://acme.example/"),
        ("HTTPS://WWW.Acme.Example./en?a=b#top", "https://www.acme.example/en?a=b"),
        ("https://acme.example:443/", "https://acme.example/"),
        ("https://acme.example:8443/x", "https://acme.example:8443/x"),
        ("https://müller.example/straße", "https://xn--mller-kva.example/stra%C3%9Fe"),
        ("https://acme.example/a b%20c", "https://acme.example/a%20b%20c"),
        ("https://a_b.acme.example/", "https://a_b.acme.example/"),
    ],
)
def test_a_website_is_read(written: str, read: str) -> None:
    assert str(place_of(written)) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "acme.example",
        "http://acme.example",
        "ftp://acme.example",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0x1/",
        "https://0177.0.0.1/",
        "https://127.0.0.1./",
        "https://127.0.0.1:8443/",
        "https://１２７.0.0.1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://user@acme.example/",
        "https://user:word@acme.example/",
        "https://@acme.example/",
        "https://acme.example:0/",
        "https://acme.example:65536/",
        "https://acme.example:x/",
        "https://acme.example\\@other.example/",
        "https://ac me.example/",
        "https://acme..example/",
        "https://[acme.example",
        f"https://{'a' * 64}.example/",
        f"https://acme.example/{'a' * 1000}",
    ],
)
def test_what_nobody_is_asked_for(written: str) -> None:
    assert place_of(written) is None


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/en/", "https://acme.example:8443/en/"),
        ("en", "https://acme.example:8443/de/en"),
        ("?x=1", "https://acme.example:8443/de/?x=1"),
        ("//github.com/acme", "https://github.com/acme"),
        ("https://github.com/acme", "https://github.com/acme"),
        (" https://github.com/acme\n", "https://github.com/acme"),
        ("http://acme.example/", "None"),
        ("https://[", "None"),
        ("x" * 1001, "None"),
        (f"/{'x/../' * 300}", "None"),
    ],
)
def test_where_a_link_leads(link: str, leads_to: str) -> None:
    page = place_of("https://acme.example:8443/de/")
    assert page
    assert str(page.link(link)) == leads_to


def test_www_is_the_same_site_and_a_port_is_not() -> None:
    places = [
        place_of(f"https://{one}/")
        for one in ("acme.example", "www.acme.example", "acme.example:8443", "blog.acme.example")
    ]
    sites = [place.site for place in places if place]
    assert sites[0] == sites[1]
    assert len(set(sites)) == 3
