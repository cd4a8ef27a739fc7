"""The short name of an organization: of its file, its page and its links."""

import re
import unicodedata

from ..model.website import website_host

LONGEST = 60
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug_for(name: str, website: str) -> str:
    """The words of the name in lower-case ASCII, joined by `-`.

    A name that would lose letters, maybe all that tells it from another, gives the first part
    of its website's host, as DNS spells it; without one, what is left; nothing at all, "".
    """
    host = website_host(website).split(".")[0]
    spelled = f"xn-{host.encode('punycode').decode()}" if _loses_letters(host) else host
    if _loses_letters(name):
        return _ascii(spelled) or _ascii(name)
    return _ascii(name) or _ascii(spelled)


def agrees(slug: str, name: str, website: str) -> bool:
    """`acme-gmbh` agrees with "Acme GmbH", and so do its leading words: `acme`."""
    whole = slug_for(name, website)
    return whole == slug or whole.startswith(f"{slug}-")


def _loses_letters(text: str) -> bool:
    return any(one.isalpha() and not one.isascii() for one in _spelled(text))


def _ascii(text: str) -> str:
    letters = _spelled(text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:LONGEST].strip("-")


def _spelled(text: str) -> str:
    """In small letters, those with marks taken apart."""
    return unicodedata.normalize("NFKD", text.lower().translate(_LATIN)).lower()
