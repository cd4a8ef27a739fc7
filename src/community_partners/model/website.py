"""Websites as people write them, and when two of them are one. Decides nothing of who owns them.

Organizations share hosts (github.com/acme, sites.google.com/view/acme), so the path says as much as
the host. Nobody can list all such hosts: the whole address must agree, but for the language.
"""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_LANGUAGE = re.compile(
    "(?:ar|bg|ca|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl"
    "|sr|sv|th|tr|uk|vi|zh)(?:[-_][a-z]{2})?"
)
_TRACKING = re.compile(r"(?:^|&)utm_[^&]*")


def website_host(url: str) -> str:
    """The host of a website: `acme.example` for `https://www.acme.example/en`.

    Profiles name websites with and without a scheme, and letters beyond ASCII as they are or as DNS
    spells them: they are given as they are. Empty for what is no website at all.
    """
    try:
        host = urlsplit(_with_slashes(url)).hostname or ""
    except ValueError:
        return ""
    labels = unicodedata.normalize("NFKC", host).lower().replace("。", ".").split(".")
    return ".".join(map(_readable, labels)).removeprefix("www.").rstrip(".")


def website_address(url: str) -> str:
    """Host and path by which websites compare: `github.com/acme` for `https://github.com/Acme/`.

    Empty where there is no host. A path that only chooses a language is none.
    """
    host = website_host(url)
    if not host:
        return ""
    parts = urlsplit(_with_slashes(url))
    path = unquote(parts.path).casefold().strip("/")
    query = _TRACKING.sub("", parts.query).strip("&")
    rest = f"{path}?{query}" if query else path
    return host if not rest or _LANGUAGE.fullmatch(rest) else f"{host}/{rest}"


def one_within_other(one: str, other: str) -> bool:
    """Is one of two addresses a part of the other? `acme.example` and `acme.example/agency`."""
    short, long = sorted((one, other), key=len)
    return bool(short) and f"{long}/".startswith(f"{short}/")


def _with_slashes(url: str) -> str:
    return url if "//" in url else f"//{url}"


def _readable(label: str) -> str:
    """`müller` for `xn--mller-kva`; a label that is not what it stands for stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        letters = label[4:].encode().decode("punycode")
        again = letters.encode("punycode").decode()
    except UnicodeError:
        return label
    usual = unicodedata.normalize("NFKC", letters).lower()
    return letters if again == label[4:] and letters == usual and not letters.isascii() else label
