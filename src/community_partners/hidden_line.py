"""Read and write the hidden line that begins each text of ours: data for the next run.

The line is an HTML comment that holds one JSON value. Anyone can type such a line, so it is trusted
only in a text that our account wrote (`github/ours.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from .model.application import ConfirmedSeat
from .model.command import About, NamedSeat
from .model.thread import Comment, Thread
from .model.verdict import Decision
from .stored import dump, load

_START = "<!-- community-partners "
_END = " -->"


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """The data of a hidden line. `kind`: what the text is, such as `verdict` or `digest 2026-10`.

    A text is found again by its kind. In a verdict: `decision`; `change`, how often the decision
    has changed, so that each change is announced once; `again`, the day from which another check
    may give another result; `about`, the organization that the waivers in the thread are for;
    `seats`, those of the team that are confirmed; `heard`, whether somebody is shown to speak for
    the website; `beside`, the numbers of other applications that have the same people. In a pull
    request of a record: `asked`, whom we asked to confirm which days. In a reminder: `closes`, the
    day of closing. In a pull request of ours: `issue`, the number of the issue with the
    application; `file`, the digest of the file that was judged; `withdrawn`, whether we closed the
    pull request ourselves; `change`, how often we did. In a claim: `file`, the digest of the claim;
    `since`, the last comment before it was as it is now; `people`, the numbers of the accounts that
    had the logins of those for whom it is, when it was seen first.
    """

    kind: str
    decision: Decision | None = None
    change: int = 0
    again: date | None = None
    about: About | None = None
    seats: tuple[ConfirmedSeat, ...] = ()
    beside: tuple[int, ...] = ()
    heard: bool = False
    asked: tuple[NamedSeat, ...] = ()
    closes: date | None = None
    since: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    issue: int | None = None
    file: str | None = None
    withdrawn: bool = False

    def __str__(self) -> str:
        """Return the hidden line with its line break.

        `>` could end the HTML comment, so the JSON holds its escape instead.
        """
        value = dump(self, Memory, indent=None).strip().replace(">", "\\u003e")
        return f"{_START}{value}{_END}\n"


_FIELDS = frozenset(one.name for one in fields(Memory))


def memory_in(text: str) -> Memory | None:
    """Return the data in the first line of a text; None if that line is no hidden line.

    A key that this version does not know is left out: a newer version may have written the line.
    """
    line = text.lstrip().partition("\n")[0].rstrip()
    if not (line.startswith(_START) and line.endswith(_END)):
        return None
    try:
        data = json.loads(line.removeprefix(_START).removesuffix(_END))
        known = {key: value for key, value in data.items() if key in _FIELDS}
        memory = load(known, Memory)
    except Exception:  # noqa: BLE001  whatever else somebody wrote there: it is not ours
        return None
    return memory if _is_written(known, memory) else None


def _is_written(data: Mapping[str, Any], memory: Memory) -> bool:
    """Tell whether we would write each value as `data` has it: the reader converts other types."""
    written = json.loads(dump(memory, Memory))
    return all(json.dumps(written.get(key)) == json.dumps(data[key]) for key in data)


def without_line(text: str) -> str:
    """Return a text of ours without the hidden line that begins it."""
    return text.lstrip().partition("\n")[2]


def begins_as_ours(text: str) -> bool:
    """Tell whether a text begins with the first characters of a hidden line.

    The rest of the line and the author are not checked: anyone can type such a text.
    """
    return text.startswith(_START)


def is_of_kind(text: str, kind: str) -> bool:
    """Tell whether a text begins with a hidden line of this kind; the author is not checked."""
    found = memory_in(text)
    return found is not None and found.kind == kind


def our_comments(thread: Thread, kind: str) -> list[tuple[Comment, Memory]]:
    """Return our comments of this kind with the data of their hidden lines, the oldest first."""
    found = [(one, memory_in(one.body)) for one in thread.comments if one.ours]
    return [(one, memory) for one, memory in found if memory and memory.kind == kind]


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts are the same for readers: GitHub may give back other line breaks."""
    return _lines(one) == _lines(other)


def file_digest(content: bytes) -> str:
    """Return the digest of a file's bytes: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
