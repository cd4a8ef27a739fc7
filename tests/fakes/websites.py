"""Websites of strangers on loopback: https with certificates of a test authority, and their DNS.

Nothing of the program is replaced but the way out: names are asked of `FakeDns`, and `World.dial`
leads connections to public addresses to the loopback.
"""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import trustme
from dns.resolver import Resolver

from community_partners.website.fetch import Web
from community_partners.website.names import Names
from community_partners.wire.tries import Meter

from .server import FakeServer, Request, Response

PUBLIC = "93.184.216.34"
PRIVATE = {
    "this network": "0.0.0.0",
    "ten": "10.1.2.3",
    "carrier grade NAT": "100.64.0.1",
    "loopback": "127.0.0.1",
    "another loopback": "127.8.9.10",
    "inner side of Azure": "168.63.129.16",
    "metadata of clouds": "169.254.169.254",
    "172": "172.31.255.255",
    "protocols": "192.0.0.8",
    "documentation": "192.0.2.1",
    "6to4 relay": "192.88.99.1",
    "192.168": "192.168.0.1",
    "benchmarks": "198.19.0.1",
    "documentation 2": "198.51.100.7",
    "documentation 3": "203.0.113.9",
    "multicast": "224.0.0.1",
    "more multicast": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "unspecified 6": "::",
    "loopback 6": "::1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped private": "::ffff:a01:203",
    "mapped public": "::ffff:93.184.216.34",
    "compatible loopback": "::127.0.0.1",
    "translated (SIIT)": "::ffff:0:10.0.0.1",
    "NAT64": "64:ff9b::7f00:1",
    "NAT64 of public": "64:ff9b::5db8:d822",
    "local NAT64": "64:ff9b:1::a00:1",
    "discard": "100::1",
    "Teredo": "2001:0:a00:1::1",
    "benchmarks 6": "2001:2::1",
    "ORCHID": "2001:20::1",
    "documentation 6": "2001:db8::1",
    "6to4": "2002:7f00:1::1",
    "documentation 6 new": "3fff::1",
    "segment routing": "5f00::1",
    "unique local": "fd00::1",
    "link-local 6": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "public with a zone": "2606:4700::1%eth0",
    "site-local": "fec0::1",
    "multicast 6": "ff02::1",
}
"""Addresses of each kind that is not public, and what they are."""
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOSTS = ("acme.example", "www.acme.example", "other.example", "blog.acme.example")


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def certificate(
    *hosts: str, of: trustme.CA | None = None, until: datetime | None = None
) -> ssl.SSLContext:
    """What a server shows: one certificate for these hosts, by the authority that tests trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (of or authority()).issue_cert(*hosts, not_after=until).configure_cert(context)
    return context


def html(head: str = "", body: str = "", **headers: str) -> Response:
    """A page, as a server sends it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    text = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return Response(body=text.encode(), headers={**HTML, **named})


def image(content: bytes, kind: str = "image/png", **headers: str) -> Response:
    """Bytes, and the type that the server names."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body=content, headers={"Content-Type": kind, **named})


def chunked(content: bytes) -> Response:
    """Without a word on its length."""
    body = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part)
        for part in (content[at : at + 5000] for at in range(0, len(content), 5000))
    )
    return image(body + b"0\r\n\r\n", Transfer_Encoding="chunked")


def redirect(to: str, status: int = 302) -> Response:
    return Response(status=status, body=b"", headers={**HTML, "Location": to})


class FakeWebsite(FakeServer):
    """`pages`: by host and path with the query, as `acme.example/en?x=1`; else a 404."""

    def __init__(self, shows: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self.pages: dict[str, Response] = {}
        context = shows or certificate(*HOSTS)
        # The handshake is the handler's, in its thread: a client that says nothing blocks nobody.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    def answer(self, request: Request) -> Response:
        host = request.headers["host"]
        query = "&".join(f"{name}={value}" for name, value in request.query.items())
        asked = f"{host}{request.path}{f'?{query}' if query else ''}"
        return self.pages.get(asked) or replace(html(), status=404)


class FakeDns:
    """A name server on loopback. `records`: by name and type; what is not there is NXDOMAIN.

    A value may be a function of how often the name was asked. `fails`: names that give SERVFAIL.
    `silent`: names that get no answer.
    """

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str] | Callable[[int], list[str]]] = {}
        self.fails: set[str] = set()
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def names(self) -> Names:
        """The client's side, as the program builds it, but with this server."""
        return _names_at(self.port)

    def _serve(self) -> None:
        while True:
            wire, client = self._socket.recvfrom(4096)
            if not wire:
                return
            if answer := self._answer(dns.message.from_wire(wire)):
                self._socket.sendto(answer.to_wire(), client)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        [question] = query.question
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name in self.silent:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if name in self.fails:
            answer.set_rcode(dns.rcode.SERVFAIL)
            return answer
        alias = self.records.get((name, "CNAME"))
        if alias and not callable(alias):
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "CNAME", alias[0]))
            name = alias[0].rstrip(".")
        known = {one for one, _ in self.records}
        if name not in known:
            answer.set_rcode(dns.rcode.NXDOMAIN)
            return answer
        found = self.records.get((name, kind), [])
        texts = found(self.asked.count((name, kind))) if callable(found) else found
        if texts:
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, *texts))
        return answer

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join()
        self._socket.close()


@dataclass(kw_only=True)
class World:
    """A website with its names. `dialed`: the addresses to which connections were opened.

    Every address leads to the website: a guard that lets one pass is seen.
    """

    site: FakeWebsite
    dns: FakeDns
    dialed: list[tuple[str, int]] = field(default_factory=list)
    seconds: float = 10.0

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialed.append((address, port))
        return socket.create_connection(("127.0.0.1", self.site.port), timeout=seconds)

    @property
    def web(self) -> Web:
        """The client that is tested; a new one each time, with a new meter."""
        trust = ssl.create_default_context()
        authority().configure_trust(trust)
        return Web(
            meter=Meter(),
            names=self.dns.names(),
            dial=self.dial,
            trust=trust,
            seconds=self.seconds,
            user_agent="community-partners (https://github.com/lantern/partners)",
        )

    def asked(self) -> list[str]:
        """The requests that arrived, as `acme.example/en`."""
        return [f"{one.headers['host']}{one.path}" for one in self.site.requests]

    def for_process(self, folder: Path) -> str:
        """What a process of its own needs for `web_of`. `folder`: for a certificate."""
        known = folder / "authority.pem"
        authority().cert_pem.write_to_path(str(known))
        told = {"dns": self.dns.port, "site": self.site.port, "authority": str(known)}
        return json.dumps({**told, "seconds": self.seconds})


def web_of(told: str, meter: Meter) -> Web:
    """The client of a world in another process."""
    of = json.loads(told)
    return Web(
        meter=meter,
        names=_names_at(of["dns"]),
        dial=lambda _, __, seconds: socket.create_connection(
            ("127.0.0.1", of["site"]), timeout=seconds
        ),
        trust=ssl.create_default_context(cafile=of["authority"]),
        seconds=of["seconds"],
    )


def _names_at(port: int) -> Names:
    resolver = Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = port
    resolver.timeout = 3.0  # no second question, however busy the machine is
    return Names(resolver=resolver)


def today() -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC)
