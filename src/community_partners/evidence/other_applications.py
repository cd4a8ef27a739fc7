"""Finds other applications: of the same organization, or with the same people in the team.

Earlier applications of the same organization are those whose issue or pull request has a lower
number, or whose file is on the default branch; one is kept only if name, website or another field
agrees. Teams are those of all other open applications, and of those that were closed within twelve
months. A text that cannot be read agrees with nobody.

This module also finds the pull request that sets the status of a commit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import InvalidInputError
from ..hidden_line import Memory
from ..intake.team_days import Days, team_days
from ..intake.yaml_document import read_yaml
from ..model.application import WHOLE, Application
from ..model.evidence import AccountCheck, Answer, EarlierApplication, OtherTeam
from ..model.funnel import Funnel, PullState, WaitingIssue
from ..model.length import too_long
from ..rules.same_organization import in_common, same_account, same_website
from ..wire.answers import follow
from .form_reader import FormReader

MOST_READ = 20
"""The number of other threads that are read, at most, to see who has confirmed there."""

TellsThere = Callable[[int], Memory | None]
"""A function that returns what our verdict in another thread remembers, by its number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Other:
    """Another application: the number of its thread, its address, and whom a text names.

    `until`: the day on which it was closed; None if it is open.
    """

    number: int
    url: str
    named: "_Named"
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """An organization as a form or file names it; a field is empty if the text does not fill it.

    `team`: the days of each member, by case-folded login.
    """

    slug: str
    name: str
    website: str
    platform: str
    account: str
    team: Mapping[str, Days]


def earlier_applications(
    found: Answer[Funnel],
    application: Application,
    number: int,
    forms: FormReader,
    there: TellsThere,
) -> Answer[tuple[EarlierApplication, ...]]:
    """Return the earlier applications that may come from the applicant's organization.

    `number`: the applicant's own issue or pull request. `there`: asked for a few of them at most.
    Returns a failure if `found` is a failure.
    """
    return follow(found, lambda funnel: tuple(_earlier(funnel, application, number, forms, there)))


def other_teams(
    found: Answer[Funnel],
    application: Application,
    accounts: Answer[tuple[AccountCheck, ...]],
    number: int,
    forms: FormReader,
    there: TellsThere,
) -> Answer[tuple[OtherTeam, ...]]:
    """Return the other applications that name somebody of the team for a same day.

    `number`, `there`, failures: as in `earlier_applications`.
    """
    ids = {one.login.casefold(): one.id for one in accounts.value or ()}

    def read(funnel: Funnel) -> tuple[OtherTeam, ...]:
        others = _with_people_of(application, funnel, number, forms)
        shared = [(one, _shared(application, one)) for one in others]
        kept = [(one, logins) for one, logins in shared if logins]
        return tuple(
            OtherTeam(
                number=one.number,
                url=one.url,
                name=_name(one.named),
                shared=logins,
                confirmed=_confirmed(logins, ids, there(one.number)) if at < MOST_READ else None,
            )
            for at, (one, logins) in enumerate(sorted(kept, key=lambda pair: pair[0].number))
        )

    return follow(found, read)


def tells_status(found: Answer[Funnel], number: int, commit: str) -> bool:
    """Tell whether the pull request `number` sets our status on `commit`.

    A commit has only one status, but several open pull requests can propose the commit. Our own
    proposal sets the status then, else the pull request with the lowest number. If the pull
    requests are not known, each one sets the status.

    https://docs.github.com/en/rest/commits/statuses
    """
    if found.value is None:
        return True
    main = found.value.main.name
    same = (one for one in found.value.pulls if (one.head, one.base) == (commit, main))
    waiting = (one for one in same if one.state is PullState.OPEN)
    first = min(waiting, key=lambda one: (not one.for_issue, one.number), default=None)
    return first is None or first.number == number


def _earlier(
    funnel: Funnel, application: Application, number: int, forms: FormReader, there: TellsThere
) -> Iterator[EarlierApplication]:
    if funnel.main.blob is not None:
        yield from _on_main(funnel, application)
    read = 0
    for one in sorted(_others(funnel, number, forms), key=lambda one: one.number):
        agrees = in_common(one.named, application) if one.number < number else ()
        if agrees:
            read += 1
            memory = there(one.number) if read <= MOST_READ else None
            yield EarlierApplication(
                where=f"#{one.number}",
                url=one.url,
                name=_name(one.named),
                agrees=agrees,
                heard=read > MOST_READ or (memory is not None and memory.heard),
            )


def _on_main(funnel: Funnel, application: Application) -> Iterator[EarlierApplication]:
    """Yield the file with this slug on the default branch, if another organization owns the file.

    The file is the applicant's own if website or paying account is the same.
    """
    named = _of_file(funnel.main.text)
    if same_website(named, application) or same_account(named, application):
        return
    yield EarlierApplication(
        where=funnel.path, url=funnel.path, name=_name(named), agrees=("short name",), heard=True
    )


def _others(funnel: Funnel, number: int, forms: FormReader) -> Iterator[_Other]:
    """Yield all applications that wait. `number`: our own."""
    for issue in funnel.issues:
        yield _in_issue(issue, number, forms)
    for file in funnel.files:
        yield _Other(number=file.number, url=file.url, named=_of_file(file.text))


def _with_people_of(
    application: Application, funnel: Funnel, number: int, forms: FormReader
) -> Iterator[_Other]:
    """Yield the applications of other organizations that may name the same people.

    Whoever copies an application has copied its team too: `earlier_applications` finds that one.
    """
    logins = [member.github.casefold() for member in application.team]
    closed = (one for one in funnel.closed if any(who in one.body.casefold() for who in logins))
    for one in (*_others(funnel, number, forms), *(_in_issue(at, number, forms) for at in closed)):
        same = same_website(one.named, application) or same_account(one.named, application)
        if one.number != number and not same:
            yield one


def _in_issue(issue: WaitingIssue, number: int, forms: FormReader) -> _Other:
    named = _of_form(issue.body, number, forms)
    return _Other(number=issue.number, url=issue.url, named=named, until=issue.closed)


def _shared(application: Application, other: _Other) -> tuple[str, ...]:
    """Return the logins of the team that another application has for a same day.

    Who has a share in both that fit together is in both.
    """
    found = []
    for member in application.team:
        there = other.named.team.get(member.github.casefold())
        if there is None or there.share + member.share <= WHOLE:
            continue
        last = min(there.until, other.until or date.max, member.until or date.max)
        if max(there.since, member.since) <= last:
            found.append(member.github)
    return tuple(dict.fromkeys(found))


def _confirmed(
    logins: tuple[str, ...], ids: Mapping[str, int | None], memory: Memory | None
) -> tuple[str, ...]:
    known = {seat.id for seat in memory.seats} if memory else set()
    return tuple(login for login in logins if ids.get(login.casefold()) in known)


def _of_form(body: str, number: int, forms: FormReader) -> _Named:
    try:
        return _named(forms.other(body, number).data)
    except InvalidInputError:
        return _named(None)


def _of_file(text: str | None) -> _Named:
    try:
        return _named(read_yaml(text or "", "an application").data)
    except InvalidInputError:
        return _named(None)


def _named(data: Any) -> _Named:
    """Read the fields from data that no schema has checked, so any field may be missing."""
    return _Named(
        slug=_text(data, "slug"),
        name=_text(data, "name"),
        website=_text(data, "website"),
        platform=_text(data, "sponsorship", "platform"),
        account=_text(data, "sponsorship", "account"),
        team=team_days(data),
    )


def _text(data: Any, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, str) and not too_long(data) else ""


def _name(named: _Named) -> str:
    """Return the organization's name, at most 100 characters: a stranger wrote the name."""
    return named.name[:100] or "Another organization"
