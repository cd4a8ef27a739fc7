"""What becomes of a branch that two runs make at the same moment."""

import os
from pathlib import Path

import pytest

from community_partners.checkout.git import Git
from community_partners.checkout.own_branch import start_branch
from community_partners.checkout.publish import BOT, BOT_EMAIL
from community_partners.model.file import File
from git_world import World


@pytest.mark.parametrize(
    ("name", "email", "ours"), [(BOT, BOT_EMAIL, True), ("Bo", "b@example.org", False)]
)
def test_a_branch_that_somebody_else_makes_meanwhile_stays(
    tmp_path: Path, name: str, email: str, ours: bool
) -> None:
    world = World(tmp_path, os.environ["PATH"])
    clone = world.clone("runner")
    who = f"GIT_{{0}}_NAME='{name}' GIT_{{0}}_EMAIL={email}"
    world.origin.hook(
        "update",
        f"export {who.format('AUTHOR')} {who.format('COMMITTER')}",
        'git update-ref "$1" "$(git commit-tree -p main -m Faster "main^{tree}")"',
    )
    git = Git(root=clone.path, environ=clone.environ)
    commit = start_branch(git, "news", [File(path="rankings/new", text="1\n")], "News\n")
    assert world.origin.log("news") == ["First", "Faster"]
    assert commit == (world.origin.git("rev-parse", "news") if ours else None)
