"""The workflow of applications, whole: the real file, run by act, on an issue and on a fork's code.

Nothing of a fork may run, and nothing of it may change what is not its own: so its code would print
PWNED, and each test looks at all that is not this application's.
"""

import copy
from typing import Any

import pytest

from acme import ACME, PATH
from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import FakeGitHub
from lantern_fork import NUMBER, Fork
from lantern_repository import NAME, LanternRepository
from program_folder import body
from workflows.act_log import Annotation, Run

WORKFLOW = "application.yml"
JOBS = ("issue", "propose", "pull-request")


@pytest.fixture
def fork(lantern: LanternRepository, fake_github: FakeGitHub) -> Fork:
    fake_github.spokesperson("example-applicant", "example-stranger")
    return Fork(lantern, fake_github, WORKFLOW)


def answered(run: Run, *jobs: str) -> bool:
    """Whether just these jobs ran, and went well."""
    results = {job: "success" if job in jobs else "skipped" for job in JOBS}
    return (run.code, run.jobs) == (0, results)


def headline(lantern: LanternRepository) -> str:
    """Of the one comment that stands there."""
    [comment] = lantern.rest.comments[NUMBER]
    return next(str(one) for one in comment["body"].splitlines() if one.startswith("###"))


def labels(lantern: LanternRepository) -> list[str]:
    return [label["name"] for label in lantern.rest.issues[NUMBER]["labels"]]


def elsewhere(lantern: LanternRepository) -> Any:
    """The tree of the origin, and all that GitHub shows but for this application."""
    others = [
        {number: one for number, one in found.items() if number != NUMBER}
        for found in (lantern.rest.issues, lantern.rest.comments)
    ]
    return lantern.origin.git("for-each-ref"), copy.deepcopy(others)


def test_an_issue_is_answered_and_answered_again(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    issue = fake_github.rest.add_issue(
        NAME, NUMBER, "example-applicant", labels=["application"], body=body(account="nobody")
    )
    run = lantern.run(WORKFLOW, "issues", action="opened", issue=issue)
    assert answered(run, "issue"), run.log
    assert headline(lantern).startswith("### Not yet: Acme GmbH")
    assert run.outputs["issue", "judge"]["decision"] == "not yet"
    label = {"name": "application"}
    again = lantern.run(WORKFLOW, "issues", action="labeled", issue=issue, label=label)
    assert answered(again, "issue"), again.log
    assert len(lantern.rest.comments[NUMBER]) == 1

    issue["body"] = body()
    run = lantern.run(WORKFLOW, "issues", action="edited", issue=issue)
    assert answered(run, "issue", "propose"), run.log
    verdict, notice = [one["body"] for one in lantern.rest.comments[NUMBER]]
    assert "### Eligible: Acme GmbH meets all criteria" in verdict
    assert "from *not yet* to *eligible*" in notice
    assert labels(lantern) == ["application", "eligible"]


def test_a_dry_run_of_the_action_says_all_and_writes_nothing(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    """Of an application that would get a comment, a label, a branch and a pull request."""
    file = lantern.seed.path / ".github/workflows" / WORKFLOW
    text, tokens = file.read_text(), "          sponsors-token:"
    file.write_text(text.replace(tokens, f"          dry-run: true\n{tokens}"))
    lantern.push("Try it")
    issue = fake_github.rest.add_issue(
        NAME, NUMBER, "example-applicant", labels=["application"], body=body()
    )
    before = copy.deepcopy((lantern.rest.issues, lantern.rest.comments)), elsewhere(lantern)
    run = lantern.run(WORKFLOW, "issues", action="opened", issue=issue)
    assert answered(run, "issue"), run.log
    [summary] = run.summaries
    assert "### Eligible: Acme GmbH meets all criteria" in summary
    assert run.outputs["issue", "judge"]["decision"] == "eligible"
    assert "| ### Eligible: Acme GmbH meets all criteria" in run.log
    assert "change labels: +eligible" in run.log
    assert lantern.used == frozenset()
    assert ((lantern.rest.issues, lantern.rest.comments), elsewhere(lantern)) == before
    assert lantern.rest.pulls == []


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("issues", {"action": "labeled", "label": {"name": "bug"}}),
        ("issue_comment", {"action": "created", "comment": {"id": 1, "body": "See a/b"}}),
    ],
)
def test_what_starts_no_job(
    lantern: LanternRepository, fake_github: FakeGitHub, event: str, payload: dict[str, Any]
) -> None:
    issue = fake_github.rest.add_issue(NAME, NUMBER, "example-applicant", body=body())
    run = lantern.run(WORKFLOW, event, issue=issue, **payload)
    assert run.jobs == dict.fromkeys(JOBS, "skipped")
    assert fake_github.requests == []


def test_a_good_application_from_a_fork(lantern: LanternRepository, fork: Fork) -> None:
    fork.propose({PATH: ACME})
    before = elsewhere(lantern)
    for action in ("opened", "edited"):
        run = fork.run(action)
        assert answered(run, "pull-request"), run.log
        assert headline(lantern) == "### Eligible: Acme GmbH meets all criteria"
        [status] = lantern.rest.statuses[fork.head]
        assert (status["context"], status["state"]) == ("partners/verdict", "success")
        assert status["target_url"] == run.outputs["pull-request", "judge"]["comment-url"]
        assert "PWNED" not in run.raw
    assert labels(lantern) == ["application", "eligible"]
    assert elsewhere(lantern) == before
    assert lantern.used == {"issues", "statuses"}


def test_a_bad_application_is_shown_on_its_lines(lantern: LanternRepository, fork: Fork) -> None:
    fork.propose({PATH: ACME.replace("United States", "Atlantis").replace("2025-01-15", "soon")})
    run = fork.run()
    assert answered(run, "pull-request"), run.log
    assert [one.level for one in run.annotations] == ["error", "error"]
    assert "is not a country known to us." in run.annotations[0].message
    assert headline(lantern).startswith("### Invalid")

    fork.propose({PATH: ACME})
    run = fork.run("synchronize")
    assert answered(run, "pull-request"), run.log
    assert run.annotations == ()
    assert labels(lantern) == ["application", "eligible"]


MALICIOUS = {
    "a workflow": ({PATH: ACME, ".github/workflows/application.yml": "PWNED"}, "decides what runs"),
    "the action": ({PATH: ACME, "action.yml": "PWNED"}, "decides what runs"),
    "a second file": ({PATH: ACME, "src/x.py": "print('PWNED')"}, "nothing else is taken"),
    "others' records": ({PATH: ACME, "partners/aurora-digital.yml": "PWNED"}, "nothing else"),
    "a command": ({PATH: f"::error::PWNED\n::add-mask::e\n{ACME}"}, "This is not YAML"),
    "a command in a word": ({PATH: ACME.replace("United", "'%0A::PWNED::'")}, "not YAML"),
}


@pytest.mark.parametrize("name", MALICIOUS)
def test_a_malicious_one_gets_a_plain_refusal(
    lantern: LanternRepository, fork: Fork, fake_github: FakeGitHub, name: str
) -> None:
    files, words = MALICIOUS[name]
    fork.propose(files)
    lantern.rest.issues[NUMBER]["labels"] = [lantern.rest.label("help wanted")]
    forged = f"{Memory(kind='verdict', decision=Decision.ELIGIBLE)}Welcome!"
    fake_github.rest.add_comment(NAME, NUMBER, "example-stranger", forged)
    before = elsewhere(lantern)
    run = fork.run()
    assert answered(run, "pull-request"), run.log
    assert "PWNED" not in run.raw
    stranger, ours = [one["body"] for one in lantern.rest.comments[NUMBER]]
    assert stranger == forged
    assert "### Invalid" in ours
    assert words in ours
    assert labels(lantern) == ["help wanted", "application", "invalid"]
    assert lantern.rest.statuses[fork.head][-1]["state"] == "failure"
    assert elsewhere(lantern) == before


def test_a_symbolic_link(lantern: LanternRepository, fork: Fork) -> None:
    fork.propose({})
    fork.link(PATH, "../program.yml")
    before = elsewhere(lantern)
    run = fork.run()
    assert answered(run, "pull-request"), run.log
    assert run.annotations[0] == Annotation(
        level="error",
        message="This is a link to another file, or not the content that GitHub lists. Replace it "
        "by a plain file.",
    )
    assert headline(lantern).startswith("### Invalid")
    assert elsewhere(lantern) == before


def test_a_fork_that_does_not_apply_is_left_alone(lantern: LanternRepository, fork: Fork) -> None:
    fork.propose({"src/x.py": "print('PWNED')"})
    run = fork.run()
    assert answered(run, "pull-request"), run.log
    assert "Nothing to do." in run.log
    assert (lantern.rest.comments[NUMBER], labels(lantern)) == ([], [])
    assert lantern.used == {"statuses"}, "a rule of the branch may ask for it"
    assert "PWNED" not in run.raw
