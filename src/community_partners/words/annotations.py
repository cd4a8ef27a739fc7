"""Problems as annotations: GitHub shows them on the lines of the file in the pull request.

The one place where a command to the runner is printed on purpose. Decides what a stranger's words
are in it: a property or a message, and never the end of one.
"""

from collections.abc import Collection, Sequence
from itertools import islice

from ..model.problem import Problem
from .escape import defuse

MOST = 10  # GitHub shows no more errors of a step
TITLE = "Partner application"


def annotations(problems: Sequence[Problem], paths: Collection[str]) -> tuple[str, ...]:
    """A line of the log for each of the first problems. `paths`: files that can be pointed at."""
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
    """Without a pair of colons: whoever looks for the last one in a line finds ours."""
    return defuse(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
