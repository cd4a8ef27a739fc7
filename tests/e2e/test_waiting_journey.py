"""`partners waiting`, whole: open applications on the fake GitHub, day after day."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from acme import MONTHS, do_the_work
from community_partners.github.thread_query import LISTED_COMMENTS
from community_partners.hidden_line import memory_in
from fakes import server
from program_folder import POLICY, REPOSITORY, ProgramFolder, Ran, body

WAITING = "waiting: {remind_after_days: 30, close_after_days: 60}\n"
STRANGER = body(account="nobody")  # not yet, as soon as it is mended


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme has paid since September, and worked since August: eligible in December."""
    (program_folder.path / "program.yml").write_text(POLICY + WAITING, encoding="utf-8")
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    days = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01")
    program_folder.open_collective.faithful("acme", *days)
    program_folder.github.organization("project")
    do_the_work(program_folder.github, (*MONTHS, "2026-11"))
    return program_folder


def wait(folder: ProgramFolder, today: str, *options: str, **env: str) -> Ran:
    """The command on a day; what it posts is dated by it."""
    folder.github.rest.now = f"{today}T05:00:00Z"
    return folder.run("waiting", "--today", today, *options, **env)


def headlines(folder: ProgramFolder) -> list[str]:
    return [
        re.sub("(?s).*?-->\n(<!--.*?-->\n)?", "", one).split("\n")[0] for one in folder.comments
    ]


def writes(folder: ProgramFolder) -> list[str]:
    """By REST; GraphQL is only asked, but for labels."""
    return [
        f"{one.method} {one.path.rsplit('/', 1)[1]}"
        for one in folder.github.requests
        if one.method != "GET" and one.path != "/graphql"
    ]


def test_it_is_looked_at_again_when_its_day_has_come(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    [comment] = acme.comments
    memory = memory_in(comment)
    assert memory is not None
    assert memory.again == date(2026, 12, 1)
    before = wait(acme, "2026-11-30")
    assert (before.code, before.out) == (0, "#7: not yet; nothing to do yet.\n")
    assert acme.comments == [comment]
    ran = wait(acme, "2026-12-01")
    assert ran.code == 0, ran.err
    assert ran.out.endswith("\n#7: checked again: eligible.\n")
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["title"] == "Application of acme-gmbh"
    verdict, notice = acme.comments
    assert headlines(acme)[0] == "### Eligible: Acme GmbH meets all criteria"
    now = memory_in(verdict)
    assert now is not None
    assert now.again == date(2027, 1, 1), "eligible holds until a month has closed"
    assert "from *not yet* to *eligible*" in notice
    assert acme.labels == ["application", "eligible"]
    asked = len(acme.github.requests)
    ran = wait(acme, "2026-12-08")
    assert ran.out == "#7: eligible; a maintainer confirms.\n"
    assert len(acme.github.requests) == asked + 1, "the list"


def test_what_changes_while_it_is_looked_at_is_left_to_its_own_run(acme: ProgramFolder) -> None:
    """That run does not wait for the daily one, whose news are older by then."""
    acme.review(acme.issue(body()))

    def edited(honest: Any) -> Any:
        acme.issue(STRANGER, "edited")
        acme.comment("example-applicant", "It is another account.")
        return honest()

    acme.open_collective.fail(edited)
    before, asked = acme.comments[0], len(acme.github.requests)
    ran = wait(acme, "2026-12-01")
    assert (ran.code, ran.out) == (0, "#7: changed meanwhile: its own run answers.\n"), ran.err
    assert (acme.comments[0], acme.labels) == (before, ["application", "not-yet"])
    assert not [one for one in acme.github.requests[asked:] if one.method == "PATCH"]
    assert acme.github.rest.repository(REPOSITORY).pulls == []


def test_what_only_a_person_can_change_is_looked_at_once_a_week(acme: ProgramFolder) -> None:
    """Eligible as soon as the paying account is there: no day is to be waited for."""
    acme.review(acme.issue(STRANGER))
    for day in ("2026-11-25", "2026-11-30"):
        assert wait(acme, day).out == "#7: not yet; nothing to do yet.\n"
    assert wait(acme, "2026-12-01").out == "#7: checked again: not yet.\n"
    assert wait(acme, "2026-12-02").out == "#7: not yet; nothing to do yet.\n"


def test_a_source_that_was_silent_is_asked_again(acme: ProgramFolder) -> None:
    acme.open_collective.fail(server.status(502), times=99)
    acme.review(acme.issue(STRANGER), PARTNERS_TIMEOUT="0.4")
    assert acme.labels == ["application", "needs-review"]
    acme.open_collective.recover()
    assert wait(acme, "2026-11-25").out == "#7: checked again: not yet.\n"
    assert acme.labels == ["application", "not-yet"]


def test_quiet_days_begin_anew_with_another_decision(acme: ProgramFolder) -> None:
    """Until now it was ours to act: nobody is reminded of a decision that is new to them."""
    acme.open_collective.fail(server.status(502), times=99)
    acme.review(acme.issue(STRANGER), PARTNERS_TIMEOUT="0.4")
    acme.open_collective.recover()
    assert wait(acme, "2026-12-24").out == "#7: checked again: not yet.\n"
    assert "### Are you still on it?" not in headlines(acme)


@pytest.mark.parametrize("on", ["2026-12-01", "2026-12-24"], ids=["its day", "a reminder"])
def test_a_source_that_is_silent_that_day_changes_nothing(acme: ProgramFolder, on: str) -> None:
    """Nobody has asked: so nobody is told that we know less now; and the next day tries again."""
    acme.review(acme.issue(body() if on == "2026-12-01" else STRANGER))
    before = acme.comments
    acme.open_collective.fail(server.status(502), times=99)
    ran = wait(acme, on, PARTNERS_TIMEOUT="0.4")
    assert (ran.code, ran.out) == (1, "")
    assert "#7: Open Collective " in ran.err
    assert "The verdict stays as it was; the next run checks again." in ran.err
    assert (acme.comments, acme.labels) == (before, ["application", "not-yet"])
    acme.open_collective.recover()
    told = {"2026-12-01": "eligible.", "2026-12-24": "not yet. Reminded."}
    next_day = str(date.fromisoformat(on) + timedelta(days=1))
    assert wait(acme, next_day).out.endswith(f"#7: checked again: {told[on]}\n")


def test_silence_is_answered_once_and_ends_with_a_kind_word(acme: ProgramFolder) -> None:
    acme.review(acme.issue(STRANGER))
    assert wait(acme, "2026-12-23").out == "#7: checked again: not yet.\n"
    for _ in range(2):
        wait(acme, "2026-12-24")
    assert headlines(acme)[1:] == ["### Are you still on it?"]
    assert "it is closed on 22 February 2027" in acme.comments[1]
    wait(acme, "2027-02-21")
    assert len(acme.comments) == 2
    ran = wait(acme, "2027-02-22")
    assert ran.out == "#7: checked again: not yet. Closed.\n"
    assert headlines(acme)[2:] == ["### Closed for now"]
    issue = acme.github.rest.repository(REPOSITORY).issues[7]
    assert (issue["state"], issue["state_reason"]) == ("closed", "not_planned")
    assert wait(acme, "2027-03-01").out == "No application is open.\n"

    issue["state"] = "open"
    acme.github.rest.repository(REPOSITORY).reopened[7] = "2027-03-02T09:00:00Z"
    wait(acme, "2027-03-08")
    assert (issue["state"], len(acme.comments)) == ("open", 3), "a silence of its own"
    wait(acme, "2027-04-02")
    assert headlines(acme)[3:] == ["### Are you still on it?"]


@pytest.mark.parametrize(
    ("login", "counts"),
    [
        ("example-applicant", True),
        ("example-maintainer", True),
        ("project-bot", False),
        ("stale[bot]", False),
    ],
)
def test_a_word_of_a_person_keeps_it_open(acme: ProgramFolder, login: str, counts: bool) -> None:
    acme.review(acme.issue(STRANGER))
    wait(acme, "2026-12-24")
    acme.github.rest.now = "2027-01-10T09:00:00Z"
    acme.github.rest.add_comment(REPOSITORY, 7, login, "A word.")
    ran = wait(acme, "2027-02-22")
    assert ("Closed." in ran.out) is not counts
    assert ("Reminded." in ran.out) is counts, "and begins another silence"


def test_an_edit_keeps_it_open(acme: ProgramFolder) -> None:
    acme.review(acme.issue(STRANGER))
    wait(acme, "2026-12-24")
    acme.github.rest.repository(REPOSITORY).edited[7] = "2027-02-21T09:00:00Z"
    assert wait(acme, "2027-02-22").out == "#7: checked again: not yet.\n"


def test_nobody_is_closed_before_the_day_that_was_promised(acme: ProgramFolder) -> None:
    """The reminder comes in December, for an application that could be eligible in April."""
    acme.issue(body(account="acme2"))
    acme.open_collective.faithful("acme2", "2026-12-20")
    acme.review(acme.issue(body(account="acme2"), "edited"))
    assert "### Not yet: Acme GmbH can be a partner from" in acme.comments[0]
    wait(acme, "2026-12-24")
    [_, reminder] = acme.comments
    assert "It could be eligible from 1 March 2027" in reminder
    assert "it is closed on 1 March 2027" in reminder


def test_who_is_eligible_by_now_is_not_sent_away(acme: ProgramFolder) -> None:
    """The thread is silent, the work went on: the last look before a word is a new one."""
    acme.review(acme.issue(body()))
    acme.github.rest.now = "2026-12-24T05:00:00Z"
    assert "checked again: eligible." in wait(acme, "2026-12-24").out
    assert "### Are you still on it?" not in headlines(acme)


def test_an_invalid_form_is_reminded_and_asks_no_source(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body(country="Atlantis")))
    acme.open_collective.requests.clear()
    assert wait(acme, "2026-12-24").out == "#7: checked again: invalid. Reminded.\n"
    assert "1 detail of the application must be corrected." in acme.comments[1]
    assert acme.open_collective.requests == []


def test_without_numbers_in_the_policy_nobody_is_reminded(acme: ProgramFolder) -> None:
    (acme.path / "program.yml").write_text(POLICY, encoding="utf-8")
    acme.review(acme.issue(body(country="Atlantis")))
    assert wait(acme, "2028-01-01").out == "#7: invalid; nothing to do yet.\n"


def test_without_the_list_nobody_is_looked_at(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body(country="Atlantis")))
    before = acme.comments
    acme.github.fail(server.status(502), on="repository(owner", times=99)
    ran = wait(acme, "2028-01-01", PARTNERS_TIMEOUT="0.4")
    assert (ran.code, ran.out, acme.comments) == (1, "", before)
    assert "So no application was looked at; run it again." in ran.err


def test_where_only_rest_shows_a_thread_silence_is_not_guessed(acme: ProgramFolder) -> None:
    """It has more comments than the list shows, and GraphQL does not show it by itself."""
    acme.review(acme.issue(body(country="Atlantis")))
    for _ in range(LISTED_COMMENTS):
        acme.github.rest.add_comment(REPOSITORY, 7, "stale[bot]", "Is anybody here?")
    acme.github.fail(server.status(502), on="issueOrPullRequest(number", times=99)
    ran = wait(acme, "2028-01-01", PARTNERS_TIMEOUT="0.4")
    assert (ran.code, ran.out) == (0, "#7: invalid; nothing to do yet.\n")
    acme.github.recover()
    assert wait(acme, "2028-01-01").out == "#7: checked again: invalid. Reminded.\n"


def test_a_first_verdict_that_never_came(acme: ProgramFolder) -> None:
    acme.issue(STRANGER)
    assert wait(acme, "2026-11-30").out == "#7: checked again: not yet.\n"
    assert len(acme.comments) == 1


def test_a_run_that_was_cut_off_says_goodbye_once(acme: ProgramFolder) -> None:
    acme.review(acme.issue(STRANGER))
    wait(acme, "2026-12-24")
    close = f"PATCH /repos/{REPOSITORY}/issues/7 "
    acme.github.fail(server.status(403), on=close)
    ran = wait(acme, "2027-02-22")
    assert ran.code == 1
    assert ran.err.count("#7: GitHub refused writing to the thread (HTTP 403).") == 1
    assert wait(acme, "2027-03-01").code == 0
    assert headlines(acme)[2:] == ["### Closed for now"]
    assert acme.github.rest.repository(REPOSITORY).issues[7]["state"] == "closed"


def test_one_that_fails_stops_no_other(acme: ProgramFolder) -> None:
    acme.issue(STRANGER)
    for number in (5, 9):
        day = f"2026-11-{number:02}T09:00:00Z"
        fields = {"labels": ["application"], "body": STRANGER, "created_at": day}
        acme.github.rest.add_issue(REPOSITORY, number, "example-applicant", **fields)
    for on in (f"POST /repos/{REPOSITORY}/issues/5/comments", f"I_{REPOSITORY}_5"):
        acme.github.fail(server.status(403), on=on, times=9)
    ran = wait(acme, "2026-11-30")
    assert ran.code == 1
    assert ran.out == "#7: checked again: not yet.\n#9: checked again: not yet.\n"
    assert "partners: #5: GitHub refused writing to the thread" in ran.err
    assert len(re.findall("(?m)^- ", ran.summary)) == 3


def test_a_dry_run_prints_and_writes_nothing(acme: ProgramFolder) -> None:
    acme.review(acme.issue(STRANGER))
    before, asked = list(acme.comments), len(writes(acme))
    ran = wait(acme, "2026-12-24", "--dry-run")
    assert ran.out.startswith("#7: checked again: not yet. Reminded.\nedit comment ")
    assert "| ### Are you still on it?" in ran.out
    assert (acme.comments, len(writes(acme))) == (before, asked)


def test_without_a_token_or_a_repository(acme: ProgramFolder) -> None:
    for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"):
        ran = wait(acme, "2026-11-30", **{name: ""})
        assert ran.code == 1
        assert "`partners waiting` needs GITHUB_TOKEN and GITHUB_REPOSITORY" in ran.err


def test_a_waiver_holds_when_it_is_looked_at_again(acme: ProgramFolder) -> None:
    acme.review(acme.issue(STRANGER))
    acme.github.rest.add_comment(
        REPOSITORY, 7, "example-maintainer", "/waive amount They paid by bank transfer in August."
    )
    acme.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    wait(acme, "2026-12-01")
    assert "They paid by bank transfer" in acme.comments[0]
