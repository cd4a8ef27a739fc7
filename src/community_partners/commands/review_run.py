"""The two doors of `partners review`, with the clients and settings that they need."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .wiring import asking, connected

if TYPE_CHECKING:
    from ..application.answer import Answered, Review
    from ..application.check import Checked, Gather, WaiversFor
    from ..evidence.clients import Clients
    from ..github.rest import GitHubRepository
    from ..intake.event import CommentEvent, IssueEvent, PullEvent
    from ..model.program import Program
    from ..settings import Settings
    from ..wire.session import Meter


@dataclass(frozen=True, kw_only=True)
class ReviewRun:
    """What both doors need."""

    settings: "Settings"
    program: "Program"
    root: Path
    today: date
    meter: "Meter"
    dry_run: bool

    @classmethod
    def prepare(
        cls, settings: "Settings", program_file: Path, today: date, *, dry_run: bool
    ) -> "ReviewRun":
        """Asks nobody yet. Raises UserError without a token."""
        from ..intake.program import read_program
        from ..wire.session import Meter

        if settings.github_token is None:
            raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
        return cls(
            settings=settings,
            program=read_program(program_file),
            root=program_file.parent,
            today=today,
            meter=Meter(),
            dry_run=dry_run,
        )

    def own_repository(self, name: str) -> "GitHubRepository":
        """`name`: owner/name, of the event."""
        return connected(self.settings, self.settings.github_token or "", name, self.meter)

    def gather(self, clients: "Clients") -> "Gather":
        from ..evidence.of_application import gather

        return partial(
            gather, program=self.program, root=self.root, clients=clients, today=self.today
        )

    def tell(self, done: "Review | Answered") -> None:
        """The log; of a verdict also the step's outputs and its summary."""
        from ..application.answer import Answered
        from ..words.log import quote
        from ..words.planned_changes import describe
        from .job import write_outputs, write_summary

        if self.dry_run:
            click.echo(describe(done.writes))
        for order in done.orders:
            click.echo(quote(str(order)))
        if isinstance(done, Answered):
            return
        click.echo(f"partners: {done.verdict.decision}; {self.meter}")
        outputs = {"decision": done.verdict.decision.value, "comment-url": done.comment_url or ""}
        write_outputs(self.settings.output, outputs)
        write_summary(self.settings.step_summary, done.reply.body, self.meter)


def review_pull(event: "PullEvent | CommentEvent", run: ReviewRun) -> None:
    """On a pull request's own events, and commands in its thread."""
    from ..application.answer import Answered
    from ..application.pull_request import PullDoor, review_pull
    from ..github.people import Permissions
    from ..github.thread import GitHubThread
    from ..intake.event import CommentEvent, Ignored
    from ..intake.form_template import form_if_any
    from .proposal_run import ProposalRun

    with asking(run.settings, run.meter) as clients:
        repository = run.own_repository(event.repository)
        others = ProposalRun.connect(repository, clients, event.number, form_if_any(run.root))
        door = PullDoor(
            repository=repository,
            may_write=Permissions(repository).may_write,
            thread=GitHubThread(repository, clients.github, event.number),
            number=event.number,
            root=run.root,
            look=others.look,
            comment=event.comment if isinstance(event, CommentEvent) else None,
        )
        ask = others.beside_others(run.gather(clients))
        done = review_pull(door, run.program, run.today, ask, dry_run=run.dry_run)
    if isinstance(done, Ignored):
        nothing_to_do(done.reason)
    elif isinstance(done, Answered):
        run.tell(done)
    else:
        if run.dry_run and done.status:
            click.echo(f"set the status of {done.commit[:12]}: {done.status.state}")
        for line in done.annotations:
            click.echo(line)
        run.tell(done.review)


def review_issue(event: "IssueEvent | CommentEvent", run: ReviewRun) -> None:
    """On an issue's own events, and commands in its thread."""
    from ..application.answer import Review, obey, recheck, review
    from ..github.people import Permissions
    from ..github.thread import GitHubThread
    from ..intake.event import CommentEvent, no_application
    from ..intake.form_template import program_form
    from .proposal_run import ProposalRun

    form, program = program_form(run.root), run.program
    with asking(run.settings, run.meter) as clients:
        repository = run.own_repository(event.repository)
        may_write = Permissions(repository).may_write
        thread = GitHubThread(repository, clients.github, event.number)
        seen = thread.read()
        issue = seen.issue
        other = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if other:
            nothing_to_do(other.reason)
            return

        proposal = ProposalRun.connect(repository, clients, event.number, form)
        ask = proposal.beside_others(run.gather(clients))

        def judge(waivers: "WaiversFor") -> "Checked":
            return review(issue, form, program, run.today, ask, waivers)

        done: Review | Answered | None
        if isinstance(event, CommentEvent):
            asked = (seen, event.comment, judge, program, thread, may_write)
            done = obey(*asked, dry_run=run.dry_run)
        else:
            done = recheck(seen, judge, program, thread, may_write, dry_run=run.dry_run)
    if done is None:
        nothing_to_do("The comment is no command any more.")
        return
    try:
        if isinstance(done, Review):
            proposal.propose(seen, done, dry_run=run.dry_run)
    finally:
        run.tell(done)


def nothing_to_do(reason: str) -> None:
    """A line for the log; `reason` may hold outside words."""
    from ..words.log import quote

    click.echo(quote(f"Nothing to do. {reason}"))
