"""Writes problems as annotations, which GitHub shows at the lines of a pull request's file.

Only this module prints a command to the runner on purpose. A stranger's words are escaped, so that
they stay inside a property or the message of that command and can end neither.
"""

from collections.abc import Collection, Sequence
from itertools import islice

from ..model.problem import Problem
from .escape import defuse

MOST = 10  # GitHub shows at most 10 errors of a step
TITLE = "Partner application"


def annotations(problems: Sequence[Problem], paths: Collection[str]) -> tuple[str, ...]:
    """Return a command to the runner for each of the first MOST problems, one line each.

    `paths`: the files of the pull request, at which an annotation can point.
    """
    return tuple(_annotation(problem, paths) for problem in islice(problems, MOST))


def _annotation(problem: Problem, paths: Collection[str]) -> str:
    place = problem.place
    properties = {"title": TITLE}
    words = f"{problem.message} {problem.remedy}"
    if place.document in paths:
        properties = {"file": place.document, "line": str(place.line or 1), **properties}
    else:
        words = f"{place}: {words}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {told}::{_message(words)}"


def _message(text: str) -> str:
    """Return a text escaped for the message of a command to the runner.

    The text keeps no `::`, so that the runner finds only our own.
    """
    return defuse(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
