"""The workflow that publishes the site: the real file, run by act up to the upload."""

from pathlib import Path

import pytest

from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from lantern_repository import LanternRepository
from workflows.uv_cache import UvCache


@pytest.fixture
def repository(
    tmp_path: Path, fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective, uv: UvCache
) -> LanternRepository:
    return LanternRepository(tmp_path, fake_github, fake_open_collective, uv)


def test_the_site_is_rendered_and_published(repository: LanternRepository) -> None:
    run = repository.dispatch("publish.yml")
    assert (run.code, run.jobs) == (0, {"render": "success", "deploy": "success"})
    assert not repository.used


def test_without_an_address_nothing_is_published(repository: LanternRepository) -> None:
    policy = repository.seed.path / "program.yml"
    text = policy.read_text("utf-8").replace("  url: https://partners.lantern.example/\n", "")
    policy.write_text(text, "utf-8")
    repository.push("No site")
    run = repository.dispatch("publish.yml")
    assert (run.code, run.jobs["render"]) == (0, "success")
    assert run.jobs["deploy"] == "skipped"
