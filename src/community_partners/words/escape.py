"""Escapes outside text for Markdown, for a log and for a terminal, so that it is nothing but words.

Markdown: each variable of a template passes through `text`, unless it is `Markdown` already. GitHub
finds mentions, references, commits, short names of pictures and bare addresses after it has
rendered the Markdown. Neither a backslash nor an entity prevents that; a zero-width space does.

https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting

Log: the runner trims a line before it looks for `::command::` at its start, and finds `##[command]`
anywhere in a line. A terminal may wrap a line, and so make a new start. So a text is either quoted
line by line (`quote`), or a zero-width space breaks each command in it (`defuse`).
"""

import re
import unicodedata
from typing import Any

from ..model.length import cut

_GAP = "\u200b"
_COMMAND = re.compile(r":(?=:)|##(?=\[)")


def quote(text: str) -> str:
    """Return a text of any origin with `| ` before each line, so that none is a command."""
    lines = text.replace("\r", "\n").replace("##[", f"##{_GAP}[").split("\n")
    return "\n".join(f"| {line}" for line in lines)


def defuse_json(text: str) -> str:
    """Return JSON with the same meaning and without `##[`, a command to the runner.

    `::` needs no escape: no line of indented JSON begins with a stranger's text.
    """
    return text.replace("##[", "#\\u0023[")


def defuse(text: str) -> str:
    """Return a text with a zero-width space in each runner command, so that none can run.

    This holds even if a terminal wraps the text. A lone surrogate becomes a backslash escape,
    since no terminal can print a lone surrogate.
    """
    printable = text.encode(errors="backslashreplace").decode()
    return _COMMAND.sub(lambda found: found[0] + _GAP, printable)


LONGEST = 300
_JOINERS = "\u200c\u200d"
# What GitHub would make a link or a picture of, up to where a space has to go in. What stands
# before it matters only if it is a letter or a digit of ASCII: markup such as `_` and `*` is gone
# once the Markdown is rendered, and another script's letter may count as a space. A number after a
# currency's code is an amount, and no commit: people copy it.
_ACTIVE = re.compile(
    r"@|#(?=[0-9])|:(?=//)|:(?=[a-z0-9_+-]{1,60}:)|(?:www|mailto|xmpp)(?=[.:])"
    r"|(?<![a-z0-9])(?:GH(?=-[0-9])"
    r"|(?!(?<=\b(?-i:[A-Z]{3}) )[0-9]+(?![a-z0-9]))[0-9a-f]{7,40}(?![a-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
_PUNCTUATION = re.compile(r"([\\`*_\[\]|~$])")
_LINE_START = re.compile(r"^([-+=:#]|[0-9]+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ENCODED = {character: f"%{ord(character):02X}" for character in "()<>\"'`\\|*_[]{}~^ "}


class Markdown(str):
    """Markdown that is safe already: `text` does not escape it again."""

    __slots__ = ()


def text(value: Any, most: int = LONGEST) -> Markdown:
    """Return a value as plain words on one line of Markdown. `Markdown` is returned as it is.

    `most`: how many characters are kept, before escaping.
    """
    if isinstance(value, Markdown):
        return value
    line = cut("".join(map(_visible, " ".join(cut(str(value), 8 * most).split()))), most)
    quiet = _ACTIVE.sub(_quiet, line)
    escaped = _PUNCTUATION.sub(r"\\\1", quiet.translate(_ENTITIES))
    return Markdown(_LINE_START.sub(_start, escaped))


def link(title: Any, url: str) -> Markdown:
    """Return a link with a title, or only the title if `url` is no https address."""
    if not url.startswith("https://") or any(_visible(one) != one for one in url[:500]):
        return text(title)
    safe = "".join(_ENCODED.get(character, character) for character in url[:500])
    return Markdown(f"[{text(title)}]({safe})")


def code(value: str) -> Markdown:
    """Return a text to copy, as code on one line; a text that no code can hold comes as words."""
    plain = value.isprintable() and "`" not in value and value == value.strip()
    return Markdown(f"`{value}`") if plain and value else text(value)


def _quiet(found: re.Match[str]) -> str:
    """Return what GitHub looks for with a zero-width space behind it, and after each six letters.

    Seven hexadecimal digits can name a commit.
    """
    return "".join(found[0][at : at + 6] + _GAP for at in range(0, len(found[0]), 6))


def _start(found: re.Match[str]) -> str:
    """Return a line's first mark, escaped so that the line becomes no list and no heading."""
    mark = found[1]
    return f"\\{mark}" if mark in "-+=:#" else f"{mark}{_GAP}"


def _visible(character: str) -> str:
    """Return a character, or its number such as `[U+202E]` if it shows nothing.

    Control, zero-width and direction characters show nothing.
    """
    if character in _JOINERS or unicodedata.category(character)[0] != "C":
        return character
    return f"[U+{ord(character):04X}]"
