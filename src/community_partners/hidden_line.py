"""The hidden line with which each text of ours begins: what the next run has to know.

The line is an HTML comment that holds one JSON value, read and written here alone. Anyone can type
such a line: it is trusted only in a text that our account wrote (`github/authorship.py`).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from .model.command import About
from .model.thread import Comment, Thread
from .model.verdict import Decision
from .stored import dump, load

_START = "<!-- community-partners "
_END = " -->"


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """`kind`: what the text is, such as `verdict` or `digest 2026-10`; by it the text is found.

    Of a verdict: `decision`; `change`: how often the decision became another one, so that each
    change is announced once; `again`: the day from which another look may say something else;
    `about` and `judged`: the organization and the commit that waivers in the thread are for. Of a
    reminder: `closes`, the day of closing. Of a pull request of ours: `issue`, whose application it
    proposes; `file`, the digest of what was judged there; `withdrawn`: we closed it ourselves.
    """

    kind: str
    decision: Decision | None = None
    change: int = 0
    again: date | None = None
    about: About | None = None
    judged: About | None = None
    closes: date | None = None
    issue: int | None = None
    file: str | None = None
    withdrawn: bool = False

    def __str__(self) -> str:
        """The line, with its end. Inside an HTML comment `>` is written as JSON's escape."""
        value = dump(self, Memory, indent=None).strip().replace(">", "\\u003e")
        return f"{_START}{value}{_END}\n"


def memory_in(text: str) -> Memory | None:
    """Return what the first line of a text says; None for any other first line."""
    line = text.lstrip().partition("\n")[0].rstrip()
    if not (line.startswith(_START) and line.endswith(_END)):
        return None
    try:
        return load(json.loads(line.removeprefix(_START).removesuffix(_END)), Memory)
    except Exception:  # noqa: BLE001  whatever else somebody wrote there: it is not ours
        return None


def begins_as_ours(text: str) -> bool:
    """Tell whether a text begins as ours do, whoever wrote it."""
    return text.startswith(_START)


def is_of_kind(text: str, kind: str) -> bool:
    """Tell whether the first line of a text says that it is of this kind."""
    found = memory_in(text)
    return found is not None and found.kind == kind


def our_comments(thread: Thread, kind: str) -> list[tuple[Comment, Memory]]:
    """Return our comments of a kind with what they remember, the oldest first."""
    found = [(one, memory_in(one.body)) for one in thread.comments if one.ours]
    return [(one, memory) for one, memory in found if memory and memory.kind == kind]


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts are the same for readers: GitHub may give back other line ends."""
    return _lines(one) == _lines(other)


def file_digest(content: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits of a file's bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
