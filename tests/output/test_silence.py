"""Since when a thread waits for its applicant: what counts as activity and what does not."""

from datetime import UTC, datetime

import pytest

from community_partners.output.conversation import Comment, Issue, Thread
from community_partners.output.silence import Silence, reminder_marker, silence

BOT = "github-actions[bot]"
MARK = "<!-- community-partners"
IGNORED = ("project-bot",)


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def said(day: int | None, body: str, author: str | None = "ada") -> Comment:
    written = None if day is None else moment(day)
    ours = author == BOT and body.startswith(MARK)
    return Comment(id=day or 1, url="", body=body, author=author, ours=ours, written=written)


def since(*comments: Comment, touched: int | None = 2) -> Silence | None:
    issue = Issue(
        title="An application",
        body="",
        author="ada",
        open=True,
        labels=(),
        touched=None if touched is None else moment(touched),
    )
    return silence(Thread(issue=issue, comments=comments), IGNORED)


VERDICT = said(3, f"{MARK} verdict not-yet 0 -->\n### Not yet", BOT)
REMINDER = reminder_marker(moment(20).date()) + "### Are you still on it?"


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
        ((VERDICT, said(5, f"{MARK} notice not-yet 1 -->\nThe verdict changed.", BOT)), 5),
        ((VERDICT, said(5, f"{MARK} verdict not-yet 0 -->\nIts twin.", BOT)), 3),
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
    goodbye = said(8, f"{MARK} farewell -->\n### Closed for now", BOT)
    for touched, there in ((2, True), (9, False)):
        found = since(VERDICT, goodbye, touched=touched)
        assert found is not None
        assert found.farewell is there


def test_what_github_does_not_tell_is_not_guessed() -> None:
    assert since(VERDICT, touched=None) is None
    assert since(VERDICT, said(None, "When?")) is None
