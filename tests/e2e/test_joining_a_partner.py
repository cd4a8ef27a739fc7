"""A pull request that adds people to a partner's record: they say so themselves."""

from typing import Any

import pytest

from program_folder import REPOSITORY
from pull_folder import PullFolder

RECORD = """\
slug: nova
name: Nova
website: https://nova.example
country: France
description: Nova builds things for schools.
services: [Hosting]
contact: https://nova.example/contact
sponsorship: {platform: open-collective, account: nova}
consent: true
accepted: 2025-07-01
terms: {edition: 2026-01, amount: EUR 99}
team:
  - {name: Ada Example, github: example-user-1, id: 4711, since: 2025-06-01}
"""
MORE = "  - {name: Bela Example, github: Example-User-2, since: 2026-11-01}\n"
HALF = "  - {name: Ada, github: example-user-1, id: 4711, since: 2026-11-01, share: 50}\n"
ENDED = RECORD.replace("2025-06-01}", "2025-06-01, until: 2026-09-30}")
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
    assert status(nova, RECORD + MORE) == asked("Example-User-2")
    [comment] = nova.comments
    assert "- `Example-User-2` is in `partners/nova.yml` from 1 November 2026" in comment
    assert "@" not in comment, "a mention would notify"
    assert says(nova, "example-user-1", "/confirm") == asked("Example-User-2")
    assert reactions(nova) == ["confused"]
    assert says(nova, "example-user-2", "/confirm") == ALL
    assert reactions(nova) == ["+1"]
    assert "Everybody who is added" in nova.comments[0]
    assert says(nova, "example-user-2", "/leave") == asked("Example-User-2")


def reactions(nova: PullFolder) -> list[str]:
    """To the latest comment."""
    last = nova.github.rest.repository(REPOSITORY).comments[7][-1]["id"]
    return [content for _, content in nova.reactions(last)]


def test_a_confirmation_is_for_the_record_and_days_that_were_asked(nova: PullFolder) -> None:
    status(nova, RECORD + MORE)
    assert says(nova, "example-user-2", "/confirm") == ALL
    longer = MORE.replace("2026-11-01", "2001-01-01")
    nova.propose({PATH: RECORD + longer}, 2)
    assert nova.pull().code == 0
    assert nova.statuses(2)[-1] == asked("Example-User-2")
    nova.propose({PATH: RECORD + MORE}, 3)
    assert nova.pull().code == 0
    assert nova.statuses(3)[-1] == asked("Example-User-2"), "what was asked then is asked anew"
    evil = RECORD.replace("nova", "evil").replace("Nova", "Evil").replace("id: 4711, ", "")
    nova.propose({"partners/evil.yml": evil + MORE}, 4)
    assert nova.pull().code == 0
    assert nova.statuses(4)[-1] == asked("Example-User-2", "example-user-1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("team: [", "partners/nova.yml, line 1"),
        (RECORD.replace("example-user-1, id: 4711", "example-user-2, id: 4711"), "`id` of"),
        (RECORD + MORE.replace("since", "id: 4711, since"), "The account 4711 stands here"),
        (RECORD.replace("accepted: 2025-07-01", "accepted: 2999-07-01"), "accepted"),
        (
            RECORD + MORE.replace("since", "confirmation: {by: comment, date: 2026-11-01}, since"),
            "`confirmation` of Example-User-2 is for the program to say",
        ),
        (RECORD.replace("slug: nova", "slug: other"), "partners/nova.yml, line 1"),
    ],
)
def test_what_cannot_be_taken_is_no_success(nova: PullFolder, text: str, words: str) -> None:
    state, said, _ = status(nova, text)
    assert (state, words in said) == ("failure", True), said


def test_the_status_has_no_character_that_github_refuses(nova: PullFolder) -> None:
    """A problem quotes what somebody typed: GitHub refuses characters of four bytes in a status."""
    state, said, _ = status(
        nova, RECORD.replace("country: France", "country: \U0001f5fe\U0001f5fe")
    )
    assert state == "failure"
    assert "\ufffd" in said
    assert max(said) <= "\uffff"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (PATH, {"status": "removed"}),
        ("partners/other.yml", {"status": "renamed", "previous_filename": PATH}),
        ("archive/nova.yml", {"status": "renamed", "previous_filename": PATH}),
        ("partners/nova.yaml", {"status": "added"}),
        ("partners", {"status": "added"}),
        (PATH, {"status": "modified", "sha": "0" * 40}),
    ],
)
def test_a_record_stays_where_it_is(nova: PullFolder, path: str, fields: dict[str, Any]) -> None:
    """And is a file: of a link, GitHub shows what it leads to."""
    nova.propose({})
    nova.change(path, RECORD, **fields)
    assert nova.pull(action="opened").code == 0
    assert nova.statuses()[-1][0] == "failure"


def test_fewer_days_need_no_new_word_and_another_organization_does(nova: PullFolder) -> None:
    status(nova, RECORD + MORE)
    assert says(nova, "example-user-2", "/confirm") == ALL
    nova.propose({PATH: RECORD + MORE.replace("2026-11-01", "2026-11-10")}, 2)
    assert nova.pull().code == 0
    assert nova.statuses(2)[-1] == ALL
    other = RECORD.replace("https://nova.example", "https://evil.example")
    nova.propose({PATH: other + MORE}, 3)
    assert nova.pull().code == 0
    assert nova.statuses(3)[-1] == asked("Example-User-2")


@pytest.mark.parametrize("how", ["copied", "changed"])
def test_whatever_github_calls_the_change_it_is_looked_at(nova: PullFolder, how: str) -> None:
    nova.propose({})
    nova.change(PATH, RECORD + MORE, status=how)
    assert nova.pull(action="opened").code == 0
    assert nova.statuses()[-1] == asked("Example-User-2")


def test_more_records_than_we_look_at_are_for_a_maintainer(nova: PullFolder) -> None:
    nova.propose({f"partners/nova-{number}.yml": RECORD for number in range(6)})
    assert nova.pull(action="opened").code == 0
    assert nova.statuses()[-1][0] == "failure"


def test_the_branch_of_another_is_nobodys_word(nova: PullFolder) -> None:
    nova.github.rest.repository(REPOSITORY).roles["example-user-2"] = "write"
    assert status(nova, RECORD + MORE, login="example-user-2", fork="evil/partners") == asked(
        "Example-User-2"
    )


def test_who_adds_the_own_seat_has_said_so(nova: PullFolder) -> None:
    assert status(nova, RECORD + MORE, login="example-user-2") == ALL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RECORD.replace("France", "Germany"), NOTHING),
        (RECORD.replace("since: 2025-06-01", "since: 2025-06-01, until: 2026-11-01"), NOTHING),
        (RECORD.replace("2025-06-01", "2024-06-01"), asked("example-user-1")),
        (
            RECORD.replace("example-user-1, id: 4711", "example-user-2"),
            asked("example-user-2"),
        ),
        (RECORD.replace("id: 4711, ", ""), NOTHING),
        (RECORD.replace("2025-06-01}", "2025-06-01, share: 50}"), NOTHING),
        (RECORD.replace("2025-06-01}", "2025-06-01, until: 2026-10-31}") + HALF, NOTHING),
        (RECORD.replace("2025-06-01}", "2025-06-01, listed: false}"), NOTHING),
    ],
)
def test_only_more_people_or_days_are_asked_for(
    nova: PullFolder, text: str, expected: tuple[str, str, str | None]
) -> None:
    assert status(nova, text) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (RECORD.replace("2025-06-01}", "2025-06-01, share: 50}"), RECORD),
        (ENDED, ENDED + HALF),
        (ENDED + HALF, ENDED + HALF.replace("share: 50", "share: 60")),
        (ENDED + HALF, ENDED + HALF.replace("2026-11-01", "2026-10-20")),
    ],
)
def test_who_returns_or_gives_more_time_says_so(nova: PullFolder, before: str, after: str) -> None:
    (nova.path / PATH).write_text(before, encoding="utf-8")
    assert status(nova, after) == asked("example-user-1")
    assert says(nova, "example-user-1", "/confirm") == ALL


def test_a_person_is_once_in_a_team_on_a_day(nova: PullFolder) -> None:
    state, said, _ = status(nova, RECORD + HALF)
    assert (state, "is listed twice" in said) == ("failure", True), said


def test_what_a_maintainer_proposes_is_trusted(nova: PullFolder) -> None:
    nova.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    assert status(nova, RECORD + MORE, login="example-maintainer") == NOTHING
