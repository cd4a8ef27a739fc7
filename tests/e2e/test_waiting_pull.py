"""`partners waiting` on applications by pull request: looked after as those by issue are."""

import pytest

from fakes.github import FakeGitHub
from fakes.github_changes import commit
from fakes.open_collective import FakeOpenCollective
from program_folder import POLICY, REPOSITORY, ProgramFolder, Ran

WAITING = "waiting: {remind_after_days: 30, close_after_days: 60}\n"
NUMBER = 7
BAD = "slug: acme\nname: Acme GmbH\n"


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """An application that cannot be read, of 20 November, with its verdict of the 24th."""
    (program_folder.path / "program.yml").write_text(POLICY + WAITING, encoding="utf-8")
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    files = {"applications/acme.yml": BAD}
    program_folder.github.rest.propose(REPOSITORY, NUMBER, "example-applicant", files, commit(1))
    event = {
        "action": "opened",
        "pull_request": {"number": NUMBER},
        "repository": {"full_name": REPOSITORY},
        "sender": {"login": "example-applicant", "type": "User"},
    }
    assert program_folder.review(event, name="pull_request_target").code == 0
    assert program_folder.labels == ["application", "invalid"]
    return program_folder


def wait(folder: ProgramFolder, today: str) -> Ran:
    folder.github.rest.now = f"{today}T05:00:00Z"
    return folder.run("waiting", "--today", today)


def test_it_is_reminded_and_closed(acme: ProgramFolder) -> None:
    assert wait(acme, "2026-12-23").out == "#7: invalid; nothing to do yet.\n"
    assert wait(acme, "2026-12-24").out == "#7: checked again: invalid. Reminded.\n"
    assert "details of the application wait to be mended." in acme.comments[1]
    ran = wait(acme, "2027-02-22")
    assert (ran.code, ran.out) == (0, "#7: checked again: invalid. Closed.\n"), ran.err
    assert len(acme.comments) == 3
    closing = acme.github.requests[-1]
    assert (closing.path, closing.body) == (
        f"/repos/{REPOSITORY}/pulls/{NUMBER}",
        {"state": "closed"},
    )
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["state"] == "closed"


def test_a_push_keeps_it_open(acme: ProgramFolder) -> None:
    wait(acme, "2026-12-24")
    acme.github.rest.repository(REPOSITORY).pushed[NUMBER] = "2027-02-01T09:00:00Z"
    assert wait(acme, "2027-02-22").out == "#7: invalid; nothing to do yet.\n"


def test_its_record_is_looked_at_again_at_the_commit_that_stands_there(
    acme: ProgramFolder, fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective
) -> None:
    statuses = fake_github.rest.repository(REPOSITORY).statuses
    before = len(statuses[commit(1)])
    fake_github.requests.clear()
    wait(acme, "2026-12-24")
    threads = [one for one in fake_github.requests if "issueOrPullRequest" in str(one.body)]
    assert len(threads) == 1
    assert len(statuses[commit(1)]) == before, "it says the same"
    assert fake_open_collective.requests == [], "what cannot be read asks no source"
