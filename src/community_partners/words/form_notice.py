"""Writes the issue that tells maintainers that the application form cannot be used. Words only."""

from collections.abc import Sequence

from ..model.problem import Problem
from .escape import text

TITLE = "The application form cannot be used"
MOST = 10  # problems that are shown
_REST = """\
**What to do:** correct these lines on the default branch, or take back the change that brought \
them. Then close this issue.

**Until then** new applications with this form get no answer. An application that was written by \
an earlier form is read by that form, and pull requests are judged as ever. After the correction, \
the daily run answers the applications that wait; `/recheck` in one of them asks for it at once.
"""


def form_notice(problems: Sequence[Problem]) -> str:
    """Return the text of the issue in Markdown."""
    shown = [f"* {text(problem, 600)}" for problem in problems[:MOST]]
    if len(problems) > MOST:
        shown.append(f"* And {len(problems) - MOST} more; `partners doctor` names the first.")
    listed = "\n".join(shown)
    return f"### The application form needs a correction\n\n{listed}\n\n{_REST}"
