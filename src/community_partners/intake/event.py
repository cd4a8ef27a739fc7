"""Reads the event that started a workflow. Decides whether the event asks for a review.

An event's payload names the application, and tells what may be asked for. The run reads the
application itself from GitHub, since somebody may start an old run again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ..errors import UserError
from ..model.application import LABEL, DoorKind
from ..model.command import Verb
from ..model.funnel import branch_of
from ..wire.answers import whole_number
from ..wire.judgment import ODD
from .comment_command import Explain, explain_in
from .form_template import FormTemplate
from .issue_form import is_filled
from .own_seats import own_word
from .yaml_document import read_text

ACTIONS = {
    "issues": ("opened", "edited", "reopened", "labeled"),
    "issue_comment": ("created", "edited"),
    "pull_request_target": ("opened", "edited", "reopened", "synchronize"),
}
"""The actions of each event after which our answer may have to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A request for a review of the issue or pull request `number` of `repository`.

    `repository`: owner and name. `comment`: the id of a new or edited comment, and `body` its text.
    `leaving`: it is `/leave`; `explain`: it is `/explain`. `title`, `body`: of an issue, as they
    were at the event. Else empty.
    """

    repository: str
    number: int
    door: DoorKind
    comment: int | None = None
    leaving: bool = False
    explain: Explain | None = None
    title: str = ""
    body: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """There is nothing to do. `reason`: why, a sentence for the log."""

    reason: str


def read_event(name: str | None, path: Path | None, template: FormTemplate = ()) -> Event | Ignored:
    """Return the event of a workflow, or why the event asks for no review.

    `name`, `path`: GITHUB_EVENT_NAME and GITHUB_EVENT_PATH. `template`: the application form, by
    whose questions an application without its label is recognized. Raises UserError if `path` is
    None or holds no event.
    """
    readers: Mapping[str | None, Callable[[Any], Event | Ignored]] = {
        "issues": lambda payload: _of_issue(payload, template),
        "issue_comment": _of_comment,
        "pull_request_target": _of_pull,
    }

    def read(payload: Any) -> Event | Ignored:
        if payload["sender"]["type"] == "Bot" and not _is_anybodys(payload):
            return Ignored(reason="A bot did this.")
        return readers[name](payload)

    if path is not None and name not in readers:
        return Ignored(reason=f"The event {name!r} asks for no review.")
    return payload_of(path, read)


Read = TypeVar("Read")


def payload_of(path: Path | None, read: Callable[[Any], Read]) -> Read:
    """Return what `read` makes of the event in a file.

    `read` may raise KeyError, TypeError or ValueError for what is no event. Raises UserError then,
    and if `path` is None.
    """
    if path is None:
        raise UserError("GITHUB_EVENT_PATH is not set. `partners` runs this in a workflow.")
    try:
        return read(json.loads(read_text(path)))
    except KeyError as error:
        raise UserError(f"{path} is not the payload of an event: {error} is missing.") from error
    except ODD as error:
        kind = type(error).__name__
        raise UserError(f"{path} is not the payload of an event ({kind}).") from error


def _is_anybodys(payload: Mapping[str, Any]) -> bool:
    """Tell whether an event needs a review although a bot caused the event.

    A commit in a pull request is judged, whoever pushed it: a bot in a fork can be a stranger's.
    Our own proposals are the exception, if we open them with an App's token: they were judged in
    their issue.
    """
    if "pull_request" not in payload:
        return False
    head = payload["pull_request"]["head"]
    from_here = head["repo"] is not None and head["repo"]["full_name"] == _repository(payload)
    return not (from_here and head["ref"].startswith(branch_of("")))


def no_application(
    labels: Sequence[str], body: str, template: FormTemplate, *, is_open: bool
) -> Ignored | None:
    """Return why an issue is not judged, or None if the issue is an application.

    A form adds its label only if the repository has that label. An issue without the label is an
    application if its text is the filled form.
    """
    if LABEL not in labels and not is_filled(body, template):
        return Ignored(reason=f"The issue has no label {LABEL!r}.")
    return None if is_open else Ignored(reason="The issue is closed.")


def _of_issue(payload: Mapping[str, Any], template: FormTemplate) -> Event | Ignored:
    action, issue = payload["action"], payload["issue"]
    if action not in ACTIONS["issues"]:
        return Ignored(reason=f"The action {action!r} changes no application.")
    if "pull_request" in issue:
        return Ignored(reason="This is a pull request, not an issue.")
    if action == "labeled" and payload["label"]["name"].casefold() != LABEL:
        return Ignored(reason="Another label was added.")
    labels = [text_of(label["name"]).casefold() for label in issue["labels"]]
    body, is_open = text_of(issue["body"] or ""), issue["state"] == "open"
    other = no_application(labels, body, template, is_open=is_open)
    event = _event(payload, issue, DoorKind.FORM)
    return other or replace(event, title=text_of(issue.get("title") or ""), body=body)


def _of_pull(payload: Mapping[str, Any]) -> Event | Ignored:
    if payload["action"] not in ACTIONS["pull_request_target"]:
        return Ignored(reason=f"The action {payload['action']!r} changes no application.")
    return _event(payload, payload["pull_request"], DoorKind.PULL)


def _of_comment(payload: Mapping[str, Any]) -> Event | Ignored:
    issue, comment = payload["issue"], payload["comment"]
    if payload["action"] not in ACTIONS["issue_comment"]:
        return Ignored(reason=f"The action {payload['action']!r} asks for nothing.")
    body = text_of(comment["body"])
    leaving, explain = own_word(body) is Verb.LEAVE, explain_in(body)
    if issue["state"] != "open" and not (leaving or explain):  # a partner's thread is closed
        return Ignored(reason="The issue is closed.")
    door = DoorKind.PULL if "pull_request" in issue else DoorKind.FORM
    event = _event(payload, issue, door)
    return replace(
        event, comment=whole_number(comment["id"]), body=body, leaving=leaving, explain=explain
    )


def _event(payload: Mapping[str, Any], thread: Mapping[str, Any], door: DoorKind) -> Event:
    return Event(repository=_repository(payload), number=whole_number(thread["number"]), door=door)


def _repository(payload: Mapping[str, Any]) -> str:
    return text_of(payload["repository"]["full_name"])


def text_of(value: Any) -> str:
    """Return a value of a payload that is a text. Raises TypeError for any other value."""
    if not isinstance(value, str):
        raise TypeError("not text")
    return value
