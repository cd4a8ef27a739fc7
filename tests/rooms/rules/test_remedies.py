"""Laws of the remedies: they name what is missing, what is enough, and the day of it."""

import re
from calendar import month_name
from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from builders import (
    TODAY,
    answered,
    application,
    contribution,
    contribution_policy,
    evidence,
    month_of_work,
    payment,
    program,
    required,
    sponsorship,
    sponsorship_policy,
)
from community_partners.model.month import Month, last_closed
from community_partners.model.program import Program
from community_partners.model.sponsorship import Rhythm
from community_partners.model.verdict import Finding, Outcome
from community_partners.rules.decision import decide

NAMES = {name: number for number, name in enumerate(month_name) if name}
MONTH = re.compile(rf"({'|'.join(NAMES)}) (\d{{4}})")


def of(found: re.Match[str]) -> Month:
    return Month(year=int(found[2]), month=NAMES[found[1]])


def asked(remedy: str) -> tuple[list[Month], date]:
    """The months in which something is to be done, and the day from which that is enough."""
    todo, day = re.split(r"[Tt]his can be met from ", remedy, maxsplit=1)
    on = re.match(rf"(\d+) {MONTH.pattern}\.", day)
    assert on, remedy
    month = Month(year=int(on[3]), month=NAMES[on[2]])
    return [of(found) for found in MONTH.finditer(todo)], month.first_day.replace(day=int(on[1]))


def finding(
    criterion: str, done: Sequence[Month], yearly: Month | None, policy: Program, today: date
) -> Finding:
    """Of an organization that pays, and does just enough, in each of these months.

    `yearly`: the month of a payment for twelve months.
    """
    paid = [payment(f"{one}-20", rhythm=Rhythm.ONE_TIME, order=f"{one}") for one in done]
    if yearly:
        paid.append(payment(f"{yearly}-02", "USD 1200", rhythm=Rhythm.YEARLY, order="yearly"))
    acts = [
        contribution(f"{one}-{day}", url=f"https://a.example/{one}-{day}")
        for one in done
        for day in ("05", "15")
    ]
    work = {
        month: answered(month_of_work(month, *acts))
        for month in last_closed(today, policy.contribution.months)
    }
    stored = evidence(today=today, sponsorship=answered(sponsorship(*paid)), work=work)
    verdict = decide(application(), stored, policy, required(), "sha256:0", ())
    return next(one for one in verdict.findings if one.criterion == criterion)


RECENT = (*last_closed(TODAY, 6), Month.of(TODAY))


@given(
    st.sampled_from(["amount", "contributions-regular"]),
    st.integers(1, 6),
    st.sets(st.sampled_from(RECENT)),
    st.none() | st.sampled_from(RECENT),
)
def test_who_does_what_is_asked_gets_there_on_that_day_and_nobody_sooner(
    criterion: str, count: int, before: set[Month], yearly: Month | None
) -> None:
    policy = program(
        sponsorship=sponsorship_policy(months=count), contribution=contribution_policy(months=count)
    )

    def outcome(done: set[Month], today: date) -> Outcome:
        return finding(criterion, sorted(done), yearly, policy, today).outcome

    found = finding(criterion, sorted(before), yearly, policy, TODAY)
    if found.outcome is Outcome.MET:
        return
    assert found.remedy
    todo, day = asked(found.remedy)
    assert not [month for month in todo if month < Month.of(TODAY)], "a month that is over"
    done = {*before, *todo}
    assert outcome(done, day) is Outcome.MET
    for month in todo:
        if criterion == "amount" or month != Month.of(TODAY):
            assert month not in before, "it is paid"
            assert outcome(done - {month}, day) is Outcome.NOT_MET, "it is not needed"
    assert outcome(done, (Month.of(day) - 1).first_day) is Outcome.NOT_MET
