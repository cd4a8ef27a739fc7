"""The workflow of admissions, whole: the real file, run by act against a real origin, on a merge.

Before it, the workflow of applications: an issue is opened, judged and proposed by the real file.
"""

import copy
from typing import Any

import pytest

from fakes.github import ACTIONS_BOT as BOT
from fakes.github import FakeGitHub
from lantern_repository import NAME, LanternRepository
from program_folder import body
from workflows.act_log import Run

NUMBER = 40
PATH, RECORD = "applications/acme-gmbh.yml", "partners/acme-gmbh.yml"
BRANCH = "application-acme-gmbh"


@pytest.fixture
def lantern(lantern: LanternRepository, fake_github: FakeGitHub) -> LanternRepository:
    """Acme has applied by an issue."""
    fake_github.rest.add_issue(
        NAME, NUMBER, "example-applicant", body=body(), labels=["application"]
    )
    return lantern


def apply(lantern: LanternRepository) -> dict[str, Any]:
    """The real workflow answers the issue; the pull request that it opened."""
    issue = copy.deepcopy(lantern.rest.issues[NUMBER])
    run = lantern.run("application.yml", "issues", action="opened", issue=issue)
    assert (run.code, run.jobs["issue"]) == (0, "success"), run.log
    [pull] = lantern.rest.pulls
    return pull


def merge(lantern: LanternRepository, pull: dict[str, Any], branch: str) -> str:
    """A person does; the commit that main was at before."""
    before = lantern.origin.git("rev-parse", "main")
    head = lantern.origin.git("rev-parse", branch)
    pull["head"]["sha"] = head
    lantern.merge(branch)
    pull.update(state="closed", merged=True, merge_commit_sha=head)
    return before


def push(lantern: LanternRepository, before: str, *added: str) -> Run:
    after = lantern.origin.git("rev-parse", "main")
    commits = [{"added": list(added)}]
    return lantern.run("admit.yml", "push", before=before, after=after, commits=commits)


def passed(run: Run) -> bool:
    return (run.code, run.jobs) == (0, {"admit": "success"})


def test_from_the_issue_to_the_partner(lantern: LanternRepository) -> None:
    pull = apply(lantern)
    assert pull["head"]["ref"] == BRANCH
    assert lantern.used == {"contents", "issues", "pull-requests", "statuses"}
    lantern.used = frozenset()
    before = merge(lantern, pull, BRANCH)
    run = push(lantern, before, PATH)
    assert passed(run), run.log
    author, subject, *_ = lantern.origin.git("log", "-1", "--format=%an%n%B").splitlines()
    assert (author, subject) == (BOT, "Admit acme-gmbh")
    record = lantern.origin.git("show", f"main:{RECORD}")
    assert "  id: 4711" in record
    assert record.endswith(f"issue: {NUMBER}")
    assert lantern.rest.issues[NUMBER]["state"] == "closed"
    *_, welcome = lantern.rest.comments[NUMBER]
    assert "### Welcome, Acme GmbH!" in welcome["body"]
    assert lantern.used == {"contents", "issues"}
    [summary] = run.summaries
    assert "Told Acme GmbH" in summary

    state = lantern.origin.log("main"), len(lantern.rest.comments[NUMBER])
    again = push(lantern, before, PATH)
    assert passed(again), again.log
    assert (lantern.origin.log("main"), len(lantern.rest.comments[NUMBER])) == state


def told(lantern: LanternRepository, branch: str) -> Any:
    """The state of our status on the last commit of a branch."""
    return lantern.rest.statuses[lantern.origin.git("rev-parse", branch)][-1]["state"]


def test_a_protected_branch_takes_the_record_by_a_pull_request(lantern: LanternRepository) -> None:
    before = merge(lantern, apply(lantern), BRANCH)
    lantern.protect()
    run = push(lantern, before, PATH)
    assert passed(run), run.log
    assert lantern.rest.issues[NUMBER]["state"] == "open"
    [record] = [one for one in lantern.rest.pulls if one["state"] == "open"]
    assert record["head"]["ref"] == "admit-acme-gmbh"
    assert told(lantern, "admit-acme-gmbh") == "success", "a rule of the branch may ask for it"

    before = merge(lantern, record, "admit-acme-gmbh")
    run = push(lantern, before, RECORD)
    assert passed(run), run.log
    assert lantern.rest.issues[NUMBER]["state"] == "closed"


def test_a_push_elsewhere_does_nothing(lantern: LanternRepository, fake_github: FakeGitHub) -> None:
    before = lantern.origin.git("rev-parse", "main")
    lantern.push("A draft", branch="draft")
    drafted = [{"added": [PATH]}]
    after = lantern.origin.git("rev-parse", "draft")
    run = lantern.run("admit.yml", "push", "draft", before=before, after=after, commits=drafted)
    assert run.jobs == {"admit": "skipped"}
    other = lantern.run("admit.yml", "push", commits=[{"modified": ["program.yml"]}])
    assert other.jobs == {}, "not even started"
    assert fake_github.requests == []
