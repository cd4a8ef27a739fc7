"""Laws of a sweep: however many questions it takes, the work of each month is the same."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import month
from community_partners.github.month_cache import MonthCache
from community_partners.github.work import sweep
from community_partners.model.contribution import MonthOfWork
from community_partners.model.evidence import Answer
from community_partners.model.month import Month
from community_partners.model.program import GitHubScope
from community_partners.stored import dump
from fakes.github import FakeGitHub, connect
from fakes.server import Failure, garbage, refused, status

MONTHS = [month(f"2026-{number:02}") for number in range(1, 11)]
PLACES = ("project/core", "project/site", "friend/plugin", "friend/theme")
SCOPES = (
    GitHubScope(organizations=("project",)),
    GitHubScope(organizations=("project", "friend")),
    GitHubScope(organizations=("project",), repositories=("friend/plugin", "project/core")),
    GitHubScope(repositories=PLACES),
)


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(
    fake: FakeGitHub, scope: GitHubScope, months: list[Month], cache: MonthCache | None = None
) -> dict[Month, Answer[MonthOfWork]]:
    fake.places(*scope.organizations, *PLACES)
    kept = {one: cache.get(scope, one) if cache else None for one in months}
    asked = sweep(connect(fake), scope, [one for one in months if not kept[one]], clock)
    for found in asked.values():
        if cache:
            cache.put(scope, found, clock().date())
    return {one: kept[one] or asked[one] for one in months}


days = st.builds(
    lambda at, day, second: f"2026-{at:02}-{day:02}T{second // 3600:02}:00:{second % 60:02}Z",
    st.integers(1, 11),
    st.integers(1, 28),
    st.integers(0, 24 * 3600 - 1),
)
items = st.tuples(st.sampled_from(["pull", "issue", "talk"]), days, days, st.sampled_from(PLACES))


def fill(fake: FakeGitHub, kind: str, day: str, later: str, where: str) -> None:
    if kind == "pull":
        reviews = [fake.review("example-user-2")]
        fake.pull_request(day, "example-user-1", repository=where, reviews=reviews)
    elif kind == "issue":
        fake.closed_issue(day, "example-user-1", repository=where)
    else:
        updated = {"updatedAt": max(day, later)}
        fake.discussion(day, "example-user-1", "example-user-2", repository=where, **updated)


@settings(max_examples=20, deadline=None)
@given(
    world=st.lists(items, max_size=20),
    scope=st.sampled_from(SCOPES),
    months=st.lists(st.sampled_from(MONTHS), min_size=1, unique=True),
    kept=st.sets(st.sampled_from(MONTHS)),
    largest=st.sampled_from([None, 300, 40, 7, 1]),
    too_large=st.sampled_from([status(502), refused({"type": "RESOURCE_LIMITS_EXCEEDED"})]),
    fault=st.none() | st.integers(0, 6),
)
def test_sizes_faults_and_the_cache_change_nothing(
    world: list[tuple[str, str, str, str]],
    scope: GitHubScope,
    months: list[Month],
    kept: set[Month],
    largest: int | None,
    too_large: Failure,
    fault: int | None,
) -> None:
    with FakeGitHub() as fake, TemporaryDirectory() as folder:
        for item in world:
            fill(fake, *item)
        alone = {one: ask(fake, scope, [one])[one] for one in months}
        cache = MonthCache(Path(folder))
        ask(fake, scope, sorted(kept), cache)
        fake.largest, fake.too_large = largest, too_large
        if fault is not None:
            fake.fail(status(503), after=fault)
        together = ask(fake, scope, months, cache)
        assert list(together) == months
        assert together == alone
        assert all(one.failure is None for one in alone.values())


def _raises(info: Any) -> str:
    raise GraphQLError("Something went wrong.", extensions={"code": "SERVICE_UNAVAILABLE"})


@pytest.mark.parametrize("scope", SCOPES, ids=["one", "two", "mixed", "listed"])
@pytest.mark.parametrize("broken", MONTHS)
def test_one_bad_item_fails_its_month_alone(
    fake_github: FakeGitHub, scope: GitHubScope, broken: Month
) -> None:
    for one in MONTHS:
        fill(fake_github, "pull", f"{one}-05T12:00:00Z", "", "project/core")
    fake_github.pull_request(
        f"{broken}-06T12:00:00Z", "example-user-1", repository="project/core", title=_raises
    )
    found = ask(fake_github, scope, MONTHS)
    assert [one for one in MONTHS if found[one].failure] == [broken]
    assert all(len(one.value.contributions) == 2 for one in found.values() if one.value)


FAULTS = {
    "no answer at all": garbage(),
    "too much, however little": status(502),
    "an error without a place": refused({"type": "INTERNAL"}),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("broken", MONTHS[:4])
def test_one_bad_question_fails_its_month_alone(
    fake_github: FakeGitHub, fault: Failure, broken: Month
) -> None:
    for one in MONTHS[:4]:
        fill(fake_github, "pull", f"{one}-05T12:00:00Z", "", "project/core")
    fake_github.fail(fault, on=f"merged:{broken}-01", times=999)
    found = ask(fake_github, SCOPES[0], MONTHS[:4])
    assert [one for one in MONTHS[:4] if found[one].failure] == [broken]


@pytest.mark.parametrize(
    ("failure", "most"),
    [
        (status(500), 2 * 3),
        (garbage(), (2 + 2) * 3),
        (status(401), 2),
        (status(403, Retry_After="60"), 2),
        (status(502), (8 + 1 + 1) * 3),
    ],
    ids=["500", "a page", "401", "403", "502"],
)
def test_a_platform_that_is_down_is_asked_once_for_all_months(
    fake_github: FakeGitHub, failure: Failure, most: int
) -> None:
    """Two questions at once, each with its tries; and what tells one bad month from a bad day."""
    fake_github.fail(failure, times=999)
    found = ask(fake_github, SCOPES[3], MONTHS)
    assert all(one.failure for one in found.values())
    assert len(fake_github.requests) <= most


def test_a_bad_page_of_discussions_fails_the_months_before_it(fake_github: FakeGitHub) -> None:
    """An answer of June may stand in a discussion that was updated in August."""
    months = MONTHS[4:8]
    fake_github.fail(garbage(), on="updated:2026-07", times=999)
    found = ask(fake_github, SCOPES[0], months)
    assert [one for one in months if found[one].failure] == months[:3]


def test_the_same_bytes_each_time(fake_github: FakeGitHub) -> None:
    for at in range(600):
        day = f"2026-{at % 10 + 1:02}-{at % 28 + 1:02}T12:00:00Z"
        fill(fake_github, ("pull", "issue", "talk")[at % 3], day, day, PLACES[at % 4])
    first, again = (
        dump(list(ask(fake_github, SCOPES[2], MONTHS).values()), list[Answer[MonthOfWork]])
        for _ in range(2)
    )
    assert first == again
