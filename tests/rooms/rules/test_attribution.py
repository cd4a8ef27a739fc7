"""Whose work counts for whom: several organizations at a time, logins that change hands."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attributed import ByOrganization, by_organization
from builders import accepted, contribution_policy, day, member, month_of_work
from community_partners.model.application import Member
from community_partners.model.contribution import Account, Contribution
from community_partners.model.evidence import AccountCheck, AccountKind
from community_partners.model.month import Month
from community_partners.model.points import Points
from community_partners.model.program import ContributionPolicy
from community_partners.rules.attribution import TAKEN
from community_partners.rules.roster import Roster, roster_of
from month_builders import act

POLICY = contribution_policy()
ADA, BEN, CHI = "example-ada", "example-ben", "example-chi"
OUTSIDE = "outside the member's time with the organization"
NEVER = "by an account that never counts"


def known(**ids: int | None) -> tuple[AccountCheck, ...]:
    """What GitHub says of logins today; None: no account has it."""
    return tuple(
        AccountCheck(
            login=name.replace("_", "-"),
            kind=AccountKind.MISSING if number is None else AccountKind.PERSON,
            id=number,
        )
        for name, number in ids.items()
    )


def attributed(
    teams: Mapping[str, Sequence[Member]],
    *acts: Contribution,
    accounts: tuple[AccountCheck, ...] = (),
) -> ByOrganization:
    return with_roster(roster_of(teams, accounts), *acts)


def with_roster(
    roster: Roster, *acts: Contribution, policy: ContributionPolicy = POLICY
) -> ByOrganization:
    months = {Month.of(act.day) for act in acts}
    return by_organization(roster, {one: month_of_work(one, *acts) for one in months}, policy)


def counted(found: ByOrganization) -> dict[str, list[str]]:
    """The days that count, by organization."""
    return {
        slug: [str(one.contribution.day) for one in entries]
        for slug, entries in found.counted.items()
    }


def contested(found: ByOrganization) -> dict[str, list[str]]:
    return {
        slug: [str(one.contribution.day) for one in entries]
        for slug, entries in found.contested.items()
    }


def uncounted(found: ByOrganization) -> dict[str, dict[str, int]]:
    return {
        slug: dict(Counter(one.reason for one in entries))
        for slug, entries in found.uncounted.items()
        if entries
    }


def by(login: str, number: int | None = None, **fields: Any) -> Account:
    return Account(login=login, id=number, **fields)


def stay(login: str, since: str, until: str | None = None, **fields: Any) -> Member:
    return member(login, since=day(since), until=day(until) if until else None, **fields)


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        ("2026-10-04", False),
        ("2026-10-05", True),
        ("2026-10-20", True),
        ("2026-10-21", False),
    ],
)
def test_a_member_counts_from_the_first_day_to_the_last(on: str, counts: bool) -> None:
    found = attributed({"acme": [stay(ADA, "2026-10-05", "2026-10-20")]}, act(on, ADA))
    assert counted(found) == ({"acme": [on]} if counts else {})
    assert uncounted(found) == ({} if counts else {"acme": {OUTSIDE: 1}})


def test_what_two_claim_on_one_day_counts_for_neither() -> None:
    teams = {
        "acme": [stay(ADA, "2025-01-01", "2026-10-10")],
        "globex": [stay(ADA, "2026-10-10")],
    }
    days = [act(f"2026-10-{on}", ADA) for on in ("09", "10", "11")]
    found = attributed(teams, *days)
    assert counted(found) == {"acme": ["2026-10-09"], "globex": ["2026-10-11"]}
    assert contested(found) == {"acme": ["2026-10-10"], "globex": ["2026-10-10"]}
    assert uncounted(found) == {}


def test_who_moves_on_the_next_day_is_with_one_at_a_time() -> None:
    teams = {
        "acme": [stay(ADA, "2025-01-01", "2026-10-10")],
        "globex": [stay(ADA, "2026-10-11")],
    }
    found = attributed(teams, act("2026-10-10", ADA), act("2026-10-11", ADA))
    assert counted(found) == {"acme": ["2026-10-10"], "globex": ["2026-10-11"]}
    assert (contested(found), uncounted(found)) == ({}, {})


def test_between_two_organizations_work_counts_for_neither_and_both_are_told() -> None:
    teams = {
        "acme": [stay(ADA, "2025-01-01", "2026-10-10")],
        "globex": [stay(ADA, "2026-10-20")],
    }
    found = attributed(teams, act("2026-10-15", ADA))
    assert (counted(found), contested(found)) == ({}, {})
    assert uncounted(found) == {"acme": {OUTSIDE: 1}, "globex": {OUTSIDE: 1}}


def test_one_person_in_two_lines_of_one_team_counts_once() -> None:
    """A renamed account may stand there under both of its logins."""
    team = [member("example-old", id=7), member("example-new")]
    found = attributed(
        {"acme": team},
        act("2026-10-05", by("example-new", 7)),
        accounts=known(example_old=None, example_new=7),
    )
    assert counted(found) == {"acme": ["2026-10-05"]}
    assert contested(found) == {}


@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_a_person_in_many_lines_of_one_team_is_one_person(lines: int) -> None:
    team = [member(f"example-name-{line}", id=7) for line in range(lines)]
    found = attributed({"acme": team}, act("2026-10-05", by("example-new", 7)))
    assert (counted(found), contested(found)) == ({"acme": ["2026-10-05"]}, {})
    found = attributed({"acme": team, "globex": team}, act("2026-10-05", by("example-new", 7)))
    assert counted(found) == {}
    assert contested(found) == {"acme": ["2026-10-05"], "globex": ["2026-10-05"]}


@pytest.mark.parametrize("days", [("03", "09", "05"), ("09", "05", "03")])
def test_all_is_told_by_day_whatever_limits_it(days: Sequence[str]) -> None:
    """Issues are counted after pull requests, and told among them."""
    acts = [
        act(f"2026-10-{on}", who, number, kind=kind, accepted=accepted(kind))
        for on in days
        for who in (ADA, BEN)
        for number, kind in enumerate(("issue", "pull request"))
    ]
    left = [act(f"2026-10-{on}", CHI) for on in days]
    teams = {
        "acme": [member(ADA), member(BEN), stay(CHI, "2025-01-01", "2026-09-30")],
        "globex": [member(BEN)],
    }
    found = attributed(teams, *acts, *left)
    told = ["2026-10-03", "2026-10-05", "2026-10-09"]
    twice = [on for on in told for _ in range(2)]
    assert counted(found) == {"acme": twice}
    assert contested(found) == {"acme": twice, "globex": twice}
    assert [str(one.contribution.day) for one in found.uncounted["acme"]] == told


ROW = tuple[str, Member, AccountCheck | None, Account, bool | None]
GONE = known(example_ada=None)[0]
ROWS: list[ROW] = [
    ("the recorded id decides", member(ADA, id=7), None, by(ADA, 7), True),
    ("a renamed account", member(ADA, id=7), None, by("example-new-name", 7), True),
    (
        "a renamed account, whose id the record lacks, before the rename was seen",
        member(ADA),
        known(example_ada=7)[0],
        by("example-new-name", 7),
        True,
    ),
    (
        "a login that somebody else took over since the id was recorded",
        member(ADA, id=7),
        known(example_ada=9)[0],
        by(ADA, 9),
        False,
    ),
    (
        "the renamed one goes on counting when its login was taken over",
        member(ADA, id=7),
        known(example_ada=9)[0],
        by("example-new-name", 7),
        True,
    ),
    ("another id than GitHub has now", member(ADA), known(example_ada=9)[0], by(ADA, 7), False),
    (
        "a login whose id nobody knows: the name has to do",
        member(ADA),
        known(example_ada=None)[0],
        by(ADA, 7),
        True,
    ),
    ("a login that was never looked up", member(ADA), None, by(ADA, 7), True),
    ("an act without an id, such as a claim", member(ADA, id=7), None, by(ADA), True),
    (
        "an act without an id, by a login that somebody else has now",
        member(ADA, id=7),
        known(example_ada=9)[0],
        by(ADA),
        None,
    ),
    (
        "an act without an id, by a login that nobody has now",
        member(ADA, id=7),
        GONE,
        by(ADA),
        True,
    ),
    ("capitals do not matter", member("Example-Ada"), None, by("EXAMPLE-ADA"), True),
    ("somebody else", member(ADA, id=7), None, by(BEN, 8), False),
]


@pytest.mark.parametrize(("why", "seat", "today", "account", "counts"), ROWS)
def test_the_person_behind_a_login(
    why: str, seat: Member, today: AccountCheck | None, account: Account, counts: bool | None
) -> None:
    checks = (today,) if today else ()
    roster = roster_of({"acme": [seat]}, checks)
    entry = act("2026-10-05", account)
    assert bool(roster.seats(entry.by)) is (counts is not False), why
    found = with_roster(roster, entry)
    assert counted(found) == ({"acme": ["2026-10-05"]} if counts else {}), why
    assert uncounted(found) == ({"acme": {TAKEN: 1}} if counts is None else {}), why


def test_the_login_of_the_record_is_told_whatever_it_is_now() -> None:
    found = attributed({"acme": [member(ADA, id=7, name="Ada")]}, act("2026-10-05", by("x", 7)))
    [entry] = found.counted["acme"]
    assert (entry.github, entry.member, entry.points) == (ADA, "Ada", 5)


OWN = {"review": "review of the team's own work", "answer": "answer to the team's own question"}


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize(
    ("of", "own"),
    [
        (BEN, True),
        (ADA, True),
        ("example-gone", False),
        ("example-later", False),
        ("example-globex", False),
        ("example-nobody", False),
    ],
    ids=["a-teammate", "herself", "ex-teammate", "not-yet", "another-partner", "a-stranger"],
)
def test_work_on_the_teams_own_work(kind: str, of: str, own: bool) -> None:
    """Who is a teammate is a question of that day."""
    acme = [
        member(ADA),
        member(BEN),
        stay("example-gone", "2024-01-01", "2026-10-04"),
        stay("example-later", "2026-10-06"),
    ]
    policy = contribution_policy(points={"review": 2, "answer": 2})
    entry = act("2026-10-05", ADA, kind=kind, of=by(of))
    roster = roster_of({"acme": acme, "globex": [member("example-globex")]}, ())
    found = with_roster(roster, entry, policy=policy)
    assert counted(found) == ({} if own else {"acme": ["2026-10-05"]})
    assert uncounted(found) == ({"acme": {OWN[kind]: 1}} if own else {})


def test_an_ex_teammates_review_counts_for_where_she_is_now() -> None:
    teams = {
        "acme": [stay(ADA, "2024-01-01", "2026-09-30"), member(BEN)],
        "globex": [stay(ADA, "2026-10-01")],
    }
    entry = act("2026-10-05", ADA, kind="review", of=by(BEN))
    assert counted(attributed(teams, entry)) == {"globex": ["2026-10-05"]}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (act("2026-10-05", by(ADA, bot=True)), NEVER),
        (act("2026-10-05", "dependabot"), NEVER),
        (act("2026-10-05", "Dependabot[bot]"), NEVER),
        (
            act("2026-10-05", ADA, kind="painting"),
            "painting: this kind gives no points in this program",
        ),
    ],
    ids=["bot", "ignored", "ignored-by-its-other-name", "unknown-kind"],
)
def test_what_never_counts_is_said(entry: Contribution, reason: str) -> None:
    team = [member(ADA), member("dependabot"), member("dependabot[bot]")]
    found = attributed({"acme": team}, entry)
    assert (counted(found), contested(found)) == ({}, {})
    assert uncounted(found) == {"acme": {reason: 1}}


def test_who_has_no_seat_is_not_even_told() -> None:
    found = attributed({"acme": [member(ADA)]}, act("2026-10-05", "example-stranger"))
    assert (counted(found), contested(found), uncounted(found)) == ({}, {}, {})


WORTH = {kind: one.points for kind, one in POLICY.points.items()}
DAYS = st.integers(1, 28).map(lambda on: day(f"2026-10-{on:02}"))
SHARES = st.sampled_from([100, 100, 70, 50, 30])
STAYS = st.tuples(st.sampled_from([ADA, BEN, CHI]), DAYS, st.none() | DAYS, SHARES).map(
    lambda one: member(one[0], since=one[1], until=one[2], share=one[3])
)
TEAMS = st.dictionaries(
    st.sampled_from(["acme", "globex", "initech"]),
    st.lists(STAYS, max_size=3, unique_by=lambda one: one.github),
)
ACTS = st.lists(
    st.tuples(DAYS, st.sampled_from([ADA, BEN, CHI]), st.sampled_from(["pull request", "review"])),
    max_size=8,
).map(
    lambda drawn: [
        act(str(on), login, number, kind=kind) for number, (on, login, kind) in enumerate(drawn)
    ]
)


@given(TEAMS, ACTS, st.randoms())
def test_laws(teams: dict[str, list[Member]], acts: list[Contribution], shuffle: Any) -> None:
    """Nothing counts twice, nothing is lost, and no order of reading changes anything."""
    found = attributed(teams, *acts)
    counting: defaultdict[str, Points] = defaultdict(int)
    for one in (one for each in found.counted.values() for one in each):
        counting[one.contribution.url] += one.points
        assert 0 < counting[one.contribution.url] <= WORTH[one.contribution.kind]
    claims = [one.contribution.url for each in found.contested.values() for one in each]
    assert not set(counting) & set(claims)
    assert all(claims.count(url) >= 2 for url in claims)
    told = sum(len(each) for each in found.uncounted.values())
    seated = [one for one in acts if roster_of(teams, ()).seats(one.by)]
    assert len(counting) + len(set(claims)) <= len(seated)
    assert len(counting) + len(claims) + told >= len(seated)
    mixed, order = list(acts), list(teams.items())
    shuffle.shuffle(mixed)
    shuffle.shuffle(order)
    again = attributed(dict(order), *mixed)
    assert (counted(again), contested(again), uncounted(again)) == (
        counted(found),
        contested(found),
        uncounted(found),
    )
