"""Since when a thread waits for its applicant: what counts as activity and what does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from community_partners.application.quiet import Quiet, quiet_since
from community_partners.hidden_line import Memory, begins_as_ours
from community_partners.model.thread import Comment, Issue, Thread
from community_partners.model.verdict import Decision

BOT = "github-actions[bot]"
IGNORED = ("project-bot",)


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def said(day: int | None, body: str, author: str | None = "ada") -> Comment:
    written = None if day is None else moment(day)
    ours = author == BOT and begins_as_ours(body)
    return Comment(id=day or 1, url="", body=body, author=author, ours=ours, written=written)


def since(*comments: Comment, touched: int | None = 2) -> Quiet | None:
    issue = Issue(
        title="An application",
        body="",
        author="ada",
        open=True,
        labels=(),
        touched=None if touched is None else moment(touched),
    )
    return quiet_since(Thread(issue=issue, comments=comments), IGNORED)


MEMORY = Memory(kind="verdict", decision=Decision.NOT_YET)
VERDICT = said(3, f"{MEMORY}### Not yet", BOT)
REMINDER = str(Memory(kind="reminder", closes=moment(20).date())) + "### Are you still on it?"


@pytest.mark.parametrize(
    ("comments", "day"),
    [
        ((), 2),
        ((VERDICT,), 3),
        ((VERDICT, said(5, "We are on it.")), 5),
        ((VERDICT, said(5, "Is anybody there?", "example-maintainer")), 5),
        ((VERDICT, said(5, "By somebody who is gone.", None)), 5),
        ((VERDICT, said(5, "Beep.", "other[bot]")), 3),
        ((VERDICT, said(5, "Beep.", "Project-Bot")), 3),
        (
            (
                VERDICT,
                said(5, f"{replace(MEMORY, kind='notice', change=1)}The verdict changed.", BOT),
            ),
            5,
        ),
        ((VERDICT, said(5, f"{MEMORY}Its twin.", BOT)), 3),
        ((VERDICT, said(5, REMINDER, BOT)), 3),
        ((VERDICT, said(5, REMINDER)), 5),
    ],
)
def test_what_counts(comments: tuple[Comment, ...], day: int) -> None:
    found = since(*comments)
    assert found is not None
    assert found.since == moment(day)


def test_an_edit_or_a_reopening_counts() -> None:
    found = since(VERDICT, touched=9)
    assert found is not None
    assert found.since == moment(9)


@pytest.mark.parametrize(
    ("later", "closes"),
    [((), moment(20).date()), ((said(6, "Still on it."),), None)],
    ids=["silent", "answered"],
)
def test_a_reminder_is_of_its_silence(later: tuple[Comment, ...], closes: object) -> None:
    found = since(VERDICT, said(5, REMINDER, BOT), *later)
    assert found is not None
    assert found.closes == closes


def test_a_goodbye_is_of_its_silence() -> None:
    goodbye = said(8, f"{Memory(kind='farewell')}### Closed for now", BOT)
    for touched, there in ((2, True), (9, False)):
        found = since(VERDICT, goodbye, touched=touched)
        assert found is not None
        assert found.farewell is there


def test_what_github_does_not_tell_is_not_guessed() -> None:
    assert since(VERDICT, touched=None) is None
    assert since(VERDICT, said(None, "When?")) is None
