"""Websites as people write them, in a form that can be compared.

Organizations share hosts (github.com/acme, sites.google.com/view/acme), and nobody can list all
shared hosts. So two websites are the same only if host, port and path are equal. A path that only
chooses a language is ignored, but not on a host that is known to be shared, where it is a name.
"""

import re
import unicodedata
from urllib.parse import SplitResult, unquote, urlsplit

from .length import too_long
from .shared_hosts import why_shared

_LANGUAGE = re.compile(
    "(?:ar|bg|ca|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl"
    "|sr|sv|th|tr|uk|vi|zh)(?:[-_][a-z]{2})?"
)
_USUAL = (None, 443)
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
    """Return host, port, path and query to compare: `acme.example/shop` for `acme.example/shop/`.

    A path that only chooses a language (`/en`), tracking parameters (`utm_...`) and the usual port
    are left out. On hosts that are known to be shared, a path is a name in whatever case. Returns
    "" if `url` has no host, or no number as its port.
    """
    host = website_host(url)
    found = _parts(url)
    if not host or found is None:
        return ""
    parts, port = found
    rest = _rest(parts, host)
    place = host if port in _USUAL else f"{host}:{port}"
    return f"{place}/{rest}" if rest else place


def website_page(url: str) -> str:
    """Return the address of the page that `website_address` compares, to look at it.

    So two websites that are one are looked at on one page. Returns "" as `website_address` does.
    """
    host, found = website_host(url), _parts(url)
    if not host or found is None:
        return ""
    parts, _ = found
    path = _without_tracking(parts) if _rest(parts, host) else ""
    return f"https://{parts.netloc}/{path}"


def _parts(url: str) -> tuple[SplitResult, int | None] | None:
    try:
        parts = urlsplit(_with_slashes(url))
        return parts, parts.port
    except ValueError:
        return None


def _rest(parts: SplitResult, host: str) -> str:
    """Return path and query as they are compared; "" if they only choose a language."""
    if why_shared(host):
        return unquote(_without_tracking(parts)).casefold().strip("/")
    rest = _without_tracking(parts)
    path, mark, query = rest.partition("?")
    language = _LANGUAGE.fullmatch(path.strip("/").lower()) and not query
    return "" if language else f"{path.rstrip('/')}{mark}{query}"


def _without_tracking(parts: SplitResult) -> str:
    """Return path and query without the first slashes and without tracking parameters."""
    query = _TRACKING.sub("", parts.query).strip("&")
    path = parts.path.lstrip("/")
    return f"{path}?{query}" if query else path


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
