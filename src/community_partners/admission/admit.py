"""The journey of `partners admit`: merged applications in; partners' records out.

Gather: the files, their merges, the team's accounts, the partners there are. Decide: who can be
admitted, on which terms. What is applied then is in announce_admissions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..checkout.git import Git
from ..errors import UserError
from ..evidence.clients import Clients
from ..github.pulls import ours
from ..github.rest import GitHubRepository
from ..intake.partners import read_partners
from ..intake.price_table import load_prices
from ..intake.yaml_document import write_yaml
from ..model.evidence import AccountCheck
from ..model.file import File
from ..model.partner import Partner, Terms
from ..model.program import Program
from ..model.verdict import Required
from ..rules.admission import account_ids, why_not
from ..rules.required_amount import required_amount
from .merged import PARTNERS, Merged, accounts_of, read_merged
from .partner_record import partner_record


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One application: a partner, new or known, with the record to write; or why it is none."""

    merged: Merged
    partner: Partner | None = None
    record: File | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Where it happens. `web_url`: of the repository, for people."""

    git: Git
    repository: GitHubRepository
    web_url: str


def gather(
    slugs: Sequence[str],
    program: Program,
    place: Destination,
    clients: Clients,
    today: date,
    *,
    named: bool,
) -> tuple[tuple[Merged, ...], tuple[AccountCheck, ...]]:
    """All of it. `named`: by a person, who has looked: then a file needs no verdict.

    Raises UserError where GitHub does not tell whose accounts they are.
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
    return found, accounts.value


def decide(
    found: Sequence[Merged],
    accounts: Sequence[AccountCheck],
    partners: Sequence[Partner],
    program: Program,
    today: date,
) -> tuple[Decided, ...]:
    """One after the other: whoever is admitted is a partner for the next one."""
    done: list[Decided] = []
    known = list(partners)
    for merged in found:
        one = _decide(merged, accounts, known, program, today)
        done.append(one)
        if one.partner and one.record:
            known.append(one.partner)
    return tuple(done)


def partners_of(place: Destination, today: date) -> tuple[Partner, ...]:
    """As the checkout has them."""
    return read_partners(place.git.root / PARTNERS, today)


def _decide(
    merged: Merged,
    accounts: Sequence[AccountCheck],
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
    terms = Terms(edition=required.edition, amount=required.amount)
    partner = Partner(organization=application, accepted=today, terms=terms, issue=merged.number)
    data = partner_record(merged.data, account_ids(accounts), today, terms, merged.number)
    record = File(path=record_path(merged.slug), text=write_yaml(data))
    return Decided(merged=merged, partner=partner, record=record)


def record_path(slug: str) -> str:
    """Below the program's folder."""
    return f"{PARTNERS}/{slug}.yml"
