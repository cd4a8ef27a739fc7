"""What all tests share: the platforms on loopback. Each test makes its own world in them."""

from collections.abc import Iterator

import pytest

from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective


@pytest.fixture
def fake_github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as fake:
        yield fake


@pytest.fixture
def fake_open_collective() -> Iterator[FakeOpenCollective]:
    with FakeOpenCollective() as fake:
        yield fake
