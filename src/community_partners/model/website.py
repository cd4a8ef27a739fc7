"""Websites as people write them, in a form that can be compared.

Organizations share hosts (github.com/acme, sites.google.com/view/acme), and nobody can list all
shared hosts. So two websites are the same only if host, port and path are equal. A path that only
chooses a language is ignored, but not on a host that is known to be shared, where it is a name.
"""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from .length import too_long
from .shared_hosts import why_shared

_LANGUAGE = re.compile(
    "(?:ar|bg|ca|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl"
    "|sr|sv|th|tr|uk|vi|zh)(?:[-_][a-z]{2})?"
)
_USUAL = (None, 80, 443)
_TRACKING = re.compile(r"(?:^|&)utm_[^&]*")


def website_host(url: str) -> str:
    """Return the host of a website: `acme.example` for `https://www.acme.example/en`.

    `url` may lack a scheme. Letters beyond ASCII come back as letters, also if `url` has them in
    the punycode of DNS. Returns "" if `url` has no host, or is too long to look at.
    """
    if too_long(url):
        return ""
    try:
        host = urlsplit(_with_slashes(url)).hostname or ""
    except ValueError:
        return ""
    labels = unicodedata.normalize("NFKC", host).lower().replace("。", ".").split(".")
    return ".".join(map(_readable, labels)).removeprefix("www.").rstrip(".")


def website_address(url: str) -> str:
    """Return host, port, path and query to compare: `github.com/acme` for `github.com/Acme/`.

    A path that only chooses a language (`/en`), tracking parameters (`utm_...`) and the usual ports
    are left out. Returns "" if `url` has no host, or no number as its port.
    """
    host = website_host(url)
    try:
        parts = urlsplit(_with_slashes(url))
        port = parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    path = unquote(parts.path).casefold().strip("/")
    query = _TRACKING.sub("", parts.query).strip("&")
    rest = f"{path}?{query}" if query else path
    place = host if port in _USUAL else f"{host}:{port}"
    language = _LANGUAGE.fullmatch(rest) and not why_shared(host)
    return place if not rest or language else f"{place}/{rest}"


def one_within_other(one: str, other: str) -> bool:
    """Tell whether one address contains the other: `acme.example` and `acme.example/agency`."""
    short, long = sorted((one, other), key=len)
    return bool(short) and f"{long}/".startswith(f"{short}/")


def _with_slashes(url: str) -> str:
    return url if "//" in url else f"//{url}"


def _readable(label: str) -> str:
    """Decode one label of a host from punycode: `müller` for `xn--mller-kva`.

    A label stays as it is if decoding and encoding do not give the same label again, or if the
    decoded letters are not in lower case: a forged label must not look like another name.
    """
    if not label.startswith("xn--"):
        return label
    try:
        letters = label[4:].encode().decode("punycode")
        again = letters.encode("punycode").decode()
    except UnicodeError:
        return label
    usual = unicodedata.normalize("NFKC", letters).lower()
    return letters if again == label[4:] and letters == usual and not letters.isascii() else label
