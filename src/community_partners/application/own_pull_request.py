"""Handles a pull request that we opened for an issue. Its verdict and waivers are in the issue.

A person may add a commit to it, for example with *Update branch*. This module decides about such a
commit: the verdict holds for it if the file is as it was judged; else the commit has no verdict.
"""

from ..errors import InvalidInputError
from ..github.pull_changes import read_file
from ..github.pulls import read_status, write_status
from ..github.rest import GitHubRepository
from ..hidden_line import Memory, file_digest, memory_in
from ..intake.event import Ignored
from ..intake.proposed_file import application_file, not_looked_at
from ..model.pull_request import PullRequest
from ..words.verdict import status_as_judged
from .pull_logo import problems_of_logo


def judged_elsewhere(
    repository: GitHubRepository, pull: PullRequest, room: str, *, dry_run: bool
) -> Ignored | None:
    """Return why a pull request is not judged, if we opened it for an issue; else None.

    Sets the status of a new commit whose file is as it was judged. `room`: the folder of
    applications, as git names it. Raises UserError.
    """
    mark = memory_in(pull.body or "")
    if mark is None or mark.issue is None:
        return None
    if mark.decision and not dry_run and _is_new_and_the_same(repository, pull, room, mark):
        issue = f"{pull.url.rsplit('/', 2)[0]}/issues/{mark.issue}"
        write_status(repository, pull.head, status_as_judged(mark.decision, mark.issue, issue))
    return Ignored(reason=f"It proposes the application of #{mark.issue}, which is judged there.")


def _is_new_and_the_same(
    repository: GitHubRepository, pull: PullRequest, room: str, mark: Memory
) -> bool:
    """Tell whether the commit has no status of ours yet, and its one file is as it was judged.

    A maintainer may have added the logo.
    """
    if not_looked_at(pull) or read_status(repository, pull.head):
        return False
    try:
        file = application_file(pull, room)
    except InvalidInputError:
        return False
    if problems_of_logo(repository, pull, room):
        return False
    found = read_file(repository, pull, file)
    return found is not None and found.blob == file.blob and file_digest(found.content) == mark.file
