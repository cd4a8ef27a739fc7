"""Admits merged applications, for `partners admit`: decides which become partners' records.

Gather: the files, their merges, the accounts and the work of the teams, the present partners.
Decide: which applications are admitted, and on which terms. `announce.py` applies the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from ..errors import UserError
from ..evidence.clients import Clients
from ..evidence.merged import (
    PARTNERS,
    Merged,
    accounts_of,
    read_merged,
    with_confirmed_team,
    work_before,
)
from ..github.pulls import ours
from ..intake.partners import read_partners
from ..intake.price_table import load_prices
from ..model.evidence import AccountCheck
from ..model.file import File
from ..model.month import Month
from ..model.partner import Partner, Terms
from ..model.points import Points
from ..model.program import Program
from ..model.verdict import Required
from ..publication.place import Place
from ..rules.admission import account_ids, points_before, why_not
from ..rules.required_amount import required_amount
from .partner_record import partner_record


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision on one merged application: a partner, or the reasons why it is refused.

    `record`: the values to write for a new partner; None for a partner that has its record already.
    `logo`: the image to write. `refused`: the reasons, a sentence each.
    """

    merged: Merged
    partner: Partner | None = None
    record: Mapping[str, Any] | None = None
    logo: File | None = None
    refused: tuple[str, ...] = ()


Before = Mapping[str, Mapping[Month, Points]]
"""The points in each closed month that was judged, by slug."""


def gather(
    slugs: Sequence[str],
    program: Program,
    place: Place,
    clients: Clients,
    today: date,
    *,
    named: bool,
) -> tuple[tuple[Merged, ...], tuple[AccountCheck, ...], Before]:
    """Return the merged applications of these slugs, the accounts of their teams, and their points.

    `named`: a person named the files, and so has checked them: they need no verdict, and their
    teams stand as they are. Raises UserError if GitHub does not answer about the accounts, the work
    or the verdicts.
    """
    mine = partial(ours, place.repository)
    found = tuple(
        read_merged(slug, program, place.git, place.repository.name, clients, mine, today)
        for slug in slugs
    )
    if named:
        found = tuple(
            replace(one, trouble=()) if one.application and not one.unknown else one
            for one in found
        )
    accounts = accounts_of(found, clients)
    if accounts.value is None:
        raise UserError(f"{accounts.failure} Nobody was admitted; run it again.")
    known = accounts.value
    if not named:
        found = tuple(
            one
            if (place.git.root / record_path(one.slug)).exists()
            else with_confirmed_team(one, known, program, place.repository, clients)
            for one in found
        )
    return found, known, _before(found, known, program, place, clients, today)


def _before(
    found: Sequence[Merged],
    accounts: Sequence[AccountCheck],
    program: Program,
    place: Place,
    clients: Clients,
    today: date,
) -> Before:
    """Return the points of those that can become partners; GitHub is asked only if there is one."""
    root = place.git.root
    new = [
        (one.slug, one.application)
        for one in found
        if one.application and not one.trouble and not (root / record_path(one.slug)).exists()
    ]
    if not new:
        return {}
    work, claims = work_before(found, accounts, program, root, clients, today)
    policy = program.contribution
    return {slug: points_before(team, accounts, work, claims, policy) for slug, team in new}


def decide(
    found: Sequence[Merged],
    accounts: Sequence[AccountCheck],
    before: Before,
    partners: Sequence[Partner],
    program: Program,
    today: date,
) -> tuple[Decided, ...]:
    """Return the decision on each application, in order.

    A partner that is admitted here counts as a present partner for the next applications.
    """
    done: list[Decided] = []
    known = list(partners)
    for merged in found:
        points = before.get(merged.slug, {})
        one = _decide(merged, accounts, points, known, program, today)
        done.append(one)
        if one.partner and one.record:
            known.append(one.partner)
    return tuple(done)


def partners_of(place: Place, today: date) -> tuple[Partner, ...]:
    """Return the present partners, as the checkout has their records."""
    return read_partners(place.git.root / PARTNERS, today)


def _decide(
    merged: Merged,
    accounts: Sequence[AccountCheck],
    points: Mapping[Month, Points],
    partners: Sequence[Partner],
    program: Program,
    today: date,
) -> Decided:
    same = next((one for one in partners if one.slug == merged.slug), None)
    if same and merged.number is not None and same.issue == merged.number:
        return Decided(merged=merged, partner=same)
    application = merged.application
    if application is None or merged.trouble:
        return Decided(merged=merged, refused=merged.trouble)
    required = required_amount(application.country, program, load_prices())
    refused = why_not(application, accounts, partners, required, today)
    if refused or not isinstance(required, Required):
        return Decided(merged=merged, refused=refused)
    terms = Terms(edition=required.edition, amount=required.amount, base=required.base)
    partner = Partner(
        organization=application,
        accepted=today,
        terms=terms,
        issue=merged.number,
        work=dict(points),
    )
    team, ids = application.team, account_ids(accounts)
    record = partner_record(merged.data, team, ids, today, terms, merged.number, points)
    return Decided(merged=merged, partner=partner, record=record)


def record_path(slug: str) -> str:
    """Return the path of a partner's record, relative to the program's folder."""
    return f"{PARTNERS}/{slug}.yml"
