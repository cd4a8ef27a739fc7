"""Reads the application form of a program: as it is today, and as it was.

A form that cannot be used is no error here: its problems travel with it, since a run does all that
needs no form. An issue is read by the form as it was when the issue was written or last edited by
its author, if today's form does not fit it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.form_history import FormHistory, FormVersion
from ..model.problem import Place, Problem
from .form_template import FormTemplate, read_template
from .issue_form import FormAnswer, NotThisFormError, has_questions, parse
from .yaml_document import read_text

TEMPLATE = Path(".github/ISSUE_TEMPLATE/partner-application.yml")
ASKED = frozenset(
    ("name", "website", "country", "description", "services", "contact", "platform", "account")
) | {"team", "consent"}
"""The ids of the questions without which no application can be read."""
# A page with the form may stay open for days before it is sent, and a commit's date may be older
# than its merge.
_STILL_OPEN = timedelta(days=7)

Older = Callable[[], Sequence[FormTemplate]]
"""Gives earlier forms, the newest first. Raises an error of GitHub's answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgramForm:
    """The application form today.

    `questions`: () if the program takes applications by pull request only, or if the form cannot be
    used; `problems` say why it cannot. `digest`: of the form's text, 12 hexadecimal digits.
    """

    questions: FormTemplate = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""


def program_form(root: Path) -> ProgramForm:
    """Read the program's application form. `root`: the folder of the program's records."""
    if not (root / TEMPLATE).exists():
        return ProgramForm()
    try:
        text = read_text(root / TEMPLATE)
        digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
        return ProgramForm(questions=read_questions(text), digest=digest)
    except InvalidInputError as error:
        return ProgramForm(problems=error.problems, digest=digest)
    except UserError as error:  # a folder of that name, or a file that may not be read
        place = Place(document=TEMPLATE.as_posix())
        return ProgramForm(problems=(Problem(place=place, message=str(error), remedy="Mend it."),))


def usable_questions(root: Path) -> FormTemplate:
    """Read the questions of the program's form as `program_form` does.

    Raises UserError if there is no form, or if it cannot be used.
    """
    return read_questions(read_text(root / TEMPLATE))


def read_questions(text: str) -> FormTemplate:
    """Return the questions of an application form.

    Raises InvalidInputError, with the line, for a form that cannot be used.
    """
    template = read_template(text, TEMPLATE.as_posix())
    missing = sorted(ASKED - {field.id for field in template})
    if missing:
        place = Place(document=TEMPLATE.as_posix(), line=1)
        message = f"It does not ask for: {', '.join(missing)}."
        remedy = "Give these ids to the questions that ask for them, as the form that ships does."
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),))
    return template


def in_force(history: FormHistory) -> Sequence[FormTemplate]:
    """Return the forms that an issue may have been written by, the newest first.

    These were in force at some time from the issue's first day to the last edit by its author.
    """
    return tuple(_usable(_between(history)))


def all_versions(history: FormHistory) -> Sequence[FormTemplate]:
    """Return all forms that the program has had, the newest first."""
    return tuple(_usable(history.versions))


def _between(history: FormHistory) -> Iterator[FormVersion]:
    until = None
    for version in history.versions:
        still = until is None or history.written < until + _STILL_OPEN
        if version.since <= history.edited and still:
            yield version
        until = version.since


def _usable(versions: Sequence[FormVersion] | Iterator[FormVersion]) -> Iterator[FormTemplate]:
    for version in versions:
        try:
            yield read_questions(version.text or "")
        except InvalidInputError:
            continue


def answers_by(body: str, form: FormTemplate, older: Older) -> dict[str, FormAnswer]:
    """Return the answers in a filled form, by today's form or else by an older one.

    `older` is called only if today's form does not fit, and the text may be a form. Raises
    InvalidInputError with the problems by the form that fits best.
    """
    refusals = []
    for template in _tried(body, form, older):
        try:
            return parse(body, template)
        except InvalidInputError as error:
            refusals.append(error)
    raise min(refusals, key=lambda one: (isinstance(one, NotThisFormError), len(one.problems)))


def _tried(body: str, form: FormTemplate, older: Older) -> Iterator[FormTemplate]:
    yield form
    if has_questions(body):
        yield from (template for template in older() if template != form)
