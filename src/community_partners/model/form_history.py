"""The earlier versions of the application form, and when the author of an issue edited it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FormVersion:
    """The form's file on the default branch, from the commit at `since`, in UTC, to the next one.

    `text` None: there was no file, or GitHub does not show the whole text.
    """

    since: datetime
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormHistory:
    """The versions of the form, the newest first, beside one issue.

    `written`: when the issue was opened, in UTC. `edited`: when its author changed its text for the
    last time, or `written`.
    """

    versions: tuple[FormVersion, ...]
    written: datetime
    edited: datetime
