"""What all tests share: the platforms on loopback. Each test makes its own world in them."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.websites import HOSTS, PUBLIC, FakeDns, FakeWebsite, World
from program_folder import ProgramFolder, no_websites
from pull_folder import PullFolder

# With all cores at work an example may take long, and that says nothing about it.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_xdist_auto_num_workers() -> int:
    """Two more than processors: a test that waits for a program or a server leaves its own free."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_finish() -> None:
    """Ten thousand tests stay as they are: the collector need not look through them each time."""
    gc.freeze()


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks at a website of the internet: there, no host has a name."""
    monkeypatch.setattr("community_partners.commands.wiring._web", no_websites)


@pytest.fixture
def fake_github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as fake:
        yield fake


@pytest.fixture
def fake_open_collective() -> Iterator[FakeOpenCollective]:
    with FakeOpenCollective() as fake:
        yield fake


@pytest.fixture
def world() -> Iterator[World]:
    """A website that is empty, with the names of its hosts."""
    with FakeWebsite() as site, FakeDns() as dns:
        for host in HOSTS:
            dns.records[host, "A"] = [PUBLIC]
        yield World(site=site, dns=dns)


@pytest.fixture
def program_folder(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> ProgramFolder:
    return ProgramFolder(tmp_path, fake_github, fake_open_collective, monkeypatch, capfd)


@pytest.fixture
def pull_folder(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> PullFolder:
    return PullFolder(tmp_path, fake_github, fake_open_collective, monkeypatch, capfd)
