"""Reads and writes an issue's thread on GitHub. Decides nothing of its content.

Reading is tried again when GitHub stumbles. Posting a comment is not: one that may have been stored
is looked for first. Errors are sentences with the remedy, never the server's words.
"""

from collections.abc import Iterator, Sequence

from .conversation import (
    CreateLabel,
    EditComment,
    PostComment,
    SetLabels,
    Thread,
    Write,
    marked,
)
from .github_answers import object_in
from .github_client import GitHubRepository, sentences
from .github_comments import GitHubComments
from .github_labels import LABELS, make_label

_REMEDIES = {
    403: "The workflow needs the permission `issues: write`.",
    404: "Check the repository, the issue's number and the token's permissions.",
    410: "Switch issues on in the repository's settings.",
}


class GitHubThread:
    """One issue's thread. `labels` of the issue are taken from the event: they save a question."""

    def __init__(self, there: GitHubRepository, number: int) -> None:
        self._there = there
        self._number = number
        self._comments = GitHubComments(there, number)

    def read(self, labels: Sequence[str]) -> Thread:
        """All comments; and, before our first one, which of our labels the repository lacks."""
        with sentences("reading the thread", _REMEDIES):
            thread = Thread(comments=self._comments.read(), labels=tuple(labels))
            if marked(thread, "verdict"):
                return thread
            listed = self._there.listed("labels", {})
            known = {object_in(label, name=str)["name"].casefold() for label in listed}
            missing = tuple(name for name in LABELS if name not in known)
            return Thread(comments=thread.comments, labels=thread.labels, missing=missing)

    def apply(self, writes: Sequence[Write]) -> str | None:
        """Write, in order; the address of the first comment that was posted, if one was.

        Raises UserError with a sentence; a second run does the rest.
        """
        posted: list[str] = []
        for write in writes:
            with sentences("writing to the thread", _REMEDIES):
                posted.extend(self._apply(write))
        return posted[0] if posted else None

    def _apply(self, write: Write) -> Iterator[str]:
        match write:
            case CreateLabel():
                make_label(self._there, write.name)
            case PostComment():
                yield self._comments.post(write.body)
            case EditComment():
                self._comments.edit(write.id, write.body)
            case SetLabels():
                path = f"issues/{self._number}/labels"
                self._there.ask("PUT", path, {"labels": list(write.names)})
