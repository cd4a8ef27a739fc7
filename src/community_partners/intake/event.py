"""The event that started a workflow. Decides whether it asks for a review, and why not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UserError
from .files import read_text

APPLICATION = "application"
_ACTIONS = ("opened", "edited", "reopened", "labeled")


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueEvent:
    """An application's issue as it was when the event happened."""

    repository: str
    number: int
    title: str
    body: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """Nothing to do; `reason` is a sentence for the log."""

    reason: str


def read_event(name: str | None, path: Path | None) -> IssueEvent | Ignored:
    """What GITHUB_EVENT_NAME and GITHUB_EVENT_PATH say. Raises UserError where they say nothing."""
    if path is None:
        raise UserError("GITHUB_EVENT_PATH is not set. `partners review` runs in a workflow.")
    if name != "issues":
        return Ignored(reason=f"The event {name!r} asks for no review.")
    try:
        payload = json.loads(read_text(path))
        if payload["action"] not in _ACTIONS:
            return Ignored(reason=f"The action {payload['action']!r} changes no application.")
        return _why_not(payload) or _event(payload)
    except KeyError as error:
        raise UserError(f"{path} is not the payload of an event: {error} is missing.") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        kind = type(error).__name__
        raise UserError(f"{path} is not the payload of an event ({kind}).") from error


def _why_not(payload: Mapping[str, Any]) -> Ignored | None:
    issue, labels = payload["issue"], _labels(payload["issue"])
    other = payload["action"] == "labeled" and payload["label"]["name"] != APPLICATION
    reasons = (
        ("pull_request" in issue, "This is a pull request, not an issue."),
        (payload["sender"]["type"] == "Bot", "A bot did this."),
        (APPLICATION not in labels, f"The issue has no label {APPLICATION!r}."),
        (other, "Another label was added."),
        (issue["state"] != "open", "The issue is closed."),
    )
    return next((Ignored(reason=why) for applies, why in reasons if applies), None)


def _event(payload: Mapping[str, Any]) -> IssueEvent:
    issue = payload["issue"]
    return IssueEvent(
        repository=_text(payload["repository"]["full_name"]),
        number=int(issue["number"]),
        title=_text(issue["title"]),
        body=_text(issue["body"] or ""),
        labels=_labels(issue),
    )


def _labels(issue: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_text(label["name"]) for label in issue["labels"])


def _text(value: Any) -> str:
    """Half a surrogate pair is legal in JSON, but nothing could print it."""
    if not isinstance(value, str):
        raise TypeError("not text")
    return value.encode("utf-8", errors="replace").decode()
