"""Who may change the file of an application by a pull request."""

import pytest

from builders import day, member, program
from community_partners.model.pull_request import PullRequest
from community_partners.model.verdict import Outcome
from community_partners.rules.record_change import change_of_record, in_team

TODAY = day("2026-11-24")
PATH = "applications/acme.yml"


def pull(author: str | None = "example-user-1") -> PullRequest:
    return PullRequest(
        title="Change the team",
        url="https://github.com/project/partners/pull/7",
        open=True,
        author=author,
        base="main",
        default_branch="main",
        head="a" * 40,
        fork="example-user-1/partners",
        labels=(),
        files=(),
    )


@pytest.mark.parametrize(
    ("author", "since", "until", "inside"),
    [
        ("example-user-1", "2025-01-01", None, True),
        ("EXAMPLE-User-1", "2025-01-01", None, True),
        ("example-user-2", "2025-01-01", None, False),
        (None, "2025-01-01", None, False),
        ("example-user-1", "2026-11-24", None, True),
        ("example-user-1", "2026-11-25", None, False),
        ("example-user-1", "2025-01-01", "2026-11-25", True),
        ("example-user-1", "2025-01-01", "2026-11-24", True),
        ("example-user-1", "2025-01-01", "2026-11-23", False),
    ],
)
def test_who_is_in_the_team_today(
    author: str | None, since: str, until: str | None, inside: bool
) -> None:
    one = member(since=day(since), until=day(until) if until else None)
    others = [member("example-other"), member("example-ex", until=day("2026-01-01"))]
    assert in_team(pull(author), [others[0], one, others[1]], TODAY) is inside


@pytest.mark.parametrize(
    ("author", "ours", "may_write", "outcome", "words"),
    [
        ("ada", True, False, Outcome.MET, f"ada is in the team of {PATH}, and may change it."),
        ("ada", False, True, Outcome.MET, "ada maintains this repository."),
        ("ada", False, False, Outcome.UNKNOWN, "and ada is not in its team."),
        (None, False, False, Outcome.UNKNOWN, "and An account that is gone is not in its team."),
    ],
)
def test_who_may_change_it(
    author: str | None, ours: bool, may_write: bool, outcome: Outcome, words: str
) -> None:
    found = change_of_record(pull(author), PATH, program(), ours=ours, may_write=may_write)
    assert found.outcome is outcome
    assert words in found.reason
