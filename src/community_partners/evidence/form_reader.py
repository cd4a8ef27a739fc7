"""Reads the forms in issues: by the program's form today, or by the form as it was.

GitHub is asked for the form's history once for each issue at most, and only if today's form does
not fit the issue. `intake/program_form.py` decides which version fits.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..github.form_history import form_history
from ..intake.form_application import Form, form_submission, read_form
from ..intake.form_template import FormTemplate
from ..intake.program_form import (
    TEMPLATE,
    Older,
    ProgramForm,
    all_versions,
    answers_by,
    in_force,
    usable_questions,
)
from ..model.form_history import FormHistory
from ..model.program import Program
from ..model.submission import Submission
from ..wire.graphql import GraphQL
from ..wire.judgment import NoAnswerError


class UnusableFormError(UserError):
    """Today's form cannot be used, and no earlier one fits an issue: the issue is left alone."""


class FormReader:
    """Reads forms in the issues of `repository` (owner and name). `root`: the program's folder."""

    def __init__(self, form: ProgramForm, root: Path, github: GraphQL, repository: str) -> None:
        self.form = form
        self._root = root
        self._github = github
        self._repository = repository
        self._histories: dict[int, FormHistory] = {}
        self._read: dict[tuple[str, str], Submission] = {}

    def at_hand(self, title: str, body: str, today: date, program: Program) -> Submission:
        """Return the application in an issue's text, by today's form alone; GitHub is not asked."""
        if (title, body) not in self._read:
            read = form_submission(title, body, self.form.questions, today, program)
            self._read[title, body] = read
        return self._read[title, body]

    def submission(
        self, title: str, body: str, number: int, today: date, program: Program
    ) -> Submission:
        """Return the application in the issue `number`, by the form that it was written by.

        Raises UnusableFormError, and UserError if the program has no form, or if GitHub does not
        show the form's history.
        """
        if not (self.form.questions or self.form.problems):
            usable_questions(self._root)
        older = partial(self._in_force, number)
        try:
            if self.form.problems and not _fits(body, older):
                raise UnusableFormError(
                    f"The application form cannot be used now: {self.form.problems[0]}"
                )
            at_hand = self.at_hand(title, body, today, program)
            if at_hand.application:
                return at_hand
            return form_submission(title, body, self.form.questions, today, program, older)
        except NoAnswerError as error:
            message = f"{error} So nobody can tell by which form this issue was written."
            raise UserError(f"{message} Run this again in a while.") from None

    def other(self, body: str, number: int) -> Form:
        """Return the form in the text of another issue, by any version that fits.

        `number`: an issue or pull request beside which GitHub is asked for the form's history.
        Raises InvalidInputError for a text that is no filled form, and NoAnswerError.
        """
        return read_form(body, self.form.questions, partial(self._all, number))

    def _in_force(self, number: int) -> Sequence[FormTemplate]:
        return in_force(self._history(number))

    def _all(self, number: int) -> Sequence[FormTemplate]:
        known = next(iter(self._histories.values()), None)
        return all_versions(known or self._history(number))

    def _history(self, number: int) -> FormHistory:
        if number not in self._histories:
            path = TEMPLATE.as_posix()
            self._histories[number] = form_history(self._github, self._repository, path, number)
        return self._histories[number]


def _fits(body: str, older: Older) -> bool:
    """Tell whether one of the older forms fits a text, whatever the answers are."""
    try:
        answers_by(body, (), older)
    except InvalidInputError:
        return False
    return True
