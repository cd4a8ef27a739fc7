"""Decides whether a merged application can become a partner's record.

The verdict judged the criteria before the merge. If a maintainer had to decide, the merge is the
decision. These checks only find obstacles to a correct record: an existing partner, a missing
GitHub account, a member of another team, a country without a required amount; and a verdict that
was too old to merge on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..model.application import Application
from ..model.commit_status import RECHECKED
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, AccountKind, Answer
from ..model.funnel import Merge
from ..model.month import Month, listed
from ..model.partner import Partner
from ..model.points import Points
from ..model.program import ContributionPolicy
from ..model.verdict import Required
from .attributed_work import attribute
from .required_amount import NoAmount
from .roster import roster_of
from .same_organization import same_account, same_website
from .shared_members import shared_members


def why_not(
    application: Application,
    accounts: Sequence[AccountCheck],
    partners: Sequence[Partner],
    required: Required | NoAmount,
    today: date,
) -> tuple[str, ...]:
    """Return a sentence for each obstacle to the admission; empty if there is no obstacle."""
    return (
        *_a_partner_already(application, partners),
        *_nobody(application),
        *_accounts(application, accounts),
        *_in_other_teams(application, accounts, partners, today),
        *_amount(required),
    )


def is_stale(merge: Merge, today: date) -> bool:
    """Tell whether a month has closed since the verdict on which somebody merged.

    The daily run marks such a verdict; a merge may have been quicker, or may ignore the mark.
    """
    verdict = merge.verdict
    if verdict is None:
        return False
    return Month.of(verdict.day) < Month.of(today) or verdict.description == RECHECKED


def points_before(
    application: Application,
    accounts: Iterable[AccountCheck],
    work: Mapping[Month, Answer[MonthOfWork]],
    claims: Answer[tuple[MonthOfWork, ...]],
    policy: ContributionPolicy,
) -> dict[Month, Points]:
    """Return the team's points in each month of `work`, the earliest first, for its record.

    They are those that the verdict on the application has. No answer is a failure.
    """
    roster = roster_of({application.slug: application.team}, accounts)
    told = {month: work[month].value for month in sorted(work)}
    found = attribute(roster, told, claims.value or (), policy)
    return {month: points.get(application.slug, 0) for month, points in found.points.items()}


def account_ids(accounts: Sequence[AccountCheck]) -> dict[str, int]:
    """Return the account ids by case-folded login, without accounts that GitHub does not know."""
    return {one.login.casefold(): one.id for one in accounts if one.id is not None}


def _a_partner_already(application: Application, partners: Sequence[Partner]) -> Iterator[str]:
    for partner in partners:
        other = partner.organization
        if other.slug == application.slug:
            yield f"partners/{partner.slug}.yml is there already: propose a change of it instead."
        elif same_website(other, application) or same_account(other, application):
            yield (
                f"{partner.name} (partners/{partner.slug}.yml) is a partner already and has the "
                "same website or paying account."
            )


def _nobody(application: Application) -> Iterator[str]:
    if not application.team:
        yield (
            "Nobody in the team has confirmed to be in it. Ask at least one to comment /confirm, "
            "then a maintainer starts the workflow again."
        )


def _accounts(application: Application, accounts: Sequence[AccountCheck]) -> Iterator[str]:
    known = {one.login.casefold(): one for one in accounts}
    for member in application.team:
        check = known.get(member.github.casefold())
        if check is None or check.kind is AccountKind.MISSING:
            yield f"{member.place}: GitHub has no account named {member.github}. Correct the login."
        elif check.kind is not AccountKind.PERSON or check.id is None:
            yield f"{member.place}: {member.github} is no person's account. Correct the login."


def _in_other_teams(
    application: Application,
    accounts: Sequence[AccountCheck],
    partners: Sequence[Partner],
    today: date,
) -> Iterator[str]:
    for partner in partners:
        team = partner.organization.team
        shared = shared_members(application.team, team, accounts, today, today)
        if shared:
            yield (
                f"{listed(shared)} {'is' if len(shared) == 1 else 'are'} in the team of "
                f"{partner.name} too (partners/{partner.slug}.yml). Who has left one of the two "
                "gets the last day there as `until`; who works for both gets a `share` in both, at "
                "most 100 together."
            )


def _amount(required: Required | NoAmount) -> Iterator[str]:
    if isinstance(required, NoAmount):
        yield f"{required.reason} Record the decision under comparable_countries in program.yml."
