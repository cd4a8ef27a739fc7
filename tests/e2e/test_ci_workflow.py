"""The workflow of every change, run by act. Its commands are those that run this test: so here the
repository has a Makefile that only tells when it is called."""

import shutil
from pathlib import Path

import pytest

from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from lantern_repository import ROOT, LanternRepository
from workflows.uv_cache import UvCache

CI = ".github/workflows/ci.yml"
MAKEFILE = """\
.PHONY: lint test screenshots
lint test screenshots:
\t@echo make $@ with $$PYTHON_OF_THE_LEG
\t@mkdir -p screenshots
"""


def write_files(folder: Path) -> None:
    (folder / CI).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / CI, folder / CI)
    (folder / "Makefile").write_text(MAKEFILE)


@pytest.fixture
def repository(
    tmp_path: Path, fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective, uv: UvCache
) -> LanternRepository:
    return LanternRepository(
        tmp_path, fake_github, fake_open_collective, uv, write_files=write_files
    )


def test_a_push_is_linted_and_tested_on_each_python(repository: LanternRepository) -> None:
    run = repository.run("ci.yml", "push")
    assert (run.code, run.jobs) == (0, {"check": "success"}), run.log
    for leg in ("3.11", "3.14"):
        told = [line for line in run.said if line.endswith(f" with {leg}")]
        more = [f"make screenshots with {leg}"] if leg == "3.11" else []
        assert told == [f"make lint with {leg}", f"make test with {leg}", *more]
    assert repository.used == frozenset()


def test_a_push_to_another_branch_starts_nothing(repository: LanternRepository) -> None:
    repository.push("Try something", branch="mine")
    assert repository.run("ci.yml", "push", branch="mine").jobs == {}
