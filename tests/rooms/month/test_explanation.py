"""Why a partner has its points: what `partners explain` lists is what the month's files say.

The laws make random months, write their files, and read them as the command does.
"""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builders import accepted, contribution_policy, day, member, program, required
from community_partners.checkout.files import write
from community_partners.intake.contribution_lines import ContributionLines
from community_partners.intake.schema import schema_folder
from community_partners.model.contribution import Account, Contribution
from community_partners.model.directory import Line
from community_partners.model.explanation import Explanation
from community_partners.model.program import KindOfContribution, Program, SelfMerged
from community_partners.model.ranking import Ranking
from community_partners.month.contribution_files import ContributionFiles
from community_partners.pages.phrases import Phrases
from community_partners.pages.words import Words
from community_partners.rules.before_whom import in_order, positions
from community_partners.rules.explanation import explain
from community_partners.rules.month_case import shared
from community_partners.rules.month_result import month_result
from community_partners.words.explanation import (
    RULES,
    explanation_json,
    explanation_markdown,
    explanation_text,
)
from many_cases import many
from month_builders import OCTOBER, act, basis, month_evidence, month_work, partner, ranking, row

TEAMS = (
    partner("acme", member("ada"), member("ben"), member("part", share=60)),
    partner("globex", member("chi"), member("both"), member("half", share=50)),
    partner("initech", member("dan"), member("both"), member("part", share=40)),
    partner("quiet", member("eve")),
)
POLICY = program(
    contribution=contribution_policy(
        points={
            "pull request": 5,
            "review": KindOfContribution(points=2, most_each_month=5),
            "issue": 1,
        },
        points_each_month=6,
        self_merged=SelfMerged(most_each_month=10),
    )
)
WHO = st.sampled_from(["ada", "ben", "chi", "dan", "both", "part", "half", "stranger"])
HOW = st.sampled_from(["by somebody else", "alone", "by nobody"])


@st.composite
def an_act(draw: Any) -> Contribution:
    who, number = draw(WHO), draw(st.integers(0, 10**9))
    kind, how = draw(st.sampled_from(["pull request", "review", "issue"])), draw(HOW)
    on = f"2026-10-{draw(st.integers(1, 28)):02}"
    made = act(on, who, number, kind=kind)
    if how == "by somebody else":
        return made
    if kind == "review":
        return replace(made, of=Account(login=who))
    by = None if how == "by nobody" else Account(login=who)
    return replace(made, accepted=accepted(kind, by=by))


def committed(acts: list[Contribution], policy: Program = POLICY) -> tuple[Ranking, Any]:
    """The month as it is committed and read again, and its lines by partner."""
    seen = month_evidence(TEAMS, work=month_work(*acts))
    files = ContributionFiles(OCTOBER)
    asked = {each.slug: required() for each in TEAMS}
    made = month_result(TEAMS, shared(TEAMS, seen, policy), asked, {}, basis(), keep=files.add)
    whole, written = files.named_in(made)
    with TemporaryDirectory() as folder:
        write(Path(folder), written)
        read = ContributionLines(Path(folder), (whole,))
        return in_order(whole), {one.slug: read.of(one.slug, OCTOBER) for one in TEAMS}


def explained(shown: Ranking, lines: Any, slug: str, policy: Program = POLICY) -> Explanation:
    return explain(positions(shown)[slug], lines[slug], shown, policy.contribution)


@settings(max_examples=many(1000))
@given(st.lists(an_act(), max_size=12, unique_by=lambda one: one.url))
def test_the_points_that_are_listed_are_the_partners_points(acts: list[Contribution]) -> None:
    shown, lines = committed(acts)
    seen = 0
    for one in shown.partners:
        told = explained(shown, lines, one.slug)
        assert told.points == one.points
        assert {each.kind: each.points for each in told.counted if each.points} == {
            kind: points for kind, points in one.by_kind.items() if points
        }
        assert {each.reason: len(each.lines) for each in told.uncounted} == (one.uncounted or {})
        seen += len(lines[one.slug])
    # A contribution stands with each partner that names its author, and nowhere else.
    known = {"both": 2, "part": 2, "stranger": 0}
    assert seen == sum(known.get(each.by.login, 1) for each in acts)


@settings(max_examples=many(200))
@given(
    st.lists(an_act(), max_size=10, unique_by=lambda one: one.url),
    st.none() | st.integers(0, 22),
    st.sampled_from(["ada", "chi", "dan", "eve"]),
)
def test_one_more_pull_request_brings_what_was_said(
    acts: list[Contribution], most: int | None, who: str
) -> None:
    points = {
        **POLICY.contribution.points,
        "pull request": KindOfContribution(points=5, most_each_month=most),
    }
    policy = replace(POLICY, contribution=replace(POLICY.contribution, points=points))
    shown, lines = committed(acts, policy)
    slug = next(one.slug for one in TEAMS if who in {each.github for each in one.organization.team})
    told = explained(shown, lines, slug, policy)
    said = next(one for one in told.one_more if one.kind == "pull request")
    after, _ = committed([*acts, act("2026-10-29", who, 10**9 + 1)], policy)
    then = next(one for one in after.partners if one.slug == slug)
    assert then.points == told.points + said.points
    assert then.rank == said.rank


def test_each_form_says_where_a_point_came_from(program_schema: Draft202012Validator) -> None:
    shown = in_order(ranking(row("acme", points=20, by_kind={"event": 20})))
    lines = (
        line(kind="event", points=10, source="Savannah"),
        line(kind="event", points=10, approved_by="example-events"),
        line(kind="event", points=0, not_counted="again", source="Savannah"),
    )
    told = explain(positions(shown)["acme"], lines, shown, POLICY.contribution)
    data = json.loads(explanation_json(told))
    program_schema.validate(data)
    one, two = data["counted"][0]["contributions"]
    assert (one["source"], two["approved_by"]) == ("Savannah", "example-events")
    assert not {"approved_by", "merged_alone"} & {*one}
    assert "source" not in two
    assert data["not_counted"][0]["contributions"][0]["source"] == "Savannah"
    for said, quote in ((explanation_text(told), ""), (explanation_markdown(told, None), "`")):
        assert said.count(f"(from {quote}Savannah{quote})") == 2
        assert said.count(f"(approved by {quote}example-events{quote})") == 1


@pytest.fixture
def program_schema() -> Draft202012Validator:
    schema = json.loads((schema_folder() / "explanation.schema.json").read_text("utf-8"))
    return Draft202012Validator(schema)


def test_a_line_of_somebody_whom_two_partners_name_says_so() -> None:
    shown, lines = committed([act("2026-10-05", "both")])
    for slug in ("globex", "initech"):
        [reason] = explained(shown, lines, slug).uncounted
        assert reason.reason == "by somebody whom two partners name for that day"


def line(**fields: Any) -> Line:
    defaults: dict[str, Any] = {"day": day("2026-10-05"), "kind": "pull request", "member": "ada"}
    url = "https://github.com/project/core/pull/7"
    return Line(**{**defaults, "points": 5, "url": url, **fields})


@pytest.mark.parametrize(
    ("kind", "points", "rank", "passes"),
    [
        ("pull request", 5, 1, ("Initech", "Globex")),
        ("review", 1, 2, ("Globex",)),
        ("issue", 1, 2, ("Globex",)),
    ],
)
def test_what_one_more_would_have_changed(
    kind: str, points: int, rank: int, passes: tuple[str, ...]
) -> None:
    """`review` has four of at most five points; equal points are passed, too."""
    shown = in_order(
        ranking(
            row("initech", 1, points=18),
            row("globex", 2, points=15),
            row("acme", 2, points=15, by_kind={"pull request": 11, "review": 4}),
            row("harbor", None, points=40),
        )
    )
    told = explain(positions(shown)["acme"], (), shown, POLICY.contribution)
    more = next(one for one in told.one_more if one.kind == kind)
    assert (more.points, more.rank, more.passes) == (points, rank, passes)


HOSTILE = "\x1b[31m::error::##[group]<img src=x>\u202e@everyone `x` [a](b)"


def test_texts_of_others_are_defused_in_each_form() -> None:
    shown = in_order(ranking(row("acme", name=HOSTILE, points=5, by_kind={HOSTILE: 5})))
    lines = (
        line(kind=HOSTILE, member=HOSTILE, agent=HOSTILE),
        line(points=0, not_counted=HOSTILE, url=HOSTILE),
    )
    told = explain(positions(shown)["acme"], lines, shown, POLICY.contribution)
    terminal = explanation_text(told)
    assert "\x1b" not in terminal
    assert "::error" not in terminal
    comment = explanation_markdown(told, None)
    assert "<img" not in comment
    assert "@everyone" not in comment
    assert "##[" not in explanation_json(told)


def test_the_site_and_the_explanation_say_the_same_of_a_kind() -> None:
    phrases = Phrases(Words("en"), POLICY).of_all()["counts"]
    assert phrases == {kind: f"{kind}: {words}" for kind, words in RULES.items()}


def test_a_suspended_partner_is_explained_without_a_rank() -> None:
    shown = in_order(ranking(row("acme", None, points=0, by_kind={})))
    told = explain(positions(shown)["acme"], (), shown, POLICY.contribution)
    assert {one.rank for one in told.one_more} == {None}
    assert explanation_text(told).startswith("Acme, October 2026: 0 points, not ranked (active).")


def test_the_policy_of_today_is_named_if_it_counts_otherwise() -> None:
    shown = in_order(ranking(row("acme", points=5)))
    told = explain(
        positions(shown)["acme"],
        (line(kind="talk"),),
        shown,
        POLICY.contribution,
        same_policy=False,
    )
    assert "would have added, by the policy of today" in explanation_text(told)
    assert told.counted[0].worth is None
