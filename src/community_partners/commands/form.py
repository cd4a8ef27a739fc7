"""Runs `partners form`, which prints the application in the text of a filled form."""

from datetime import date
from pathlib import Path

import click

from ..errors import InvalidInputError
from ..intake.form_application import form_submission
from ..intake.program import read_program
from ..intake.program_form import usable_questions
from ..intake.yaml_document import read_text, write_yaml
from .wiring import today_in_utc


def run(body: Path, program_file: Path, today: date | None) -> None:
    """Print the application in a filled form as YAML. `body`: the file that holds the form's text.

    Raises InvalidInputError with all problems of the form, and UserError if a file cannot be read.
    """
    template, text = usable_questions(program_file.parent), read_text(body)
    day = today or today_in_utc()
    program = read_program(program_file, day)
    submission = form_submission(body.name, text, template, day, program)
    if submission.application is None:
        raise InvalidInputError(submission.problems)
    click.echo(write_yaml(submission.data), nl=False)
