"""A thread is read whole, or counts as not read: then the caller asks REST."""

from typing import Any

import pytest

from community_partners.github.rest import GitHubRepository
from community_partners.github.thread_query import Found, ask_thread
from community_partners.wire.tries import Meter, Pace
from fakes.github import FakeGitHub, connect
from fakes.server import changed

REPOSITORY = "project/partners"


@pytest.fixture
def long(fake_github: FakeGitHub) -> FakeGitHub:
    """An issue with 230 comments, which are three pages."""
    fake_github.rest.add_issue(REPOSITORY, 7, "example-applicant")
    for at in range(230):
        fake_github.rest.add_comment(REPOSITORY, 7, "example-user-1", f"Comment {at}")
    return fake_github


def read(fake: FakeGitHub) -> Found | None:
    there = GitHubRepository.connect("ghs_0123456789", fake.url, REPOSITORY, Meter(), Pace())
    return ask_thread(connect(fake), REPOSITORY, 7, there.authorship)


def test_every_page_is_read(long: FakeGitHub) -> None:
    found = read(long)
    assert found is not None
    assert len(found.thread.comments) == 230


@pytest.mark.parametrize(
    "info",
    [
        {"hasNextPage": True, "endCursor": "cursor:100"},
        {"hasNextPage": True, "endCursor": None},
        {"hasNextPage": True, "endCursor": 7},
        {"hasNextPage": "no", "endCursor": None},
        {"hasNextPage": None, "endCursor": None},
        {},
    ],
    ids=["a page again", "no cursor", "a number", "a text", "null", "nothing"],
)
def test_a_page_that_ends_oddly_is_not_the_last(long: FakeGitHub, info: dict[str, Any]) -> None:
    def alter(body: Any) -> None:
        body["data"]["thread"]["issue"]["comments"]["pageInfo"] = info

    long.fail(changed(alter), on='"after": "cursor:100"')
    assert read(long) is None
