"""Flags of a month: for each kind a month that raises it, beside one that does not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import MAINTAINER, accepted, answered, claimed, day, member, month_of_work, program
from community_partners.model.application import Confirmation, ConfirmedBy, Member
from community_partners.model.contribution import Account, Contribution
from community_partners.model.fair_play import Burst, FairPlay, Flag, FlagKind, OnePerson, Ring
from community_partners.model.ranking import PartnerMonth, Ranking
from community_partners.rules.corrections import settled
from community_partners.rules.titles import title_without_names
from many_cases import many
from month_builders import OCTOBER, act, month_evidence, month_work, partner, ranking, result, row

ADA, BOB = "acme-1", "acme-2"
OTHER = Account(login="example-reviewer", id=77)
ASKED = FairPlay(
    near_duplicates=3,
    burst=Burst(last_days=3, percent=60, contributions=3),
    ring=Ring(contributions=4, people=1),
    one_person=OnePerson(percent=80, points=25),
    reverted=1,
    shared_claims=3,
)
NOBODY = Confirmation(by=ConfirmedBy.NOBODY, on=day("2026-01-01"))


def pulls(*days: int, by: str = ADA, **fields: Any) -> list[Contribution]:
    """A pull request on each of these days of October."""
    return [act(f"2026-10-{on:02}", by, number, **fields) for number, on in enumerate(days)]


def titled(*titles: str, by: str = ADA) -> list[Contribution]:
    return [
        act("2026-10-05", by, number, title=title, accepted=_by(number))
        for number, title in enumerate(titles)
    ]


def _by(number: int) -> Any:
    """The word of one of two people."""
    return accepted("pull request", by=(MAINTAINER, OTHER)[number % 2])


def named(*pages: str) -> list[Contribution]:
    """Claims of events, on days of their own."""
    return [
        claimed(f"2026-10-{number + 1:02}", ADA, url=page, title=f"Evening {number}")
        for number, page in enumerate(pages)
    ]


def month_of(
    acts: list[Contribution], asked: FairPlay, *team: Member, claims: bool = False
) -> PartnerMonth:
    here = partner("acme", *(team or (member(ADA), member(BOB))))
    fields: dict[str, Any] = {"work": month_work(*acts)}
    if claims:
        fields = {"work": month_work(), "claims": answered((month_of_work(OCTOBER, *acts),))}
    evidence = month_evidence([here], **fields)
    [found] = result([here], evidence, policy=program(fair_play=asked)).partners
    return found


def only(**asked: Any) -> FairPlay:
    return FairPlay(**asked)


LANDED = titled("Mend the gate")[0]
BACK = act("2026-10-06", "example-stranger", 7, title='Revert "Mend the gate"')
AGAIN = act("2026-10-07", ADA, 8, title="Mend the gate")
PAGE = "https://meetup.example/evenings"
CASES: dict[str, tuple[FlagKind, FairPlay, list[Contribution], list[Contribution]]] = {
    "titles that differ in numbers and files": (
        FlagKind.NEAR_DUPLICATES,
        only(near_duplicates=3),
        titled("Fix typo in docs/a.md", "Fix typo in docs/b.md", "Fix typo in `README`"),
        titled("Fix typo in docs/a.md", "Fix typo in docs/b.md", "Fix test in docs/c.md"),
    ),
    "by one person": (
        FlagKind.NEAR_DUPLICATES,
        only(near_duplicates=3),
        titled("Step 1", "Step 2", "Step 3"),
        [*titled("Step 1", "Step 2"), *titled("Step 3", by=BOB)],
    ),
    "much at the end": (
        FlagKind.BURST,
        only(burst=ASKED.burst),
        pulls(1, 2, 29, 30, 31, 31),
        pulls(1, 2, 28, 29, 30, 31),
    ),
    "few at the end": (
        FlagKind.BURST,
        only(burst=ASKED.burst),
        pulls(29, 30, 31),
        pulls(30, 31),
    ),
    "accepted by one person": (
        FlagKind.RING,
        only(ring=ASKED.ring),
        pulls(1, 2, 3, 4),
        [*pulls(1, 2, 3), *pulls(4, accepted=_by(1))],
    ),
    "accepted by somebody in the team": (
        FlagKind.RING,
        only(ring=Ring(contributions=4, people=0)),
        pulls(1, 2, 3, 4, accepted=accepted("pull request", by=Account(login=BOB))),
        pulls(1, 2, 3, 4),
    ),
    "too few accepted": (FlagKind.RING, only(ring=ASKED.ring), pulls(1, 2, 3, 4), pulls(1, 2, 3)),
    "an approval by somebody who may push": (
        FlagKind.RING,
        only(ring=ASKED.ring),
        pulls(1, 2, 3, 4, accepted=accepted("pull request", approved_by=(OTHER,))),
        pulls(1, 2, 3, 4, accepted=accepted("pull request", by=OTHER, approved_by=(MAINTAINER,))),
    ),
    "most by one of two": (
        FlagKind.ONE_PERSON,
        only(one_person=ASKED.one_person),
        [*pulls(1, 2, 3, 4, 5), *pulls(6, by=BOB)],
        [*pulls(1, 2, 3, 4), *pulls(6, by=BOB)],
    ),
    "a team with few points": (
        FlagKind.ONE_PERSON,
        only(one_person=ASKED.one_person),
        pulls(1, 2, 3, 4, 5),
        pulls(1, 2, 3, 4),
    ),
    "landed again": (
        FlagKind.REVERTED,
        only(reverted=1),
        [LANDED, BACK, AGAIN],
        [LANDED, AGAIN],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_month_that_raises_it_and_one_that_does_not(name: str) -> None:
    kind, asked, raises, does_not = CASES[name]
    [flag] = month_of(raises, asked).flags
    assert flag.kind is kind
    assert set(flag.addresses) <= {one.url for one in raises}
    assert flag.addresses
    assert month_of(does_not, asked).flags == ()
    assert month_of(raises, FairPlay()).flags == (), "off without its threshold"


def test_claims_of_one_address() -> None:
    asked = only(shared_claims=3)
    [flag] = month_of(named(PAGE, PAGE + "?utm_source=mail", PAGE), asked, claims=True).flags
    assert (flag.kind, flag.facts) == (FlagKind.SHARED_CLAIMS, "3 claims name one address.")
    assert month_of(named(PAGE, PAGE, PAGE + "/3"), asked, claims=True).flags == ()
    assert month_of(named(PAGE, PAGE, PAGE), FairPlay(), claims=True).flags == ()


@pytest.mark.parametrize(
    ("other", "seats", "flagged"),
    [
        (member(BOB), 2, True),
        (member(BOB, until=day("2026-10-01")), 2, True),
        (member(BOB, until=day("2026-09-30")), 1, False),
        (member(BOB, since=day("2026-11-01")), 1, False),
        (member(BOB, confirmation=NOBODY), 1, False),
        (member(BOB, id=5, since=day("2026-10-20")), 2, True),
    ],
)
def test_who_is_in_the_team(other: Member, seats: int, *, flagged: bool) -> None:
    found = month_of(pulls(1, 2, 3, 4, 5), ASKED, member(ADA), other)
    assert found.seats == seats
    assert (FlagKind.ONE_PERSON in {one.kind for one in found.flags}) is flagged


def test_one_person_with_two_seats_is_one() -> None:
    team = (member(ADA, id=1, until=day("2026-10-05")), member(ADA, id=1, since=day("2026-10-09")))
    assert month_of([], FairPlay(), *team).seats == 1


def test_facts_and_threshold_are_plain_and_ten_addresses_enough() -> None:
    asked = only(near_duplicates=3)
    [flag] = month_of(titled(*(f"Step {number}" for number in range(12))), asked).flags
    assert flag == Flag(
        kind=FlagKind.NEAR_DUPLICATES,
        facts="12 pull requests of acme-1 have the same title but for numbers and names of files.",
        threshold="3 pull requests of one person",
        addresses=flag.addresses,
    )
    assert len(flag.addresses) == 10


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Update README.md", "update"),
        ("Update src/app/config_2.yml (#12)", "update"),
        ("Update `any name`: part 3", "update part"),
        ("[5.2] Fix typo in a-b/c-d.md", "fix typo in"),
        ("Fix typo. And more", "fix typo and more"),
        ("config.php", ""),
        ("Überarbeite Größe 7", "überarbeite grösse"),
    ],
)
def test_titles_without_names(title: str, left: str) -> None:
    assert title_without_names(title) == left


ACTS = st.lists(
    st.tuples(st.integers(1, 31), st.sampled_from((ADA, BOB, "globex-1")), st.integers(0, 3)),
    max_size=25,
)
NUMBER = st.none() | st.integers(1, 4)
THRESHOLDS = st.builds(
    FairPlay,
    near_duplicates=NUMBER,
    burst=st.none()
    | st.builds(
        Burst,
        last_days=st.integers(1, 28),
        percent=st.integers(1, 99),
        contributions=st.integers(1, 3),
    ),
    ring=st.none() | st.builds(Ring, contributions=st.integers(1, 3), people=st.integers(0, 3)),
    one_person=st.none()
    | st.builds(OnePerson, percent=st.integers(1, 99), points=st.integers(1, 20)),
    reverted=NUMBER,
    shared_claims=NUMBER,
)
WORDS = ("Mend the gate", "Fix a.md", 'Revert "Mend the gate"', "Step 4")


@settings(max_examples=many(300))  # two months a case: 1,000 take 8 s
@given(ACTS, THRESHOLDS)
def test_a_flag_changes_no_points_no_rank_and_no_standing(
    drawn: list[tuple[int, str, int]], asked: FairPlay
) -> None:
    here = (partner("acme", member(ADA, share=50), member(BOB)), partner("globex"))
    acts = [
        act(f"2026-10-{on:02}", by, number, title=WORDS[words], accepted=_by(number))
        for number, (on, by, words) in enumerate(drawn)
    ]
    evidence = month_evidence(here, work=month_work(*acts))
    flagged = result(here, evidence, policy=program(fair_play=asked))
    plain = result(here, evidence, policy=program())
    assert without_flags(flagged) == plain
    assert all(not one.flags for one in plain.partners)
    assert all(len(flag.addresses) <= 10 for one in flagged.partners for flag in one.flags)


def without_flags(found: Ranking) -> Ranking:
    return replace(found, partners=tuple(replace(one, flags=()) for one in found.partners))


def test_a_month_that_differs_in_flags_or_seats_alone_is_not_corrected() -> None:
    """Months that were committed before have neither."""
    before = ranking(row("acme", 1))
    flag = Flag(kind=FlagKind.BURST, facts="Much.", threshold="more than little")
    after = ranking(row("acme", 1, seats=4, flags=(flag,)))
    assert settled(before, after, day("2026-11-26")) is before
    with_points = ranking(row("acme", 1, points=7, seats=4, flags=(flag,)), row("globex", 2))
    changed = settled(
        ranking(row("acme", 1, points=5), row("globex", 2)), with_points, day("2026-11-26")
    )
    assert changed.partners == with_points.partners
    assert changed.corrections[0].changes == ("acme: points 7 instead of 5.",)


@pytest.mark.parametrize(
    ("points", "seats", "each"),
    [
        (25, 2, "12.5"),
        (100, 3, "33.3"),
        (1, 4, "0.2"),  # 0.25, to the even digit
        (3, 4, "0.8"),  # 0.75
        (0, 5, "0.0"),
        (12, 1, "12.0"),
        (12, 0, None),
        (12, None, None),
    ],
)
def test_points_for_each_person(points: int, seats: int | None, each: str | None) -> None:
    found = row("acme", 1, points=points, seats=seats).points_each
    assert (None if found is None else str(found)) == each
