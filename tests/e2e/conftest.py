"""Fixtures that several files share: uv without a network, the day, a program, a stage."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from example_world import fill_with_acme
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fault_plan import Rehearse, Stage
from lantern_repository import LanternRepository
from processes import Processes
from workflows.uv_cache import UvCache


@pytest.fixture(scope="module")
def rehearsed() -> Iterator[Rehearse]:
    """Makes a story's world and runs it without a fault, at its first test.

    In memory where that is possible: each fault takes a few hundred small files away and back.
    """
    with TemporaryDirectory(dir=_memory()) as folder, Stage(Path(folder)) as stage:
        yield stage.rehearse


def _memory() -> Path | None:
    """A folder in memory with plenty of room, if the machine has one."""
    shared = Path("/dev/shm")  # noqa: S108  only a folder of our own below it
    return shared if shared.is_dir() and shutil.disk_usage(shared).free > 2**30 else None


@pytest.fixture(scope="session")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with Processes(tmp_path_factory.mktemp("processes")) as started:
        yield started


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
