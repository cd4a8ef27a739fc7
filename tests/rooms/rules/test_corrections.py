"""A month computed again: what is a difference, and the sentence it gets."""

from dataclasses import replace

import pytest

from builders import day
from community_partners.model.ranking import (
    Concern,
    Correction,
    MemberMonth,
    MonthFinding,
    PartnerMonth,
    Person,
    Ranking,
)
from community_partners.model.verdict import Outcome
from community_partners.rules.corrections import settled
from month_builders import basis, contribution_file, ranking, row, standing

TODAY = day("2026-11-24")
COMMITTED = ranking(row("acme", 1), row("globex", 2), row("initech", 3))


def finding(outcome: Outcome, reason: str = "So.") -> MonthFinding:
    return MonthFinding(criterion="amount", title="Required amount", outcome=outcome, reason=reason)


def changes(before: Ranking, after: Ranking) -> tuple[str, ...]:
    [correction] = settled(before, after, TODAY).corrections
    assert correction.day == TODAY
    return correction.changes


def test_a_first_result_is_taken_as_it_is() -> None:
    assert settled(None, COMMITTED, TODAY) is COMMITTED


@pytest.mark.parametrize(
    "fresh",
    [
        replace(COMMITTED),
        replace(COMMITTED, basis=basis(version="2", policy="sha256:0", evidence="sha256:1")),
        replace(COMMITTED, basis=basis(date=day("2026-06-01"))),
    ],
    ids=["the-same", "another-policy", "of-another-day"],
)
def test_the_same_result_keeps_what_was_committed(fresh: Ranking) -> None:
    assert settled(COMMITTED, fresh, TODAY) is COMMITTED
    corrected = replace(COMMITTED, corrections=(Correction(day=TODAY, changes=("x",)),))
    assert settled(corrected, fresh, TODAY) is corrected


def test_the_fresh_result_stands_with_its_own_basis() -> None:
    fresh = replace(ranking(row("acme", points=9)), basis=basis(version="2"))
    found = settled(COMMITTED, fresh, TODAY)
    assert replace(found, corrections=()) == fresh


def one(before: PartnerMonth, after: PartnerMonth) -> str:
    same = {"homepage": ("acme",)}
    [sentence] = changes(ranking(before, **same), ranking(after, **same))
    return sentence


MEMBER = MemberMonth(name="Ada", github="example-ada", points=5)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (row(points=15), row(points=20), "acme: points 20 instead of 15."),
        (row(rank=1), row(rank=2), "acme: rank 2 instead of 1."),
        (row(rank=1), row(rank=None), "acme: rank none instead of 1."),
        (row(rank=None), row(rank=4), "acme: rank 4 instead of none."),
        (
            row(standing=standing("at risk")),
            row(standing=standing("active")),
            "acme: standing active instead of at risk.",
        ),
        (
            row(findings=(finding(Outcome.UNKNOWN),)),
            row(findings=(finding(Outcome.MET),)),
            "acme: required amount met instead of unknown.",
        ),
        (
            row(),
            row(findings=(finding(Outcome.MET),)),
            "acme: required amount met instead of nothing.",
        ),
        (
            row(findings=(finding(Outcome.MET),)),
            row(),
            "acme: required amount nothing instead of met.",
        ),
        (
            row(points=5, rank=1, standing=standing()),
            row(points=9, rank=2, standing=standing("lapsed")),
            "acme: points 9 instead of 5; rank 2 instead of 1; standing lapsed instead of active.",
        ),
        (row(members=()), row(members=(MEMBER,)), "acme: details."),
        (
            row(contributions="sha256:0"),
            row(contributions="sha256:1"),
            "acme: the same points from other contributions.",
        ),
        (
            row(points=5, contributions="sha256:0"),
            row(points=9, contributions="sha256:1"),
            "acme: points 9 instead of 5.",
        ),
        (
            row(points=9, contributions="sha256:1"),
            row(points=5, contributions="sha256:0"),
            "acme: points 5 instead of 9.",
        ),
        (
            row(findings=(finding(Outcome.MET, "USD 100 paid."),)),
            row(findings=(finding(Outcome.MET, "USD 200 paid."),)),
            "acme: details.",
        ),
        (row(standing=standing(missed=0)), row(standing=standing(missed=1)), "acme: details."),
        (row(name="Acme"), row(name="Acme GmbH"), "acme: details."),
    ],
)
def test_what_is_said_of_a_partner(
    before: PartnerMonth, after: PartnerMonth, sentence: str
) -> None:
    assert one(before, after) == sentence


def test_partners_come_and_go() -> None:
    kept = {"homepage": ()}
    acme, globex = row("acme", 1), row("globex", 1)
    assert changes(ranking(acme, **kept), ranking(acme, globex, **kept)) == (
        "globex: was not there.",
    )
    assert changes(ranking(acme, globex, **kept), ranking(acme, **kept)) == (
        "globex: no partner any more.",
    )


def test_the_homepage_and_people() -> None:
    other = replace(COMMITTED, homepage=("globex", "acme", "initech"))
    assert changes(COMMITTED, other) == (
        "homepage: globex, acme and initech instead of acme, globex and initech.",
    )
    nobody = replace(COMMITTED, homepage=())
    assert changes(COMMITTED, nobody) == ("homepage: nobody instead of acme, globex and initech.",)
    somebody = Person(concern=Concern.RENAMED, github="x", partners=("acme",), now="y")
    assert changes(COMMITTED, replace(COMMITTED, people=(somebody,))) == (
        "people: others to settle than before.",
    )


def test_the_same_contributions_in_other_files_are_told() -> None:
    files = [(contribution_file(),), (contribution_file("2026-10.1.jsonl", lines=3),)]
    for one, other in (files, files[::-1]):
        before, after = (ranking(row(), contributions=each) for each in (one, other))
        assert changes(before, after) == ("contributions: the same, in other files.",)
        more = replace(after, partners=(row(points=20),))
        assert changes(before, more) == ("acme: points 20 instead of 15.",)


def test_all_that_differs_by_partner_then_the_rest() -> None:
    after = ranking(row("globex", 1), row("acme", 2), row("umbrella", 3))
    assert changes(COMMITTED, after) == (
        "acme: rank 2 instead of 1.",
        "globex: rank 1 instead of 2.",
        "initech: no partner any more.",
        "umbrella: was not there.",
        "homepage: globex, acme and umbrella instead of acme, globex and initech.",
    )


def test_corrections_accumulate_even_back_to_where_it_was() -> None:
    other = ranking(row("acme", points=20), row("globex", 2), row("initech", 3))
    first = settled(COMMITTED, other, TODAY)
    second = settled(first, COMMITTED, day("2026-12-02"))
    assert second.corrections == (
        Correction(day=TODAY, changes=("acme: points 20 instead of 15.",)),
        Correction(day=day("2026-12-02"), changes=("acme: points 15 instead of 20.",)),
    )
    assert settled(second, COMMITTED, day("2027-01-02")) is second
