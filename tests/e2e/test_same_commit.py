"""Two pull requests that propose one commit, which has one status: anybody can open the second."""

from typing import Any

import pytest

from acme import ACME, PATH, make_eligible
from fakes.github_changes import commit
from program_folder import REPOSITORY
from pull_folder import PullFolder

EARLIER = 3
ELIGIBLE = "Eligible: Acme GmbH meets all criteria"


@pytest.fixture
def acme(pull_folder: PullFolder) -> PullFolder:
    make_eligible(pull_folder.github, pull_folder.open_collective)
    return pull_folder


def propose_earlier(acme: PullFolder, **fields: Any) -> None:
    head = commit(1)
    acme.github.rest.propose(REPOSITORY, EARLIER, "example-applicant", {PATH: ACME}, head, **fields)


def told(acme: PullFolder) -> list[tuple[str, str]]:
    return [(state, words) for state, words, _ in acme.statuses()]


def test_a_stranger_with_the_same_commit_does_not_change_its_verdict(acme: PullFolder) -> None:
    propose_earlier(acme)
    acme.pull(number=EARLIER)
    assert told(acme) == [("success", ELIGIBLE)]
    acme.propose({PATH: ACME}, login="example-stranger", fork="example-stranger/partners")
    assert acme.pull().code == 0
    assert acme.labels == ["application", "needs-review"], "another one was there before"
    assert told(acme) == [("success", ELIGIBLE)]


def test_nor_that_of_our_own_proposal_whatever_number_it_has(acme: PullFolder) -> None:
    """It is judged in its issue, with the waivers there; its branch is there for all to copy."""
    acme.propose({PATH: ACME}, login="example-stranger", fork="example-stranger/partners")
    ours = acme.github.rest.propose(
        REPOSITORY, 9, "github-actions[bot]", {PATH: ACME}, commit(1), fork=REPOSITORY
    )
    ours["head"]["ref"] = "application-acme"
    assert acme.pull().code == 0
    assert (acme.labels, told(acme)) == (["application", "needs-review"], [])


@pytest.mark.parametrize("gone", [{"state": "closed"}, {"base": {"ref": "other", "repo": {}}}])
def test_the_one_that_is_left_tells_it(acme: PullFolder, gone: dict[str, Any]) -> None:
    propose_earlier(acme, **gone)
    acme.propose({PATH: ACME})
    acme.pull()
    assert len(told(acme)) == 1
