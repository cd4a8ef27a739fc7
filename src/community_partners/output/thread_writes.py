"""What a thread can lack: a label, a comment, a reaction, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .log import quote


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel:
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PostComment:
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditComment:
    id: int
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLabels:
    """Only ours: somebody else's may have been added or taken away meanwhile."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    pull: bool  # an issue is closed as not planned


class Reaction(StrEnum):
    """To a comment with a command, as GitHub names them."""

    DONE = "+1"
    NO = "-1"
    CONFUSED = "confused"


@dataclass(frozen=True, kw_only=True, slots=True)
class React:
    comment: int
    content: Reaction


Write = CreateLabel | PostComment | EditComment | ChangeLabels | Close | React


def describe(writes: Sequence[Write]) -> str:
    """The plan for people, one write after the other; a text's lines behind bars."""
    return "\n".join(_describe(write) for write in writes) or "nothing: all is there already"


def _describe(write: Write) -> str:
    match write:
        case CreateLabel():
            return f"create the label {write.name}"
        case PostComment():
            return f"post a comment:\n{quote(write.body)}"
        case EditComment():
            return f"edit comment {write.id}:\n{quote(write.body)}"
        case ChangeLabels():
            signed = [*(f"+{name}" for name in write.add), *(f"-{name}" for name in write.remove)]
            return f"change labels: {' '.join(signed)}"
        case Close():
            return "close it"
        case React():
            return f"react to comment {write.comment}: {write.content}"
