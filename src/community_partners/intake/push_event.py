"""Reads the push that started a workflow. Decides whether the push can bring applications."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError
from ..wire.judgment import ODD
from .event import Ignored
from .yaml_document import read_text

_COMMIT = re.compile("[0-9a-f]{40}")
_NONE = "0" * 40


@dataclass(frozen=True, kw_only=True, slots=True)
class PushEvent:
    """A push to the default branch, which moved the branch from `before` to the commit `after`."""

    before: str
    after: str


def read_push(name: str | None, path: Path | None) -> PushEvent | Ignored:
    """Return the push of a workflow, or why it admits nobody.

    `name`, `path`: GITHUB_EVENT_NAME and GITHUB_EVENT_PATH. Raises UserError if one is None, or if
    `path` holds no push.
    """
    if path is None or name is None:
        raise UserError(
            "GITHUB_EVENT_PATH is not set. `partners admit` runs in a workflow, or names the FILEs."
        )
    if name != "push":
        return Ignored(reason=f"The event {name!r} admits nobody: name the file to admit.")
    try:
        payload = json.loads(read_text(path))
        before, after = str(payload["before"]), str(payload["after"])
        ref, default = str(payload["ref"]), str(payload["repository"]["default_branch"])
    except ODD as error:
        kind = type(error).__name__
        raise UserError(f"{path} is not the payload of a push ({kind}).") from error
    if ref != f"refs/heads/{default}":
        return Ignored(reason="This is not a push to the default branch.")
    if not (_COMMIT.fullmatch(before) and _COMMIT.fullmatch(after)):
        raise UserError(f"{path} is not the payload of a push (no commits).")
    if _NONE in (before, after):
        return Ignored(reason="The branch is new, or gone: what was there before is not admitted.")
    return PushEvent(before=before, after=after)
