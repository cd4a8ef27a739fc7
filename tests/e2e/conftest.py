"""What the tests of workflows share: uv without a network, and the day that they run on."""

from datetime import UTC, date, datetime

import pytest

from workflows.uv_cache import UvCache


@pytest.fixture(scope="session")
def uv(tmp_path_factory: pytest.TempPathFactory) -> UvCache:
    return UvCache.prepare(tmp_path_factory.mktemp("uv"))


@pytest.fixture
def today() -> date:
    """The real one: a workflow cannot be told another."""
    return datetime.now(UTC).date()
