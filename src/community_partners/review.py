"""The journey of `partners review`: an issue in, one comment and its labels out.

Gather: the form and the evidence. Decide: the verdict, the reply. Apply: what the thread lacks.
"""

from datetime import date
from functools import partial
from pathlib import Path

from .check import Checked, check
from .clients import Clients
from .gather import gather
from .intake.event import IssueEvent
from .intake.form_application import application_from_form
from .intake.issue_form import read_template
from .intake.records import read_text
from .model.program import Program

FORM = Path(".github/ISSUE_TEMPLATE/partner-application.yml")


def review(
    event: IssueEvent, program: Program, root: Path, clients: Clients, today: date
) -> Checked:
    """The verdict on the form in an issue. `root`: the folder of the program's records."""
    template = read_template(read_text(root / FORM))
    return check(
        partial(application_from_form, event.body, template, today),
        event.title,
        program,
        today,
        partial(gather, program=program, root=root, clients=clients, today=today),
    )
