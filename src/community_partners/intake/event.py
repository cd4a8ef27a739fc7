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
    author: str
    url: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """Nothing to do; `reason` is a sentence for the log."""

    reason: str


def read_event(name: str | None, path: Path | None) -> IssueEvent | Ignored:
    """What GITHUB_EVENT_NAME and GITHUB_EVENT_PATH say. Raises UserError where they say nothing."""
    if path is None:
        raise UserError("GITHUB_EVENT_PATH is not set. `partners review` runs in a workflow.")
    try:
        payload = json.loads(read_text(path))
        if name != "issues":
            return Ignored(reason=f"The event {name!r} asks for no review.")
        return _why_not(payload) or _event(payload)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path} is not the payload of an event ({error!r}).") from error


def _why_not(payload: Mapping[str, Any]) -> Ignored | None:
    issue, action = payload["issue"], payload["action"]
    labels = _labels(issue)
    reasons = (
        (action not in _ACTIONS, f"The action {action!r} changes no application."),
        ("pull_request" in issue, "This is a pull request, not an issue."),
        (payload["sender"]["type"] == "Bot", "A bot did this."),
        (APPLICATION not in labels, f"The issue has no label {APPLICATION!r}."),
        (
            action == "labeled" and payload["label"]["name"] != APPLICATION,
            "Another label was added.",
        ),
        (issue["state"] != "open", "The issue is closed."),
    )
    return next((Ignored(reason=why) for applies, why in reasons if applies), None)


def _event(payload: Mapping[str, Any]) -> IssueEvent:
    issue = payload["issue"]
    return IssueEvent(
        repository=str(payload["repository"]["full_name"]),
        number=int(issue["number"]),
        title=str(issue["title"]),
        body=str(issue["body"] or ""),
        author=str((issue["user"] or {"login": "ghost"})["login"]),
        url=str(issue["html_url"]),
        labels=_labels(issue),
    )


def _labels(issue: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(label["name"]) for label in issue["labels"])
