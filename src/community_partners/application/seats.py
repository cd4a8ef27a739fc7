"""Ends the seats of people who leave a partner: `/leave` in the thread where the partner applied.

The job that judges finds the comment and the seat, and hands them on. The job that writes looks
once more, and adds `until` to the record: the day of the comment is the last one.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError
from ..github.thread import GitHubThread
from ..hidden_line import memory_in, our_comments
from ..intake.comment_command import read_command
from ..intake.member_lines import with_last_day
from ..intake.own_seats import own_words
from ..intake.partners import read_partner, read_partners
from ..intake.yaml_document import read_text, yaml_files
from ..model.application import Member
from ..model.command import Verb
from ..model.file import File
from ..model.handed_on import HandedLeave
from ..model.partner import Partner
from ..model.publication import Publication
from ..model.thread import Comment, Thread
from ..publication.place import Place
from ..publication.publish import publish
from ..words.publication import describe
from .door import Run


@dataclass(frozen=True, kw_only=True, slots=True)
class _Leaving:
    """Who leaves which partner, by which comment."""

    partner: Partner
    member: Member
    comment: Comment


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    publication: Publication


def leaves(thread: GitHubThread, comment: int | None, run: Run) -> HandedLeave | None:
    """Return the seat that a comment ends in the thread of a partner; None if none.

    The thread is read only if it is a partner's.
    """
    if comment is None or not any(_partners(run, thread.number)):
        return None
    found = _leaving(thread.seen, thread.number, comment, run)
    return HandedLeave(issue=thread.number, comment=found.comment.id) if found else None


def had_a_seat(thread: GitHubThread, comment: int, run: Run) -> bool:
    """Tell whether a comment is of somebody whom a closed application had in its team.

    Of a partner, the record tells.
    """
    ours = [memory_in(one.body) for one in thread.seen.comments if one.ours]
    welcome = any(memory and memory.kind.startswith("welcome ") for memory in ours)
    if welcome or any(_partners(run, thread.number)) or _is_any_unreadable(run):
        return False
    by = next((one.by for one, verb in own_words(thread.seen) if _leaves(one, verb, comment)), None)
    verdicts = our_comments(thread.seen, "verdict")
    return by is not None and bool(verdicts) and by in {seat.id for seat in verdicts[0][1].seats}


def _leaves(said: Comment, verb: Verb, comment: int) -> bool:
    return said.id == comment and verb is Verb.LEAVE


def _is_any_unreadable(run: Run) -> bool:
    """Tell whether a record cannot be read: it may be that of the thread."""
    try:
        read_partners(run.root / "partners", run.today)
    except UserError:
        return True
    return False


def end_seat(handed: HandedLeave, run: Run, place: Place) -> Iterator[str]:
    """Write the last day of the seat to the record; yield a sentence. Raises UserError."""
    thread = run.thread(handed.issue).seen

    def plan() -> _Plan:
        found = _leaving(thread, handed.issue, handed.comment, run)
        return _Plan(publication=_publication(found, run.root))

    if run.dry_run:
        for file in plan().publication.files:
            yield f"would change {file.path}"
        return
    done, published = publish(plan, place)
    if done.publication.files:
        yield describe(published)


def _leaving(thread: Thread, number: int, comment: int | None, run: Run) -> _Leaving | None:
    """Return who leaves by this comment, if its author, and nobody else, has written it."""
    said = next((one for one in thread.comments if one.id == comment), None)
    command = read_command(said.body, {}) if said and not said.ours else None
    alone = command is not None and command.verb is Verb.LEAVE and not command.reason
    if said is None or said.by is None or not alone:
        return None
    return next(
        (
            _Leaving(partner=partner, member=member, comment=said)
            for partner in _partners(run, number)
            for member in partner.organization.team
            if member.id == said.by and said.written and _is_there(member, said)
        ),
        None,
    )


def _partners(run: Run, number: int) -> Iterator[Partner]:
    """Yield the partners whose thread this is. A record that cannot be read stops no other one."""
    for path in yaml_files(run.root / "partners"):
        with suppress(UserError):
            partner = read_partner(path, run.today).partner
            if partner.issue == number:
                yield partner


def _is_there(member: Member, said: Comment) -> bool:
    day = said.written.date() if said.written else member.since
    return member.since <= day and (member.until is None or day < member.until)


def _publication(found: _Leaving | None, root: Path) -> Publication:
    if found is None or found.comment.written is None:
        return Publication(files=(), message="", own="")
    slug, login = found.partner.slug, found.member.github
    path, day = f"partners/{slug}.yml", found.comment.written.date()
    text = with_last_day(read_text(root / path), path, login, day)
    if text is None:
        raise UserError(f"{path} cannot be changed by us: enter `until: {day}` for {login} there.")
    return Publication(
        files=(File(path=path, text=text),),
        message=f"End a seat of {slug}\n\nA member has left the team on {day}.\n",
        own=f"leave-{slug}-{found.comment.id}",
    )
