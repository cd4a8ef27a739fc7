"""The part of `partners review` that looks at other applications, and proposes an eligible one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Self

import click

from ..application.answer import Review
from ..application.check import Gather
from ..application.proposal import Proposed, propose, wanted, was_eligible
from ..evidence.clients import Clients
from ..evidence.earlier_applications import earlier_applications
from ..github.applications import funnel
from ..github.rest import GitHubRepository
from ..intake.form_template import FormTemplate
from ..model.application import Application
from ..model.evidence import Answer, Evidence
from ..model.funnel import Funnel
from ..model.thread import Thread
from ..model.verdict import Decision, Required
from ..rules.required_amount import NoAmount
from ..words.log import quote
from ..words.planned_changes import describe


@dataclass(frozen=True, kw_only=True)
class ProposalRun:
    """`number`: of the applicant's thread. `look`: the funnel by slug, asked for once."""

    repository: GitHubRepository
    number: int
    form: FormTemplate
    look: Callable[[str], Answer[Funnel]]

    @classmethod
    def connect(
        cls, repository: GitHubRepository, clients: Clients, number: int, form: FormTemplate
    ) -> Self:
        """Asks nothing yet."""
        look = cache(partial(funnel, clients.github, repository.name, clock=clients.clock))
        return cls(repository=repository, number=number, form=form, look=look)

    def beside_others(self, gather: Gather) -> Gather:
        """What `gather` gathers, and who applied before."""

        def both(application: Application, required: Required | NoAmount) -> Evidence:
            evidence, found = gather(application, required), self.look(application.slug)
            earlier = earlier_applications(found, application, self.number, self.form)
            return replace(evidence, earlier=earlier)

        return both

    def propose(self, seen: Thread, done: Review, *, dry_run: bool) -> None:
        """After the verdict was posted: it stands, whatever happens to the pull request."""
        if done.verdict.decision is not Decision.ELIGIBLE and not was_eligible(seen):
            return
        body, url = seen.issue.body, done.comment_url
        want = wanted(self.number, body, self.form, done.verdict, done.reply, url)
        _tell(
            propose(self.look(want.slug), want, self.repository, dry_run=dry_run), dry_run=dry_run
        )


def _tell(proposed: Proposed, *, dry_run: bool) -> None:
    if dry_run and proposed.proposal.writes:
        click.echo(describe(proposed.proposal.writes))
    for sentence in filter(None, (proposed.proposal.why_not, proposed.url)):
        click.echo(quote(sentence))
