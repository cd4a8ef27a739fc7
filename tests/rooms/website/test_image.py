"""The image at a stranger's address: its bytes as they came, or the obstacle."""

from dataclasses import replace

import pytest

from community_partners.model.website_proof import Obstacle
from community_partners.website.image import ACCEPT, fetch_image
from fakes.server import Response, silence
from fakes.websites import PUBLIC, World, chunked, image, redirect
from images import JPEG, SVG, png

ADDRESS, LARGEST = "https://acme.example/logo", 10_000
FULL = png().ljust(LARGEST, b"\0")
CAME = {
    "a PNG": (image(png()), png()),
    "a JPEG that is called PNG": (image(JPEG), JPEG),
    "an SVG that is called text": (image(SVG.encode(), "text/plain"), SVG.encode()),
    "of no type": (image(png(), ""), png()),
    "a page": (image(b"<html>", "text/html"), b"<html>"),
    "nothing": (image(b""), b""),
    "as large as it may be": (image(FULL), FULL),
    "so without a length": (chunked(FULL), FULL),
}
OBSTACLES = {
    "a byte too large": (image(FULL + b"\0"), Obstacle.TOO_LARGE),
    "so without a length": (chunked(FULL + b"\0"), Obstacle.TOO_LARGE),
    "far too large": (image(FULL * 100), Obstacle.TOO_LARGE),
    "without end": (chunked(FULL * 100), Obstacle.TOO_LARGE),
    "many small chunks": (
        image(b"1\r\nx\r\n" * 200_000, Transfer_Encoding="chunked"),
        Obstacle.TOO_LARGE,
    ),
    "packed": (image(png(), Content_Encoding="gzip"), Obstacle.UNREADABLE),
    "an error": (Response(status=404, body=b""), Obstacle.REFUSED),
    "nothing new": (Response(status=304, body=b""), Obstacle.REFUSED),
    "a part": (replace(image(png()), status=206), Obstacle.REFUSED),
    "a question whether a person is there": (
        image(png(), cf_mitigated="challenge"),
        Obstacle.REFUSED,
    ),
    "broken off": (replace(image(png()), missing=10), Obstacle.UNREACHABLE),
    "byte by byte": (replace(image(png()), pause=0.3), Obstacle.UNREACHABLE),
    "another website": (redirect("https://other.example/logo"), Obstacle.ELSEWHERE),
    "a private address": (redirect("https://10.0.0.1/logo"), Obstacle.ELSEWHERE),
    "without TLS": (redirect("http://acme.example/logo.png"), Obstacle.ELSEWHERE),
    "a circle": (redirect("/logo"), Obstacle.ELSEWHERE),
}


def fetched(world: World, answer: Response | None, address: str = ADDRESS) -> bytes | Obstacle:
    if answer:
        world.site.pages["acme.example/logo"] = answer
    world.seconds = 1.0
    return fetch_image(world.web, address, LARGEST)


@pytest.mark.parametrize(("answer", "content"), CAME.values(), ids=CAME)
def test_bytes_come_as_they_are_whatever_the_server_calls_them(
    world: World, answer: Response, content: bytes
) -> None:
    assert fetched(world, answer) == content
    [request] = world.site.requests
    assert request.headers["accept"] == ACCEPT
    assert {"cookie", "authorization", "referer"}.isdisjoint(request.headers)


@pytest.mark.parametrize(("answer", "obstacle"), OBSTACLES.values(), ids=OBSTACLES)
def test_what_does_not_come_whole_from_this_website_does_not_come(
    world: World, answer: Response, obstacle: Obstacle
) -> None:
    assert fetched(world, answer) is obstacle


@pytest.mark.parametrize(
    "address",
    [
        "http://acme.example/logo",
        "https://93.184.216.34/logo",
        "https://localhost/logo",
        "https://user@acme.example/logo",
        "https://missing.example/logo",
        "file:///etc/passwd",
        f"https://acme.example/{'x' * 2000}",
    ],
)
def test_an_address_that_nobody_is_asked_for(world: World, address: str) -> None:
    assert fetched(world, image(png()), address) is Obstacle.UNREACHABLE
    assert world.dialed == []


def test_no_private_address_is_asked_nor_one_that_a_hop_leads_to(world: World) -> None:
    world.site.pages["acme.example/new"] = image(png())
    world.dns.records["acme.example", "A"] = lambda asked: [PUBLIC if asked == 1 else "127.0.0.1"]
    assert fetched(world, redirect("/new")) is Obstacle.UNREACHABLE
    assert world.dialed == [(PUBLIC, 443)]


def test_a_hop_on_the_same_website_is_followed(world: World) -> None:
    world.site.pages["www.acme.example/new"] = image(png())
    assert fetched(world, redirect("https://www.acme.example/new")) == png()


def test_silence_ends(world: World) -> None:
    world.site.fail(silence)
    assert fetched(world, None) is Obstacle.UNREACHABLE
