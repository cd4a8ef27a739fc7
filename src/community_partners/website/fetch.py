"""Fetch one page or image of a stranger's website, which can neither harm nor lead elsewhere.

The name is resolved once, each address is checked, and the connection is made to a checked address,
at every hop: a name that changes its address in between (DNS rebinding) gains nothing. HTTP is
Python's own, because requests and urllib3 limit each wait but no request as a whole.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, cast

import certifi

from ..model.website_proof import Obstacle
from ..wire.tries import Meter
from .names import Names, NoLookError, system_names
from .place import Place
from .public_address import is_public

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_PAGE = 256 * 1024  # bytes of a page
MOST_HOPS = 3
_HEADERS = 32 * 1024  # bytes that may come besides the page: headers, the marks of chunks
_MOST_ADDRESSES = 2  # tried for one host
_REDIRECTS = (301, 302, 303, 307, 308)

Dial = Callable[[str, int, float], socket.socket]
"""Opens a connection to an IP address and a port, within seconds. Raises OSError."""


def _dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, kw_only=True)
class Web:
    """The way to the websites of strangers. It has no token and keeps no cookies.

    `seconds`: the time for one page with all its hops; DNS records have half of it. `user_agent`:
    tells the website who looks; ASCII.
    """

    meter: Meter
    user_agent: str = "community-partners"
    seconds: float = 10.0
    names: Names = field(default_factory=system_names)
    dial: Dial = _dial
    trust: ssl.SSLContext = field(
        default_factory=lambda: ssl.create_default_context(cafile=certifi.where())
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The kind of answer that is asked for.

    `accept`: the types, as the request names them. `only`: the one type that is read; None: the
    content decides, whatever type the server names. `longest`: in bytes.
    """

    accept: str
    only: str | None
    longest: int


PAGE = Wanted(accept="text/html", only="text/html", longest=LONGEST_PAGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page, or an image, as it came.

    `whole`: nothing is missing. `charset`: as the server names it.
    """

    place: Place
    body: bytes = field(repr=False)
    charset: str | None
    whole: bool


def fetch(web: Web, asked: Place, wanted: Wanted = PAGE) -> Page:
    """Return the page, after at most three hops on the same host with or without `www.`.

    Raises NoLookError without a page: each other end of the request is one.
    """
    until = time.monotonic() + web.seconds
    place = asked
    for _ in range(MOST_HOPS + 1):
        try:
            found = _ask(web, place, wanted, until)
        except (HTTPException, OSError, ValueError) as error:
            raise NoLookError(Obstacle.UNREACHABLE) from error
        if isinstance(found, Page):
            return found
        place = _next(asked, place, found)
    raise NoLookError(Obstacle.ELSEWHERE)


def _next(asked: Place, place: Place, location: str) -> Place:
    found = place.link(location)
    if found is None or found.site != asked.site:
        raise NoLookError(Obstacle.ELSEWHERE)
    return found


def _ask(web: Web, place: Place, wanted: Wanted, until: float) -> Page | str:
    """Send one request, and return the page, or the address that the answer leads to."""
    with _connected(web, place, until) as secure:
        web.meter.count("websites")
        # http.client needs two functions of a socket: one sends, and one gives the file to read.
        bounded = cast("socket.socket", _Bounded(secure, wanted.longest + _HEADERS, until))
        connection = HTTPSConnection(place.host, place.port, context=web.trust)
        connection.sock = bounded
        headers = {"User-Agent": web.user_agent, "Accept": wanted.accept, "Connection": "close"}
        connection.request("GET", place.path, headers=headers)
        response = HTTPResponse(bounded, method="GET")
        response.begin()
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return location
        return _page(place, response, wanted)


def _page(place: Place, response: HTTPResponse, wanted: Wanted) -> Page:
    headers = response.headers
    # https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
    if response.status != 200 or "cf-mitigated" in headers:
        raise NoLookError(Obstacle.REFUSED)
    packed = headers.get("Content-Encoding", "identity").strip().lower()
    if wanted.only not in (headers.get_content_type(), None) or packed != "identity":
        raise NoLookError(Obstacle.UNREADABLE)
    body = response.read(wanted.longest)
    if response.length and len(body) < wanted.longest:  # the connection broke off
        raise NoLookError(Obstacle.UNREACHABLE)
    whole = not response.length and not response.read(1)
    return Page(place=place, body=body, charset=headers.get_content_charset(), whole=whole)


def _connected(web: Web, place: Place, until: float) -> ssl.SSLSocket:
    """Return a connection to a checked address of the host, whose certificate is the host's."""
    addresses = web.names.addresses(place.host, until)
    if not addresses or not all(map(is_public, addresses)):
        raise NoLookError(Obstacle.UNREACHABLE)
    raw = _dialed(web, addresses[:_MOST_ADDRESSES], place.port, until)
    try:
        raw.settimeout(_left(until))
        return web.trust.wrap_socket(raw, server_hostname=place.host)
    except BaseException:
        raw.close()
        raise


def _dialed(web: Web, addresses: tuple[str, ...], port: int, until: float) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return web.dial(address, port, _left(until) / 2)
        except OSError:
            continue
    return web.dial(addresses[-1], port, _left(until))


def _left(until: float) -> float:
    """Return the seconds up to a moment. Raises TimeoutError if it has passed."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Bounded(io.RawIOBase):
    """A connection that ends at a moment, and after a number of bytes, however slowly they come."""

    def __init__(self, connection: ssl.SSLSocket, longest: int, until: float) -> None:
        super().__init__()
        self._connection = connection
        self._until = until
        self._bytes = longest

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._until))
        self._connection.sendall(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        if not self._bytes:
            raise NoLookError(Obstacle.TOO_LARGE)
        self._connection.settimeout(_left(self._until))
        count = self._connection.recv_into(memoryview(buffer)[: self._bytes])
        self._bytes -= count
        return count
