"""One partner's month, laid out for its criteria. Decides nothing but what belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.contribution import Contribution
from ..model.evidence import AccountKind, Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Counted, Coverage, Required
from .attribution import Attribution, Roster, attribute, roster_of
from .coverage import Rates, coverage
from .repeats import without_repeats


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCase:
    """What the criteria look at.

    `paid` None: the platform did not answer, or shows nothing of this account. `counted` and
    `contested`: the work of all months that are added up, the latest last. `unseen`: logins that no
    longer exist and whose ids nobody kept, so that their work cannot be found.
    """

    partner: Partner
    program: Program
    month: Month
    required: Required
    sponsorship: Answer[Sponsorship]
    rates_failure: str | None
    paid: Coverage | None
    counted: tuple[Sequence[Counted], ...]
    contested: tuple[Sequence[Counted], ...]
    unseen: tuple[str, ...]


def window(month: Month, program: Program) -> tuple[Month, ...]:
    """The months whose contributions are added up, this one last."""
    return ending(month, program.contribution.months)


def partners_roster(partners: Iterable[Partner], evidence: MonthEvidence) -> Roster:
    """Everybody whom any partner names."""
    teams = {partner.slug: partner.organization.team for partner in partners}
    return roster_of(teams, evidence.accounts.value or ())


def attributions(
    roster: Roster, evidence: MonthEvidence, program: Program
) -> tuple[Attribution, ...]:
    """The work of each month of the window, given to whom it belongs; each act once in all."""
    months, policy = window(evidence.month, program), program.contribution
    seen = [one for month in months for one in _work(evidence, month)]
    acts, _ = without_repeats(seen, policy.points)
    return tuple(
        attribute(roster, (one for one in acts if Month.of(one.day) == month), policy)
        for month in months
    )


def month_case(
    partner: Partner,
    evidence: MonthEvidence,
    work: Sequence[Attribution],
    program: Program,
    required: Required,
    rates: Rates,
) -> MonthCase:
    """One partner's part of the evidence. `work`: what `attributions` gave, for all partners."""
    answer = evidence.sponsorships[partner.slug]
    return MonthCase(
        partner=partner,
        program=program,
        month=evidence.month,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=_paid(answer.value, required, evidence.month, rates, program),
        counted=tuple(month.counted.get(partner.slug, ()) for month in work),
        contested=tuple(month.contested.get(partner.slug, ()) for month in work),
        unseen=_unseen(partner, evidence),
    )


def _work(evidence: MonthEvidence, month: Month) -> tuple[Contribution, ...]:
    swept = evidence.work[month].value
    claims = evidence.claims.value or ()
    claimed = [one for entry in claims if entry.month == month for one in entry.contributions]
    return (*(swept.contributions if swept else ()), *claimed)


def _paid(
    sponsorship: Sponsorship | None,
    required: Required,
    month: Month,
    rates: Rates,
    program: Program,
) -> Coverage | None:
    if sponsorship is None or sponsorship.payer is None:
        return None
    [paid] = coverage(sponsorship, required, (month,), rates, program.sponsorship)
    return paid


def _unseen(partner: Partner, evidence: MonthEvidence) -> tuple[str, ...]:
    missing = {
        check.login.casefold()
        for check in evidence.accounts.value or ()
        if check.kind is AccountKind.MISSING
    }
    return tuple(
        member.github
        for member in partner.organization.team
        if member.id is None and member.github.casefold() in missing
    )
