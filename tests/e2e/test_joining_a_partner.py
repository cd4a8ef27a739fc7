"""A pull request that adds people to a partner's record: they say so themselves."""

from typing import Any

import pytest

from program_folder import REPOSITORY
from pull_folder import PullFolder

RECORD = """\
slug: nova
name: Nova SAS
team:
  - {name: Ada Example, github: example-user-1, id: 4711, since: 2025-06-01}
"""
MORE = "  - {name: Bela Example, github: Example-User-2, since: 2026-11-01}\n"
PATH = "partners/nova.yml"
NOTHING = ("success", "No application in this pull request: nothing to judge", None)
ALL = ("success", "Everybody who is added has confirmed: a maintainer may merge", None)


def asked(*logins: str) -> tuple[str, str, None]:
    return ("pending", f"Asked to comment /confirm here: {', '.join(logins)}", None)


@pytest.fixture
def nova(pull_folder: PullFolder) -> PullFolder:
    (pull_folder.path / "partners").mkdir()
    (pull_folder.path / PATH).write_text(RECORD, encoding="utf-8")
    for number, login in enumerate(("example-user-1", "example-user-2"), 4711):
        pull_folder.github.person(login, databaseId=number)
    return pull_folder


def status(nova: PullFolder, text: str, **fields: Any) -> tuple[str, str, str | None]:
    nova.propose({PATH: text}, **fields)
    ran = nova.pull(action="opened")
    assert (ran.code, ran.err.count("Traceback")) == (0, 0), ran.err
    return nova.statuses()[-1]


def says(nova: PullFolder, login: str, text: str) -> tuple[str, str, str | None]:
    event = nova.comment(login, text)
    event["issue"]["pull_request"] = {}
    ran = nova.review(event, name="issue_comment")
    assert ran.code == 0, ran.err
    return nova.statuses()[-1]


def test_who_is_added_is_asked_and_confirms(nova: PullFolder) -> None:
    assert status(nova, RECORD + MORE) == asked("example-user-2")
    [comment] = nova.comments
    assert "This adds `example-user-2` to a partner's team" in comment
    assert "@" not in comment, "a mention would notify"
    assert says(nova, "example-user-1", "/confirm") == asked("example-user-2")
    assert says(nova, "example-user-2", "/confirm") == ALL
    assert len([one for one in nova.comments if "/confirm` here" in one]) == 1, "asked once"


def test_who_adds_the_own_seat_has_said_so(nova: PullFolder) -> None:
    assert status(nova, RECORD + MORE, login="example-user-2") == ALL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RECORD.replace("Nova SAS", "Nova"), NOTHING),
        (RECORD.replace("since: 2025-06-01", "since: 2025-06-01, until: 2026-11-01"), NOTHING),
        (RECORD.replace("2025-06-01", "2024-06-01"), asked("example-user-1")),
        (RECORD.replace("example-user-1", "example-user-2"), asked("example-user-2")),
        ("team: [", NOTHING),
    ],
)
def test_only_more_people_or_days_are_asked_for(
    nova: PullFolder, text: str, expected: tuple[str, str, str | None]
) -> None:
    assert status(nova, text) == expected


def test_what_a_maintainer_proposes_is_trusted(nova: PullFolder) -> None:
    nova.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    assert status(nova, RECORD + MORE, login="example-maintainer") == NOTHING
