"""`partners waiting` on applications by pull request: looked after as those by issue are."""

import pytest

from acme import PATH
from fakes.github import FakeGitHub
from fakes.github_changes import commit
from fakes.open_collective import FakeOpenCollective
from program_folder import POLICY, REPOSITORY, ProgramFolder, Ran
from pull_folder import NUMBER, PullFolder

WAITING = "waiting: {remind_after_days: 30, close_after_days: 60}\n"
BAD = "slug: acme\nname: Acme GmbH\n"


@pytest.fixture
def acme(pull_folder: PullFolder) -> PullFolder:
    """An application that cannot be read, of 20 November, with its verdict of the 24th."""
    (pull_folder.path / "program.yml").write_text(POLICY + WAITING, encoding="utf-8")
    pull_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    pull_folder.propose({PATH: BAD})
    assert pull_folder.pull(action="opened").code == 0
    assert pull_folder.labels == ["application", "invalid"]
    return pull_folder


def wait(folder: ProgramFolder, today: str) -> Ran:
    folder.github.rest.now = f"{today}T05:00:00Z"
    return folder.run("waiting", "--today", today)


def test_it_is_reminded_and_closed(acme: ProgramFolder) -> None:
    assert wait(acme, "2026-12-23").out == "#7: invalid; nothing to do yet.\n"
    assert wait(acme, "2026-12-24").out == "#7: checked again: invalid. Reminded.\n"
    assert "details of the application must be corrected." in acme.comments[1]
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
