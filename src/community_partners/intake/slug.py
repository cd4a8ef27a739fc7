"""The short name of an organization: of its file, its page and its links."""

import re
import unicodedata

from ..model.website import website_host

LONGEST = 60


def slug_for(name: str, website: str) -> str:
    """The words of the name in lower-case ASCII, joined by `-`.

    A name without Latin letters gives the first part of its website's host, as DNS spells it;
    nothing at all, "".
    """
    host = website_host(website).split(".")[0]
    spelled = "" if host.isascii() else f"xn-{host.encode('punycode').decode()}"
    return _ascii(name) or _ascii(host) or _ascii(spelled)


def agrees(slug: str, name: str, website: str) -> bool:
    """`acme-gmbh` agrees with "Acme GmbH", and so do its leading words: `acme`."""
    whole = slug_for(name, website)
    return whole == slug or whole.startswith(f"{slug}-")


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:LONGEST].strip("-")
