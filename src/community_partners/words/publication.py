"""Tells what became of files to publish, and asks to take what a protected branch refused."""

from ..model.publication import Protected, Published, Pushed, UpToDate
from ..model.pull_request import OwnPull
from .escape import text
from .reply import LONGEST


def pull_of(published: Protected, message: str) -> OwnPull:
    """Return the pull request that asks to take what could not be pushed.

    `message`: the commit's, its lines as a list.
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
    """One sentence for people."""
    match published:
        case UpToDate(branch=branch):
            return f"Nothing to publish: {branch} has it all."
        case Pushed(branch=branch, commit=commit):
            return f"Published to {branch}, commit {commit[:12]}."
        case Protected(branch=branch, fallback=fallback, commit=commit):
            instead = f"published to the branch {fallback} instead, commit {commit[:12]}"
            return f"The branch {branch} is protected: {instead}."
