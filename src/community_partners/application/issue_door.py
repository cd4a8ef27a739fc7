"""Defines the door of issues: an application is the filled form in an issue's text.

An eligible application gets a pull request that adds its file (`proposal.py`).
"""

from dataclasses import dataclass

from ..evidence.form_reader import UnusableFormError
from ..github.named import Named
from ..github.thread import GitHubThread
from ..intake.event import Ignored, no_application
from ..model.application import Application, DoorKind
from ..model.submission import Submission
from ..model.verdict import Decision, Verdict
from .door import Overtaken, Review, Run, Settled
from .proposal import settle_proposal, wanted, was_eligible


@dataclass(frozen=True, kw_only=True)
class IssueDoor:
    """An open issue whose text is the filled form."""

    run: Run
    thread: GitHubThread
    kind = DoorKind.FORM
    commit = None
    branch = None

    def author(self, _: Application) -> int | None:
        """Return the number of the account that opened the issue."""
        return self.thread.seen.issue.by

    def submission(self) -> Submission:
        """Read the form. Raises UserError if the program has none."""
        return self.run.submission(self.thread)

    def overtaken(self) -> Overtaken | None:
        """Return None: an issue has no commits, and the run of an edit waits for this run."""
        return None

    def settle(self, done: Review) -> Settled:
        """Open, update or close the proposal, as the verdict asks, or hand that on.

        Raises UserError. The verdict is in the thread already, whatever happens here.
        """
        if done.verdict.decision is not Decision.ELIGIBLE and not was_eligible(self.thread.seen):
            return Settled()
        return settle_proposal(self.run, wanted(self.thread.number, done))

    def annotations(self, verdict: Verdict) -> tuple[str, ...]:
        """Return (): a form is no file at whose lines GitHub could show problems."""
        return ()


def look_ahead(run: Run, thread: GitHubThread, title: str, body: str) -> None:
    """Read the thread, and what the form in a text of the issue asks for, by one question.

    `title`, `body`: as an event or a list showed the issue; not judged. If the thread has another
    form, the rest is asked for again.
    """
    if not run.forms.form.questions:
        return
    application = run.forms.at_hand(title, body, run.today, run.program).application
    if application:
        named = Named.by(application)
        thread.read(run.funnels.with_thread(application.slug, named, thread.number))


def enter_issue(run: Run, thread: GitHubThread) -> IssueDoor | Ignored:
    """Return the door of an issue, or why the issue is no application."""
    issue = thread.seen.issue
    form = run.forms.form
    other = no_application(issue.labels, issue.body, form.questions, is_open=issue.open)
    if form.problems and not other:
        try:
            run.submission(thread)
        except UnusableFormError as error:
            return Ignored(reason=str(error))
    return other or IssueDoor(run=run, thread=thread)
