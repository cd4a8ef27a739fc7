"""No job has both secrets and the right to write files: the real workflows, run by act.

Each job has a token of its own, and the fake GitHub refuses what the permissions of the job do not
allow.
"""

import json
from hashlib import sha256
from typing import Any

import pytest

from fakes.github import FakeGitHub
from lantern_repository import NAME, TOKENS, LanternRepository
from program_folder import body
from workflows.act import token_of
from workflows.act_log import Run
from workflows.uv_cache import ROOT
from workflows.workflow_file import WorkflowFile

WORKFLOW, NUMBER = "application.yml", 40
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
SECRETS = [TOKENS["SPONSORS_TOKEN"], TOKENS["OPENCOLLECTIVE_TOKEN"]]
SPY = f"""
import hashlib, os
_KNOWN = {[sha256(one.encode()).hexdigest() for one in SECRETS]!r}
_HELD = [name for name, value in os.environ.items()
         if hashlib.sha256(value.encode()).hexdigest() in _KNOWN]
print("SPY", os.environ["GITHUB_JOB"], *sorted(_HELD))
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_job_has_secrets_or_may_write_files(path: Any) -> None:
    for name, job in WorkflowFile.read(path).jobs.items():
        secrets = "secrets." in json.dumps(job)
        writes = "contents" in WorkflowFile.read(path).may_write(name)
        assert not (secrets and writes), f"{name} has both"


def apply(lantern: LanternRepository, github: FakeGitHub) -> Run:
    issue = github.rest.add_issue(
        NAME, NUMBER, "example-applicant", labels=["application"], body=body()
    )
    return lantern.run(WORKFLOW, "issues", action="opened", issue=issue)


def test_the_job_that_proposes_has_no_secret(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    init = lantern.seed.path / "src/community_partners/__init__.py"
    init.write_text(init.read_text("utf-8") + SPY, "utf-8")
    lantern.push("Look at the environment")
    run = apply(lantern, fake_github)
    assert run.jobs == {"issue": "success", "propose": "success", "pull-request": "skipped"}
    spied = [line.partition("SPY ")[2].split() for line in run.said if "SPY " in line]
    judge, propose = spied
    assert {"OPENCOLLECTIVE_TOKEN", "SPONSORS_TOKEN"} <= {*judge}, "the spy sees them"
    assert propose == ["propose"]

    [pull] = lantern.rest.pulls
    branch = pull["head"]["ref"]
    files = lantern.origin.git("diff", "--name-only", "main", branch)
    assert files == "applications/acme-gmbh.yml"
    [status] = lantern.rest.statuses[lantern.origin.git("rev-parse", branch)]
    assert (status["state"], status["target_url"]) == (
        "success",
        run.outputs["issue", "judge"]["comment-url"],
    )
    assert "### Eligible: Acme GmbH" in pull["body"]
    asked = [one for one in fake_github.requests if one.token == token_of("propose")]
    assert len(asked) == 5, "thread with funnel; branch, file, status, pull request"


def test_the_job_that_judges_cannot_write_files(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    file = lantern.seed.path / ".github/workflows" / WORKFLOW
    file.write_text(file.read_text("utf-8").replace("          hand-on: true\n", ""), "utf-8")
    lantern.push("Judge and propose in one job, with the permissions of the one that judges")
    lantern.refuses = True
    before = lantern.origin.git("for-each-ref")
    run = apply(lantern, fake_github)
    assert (run.code, run.jobs["issue"], run.jobs["propose"]) == (1, "failure", "skipped")
    assert "The workflow needs the permission `contents: write`." in run.log
    assert (lantern.origin.git("for-each-ref"), lantern.rest.pulls) == (before, [])
