"""Asks people whom a pull request adds to a partner's team to confirm that in the pull request.

Nothing is judged: a maintainer merges or not. What a maintainer proposes is trusted as it stands.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from ..errors import InvalidInputError, UserError
from ..github.accounts import accounts_by_login
from ..github.pull_changes import read_file
from ..github.thread import GitHubThread
from ..hidden_line import Memory, our_comments
from ..intake.comment_command import read_command
from ..intake.team_days import Days, team_days
from ..intake.yaml_document import read_bytes, read_yaml
from ..model.changes import PostComment, React, Reaction, ThreadChange
from ..model.command import Verb
from ..model.commit_status import CommitStatus
from ..model.pull_request import ChangedFile, PullRequest
from ..model.thread import Comment, Thread
from ..words.joining import ask_to_confirm, status_of_joining
from .door import Run

MOST_FILES = 5
KIND = "joining"


def joining(run: Run, thread: GitHubThread, pull: PullRequest, folder: str) -> CommitStatus | None:
    """Ask those who are added, and return the status of the commit; None if nobody is to be asked.

    `folder`: of the records, as git names it. Raises UserError if GitHub does not answer.
    """
    records = [one for one in pull.files if _is_record(one, folder)]
    if not records or pull.author is None or run.may_write(pull.author):
        return None
    added = sorted({who for one in records[:MOST_FILES] for who in _added(run, pull, one)})
    if not added:
        return None
    told = accounts_by_login(run.clients.github, added, run.clients.clock)
    if told.value is None:
        raise UserError(f"{told.failure} Run this again in a while.")
    numbers = {one.login: one.id for one in told.value}
    seen = thread.seen
    agreed = {seen.issue.by, *(one.by for one in _confirming(seen))} - {None}
    waiting = tuple(login for login in added if numbers[login] not in agreed)
    if not run.dry_run:
        thread.apply(tuple(_answers(seen, waiting, set(numbers.values()) - {None})))
    return status_of_joining(waiting)


def _is_record(file: ChangedFile, folder: str) -> bool:
    path = PurePosixPath(file.path)
    inside = str(path.parent).casefold() == folder.casefold()
    return inside and path.suffix.casefold() == ".yml" and file.status in ("added", "modified")


def _added(run: Run, pull: PullRequest, file: ChangedFile) -> Iterator[str]:
    """Yield the logins that a record has now, or for more days than before, case-folded."""
    content = read_file(run.repository, pull, file)
    after = _team(content.content if content else b"", file.path)
    there = run.root / "partners" / PurePosixPath(file.path).name
    before = _team(read_bytes(there) if there.is_file() else b"", file.path)
    for login, (since, until) in after.items():
        known = before.get(login)
        if known is None or since < known[0] or until > known[1]:
            yield login


def _team(content: bytes, name: str) -> Mapping[str, Days]:
    try:
        return team_days(read_yaml(content, name).data)
    except InvalidInputError:
        return {}


def _confirming(thread: Thread) -> Iterator[Comment]:
    for one in thread.comments:
        command = None if one.ours else read_command(one.body, {})
        if command and command.verb is Verb.CONFIRM and one.by is not None:
            yield one


def _answers(
    thread: Thread, waiting: tuple[str, ...], added: set[int | None]
) -> Iterator[ThreadChange]:
    if waiting and not our_comments(thread, KIND):
        yield PostComment(body=f"{Memory(kind=KIND)}{ask_to_confirm(waiting)}")
    for one in _confirming(thread):
        if one.by in added and not one.reactions:
            yield React(comment=one.id, content=Reaction.DONE)
