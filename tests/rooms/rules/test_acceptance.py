"""Only work that somebody else accepted counts, within the limits of a month.

The table names each way of getting points alone, and beside it its nearest honest neighbor.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attributed import ByOrganization, by_organization
from builders import (
    MAINTAINER,
    accepted,
    answered,
    claimed,
    contribution,
    contribution_policy,
    day,
    member,
    month_of_work,
)
from community_partners.evidence.work import as_committed
from community_partners.intake.ranking_files import repositories_name
from community_partners.model.contribution import (
    Acceptance,
    Account,
    Contribution,
    Opinion,
    Repository,
)
from community_partners.model.month import Month
from community_partners.model.points import Points, total
from community_partners.model.program import (
    ContributionPolicy,
    GitHubScope,
    KindOfContribution,
    SelfMerged,
)
from community_partners.rules.roster import roster_of
from community_partners.stored import dump
from many_cases import many

ADA = Account(login="example-ada", id=1)
BEN = Account(login="example-ben", id=2)  # may push
LEFT = Account(login="example-left", id=3)  # left the team in September
EVE = Account(login="example-eve", id=66)  # a stranger
RIA = Account(login="example-ria", id=77)  # a stranger who may push
BOT = Account(login="example-merger", id=88, bot=True)
IGNORED = Account(login="project-bot", id=89)
TEAM = (
    member(ADA.login, id=1),
    member(BEN.login, id=2),
    member(LEFT.login, id=3, until=day("2026-09-30")),
)
MAY_PUSH = (2, 77, 88, 89, 900)
NEVER_ALONE = contribution_policy(
    points={"pull request": 5, "review": 2, "issue": 1, "answer": 2, "event": 10},
    self_merged=SelfMerged(most_each_month=0),
    github=GitHubScope(organizations=("project",), branches=("[0-9]*",)),
)


def told(
    *acts: Contribution, policy: ContributionPolicy = NEVER_ALONE, **core: Any
) -> ByOrganization:
    """Whose work counts. `core`: what GitHub shows of the repository."""
    shown = {"may_push": MAY_PUSH, "merged_into": ("5.2", "main", "side"), **core}
    months = {Month.of(act.day) for act in acts}
    work = {month: month_of_work(month, *acts, **shown) for month in months}
    return by_organization(roster_of({"acme": TEAM}, ()), work, policy)


def points(found: ByOrganization) -> Points:
    return total(one.points for one in found.counted.get("acme", ()))


def reasons(found: ByOrganization) -> list[str]:
    return [one.reason for one in found.uncounted.get("acme", ())]


def pull(author: Account = ADA, on: str = "2026-10-05", **fields: Any) -> Contribution:
    """Merged by the maintainer into the default branch, unless `by` and `branch` say otherwise."""
    about = {key: fields.pop(key) for key in ("title", "url") if key in fields}
    return contribution(on, author, accepted=accepted("pull request", **fields), **about)


def review(author: Account = ADA, of: Account | None = EVE, **fields: Any) -> Contribution:
    how = accepted("review", **fields)
    return contribution("2026-10-05", author, kind="review", of=of, accepted=how)


def issue(**fields: Any) -> Contribution:
    return contribution("2026-10-05", ADA, kind="issue", accepted=accepted("issue", **fields))


def answer(chosen: Account | None, of: Account | None = EVE) -> Contribution:
    how = accepted("answer", by=chosen)
    return contribution("2026-10-05", ADA, kind="answer", of=of, accepted=how)


def claim(approved: Account) -> Contribution:
    """As a file names who approved it: by the login."""
    by = Account(login=approved.login.upper())
    return replace(claimed("2026-10-05", ADA.login), accepted=Acceptance(by=by))


ALONE = "merged by its author alone: above 0 points in a month"
SIDE = "pull request into a branch that does not count"
BRANCHES = "pull request that merges one branch into another"
LABELED = "labeled no-credit"
AGAIN = "pull request that reverts another one or brings it again"
COMMENT = "review that only comments"
TAKEN_BACK = "review that was dismissed or hidden"
OWN_COMMIT = "issue that its author's own commit closed"
NOT_YET = "answer chosen by who asked, of whom the project accepted no work yet"
TABLE: dict[str, tuple[Contribution, str | None]] = {
    "a pull request that the maintainer merged": (pull(), None),
    "one that a teammate merged, whom the project trusts": (pull(by=BEN), None),
    "one into a branch that the policy lists": (pull(branch="5.2"), None),
    "one into a side branch": (pull(branch="side"), SIDE),
    "one into nobody knows which branch": (pull(branch=None), SIDE),
    "one into a branch that ends like a listed one": (pull(branch="side-5.2"), SIDE),
    "one merged by its author": (pull(by=ADA), ALONE),
    "one merged by its author under the old login": (
        pull(by=Account(login="example-old", id=1)),
        ALONE,
    ),
    "one merged by its author, approved by who may push": (pull(by=ADA, approved_by=(RIA,)), None),
    "one merged by its author, approved by a teammate who may push": (
        pull(by=ADA, approved_by=(BEN,)),
        None,
    ),
    "one merged by its author, approved by a stranger": (pull(by=ADA, approved_by=(EVE,)), ALONE),
    "one merged by its author, approved by a bot that may push": (
        pull(by=ADA, approved_by=(BOT, IGNORED)),
        ALONE,
    ),
    "one merged by its author, who approved it": (pull(BEN, by=BEN, approved_by=(BEN,)), ALONE),
    "one merged by a bot": (pull(by=BOT), ALONE),
    "one merged by an ignored account": (pull(by=IGNORED), ALONE),
    "one merged by a bot, approved by who may push": (pull(by=BOT, approved_by=(RIA,)), None),
    "one merged by nobody knows whom": (pull(by=None), ALONE),
    "one branch merged into another": (pull(head="5.2"), BRANCHES),
    "the default branch merged into a listed one": (pull(head="main", branch="5.2"), BRANCHES),
    "a branch of work that is named like a listed one": (pull(head="5-mend"), None),
    "the same from a fork, in git's words": (
        pull(title="Merge branch '5.2' into main"),
        BRANCHES,
    ),
    "the same in short": (pull(title="Merge up 5.2 to 6.x", branch="6.x"), BRANCHES),
    "a merge of a branch of work": (pull(title="Merge mend into main"), None),
    "work on merging": (pull(title="Merge duplicates into the oldest contact"), None),
    "a revert": (pull(title='Revert "Mend the fence"'), AGAIN),
    "one with the label": (pull(no_credit=True), LABELED),
    "a review of one with the label": (review(no_credit=True), LABELED),
    "an issue with the label": (issue(no_credit=True), LABELED),
    "the revert of a revert": (pull(title='Reapply "Mend the fence"'), AGAIN),
    "a conventional revert": (pull(title="revert(core): mend the fence"), AGAIN),
    "a backport": (pull(title="[Backport 5.2] Mend the fence", branch="5.2"), AGAIN),
    "a backport by its branch": (pull(head="backport-12-to-5.2", branch="5.2"), AGAIN),
    "a backport with the branch in front": (
        pull(title="5.2 backport: mend the fence", branch="5.2"),
        AGAIN,
    ),
    "a backport with the branch behind": (
        pull(title="Mend the fence (5.2 backport)", branch="5.2"),
        AGAIN,
    ),
    "a port forward": (pull(title="Forward-port: mend the fence"), AGAIN),
    "what is landed again": (pull(title="Re-land mend the fence"), AGAIN),
    "a revert by its branch": (pull(head="revert-12-mend"), AGAIN),
    "a backport by a branch that names a branch": (pull(head="backport/main"), AGAIN),
    "a cherry-pick by its branch": (pull(head="cherry-pick-1a2b3c4"), AGAIN),
    "a branch of work on reverting": (pull(head="revert-2fa-dialog"), None),
    "a branch of work on backports": (pull(head="backport-docs"), None),
    "a branch of work on cherry-picking": (pull(head="cherry-pick-dialog"), None),
    "a cherry-pick": (pull(title="Cherry-pick: mend the fence"), AGAIN),
    "work on reverting": (pull(title="Revert to the saved draft with one click"), None),
    "work on backports": (pull(title="Backporting guide: say who decides"), None),
    "a review that approves": (review(), None),
    "a review that asks for changes": (review(opinion=Opinion.CHANGES_REQUESTED), None),
    "a review that only comments": (review(opinion=Opinion.COMMENTED), COMMENT),
    "a review without an opinion that we know": (review(opinion=None), COMMENT),
    "a dismissed review": (review(opinion=Opinion.DISMISSED), TAKEN_BACK),
    "a hidden review": (review(opinion=Opinion.HIDDEN), TAKEN_BACK),
    "a review of a teammate's": (review(of=BEN), "review of the team's own work"),
    "a review of a former teammate's": (review(of=LEFT), None),
    "a review of one's own": (review(of=ADA), "review of the team's own work"),
    "a review of a bot's": (review(of=BOT), "review of a bot's pull request"),
    "a review of an ignored account's": (review(of=IGNORED), "review of a bot's pull request"),
    "a review of a deleted account's": (
        review(of=None),
        "review of a pull request whose author's account was deleted",
    ),
    "a review of one into a side branch": (
        review(branch="side"),
        "review of a pull request into a branch that does not count",
    ),
    "an issue that the maintainer closed": (issue(), None),
    "an issue that its author closed": (issue(by=ADA), "issue that its author closed"),
    "an issue that a teammate closed": (issue(by=BEN), "issue closed by the team itself"),
    "an issue that a former teammate closed": (issue(by=LEFT), None),
    "an issue that a bot closed": (issue(by=BOT), "issue closed by a bot"),
    "an issue that an ignored account closed": (issue(by=IGNORED), "issue closed by a bot"),
    "an issue closed by an account that is gone": (
        issue(by=None),
        "issue closed by nobody that GitHub shows",
    ),
    "an issue that its author's own pull request closed, merged by the maintainer": (
        issue(branch="main", author=ADA),
        None,
    ),
    "an issue that its author's own pull request closed, merged by a teammate": (
        issue(by=BEN, branch="main", author=ADA),
        None,
    ),
    "an issue that its author's own pull request closed, merged alone": (
        issue(by=ADA, branch="main", author=ADA),
        "issue that its author closed",
    ),
    "the same, approved by who may push": (
        issue(by=ADA, branch="main", author=ADA, approved_by=(RIA,)),
        None,
    ),
    "an issue that a bot's pull request closed, merged by its author": (
        issue(by=ADA, branch="main", author=BOT),
        "issue that its author closed",
    ),
    "an issue that a pull request into a side branch closed": (
        issue(by=ADA, branch="side", author=EVE, approved_by=(RIA,)),
        "issue that its author closed",
    ),
    "an issue that its author's own commit closed": (issue(author=ADA), OWN_COMMIT),
    "an issue that the maintainer's commit closed": (issue(author=MAINTAINER), None),
    "an issue that a commit of nobody knows whom closed": (issue(author=None), None),
    "an answer that the maintainer chose": (answer(MAINTAINER), None),
    "an answer to a question whose author is gone": (answer(MAINTAINER, of=None), None),
    "an answer that a teammate chose": (answer(BEN), "answer chosen by the team itself"),
    "an answer that its own author chose": (answer(ADA), "answer chosen by the team itself"),
    "an answer that a bot chose": (answer(BOT), "answer chosen by a bot"),
    "an answer that nobody chose who is known": (
        answer(None),
        "answer chosen by nobody that GitHub shows",
    ),
    "an answer to a teammate": (answer(MAINTAINER, of=BEN), "answer to the team's own question"),
    "an answer that a fresh account asked for and chose": (answer(EVE), NOT_YET),
    "work of which nothing shows who accepted it": (
        replace(pull(), accepted=None),
        "pull request: nothing shows who accepted it",
    ),
    "an approved claim": (claim(MAINTAINER), None),
    "a claim that its person approved": (claim(ADA), "event approved by the team itself"),
    "a claim that a teammate approved": (claim(BEN), "event approved by the team itself"),
    "a claim that a former teammate approved": (claim(LEFT), None),
    "a claim that an ignored account approved": (claim(IGNORED), "event approved by a bot"),
    "a claim of which nothing shows who approved it": (claimed("2026-10-05", ADA.login), None),
}


@pytest.mark.parametrize(("act", "reason"), TABLE.values(), ids=TABLE)
def test_who_accepted_it(act: Contribution, reason: str | None) -> None:
    found = told(act)
    assert reasons(found) == ([reason] if reason else [])
    assert bool(points(found)) is (reason is None)


@pytest.mark.parametrize(
    ("why", "before", "counts"),
    [
        ("a merged pull request", pull(EVE, "2026-10-01"), True),
        ("one of the month before", pull(EVE, "2026-09-01"), True),
        ("one at the end of the month", pull(EVE, "2026-10-31"), True),
        ("one of a later month", pull(EVE, "2026-11-01"), False),
        ("one merged alone", pull(EVE, "2026-10-01", by=EVE), False),
        ("one into a side branch", pull(EVE, "2026-10-01", branch="side"), False),
        ("one of somebody else", pull(RIA, "2026-10-01"), False),
        ("a review alone", review(EVE, of=RIA), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_asked_may_choose_with_accepted_work_of_their_own(
    why: str, before: Contribution, counts: bool
) -> None:
    found = told(answer(EVE), before)
    assert reasons(found) == ([] if counts else [NOT_YET]), why


CAPPED = contribution_policy(
    points={
        "pull request": 5,
        "review": KindOfContribution(points=2, most_each_month=10),
        "issue": 1,
        "answer": 2,
    },
    self_merged=SelfMerged(most_each_month=7),
)


NUMBERLESS = Account(login=ADA.login)
OTHER = Account(login=BEN.login)
RENAMED = replace(ADA, login="example-new-name")


def several(count: int, act: Contribution, on: str = "2026-10") -> list[Contribution]:
    return [
        replace(
            act,
            day=day(f"{on}-{n + 1:02}"),
            url=f"https://a.example/{act.kind}/{act.by.login}/{on}/{n}",
            title=f"Part {n}",
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("why", "acts", "worth"),
    [
        ("reviews with rights, up to the limit of the kind", several(9, review(BEN)), 10),
        ("reviews without rights: half of a month", several(9, review(ADA)), 5),
        ("issues: half of a month", several(9, issue()), 5),
        ("answers: half of a month, the last one in part", several(9, answer(MAINTAINER)), 5),
        (
            "all that needs no right, together",
            [*several(9, review(ADA)), *several(9, issue()), *several(9, answer(MAINTAINER))],
            5,
        ),
        ("the same in two months", [*several(9, issue()), *several(9, issue(), "2026-09")], 10),
        (
            "both kinds of reviews within the limit of the kind",
            [*several(4, review(BEN)), *several(9, review(ADA))],
            10,
        ),
        ("merged alone: the limit of a person", several(9, pull(by=ADA)), 7),
        (
            "merged alone by two",
            [*several(9, pull(by=ADA)), *several(9, pull(BEN, by=BEN))],
            14,
        ),
        (
            "merged alone by two whose numbers nobody knows",
            [*several(9, pull(NUMBERLESS, by=NUMBERLESS)), *several(9, pull(OTHER, by=OTHER))],
            14,
        ),
        (
            "merged alone before and after a new name",
            [*several(9, pull(by=ADA)), *several(9, pull(RENAMED, by=RENAMED), "2026-10")],
            7,
        ),
        ("merged by others: no limit", several(9, pull()), 45),
        ("merged by others and alone", [*several(9, pull()), *several(9, pull(BEN, by=BEN))], 52),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_limits_of_a_month(why: str, acts: list[Contribution], worth: int) -> None:
    found = told(*acts, policy=CAPPED)
    assert points(found) == worth, why
    assert len(found.counted["acme"]) + len(reasons(found)) == len(acts), "each is told"
    above = [one for one in reasons(found) if "points in a month" in one]
    assert above == reasons(found)


def test_unlimited() -> None:
    policy = replace(CAPPED, self_merged=SelfMerged(most_each_month=None))
    assert points(told(*several(9, pull(by=ADA)), policy=policy)) == 45


CHANGE = "Mend the fence (#12)"


@pytest.mark.parametrize(
    ("why", "later", "counts"),
    [
        ("the same title into another branch", pull(branch="5.2", title="Mend the fence"), False),
        ("with the branch in front", pull(branch="5.2", title="[5.2] mend the fence"), False),
        ("with the branch behind", pull(branch="5.2", title="Mend the fence (5.2)"), False),
        ("with other signs", pull(branch="5.2", title="mend  the\u00a0fence!"), False),
        ("with a sign that nobody sees", pull(branch="5.2", title="Mend the fen\u200bce"), False),
        ("the same title into the same branch", pull(title="Mend the fence"), True),
        ("another title", pull(branch="5.2", title="Mend the fence, part 2"), True),
        ("by another author", pull(BEN, branch="5.2", title="Mend the fence"), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_that_its_author_brings_to_several_branches(
    why: str, later: Contribution, counts: bool
) -> None:
    """Beside changes that come once."""
    once = [
        pull(on=on, title=f"On {on}", url=f"https://a.example/{on}")
        for on in ("2026-09-04", "2026-09-06")
    ]
    first = pull(on="2026-09-05", title=CHANGE)
    later = replace(later, day=day("2026-10-06"), url="https://a.example/2")
    found = told(once[0], first, later, once[1])
    assert points(found) == 10 + (10 if counts else 5), why
    assert reasons(found) == ([] if counts else ["the same contribution again"])


REVERT = 'Revert "Mend the fence"'


@pytest.mark.parametrize(
    ("why", "between", "counts"),
    [
        ("reverted by its author", pull(title=REVERT, on="2026-09-20"), False),
        ("reverted by a stranger", pull(RIA, title=REVERT, on="2026-09-20"), False),
        ("reverted on the day of its merge", pull(title=REVERT, on="2026-09-05"), False),
        ("reverted before", pull(title=REVERT, on="2026-09-04"), True),
        ("reverted later", pull(title=REVERT, on="2026-10-07"), True),
        ("reverted in a side branch", pull(title=REVERT, on="2026-09-20", branch="side"), True),
        ("another one reverted", pull(title='Revert "Paint it"', on="2026-09-20"), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_that_is_landed_again_after_its_revert(
    why: str, between: Contribution, counts: bool
) -> None:
    first = pull(on="2026-09-05", title=CHANGE)
    later = replace(pull(title=CHANGE), day=day("2026-10-06"), url="https://a.example/2")
    found = told(first, replace(between, url="https://a.example/1"), later)
    assert points(found) == (10 if counts else 5), why


def test_what_its_author_merged_alone_takes_nothing_away() -> None:
    """In the month in which somebody else accepted the same change for another branch."""
    alone = pull(by=ADA, branch="5.2", on="2026-10-04", title=CHANGE, url="https://a.example/1")
    assert points(told(alone, pull(title=CHANGE))) == 5
    assert points(told(pull(title=CHANGE, on="2026-09-05"), alone)) == 5
    reverted = pull(title=REVERT, on="2026-10-05", url="https://a.example/2")
    alone = replace(alone, accepted=accepted("pull request", by=ADA, branch="main"))
    free = replace(NEVER_ALONE, self_merged=SelfMerged(most_each_month=None))
    assert points(told(alone, reverted, pull(title=CHANGE), policy=free)) == 5


def test_what_does_not_count_takes_nothing_away() -> None:
    """An issue that its author closed, and that the maintainer closed after it was open again."""
    again = "https://github.com/project/core/issues/1"
    alone = replace(issue(by=ADA), day=day("2026-09-05"), url=again)
    found = told(alone, replace(issue(), url=again))
    assert [str(one.contribution.day) for one in found.counted["acme"]] == ["2026-10-05"]
    side = pull(on="2026-09-05", branch="side", title="Mend the fence")
    assert points(told(side, pull(title="Mend the fence"))) == 5


# Laws, over random months.

MANY = many(600)
PEOPLE = (ADA, BEN, LEFT, EVE, RIA, BOT, IGNORED, MAINTAINER)
DAYS = st.integers(1, 28).map(lambda on: f"2026-10-{on:02}")
WHO = st.sampled_from(PEOPLE)
HOW = {
    "pull request": st.fixed_dictionaries(
        {
            "by": st.none() | WHO,
            "branch": st.sampled_from(["main", "5.2", "side"]),
            "head": st.sampled_from([None, "mend", "5.2", "main"]),
            "approved_by": st.lists(WHO, max_size=2, unique=True).map(tuple),
        }
    ),
    "review": st.fixed_dictionaries(
        {
            "opinion": st.sampled_from(Opinion),
            "branch": st.sampled_from(["main", "side"]),
        }
    ),
    "issue": st.fixed_dictionaries(
        {
            "by": st.none() | WHO,
            "author": st.none() | WHO,
            "branch": st.sampled_from([None, "main", "side"]),
            "approved_by": st.lists(WHO, max_size=1).map(tuple),
        }
    ),
    "answer": st.fixed_dictionaries({"by": st.none() | WHO}),
}


@st.composite
def an_act(draw: Any) -> Contribution:
    kind = draw(st.sampled_from(list(HOW)))
    number = draw(st.integers(0, 10**9))
    return contribution(
        draw(DAYS),
        draw(WHO),
        kind=kind,
        title=draw(
            st.sampled_from(["Mend the fence", "Paint it", 'Revert "Paint it"', str(number)])
        ),
        url=f"https://github.com/project/core/{kind}/{number}",
        of=draw(st.none() | WHO) if kind in ("review", "answer") else None,
        accepted=accepted(kind, **draw(HOW[kind])),
    )


ACTS = st.lists(an_act(), max_size=12, unique_by=lambda one: one.url)
POLICIES = st.builds(
    lambda review, answer, alone, month: contribution_policy(
        points={
            "pull request": 5,
            "review": KindOfContribution(points=2, most_each_month=review),
            "issue": 1,
            "answer": KindOfContribution(points=2, most_each_month=answer),
        },
        points_each_month=month,
        self_merged=SelfMerged(most_each_month=alone),
        github=GitHubScope(organizations=("project",), branches=("[0-9]*",)),
    ),
    st.none() | st.integers(0, 12),
    st.none() | st.integers(0, 12),
    st.none() | st.integers(0, 12),
    st.integers(0, 20),
)


def by_the_team_alone(act: Contribution) -> Contribution:
    """The same act, accepted by nobody but its author or a fresh account."""
    how = act.accepted
    assert how is not None
    if act.kind == "pull request":
        return replace(act, accepted=replace(how, branch="side"))
    if act.kind == "review":
        return replace(act, accepted=replace(how, opinion=Opinion.COMMENTED))
    if act.kind == "issue":
        return replace(act, accepted=accepted("issue", by=act.by))
    return replace(act, accepted=accepted("answer", by=EVE), of=EVE)


@settings(max_examples=MANY)
@given(ACTS, ACTS, POLICIES)
def test_acts_that_nobody_else_accepted_change_no_points(
    acts: list[Contribution], more: list[Contribution], policy: ContributionPolicy
) -> None:
    known = {act.url for act in acts}
    alone = [by_the_team_alone(act) for act in more if act.url not in known]
    if any(act.kind == "pull request" and act.by == EVE for act in acts):
        alone = [act for act in alone if act.kind != "answer"]  # she has accepted work
    before, after = told(*acts, policy=policy), told(*acts, *alone, policy=policy)
    assert points(after) == points(before)
    assert after.counted.get("acme", []) == before.counted.get("acme", [])


@settings(max_examples=MANY)
@given(ACTS, an_act(), POLICIES)
def test_more_work_never_brings_fewer_points(
    acts: list[Contribution], one: Contribution, policy: ContributionPolicy
) -> None:
    titled = [replace(act, title=f"Part {n}") for n, act in enumerate((one, *acts))]
    urls = Counter(act.url for act in titled)
    if urls.most_common(1)[0][1] > 1:
        return
    assert points(told(*titled, policy=policy)) >= points(told(*titled[1:], policy=policy))


@settings(max_examples=MANY)
@given(ACTS, POLICIES, st.randoms())
def test_no_more_points_than_the_limits_whoever_did_the_work(
    acts: list[Contribution], policy: ContributionPolicy, chance: Any
) -> None:
    spread = [
        replace(act, by=chance.choice((ADA, BEN))) if act.by in (ADA, BEN) else act for act in acts
    ]
    for month in (acts, spread):
        found = told(*month, policy=policy)
        kinds: defaultdict[str, Points] = defaultdict(int)
        free: defaultdict[str, Points] = defaultdict(int)
        alone: defaultdict[str, Points] = defaultdict(int)
        for one in found.counted.get("acme", ()):
            kind = one.contribution.kind
            kinds[kind] += one.points
            if kind in ("issue", "answer") or (
                kind == "review" and one.contribution.by.id not in MAY_PUSH
            ):
                free["no right"] += one.points
            if one.self_merged:
                alone[one.github] += one.points
        for kind, worth in kinds.items():
            most = policy.points[kind].most_each_month
            assert most is None or worth <= most
        assert free["no right"] <= policy.points_each_month // 2
        most = policy.self_merged.most_each_month
        assert most is None or all(worth <= most for worth in alone.values())
        assert sum(kinds.values()) == points(found)


@settings(max_examples=MANY)
@given(
    ACTS,
    POLICIES,
    st.lists(st.integers(0, 900), max_size=5).map(tuple),
    st.none() | st.sampled_from(["main", "6.x"]),
)
def test_rights_and_branches_of_today_change_no_committed_month(
    acts: list[Contribution],
    policy: ContributionPolicy,
    may_push: tuple[int, ...],
    default_branch: str | None,
) -> None:
    """What was kept with the month is what counts, whatever GitHub shows later."""
    october = Month(2026, 10)
    first = month_of_work(october, *acts, may_push=MAY_PUSH, merged_into=("5.2", "main"))
    today = month_of_work(october, *acts, may_push=may_push, default_branch=default_branch)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        kept = root / "rankings" / repositories_name(october)
        kept.parent.mkdir()
        kept.write_text(dump(first.repositories, dict[str, Repository]), "utf-8")
        again = as_committed(answered(today), root).value
    assert again is not None
    found = [
        by_organization(roster_of({"acme": TEAM}, ()), {october: one}, policy)
        for one in (first, again)
    ]
    assert found[0] == found[1]
