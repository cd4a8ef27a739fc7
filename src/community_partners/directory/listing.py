"""Decides whom the public site shows, in which order, and what of a committed month is public.

Hidden partners appear nowhere, not even in months in which they were shown. A partner whose record
is gone, or who has lapsed, is a former partner and keeps its page. What a partner paid is left out:
of a finding on money only the outcome is shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ..model.application import Application
from ..model.directory import Directory, Listed, Position
from ..model.month import Month
from ..model.naming import NOBODY, Naming
from ..model.partner import Partner
from ..model.program import Program
from ..model.ranking import MonthFinding, PartnerMonth, Person, Ranking
from ..model.standing import Standing
from ..rules.before_whom import in_order, positions
from ..rules.contribution_criteria import NO_ACCOUNT
from ..rules.explanation import one_more
from ..words.ranking_rows import without_hidden
from .gather import Gathered

LOGOS = "logo"
"""The folder of the logos below the site."""
_REASON_IS_PUBLIC = ("contributions-regular", "contributions-meaningful")


def directory_of(
    gathered: Gathered,
    today: date,
    repository: str | None,
    folder: str = "",
) -> Directory:
    """Return what the site shows.

    `repository`: the address of the program's repository, if known. `folder`: of the program in it.
    """
    hidden = _hidden(gathered.partners, gathered.months)
    naming = {one.slug: _naming(one) for one in gathered.partners}
    months = tuple(in_order(_public(one, hidden, naming)) for one in gathered.months)
    by_month = [positions(one) for one in months]
    left_out = frozenset(name for one in naming.values() for name in one.unlisted)
    logos = {slug: f"{LOGOS}/{one.name}" for slug, one in gathered.logos.items()}
    listed = [
        replace(_listed(one, by_month, logos), left_out=left_out)
        for one in gathered.partners
        if one.slug not in hidden
    ]
    present = [_advised(one, months, gathered.program) for one in listed if one.until is None]
    left = [one for one in listed if one.until is not None]
    known = {one.slug for one in gathered.partners}
    gone = [replace(one, left_out=left_out) for one in _gone(months, by_month, known)]
    order = {one.slug: at for at, one in enumerate(months[0].partners)} if months else {}
    return Directory(
        program=gathered.program,
        partners=tuple(sorted(present, key=lambda one: _order(one, order, months))),
        former=tuple(sorted((*left, *gone), key=_leaving, reverse=True)),
        months=months,
        amounts=gathered.amounts,
        repository=repository,
        folder=folder,
        correction_form=gathered.correction_form,
        claim_form=gathered.claim_form,
        today=today,
    )


def _hidden(partners: Iterable[Partner], months: Iterable[Ranking]) -> frozenset[str]:
    """Return the slugs of hidden partners: by the record, or by the last month without one."""
    hidden = {one.slug: one.hidden for one in partners}
    for ranking in months:
        for line in ranking.partners:
            hidden.setdefault(line.slug, line.hidden)
    return frozenset(slug for slug, is_hidden in hidden.items() if is_hidden)


def _public(ranking: Ranking, hidden: frozenset[str], naming: Mapping[str, Naming]) -> Ranking:
    shown = without_hidden(ranking, hidden)
    return replace(
        shown,
        partners=tuple(map(_without_figures, shown.partners)),
        homepage=tuple(slug for slug in shown.homepage if slug not in hidden),
        people=tuple(one for one in shown.people if _may_be_named(one, hidden, naming)),
    )


def _may_be_named(person: Person, hidden: frozenset[str], naming: Mapping[str, Naming]) -> bool:
    return not hidden & {*person.partners} and all(
        naming.get(slug, NOBODY).names(person.github) for slug in person.partners
    )


def _naming(partner: Partner) -> Naming:
    """Return whom the site names of a partner: who is left out once is left out of all times."""
    team = partner.organization.team
    left_out = [one for one in team if not one.listed]
    logins = frozenset(one.github.casefold() for one in left_out)
    return Naming(
        listed=frozenset(one.github.casefold() for one in team) - logins,
        unlisted=frozenset({*logins, *(one.name for one in left_out)}),
    )


def _team(partner: Partner, naming: Naming) -> Application:
    """Return what the partner says of itself, with the team members who may be named."""
    team = (one for one in partner.organization.team if naming.names(one.github))
    return replace(partner.organization, team=tuple(team))


def _without_figures(line: PartnerMonth) -> PartnerMonth:
    return replace(line, findings=tuple(map(_outcome_alone, line.findings)))


def _outcome_alone(finding: MonthFinding) -> MonthFinding:
    public = finding.criterion in _REASON_IS_PUBLIC
    return replace(finding, reason=finding.reason.partition(NO_ACCOUNT)[0] if public else "")


def _listed(
    partner: Partner, by_month: Iterable[Mapping[str, Position]], logos: Mapping[str, str]
) -> Listed:
    # A partner that was accepted again is new: earlier months are about its earlier time.
    held = (months.get(partner.slug) for months in by_month)
    own = tuple(one for one in held if one and one.line.accepted == partner.accepted)
    standing = own[0].line.standing if own else None
    lapsed = standing is not None and standing.standing is Standing.LAPSED
    naming = _naming(partner)
    return Listed(
        slug=partner.slug,
        name=partner.name,
        accepted=partner.accepted,
        organization=_team(partner, naming) if naming.unlisted else partner.organization,
        naming=naming,
        unnamed=len({one.github.casefold() for one in partner.organization.team} - naming.listed),
        pause=partner.pause,
        until=standing.since if standing and lapsed else None,
        positions=own,
        logo=logos.get(partner.slug),
    )


def _advised(one: Listed, months: tuple[Ranking, ...], program: Program) -> Listed:
    """Return a partner with what one more contribution would have changed in the last month."""
    if one.latest is None or one.latest.month != months[0].month:
        return one
    return replace(one, one_more=one_more(one.latest, months[0], program.contribution))


def _gone(
    months: Iterable[Ranking], by_month: Iterable[Mapping[str, Position]], known: set[str]
) -> Iterator[Listed]:
    """Yield the partners of committed months that have no record any more."""
    last: dict[str, Position] = {}
    every: dict[str, list[Position]] = {}
    for positions_of_month in by_month:
        for slug, position in positions_of_month.items():
            if slug not in known and last.setdefault(slug, position).line.accepted == (
                position.line.accepted
            ):
                every.setdefault(slug, []).append(position)
    for slug, position in sorted(last.items()):
        standing = position.line.standing
        lapsed = standing.standing is Standing.LAPSED
        yield Listed(
            slug=slug,
            name=position.line.name,
            accepted=position.line.accepted,
            until=standing.since if lapsed else position.month,
            positions=tuple(every[slug]),
        )


def _order(
    one: Listed, order: Mapping[str, int], months: tuple[Ranking, ...]
) -> tuple[bool, int, str, str]:
    """Ranked partners by their last position, then new ones, then suspended ones, by name."""
    position = one.latest if one.latest and one.latest.month == months[0].month else None
    ranked = position is not None and position.line.rank is not None
    at = order[one.slug] if ranked else len(order)
    return one.standing is Standing.SUSPENDED, at, one.name.casefold(), one.slug


def _leaving(one: Listed) -> tuple[Month, str]:
    if one.until is None:
        raise AssertionError(one.slug)
    return one.until, one.slug
