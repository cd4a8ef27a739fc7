"""Describes what became of published files, and writes the pull request for a protected branch."""

from ..model.publication import Protected, Published, Pushed, UpToDate
from ..model.pull_request import OwnPull
from .escape import text
from .reply import LONGEST


def pull_of(published: Protected, message: str) -> OwnPull:
    """Return the pull request for a commit that could not be pushed to a protected branch.

    `message`: the commit's message. Its first line becomes the title, the others a list.
    """
    title, _, rest = message.partition("\n")
    lines = "\n".join(f"- {text(line)}" for line in rest.splitlines() if line)
    return OwnPull(
        head=published.fallback,
        base=published.branch,
        title=title,
        body=lines[:LONGEST],
        commit=published.commit,
    )


def describe(published: Published) -> str:
    """Return one sentence on what became of the files."""
    match published:
        case UpToDate(branch=branch):
            return f"Nothing to publish: {branch} has it all."
        case Pushed(branch=branch, commit=commit):
            return f"Published to {branch}, commit {commit[:12]}."
        case Protected(branch=branch, fallback=fallback, commit=commit):
            instead = f"published to the branch {fallback} instead, commit {commit[:12]}"
            return f"The branch {branch} is protected: {instead}."
