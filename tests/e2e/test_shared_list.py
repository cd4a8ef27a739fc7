"""`partners waiting` reads one list for all applications of a day, and knows what it did since."""

from datetime import date
from typing import Any

import pytest

from acme import MONTHS, do_the_work
from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import ACTIONS_BOT
from fakes.github_changes import commit
from program_folder import POLICY, REPOSITORY, ProgramFolder, Ran, body, headline

WAITING = "waiting: {remind_after_days: 30, close_after_days: 60}\n"
TODAY = "2026-12-01"
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"
REVIEW = "### Needs review: a maintainer will check Acme GmbH"
OTHER = {"name": "Other GmbH", "website": "https://other.example", "account": "other"}
FILE = """\
slug: acme-gmbh
name: Acme GmbH
website: https://acme.example
country: United States
sponsorship: {platform: open-collective, account: acme}
"""


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme, which applies by issue 7, is eligible as soon as it is alone."""
    (program_folder.path / "program.yml").write_text(POLICY + WAITING, encoding="utf-8")
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    days = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01")
    program_folder.open_collective.faithful("acme", *days)
    program_folder.github.organization("project")
    program_folder.github.spokesperson("example-applicant", "example-other")
    do_the_work(program_folder.github, (*MONTHS, "2026-11"))
    applies(program_folder, 7, body())
    return program_folder


def applies(folder: ProgramFolder, number: int, text: str) -> None:
    """By an issue without a verdict."""
    labels = ["application"]
    folder.github.rest.add_issue(REPOSITORY, number, "example-other", labels=labels, body=text)


def wait(folder: ProgramFolder) -> Ran:
    folder.github.rest.now = f"{TODAY}T05:00:00Z"
    return folder.run("waiting", "--today", TODAY)


def verdict(folder: ProgramFolder, number: int) -> str:
    said = folder.github.rest.repository(REPOSITORY).comments[number]
    return next(headline(one["body"]) for one in said if one["user"]["login"] == ACTIONS_BOT)


def lists(folder: ProgramFolder) -> list[Any]:
    asked = (str(one.body) for one in folder.github.requests)
    return [one for one in asked if "issues(" in one and "'issuesAsked': True" in one]


def silent(folder: ProgramFolder, number: int, text: str) -> None:
    """An application that cannot be read, and whose day of closing is today."""
    rest = folder.github.rest
    applies(folder, number, text)
    rest.now = "2026-09-01T09:00:00Z"
    rest.repository(REPOSITORY).issues[number]["created_at"] = rest.now
    for memory in (
        Memory(kind="verdict", decision=Decision.INVALID),
        Memory(kind="reminder", closes=date.fromisoformat(TODAY)),
    ):
        rest.add_comment(REPOSITORY, number, ACTIONS_BOT, f"{memory}### Hello")
        rest.now = "2026-10-01T09:00:00Z"


def test_an_application_that_this_run_closed_is_in_nobodys_way(acme: ProgramFolder) -> None:
    silent(acme, 5, body(country="Atlantis"))
    ran = wait(acme)
    assert ran.code == 0, ran.err
    assert "#5: checked again: invalid. Closed.\n" in ran.out
    assert verdict(acme, 7) == ELIGIBLE
    assert len(lists(acme)) == 1


def test_an_open_one_is_in_the_way(acme: ProgramFolder) -> None:
    """Both are due, and the later one is for a maintainer."""
    applies(acme, 5, body())
    assert wait(acme).code == 0
    assert verdict(acme, 7) == REVIEW
    assert len(lists(acme)) == 1


@pytest.mark.parametrize(
    ("change", "headline"),
    [
        ({"body": body(country="Atlantis", **OTHER)}, ELIGIBLE),
        ({"state": "closed"}, ELIGIBLE),
        ({"labels": [{"name": "other"}], "body": "Never mind."}, ELIGIBLE),
        ({"title": "Still us"}, REVIEW),
    ],
    ids=["names another organization", "is closed", "is no application any more", "stays"],
)
def test_what_changed_since_the_list_was_read_is_known(
    acme: ProgramFolder, change: dict[str, Any], headline: str
) -> None:
    """Issue 5 is changed by a person between the list and its turn."""
    applies(acme, 5, body())

    def changed(honest: Any) -> Any:
        acme.github.rest.repository(REPOSITORY).issues[5].update(change)
        return honest()

    acme.github.fail(changed, on="issueOrPullRequest(number")
    ran = wait(acme)
    assert ran.code == 0, ran.err
    assert verdict(acme, 7) == headline


def test_a_branch_that_this_run_took_is_taken(acme: ProgramFolder) -> None:
    """A maintainer lets both go on, and they have one name: the second one hears of the first."""
    applies(acme, 5, body())
    event = acme.issue(body())
    for number in (5, 7):
        issue = acme.github.rest.repository(REPOSITORY).issues[number]
        assert acme.review({**event, "issue": issue}).code == 0
    waived = "/waive new-partner They are two."
    acme.github.rest.add_comment(REPOSITORY, 7, "example-maintainer", waived)
    acme.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    ran = wait(acme)
    assert ran.code == 0, ran.err
    assert verdict(acme, 5) == ELIGIBLE
    assert verdict(acme, 7).startswith("### Eligible: ")
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    taken = f"Pull request #{pull['number']} takes the branch application-acme-gmbh for another"
    assert taken in ran.out


def test_files_in_pull_requests_are_read_once_and_only_for_what_is_due(acme: ProgramFolder) -> None:
    """An application by pull request, before both issues, is in the way of one of them."""
    path = {"applications/acme-gmbh.yml": FILE}
    acme.github.rest.propose(REPOSITORY, 4, "example-other", path, commit(4))
    memory = Memory(kind="verdict", decision=Decision.NOT_YET, heard=True)
    acme.github.rest.add_comment(REPOSITORY, 4, ACTIONS_BOT, f"{memory}### Not yet")
    applies(acme, 9, body(**OTHER))
    ran = wait(acme)
    assert ran.code == 0, ran.err
    assert verdict(acme, 7) == REVIEW
    assert len([one for one in acme.github.requests if "file0" in str(one.body)]) == 1
    acme.github.requests.clear()
    ran = wait(acme)
    assert (ran.code, len(acme.github.requests)) == (0, 1), ran.out


def test_one_application_whose_thread_is_odd_stops_no_other(acme: ProgramFolder) -> None:
    """The list shows it oddly; by itself it is read as it is."""
    applies(acme, 5, body(**OTHER))
    acme.github.rest.repository(REPOSITORY).edited[5] = "yesterday"
    ran = wait(acme)
    assert verdict(acme, 7) == ELIGIBLE, ran.err
