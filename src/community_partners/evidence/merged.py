"""Reads merged applications: each one's file, its merge, its team's accounts.

This module decides which files are meant and which cannot be read. The rules decide whether an
application can be admitted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..checkout.git import Git
from ..checkout.history import changed_files, last_commit
from ..errors import InvalidInputError, UserError
from ..evidence.clients import Clients
from ..github.accounts import accounts_by_login
from ..github.merges import merge_of
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..hidden_line import memory_in
from ..intake.applications import build_application
from ..intake.own_seats import has_left, remembered
from ..intake.push_event import PushEvent
from ..intake.yaml_document import EXAMPLE, read_bytes, read_yaml
from ..model.application import Application
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, Answer
from ..model.funnel import FOLDER, KnownPull, Merge, file_of
from ..model.month import Month, last_closed
from ..model.program import Program
from ..model.pull_request import FileAt
from ..rules.admission import is_stale
from ..rules.confirmed_team import team_of_record
from ..rules.roster import roster_of
from .all_contributors import ask_lists
from .work import ask_work, team_claims, team_work

PARTNERS = "partners"
MERGEABLE = ("success", "pending")  # eligible; or for a person to decide, who merged it
_STALE = (
    "a month has closed since. Start the workflow again: it is judged again before it is admitted."
)
Ours = Callable[[Sequence[KnownPull]], Sequence[KnownPull]]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """An application's file that was merged.

    `number`: the issue (if `in_issue`) or pull request to answer in; None if there is none. `data`,
    `application`: the content of the file; {} and None if it is invalid. `trouble`: why the file is
    invalid or is not what was judged, a sentence each. `unknown`: GitHub did not tell of its merge.
    `merge`: None if GitHub did not tell, or if there was none. `unconfirmed`: logins of those who
    are left out of the team, since they did not confirm that they are in it. `stale`: a month has
    closed since the verdict, and nobody has judged since.
    """

    slug: str
    name: str
    number: int | None
    in_issue: bool
    data: dict[str, Any]
    application: Application | None
    trouble: tuple[str, ...] = ()
    unknown: bool = False
    merge: Merge | None = None
    unconfirmed: tuple[str, ...] = ()
    stale: bool = False


def slugs_of_push(git: Git, push: PushEvent) -> tuple[str, ...]:
    """Return the slugs of applications that a push added or changed, and of partners that it added.

    A push adds partners if it merges our pull request for a protected branch. Raises UserError.
    """
    changed = (
        *changed_files(git, push.before, push.after, "AM", FOLDER),
        *changed_files(git, push.before, push.after, "A", PARTNERS),
    )
    return _slugs(git.root, (Path(path) for path in changed))


def slugs_of_files(root: Path, files: Iterable[Path]) -> tuple[str, ...]:
    """Return the slugs of files that a person named. Raises UserError for any other file."""
    for file in files:
        expected = (root / FOLDER / file.name).resolve()
        if file.resolve() != expected or file.suffix != ".yml" or not file.is_file():
            raise UserError(
                f"{file} is no application: name a file such as {root / file_of('acme')}."
            )
        if file.stem == EXAMPLE:
            raise UserError(f"{file} is an example to copy, and is never admitted.")
    return _slugs(root, files)


def _slugs(root: Path, files: Iterable[Path]) -> tuple[str, ...]:
    """Return the slugs of files, sorted; files whose application no longer exists are left out."""
    stems = {file.stem for file in files if file.suffix == ".yml"} - {EXAMPLE}
    return tuple(sorted(stem for stem in stems if (root / file_of(stem)).is_file()))


def read_merged(
    slug: str,
    program: Program,
    git: Git,
    repository: str,
    clients: Clients,
    ours: Ours,
    today: date,
) -> Merged:
    """Return one application as the checkout has it, with the merge that brought it there.

    `repository`: owner and name. `ours`: keeps the pull requests that we opened.
    """
    path = git.root / file_of(slug)
    content = read_bytes(path)
    blob = FileAt(kind="file", size=len(content), content=content).blob
    merge, failure = _merge(slug, git, repository, clients)
    number, in_issue = _thread(merge, ours)
    trouble = [failure] if failure else list(_race(merge, blob, slug))
    stale = not trouble and merge is not None and is_stale(merge, today)
    if stale:
        trouble.append(f"{file_of(slug)} was merged on an old verdict: {_STALE}")
    data: Any = None
    application = None
    try:
        document = read_yaml(content, file_of(slug))
        data = document.data
        application = build_application(data, document.locate, today, program, file_slug=slug)
    except InvalidInputError as error:
        trouble.extend(str(problem) for problem in error.problems)
    return Merged(
        slug=slug,
        name=application.name if application else slug,
        number=number,
        in_issue=in_issue,
        data=data if application else {},
        application=application,
        trouble=tuple(trouble),
        unknown=failure is not None,
        merge=merge,
        stale=stale,
    )


def accounts_of(merged: Iterable[Merged], clients: Clients) -> Answer[tuple[AccountCheck, ...]]:
    """Return the accounts of all teams, with one request."""
    logins = {
        member.github.casefold(): member.github
        for one in merged
        if one.application
        for member in one.application.team
    }
    return accounts_by_login(clients.github, list(logins.values()), clients.clock)


def with_confirmed_team(
    merged: Merged,
    accounts: Sequence[AccountCheck],
    program: Program,
    repository: GitHubRepository,
    clients: Clients,
) -> Merged:
    """Return the application with those who have confirmed, by our verdict in its thread.

    Raises UserError if GitHub does not show the thread.
    """
    application = merged.application
    if application is None or merged.number is None or merged.trouble:
        return merged
    thread = GitHubThread(repository, clients.github, merged.number).seen
    memory = remembered(thread)
    seats = memory.seats if memory else ()
    asked = (accounts, program.contribution, has_left(thread))
    team = team_of_record(application.team, seats, *asked)
    kept = {member.github for member in team}
    return replace(
        merged,
        application=replace(application, team=team),
        unconfirmed=tuple(one.github for one in application.team if one.github not in kept),
    )


def work_before(
    merged: Iterable[Merged],
    accounts: Sequence[AccountCheck],
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
) -> tuple[dict[Month, Answer[MonthOfWork]], Answer[tuple[MonthOfWork, ...]]]:
    """Return the teams' work in the closed months that were judged, and their approved claims.

    `root`: the folder of the program's records. Raises UserError if a source failed: a record that
    was written without these points would stay so.
    """
    months = last_closed(today, program.contribution.months)
    clients.progress(f"asking GitHub for the work of {months[0]} to {months[-1]}")
    swept = ask_work(months, program, clients)
    teams = {one.slug: one.application.team for one in merged if one.application}
    roster = roster_of(teams, accounts)
    work = team_work(roster, swept, program, root, clients, today)
    listed = ask_lists(months, program, clients, today)
    claims = team_claims(roster, listed, program, root, clients)
    answers: tuple[Answer[Any], ...] = (*work.values(), claims)
    for told in answers:
        if told.failure:
            raise UserError(f"{told.failure} Nobody was admitted; run it again.")
    return work, claims


def _merge(
    slug: str, git: Git, repository: str, clients: Clients
) -> tuple[Merge | None, str | None]:
    """Return the last merge that changed the file, and why that is not known.

    Both are None if the file came without a pull request.
    """
    path = file_of(slug)
    commit = last_commit(git, path)
    if commit is None:
        return None, None
    prefix = git.prefix()
    told = merge_of(clients.github, repository, commit, f"{prefix}{path}", clients.clock)
    if told.value is None:
        return None, f"{told.failure} Run it again."
    return (told.value[-1] if told.value else None), None


def _thread(merge: Merge | None, ours: Ours) -> tuple[int | None, bool]:
    """Return the number of the thread to answer in, and whether it is an issue.

    The thread is the issue that our own pull request names, or else the merged pull request itself.
    Without a merge, there is no number.
    """
    if merge is None:
        return None, False
    mark = memory_in(merge.pull.body) if ours([merge.pull]) and not merge.pull.fork else None
    return (mark.issue, True) if mark and mark.issue else (merge.pull.number, False)


def _race(merge: Merge | None, blob: str, slug: str) -> Iterable[str]:
    """Yield the reasons why the merged file is not the file that was judged; none if it is.

    The file may have changed after its verdict, or may never have been judged. `blob`: git's id of
    the file.
    """
    admit = f"If it is right as it is, a maintainer runs `partners admit {file_of(slug)}`."
    if merge is None:
        yield f"{file_of(slug)} came without a pull request, so nobody has judged it. {admit}"
    elif merge.verdict is None:
        yield (
            f"{file_of(slug)} was changed after the verdict: the last commit of pull request "
            f"#{merge.pull.number} was not judged. {admit}"
        )
    elif merge.verdict.state not in MERGEABLE:
        yield (
            f"{file_of(slug)} was merged against its verdict: that on the last commit of pull "
            f"request #{merge.pull.number} is neither eligible nor for a person to decide. {admit}"
        )
    elif merge.blob != blob:
        yield (
            f"{file_of(slug)} is not what was judged in pull request #{merge.pull.number}: it was "
            f"changed on the way. {admit}"
        )
