"""A second repository, made from docs/set-up.md alone, whose workflows take the action from us.

It has the document's files and nothing else: no folder of records, no label, no code. Its
workflows are run by act, with `uses: OWNER/community-partners@v1` led to a folder of the action.
"""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from example_world import fill_with_acme
from fakes.github import ACTIONS_BOT as BOT
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from lantern_repository import NAME, ROOT, LanternRepository, write_action
from operate_document import ACTION, files_of_the_document, write_files
from program_folder import body
from workflows.act_log import Run
from workflows.uv_cache import UvCache

NUMBER = 1
README = (ROOT / "README.md").read_text("utf-8")
FORM = ".github/ISSUE_TEMPLATE/partner-application.yml"
PATH, RECORD = "applications/acme-gmbh.yml", "partners/acme-gmbh.yml"
BRANCH = "application-acme-gmbh"
ADMITTED = {
    **dict.fromkeys(("rejudge", "admit", "site/render"), "success"),
    "site/deploy": "skipped",  # the document's policy names no address of a site
}


@pytest.fixture
def second(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    uv: UvCache,
    today: date,
) -> LanternRepository:
    """Acme does all that its program asks for, and has not applied yet."""
    fill_with_acme(fake_github, fake_open_collective, today)
    action = tmp_path / "action"
    write_action(action)
    return LanternRepository(
        tmp_path / "world",
        fake_github,
        fake_open_collective,
        uv,
        write_files=write_files,
        actions={ACTION: action},
    )


def apply(second: LanternRepository, github: FakeGitHub) -> Run:
    """The form, filled in. GitHub gives its label to nobody yet: the repository has none."""
    issue = github.rest.add_issue(NAME, NUMBER, "example-applicant", body=body())
    return second.run("application.yml", "issues", action="opened", issue=issue)


def merge(second: LanternRepository, pull: dict[str, Any]) -> str:
    """A person does, with GitHub's button; the commit that main was at before."""
    before = second.origin.git("rev-parse", "main")
    pull["head"]["sha"] = second.origin.git("rev-parse", BRANCH)
    second.seed.git("fetch", "--quiet", "origin")
    second.seed.git("merge", "--quiet", "--no-ff", "--message", "Merge #2", f"origin/{BRANCH}")
    second.seed.git("push", "--quiet", "origin", "HEAD:main")
    pull.update(state="closed", merged=True, merge_commit_sha=second.seed.git("rev-parse", "HEAD"))
    return before


def push(second: LanternRepository, before: str) -> Run:
    """What GitHub starts after the merge, or a person once more."""
    after = second.seed.git("rev-parse", "HEAD")
    commits = [{"added": [PATH]}]
    return second.run("admit.yml", "push", before=before, after=after, commits=commits)


def state(second: LanternRepository) -> Any:
    """All that a run could have changed."""
    return second.origin.git("for-each-ref"), repr(second.rest.issues), repr(second.rest.comments)


def test_from_the_document_to_admission(
    second: LanternRepository, fake_github: FakeGitHub, today: date
) -> None:
    assert set(second.origin.files("main")) == {*files_of_the_document(), FORM}
    assert "application" not in second.rest.labels
    run = apply(second, fake_github)
    assert (run.code, run.jobs["issue"]) == (0, "success"), run.log
    [pull] = second.rest.pulls
    check_proposed(second, pull)

    before = merge(second, pull)
    run = push(second, before)
    assert (run.code, run.jobs) == (0, ADMITTED), run.log
    check_admitted(second, today)

    admitted = state(second)
    again = push(second, before)
    assert (again.code, again.jobs) == (0, ADMITTED), again.log
    assert state(second) == admitted


def test_the_workflow_in_readme_answers_an_issue(
    second: LanternRepository, fake_github: FakeGitHub
) -> None:
    [usage] = re.findall(r"^```yaml\n(name: .*?)^```$", README, re.MULTILINE | re.DOTALL)
    file = second.seed.path / ".github/workflows/application.yml"
    file.write_text(usage)
    second.push("The workflow in README")
    program = Path(sys.executable).with_name("actionlint")
    subprocess.run([str(program)], cwd=second.seed.path, check=True)  # noqa: S603  our own
    run = apply(second, fake_github)
    assert (run.code, run.jobs["issue"]) == (0, "success"), run.log
    [pull] = second.rest.pulls
    check_proposed(second, pull)
    issue, comment = second.rest.issues[NUMBER], {"body": "Thank you"}
    talk = second.run(
        "application.yml", "issue_comment", action="created", issue=issue, comment=comment
    )
    assert talk.jobs == {"issue": "skipped", "propose": "skipped"}


def check_proposed(second: LanternRepository, pull: dict[str, Any]) -> None:
    [verdict] = second.rest.comments[NUMBER]
    assert "### Eligible: Acme GmbH meets all criteria" in verdict["body"]
    labels = [one["name"] for one in second.rest.issues[NUMBER]["labels"]]
    assert labels == ["application", "eligible"]
    assert pull["head"]["ref"] == BRANCH
    assert second.origin.git("diff", "--name-only", "main", BRANCH) == PATH


def check_admitted(second: LanternRepository, today: date) -> None:
    author, subject = second.origin.git("log", "-1", "--format=%an%n%s", "main").splitlines()
    assert (author, subject) == (BOT, "Admit acme-gmbh")
    record = yaml.safe_load(second.origin.git("show", f"main:{RECORD}"))
    assert [one["id"] for one in record["team"]] == [4711]
    assert date.fromisoformat(record["accepted"]) == today
    assert record["terms"] == {"edition": "2026-01", "amount": "USD 100"}
    assert record["issue"] == NUMBER
    assert second.rest.issues[NUMBER]["state"] == "closed"
    *_, welcome = second.rest.comments[NUMBER]
    assert "### Welcome, Acme GmbH!" in welcome["body"]
