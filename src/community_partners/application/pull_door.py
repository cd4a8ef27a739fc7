"""Defines the door of pull requests: an application is one file at the proposed commit.

Its logo may come along, as a second file.

No code of a fork is checked out or run. The verdict becomes the status of the commit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from ..checkout.folder import in_checkout
from ..errors import InvalidInputError, UserError
from ..evidence.other_applications import tells_status
from ..github.pull_changes import read_file, read_head, read_pull
from ..github.pulls import read_status, write_status
from ..github.thread import GitHubThread
from ..intake.applications import read_application
from ..intake.event import Ignored
from ..intake.proposed_file import (
    Kind,
    application_file,
    file_submission,
    is_misplaced,
    kind_of,
    not_looked_at,
    perhaps_misplaced,
)
from ..model.application import Application, DoorKind
from ..model.commit_status import NO_APPLICATION, CommitStatus
from ..model.pull_request import ChangedFile, PullRequest
from ..model.submission import Submission
from ..model.verdict import Finding, Verdict
from ..rules.record_change import change_of_record, in_team
from ..words.annotations import annotations
from ..words.reply import Commit
from ..words.verdict import status_of
from .door import Overtaken, Review, Run, Settled, set_status
from .own_pull_request import judged_elsewhere
from .pull_logo import problems_of_logo
from .record_pull import joining

FOLDER = "applications"
_OVERTAKEN = Overtaken(
    reason="A newer commit was pushed meanwhile: its own run answers, and nothing was written here."
)


@dataclass(frozen=True, kw_only=True)
class PullDoor:
    """An open pull request that applies. `folder`: the folder of applications, as git names it.

    `misplaced`: applications outside that folder, if the pull request has none inside.
    """

    run: Run
    thread: GitHubThread
    pull: PullRequest
    folder: str
    misplaced: tuple[ChangedFile, ...] = ()
    kind = DoorKind.PULL

    @property
    def commit(self) -> Commit:
        return Commit(name=self.pull.head, url=f"{self.pull.url}/commits/{self.pull.head}")

    def author(self, application: Application) -> int | None:
        """Return the number of the author, if nobody else may push to the branch.

        The branch must be in a repository of the author, or of the organization that the
        application names. From the branch of another, that one pushes later what the author never
        saw.
        """
        named = (application.github or "").casefold()
        own = self.branch is None or (named != "" and self.branch == named)
        return self.thread.seen.issue.by if own else None

    @property
    def branch(self) -> str | None:
        """The login of whoever owns the branch; None if it is the author's, or the program's."""
        known = self.pull.is_of_known_owner(self.run.repository.name)
        return None if known else self.pull.owner

    @cached_property
    def status(self) -> CommitStatus | None:
        """Our status on the commit before this run, or None. GitHub is asked once."""
        return read_status(self.run.repository, self.pull.head)

    def submission(self) -> Submission:
        """Read the one file at the commit, its logo, and the status that the commit has.

        Raises UserError.
        """
        run, _ = self.run, self.status  # read before anything is decided
        try:
            file = application_file(self.pull, self.folder, self.misplaced)
        except InvalidInputError as error:
            return Submission(title=self.pull.title, problems=error.problems)
        content = read_file(run.repository, self.pull, file)
        read = file_submission(self.pull.title, file, content, run.today, run.program)
        if problems := problems_of_logo(run.repository, self.pull, self.folder):
            return Submission(title=self.pull.title, problems=(*read.problems, *problems))
        record = self._record(file)
        return replace(read, finding=self._change_of_record(file, record), record=record)

    def overtaken(self) -> Overtaken | None:
        """Return why a newer run answers, if a commit was pushed meanwhile. Raises UserError."""
        head = read_head(self.run.repository, self.thread.number)
        return None if head == self.pull.head else _OVERTAKEN

    def settle(self, done: Review) -> Settled:
        """Set the status of the commit; in a dry run, say what would be set.

        Nothing is set if the status is the same already, or if another pull request sets it.
        Raises UserError.
        """
        run, commit = self.run, self.pull.head
        status = status_of(done.verdict, done.comment_url)
        if status == self.status or not self._sets_status(done.submission):
            return Settled()
        return set_status(run, commit, status)

    def annotations(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the problems as commands to the runner, which GitHub shows at the files' lines."""
        return annotations(verdict.problems, {one.path for one in self.pull.files})

    def _sets_status(self, submission: Submission) -> bool:
        """Tell whether this pull request sets the status of its commit (`tells_status`).

        A file that cannot be read is the same in every pull request with this commit, so each may
        set the status.
        """
        if submission.application is None:
            return True
        found = self.run.funnels.of(submission.application.slug)
        return tells_status(found, self.thread.number, self.pull.head)

    def _record(self, file: ChangedFile) -> Application | None:
        """Return the record on the default branch; None if there is none, or it cannot be read."""
        try:
            return read_application(_path(self.run, file), self.run.today, None)
        except UserError:
            return None

    def _change_of_record(self, file: ChangedFile, record: Application | None) -> Finding | None:
        """Return the finding whether the author may change a record; None if the record is new."""
        run = self.run
        if file.status == "added" and not _path(run, file).exists():
            return None
        ours = in_team(self.pull, record.team if record else (), run.today)
        writes = not ours and _writes(self.pull, run)
        return change_of_record(self.pull, file.path, run.program, ours=ours, may_write=writes)


def enter_pull(run: Run, thread: GitHubThread) -> PullDoor | Ignored:
    """Return the door of a pull request, or why there is nothing to judge. Raises UserError.

    A pull request that is no application gets a status too, since a branch rule may require one.
    """
    pull, folder = read_pull(run.repository, thread.number), in_checkout(run.root / FOLDER)
    if pull is None:
        return _OVERTAKEN
    ignored = judged_elsewhere(run.repository, pull, folder, dry_run=run.dry_run)
    ignored = ignored or not_looked_at(pull)
    if ignored:
        return ignored
    misplaced = tuple(_misplaced(run, pull, folder))
    if misplaced or _applies(run, pull, folder):
        return PullDoor(run=run, thread=thread, pull=pull, folder=folder, misplaced=misplaced)
    status = joining(run, thread, pull, _beside(folder)) or NO_APPLICATION
    if not run.dry_run and read_status(run.repository, pull.head) != status:
        write_status(run.repository, pull.head, status)
    return Ignored(reason=f"The pull request proposes no application in {folder}/.")


def _beside(folder: str) -> str:
    """Return the path of the folder of records, which is beside that of applications."""
    return (PurePosixPath(folder).parent / "partners").as_posix()


def _misplaced(run: Run, pull: PullRequest, folder: str) -> Iterator[ChangedFile]:
    """Yield the applications of a pull request that stand outside their folder. Raises UserError.

    Only such a file is read; a pull request of another kind costs no request more.
    """
    for file in perhaps_misplaced(pull, folder):
        if is_misplaced(file, folder, None) or is_misplaced(
            file, folder, read_file(run.repository, pull, file)
        ):
            yield file


def _applies(run: Run, pull: PullRequest, folder: str) -> bool:
    """Tell whether a pull request is judged as an application.

    Maintainers may remove files, for example to undo an admission. From anybody else a removal is
    judged, and refused. Raises UserError if GitHub does not tell who may write, since a pull
    request that is judged once stays an application.
    """
    kind = kind_of(pull, folder)
    if kind is Kind.REMOVAL:
        return pull.author is None or not run.may_write(pull.author)
    return kind is Kind.APPLICATION


def _writes(pull: PullRequest, run: Run) -> bool:
    """Tell whether the author may write to the repository.

    False if GitHub does not tell: then a maintainer checks the change.
    """
    try:
        return pull.author is not None and run.may_write(pull.author)
    except UserError:
        return False


def _path(run: Run, file: ChangedFile) -> Path:
    """Return where the record on the default branch is, if there is one."""
    return run.root / FOLDER / Path(file.path).name
