"""Accounts and repositories that program.yml names, and that are not there: the setting's fault."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import month
from community_partners.github.places import places
from community_partners.github.work import sweep
from community_partners.model.evidence import PlaceCheck
from community_partners.model.program import GitHubScope
from fakes.github import FakeGitHub, connect
from fakes.server import Failure, changed, refused

MONTHS = [month("2026-08"), month("2026-09"), month("2026-10")]
NAMES = ("project", "friend", "project/core", "friend/plugin", "friend/theme")


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def fill(fake: FakeGitHub) -> None:
    for repository in ("project/core", "friend/plugin"):
        fake.pull_request("2026-10-05T12:00:00Z", "example-user-1", repository=repository)


def rename(fake: FakeGitHub) -> None:
    fake.rename_repository("friend/plugin", "friend/extension")


def gone(fake: FakeGitHub) -> None:
    fake._repositories.pop("friend/plugin")


FAULTS: dict[str, tuple[Callable[[FakeGitHub], None], str]] = {
    "renamed": (
        rename,
        "On GitHub, friend/plugin was renamed to friend/extension: write friend/extension.",
    ),
    "gone": (
        gone,
        "GitHub has no public repository 'friend/plugin': the program's own settings are at fault.",
    ),
    "private now": (
        lambda fake: fake.repository("friend/plugin").update(isPrivate=True),
        "GitHub has no public repository 'friend/plugin': the program's own settings are at fault.",
    ),
    "a fork": (
        lambda fake: fake.repository("friend/plugin").update(isFork=True),
        "'friend/plugin' is a fork, whose work never counts: leave it out of program.yml.",
    ),
    "without its organization": (
        lambda fake: fake.delete("project"),
        "GitHub has no account 'project': the program's own settings are at fault.",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_place_that_is_not_there_is_no_month_without_work(
    fake_github: FakeGitHub, spoil: Callable[[FakeGitHub], None], sentence: str
) -> None:
    fill(fake_github)
    scope = GitHubScope(organizations=("project",), repositories=("friend/plugin",))
    before = sweep(connect(fake_github), scope, MONTHS, clock)
    asked = len(fake_github.requests)
    spoil(fake_github)
    found = sweep(connect(fake_github), scope, MONTHS, clock)
    assert all(one.value for one in before.values())
    assert [(one.failure, one.lasting) for one in found.values()] == [(sentence, True)] * 3
    assert len(fake_github.requests) <= 2 * asked, "no question more than for the work"


def test_all_faults_are_told_at_once(fake_github: FakeGitHub) -> None:
    scope = GitHubScope(organizations=("nothing",), repositories=("nothing/at", "all/here"))
    [found] = sweep(connect(fake_github), scope, MONTHS[:1], clock).values()
    assert found.failure is not None
    assert all(name in found.failure for name in ("'nothing'", "'nothing/at'", "'all/here'"))
    assert len(fake_github.requests) == 1


@pytest.mark.parametrize(
    ("spoil", "counted", "said"),
    [
        (lambda _: None, 1, []),
        (
            rename,
            1,
            ["`exclude` has friend/plugin, which was renamed to friend/extension: write that."],
        ),
        (
            gone,
            2,
            ["`exclude` has friend/plugin, but GitHub has no public repository of that name."],
        ),
        (lambda fake: fake.repository("friend/plugin").update(isPrivate=True), 1, []),
    ],
    ids=["there", "renamed", "gone", "private now"],
)
def test_what_is_excluded_stays_excluded_under_another_name(
    fake_github: FakeGitHub,
    spoil: Callable[[FakeGitHub], None],
    counted: int,
    said: list[str],
) -> None:
    """If it is gone, its former name excludes nothing: here, GitHub's search still finds it."""
    fill(fake_github)
    spoil(fake_github)
    of = fake_github.nodes[-1]["repository"]
    scope = GitHubScope(organizations=("project", "friend"), exclude=("friend/plugin",))
    if counted == 2:
        of["nameWithOwner"] = "friend/another"
    told: list[str] = []
    found = sweep(connect(fake_github), scope, MONTHS, clock, told.append)[MONTHS[-1]]
    assert found.failure is None
    assert found.value is not None
    assert len(list(found.value.contributions)) == counted
    assert told == said


@pytest.mark.parametrize(
    ("failure", "lasting"),
    [
        (changed(lambda body: body["data"].update(p1=None)), False),
        (changed(lambda body: body["data"].pop("p0")), False),
        (changed(lambda body: body["data"]["p1"].update(isPrivate=None)), False),
        (changed(lambda body: body["data"]["p1"].update(nameWithOwner="")), False),
        (
            changed(
                lambda body: body.update(
                    errors=[{"type": "FORBIDDEN", "path": ["p1"], "message": "SAML"}]
                )
            ),
            True,
        ),
        (refused({"type": "FORBIDDEN", "message": "No"}), True),
    ],
)
def test_what_is_not_told_is_unknown(
    fake_github: FakeGitHub, failure: Failure, lasting: bool
) -> None:
    fill(fake_github)
    fake_github.fail(failure, times=9)
    scope = GitHubScope(organizations=("project",), repositories=("friend/plugin",))
    [found] = sweep(connect(fake_github), scope, MONTHS[:1], clock).values()
    assert (found.value, found.lasting) == (None, lasting)
    assert found.failure is not None
    assert "at fault" not in found.failure


def test_the_names_alone(fake_github: FakeGitHub) -> None:
    fill(fake_github)
    fake_github.repository("friend/fork", isFork=True)
    rename(fake_github)
    names = ("Project", "nobody", "friend/plugin", "friend/fork", "friend/nothing")
    assert places(connect(fake_github), names, clock).value == (
        PlaceCheck(name="Project", present="project"),
        PlaceCheck(name="nobody", present=None),
        PlaceCheck(name="friend/plugin", present="friend/extension"),
        PlaceCheck(name="friend/fork", present="friend/fork", fork=True),
        PlaceCheck(name="friend/nothing", present=None),
    )


@settings(max_examples=100, deadline=None)
@given(
    organizations=st.lists(st.sampled_from(NAMES[:2]), unique=True),
    repositories=st.lists(st.sampled_from(NAMES[2:]), unique=True),
    there=st.sets(st.sampled_from(NAMES)),
    largest=st.sampled_from([None, 40, 1]),
)
def test_work_is_told_if_and_only_if_all_places_are_there(
    organizations: list[str], repositories: list[str], there: set[str], largest: int | None
) -> None:
    scope = GitHubScope(organizations=tuple(organizations), repositories=tuple(repositories))
    if not (organizations or repositories):
        return
    with FakeGitHub() as fake:
        fake.places(*there)
        for name in set(NAMES[:2]) - there:
            fake.owners.pop(name, None)
        fake.largest = largest
        whole = there >= {*organizations, *repositories}
        for found in sweep(connect(fake), scope, MONTHS, clock).values():
            assert (found.failure is None) is whole
            assert found.lasting is not whole
