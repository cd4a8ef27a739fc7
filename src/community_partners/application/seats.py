"""Ends the seats of people who leave a partner: `/leave` in the thread where the partner applied.

The job that judges finds the comment and the seat, and hands them on. The job that writes looks
once more, and adds `until` to the record: the day of the comment is the last one.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import UserError
from ..github.thread import GitHubThread
from ..hidden_line import memory_in, our_comments
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
    """A member who leaves a partner. `day`: of the comment that says so, the last in the team."""

    partner: Partner
    member: Member
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    publication: Publication


def leaves(thread: GitHubThread, comment: int, run: Run) -> HandedLeave | None:
    """Return the seat that a comment ends in the thread of a partner; None if none."""
    if _leaving(thread.seen, thread.number, comment, run) is None:
        return None
    return HandedLeave(issue=thread.number, comment=comment)


def had_a_seat(thread: GitHubThread, comment: int, run: Run) -> bool:
    """Tell whether a comment is of somebody who leaves a closed application.

    Of a partner, the record tells.
    """
    seen = thread.seen
    ours = [memory_in(one.body) for one in seen.comments if one.ours]
    welcome = any(memory and memory.kind.startswith("welcome ") for memory in ours)
    if welcome or any(partners_of(run, thread.number)) or _is_any_unreadable(run):
        return False
    said, verdicts = _leave(seen, comment), our_comments(seen, "verdict")
    seats = verdicts[0][1].seats if verdicts else ()
    return said is not None and said.by in {seat.id for seat in seats}


def end_seat(handed: HandedLeave, run: Run, place: Place) -> Iterator[str]:
    """Write the last day of the seat to the record; yield a sentence. Raises UserError."""
    thread = run.thread(handed.issue).seen

    def plan() -> _Plan:
        found = _leaving(thread, handed.issue, handed.comment, run)
        return _Plan(publication=_publication(found, handed, run.root))

    if run.dry_run:
        for file in plan().publication.files:
            yield f"would change {file.path}"
        return
    done, published = publish(plan, place)
    if done.publication.files:
        yield describe(published)


def _leave(thread: Thread, comment: int) -> Comment | None:
    """Return the comment, if it is `/leave` as its author, and nobody else, has written it."""
    words = (one for one, verb in own_words(thread) if verb is Verb.LEAVE)
    return next((one for one in words if one.id == comment), None)


def _leaving(thread: Thread, number: int, comment: int, run: Run) -> _Leaving | None:
    """Return who leaves by this comment; None if the record of the thread has no such seat then."""
    said = _leave(thread, comment)
    if said is None or said.written is None:
        return None
    day = said.written.date()
    return next(
        (
            _Leaving(partner=partner, member=member, day=day)
            for partner in partners_of(run, number)
            for member in partner.organization.team
            if member.id == said.by and _is_there(member, day)
        ),
        None,
    )


def partners_of(run: Run, number: int) -> Iterator[Partner]:
    """Yield the partners whose thread this is. A record that cannot be read stops no other one."""
    for path in yaml_files(run.root / "partners"):
        with suppress(UserError):
            partner = read_partner(path, run.today).partner
            if partner.issue == number:
                yield partner


def _is_any_unreadable(run: Run) -> bool:
    """Tell whether a record cannot be read: it may be that of the thread."""
    try:
        read_partners(run.root / "partners", run.today)
    except UserError:
        return True
    return False


def _is_there(member: Member, day: date) -> bool:
    """Tell whether the member is in the team on this day, and stays on the next."""
    return member.since <= day and (member.until is None or day < member.until)


def _publication(found: _Leaving | None, handed: HandedLeave, root: Path) -> Publication:
    if found is None:
        return Publication(files=(), message="", own="")
    slug, login, day = found.partner.slug, found.member.github, found.day
    path = f"partners/{slug}.yml"
    text = with_last_day(read_text(root / path), path, found.member, day)
    if text is None:
        raise UserError(f"{path} cannot be changed by us: enter `until: {day}` for {login} there.")
    return Publication(
        files=(File(path=path, text=text),),
        message=f"End a seat of {slug}\n\nA member has left the team on {day}.\n",
        own=f"leave-{slug}-{handed.comment}",
    )
