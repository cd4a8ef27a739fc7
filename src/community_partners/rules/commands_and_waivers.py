"""Decides who may give which command, and which criteria are waived.

A maintainer can waive a criterion with a reason. Two criteria, `team` and `new-partner`, can be
waived only while their outcome is unknown: if one is not met, the partner's record would be false.
A waiver holds as long as its author may write to the repository.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from ..model.application import Application
from ..model.command import About, Command, Ruling, Said, Verb
from ..model.verdict import Decision, Finding, Outcome, Verdict, Waiver
from ..model.website import website_address
from .confirmed_team import seats_after
from .criteria import MEANINGFUL, RECORD_OWNER, REGULAR, can_be_waived

_COMMIT = re.compile(
    r"[0-9a-f]{7,40}(?![^\s:])", re.IGNORECASE | re.ASCII
)  # a part of the name: 7 digits or more


def about_after(known: About | None, application: Application, last: int) -> About:
    """Return the organization that waivers apply to after `application` is judged.

    `known`: the organization before; None before the first verdict. If its names, addresses,
    country or accounts have changed, the application may be from another organization. Then waivers
    in comments up to the id `last` no longer apply. Nor do waivers of work if the team has changed.
    """
    identity, team = identity_of(application), _team_of(application)
    same = known is not None and known.identity == identity
    first = (known and known.country) or application.country.code
    stays = known is not None and known.team in ("", team)
    return About(
        identity=identity,
        since=known.since if known and same else last,
        country=first,
        team=team,
        team_since=known.team_since if known and stays else last,
        seats=seats_after(known.seats if known else (), application.team, last),
    )


def for_another(command: Command, comment: int, about: About | None, commit: str | None) -> bool:
    """Tell whether a waiver was meant for something else than what is judged now.

    A waiver of `record-owner` is for the commit that it names: `commit` is the judged one, None in
    an issue. Every other waiver is for the organization `about`, so it must be in a later comment
    than `about.since`; `comment` is the id. `/unwaive` never refers to another organization.
    """
    if command.verb not in (Verb.WAIVE, Verb.VOUCH, Verb.CONFIRM):
        return False
    if command.criterion == RECORD_OWNER.id:
        named = _COMMIT.match(command.reason)
        return not (named and commit and commit.startswith(named[0].lower()))
    if about is None:
        return False
    of_work = command.criterion in (REGULAR.id, MEANINGFUL.id)
    return comment <= (max(about.since, about.team_since) if of_work else about.since)


def standing_waivers(said: Iterable[Said], writers: Collection[str]) -> tuple[Waiver, ...]:
    """Return the waivers in force.

    `said`: commands, the oldest first. `writers`: logins that have write permission now. The latest
    command on a criterion counts. A command without a known criterion, or a waiver without a
    reason, is ignored.
    """
    waivers: dict[str, Waiver] = {}
    for one in said:
        criterion, reason = one.command.criterion, one.command.reason
        if criterion is None or one.by not in writers:
            continue
        if one.command.verb is Verb.UNWAIVE:
            waivers.pop(criterion, None)
        elif reason:
            waivers[criterion] = Waiver(criterion=criterion, by=one.by, reason=reason, url=one.url)
    return tuple(waivers.values())


def with_waivers(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[Finding, ...]:
    """Return the findings, with `waived` set where a waiver applies; outcome and reason stay."""
    given = {waiver.criterion: waiver for waiver in waivers}
    return tuple(
        replace(one, waived=given[one.criterion])
        if one.criterion in given and can_be_waived(one)
        else one
        for one in findings
    )


def identity_of(one: Application) -> str:
    """Return a digest of the fields that tell one organization from another."""
    named = (
        one.slug,
        one.name.casefold(),
        website_address(one.website),
        website_address(one.contact),
        (one.github or "").casefold(),
        one.country.code,
        one.platform.value,
        one.account.casefold(),
    )
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def _team_of(one: Application) -> str:
    """Return a digest of the logins of the team, in whatever order and case."""
    logins = sorted({member.github.casefold() for member in one.team})
    return hashlib.sha256("\n".join(logins).encode()).hexdigest()[:16]


def needs_write_permission(command: Command, *, by_applicant: bool) -> bool:
    """Tell whether only people with write permission may give the command.

    Anyone may give `/help`; and `/vouch`, `/confirm` and `/leave`, which count only by who gives
    them. The applicant may give `/recheck`.
    """
    if command.verb in (Verb.HELP, Verb.VOUCH, Verb.CONFIRM, Verb.LEAVE):
        return False
    return not (command.verb is Verb.RECHECK and by_applicant)


def ruling_before(command: Command, *, allowed: bool) -> Ruling:
    """Decide on a command before any evidence is gathered. DONE: go on to gather evidence."""
    if not allowed:
        return Ruling.NOT_ALLOWED
    if command.verb is Verb.HELP:
        return Ruling.HELP
    if command.verb in (Verb.WAIVE, Verb.UNWAIVE) and command.criterion is None:
        return Ruling.NO_SUCH_CRITERION
    if command.verb is Verb.WAIVE and not _why(command):
        return Ruling.NO_REASON
    if command.verb in (Verb.CONFIRM, Verb.LEAVE) and command.reason:
        return Ruling.NOT_ALONE
    return Ruling.DONE


def ruling_after(command: Command, by: int | None, verdict: Verdict) -> Ruling:
    """Decide on a command once the verdict is known. `by`: the number of the author's account.

    Refuses a waiver of an unreadable application, a waiver of a criterion that the verdict does not
    have, and a waiver that `can_be_waived` rules out.
    """
    if command.verb in (Verb.CONFIRM, Verb.LEAVE):
        return _ruling_on_seat(command, by, verdict)
    if command.verb not in (Verb.WAIVE, Verb.VOUCH):
        return Ruling.DONE
    if verdict.decision is Decision.INVALID:
        return Ruling.NOT_READABLE
    found = next((one for one in verdict.findings if one.criterion == command.criterion), None)
    if found is None:
        return Ruling.NOT_ASKED
    if command.verb is Verb.VOUCH:
        heard = found.outcome is Outcome.MET or found.waived is not None
        return Ruling.DONE if heard else Ruling.NO_MEMBER
    done = found.outcome is Outcome.MET or can_be_waived(found)
    return Ruling.DONE if done else Ruling.TO_BE_MENDED


def _ruling_on_seat(command: Command, by: int | None, verdict: Verdict) -> Ruling:
    """Decide on a command about the author's own seat, which only who has one can give."""
    if verdict.decision is Decision.INVALID:
        return Ruling.NOT_READABLE
    if all(member.id is None for member in verdict.team):  # GitHub did not tell the numbers
        return Ruling.DONE
    own = [member for member in verdict.team if by is not None and member.id == by]
    done = own and (command.verb is Verb.LEAVE or all(member.confirmed for member in own))
    return Ruling.DONE if done else Ruling.NO_SEAT


def _why(command: Command) -> str:
    """Return the reason without the commit that a waiver of `record-owner` names first."""
    if command.criterion != RECORD_OWNER.id:
        return command.reason
    return _COMMIT.sub("", command.reason, count=1).strip(" :")
