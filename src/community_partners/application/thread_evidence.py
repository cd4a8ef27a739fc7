"""Gathers the evidence on an application in a thread: all sources, the thread, other threads."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from ..evidence.gathering import Sources
from ..evidence.of_application import gather
from ..evidence.other_applications import earlier_applications, other_teams
from ..model.application import Application, DoorKind
from ..model.evidence import Evidence
from ..model.spokesperson import HandedIn
from ..model.submission import Submission
from ..model.verdict import Outcome, Required, Waiver
from ..model.website_proof import code_for
from ..rules.commands_and_waivers import identity_of
from ..rules.criteria import PAYER, SPOKESPERSON
from ..rules.required_amount import NoAmount
from .commands_in_comments import ThreadCommands
from .door import Door, Run
from .other_threads import told_there


def gather_all(
    application: Application,
    required: Required | NoAmount,
    waivers: Sequence[Waiver],
    run: Run,
    number: int,
    heard: Callable[[Application, Sequence[Waiver]], HandedIn],
) -> Evidence:
    """Return all evidence, with other applications of the same organization or people."""
    evidence = gather(
        application,
        required,
        Sources(program=run.program, root=run.root, clients=run.clients, today=run.today),
        heard(application, waivers),
        partial(run.funnels.accounts, application.slug),
    )
    found = run.funnels.of(application.slug)
    there = partial(told_there, run)
    earlier = earlier_applications(found, application, number, run.forms, there)
    asked = (found, application, evidence.accounts, number, run.forms)
    return replace(evidence, earlier=earlier, others=other_teams(*asked, there))


def handed_in(
    application: Application,
    waivers: Sequence[Waiver],
    submission: Submission,
    run: Run,
    door: Door,
    commands: ThreadCommands,
) -> HandedIn:
    """Return who handed the application in, and who vouches for it.

    Whoever may change a record, and does not change whose it is, speaks for it as before.
    """
    seen, number = door.thread.seen, door.thread.number
    author, program = door.author(application), seen.repository
    about, waived = commands.about(application), {one.criterion for one in waivers}
    page = "issues" if door.kind is DoorKind.FORM else "pull"
    return HandedIn(
        author=author,
        thread=f"https://github.com/{run.repository.name}/{page}/{number}",
        code=code_for(program, f"thread {number}", author) if program and author else None,
        branch=door.branch,
        vouchers=commands.vouchers(application),
        seated=commands.seated(application),
        named=about.named if about else {},
        vouched=SPOKESPERSON.id in waived,
        payer_known=PAYER.id in waived,
        goes_on=_goes_on(submission, application, waived),
        country=about.country if about else application.country.code,
    )


def _goes_on(submission: Submission, application: Application, waived: Collection[str]) -> bool:
    """Tell whether somebody who may change a record leaves it the record of whom it was."""
    record, owner = submission.record, submission.finding
    may_change = owner is not None and (owner.outcome is Outcome.MET or owner.criterion in waived)
    return may_change and record is not None and identity_of(record) == identity_of(application)
