"""Which events ask for a review. `events/` has payloads, and says whose shape they have."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from community_partners.errors import UserError
from community_partners.intake.event import Ignored, IssueEvent, read_event

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


def reason(event: IssueEvent | Ignored) -> str:
    assert isinstance(event, Ignored)
    return event.reason


@pytest.mark.parametrize("name", ["opened", "edited", "reopened", "labeled"])
def test_asks_for_a_review(name: str) -> None:
    event = read_event("issues", EVENTS / f"{name}.json")
    assert event == IssueEvent(
        repository="example-org/community-partners",
        number=7,
        title="Application: Acme GmbH",
        body=payload(name)["issue"]["body"],
        labels=("application",),
    )


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


@pytest.mark.parametrize("name", ["issue_comment", "pull_request", "push", "schedule", None])
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
        ({"labels": labels("Application")}, "User", "The issue has no label 'application'."),
        ({"labels": labels("bug", "eligible")}, "User", "The issue has no label 'application'."),
        ({"state": "closed"}, "User", "The issue is closed."),
    ],
)
def test_not_an_open_application(issue: Payload, sender: str, why: str, write: Write) -> None:
    event = payload()
    event["issue"].update(issue)
    event["sender"]["type"] = sender
    assert reason(read_event("issues", write(event))) == why


def test_what_may_be_null(write: Write) -> None:
    """An issue may have no text, and its author may have left GitHub."""
    event = payload()
    event["issue"].update(body=None, user=None)
    read = read_event("issues", write(event))
    assert isinstance(read, IssueEvent)
    assert read.body == ""


def test_half_a_character_can_be_printed(write: Write) -> None:
    event = payload()
    event["issue"].update(title="Acme \ud83d", body="\udc00")
    read = read_event("issues", write(event))
    assert isinstance(read, IssueEvent)
    assert (read.title, read.body) == ("Acme ?", "?")


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
        ({}, "'action' is missing."),
        ({"action": "opened"}, "'issue' is missing."),
        ({"action": "opened", "issue": []}, "(TypeError)"),
        (without("sender"), "'sender' is missing."),
        (without("repository", "full_name"), "'full_name' is missing."),
        (without("issue", "labels"), "'labels' is missing."),
        (without("issue", "number"), "'number' is missing."),
        ({**payload(), "sender": None}, "(TypeError)"),
        ({**payload(), "issue": {**payload()["issue"], "title": None}}, "(TypeError)"),
        ({**payload(), "issue": {**payload()["issue"], "number": "seven"}}, "(ValueError)"),
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
