"""What act lets pass and GitHub does not: each is noticed before or after a run."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fakes.server import Request
from git_world import Repository
from workflows.act import Act
from workflows.action_file import dangling
from workflows.permissions import written
from workflows.workflow_file import WorkflowFile

JOBS = """
jobs:
  one:
    runs-on: ubuntu-latest
    steps: [{run: echo}]
"""
PUSH = 'on: {push: {branches: [main, "release/**"], paths: ["rankings/*.json"]}}' + JOBS
FORK = "on: pull_request_target" + JOBS
ISSUES = "on: {issues: {types: [opened, edited]}}" + JOBS
LEAKY = """
name: Leaky
description: For a test
outputs:
  kept: {description: Declared, value: "${{ steps.inner.outputs.kept }}"}
runs:
  using: composite
  steps:
    - id: inner
      shell: bash
      run: |
        echo "kept=1" >> "$GITHUB_OUTPUT"
        echo "leaked=1" >> "$GITHUB_OUTPUT"
        echo "Once" >> "$GITHUB_STEP_SUMMARY"
"""


def workflow(folder: Path, text: str) -> WorkflowFile:
    path = folder / "workflow.yml"
    path.write_text(text)
    return WorkflowFile.read(path)


def push(ref: str, *paths: str) -> dict[str, Any]:
    return {"ref": ref, "commits": [{"modified": list(paths)}]}


@pytest.mark.parametrize(
    ("text", "event", "payload", "starts"),
    [
        (PUSH, "push", push("refs/heads/main", "README.md", "rankings/2026-10.json"), True),
        (PUSH, "push", push("refs/heads/main", "rankings/old/2026-10.json"), False),
        (PUSH, "push", push("refs/heads/draft", "rankings/2026-10.json"), False),
        (PUSH, "push", push("refs/heads/release/1/2", "rankings/2026-10.json"), True),
        (ISSUES, "issues", {"action": "edited"}, True),
        (ISSUES, "issues", {"action": "closed"}, False),
        ("on: [issues]" + JOBS, "issues", {"action": "closed"}, True),
        (FORK, "pull_request_target", {"action": "synchronize"}, True),
        (FORK, "pull_request_target", {"action": "labeled"}, False),
    ],
)
def test_filters_are_read(
    tmp_path: Path, text: str, event: str, payload: dict[str, Any], starts: bool
) -> None:
    assert workflow(tmp_path, text).starts_on(event, payload) is starts


@pytest.mark.parametrize(
    ("text", "event", "payload", "words"),
    [
        (ISSUES, "push", {}, "is not started by push"),
        ("on: {push: {tags: [v1]}}" + JOBS, "push", {}, "act ignores {'tags'}"),
        ('on: {push: {paths: ["!docs/**"]}}' + JOBS, "push", push("main", "a"), "!docs"),
        ("on: workflow_dispatch" + JOBS, "workflow_dispatch", {"inputs": {"mnth": "1"}}, "refuses"),
    ],
)
def test_what_no_test_may_rest_on(
    tmp_path: Path, text: str, event: str, payload: dict[str, Any], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        workflow(tmp_path, text).starts_on(event, payload)


def test_a_job_that_act_would_skip_in_silence(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="act cannot run one"):
        workflow(tmp_path, PUSH.replace("ubuntu-latest", "ubuntu-22.04")).check_runners()


def test_names_that_lead_nowhere() -> None:
    odd = LEAKY.replace("steps.inner", "steps.outer").replace("echo", "echo ${{ inputs.typo }}", 1)
    assert dangling(LEAKY) == []
    assert dangling(odd) == ["the step outer", "the input typo"]


def test_writes_need_their_permission() -> None:
    def request(method: str, path: str, by: str = "ours") -> Request:
        headers = {"authorization": f"token {by}"}
        path = f"/repos/a/b{path}"
        return Request(method=method, path=path, query={}, headers=headers, body=None)

    asked = [
        request("GET", "/pulls"),
        request("POST", "/issues/7/comments"),
        request("POST", "/statuses/0", "another"),
    ]
    assert written(asked, "ours") == {"issues"}
    with pytest.raises(AssertionError, match="Which permission"):
        written([request("PUT", "/topics")], "ours")


def act_in(folder: Path, *steps: str) -> Act:
    """A repository with the action above and one workflow of these steps."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    repository = Repository(folder / "acme/demo.git", environ)
    (repository.path / ".github/workflows").mkdir(parents=True)
    (repository.path / "action.yml").write_text(LEAKY)
    listed = [{"uses": step, "id": f"step-{number}"} for number, step in enumerate(steps, 1)]
    document = {"on": "push", "jobs": {"one": {"runs-on": "ubuntu-latest", "steps": listed}}}
    (repository.path / ".github/workflows/w.yml").write_text(json.dumps(document))
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=First")
    variables = {"GITHUB_REPOSITORY": "acme/demo", "STUB_ORIGINS": str(folder)}
    return Act(
        checkout=repository.path, folder=folder, environ=environ, variables=variables, secrets={}
    )


def test_outputs_that_only_act_hands_out_are_told_apart(tmp_path: Path) -> None:
    act = act_in(tmp_path, "actions/checkout@v1", "./")
    run = act.run("w.yml", "push", push("refs/heads/main", "a"))
    assert run.jobs == {"one": "success"}, run.raw
    assert run.outputs["one", "step-2"] == {"kept": "1"}
    assert run.leaked == {("one", "step-2"): {"leaked": "1"}}
    assert run.summaries == ("Once\n",)


def test_an_action_without_a_stand_in(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="has no stand-in"):
        act_in(tmp_path, "somebody/something@v1").run("w.yml", "push", push("refs/heads/main"))


def test_a_folder_stands_for_the_action_of_another_repository(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "action.yml").write_text(LEAKY)
    act = replace(act_in(tmp_path, "a/leaky@v1"), actions={"a/leaky@v1": elsewhere})
    run = act.run("w.yml", "push", push("refs/heads/main"))
    assert run.outputs["one", "step-1"] == {"kept": "1"}, run.raw
