"""Which events ask for a review. `events/` has payloads, and says whose shape they have."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from community_partners.errors import UserError
from community_partners.intake.event import (
    Event,
    Ignored,
    read_event,
)
from community_partners.intake.form_template import read_template
from community_partners.intake.program_form import TEMPLATE
from community_partners.model.application import DoorKind

EVENTS = Path(__file__).parent / "events"
Payload = dict[str, Any]
Write = Callable[[Any], Path]


def payload(name: str = "opened") -> Payload:
    found: Payload = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a payload where GITHUB_EVENT_PATH says."""

    def to_file(content: Any) -> Path:
        path = tmp_path / "event.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return to_file


def is_at(event: Event | Ignored, door: DoorKind) -> bool:
    return isinstance(event, Event) and event.door is door and event.comment is None


def reason(event: Event | Ignored) -> str:
    assert isinstance(event, Ignored)
    return event.reason


@pytest.mark.parametrize("name", ["opened", "edited", "reopened", "labeled"])
def test_asks_for_a_review(name: str) -> None:
    event = read_event("issues", EVENTS / f"{name}.json")
    assert isinstance(event, Event)
    assert replace(event, title="", body="") == Event(
        repository="example-org/community-partners", number=7, door=DoorKind.FORM
    )
    assert event.title == "Application: Acme GmbH"
    assert "### " in event.body


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("closed", "The action 'closed' changes no application."),
        ("pinned", "The action 'pinned' changes no application."),
        ("labeled-otherwise", "Another label was added."),
    ],
)
def test_other_actions_change_nothing(name: str, why: str) -> None:
    assert reason(read_event("issues", EVENTS / f"{name}.json")) == why


@pytest.mark.parametrize("name", ["pull_request", "push", "schedule", None])
def test_other_events_change_nothing(name: str | None, write: Write) -> None:
    assert reason(read_event(name, write({}))) == f"The event {name!r} asks for no review."


def labels(*names: str) -> list[Payload]:
    return [{"name": name} for name in names]


@pytest.mark.parametrize(
    ("issue", "sender", "why"),
    [
        ({"pull_request": {"url": "x"}}, "User", "This is a pull request, not an issue."),
        ({}, "Bot", "A bot did this."),
        ({"labels": []}, "User", "The issue has no label 'application'."),
        ({"labels": labels("Applications")}, "User", "The issue has no label 'application'."),
        ({"labels": labels("bug", "eligible")}, "User", "The issue has no label 'application'."),
        ({"state": "closed"}, "User", "The issue is closed."),
    ],
)
def test_not_an_open_application(issue: Payload, sender: str, why: str, write: Write) -> None:
    event = payload()
    event["issue"].update(issue)
    event["sender"]["type"] = sender
    assert reason(read_event("issues", write(event))) == why


FORM = read_template((Path(__file__).parents[3] / TEMPLATE).read_text("utf-8"))


@pytest.mark.parametrize("action", ["opened", "edited", "reopened"])
def test_the_form_is_an_application_before_its_label_exists(write: Write, action: str) -> None:
    """GitHub gives a form's label only where the repository has it already."""
    event = payload()
    event.update(action=action)
    event["issue"].update(labels=[], body="\r\n".join(f"{one.heading}\r\n\r\nx" for one in FORM))
    assert is_at(read_event("issues", write(event), FORM), DoorKind.FORM)


def shuffled() -> str:
    return "\n\n".join(one.heading for one in (*FORM[1:], FORM[0]))


@pytest.mark.parametrize(
    "text",
    [
        "It does not work.",
        "",
        None,
        "\n\n".join(one.heading for one in FORM[:-1]),
        "```\n" + "\n\n".join(one.heading for one in FORM) + "\n```",
        shuffled(),
    ],
    ids=["a bug", "empty", "null", "one question less", "in code", "another order"],
)
def test_another_text_without_the_label_is_none(write: Write, text: str | None) -> None:
    event = payload()
    event["issue"].update(labels=[], body=text)
    assert reason(read_event("issues", write(event), FORM)).startswith("The issue has no label")


def test_a_body_may_be_null(write: Write) -> None:
    event = payload()
    event["issue"].update(body=None, user=None)
    assert is_at(read_event("issues", write(event)), DoorKind.FORM)


def without(*path: str) -> Payload:
    event = inner = payload()
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return event


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "(JSONDecodeError)"),
        ("{", "(JSONDecodeError)"),
        ("[" * 100_000, "(RecursionError)"),
        ("[]", "(TypeError)"),
        ("null", "(TypeError)"),
        ({}, "'sender' is missing."),
        ({"sender": {"type": "User"}}, "'action' is missing."),
        ({"sender": {"type": "User"}, "action": "opened"}, "'issue' is missing."),
        ({"sender": {"type": "User"}, "action": "opened", "issue": []}, "(TypeError)"),
        (without("sender"), "'sender' is missing."),
        (without("repository", "full_name"), "'full_name' is missing."),
        (without("issue", "labels"), "'labels' is missing."),
        (without("issue", "number"), "'number' is missing."),
        ({**payload(), "sender": None}, "(TypeError)"),
        ({**payload(), "issue": {**payload()["issue"], "body": 7}}, "(TypeError)"),
        ({**payload(), "issue": {**payload()["issue"], "number": "seven"}}, "(TypeError)"),
    ],
)
def test_not_what_it_says(content: Any, what: str, write: Write) -> None:
    with pytest.raises(UserError) as caught:
        read_event("issues", write(content))
    assert "is not the payload of an event" in str(caught.value)
    assert what in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="GITHUB_EVENT_PATH is not set"):
        read_event("issues", None)
    with pytest.raises(UserError, match="There is no file"):
        read_event("issues", tmp_path / "event.json")


HERE = "example-org/community-partners"
COMMENT = {
    "action": "created",
    "issue": {"number": 7, "state": "open"},
    "comment": {"id": 31, "user": {"login": "example-applicant"}, "body": "/recheck"},
    "repository": {"full_name": "example-org/community-partners"},
    "sender": {"login": "example-applicant", "type": "User"},
}


def test_a_comment_says_where_it_stands_and_whose_it_is(write: Write) -> None:
    event = read_event("issue_comment", write(COMMENT))
    assert isinstance(event, Event)
    assert event == Event(
        repository="example-org/community-partners",
        number=7,
        door=DoorKind.FORM,
        comment=31,
        body="/recheck",
    )
    on_pull = {**COMMENT, "issue": {"number": 7, "state": "open", "pull_request": {}}}
    found = read_event("issue_comment", write(on_pull))
    assert found == replace(event, door=DoorKind.PULL)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"action": "deleted"}, "The action 'deleted' asks for nothing."),
        ({"issue": {"number": 7, "state": "closed"}}, "The issue is closed."),
        ({"sender": {"type": "Bot"}}, "A bot did this."),
    ],
)
def test_a_comment_that_asks_for_nothing(change: Payload, why: str, write: Write) -> None:
    assert reason(read_event("issue_comment", write({**COMMENT, **change}))) == why


@pytest.mark.parametrize("action", ["opened", "edited", "reopened", "synchronize", "closed"])
def test_a_pull_request_by_its_action(action: str, write: Write) -> None:
    payload = {**COMMENT, "action": action, "pull_request": {"number": 9}}
    event = read_event("pull_request_target", write(payload))
    if action == "closed":
        assert reason(event) == "The action 'closed' changes no application."
    else:
        assert event == Event(
            repository="example-org/community-partners", number=9, door=DoorKind.PULL
        )


def test_a_push_is_looked_at_whoever_pushed_it(write: Write) -> None:
    """An app that a stranger has in a fork could exchange what was judged."""
    for repository in ("example-fork/partners", HERE, None):
        assert is_at(by_bot("main", repository, write), DoorKind.PULL)
        assert is_at(by_bot("dependabot/uv/x", repository, write), DoorKind.PULL)
    assert is_at(by_bot("application-acme", "example-fork/partners", write), DoorKind.PULL)
    assert reason(by_bot("application-acme", HERE, write)) == "A bot did this.", "it is ours"


def by_bot(branch: str, repository: str | None, write: Write) -> Event | Ignored:
    """A push to the branch of a pull request."""
    sender = {"login": "example-app[bot]", "type": "Bot"}
    head = {"ref": branch, "repo": repository and {"full_name": repository}}
    pull = {"number": 9, "head": head}
    event = {**COMMENT, "action": "synchronize", "pull_request": pull, "sender": sender}
    return read_event("pull_request_target", write(event))
