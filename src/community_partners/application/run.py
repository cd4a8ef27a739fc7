"""What a run needs that answers applications: the policy, the form, the day, whom it may ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Self

from ..evidence.clients import Clients
from ..github.applications import funnel
from ..github.permissions import Permissions
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..intake.form_template import FormTemplate
from ..model.evidence import Answer
from ..model.funnel import Funnel
from ..model.program import Program


@dataclass(frozen=True, kw_only=True)
class Run:
    """`form`: its questions, read once; none where the program takes pull requests alone.

    `root`: the folder of the program's records. `may_write`: has a login write permission now;
    raises UserError if nobody can tell. `funnel`: what the repository holds around the application
    of a slug, asked for once.
    """

    program: Program
    form: FormTemplate
    root: Path
    today: date
    dry_run: bool
    clients: Clients
    repository: GitHubRepository
    may_write: Callable[[str], bool]
    funnel: Callable[[str], Answer[Funnel]]

    @classmethod
    def of(
        cls,
        program: Program,
        form: FormTemplate,
        root: Path,
        today: date,
        clients: Clients,
        repository: GitHubRepository,
        *,
        dry_run: bool,
    ) -> Self:
        """Connect what is asked later; nothing is asked yet."""
        return cls(
            program=program,
            form=form,
            root=root,
            today=today,
            dry_run=dry_run,
            clients=clients,
            repository=repository,
            may_write=Permissions(repository).may_write,
            funnel=_looking(clients, repository),
        )

    def anew(self) -> Self:
        """Return the same run, which asks for the funnel again: it may have changed itself."""
        return replace(self, funnel=_looking(self.clients, self.repository))

    def thread(self, number: int) -> GitHubThread:
        """The thread of an issue or pull request; it is read when it is needed."""
        return GitHubThread(self.repository, self.clients.github, number)


def _looking(clients: Clients, repository: GitHubRepository) -> Callable[[str], Answer[Funnel]]:
    return cache(partial(funnel, clients.github, repository.name, clock=clients.clock))
