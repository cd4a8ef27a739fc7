"""Eligible does not last for ever: a month closes, and the daily run judges again."""

from typing import Any

import pytest

from acme import ACME, MONTHS, PATH, do_the_work
from community_partners.intake.program_form import TEMPLATE
from community_partners.model.commit_status import RECHECKED
from fakes import server
from fakes.github_changes import commit
from program_folder import REPOSITORY, ProgramFolder, Ran, body
from pull_folder import NUMBER, PullFolder

LATE = "2026-12-01"  # November has closed since the verdict


def wait(folder: ProgramFolder, today: str, **env: str) -> Ran:
    folder.github.rest.now = f"{today}T05:00:00Z"
    return folder.run("waiting", "--today", today, **env)


@pytest.fixture
def acme(pull_folder: PullFolder) -> PullFolder:
    """Eligible on 24 November."""
    pull_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    days = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
    pull_folder.open_collective.faithful("acme", *days)
    pull_folder.github.organization("project")
    do_the_work(pull_folder.github, MONTHS)
    return pull_folder


def by_issue(folder: PullFolder) -> str:
    """The commit of the proposal for its issue."""
    assert folder.review(folder.issue(body())).code == 0
    [pull] = folder.github.rest.repository(REPOSITORY).pulls
    return str(pull["head"]["sha"])


def by_pull(folder: PullFolder) -> str:
    folder.propose({PATH: ACME})
    assert folder.pull(action="opened").code == 0
    return commit(1)


DOORS = pytest.mark.parametrize("enter", [by_issue, by_pull])


def said(folder: ProgramFolder, head: str) -> list[tuple[str, str]]:
    """The statuses of a commit, the oldest first."""
    found = folder.github.rest.repository(REPOSITORY).statuses[head]
    return [(one["state"], one["description"]) for one in found]


@DOORS
def test_who_does_not_go_on_is_not_merged_on_an_old_verdict(acme: PullFolder, enter: Any) -> None:
    head = enter(acme)
    assert [state for state, _ in said(acme, head)] == ["success"]
    assert wait(acme, "2026-11-30").out == "#7: eligible; a maintainer confirms.\n"
    assert len(said(acme, head)) == 1
    ran = wait(acme, LATE)
    assert ran.code == 0, ran.err
    assert "#7: checked again: not yet." in ran.out
    pending, now, *_ = said(acme, head)[1:]
    assert pending == ("pending", RECHECKED)
    assert now[0] == "failure"
    assert "from *eligible* to *not yet*" in acme.comments[1]


@DOORS
def test_who_goes_on_is_eligible_for_another_month(acme: PullFolder, enter: Any) -> None:
    head = enter(acme)
    do_the_work(acme.github, ("2026-11",))
    acme.open_collective.faithful("acme", "2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01")
    ran = wait(acme, LATE)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "#7: checked again: eligible."), ran.err
    assert [state for state, _ in said(acme, head)] == ["success", "pending", "success"]
    assert len(acme.comments) == 1, "no news"
    assert wait(acme, "2026-12-31").out == "#7: eligible; a maintainer confirms.\n"


@DOORS
def test_while_a_source_is_silent_nobody_merges(acme: PullFolder, enter: Any) -> None:
    head = enter(acme)
    before = acme.comments
    acme.open_collective.fail(server.status(502), times=99)
    for day in (LATE, "2026-12-02"):
        ran = wait(acme, day, PARTNERS_TIMEOUT="0.4")
        assert ran.code == 1
        assert said(acme, head)[-1] == ("pending", RECHECKED)
    assert acme.comments == before
    acme.open_collective.recover()
    assert wait(acme, "2026-12-03").code == 0
    assert said(acme, head)[-1][0] == "failure"


@DOORS
def test_a_dry_run_says_so_and_sets_nothing(acme: PullFolder, enter: Any) -> None:
    head = enter(acme)
    acme.github.rest.now = f"{LATE}T05:00:00Z"
    ran = acme.run("waiting", "--today", LATE, "--dry-run")
    assert f"set the status of {head[:12]}: pending" in ran.out
    assert len(said(acme, head)) == 1


LABELED = pytest.mark.parametrize("labels", [["application"], []], ids=["label", "no label"])


@LABELED
def test_an_issue_whose_first_run_failed_is_found(acme: PullFolder, labels: list[str]) -> None:
    acme.issue(body(), labels=labels)
    ran = wait(acme, "2026-11-25")
    assert ran.out.endswith("#7: checked again: eligible.\n"), ran.err
    assert acme.labels == ["application", "eligible"]


@LABELED
def test_a_pull_request_whose_first_run_failed_is_found(
    acme: PullFolder, labels: list[str]
) -> None:
    acme.propose({PATH: ACME})
    rest = acme.github.rest.repository(REPOSITORY)
    rest.issues[NUMBER]["labels"] = [rest.label(one) for one in labels]
    ran = wait(acme, "2026-11-25")
    assert ran.out == "#7: checked again: eligible.\n", ran.err
    assert acme.labels == ["application", "eligible"]


def test_an_issue_that_is_no_form_is_left_alone(acme: PullFolder) -> None:
    acme.issue("A question about the program", labels=[])
    assert wait(acme, "2026-11-25").out == "No application is open.\n"
    assert acme.comments == []


def test_without_a_form_no_issue_is_an_application(acme: PullFolder) -> None:
    (acme.path / TEMPLATE).unlink()
    acme.issue("A question about the program", labels=[])
    assert wait(acme, "2026-11-25").out == "No application is open.\n"
