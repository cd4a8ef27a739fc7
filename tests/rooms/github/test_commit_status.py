"""The verdict as a commit's status."""

from dataclasses import replace

import pytest

from builders import TODAY
from community_partners.errors import UserError
from community_partners.github.pulls import read_status, write_status
from community_partners.github.rest import GitHubRepository
from community_partners.model.commit_status import CommitStatus
from community_partners.model.verdict import Decision, Verdict
from community_partners.wire.tries import Meter, Pace
from community_partners.words.verdict import status_of
from fakes import server
from fakes.github import FakeGitHub
from fakes.github_changes import commit
from program_folder import REPOSITORY

VERDICT = Verdict(application="acme", name="Acme GmbH", decision=Decision.ELIGIBLE, today=TODAY)
URL = "https://github.com/project/partners/pull/7#issuecomment-1"
HEAD = commit(1)


@pytest.fixture
def there(fake_github: FakeGitHub) -> GitHubRepository:
    fake_github.rest.repository(REPOSITORY)
    pace = Pace(timeout=5, backoff=0, longest_wait=0)
    return GitHubRepository.connect("ghs_1", fake_github.url, REPOSITORY, Meter(), pace)


@pytest.mark.parametrize(
    ("decision", "state", "begins"),
    [
        (Decision.ELIGIBLE, "success", "Eligible: Acme GmbH"),
        (Decision.NOT_YET, "failure", "Not yet: Acme GmbH"),
        (Decision.INVALID, "failure", "Invalid: "),
        (Decision.NEEDS_REVIEW, "pending", "Needs review: "),
    ],
)
def test_each_decision_has_its_state(decision: Decision, state: str, begins: str) -> None:
    status = status_of(replace(VERDICT, decision=decision), URL)
    assert (status.state, status.url) == (state, URL)
    assert status.description.startswith(begins)


@pytest.mark.parametrize("length", [1, 100, 120, 300])
def test_a_long_name_is_cut(length: int) -> None:
    assert len(status_of(replace(VERDICT, name="ä" * length), URL).description) < 140


@pytest.mark.parametrize("name", ["Rocket \U0001f680 GmbH", "\U00020bb7野家", "\U0001f680" * 300])
def test_no_character_that_github_refuses(there: GitHubRepository, name: str) -> None:
    """A status takes none of more than three bytes; comments and titles do."""
    status = status_of(replace(VERDICT, name=name), URL)
    write_status(there, HEAD, status)
    assert read_status(there, HEAD) == status


def test_the_latest_of_ours_counts(there: GitHubRepository, fake_github: FakeGitHub) -> None:
    assert read_status(there, HEAD) is None
    first, second = (CommitStatus(state=one, description="x", url=URL) for one in ("a", "b"))
    write_status(there, HEAD, first)
    write_status(there, HEAD, second)
    other = {"context": "ci", "state": "failure", "description": None, "target_url": None}
    fake_github.rest.repository(REPOSITORY).statuses[HEAD] += [other] * 130
    assert read_status(there, HEAD) == second
    assert read_status(there, commit(2)) is None


def test_a_status_without_an_address(there: GitHubRepository) -> None:
    status = CommitStatus(state="success", description="x", url=None)
    write_status(there, HEAD, status)
    assert read_status(there, HEAD) == status


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (server.status(403), "`statuses: write`"),
        (server.status(401), "The token is not valid"),
        (server.garbage(), "sent something unexpected"),
    ],
)
def test_a_refusal(
    there: GitHubRepository, fake_github: FakeGitHub, failure: server.Failure, words: str
) -> None:
    fake_github.fail(failure, on="/statuses", times=9)
    with pytest.raises(UserError, match=words):
        write_status(there, HEAD, CommitStatus(state="success", description="x", url=URL))
