"""Reads the event that started a workflow. Decides whether the event may be about claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..wire.answers import whole_number
from .claim_form import no_claim, word_in
from .event import ACTIONS, Ignored, payload_of, text_of
from .form_template import FormTemplate


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimEvent:
    """Claims in the thread `number` are new, have changed, or have a word of somebody.

    `pull`: the thread is a pull request, of which this run has to find out whether it has claims.
    """

    number: int
    pull: bool


def read_claim_event(
    name: str | None, path: Path | None, template: FormTemplate
) -> ClaimEvent | Ignored:
    """Return the event, or why it is about no claim.

    `name`, `path`: GITHUB_EVENT_NAME and GITHUB_EVENT_PATH. `template`: the form of claims. Raises
    UserError if `path` is None or holds no event.
    """
    if path is not None and name not in ACTIONS:
        return Ignored(reason=f"The event {name!r} is about no claim.")
    return payload_of(path, lambda payload: _read(str(name), payload, template))


def _read(name: str, payload: Mapping[str, Any], template: FormTemplate) -> ClaimEvent | Ignored:
    if payload["action"] not in ACTIONS[name]:
        return Ignored(reason=f"The action {payload['action']!r} changes no claim.")
    if name == "pull_request_target":
        # Whoever pushed the commit: a bot in a fork can be a stranger's.
        return ClaimEvent(number=whole_number(payload["pull_request"]["number"]), pull=True)
    if payload["sender"]["type"] == "Bot":
        return Ignored(reason="A bot did this.")
    issue = payload["issue"]
    if name == "issue_comment" and word_in(text_of(payload["comment"]["body"])) is None:
        return Ignored(reason="The comment is none of the words that a claim knows.")
    event = ClaimEvent(number=whole_number(issue["number"]), pull="pull_request" in issue)
    if event.pull:
        return event
    labels = [text_of(label["name"]).casefold() for label in issue["labels"]]
    body, is_open = text_of(issue["body"] or ""), issue["state"] == "open"
    return no_claim(labels, body, template, is_open=is_open) or event
