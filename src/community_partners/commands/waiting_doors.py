"""The reviews of both doors for applications that wait: there is no event that asks for them.

What is written is what an edit would have brought about: the same comment, labels and status, and
for what is eligible the same pull request.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..application.answer import Answered, Hold, Review, recheck, review
from ..application.check import Checked, Gather, WaiversFor
from ..application.commands_in_comments import MayWrite
from ..application.pull_request import PullDoor, review_pull
from ..application.waiting import ChangedMeanwhileError, WaitingRoom
from ..evidence.clients import Clients
from ..evidence.of_application import gather
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..intake.event import Ignored, no_application
from ..intake.form_template import FormTemplate, form_if_any, program_form
from ..model.application import Application
from ..model.evidence import Evidence
from ..model.thread import Thread
from ..model.verdict import Required
from ..rules.required_amount import NoAmount
from .proposal_run import ProposalRun


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What both need. `root`: the folder of the program's records."""

    repository: GitHubRepository
    clients: Clients
    may_write: MayWrite
    root: Path
    room: WaitingRoom

    def issue(
        self, thread: GitHubThread, number: int, seen: Thread, hold: Hold
    ) -> Review | Ignored:
        """`seen`: the thread as it was read. Raises UserError with a sentence."""
        issue, form, program = seen.issue, program_form(self.root), self.room.program
        other = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if other:
            return other
        proposal = self._proposal(number, form)
        ask = proposal.beside_others(self._gather(thread, seen))

        def judge(waivers: WaiversFor) -> Checked:
            checked = review(issue, form, program, self.room.today, ask, waivers)
            hold(checked.verdict)
            return checked

        dry_run = self.room.dry_run
        done = recheck(seen, judge, program, thread, self.may_write, dry_run=dry_run)
        proposal.propose(seen, done, dry_run=dry_run)
        return done

    def pull(self, thread: GitHubThread, number: int, seen: Thread, hold: Hold) -> Review | Ignored:
        """The same for a pull request."""
        form = form_if_any(self.root)
        others = self._proposal(number, form)
        door = PullDoor(
            repository=self.repository,
            may_write=self.may_write,
            thread=thread,
            number=number,
            root=self.root,
            look=others.look,
            seen=seen,
            hold=hold,
        )
        ask = others.beside_others(self._gather(thread, seen))
        room = self.room
        done = review_pull(door, room.program, room.today, ask, dry_run=room.dry_run)
        if isinstance(done, Answered):  # only a command is answered so, and there is none
            return Ignored(reason="A comment was answered.")
        return done if isinstance(done, Ignored) else done.review

    def _proposal(self, number: int, form: FormTemplate) -> ProposalRun:
        return ProposalRun.connect(self.repository, self.clients, number, form)

    def _gather(self, thread: GitHubThread, seen: Thread) -> Gather:
        """All evidence, which takes its time: the application's own runs do not wait for us."""
        ask = partial(
            gather,
            program=self.room.program,
            root=self.root,
            clients=self.clients,
            today=self.room.today,
        )

        def unless_changed(application: Application, required: Required | NoAmount) -> Evidence:
            evidence = ask(application, required)
            if thread.read() != seen:
                raise ChangedMeanwhileError
            return evidence

        return unless_changed
