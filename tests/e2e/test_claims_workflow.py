"""The workflow of claims, run by act: a form is answered, a word of an approver adds the file."""

from datetime import UTC, datetime, timedelta

import pytest

from community_partners.intake.claim_form import TEMPLATE
from community_partners.intake.form_template import read_template
from community_partners.intake.yaml_document import write_yaml
from fakes.filled_form import fill
from fakes.github import FakeGitHub
from lantern_fork import NUMBER as PULL
from lantern_fork import Fork
from lantern_repository import NAME, ROOT, LanternRepository

WORKFLOW, NUMBER = "claims.yml", 71
FORM = read_template((ROOT / TEMPLATE).read_text("utf-8"))
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
LAST_MONTH = YESTERDAY.replace(day=1) - timedelta(days=1)


@pytest.fixture
def people(fake_github: FakeGitHub) -> None:
    for number, login in enumerate(("example-dai", "example-organizer", "example-maintainer"), 106):
        fake_github.person(login, databaseId=number)


def answered(lantern: LanternRepository, words: str = "") -> str:
    """What our comment says after the issue was written, or after these words of an approver."""
    issue = lantern.rest.issues[NUMBER]
    if words:
        comment = lantern.rest.comments[NUMBER][-1]
        run = lantern.run(WORKFLOW, "issue_comment", action="created", issue=issue, comment=comment)
    else:
        run = lantern.run(WORKFLOW, "issues", action="opened", issue=issue)
    assert (run.code, run.jobs) == (0, {"claim": "success"}), run.log
    return str(lantern.rest.comments[NUMBER][0]["body"]).partition("\n")[2]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("kind", "when", "approver"),
    [
        ("event", str(YESTERDAY), "example-organizer"),
        ("leadership", f"{LAST_MONTH:%Y-%m}", "example-maintainer"),
    ],
)
def test_a_claim_from_form_to_file(
    kind: str, when: str, approver: str, lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    said = {"kind": kind, "date": when, "url": "https://events.example/1", "title": "The meetup"}
    fake_github.rest.add_issue(NAME, NUMBER, "example-dai", labels=["claim"], body=fill(FORM, said))
    assert "Nothing is missing." in answered(lantern)
    fake_github.rest.add_comment(NAME, NUMBER, approver, "/approve")
    assert f"Approved by `{approver}`: 10 points for Dune Works" in answered(lantern, "/approve")
    day = YESTERDAY if kind == "event" else LAST_MONTH
    files = lantern.origin.files("main")
    assert f"approved_by: {approver}" in files[f"contributions/{day:%Y/%m}/dune-works-{NUMBER}.yml"]
    assert lantern.rest.issues[NUMBER]["state"] == "closed"
    assert len(lantern.rest.comments[NUMBER]) == 2
    assert lantern.used == {"contents", "issues"}


@pytest.mark.usefixtures("people")
def test_claims_of_a_fork_become_files_and_nothing_of_it_runs(
    lantern: LanternRepository, fake_github: FakeGitHub
) -> None:
    fork = Fork(lantern, fake_github, WORKFLOW)
    fake_github.person("example-stranger", databaseId=4711)
    meetup = {"kind": "event", "person": "example-dai", "title": "The meetup"}
    claims = [
        {**meetup, "date": str(YESTERDAY), "url": f"https://events.example/{n}"} for n in "12"
    ]
    fork.propose({"contributions/mine.yml": write_yaml({"claims": claims})})
    run = fork.run()
    assert (run.code, run.jobs) == (0, {"claim": "success"}), run.log
    assert "They bring 20 points" in lantern.rest.comments[PULL][0]["body"]
    assert lantern.rest.statuses[fork.head][0]["context"] == "partners/claims"
    comment = fake_github.rest.add_comment(NAME, PULL, "example-organizer", "/approve")
    issue = {**lantern.rest.issues[PULL], "pull_request": {}}
    run = lantern.run(WORKFLOW, "issue_comment", action="created", issue=issue, comment=comment)
    assert (run.code, run.jobs) == (0, {"claim": "success"}), run.log
    assert "PWNED" not in run.raw
    files = lantern.origin.files("main")
    assert f"contributions/{YESTERDAY:%Y/%m}/dune-works-{PULL}.yml" in files
    assert "contributions/mine.yml" not in files
    assert [one["state"] for one in lantern.rest.pulls] == ["closed"]


def test_other_comments_start_nothing(lantern: LanternRepository, fake_github: FakeGitHub) -> None:
    issue = fake_github.rest.add_issue(NAME, NUMBER, "example-dai", labels=["claim"], body="Hello")
    comment = fake_github.rest.add_comment(NAME, NUMBER, "example-dai", "Thank you!")
    run = lantern.run(WORKFLOW, "issue_comment", action="created", issue=issue, comment=comment)
    assert run.jobs == {"claim": "skipped"}
