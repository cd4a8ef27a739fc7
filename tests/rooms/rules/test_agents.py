"""A coding agent's pull request counts for who asked for it, if another person accepted it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attributed import ByOrganization, by_organization
from builders import (
    MAINTAINER,
    accepted,
    contribution,
    contribution_policy,
    day,
    member,
    month,
    month_of_work,
)
from community_partners.model.contribution import Account, Contribution
from community_partners.model.points import Points, total
from community_partners.model.program import Agents, ContributionPolicy, SelfMerged
from community_partners.rules.roster import roster_of
from many_cases import many

ADA = Account(login="example-ada", id=1)
BEN = Account(login="example-ben", id=2)  # a teammate who may push
EVE = Account(login="example-eve", id=66)  # of the other team
RIA = Account(login="example-ria", id=77)  # a stranger who may push
BOT = Account(login="example-merger", id=88, bot=True)
AGENT = Account(login="copilot-swe-agent", id=198982749, bot=True)
OCTOBER = month("2026-10")
TEAMS = {
    "acme": (member(ADA.login, id=1), member(BEN.login, id=2)),
    "globex": (member(EVE.login, id=66),),
}
NOBODY = contribution_policy(
    points={"pull request": 5, "review": 2, "issue": 1, "answer": 2},
    self_merged=SelfMerged(most_each_month=5),
)
REQUESTER = replace(NOBODY, agents=Agents.REQUESTER)


def told(*acts: Contribution, policy: ContributionPolicy = REQUESTER) -> ByOrganization:
    work = month_of_work(OCTOBER, *acts, may_push=(2, 77, 88, MAINTAINER.id))
    return by_organization(roster_of(TEAMS, ()), {OCTOBER: work}, policy)


def points(found: ByOrganization, slug: str = "acme") -> Points:
    return total(one.points for one in found.counted.get(slug, ()))


def reasons(found: ByOrganization) -> list[str]:
    return [one.reason for one in found.uncounted.get("acme", ())]


def pull(author: Account = ADA, **fields: object) -> Contribution:
    """An agent's, for the author, merged by the maintainer unless `fields` say otherwise."""
    how = accepted("pull request", **{"agent": AGENT, **fields})
    return contribution("2026-10-05", author, accepted=how)


def review(author: Account, of: Account = ADA, **fields: object) -> Contribution:
    how = accepted("review", **{"agent": AGENT, **fields})
    return contribution("2026-10-05", author, kind="review", of=of, accepted=how)


def issue(**fields: object) -> Contribution:
    how = accepted("issue", **{"branch": "main", "author": ADA, "agent": AGENT, **fields})
    return contribution("2026-10-05", BEN, kind="issue", accepted=how)


ALONE = "pull request of a coding agent that no other person accepted"
NOT_SAID = "pull request of a coding agent, and GitHub does not say who asked for it"
BOTS = "review of a bot's pull request"
TABLE: dict[str, tuple[Contribution, str | None]] = {
    "merged by the maintainer": (pull(), None),
    "merged by a teammate, whom the project trusts": (pull(by=BEN), None),
    "merged by who asked": (pull(by=ADA), ALONE),
    "merged by who asked under the old login": (pull(by=replace(ADA, login="old")), ALONE),
    "merged by who asked, approved by who may push": (pull(by=ADA, approved_by=(RIA,)), None),
    "merged and approved by who asked": (pull(BEN, by=BEN, approved_by=(BEN,)), ALONE),
    "merged by who asked, approved by a stranger": (pull(by=ADA, approved_by=(EVE,)), ALONE),
    "merged by who asked, approved by the agent": (pull(by=ADA, approved_by=(AGENT,)), ALONE),
    "merged by a bot": (pull(by=BOT), ALONE),
    "merged by a bot, approved by who asked": (pull(BEN, by=BOT, approved_by=(BEN,)), ALONE),
    "merged by a bot, approved by who may push": (pull(by=BOT, approved_by=(RIA,)), None),
    "merged by an account that is gone": (pull(by=None), ALONE),
    "GitHub does not say who asked": (pull(asked=False), NOT_SAID),
    "into a side branch": (
        pull(branch="side"),
        "pull request into a branch that does not count",
    ),
    "with the label": (pull(no_credit=True), "labeled no-credit"),
    "of a person, merged alone": (pull(by=ADA, agent=None), None),
    "a review by who asked": (review(ADA), "review of the team's own work"),
    "a review by a teammate": (review(BEN), "review of the team's own work"),
    "a review by another team": (review(ADA, of=EVE), None),
    "a review of one of which GitHub does not say who asked": (
        review(ADA, of=AGENT, asked=False),
        BOTS,
    ),
    "an issue that it closed": (issue(by=BEN), None),
    "an issue that one closed which who asked merged": (
        issue(by=BEN, approved_by=(), author=BEN),
        "issue that its author closed",
    ),
}


@pytest.mark.parametrize(("act", "reason"), TABLE.values(), ids=TABLE)
def test_who_accepted_an_agents(act: Contribution, reason: str | None) -> None:
    found = told(act)
    assert reasons(found) == ([reason] if reason else [])
    assert bool(points(found)) is (reason is None)


@pytest.mark.parametrize(
    "policy", [NOBODY, replace(REQUESTER, ignored_accounts=("Copilot-SWE-Agent[bot]",))]
)
def test_an_agent_that_does_not_count(policy: ContributionPolicy) -> None:
    found = told(pull(), review(BEN, of=EVE), policy=policy)
    counts = "pull request of a coding agent that counts for nobody"
    assert sorted(reasons(found)) == [counts, BOTS]


@pytest.mark.parametrize(
    ("fields", "counts"), [({}, True), ({"asked": False}, False), ({"by": EVE}, False)], ids=str
)
def test_who_asked_has_accepted_work(fields: dict[str, object], counts: bool) -> None:
    """Whoever asks a question may choose the answer with accepted work of their own."""
    how = accepted("answer", by=EVE)
    answer = contribution("2026-10-06", ADA, kind="answer", of=EVE, accepted=how)
    assert bool(points(told(answer, pull(EVE, **fields)))) is counts


def as_a_bots(act: Contribution) -> Contribution:
    """The same act as GitHub shows it to a program whose agents count for nobody."""
    how = act.accepted
    if how is None or how.agent is None:
        return act
    plain = replace(how, agent=None, asked=True)
    if act.kind == "pull request":
        return replace(act, by=AGENT, accepted=plain)
    if act.kind == "review":
        return replace(act, of=AGENT, accepted=plain)
    return replace(act, accepted=replace(plain, author=AGENT if how.asked else None))


PEOPLE = st.sampled_from([ADA, BEN, EVE, RIA])
ACCEPTING = st.sampled_from([ADA, BEN, EVE, RIA, BOT, MAINTAINER, None])


@st.composite
def acts(draw: st.DrawFn) -> list[Contribution]:
    """A month of pull requests, some by agents, with a review and a closed issue of each."""
    found: list[Contribution] = []
    for number in range(draw(st.integers(1, 6))):
        author, agent = draw(PEOPLE), draw(st.sampled_from([AGENT, None]))
        asked = agent is None or draw(st.booleans())
        at = f"https://github.com/project/core/pull/{number}"
        approved = tuple(draw(st.lists(st.sampled_from([ADA, BEN, RIA, BOT]), max_size=2)))
        how = accepted(
            "pull request", by=draw(ACCEPTING), approved_by=approved, agent=agent, asked=asked
        )
        on = day(f"2026-10-{draw(st.integers(1, 28)):02}")
        made = contribution("2026-10-05", author, accepted=how, url=at, title=f"Part {number}")
        found.append(replace(made, day=on))
        reviewer, reporter = draw(PEOPLE), draw(PEOPLE)
        seen = review(reviewer, of=author if asked else AGENT, agent=agent, asked=asked)
        found.append(replace(seen, day=on, url=f"{at}#pullrequestreview-{number}"))
        closed = replace(how, author=author) if asked else accepted("issue", by=how.by)
        shut = contribution("2026-10-05", reporter, kind="issue", accepted=closed)
        found.append(replace(shut, day=on, url=f"https://github.com/project/core/issues/9{number}"))
    return found


@settings(max_examples=many(500))
@given(acts())
def test_requester_takes_points_from_nobody_and_changes_only_agents_work(
    month_of: list[Contribution],
) -> None:
    before = told(*map(as_a_bots, month_of), policy=NOBODY)
    after = told(*month_of, policy=REQUESTER)
    for slug in TEAMS:
        assert points(after, slug) >= points(before, slug)
    agents = {one.url for one in month_of if one.accepted and one.accepted.agent}
    if not agents:
        assert after == before
    for slug in TEAMS:
        was = {one.contribution.url for one in before.counted.get(slug, ())}
        now = {one.contribution.url: one for one in after.counted.get(slug, ())}
        assert {url for url in now if url not in was} <= agents
        for one in now.values():
            if one.contribution.made_by:
                assert not one.self_merged
                assert one.contribution.accepted is not None
                assert one.contribution.accepted.asked


@settings(max_examples=many(500))
@given(acts())
def test_nobody_gains_by_what_nobody_but_the_person_said(month_of: list[Contribution]) -> None:
    """Whatever a person merges or approves alone, or is only named for, brings that person none."""
    for act in month_of:
        how = act.accepted
        if act.kind != "pull request" or how is None or how.agent is None:
            continue
        others = {how.by, *(one for one in how.approved_by if one.id in (2, 77))} - {
            None,
            BOT,
            act.by,
        }
        if not how.asked or not others:
            assert not any(one.points for one in told(act).counted.get("acme", ()))
