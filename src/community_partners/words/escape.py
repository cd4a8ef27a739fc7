"""Outside text in Markdown, in a log and on a terminal: of a stranger's words only words are left.

In Markdown a template's variables pass through `text` unless they are `Markdown` already. GitHub
resolves mentions, references and bare addresses after rendering, where neither a backslash nor an
entity helps: a zero-width space does. In a log the runner trims a line before it looks for
`::command::`, and finds `##[command]` anywhere in it; where a line ends may be a terminal's to say,
since it wraps. So each line is quoted, or the text is defused.
"""

import re
import unicodedata
from typing import Any

_GAP = "\u200b"
_COMMAND = re.compile(r":(?=:)|##(?=\[)")


def quote(text: str) -> str:
    """Text of any origin, each line behind a bar."""
    lines = text.replace("\r", "\n").replace("##[", f"##{_GAP}[").split("\n")
    return "\n".join(f"| {line}" for line in lines)


def defuse_json(text: str) -> str:
    """JSON that is no command, since its lines begin with ours; it says the same as before."""
    return text.replace("##[", "#\\u0023[")


def defuse(text: str) -> str:
    """Text of any origin that is no command, wherever its lines are broken; for any terminal."""
    printable = text.encode(errors="backslashreplace").decode()
    return _COMMAND.sub(lambda found: found[0] + _GAP, printable)


LONGEST = 300
_JOINERS = "\u200c\u200d"
_ACTIVE = re.compile(
    r"@(?=[A-Za-z0-9])|#(?=\d)|\bGH(?=-\d)|:(?=//)|\b(?:www|mailto|xmpp)(?=[.:])", re.IGNORECASE
)
_PUNCTUATION = re.compile(r"([\\`*_\[\]|~$])")
_LINE_START = re.compile(r"^([-+=:#]|\d+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ENCODED = {character: f"%{ord(character):02X}" for character in "()<>\"'`\\|*_[]{}~^ "}


class Markdown(str):
    """Markdown that we wrote: it is not escaped again."""

    __slots__ = ()


def text(value: Any, most: int = LONGEST) -> Markdown:
    """`value` as plain words on one line, at most `most` characters before escaping."""
    if isinstance(value, Markdown):
        return value
    line = "".join(map(_visible, " ".join(str(value).split())))
    cut = line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
    quiet = _ACTIVE.sub(lambda found: found[0] + _GAP, cut)
    escaped = _PUNCTUATION.sub(r"\\\1", quiet.translate(_ENTITIES))
    return Markdown(_LINE_START.sub(_start, escaped))


def link(title: Any, url: str) -> Markdown:
    """A link to an https address; anything else is only its title."""
    if not url.startswith("https://") or any(_visible(one) != one for one in url):
        return text(title)
    safe = "".join(_ENCODED.get(character, character) for character in url[:500])
    return Markdown(f"[{text(title)}]({safe})")


def _start(found: re.Match[str]) -> str:
    """Keep a word at the start of a line from making a list or a heading of it."""
    mark = found[1]
    return f"\\{mark}" if not mark.isdigit() else f"{mark}{_GAP}"


def _visible(character: str) -> str:
    """Control, zero-width and direction characters by their number."""
    if character in _JOINERS or unicodedata.category(character)[0] != "C":
        return character
    return f"[U+{ord(character):04X}]"
