"""What people write on one line of a form: an account, a service, a team member.

Decides how bullets, addresses, `@` and commas are read, and refuses what it would have to guess.
Whether a login or a day is right is decided with the rest of the application.
"""

import re
from typing import Any

_BULLET = re.compile(r"(?:[-*+•]|\d+[.)])(?:\s+|$)")
_HANDLE = re.compile(r"([a-z][a-z0-9-]*):(?!//)\s*(\S.*)", re.IGNORECASE)
_MARKUP = re.compile(r"#{1,6}\s|`{3}|~{3}")


def without_bullet(line: str) -> str:
    text = line.strip()
    bullet = _BULLET.match(text)
    return text[bullet.end() :].strip() if bullet else text


def read_account(text: str, host: str) -> str:
    """`acme` of `@acme` and of the account's address at `host`; anything else as it is written."""
    address = re.fullmatch(
        rf"(?:https?://)?(?:www\.)?{re.escape(host)}"
        r"/(?:(?:sponsors|orgs|dashboard)/)?([^\s/?#]+)(?:[/?#]\S*)?",
        text.strip(),
        re.IGNORECASE,
    )
    return (address[1] if address else text.strip()).removeprefix("@")


def read_service(line: str) -> str:
    """The line itself; ValueError with a sentence for Markdown that lists no service."""
    if _MARKUP.match(line):
        raise ValueError(f"The line {line[:80]!r} is a heading or a code fence.")
    return line


def read_member(line: str) -> dict[str, Any]:
    """`Name, login, since[, until][, forum: handle]`; ValueError with a sentence otherwise."""
    name, *rest = [part.strip() for part in line.split(",")]
    plain = [part for part in rest if part and not _HANDLE.fullmatch(part)]
    if len(plain) not in (2, 3):
        what = "has too few parts" if len(plain) < 2 else "has too many parts"
        raise ValueError(f"The line {line[:80]!r} {what}.")
    member: dict[str, Any] = {
        "name": name,
        "github": read_account(plain[0], "github.com"),
        "since": plain[1],
    }
    if len(plain) == 3:
        member["until"] = plain[2]
    if handles := _handles(rest):
        member["handles"] = handles
    return member


def _handles(parts: list[str]) -> dict[str, str]:
    handles: dict[str, str] = {}
    for part in parts:
        if found := _HANDLE.fullmatch(part):
            platform = found[1].lower()
            if platform in handles:
                raise ValueError(f"The line has two names for {platform[:30]!r}.")
            handles[platform] = found[2]
    return handles
