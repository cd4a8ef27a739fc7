"""A month of all partners: what is in each line, in which order, and that sums are sums."""

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import accepted, answered, contribution_policy, day, member, month, program, required
from community_partners.model.contribution import Acceptance, Account, MonthOfWork
from community_partners.model.month import Month
from community_partners.model.partner import Pause
from community_partners.model.points import Points
from community_partners.model.program import GitHubScope, RankingPolicy
from community_partners.model.ranking import PartnerMonth, Ranking
from community_partners.model.standing import Judged, Standing
from community_partners.model.verdict import Outcome
from community_partners.rules.month_case import shared
from community_partners.rules.month_result import month_result, partners_in
from community_partners.stored import dump_lines, load
from month_builders import (
    OCTOBER,
    act,
    basis,
    full_result,
    month_evidence,
    month_work,
    partner,
    ranking,
    result,
    row,
    standing,
)

ACME, GLOBEX, INITECH = partner("acme"), partner("globex"), partner("initech")
ALL = (ACME, GLOBEX, INITECH)


def pulls(**numbers: int) -> Any:
    """So many pull requests of each partner's first member, on the days of October."""
    acts = [
        act(f"2026-10-{number + 1:02}", f"{slug}-1", number)
        for slug, many in numbers.items()
        for number in range(many)
    ]
    return month_evidence(ALL, work=month_work(*acts))


def lines(found: Ranking) -> list[tuple[str, int | None, int | None, Points]]:
    return [(one.slug, one.rank, one.movement, one.points) for one in found.partners]


def by_slug(found: Ranking) -> dict[str, PartnerMonth]:
    return {one.slug: one for one in found.partners}


def test_by_rank_then_name() -> None:
    found = result(ALL, pulls(acme=1, globex=3, initech=1))
    assert lines(found) == [
        ("globex", 1, None, 15),
        ("acme", 2, None, 5),
        ("initech", 2, None, 5),
    ]
    assert found.homepage == ("globex", "acme", "initech")


def test_movement_is_in_places_since_the_month_before() -> None:
    before = ranking(row("acme", 1), row("globex", 3), row("initech", None), month=OCTOBER - 1)
    found = result(ALL, pulls(acme=2, globex=2, initech=3), before)
    assert lines(found) == [
        ("initech", 1, None, 15),
        ("acme", 2, -1, 10),
        ("globex", 2, 1, 10),
    ]


def test_who_is_suspended_or_hidden_stands_last_without_a_rank() -> None:
    here = (partner("acme", hidden=True), partner("globex", name="Zz"), INITECH)
    before = ranking(
        row("acme", None, hidden=True),
        row("globex", 1, standing=standing("at risk", missed=1)),
        row("initech", 2),
        month=OCTOBER - 1,
    )
    acts = [
        act(f"2026-10-{on}", one) for on in ("03", "04", "05") for one in ("acme-1", "initech-1")
    ]
    found = result(here, month_evidence(here, work=month_work(*acts)), before)
    assert lines(found) == [
        ("initech", 1, 1, 15),
        ("acme", None, None, 15),
        ("globex", None, None, 0),
    ]
    assert by_slug(found)["globex"].standing.standing is Standing.SUSPENDED
    assert by_slug(found)["acme"].hidden
    assert found.homepage == ("initech",)


def test_a_returning_partner_is_ranked_again_at_once() -> None:
    before = ranking(row("acme", None, standing=standing("lapsed", missed=4)), month=OCTOBER - 1)
    [line] = result([ACME], before=before).partners
    assert (line.rank, line.movement, line.standing) == (
        1,
        None,
        standing("active", since=OCTOBER),
    )


@pytest.mark.parametrize(
    ("accepted", "now", "judged"),
    [
        ("2026-10-10", "active", Judged.NEWCOMER),
        ("2026-10-01", "at risk", Judged.MISSED),
        ("2026-01-15", "lapsed", Judged.MISSED),
    ],
)
def test_a_lapsed_partner_that_is_accepted_anew_begins_anew(
    accepted: str, now: str, judged: Judged
) -> None:
    """It paid and did nothing in this month."""
    here = partner("acme", accepted=day(accepted))
    before = ranking(row("acme", None, standing=standing("lapsed", missed=4)), month=OCTOBER - 1)
    [line] = result([here], month_evidence([here], work=month_work()), before).partners
    assert (line.standing.standing, line.standing.judged) == (now, judged)
    assert (line.standing.since == OCTOBER, line.rank) == (
        (True, 1) if now != "lapsed" else (False, None)
    )


@pytest.mark.parametrize("slots", [0, 1, 2, 9])
def test_the_homepage_has_no_more_than_its_slots(slots: int) -> None:
    policy = program(ranking=RankingPolicy(homepage_slots=slots))
    found = result(ALL, pulls(acme=1, globex=3), policy=policy)
    assert found.homepage == ("globex", "acme")[:slots]


def test_newcomers_are_ranked_and_not_judged() -> None:
    here = (partner("acme", accepted=day("2026-10-15")), GLOBEX)
    found = by_slug(result(here, month_evidence(here, work=month_work())))
    assert (found["acme"].rank, found["acme"].standing.judged) == (1, Judged.NEWCOMER)
    assert found["acme"].standing.standing is Standing.ACTIVE
    assert found["globex"].standing.standing is Standing.AT_RISK


def test_who_was_accepted_later_is_not_there_yet() -> None:
    later = partner("later", accepted=day("2026-11-01"))
    last_day = partner("last-day", accepted=day("2026-10-31"))
    assert partners_in(OCTOBER, (ACME, later, last_day)) == (ACME, last_day)


def test_an_announced_pause_keeps_the_standing() -> None:
    pause = Pause(since=day("2026-10-01"), until=day("2026-12-31"), reason="A move.")
    away = partner("acme", pause=pause)
    before = ranking(row("acme", 1, standing=standing("at risk", missed=1)), month=OCTOBER - 1)
    [line] = result([away], month_evidence([away], work=month_work()), before).partners
    assert line.standing == standing("at risk", missed=1, judged=Judged.PAUSED)


def test_what_each_did_with_its_address() -> None:
    team = partner("acme", member("ben"), member("ada", name="Ada"), member("idle"))
    acts = [
        act("2026-10-09", "ben", kind="review", url="https://a.example/3"),
        act("2026-10-07", "ada", kind="event", url="https://a.example/2"),
        act("2026-10-07", "ada", url="https://a.example/1"),
        act("2026-09-30", "ada", url="https://a.example/0"),
    ]
    claimed = act("2026-10-08", "ada", kind="event", url="https://a.example/talk")
    claims = answered(
        (
            MonthOfWork(month=OCTOBER, contributions=(claimed,)),
            MonthOfWork(month=month("2026-09"), contributions=()),
        )
    )
    found = full_result([team], month_evidence([team], work=month_work(*acts), claims=claims))
    [line] = found.ranking.partners
    assert line.by_kind == {"event": 20, "pull request": 5, "review": 2}
    assert list(line.by_kind) == sorted(line.by_kind)
    told = [(one.github, one.name, one.points) for one in line.members]
    assert told == [("ada", "Ada", 25), ("ben", "Ben", 2)]
    counted = [(one.github, one.contribution.url[18:]) for one in found.counted["acme"]]
    assert counted == [("ada", "1"), ("ada", "2"), ("ada", "talk"), ("ben", "3")]


def test_what_two_claim_gives_neither_a_point() -> None:
    here = (partner("acme", member("ada")), partner("globex", member("ada"), member("ben")))
    acts = [act("2026-10-03", "ada"), act("2026-10-03", "ben")]
    found = result(here, month_evidence(here, work=month_work(*acts)))
    assert lines(found) == [("globex", 1, None, 5), ("acme", 2, None, 0)]
    assert [one.github for one in found.people] == ["ada"]


FAY = (
    member("fay", share=50, until=day("2026-10-12")),
    member("fay", share=30, since=day("2026-10-13"), until=day("2026-10-20")),
)
TEAMS = [
    partner("acme", member("ada"), member("ben", until=day("2026-10-15")), member("fay", share=50)),
    partner("globex", member("ben", since=day("2026-10-16")), member("chi"), *FAY),
    partner("initech", member("chi", since=day("2026-10-20")), hidden=True),
    partner("umbrella", member("dan"), accepted=day("2026-10-05")),
]
KINDS = st.sampled_from(["pull request", "review", "issue", "painting"])
ACTS = st.lists(
    st.builds(
        lambda on, who, number, kind: act(f"{on:%Y-%m-%d}", who, number, kind=kind),
        st.dates(day("2026-08-01"), day("2026-10-31")),
        st.sampled_from(["ada", "ben", "chi", "dan", "eve", "fay"]),
        st.integers(0, 99),
        KINDS,
    ),
    max_size=25,
    unique_by=lambda one: one.url,
)


def read_again(found: Ranking) -> Ranking:
    return load(json.loads(dump_lines(found, Ranking)), Ranking)


@given(ACTS)
def test_sums_are_sums(acts: Any) -> None:
    found = full_result(TEAMS, month_evidence(TEAMS, work=month_work(*acts)))
    for line in found.ranking.partners:
        counted = found.counted[line.slug]
        assert line.points == sum(line.by_kind.values())
        assert line.points == sum(one.points for one in line.members)
        for one in line.members:
            assert one.points == sum(each.points for each in counted if each.github == one.github)
        days = [each.contribution.day for each in counted]
        assert days == sorted(days)
        assert all(OCTOBER.first_day <= on <= OCTOBER.last_day for on in days)
    worth = program().contribution.points
    divided: defaultdict[str, Points] = defaultdict(int)
    for each in (each for one in found.counted.values() for each in one):
        divided[each.contribution.url] += each.points
        most = worth[each.contribution.kind].points
        assert divided[each.contribution.url] <= most, "nothing counts twice"
    assert found.ranking == read_again(found.ranking), "halves are written and read"


@given(ACTS, st.permutations(TEAMS), st.randoms())
def test_no_order_of_reading_changes_a_month(acts: Any, here: Any, shuffle: Any) -> None:
    mixed = list(acts)
    shuffle.shuffle(mixed)
    found = result(TEAMS, month_evidence(TEAMS, work=month_work(*acts)))
    assert result(here, month_evidence(TEAMS, work=month_work(*mixed))) == found


@given(ACTS, st.sampled_from(["ada", "chi", "dan"]))
def test_one_more_contribution_never_lowers_a_partner(acts: Any, who: str) -> None:
    """Of a member whom no other partner names on that day."""
    more = act("2026-10-10", who, 1000)
    before = by_slug(result(TEAMS, month_evidence(TEAMS, work=month_work(*acts))))
    after = by_slug(result(TEAMS, month_evidence(TEAMS, work=month_work(*acts, more))))
    slug = {"ada": "acme", "chi": "globex", "dan": "umbrella"}[who]
    assert after[slug].points == before[slug].points + 5
    met = [one.outcome is Outcome.MET for one in before[slug].findings]
    still = [one.outcome is Outcome.MET for one in after[slug].findings]
    assert all(now or not then for then, now in zip(met, still, strict=True))
    was, is_ = before[slug].rank, after[slug].rank
    assert was is None or (is_ is not None and is_ <= was)


@given(
    ACTS,
    st.dictionaries(st.integers(0, 24), st.sampled_from(["2026-07-03", "2026-08-03"])),
    st.sampled_from([TEAMS, TEAMS[:3]]),
)
def test_months_of_work_are_attributed_once_with_the_same_result(
    acts: Any, shown_again: dict[int, str], teams_before: Any
) -> None:
    """Some acts are shown in an earlier month as well; a team may not be there in September."""
    twins = [
        replace(one, day=day(shown_again[at]))
        for at, one in enumerate(acts)
        if at in shown_again and Month.of(one.day) != Month.of(day(shown_again[at]))
    ]
    work = month_work(*acts, *twins, months=4)
    earlier = shared(
        teams_before, month_evidence(teams_before, work=work, month=OCTOBER - 1), program()
    )
    seen = month_evidence(TEAMS, work=work)
    asked = {each.slug: required() for each in TEAMS}
    found = []
    for prepared in (None, earlier):
        kept: dict[str, Any] = {}

        def keep(slug: str, *entries: Any, kept: dict[str, Any] = kept) -> None:
            kept[slug] = entries

        common = shared(TEAMS, seen, program(), prepared)
        ranking = month_result(TEAMS, common, asked, {}, basis(), keep=keep)
        found.append((ranking, kept))
    assert found[0] == found[1]


def test_what_was_reverted_and_brought_again_counts_once_in_all_months() -> None:
    """Into one branch: only the revert between tells that it is the same change again."""

    def brought(on: str, number: int, title: str) -> Any:
        return act(on, "acme-1", number, title=title)

    plain = [brought("2026-09-05", 1, "Mend it"), brought("2026-10-06", 2, "Mend it")]
    revert = brought("2026-09-20", 3, 'Revert "Mend it"')
    other = brought("2026-09-20", 3, 'Revert "Paint it"')
    for acts, points in (([*plain, revert], 0), ([*plain, other], 5), (plain, 5)):
        found = result([ACME], month_evidence([ACME], work=month_work(*acts)))
        assert by_slug(found)["acme"].points == points


@pytest.mark.parametrize(
    ("first", "then", "points"),
    [("main", "6.x", 0), ("6.x", "main", 0), ("6.x", "6.x", 5), ("main", "main", 5)],
)
def test_a_change_that_came_to_two_branches_counts_once_in_all_months(
    first: str, then: str, points: int
) -> None:
    """Under one title into one branch, it is more work."""
    scope = GitHubScope(organizations=("project",), branches=("[0-9]*",))
    policy = program(contribution=contribution_policy(github=scope))
    acts = [
        act(on, "acme-1", title="Mend it", accepted=accepted("pull request", branch=branch))
        for on, branch in (("2026-09-05", first), ("2026-10-06", then))
    ]
    found = result([ACME], month_evidence([ACME], work=month_work(*acts)), policy=policy)
    assert by_slug(found)["acme"].points == points


def test_an_answer_rests_on_the_months_of_its_own_ranking() -> None:
    """Who chose the answer in August had worked in July only, which October does not look at."""
    asker = Account(login="example-asker", id=70)
    chosen = Acceptance(by=asker)
    answer = act("2026-08-10", "acme-1", kind="answer", of=asker, accepted=chosen)
    policy = program(contribution=contribution_policy(points={"pull request": 5, "answer": 2}))
    acts = [act("2026-07-05", asker), answer, act("2026-09-01", "acme-1")]
    work = month_work(*acts, months=4)
    september = month_evidence([ACME], work=work, month=OCTOBER - 1)
    earlier = shared([ACME], september, policy)
    assert earlier.work.points[OCTOBER - 2]["acme"] == 2
    october = month_evidence([ACME], work=work)
    assert "acme" not in shared([ACME], october, policy).work.points[OCTOBER - 2]
    assert "acme" not in shared([ACME], october, policy, earlier).work.points[OCTOBER - 2]


@pytest.mark.parametrize(("committed", "outcome"), [(9, Outcome.NOT_MET), (10, Outcome.MET)])
def test_a_committed_month_is_in_no_doubt(committed: int, outcome: Outcome) -> None:
    """In September, two partners name one person today; the month counts as it was decided."""
    here = [partner("acme", member("ada"), member("ben")), partner("globex", member("ben"))]
    acts = [
        *(act("2026-10-05", "ada", number) for number in range(6)),
        *(act("2026-09-05", "ben", number) for number in range(6)),
    ]
    before = ranking(row("acme", points=committed), month=OCTOBER - 1)
    found = result(here, month_evidence(here, work=month_work(*acts)), before)
    assert by_slug(found)["acme"].findings[-1].outcome is outcome


def test_work_without_points_breaks_no_tie() -> None:
    """A second contributor, and a second kind, whose contributions bring no points."""
    policy = program(contribution=contribution_policy(points={"pull request": 5, "greeting": 0}))
    teams = [partner("acme", member("ada")), partner("zebra", member("zoe"), member("zed"))]
    acts = [
        act("2026-10-05", "ada"),
        act("2026-10-05", "zoe"),
        act("2026-10-06", "zed", kind="greeting"),
    ]
    found = result(teams, month_evidence(teams, work=month_work(*acts)), policy=policy)
    assert found.homepage == ("acme", "zebra"), "the name decides"
