"""A submission: the text that an applicant handed in by form, pull request or file on disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .application import Application
from .problem import Problem
from .verdict import Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """One application as handed in, readable or not.

    `application` None: the text cannot be read as an application, and `problems` say why; `title`
    then serves as its name. `data`: the content for the application's file; empty if unreadable.
    `finding`: an additional finding on how the application was handed in. `record`: the application
    on the default branch that it changes; None if there is none, or it cannot be read.
    """

    title: str
    application: Application | None = None
    problems: tuple[Problem, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    finding: Finding | None = None
    record: Application | None = None
