"""Fixtures that several files share: uv without a network, the day, a program, a stage."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from example_world import fill_with_acme
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fault_plan import Rehearse, Stage
from lantern_repository import LanternRepository
from workflows.uv_cache import UvCache


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearse]:
    """Makes a story's world and runs it without a fault, at its first test."""
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage.rehearse


@pytest.fixture(scope="session")
def uv(tmp_path_factory: pytest.TempPathFactory) -> UvCache:
    return UvCache.prepare(tmp_path_factory.mktemp("uv"))


@pytest.fixture
def today() -> date:
    """The real one: a workflow cannot be told another."""
    return datetime.now(UTC).date()


@pytest.fixture
def lantern(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    uv: UvCache,
    today: date,
) -> LanternRepository:
    """The example program on GitHub, in whose world Acme does all that it asks for."""
    fill_with_acme(fake_github, fake_open_collective, today)
    return LanternRepository(tmp_path, fake_github, fake_open_collective, uv)
