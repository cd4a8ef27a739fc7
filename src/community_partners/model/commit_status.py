"""The status of a commit on GitHub.

https://docs.github.com/en/rest/commits/statuses
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitStatus:
    """One status of a commit.

    `state`: GitHub's word, such as `success` or `pending`. `url`: the address of the comment that
    gives the reason; None if the address is not known.
    """

    state: str
    description: str
    url: str | None


RECHECKED = "A month has closed since the verdict: it is checked again"
"""The description of the status on a verdict that is too old to merge on."""

NO_APPLICATION = CommitStatus(
    state="success", description="No application in this pull request: nothing to judge", url=None
)
"""The status of a pull request without an application.

A branch rule can require our status, so every pull request must get the status, or the pull request
could never be merged.
"""
