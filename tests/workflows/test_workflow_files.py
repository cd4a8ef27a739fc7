"""What GitHub honors and act does not look at, held in every workflow file as it is written."""

import re
from itertools import chain
from pathlib import Path

import pytest

from community_partners.intake.event import ACTIONS
from workflows.action_file import dangling
from workflows.uv_cache import ROOT
from workflows.workflow_file import WorkflowFile, foreign_uses, own_jobs, read_yaml

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_workflow_is_kept_small(path: Path) -> None:
    """No rights but a job's own, one run at a time, and an end to each."""
    document = read_yaml(path)
    assert document["permissions"] == {}
    for job in own_jobs(WorkflowFile.read(path).jobs).values():
        assert "group" in document.get("concurrency", job.get("concurrency", ()))
        assert 0 < int(job["timeout-minutes"]) <= 60


@pytest.mark.parametrize("path", [*FILES, ACTION], ids=lambda path: path.name)
def test_an_action_of_others_is_one_commit_everywhere(path: Path) -> None:
    """Pinned, and the same commit in all files: a newer one is taken in one change."""
    everywhere = {one for file in (*FILES, ACTION) for one in foreign_uses(read_yaml(file))}
    for used in foreign_uses(read_yaml(path)):
        name, commit = used.split("@")
        assert re.fullmatch("[0-9a-f]{40}", commit), f"{used} may become something else"
        assert [one for one in everywhere if one.startswith(f"{name}@")] == [used]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_job_keeps_credentials_of_git(path: Path) -> None:
    """We commit by the API; so no other step can push with our token."""
    for job in own_jobs(WorkflowFile.read(path).jobs).values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_months_go_one_after_the_other() -> None:
    """Each rests on the one before it; none is cut off, and none that waits is dropped."""
    assert read_yaml(ROOT / ".github/workflows/monthly.yml")["concurrency"] == {
        "group": "monthly",
        "cancel-in-progress": "false",
        "queue": "max",
    }


def test_runs_about_one_application_wait_for_each_other() -> None:
    """None is dropped: by default GitHub keeps one waiting, and a stranger's comment would take the
    place of the run that looks at a push. At the job: what `if` lets do nothing takes no turn.
    """
    document = read_yaml(ROOT / ".github/workflows/application.yml")
    assert "concurrency" not in document
    number = "github.event.issue.number || github.event.pull_request.number"
    for job in document["jobs"].values():
        group = f"application-${{{{ {number} }}}}"
        assert job["concurrency"] == {
            "group": group,
            "cancel-in-progress": "false",
            "queue": "max",
        }


def test_whoever_is_admitted_is_seen_by_the_next_admission() -> None:
    """Two merges in a minute are two runs: at once, neither would find the other's record."""
    document = read_yaml(ROOT / ".github/workflows/admit.yml")
    assert "concurrency" not in document
    assert document["jobs"]["admit"]["concurrency"] == {
        "group": "admit",
        "cancel-in-progress": "false",
        "queue": "max",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_run_that_waited_sees_the_branch_as_it_is_now(path: Path) -> None:
    """Else it would judge by an old policy, or repeat what the one before it has done."""
    if path.name == "ci.yml":
        return  # tests the very commit
    for job in own_jobs(WorkflowFile.read(path).jobs).values():
        refs = [
            step.get("with", {}).get("ref")
            for step in job["steps"]
            if step.get("uses", "").startswith("actions/checkout@")
        ]
        if path.name == "publish.yml" and "run" not in str(job["steps"]) and not refs:
            continue  # runs nothing of the repository
        assert refs in (
            ["${{ github.ref_name }}"],
            ["${{ github.event.repository.default_branch }}"],
        )


SITE = WorkflowFile.read(ROOT / ".github/workflows/publish.yml")
CALLERS = ("monthly.yml", "admit.yml")


@pytest.mark.parametrize("name", CALLERS)
def test_the_site_follows_what_a_workflow_commits(name: str) -> None:
    """What it commits starts no workflow. A job gives no more rights than the called jobs ask for,
    and GitHub starts none of the workflow if it gives less.
    """
    caller = WorkflowFile.read(ROOT / ".github/workflows" / name)
    [(job, called)] = caller.calls.items()
    assert ROOT / called == ROOT / ".github/workflows/publish.yml"
    assert "workflow_call" in SITE.triggers
    asked = [one["permissions"].items() for one in SITE.jobs.values()]
    assert caller.jobs[job]["permissions"] == dict(chain.from_iterable(asked))
    assert "secrets" not in caller.jobs[job]
    assert "if" not in caller.jobs[job], "only if the job before it went well"
    [commits] = [one for one in caller.jobs if "contents" in caller.may_write(one)]
    assert caller.jobs[job]["needs"] == commits


def test_a_called_workflow_waits_for_no_group_of_its_caller() -> None:
    """GitHub calls that a deadlock, and cancels the run. And it cancels what waits in a group when
    another run comes, by default: then the run of a month would end as canceled.
    """
    site = read_yaml(ROOT / ".github/workflows/publish.yml")
    assert site["concurrency"] == {"group": "site", "cancel-in-progress": "false", "queue": "max"}
    for name in CALLERS:
        document = read_yaml(ROOT / ".github/workflows" / name)
        jobs = document["jobs"].values()
        waits = [one["concurrency"] for one in (document, *jobs) if "concurrency" in one]
        assert "site" not in [one["group"] for one in waits]


@pytest.mark.parametrize("name", ["application", "claims"])
def test_a_thread_is_answered_whenever_it_may_have_changed(name: str) -> None:
    """No filter by paths: GitHub would look at 300 files of a pull request, and at no others."""
    triggers = WorkflowFile.read(ROOT / f".github/workflows/{name}.yml").triggers
    assert triggers == {event: {"types": [*types]} for event, types in ACTIONS.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_of_a_fork_is_run(path: Path) -> None:
    """Where a stranger's event has a token that writes, only our own branch is checked out."""
    document = read_yaml(path)
    if not {"pull_request_target", "issues", "issue_comment"} & set(document["on"]):
        return
    for job in document["jobs"].values():
        checkout, *others = job["steps"]
        assert checkout["with"] == {
            "ref": "${{ github.event.repository.default_branch }}",
            "persist-credentials": "false",
        }
        assert [one.get("uses") for one in others] == ["./"]
        assert not [one for one in job["steps"] if "run" in one]


def test_ci_runs_the_lowest_and_the_highest_python() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    supported = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project)
    job = WorkflowFile.read(ROOT / ".github/workflows/ci.yml").jobs["check"]
    assert job["strategy"]["matrix"]["python"] == [supported[0], supported[-1]]
    assert f'requires-python = ">={supported[0]}"' in project


def test_ci_runs_what_contributing_asks_for() -> None:
    job = WorkflowFile.read(ROOT / ".github/workflows/ci.yml").jobs["check"]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands == ["make lint", "make test", "make screenshots"]
    asked = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for command in commands:
        assert re.search(rf"^{command} +#", asked, re.MULTILINE)


def test_the_action_names_nothing_that_is_not_there() -> None:
    assert dangling(ACTION.read_text("utf-8")) == []
