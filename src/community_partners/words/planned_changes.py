"""Describes the changes on GitHub that `--dry-run` prints and a real run would make."""

from collections.abc import Sequence

from ..model.changes import (
    ChangeLabels,
    Close,
    CreateLabel,
    EditComment,
    EditPull,
    MakeBranch,
    OpenPull,
    PostComment,
    PullChange,
    PutFile,
    React,
    SetStatus,
    TellPull,
    ThreadChange,
)
from .escape import quote


def describe(changes: Sequence[ThreadChange | PullChange]) -> str:
    """Return the changes in words, in order; each line of a text is quoted with `| `."""
    said = (_thread(one) if isinstance(one, ThreadChange) else _pull(one) for one in changes)
    return "\n".join(said) or "nothing: all is there already"


def _thread(change: ThreadChange) -> str:
    match change:
        case CreateLabel():
            return f"create the label {change.name}"
        case PostComment():
            return f"post a comment:\n{quote(change.body)}"
        case EditComment():
            return f"edit comment {change.id}:\n{quote(change.body)}"
        case ChangeLabels():
            signs = (*(f"+{name}" for name in change.add), *(f"-{name}" for name in change.remove))
            return f"change labels: {' '.join(signs)}"
        case Close():
            return "close it"
        case React():
            return f"react to comment {change.comment}: {change.content}"


def _pull(change: PullChange) -> str:
    match change:
        case MakeBranch():
            return f"make the branch {change.name} at {change.head[:12]}"
        case PutFile():
            return f"write {change.path} to the branch {change.branch}:\n{quote(change.text)}"
        case OpenPull():
            return f"open a pull request from {change.branch}:\n{quote(change.title)}"
        case EditPull():
            return f"change pull request #{change.number}, {change.state}:\n{quote(change.body)}"
        case TellPull():
            return f"comment on pull request #{change.number}:\n{quote(change.body)}"
        case SetStatus():
            return f"set the status of the commit to {change.status.state}"
