"""What belongs to one month of all that was gathered, and nothing private."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from builders import (
    accounts,
    answered,
    member,
    money,
    month_of_work,
    payment,
    program,
    required,
    sponsorship,
)
from community_partners.model.evidence import AccountCheck, AccountKind, Answer, MonthEvidence
from community_partners.model.sponsorship import Payment, Rate
from community_partners.rules.month_evidence import of_month
from month_builders import OCTOBER, faithful, month_evidence, partner

ACME = partner("acme", member("acme-1", id=1))
LATER = replace(partner("globex"), accepted=date(2026, 11, 5))
MONTHS = [OCTOBER - back for back in range(5, -2, -1)]


def gathered(*payments: Payment, **fields: object) -> MonthEvidence:
    """From May to November, of two partners; the second was accepted in November."""
    told = {"acme": answered(sponsorship(*payments)), "globex": answered(faithful("globex"))}
    defaults: dict[str, object] = {
        "month": OCTOBER + 1,
        "sponsorships": told,
        "work": {month: answered(month_of_work(month)) for month in MONTHS},
        "claims": answered(tuple(month_of_work(month) for month in MONTHS)),
        "accounts": answered(accounts("acme-1", "globex-1", "project")),
    }
    return month_evidence([ACME, LATER], **{**defaults, **fields})


def october(found: MonthEvidence) -> MonthEvidence:
    asked = {"acme": required()}
    return of_month(found, OCTOBER, [ACME, LATER], asked, program())


def days(found: MonthEvidence) -> list[str] | None:
    value = found.sponsorships["acme"].value
    assert value
    return None if value.payments is None else [str(one.day) for one in value.payments]


def test_it_is_of_the_partners_and_months_of_the_month() -> None:
    found = october(gathered())
    window = [OCTOBER - 2, OCTOBER - 1, OCTOBER]
    assert (found.month, list(found.sponsorships)) == (OCTOBER, ["acme"])
    assert list(found.work) == window
    assert [one.month for one in found.claims.value or ()] == window
    assert [one.login for one in found.accounts.value or ()] == ["acme-1"]


def test_an_account_behind_a_recorded_number_is_of_its_partner() -> None:
    told = tuple(
        answered(AccountCheck(login="new", kind=AccountKind.PERSON, id=number)) for number in (1, 2)
    )
    assert october(gathered(identities=told)).identities == told[:1]


def test_payments_are_those_of_thirteen_months_before_and_all_later_ones() -> None:
    paid = [payment(on) for on in ("2025-08-31", "2025-09-01", "2026-10-01", "2026-12-24")]
    assert days(october(gathered(*paid))) == ["2025-09-01", "2026-10-01", "2026-12-24"]


def test_private_payments_are_kept_as_reached_or_not() -> None:
    private = replace(sponsorship(payment("2026-10-01")), public=False)
    found = october(gathered(sponsorships={"acme": answered(private), "globex": answered(private)}))
    value = found.sponsorships["acme"].value
    assert days(found) is None
    assert value
    assert value.withheld
    kept = {month: str(reached) for month, reached in value.withheld.months.items()}
    assert kept[OCTOBER] == "yes"
    assert kept[OCTOBER - 1] == kept[OCTOBER + 1] == "no"
    again = october(replace(found, sponsorships={**found.sponsorships}, work=gathered().work))
    assert again.sponsorships == found.sponsorships, "what is kept is kept"


def rate(on: str) -> Rate:
    day = date.fromisoformat(on)
    return Rate(day=day, currency="EUR", target="USD", factor=Decimal("1.1"), source="A bank")


def test_rates_are_those_that_the_month_needs() -> None:
    """A rate for another month, or for a private payment, would tell of that payment."""
    paid = [
        replace(payment(on), amount=money("EUR 95"), in_host_currency=None)
        for on in ("2026-06-01", "2026-10-01")
    ]
    rates = answered((rate("2026-06-01"), rate("2026-10-01")))
    seen = gathered(*paid, rates=rates)
    assert october(seen).rates.value == (rate("2026-10-01"),)
    private = answered(replace(sponsorship(*paid), public=False))
    told = {**seen.sponsorships, "acme": private}
    assert october(replace(seen, sponsorships=told)).rates.value == ()


def test_a_failure_of_rates_concerns_the_month_that_lacks_one() -> None:
    paid = [replace(payment("2026-10-01"), amount=money("EUR 95"), in_host_currency=None)]
    known: tuple[Rate, ...] = (rate("2026-10-01"),)
    silent = replace(answered(known), failure="The bank is silent.", lasting=True)
    seen = gathered(*paid, rates=silent)
    assert (october(seen).rates.failure, october(seen).rates.lasting) == (None, False)
    nothing: Answer[tuple[Rate, ...]] = replace(silent, value=())
    without = october(replace(seen, rates=nothing))
    assert (without.rates.failure, without.rates.lasting) == ("The bank is silent.", True)
