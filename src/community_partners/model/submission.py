"""What an applicant handed in, read once: by a form, by a file of a pull request, or from disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .application import Application
from .problem import Problem
from .verdict import Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """`application` None: it cannot be read, and `problems` say why; `title` is its name then.

    `data`: what a file of it holds; empty where it cannot be read. `finding`: one more criterion,
    on how it was handed in.
    """

    title: str
    application: Application | None = None
    problems: tuple[Problem, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    finding: Finding | None = None
