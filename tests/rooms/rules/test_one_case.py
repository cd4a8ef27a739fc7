"""Law: whatever the evidence, a month is the same for an applicant and for a partner."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from builders import (
    MAINTAINER,
    accepted,
    accounts,
    answered,
    contribution,
    contribution_policy,
    evidence,
    member,
    money,
    month_of_work,
    payment,
    program,
    required,
    sponsorship,
)
from community_partners.model.contribution import Account, Contribution
from community_partners.model.evidence import Answer, Evidence
from community_partners.model.month import Month, ending, last_closed
from community_partners.model.partner import Partner
from community_partners.model.sponsorship import OrderStatus, Rate, Settlement, Sponsorship
from community_partners.model.verdict import Outcome
from community_partners.rules.applicant import prepare, sponsorship_months
from community_partners.rules.criteria import month_findings
from community_partners.rules.late_charges import may_come_late
from community_partners.rules.month_case import month_case, shared
from community_partners.rules.month_evidence import of_month
from community_partners.rules.private_figures import shown, shown_rates
from many_cases import PARTS, chances
from month_builders import month_evidence, partner, ranking, result, row
from random_applicants import Applicant, mine

CASES = 1_000
RATES = tuple(
    Rate(day=on, currency="EUR", target="USD", factor=Decimal("1.1"), source="A bank")
    for on in (date(2026, 5, 1) + timedelta(days=one) for one in range(0, 220, 2))
)
"""Of every other day: those between are lacking."""


def random_acts(chance: Random, months: Sequence[Month]) -> Iterator[Contribution]:
    """Work of the team, of its teammate and of others; the same changes again, and reverts."""
    for at in range(chance.randint(0, 12)):
        month = chance.choice(months)
        on = month.first_day.replace(day=chance.randint(1, 28))
        by = chance.choice(["acme-1", "acme-1", "acme-2", "example-stranger", "dependabot"])
        kind = chance.choice(
            ["pull request", "pull request", "review", "issue", "event", "painting"]
        )
        title = chance.choice(["Mend the fence", "Paint the gate", f"Number {at}"])
        if chance.random() < 0.2:
            title = f'Revert "{title}"'
        url = f"https://github.com/project/core/pull/{chance.randint(1, 9)}"
        fields: dict[str, Any] = {"kind": kind, "title": title, "url": url}
        if kind in ("pull request", "review", "issue"):
            merged_by = chance.choice([MAINTAINER, MAINTAINER, Account(login=by)])
            branch = chance.choice(["main", "main", "6.x"])
            fields["accepted"] = accepted(kind, by=merged_by)
            if kind != "issue":
                fields["accepted"] = replace(fields["accepted"], branch=branch)
        yield contribution(str(on), by, **fields)


def random_payer(world: Applicant, chance: Random) -> Answer[Sponsorship]:
    """What a platform tells of it: of everybody's, or of private payments with a total."""
    paid = tuple(
        replace(one, amount=money(f"EUR {one.amount.amount}"), in_host_currency=None)
        if chance.random() < 0.1
        else one
        for one in (*world.payments, *(payment("2025-09-03", order="old") for _ in range(2)))
    )
    if chance.random() < 0.3:
        paid = tuple(
            replace(one, settlement=Settlement.PENDING) if chance.random() < 0.3 else one
            for one in paid
        )
    told = sponsorship(*paid, orders=world.orders)
    if chance.random() < 0.3:
        less = chance.choice([None, None, money("USD 30")])
        told = replace(told, public=False, overstated=less, conflict="At odds." if less else None)
    return answered(told)


def seen_on(world: Applicant, chance: Random, told: Answer[Sponsorship]) -> Evidence:
    """The evidence on the application, as it is gathered."""
    months = last_closed(world.today, world.program.contribution.months)
    acts = tuple(random_acts(chance, months))
    asked = (*sponsorship_months(world.program, world.today), Month.of(world.today))
    case = ({"acme": told}, {"acme": required()}, asked)
    return evidence(
        today=world.today,
        sponsorship=shown(*case, RATES, world.program, world.today)["acme"],
        rates=shown_rates(answered(RATES), *case, world.program, world.today),
        work={month: answered(month_of_work(month, *acts)) for month in months},
        accounts=answered(accounts("acme-1", "acme-2")),
    )


def month_of(
    world: Applicant, seen: Evidence, told: Answer[Sponsorship], team: Partner, month: Month
) -> list[Outcome]:
    """What the month's run finds on the day of the check: amount, regular, meaningful."""
    nothing = answered(month_of_work(month))
    work = {
        one: seen.work.get(one, nothing) for one in ending(month, world.program.contribution.months)
    }
    gathered = month_evidence(
        [team],
        month=month,
        today=world.today,
        sponsorships={team.slug: told},
        rates=answered(RATES),
        accounts=seen.accounts,
        work=work,
        claims=seen.claims,
    )
    one = of_month(gathered, month, [team], {team.slug: required()}, world.program)
    case = month_case(team, required(), shared([team], one, world.program), {})
    return [one.outcome for one in month_findings(case)]


@pytest.mark.parametrize("part", PARTS)
def test_a_month_is_the_same_for_both(part: int) -> None:
    for number, chance in chances(CASES, part):
        world = Applicant(chance)
        told = random_payer(world, chance)
        seen = seen_on(world, chance, told)
        team = partner("acme", member("acme-1"), member("acme-2"))
        check = prepare(team.organization, seen, world.program, required())
        for paid in check.paid:
            amount, *_ = month_of(world, seen, told, team, paid.month)
            late = may_come_late(paid, world.today)
            assert amount is (Outcome.UNKNOWN if late else paid.outcome), (
                number,
                world.today,
                paid,
                told,
            )
        _, regular, meaningful = month_of(world, seen, told, team, Month.of(world.today) - 1)
        assert regular is check.work[-1].outcome, number
        points = sum(entry.points for entry in check.work)
        met = points >= world.program.contribution.points_in_all
        assert (meaningful is Outcome.MET) is met, number


def test_the_sum_takes_what_was_committed() -> None:
    """The repository of September's work has left the organization since."""
    team, october = partner(), Month.parse("2026-10")
    work = {one: answered(month_of_work(one)) for one in (october - 2, october - 1, october)}
    five = contribution("2026-10-05", "acme-1")
    work[october] = answered(month_of_work(october, five))
    seen = month_evidence([team], work=work)
    policy = program(contribution=contribution_policy(points_each_month=5, points_in_all=10))
    before = ranking(row(points=5), month=october - 1)
    [found] = result([team], seen, before, policy).partners
    [alone] = result([team], seen, None, policy).partners
    [admitted] = result([replace(team, work={october - 1: 5})], seen, None, policy).partners
    reasons = [one.findings[-1].reason for one in (found, alone, admitted)]
    ten, only = "10 points in 3 months, 10 asked.", "5 points in 3 months, 10 asked."
    assert reasons == [ten, only, ten]


@pytest.mark.parametrize(
    ("today", "september"),
    [("2026-11-03", Outcome.UNKNOWN), ("2026-11-26", Outcome.NOT_MET)],
)
def test_a_late_start_whose_next_charge_never_came_covers_one_month(
    today: str, september: Outcome
) -> None:
    """September was not charged, and October's charge can be late until 25 November."""
    world = Applicant(Random(0))  # noqa: S311  no secret
    world.today, world.program = date.fromisoformat(today), program()
    world.payments = (payment("2026-08-20", began=date(2026, 8, 20)),)
    world.orders = (mine(OrderStatus.ACTIVE),)
    told = answered(sponsorship(*world.payments, orders=world.orders))
    seen = seen_on(world, Random(0), told)  # noqa: S311  no secret
    team = partner("acme")
    check = prepare(team.organization, seen, world.program, required())
    paid = [one.outcome for one in check.paid]
    assert paid == [Outcome.MET, september, Outcome.NOT_MET]
    for one in check.paid[:-1]:
        assert month_of(world, seen, told, team, one.month)[0] is one.outcome, one.month
