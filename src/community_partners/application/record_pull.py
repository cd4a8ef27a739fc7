"""Looks at pull requests that change partners' records, for people who are added to a team.

Nothing is judged: a maintainer merges or not, and what a maintainer proposes is trusted as it
stands. Of anybody else's, each record must be readable, and whoever is added, for more days than
before or with a larger share of the time, is asked to comment `/confirm`. What was asked stands in
the hidden line of our comment.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..errors import InvalidInputError, UserError
from ..github.accounts import checked_accounts
from ..github.pull_changes import read_file
from ..github.thread import GitHubThread
from ..hidden_line import Memory, our_comments, same_text
from ..intake.own_seats import own_words, with_more_words
from ..intake.partners import partner_of, read_partner
from ..intake.yaml_document import read_yaml
from ..model.application import Application, Member
from ..model.changes import EditComment, PostComment, React, Reaction, ThreadChange
from ..model.command import NamedSeat, Verb
from ..model.commit_status import CommitStatus
from ..model.problem import Place, Problem
from ..model.pull_request import ChangedFile, PullRequest
from ..model.thread import Thread
from ..rules.commands_and_waivers import identity_of
from ..rules.confirmed_team import is_within, seats_after
from ..words.joining import ask_to_confirm, status_of_joining, status_of_odd_record
from .door import Run

MOST_FILES = 5
KIND = "joining"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Added:
    """Somebody whom a record has for more days than before, or with a larger share.

    `path`: of the record. `whose`: with a digest of whose record it is. `number`: of the account.
    """

    path: str
    whose: str
    member: Member
    number: int | None


def joining(run: Run, thread: GitHubThread, pull: PullRequest, folder: str) -> CommitStatus | None:
    """Ask those who are added, and return the status of the commit; None if no record changes.

    `folder`: of the records, as git names it. Raises UserError if GitHub does not answer.
    """
    files = [one for one in pull.files if _touches(one, folder)]
    if not files or _is_trusted(run, pull):
        return None
    try:
        added = _added(run, pull, files)
    except InvalidInputError as error:
        return status_of_odd_record(str(error.problems[0]))
    seen = thread.seen
    if not added and not our_comments(seen, KIND):
        return None
    asked = _asked(seen, added)
    waiting = tuple(_waiting(seen, pull, added, asked))
    if not run.dry_run:
        thread.apply(tuple(_answers(seen, added, asked, waiting)))
    return status_of_joining(sorted({one.member.github for one in waiting}))


def _touches(file: ChangedFile, folder: str) -> bool:
    """Tell whether a change is of a record, or of the folder itself, before or after it."""
    paths = [PurePosixPath(path.casefold()) for path in (file.path, file.previous) if path]
    here = PurePosixPath(folder.casefold())
    return any(
        path == here or (path.parent == here and path.suffix in (".yml", ".yaml")) for path in paths
    )


def _is_trusted(run: Run, pull: PullRequest) -> bool:
    """Tell whether only people who may write could have made the commit."""
    owned = pull.is_of_known_owner(run.repository.name)
    return pull.author is not None and owned and run.may_write(pull.author)


def _added(run: Run, pull: PullRequest, files: Sequence[ChangedFile]) -> list[_Added]:
    """Return whom the records have for more time than before. Raises InvalidInputError.

    Raised too if a record says what only the program or a maintainer may say.
    """
    if len(files) > MOST_FILES or not pull.whole:
        raise _refused(files[0].path, f"it changes more than {MOST_FILES} records at once")
    for one in files:
        if one.status == "removed" or one.previous or not one.path.endswith(".yml"):
            raise _refused(one.path, "A record stays where it is, as NAME.yml")
    pairs = [(one, _before(run, one), _after(run, pull, one)) for one in files]
    logins = {member.github for _, team, record in pairs for member in (*team, *record.team)}
    checks = checked_accounts(run.clients.github, sorted(logins), run.clients.clock)
    numbers = {one.login: one.id for one in checks}
    found = []
    for file, before, record in pairs:
        logins_of: dict[int | str, str] = {}
        for member in record.team:
            path, number = file.path, _number(member, numbers)
            own = [one for one in before if _number(one, numbers) == number]
            login = member.github.casefold()
            stays = any(one.github.casefold() == login for one in own)
            alone = logins_of.setdefault(number, login) == login
            if not alone or not (stays or member.id in (None, numbers[member.github])):
                raise _refused(path, f"`id` of {member.github} is the number of another account")
            if not _is_as_it_was(member, own):
                raise _refused(path, f"`confirmation` of {member.github} is for the program to say")
            if not any(is_within(member, one) for one in own):
                known_as = number if isinstance(number, int) else None
                whose = f"{path} {identity_of(record)[:16]}"
                found.append(_Added(path=path, whose=whose, member=member, number=known_as))
    return found


def _number(member: Member, numbers: Mapping[str, int | None]) -> int | str:
    """Return what tells a person: the recorded number, else the login's, else the login."""
    return member.id or numbers[member.github] or member.github.casefold()


def _is_as_it_was(member: Member, own: Sequence[Member]) -> bool:
    """Tell whether a seat has the confirmation that it had. `own`: the person's seats before.

    A part of a seat may keep its confirmation. Who returns has none yet.
    """
    same = [one for one in own if one.since == member.since]
    known = [one.confirmation for one in same or own]
    return member.confirmation in known or (member.confirmation is None and not same)


def _before(run: Run, file: ChangedFile) -> tuple[Member, ...]:
    """Return the team of the record that is there now; () if there is none that can be read."""
    path = run.root / "partners" / PurePosixPath(file.path).name
    try:
        return read_partner(path, run.today).partner.organization.team
    except UserError:
        return ()


def _after(run: Run, pull: PullRequest, file: ChangedFile) -> Application:
    """Return the organization of the record as it is proposed. Raises InvalidInputError."""
    content = read_file(run.repository, pull, file)
    if content is None or content.kind != "file" or content.blob != file.blob:
        raise _refused(file.path, "GitHub does not show it as a file")
    document = read_yaml(content.content, file.path)
    return partner_of(document, PurePosixPath(file.path).stem, run.today).organization


def _refused(path: str, message: str) -> InvalidInputError:
    remedy = "A maintainer looks at it, or proposes it."
    return InvalidInputError(
        (Problem(place=Place(document=path), message=f"{message}.", remedy=remedy),)
    )


def _asked(thread: Thread, added: Iterable[_Added]) -> tuple[NamedSeat, ...]:
    """Return the seats that are asked for, each with the newest comment when it was asked first."""
    ours = our_comments(thread, KIND)
    last = max((one.id for one in thread.comments), default=0)
    named = [
        replace(one.member, github=f"{one.whose} {one.number or one.member.github}")
        for one in added
    ]
    return seats_after(ours[0][1].asked if ours else (), named, last)


def _waiting(
    thread: Thread, pull: PullRequest, added: Sequence[_Added], asked: Sequence[NamedSeat]
) -> Iterator[_Added]:
    """Yield those who have not agreed. The author has, if nobody else may push to the branch."""
    author = thread.issue.by if pull.is_authors else None
    for one, seat in zip(added, asked, strict=True):
        said = [(at, verb) for at, verb in own_words(thread) if at.by == one.number]
        left = bool(said) and said[-1][1] is Verb.LEAVE
        agreed = bool(said) and said[-1][0].id > seat.after
        if one.number is None or left or not (agreed or one.number == author):
            yield one


def _answers(
    thread: Thread,
    added: Sequence[_Added],
    asked: tuple[NamedSeat, ...],
    waiting: Sequence[_Added],
) -> Iterator[ThreadChange]:
    """Yield our one comment, posted or brought to what is asked now, and a sign for each answer."""
    words = [(one.path, one.member) for one in waiting]
    body = f"{Memory(kind=KIND, asked=asked)}{ask_to_confirm(words)}"
    ours = our_comments(thread, KIND)
    if not ours and waiting:
        yield PostComment(body=body)
    elif ours and not same_text(ours[0][0].body, body):
        yield EditComment(id=ours[0][0].id, body=body)
    people = {one.number for one in added}
    agreed = people - {one.number for one in waiting}
    for one, verb in own_words(thread):
        if one.reactions == frozenset():
            done = one.by in (people if verb is Verb.LEAVE else agreed)
            yield React(comment=one.id, content=Reaction.DONE if done else Reaction.CONFUSED)
    for one in with_more_words(thread):
        if one.reactions == frozenset() and one.by in people:
            yield React(comment=one.id, content=Reaction.CONFUSED)
