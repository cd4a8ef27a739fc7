"""The status of a commit, as GitHub has it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitStatus:
    """`url`: of the comment that says why; None where it is not known."""

    state: str
    description: str
    url: str | None


NO_APPLICATION = CommitStatus(
    state="success", description="No application in this pull request: nothing to judge", url=None
)
"""Where a rule of the branch asks for our status, what is none of ours must not wait for ever."""
