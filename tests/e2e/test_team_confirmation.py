"""Whose people: the work of somebody counts once that person is shown to be in the team."""

import pytest

from acme import make_eligible
from program_folder import REPOSITORY, ProgramFolder, body, headline

MEMBER, APPLICANT, STRANGER = "example-user-1", "example-applicant", "example-stranger"
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"
NOT_YET = "### Not yet: Acme GmbH could be eligible as soon as this is shown"


class Thread:
    """Acme's application. Its one worker is no public member, and did not hand it in."""

    def __init__(self, folder: ProgramFolder) -> None:
        self.folder, self.github = folder, folder.github
        make_eligible(folder.github, folder.open_collective)
        self.github.spokesperson(team=())

    def judged(self, **answers: str) -> str:
        ran = self.folder.review(self.folder.issue(body(**answers), "edited"))
        assert ran.code == 0, ran.err
        return self.folder.comments[0].partition("\n")[2]

    def says(self, login: str, text: str) -> str:
        """The verdict's headline after this comment."""
        ran = self.folder.say(login, text)
        assert ran.code == 0, ran.err
        return headline(self.folder.comments[0])

    @property
    def last(self) -> int:
        """The id of the latest comment of a person."""
        comments = self.github.rest.repository(REPOSITORY).comments[7]
        return int([one for one in comments if one["user"]["type"] == "User"][-1]["id"])


@pytest.fixture
def thread(program_folder: ProgramFolder) -> Thread:
    return Thread(program_folder)


def test_whoever_is_only_named_is_not_counted_and_the_reply_says_whom_to_ask(
    thread: Thread,
) -> None:
    text = thread.judged()
    assert headline(text) == NOT_YET
    assert "❌ | Regular contributions" in text
    assert "Among them is the work of example-user-1, who has not confirmed" in text
    assert "1. Ask example-user-1 to comment /confirm here, from the own account." in text
    assert "9 × by somebody who has not confirmed to be in the team" in text
    assert "@example" not in text.replace("\u200b", ""), "a mention would notify"


def test_the_own_comment_confirms_the_own_seat(thread: Thread) -> None:
    assert headline(thread.judged()) == NOT_YET
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    assert thread.folder.reactions(thread.last) == [("github-actions[bot]", "+1")]


@pytest.mark.parametrize("who", [APPLICANT, STRANGER, "example-maintainer"])
def test_nobody_confirms_for_another(thread: Thread, who: str) -> None:
    thread.judged()
    assert thread.says(who, "/confirm") == NOT_YET
    assert thread.folder.reactions(thread.last) == [("github-actions[bot]", "confused")]


def test_a_comment_that_somebody_else_has_edited_confirms_nothing(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    thread.github.rest.repository(REPOSITORY).editors[thread.last] = "example-maintainer"
    assert headline(thread.judged()) == NOT_YET


def test_whoever_took_over_the_login_confirms_nothing(thread: Thread) -> None:
    """The person who commented has another number than the account that is named now."""
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    worker = thread.github.rename(MEMBER, "example-renamed")
    thread.github.person(MEMBER, databaseId=9999)
    assert worker["databaseId"] != 9999
    assert not headline(thread.judged()).startswith("### Eligible")


def test_who_leaves_counts_no_more_and_may_come_back(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    assert thread.says(MEMBER, "/leave") == NOT_YET
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE


def test_a_public_member_may_leave_all_the_same(thread: Thread) -> None:
    thread.github.spokesperson()
    assert headline(thread.judged()) == ELIGIBLE
    assert thread.says(MEMBER, "/leave") == NOT_YET


def test_the_author_and_a_public_member_need_not_say_so(thread: Thread) -> None:
    thread.github.spokesperson(MEMBER, team=())
    assert not headline(thread.judged()).startswith("### Eligible"), "nobody speaks for it"
    assert thread.says(MEMBER, "/vouch") == ELIGIBLE


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Acme Holding"},
        {"website": "https://other.example"},
        {"contact": "https://acme.example/imprint"},
        {"account": "acme-other"},
        {"country": "Canada"},
        {"github": "acme-other"},
    ],
)
def test_a_confirmation_is_for_the_organization_as_it_stood(
    thread: Thread, changed: dict[str, str]
) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    text = thread.judged(**changed)
    assert "who has not confirmed to be in the team yet" in text
    assert "If yours is for them, write it in a new comment." in thread.folder.comments[-1]


def test_who_is_named_later_confirms_then(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    thread.github.person("example-user-2", databaseId=4712)
    both = "Ada Example, example-user-1, 2025-01-15\nBen Example, example-user-2, 2026-11-01"
    text = thread.judged(team=both)
    assert headline(text) == ELIGIBLE
    assert "Not confirmed yet: example-user-2." in text


def test_a_program_may_only_advise_to_confirm(thread: Thread) -> None:
    thread.folder.change("contribution:\n", "contribution:\n  confirmation: advised\n")
    text = thread.judged()
    assert headline(text) == ELIGIBLE
    assert "This program counts the work of everybody whom you name, confirmed or not." in text


def test_a_seat_counts_from_the_accounts_first_day(thread: Thread) -> None:
    thread.github.spokesperson()
    thread.github.owners[MEMBER]["createdAt"] = "2024-03-04T22:00:00Z"
    text = thread.judged(team="Ada Example, example-user-1, 1999-01-01")
    assert headline(text) == ELIGIBLE
    assert "example-user-1 counts from 4 March 2024, the account's first day." in text
