"""The workflow of admissions, whole: the real file, run by act against a real origin, on a merge.

Before it, the workflow of applications: an issue is opened, judged and proposed by the real file.
"""

import copy
from typing import Any

import pytest

from fakes.github import ACTIONS_BOT as BOT
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from lantern_repository import NAME, LanternRepository
from program_folder import body
from workflows.act import token_of
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


JOBS = ("rejudge", "admit", "site/render", "site/deploy")


def passed(run: Run) -> bool:
    return (run.code, run.jobs) == (0, dict.fromkeys(JOBS, "success"))


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
    assert f"\nissue: {NUMBER}\nwork:\n" in record
    assert lantern.rest.issues[NUMBER]["state"] == "closed"
    *_, welcome = lantern.rest.comments[NUMBER]
    assert "### Welcome, Acme GmbH!" in welcome["body"]
    assert lantern.used == {"contents", "issues"}
    [summary] = run.summaries
    assert "Told Acme GmbH" in summary
    assert "acme-gmbh" in [one["slug"] for one in lantern.published()["partners"]]

    state = lantern.origin.log("main"), len(lantern.rest.comments[NUMBER])
    again = push(lantern, before, PATH)
    assert passed(again), again.log
    assert (lantern.origin.log("main"), len(lantern.rest.comments[NUMBER])) == state


def last_month(lantern: LanternRepository) -> None:
    """The verdict was written in the month before this one."""
    for statuses in lantern.rest.statuses.values():
        for one in statuses:
            one["created_at"] = "2026-01-15T09:00:00Z"


def test_a_merge_on_an_old_verdict_is_judged_again_and_admitted(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    before = merge(lantern, apply(lantern), BRANCH)
    last_month(lantern)
    fake_github.requests.clear()
    run = push(lantern, before, PATH)
    assert passed(run), run.log
    assert "acme-gmbh: judged again before its admission: eligible." in run.log
    assert f"\nissue: {NUMBER}\n" in lantern.origin.git("show", f"main:{RECORD}")
    secret = [one.token for one in fake_github.requests if one.token == token_of("admit")]
    assert secret, "by a job of its own"


def test_a_merge_that_no_longer_holds_is_refused_and_told(
    lantern: LanternRepository, fake_open_collective: FakeOpenCollective
) -> None:
    pull = apply(lantern)
    before = merge(lantern, pull, BRANCH)
    last_month(lantern)
    fake_open_collective.orders.clear()
    fake_open_collective.ledger.clear()
    run = push(lantern, before, PATH)
    assert (run.jobs["rejudge"], run.jobs["admit"]) == ("success", "failure")
    assert run.jobs["site/render"] == "skipped"
    assert "acme-gmbh: judged again before its admission: not yet." in run.log
    *_, notice, refusal = [one["body"] for one in lantern.rest.comments[NUMBER]]
    assert "from *eligible* to *not yet*" in notice
    assert "was merged against its verdict" in refusal
    assert told(lantern, BRANCH) == "failure"
    assert RECORD not in lantern.origin.files("main")


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
    assert run.jobs == dict.fromkeys(JOBS, "skipped")
    other = lantern.run("admit.yml", "push", commits=[{"modified": ["program.yml"]}])
    assert other.jobs == {}, "not even started"
    assert fake_github.requests == []
