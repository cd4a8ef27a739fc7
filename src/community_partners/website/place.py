"""Read web addresses of strangers: the parts that a request is made of.

A host must be a name. Numbers in the place of a name, in any spelling, are IP addresses to browsers
and resolvers: https://url.spec.whatwg.org/#ends-in-a-number-checker
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from ..model.length import too_long

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.[a-z][a-z0-9-]{0,62}")
_SAFE = "/%:@!$&'()*+,;=~"  # besides letters, digits, `_`, `.` and `-`


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page: `host` as DNS has it, `port`, `path` with the query, all in ASCII."""

    host: str
    port: int
    path: str

    @property
    def site(self) -> tuple[str, int]:
        """The host without `www.`, and the port."""
        return self.host.removeprefix("www."), self.port

    @property
    def front_page(self) -> "Place":
        """The page `/` of the same host."""
        return Place(host=self.host, port=self.port, path="/")

    def __str__(self) -> str:
        port = "" if self.port == 443 else f":{self.port}"
        return f"https://{self.host}{port}{self.path}"

    def link(self, written: str) -> "Place | None":
        """Return the place that a link on this page leads to, or None as `place_of` does."""
        try:
            return None if too_long(written) else place_of(urljoin(str(self), written))
        except ValueError:
            return None


def place_of(url: str) -> Place | None:
    """Return the place of an https address, without its fragment.

    None if it is no address of a host with a name, has a user or password, or is too long.
    """
    if too_long(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError:  # also what idna raises
        return None
    if parts.scheme != "https" or "@" in parts.netloc or port == 0 or not host:
        return None
    query = f"?{quote(parts.query, safe=f'{_SAFE}?')}" if parts.query else ""
    path = quote(parts.path, safe=_SAFE) or "/"
    return Place(host=host, port=port or 443, path=f"{path}{query}")


def _host(parts: SplitResult) -> str:
    """Return the host as DNS has it, or "" if it is no name of a host."""
    host = (parts.hostname or "").removesuffix(".")
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode()
    return host if _HOST.fullmatch(host) else ""
