"""The event that started a workflow. Decides whether it asks for a review, and why not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UserError
from .files import read_text
from .form_template import FormTemplate
from .issue_form import is_filled

APPLICATION = "application"
_ACTIONS = ("opened", "edited", "reopened", "labeled")


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueEvent:
    """Which issue it is about. What it says is read anew: an old run may be started again."""

    repository: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """Nothing to do; `reason` is a sentence for the log."""

    reason: str


def read_event(
    name: str | None, path: Path | None, template: FormTemplate = ()
) -> IssueEvent | Ignored:
    """What GITHUB_EVENT_NAME and GITHUB_EVENT_PATH say. Raises UserError where they say nothing.

    `template`: of the form by which an application is known where its label is missing.
    """
    if path is None:
        raise UserError("GITHUB_EVENT_PATH is not set. `partners review` runs in a workflow.")
    if name != "issues":
        return Ignored(reason=f"The event {name!r} asks for no review.")
    try:
        payload = json.loads(read_text(path))
        if payload["action"] not in _ACTIONS:
            return Ignored(reason=f"The action {payload['action']!r} changes no application.")
        return _why_not(payload, template) or _event(payload)
    except KeyError as error:
        raise UserError(f"{path} is not the payload of an event: {error} is missing.") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        kind = type(error).__name__
        raise UserError(f"{path} is not the payload of an event ({kind}).") from error


def no_application(
    labels: Sequence[str], body: str, template: FormTemplate, *, is_open: bool
) -> Ignored | None:
    """Why an issue is not to be judged. A form's label is missing where the repository has none."""
    if APPLICATION not in labels and not is_filled(body, template):
        return Ignored(reason=f"The issue has no label {APPLICATION!r}.")
    return None if is_open else Ignored(reason="The issue is closed.")


def _why_not(payload: Mapping[str, Any], template: FormTemplate) -> Ignored | None:
    issue = payload["issue"]
    labels = [_text(label["name"]) for label in issue["labels"]]
    other = payload["action"] == "labeled" and payload["label"]["name"] != APPLICATION
    reasons = (
        ("pull_request" in issue, "This is a pull request, not an issue."),
        (payload["sender"]["type"] == "Bot", "A bot did this."),
        (other, "Another label was added."),
    )
    ignored = (Ignored(reason=why) for applies, why in reasons if applies)
    body, is_open = _text(issue["body"] or ""), issue["state"] == "open"
    return next(ignored, None) or no_application(labels, body, template, is_open=is_open)


def _event(payload: Mapping[str, Any]) -> IssueEvent:
    repository = _text(payload["repository"]["full_name"])
    return IssueEvent(repository=repository, number=int(payload["issue"]["number"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value
