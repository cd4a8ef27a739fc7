"""Closed months on disk: kept when they are settled, and as good as none when they are damaged."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import day, month
from community_partners.github import work as github
from community_partners.github.month_cache import MonthCache
from community_partners.model.contribution import MonthOfWork
from community_partners.model.evidence import Answer
from community_partners.model.program import Agents, GitHubScope
from fakes.github import FakeGitHub, connect
from fakes.server import garbage

OCTOBER = month("2026-10")
SCOPE = GitHubScope(organizations=("project",))


def sweep(
    fake: FakeGitHub,
    folder: Path,
    today: str = "2026-11-24",
    *,
    scope: GitHubScope = SCOPE,
    now: str | None = None,
) -> tuple[Answer[MonthOfWork], int]:
    """October's answer, and how many requests it took. `now`: the clock, where it is not today."""
    before = len(fake.requests)
    moment = datetime.fromisoformat(f"{now or today}T09:00:00").replace(tzinfo=UTC)
    cache = MonthCache(folder)
    found = cache.get(scope, OCTOBER)
    if found is None:
        found = github.sweep(connect(fake), scope, [OCTOBER], lambda: moment)[OCTOBER]
        cache.put(scope, found, day(today))
    return found, len(fake.requests) - before


@pytest.fixture
def busy(fake_github: FakeGitHub) -> FakeGitHub:
    reviews = [fake_github.review("dependabot[bot]")]
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", reviews=reviews)
    fake_github.closed_issue("2026-10-31T12:00:00Z", "example-user-1", title="Zürich \u2028 ✓")
    return fake_github


def test_a_month_is_asked_for_once(busy: FakeGitHub, tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    first, cold = sweep(busy, folder)
    again, warm = sweep(busy, folder, "2026-12-24")
    assert (cold, warm) == (1, 0)
    assert again == first
    assert first.value is not None
    assert len(first.value.contributions) == 3


@pytest.mark.parametrize(
    ("today", "now", "kept"),
    [
        ("2026-10-31", None, False),
        ("2026-11-01", None, False),
        ("2026-11-02", None, True),
        ("2026-11-24", "2026-10-15", False),
        ("2026-11-01", "2026-11-24", False),
    ],
)
def test_only_a_settled_month_is_kept(
    busy: FakeGitHub, tmp_path: Path, today: str, now: str | None, kept: bool
) -> None:
    """By today and by the clock: a look ahead (`--today`) sees half a month."""
    sweep(busy, tmp_path, today, now=now)
    assert len(list(tmp_path.iterdir())) == kept


def test_a_failure_is_not_kept(busy: FakeGitHub, tmp_path: Path) -> None:
    busy.fail(garbage(), times=9)
    failed, _ = sweep(busy, tmp_path)
    assert failed.failure is not None
    busy.recover()
    answer, requests = sweep(busy, tmp_path)
    assert (answer.failure, requests) == (None, 1)


def test_another_scope_is_another_question(busy: FakeGitHub, tmp_path: Path) -> None:
    sweep(busy, tmp_path)
    _, requests = sweep(busy, tmp_path, scope=GitHubScope(repositories=("project/core",)))
    assert requests == 1


def _other_month(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"month": "2026-10"', '"month": "2026-09"'))


def _failure(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    del data["value"]
    path.write_text(json.dumps({**data, "failure": "It did not answer."}))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_text(""),
    "cut off": lambda path: path.write_text(path.read_text("utf-8")[:200]),
    "not text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "not an answer": lambda path: path.write_text("[]"),
    "nested beyond reason": lambda path: path.write_text("[" * 100_000),
    "of another version": lambda path: path.write_text('{"format": 9}'),
    "of another month": _other_month,
    "a failure": _failure,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_asked_for_again(
    busy: FakeGitHub, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    whole, _ = sweep(busy, tmp_path)
    (path,) = tmp_path.iterdir()
    text = path.read_text("utf-8")
    damage(path)
    answer, requests = sweep(busy, tmp_path)
    assert (answer, requests) == (whole, 1)
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == [text]


def test_a_folder_that_cannot_be_written_costs_only_time(busy: FakeGitHub, tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("not a folder")
    answer, _ = sweep(busy, folder)
    assert answer.failure is None


def test_nothing_is_left_behind_where_the_file_cannot_be_put(
    busy: FakeGitHub, tmp_path: Path
) -> None:
    sweep(busy, tmp_path)
    (path,) = tmp_path.iterdir()
    path.unlink()
    path.mkdir()
    answer, _ = sweep(busy, tmp_path)
    assert answer.failure is None
    assert list(tmp_path.iterdir()) == [path]


def test_the_month_of_a_file_can_be_read_from_its_name(busy: FakeGitHub, tmp_path: Path) -> None:
    sweep(busy, tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("work-2026-10-")


def test_a_month_is_kept_for_each_way_to_count_agents(busy: FakeGitHub, tmp_path: Path) -> None:
    """A program that changes its mind reads the month anew; a file of before keeps its name."""
    kept, _ = sweep(busy, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["work-2026-10-7b919617416bb7c8-v4.json"]
    other = MonthCache(tmp_path, Agents.REQUESTER)
    assert other.get(SCOPE, OCTOBER) is None
    other.put(SCOPE, kept, day("2026-11-24"))
    assert other.get(SCOPE, OCTOBER) == kept
    assert len(list(tmp_path.iterdir())) == 2
