"""What the tests of workflows share: uv without a network, the day that they run on, a program."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from example_world import fill_with_acme
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from lantern_repository import LanternRepository
from workflows.uv_cache import UvCache


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
