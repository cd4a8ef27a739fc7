"""Tells the maintainers in one issue that the application form cannot be used.

Each state of the form has one issue, however many runs meet it: a closed one stays closed.
"""

from collections.abc import Iterator

from ..github.issues import KeptIssue, keep_issue
from ..github.labels import FORM
from ..words.escape import quote
from ..words.form_notice import TITLE, form_notice
from .door import Run


def tell_of_form(run: Run) -> Iterator[str]:
    """Write the issue if the form cannot be used, and yield lines for the log. Raises UserError."""
    form = run.forms.form
    if not form.problems:
        return
    yield quote(f"{TITLE}: {form.problems[0]}")
    if not run.dry_run:
        kind = f"form {form.digest}"
        body = form_notice(form.problems)
        issue = KeptIssue(kind=kind, title=TITLE, body=body, labels=(FORM,))
        yield quote(f"The maintainers are told in {keep_issue(run.repository, issue).url}")
