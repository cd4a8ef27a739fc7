"""Laws of the verdict, whatever the evidence: silence never refuses, more never harms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TODAY,
    accounts,
    answered,
    application,
    contribution,
    evidence,
    failed,
    member,
    payment,
    program,
    required,
    sponsorship,
    work,
)
from community_partners.model.application import Application
from community_partners.model.command import Command, Said, Verb
from community_partners.model.evidence import AccountKind, Evidence
from community_partners.model.month import last_closed
from community_partners.model.program import Program
from community_partners.model.sponsorship import OrderStatus, Rhythm
from community_partners.model.verdict import Decision, Outcome, Required, Verdict, Waiver
from community_partners.rules.commands_and_waivers import standing_waivers
from community_partners.rules.criteria import PLANNED, criteria_of
from community_partners.rules.decision import decide, judge
from many_cases import many

MANY = settings(max_examples=many(200), deadline=None)
DAYS = st.dates(last_closed(TODAY, 5)[0].first_day, TODAY)
PAYMENTS = st.lists(
    st.builds(
        lambda day, amount, rhythm, order: payment(
            str(day), f"USD {amount}", rhythm=rhythm, order=f"order-{order}", began=day
        ),
        DAYS,
        st.sampled_from([50, 100, 1200]),
        st.sampled_from(list(Rhythm)),
        st.integers(1, 2),
    ),
    max_size=8,
)
ACTS = st.lists(
    st.builds(
        lambda day, number, kind: contribution(
            str(day), kind=kind, url=f"https://a.example/{number}"
        ),
        DAYS,
        st.integers(),
        st.sampled_from(["pull request", "review", "painting"]),
    ),
    max_size=20,
)
ORDERS = st.lists(st.sampled_from(list(OrderStatus)), max_size=2).map(tuple)
KINDS = st.sampled_from([AccountKind.PERSON, AccountKind.PERSON, AccountKind.MISSING])
SOURCES = st.sets(
    st.sampled_from(["sponsorship", "accounts", "claims", "work", "rates", "partners"])
)


@st.composite
def seen(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "sponsorship": answered(sponsorship(*draw(PAYMENTS), orders=draw(ORDERS))),
        "work": work(*draw(ACTS)),
        "accounts": answered(accounts(kind=draw(KINDS))),
        "share": draw(st.sampled_from([100, 100, 50, 33])),
    }


def told(fields: dict[str, Any]) -> tuple[Application, Evidence, Program, Required]:
    stored: Evidence = evidence(**{name: one for name, one in fields.items() if name != "share"})
    team = (member(share=fields.get("share", 100)), member("example-user-2"))
    one = application(team=team)
    return one, stored, program(), required()


def verdict(fields: dict[str, Any], waivers: Sequence[Waiver] = ()) -> Verdict:
    return decide(*told(fields), "sha256:0", waivers)


def outcomes(fields: dict[str, Any]) -> dict[str, Outcome]:
    return {finding.criterion: finding.outcome for finding in judge(*told(fields))[1]}


@MANY
@given(seen(), SOURCES)
def test_a_source_that_fails_never_makes_a_criterion_not_met(
    fields: dict[str, Any], silent: set[str]
) -> None:
    before = outcomes(fields)
    failures: dict[str, Any] = {name: failed("It was silent.") for name in silent}
    if "work" in silent:
        failures["work"] = dict.fromkeys(fields["work"], failed("It was silent."))
    after = outcomes({**fields, **failures})
    for criterion, outcome in after.items():
        if outcome is Outcome.NOT_MET:
            assert before[criterion] is Outcome.NOT_MET, criterion


@MANY
@given(seen(), DAYS)
def test_one_more_contribution_never_harms(fields: dict[str, Any], day: Any) -> None:
    before = outcomes(fields)
    acts = [one for month in fields["work"].values() for one in month.value.contributions]
    more = work(*acts, contribution(str(day), url="https://a.example/one-more"))
    after = outcomes({**fields, "work": more})
    for criterion, outcome in before.items():
        if outcome is Outcome.MET:
            assert after[criterion] is Outcome.MET, criterion


@MANY
@given(seen(), DAYS)
def test_one_more_payment_never_harms(fields: dict[str, Any], day: Any) -> None:
    """A single one, of an order of its own."""
    before = outcomes(fields)
    paid = fields["sponsorship"].value
    more = payment(str(day), "USD 100", rhythm=Rhythm.ONE_TIME, order="one-more")
    grown = sponsorship(*paid.payments, more, orders=paid.orders)
    after = outcomes({**fields, "sponsorship": answered(grown)})
    for criterion, outcome in before.items():
        if outcome is Outcome.MET:
            assert after[criterion] is Outcome.MET, criterion


@MANY
@given(seen())
def test_the_decision_follows_from_the_outcomes(fields: dict[str, Any]) -> None:
    found = verdict(fields)
    kinds = {finding.outcome for finding in found.findings}
    if Outcome.NOT_MET in kinds:
        assert found.decision is Decision.NOT_YET
    elif Outcome.UNKNOWN in kinds:
        assert found.decision is Decision.NEEDS_REVIEW
    else:
        assert found.decision is Decision.ELIGIBLE


@given(seen())
def test_an_earliest_day_is_not_in_the_past(fields: dict[str, Any]) -> None:
    found = verdict(fields)
    assert found.earliest is None or found.earliest >= TODAY
    for finding in found.findings:
        own = finding.outcome is Outcome.NOT_MET and finding.criterion not in PLANNED
        assert (finding.earliest is not None) == own


WRITER, OTHER = "example-maintainer", "example-applicant"
THREADS = st.lists(
    st.builds(
        lambda verb, criterion, by, reason, number: Said(
            command=Command(verb=verb, criterion=criterion, reason=reason),
            by=by,
            url=f"https://a.example/{number}",
        ),
        st.sampled_from(list(Verb)),
        st.sampled_from([None, *criteria_of(program())]),
        st.sampled_from([WRITER, OTHER]),
        st.sampled_from(["", "They told us."]),
        st.integers(1, 3),
    ),
    max_size=12,
)


@given(seen(), THREADS)
def test_a_waiver_changes_no_other_finding_and_nothing_that_was_found(
    fields: dict[str, Any], said: list[Said]
) -> None:
    before = verdict(fields)
    waivers = standing_waivers(said, {WRITER})
    after = verdict(fields, waivers)
    given_for = {one.criterion for one in waivers}
    for was, now in zip(before.findings, after.findings, strict=True):
        assert replace(now, waived=None) == was
        assert now.waived is None or (now.criterion in given_for and was.outcome is not Outcome.MET)
    bare: dict[str, Any] = {
        "findings": (),
        "decision": Decision.INVALID,
        "earliest": None,
        "plan": None,
    }
    assert replace(after, **bare) == replace(before, **bare)


@given(seen(), THREADS)
def test_only_who_may_write_changes_anything(fields: dict[str, Any], said: list[Said]) -> None:
    heard = [one for one in said if one.by == WRITER]
    assert standing_waivers(said, {WRITER}) == standing_waivers(heard, {WRITER})
    assert verdict(fields, standing_waivers(said, ())) == verdict(fields)


@given(seen(), THREADS)
def test_whoever_takes_all_back_is_where_they_began(
    fields: dict[str, Any], said: list[Said]
) -> None:
    back = [
        Said(command=Command(verb=Verb.UNWAIVE, criterion=one), by=WRITER, url="https://a.example")
        for one in criteria_of(program())
    ]
    assert verdict(fields, standing_waivers([*said, *back], {WRITER})) == verdict(fields)


@given(seen(), THREADS)
def test_a_waiver_never_harms(fields: dict[str, Any], said: list[Said]) -> None:
    order = [Decision.NOT_YET, Decision.NEEDS_REVIEW, Decision.ELIGIBLE]
    before, after = verdict(fields), verdict(fields, standing_waivers(said, {WRITER}))
    assert order.index(after.decision) >= order.index(before.decision)
    if before.earliest and after.earliest:
        assert after.earliest <= before.earliest
