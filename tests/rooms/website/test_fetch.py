"""One page of a stranger's website: no private address, no other site, no end of bytes or time."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import trustme

from community_partners.model.website_proof import Obstacle
from community_partners.website.fetch import LONGEST_PAGE, Web, fetch
from community_partners.website.names import NoLookError
from community_partners.website.place import place_of
from fakes.server import Response, reset, silence
from fakes.websites import (
    HTML,
    PRIVATE,
    PUBLIC,
    FakeDns,
    FakeWebsite,
    World,
    certificate,
    html,
    redirect,
)

PAGE = html("<title>Acme</title>")
IN_DNS = {what: address for what, address in PRIVATE.items() if "%" not in address}


def look(world: World, website: str = "https://acme.example/", web: Web | None = None) -> str:
    """The body of the page as text, or the obstacle."""
    place = place_of(website)
    assert place
    try:
        return fetch(web or world.web, place).body.decode()
    except NoLookError as error:
        return error.obstacle.name


def test_a_page_is_fetched_from_the_checked_address(world: World) -> None:
    world.site.pages["acme.example/"] = PAGE
    assert look(world) == PAGE.body.decode()
    assert world.dialed == [(PUBLIC, 443)]


def test_a_request_says_who_asks_and_nothing_else(world: World) -> None:
    world.site.pages["acme.example/en?x=1"] = PAGE
    look(world, "https://acme.example/en?x=1#top")
    [request] = world.site.requests
    assert request.method == "GET"
    assert request.headers == {
        "host": "acme.example",
        "user-agent": "community-partners (https://github.com/lantern/partners)",
        "accept": "text/html",
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_no_cookie_is_kept_between_hops(world: World) -> None:
    hop = redirect("/en/")
    cookie = {**hop.headers, "Set-Cookie": "session=1; Path=/"}
    world.site.pages["acme.example/"] = replace(hop, headers=cookie)
    world.site.pages["acme.example/en/"] = PAGE
    assert look(world) == PAGE.body.decode()
    assert all("cookie" not in request.headers for request in world.site.requests)


@pytest.mark.parametrize("address", IN_DNS.values(), ids=IN_DNS)
def test_no_connection_is_made_to_an_address_that_is_not_public(world: World, address: str) -> None:
    world.site.pages["acme.example/"] = PAGE
    world.dns.records["acme.example", "A"] = []
    kind = "AAAA" if ":" in address else "A"
    world.dns.records["acme.example", kind] = [address]
    assert look(world) == "UNREACHABLE"
    assert world.dialed == []
    assert world.site.connections == 0


def test_one_private_address_among_public_ones_is_enough(world: World) -> None:
    world.dns.records["acme.example", "A"] = [PUBLIC, "10.0.0.1"]
    assert look(world) == "UNREACHABLE"
    assert world.dialed == []


def test_a_server_on_loopback_has_no_connection_by_the_real_way_out(world: World) -> None:
    port = world.site.port
    world.dns.records["acme.example", "A"] = ["127.0.0.1"]
    real = Web(meter=world.web.meter, names=world.dns.names(), trust=world.web.trust)
    assert look(world, f"https://acme.example:{port}/", real) == "UNREACHABLE"
    assert world.site.connections == 0


def test_the_real_way_out_connects_to_the_address_that_it_is_given(world: World) -> None:
    web = Web(meter=world.web.meter, names=world.dns.names())
    with web.dial("127.0.0.1", world.site.port, 1.0) as connection:
        assert connection.getpeername() == ("127.0.0.1", world.site.port)


def test_a_name_that_changes_its_address_gains_nothing(world: World) -> None:
    world.dns.records["acme.example", "A"] = lambda asked: [PUBLIC if asked == 1 else "127.0.0.1"]
    world.site.pages["acme.example/"] = PAGE
    assert look(world) == PAGE.body.decode()
    assert world.dns.asked == [("acme.example", "A")]
    assert world.dialed == [(PUBLIC, 443)]


def test_each_hop_is_checked_anew(world: World) -> None:
    world.dns.records["acme.example", "A"] = lambda asked: [PUBLIC if asked == 1 else "127.0.0.1"]
    world.site.pages["acme.example/"] = redirect("/en/")
    world.site.pages["acme.example/en/"] = PAGE
    assert look(world) == "UNREACHABLE"
    assert world.dialed == [(PUBLIC, 443)]


def test_a_host_of_ipv6_alone_is_connected_to(world: World) -> None:
    world.dns.records["acme.example", "A"] = []
    world.dns.records["acme.example", "AAAA"] = ["2606:4700::6810:84e5"]
    world.site.pages["acme.example/"] = PAGE
    assert look(world) == PAGE.body.decode()
    assert world.dialed == [("2606:4700::6810:84e5", 443)]


def test_a_second_address_is_tried_if_the_first_is_silent(world: World) -> None:
    world.dns.records["acme.example", "A"] = [PUBLIC, "93.184.216.35", "93.184.216.36"]
    world.site.pages["acme.example/"] = PAGE
    tried: list[str] = []

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        tried.append(address)
        if len(tried) == 1:
            raise TimeoutError
        return world.dial(address, port, seconds)

    assert look(world, web=replace(world.web, dial=dial)) == PAGE.body.decode()
    assert len(tried) == 2


@pytest.mark.parametrize(
    "hops",
    [
        ["/en/"],
        ["https://acme.example/en/"],
        ["https://www.acme.example/"],
        ["https://www.acme.example/", "https://acme.example/en/"],
        ["https://www.acme.example:443/", "/en", "/en/"],
        ["//www.acme.example/en/"],
        ["?x=1"],
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_hops_on_one_site_are_followed(world: World, hops: list[str], status: int) -> None:
    at = place_of("https://acme.example/")
    for hop in hops:
        assert at
        world.site.pages[f"{at.host}{at.path}"] = redirect(hop, status)
        at = at.link(hop)
    assert at
    world.site.pages[f"{at.host}{at.path}"] = PAGE
    assert look(world) == PAGE.body.decode()
    assert len(world.site.requests) == len(hops) + 1


@pytest.mark.parametrize(
    "to",
    [
        "http://acme.example/en/",
        "https://other.example/",
        "https://blog.acme.example/",
        "https://acme.example:8443/",
        "https://acme.example.other.example/",
        "https://acme.example@other.example/",
        "https://user@acme.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://localhost/",
        "//other.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[",
        f"/{'x' * 2000}",
    ],
)
def test_no_hop_leads_elsewhere(world: World, to: str) -> None:
    for host in ("other.example", "blog.acme.example"):
        world.site.pages[f"{host}/"] = PAGE
    world.site.pages["acme.example/"] = redirect(to)
    assert look(world) == "ELSEWHERE"
    assert len(world.site.requests) == 1


def test_three_hops_are_followed_and_a_fourth_is_not(world: World) -> None:
    for number in range(4):
        world.site.pages[f"acme.example/{number}"] = redirect(f"/{number + 1}")
    world.site.pages["acme.example/4"] = PAGE
    assert look(world, "https://acme.example/1") == PAGE.body.decode()
    assert look(world, "https://acme.example/0") == "ELSEWHERE"
    assert len(world.site.requests) == 4 + 4


def test_a_loop_ends(world: World) -> None:
    world.site.pages["acme.example/"] = redirect("https://www.acme.example/")
    world.site.pages["www.acme.example/"] = redirect("https://acme.example/")
    assert look(world) == "ELSEWHERE"
    assert len(world.site.requests) == 4


def test_a_stated_port_stays(world: World) -> None:
    world.site.pages["acme.example:8443/"] = redirect("https://www.acme.example:8443/en/")
    world.site.pages["www.acme.example:8443/en/"] = PAGE
    assert look(world, "https://acme.example:8443/") == PAGE.body.decode()
    assert world.dialed == [(PUBLIC, 8443)] * 2
    world.site.pages["acme.example:8443/"] = redirect("https://acme.example/")
    assert look(world, "https://acme.example:8443/") == "ELSEWHERE"


def headed(**headers: str) -> Response:
    return html("<title>Acme</title>", **headers)


ODD = {
    "error": (replace(PAGE, status=404), "REFUSED"),
    "gone": (replace(PAGE, status=410), "REFUSED"),
    "forbidden": (replace(PAGE, status=403), "REFUSED"),
    "too many requests": (replace(PAGE, status=429), "REFUSED"),
    "challenge with 503": (replace(PAGE, status=503), "REFUSED"),
    "another success": (replace(PAGE, status=206), "REFUSED"),
    "hop without a target": (replace(PAGE, status=302), "REFUSED"),
    "several choices": (redirect("/en/", 300), "REFUSED"),
    "not modified": (Response(status=304, body=b"", headers=HTML), "REFUSED"),
    "challenge that looks like a page": (headed(cf_mitigated="challenge"), "REFUSED"),
    "JSON": (headed(Content_Type="application/json"), "UNREADABLE"),
    "plain text": (headed(Content_Type="text/plain"), "UNREADABLE"),
    "XHTML": (headed(Content_Type="application/xhtml+xml"), "UNREADABLE"),
    "no type": (headed(Content_Type=""), "UNREADABLE"),
    "gzip": (
        replace(headed(Content_Encoding="gzip"), body=gzip.compress(bytes(PAGE.body), mtime=0)),
        "UNREADABLE",
    ),
    "a megabyte of zeros in gzip": (
        replace(headed(Content_Encoding="gzip"), body=gzip.compress(bytes(2**20), mtime=0)),
        "UNREADABLE",
    ),
    "brotli": (headed(Content_Encoding="br"), "UNREADABLE"),
    "broken off": (replace(PAGE, missing=10), "UNREACHABLE"),
    "a header without end": (headed(X="x" * 70_000), "UNREACHABLE"),
    "two hundred headers": (headed(**{f"X{n}": "x" for n in range(200)}), "UNREACHABLE"),
}


@pytest.mark.parametrize(("answer", "obstacle"), ODD.values(), ids=ODD)
def test_what_is_no_page(world: World, answer: Response, obstacle: str) -> None:
    world.site.pages["acme.example/"] = answer
    assert look(world) == obstacle


def test_a_body_is_read_up_to_its_limit(world: World) -> None:
    place = place_of("https://acme.example/")
    assert place
    for length, whole in ((LONGEST_PAGE - 1, True), (LONGEST_PAGE, True), (2**20, False)):
        world.site.pages["acme.example/"] = Response(body=b"x" * length, headers=HTML)
        page = fetch(world.web, place)
        assert len(page.body) == min(length, LONGEST_PAGE)
        assert page.whole is whole


@pytest.mark.parametrize(
    "body",
    [b"1\r\nx\r\n" * 200_000, b"5\r\nHello\r\n", b"zz\r\n", b"-5\r\n", b"f" * 5000],
    ids=["many small chunks", "no end", "no number", "less than nothing", "endless number"],
)
def test_chunks_that_are_odd(world: World, body: bytes) -> None:
    headers = {**HTML, "Transfer-Encoding": "chunked"}
    world.site.pages["acme.example/"] = Response(body=body, headers=headers)
    assert look(world) in ("TOO_LARGE", "UNREACHABLE")


def test_chunks_make_one_page(world: World) -> None:
    headers = {**HTML, "Transfer-Encoding": "chunked"}
    body = b"5\r\nHello\r\n6\r\n world\r\n0\r\n\r\n"
    world.site.pages["acme.example/"] = Response(body=body, headers=headers)
    assert look(world) == "Hello world"


@pytest.fixture
def hurried(world: World) -> Iterator[World]:
    """A world whose client has half a second for a page."""
    world.seconds = 0.5
    began = time.monotonic()
    yield world
    assert time.monotonic() - began < 10


def test_silence_ends(hurried: World) -> None:
    hurried.site.fail(silence)
    assert look(hurried) == "UNREACHABLE"


def test_a_page_that_comes_byte_by_byte_ends(hurried: World) -> None:
    hurried.site.pages["acme.example/"] = replace(PAGE, pause=0.3)
    assert look(hurried) == "UNREACHABLE"


def test_all_hops_share_one_time(hurried: World) -> None:
    hurried.site.delay = lambda _: 0.2
    for number in range(4):
        hurried.site.pages[f"acme.example/{number}"] = redirect(f"/{number + 1}")
    assert look(hurried, "https://acme.example/0") == "UNREACHABLE"


def test_a_server_that_speaks_no_tls_ends(hurried: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def dial(_address: str, _port: int, seconds: float) -> socket.socket:
            return socket.create_connection(("127.0.0.1", port), timeout=seconds)

        assert look(hurried, web=replace(hurried.web, dial=dial)) == "UNREACHABLE"


@pytest.mark.parametrize("name", ["missing.example", "failing.example", "silent.example"])
def test_a_name_without_an_address(hurried: World, name: str) -> None:
    hurried.dns.fails.add("failing.example")
    hurried.dns.silent.add("silent.example")
    assert look(hurried, f"https://{name}/") == "UNREACHABLE"
    assert hurried.dialed == []


def test_a_connection_that_is_torn_down(world: World) -> None:
    world.site.fail(reset)
    assert look(world) == "UNREACHABLE"


def long_ago() -> datetime:
    return datetime(2020, 1, 1)  # noqa: DTZ001  trustme writes it as UTC


@pytest.mark.parametrize(
    "shows",
    [
        lambda: certificate("other.example"),
        lambda: certificate("93.184.216.34"),
        lambda: certificate("acme.example", of=trustme.CA()),
        lambda: certificate("acme.example", until=long_ago()),
    ],
    ids=["of another host", "of the address", "of an unknown authority", "expired"],
)
def test_a_certificate_must_be_the_hosts(shows: Callable[[], ssl.SSLContext]) -> None:
    with FakeWebsite(shows()) as site, FakeDns() as dns:
        dns.records["acme.example", "A"] = [PUBLIC]
        site.pages["acme.example/"] = PAGE
        assert look(World(site=site, dns=dns)) == "UNREACHABLE"
        assert site.connections == 1
        assert site.requests == []


def test_nobody_is_asked_by_a_proxy_or_with_a_password_of_the_machine(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    world.site.pages["acme.example/"] = PAGE
    assert look(world) == PAGE.body.decode()


def test_every_request_is_counted(world: World) -> None:
    world.site.pages["acme.example/"] = redirect("/en/")
    world.site.pages["acme.example/en/"] = PAGE
    web = world.web
    look(world, web=web)
    assert web.meter.requests == {"websites": 2}


def test_the_words_for_what_is_private_are_those_for_what_is_not_there(world: World) -> None:
    """A name that leads into a private network, and one that leads nowhere, are told alike."""
    world.dns.records["private.example", "A"] = ["10.0.0.1"]
    assert look(world, "https://private.example/") == look(world, "https://missing.example/")
    assert "private" not in Obstacle.UNREACHABLE
