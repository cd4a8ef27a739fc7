"""Asks the platforms what `partners doctor` needs to know about a program, each question once.

If GitHub refuses a token, nothing else is asked with that token: each answer would be the same
refusal.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ..evidence.clients import Clients
from ..github.accounts import accounts_by_login
from ..github.places import places
from ..github.settings import RepositorySetUp
from ..github.teams import unseen_teams
from ..github.token import sponsors_view, token_owner
from ..model.evidence import Answer
from ..model.program import Program
from ..model.setup import OnGitHub, OnPlatforms, TokensSet
from ..model.website_proof import Look
from ..open_collective.collective import has_collective
from ..rules.setup_claims import teams_of
from ..wire.answers import follow
from ..wire.judgment import NoAnswerError

S = TypeVar("S")
T = TypeVar("T")
_NAMELESS = (
    "The repository is not known here: name it with --repository owner/name, or set "
    "GITHUB_REPOSITORY."
)


def gather_platforms(program: Program | None, tokens: TokensSet, clients: Clients) -> OnPlatforms:
    """Return what the platforms say of the tokens and of the program's accounts.

    `program`: None if it cannot be read: then only the token is asked about.
    """
    clients.progress("asking GitHub whose the token is")
    login = token_owner(clients.github, clients.clock)
    if program is None:
        return OnPlatforms(login=login, accounts=None, places=None, sponsors=None, collective=None)
    clients.progress("asking the platforms for the program's accounts")
    sponsored, collects = program.sponsorship.github_sponsors, program.sponsorship.open_collective
    scope, clock = program.contribution.github, clients.clock
    named = program.accounts_on_github
    accounts = partial(accounts_by_login, clients.github, named, clock)
    teams = teams_of(program)
    lists = [one.repository for one in program.contribution.all_contributors]
    repositories = list(dict.fromkeys([*scope.repositories, *lists, *scope.exclude]))
    return OnPlatforms(
        login=login,
        accounts=_after(login, accounts) if named else None,
        places=_after(login, partial(places, clients.github, repositories, clock))
        if repositories
        else None,
        sponsors=sponsors_view(
            clients.sponsors, clients.sponsors_rest, clients.api_url, sponsored.login, clock
        )
        if sponsored and tokens.sponsors
        else None,
        collective=has_collective(clients.open_collective, collects.collective, clock)
        if collects
        else None,
        site=_site(program, clients),
        unseen_teams=_after(login, partial(_unseen_teams, teams, clients)) if teams else None,
    )


def _unseen_teams(teams: tuple[str, ...], clients: Clients) -> Answer[tuple[str, ...]]:
    return unseen_teams(clients.rest, clients.api_url, teams, clients.clock)


def _site(program: Program, clients: Clients) -> Look | None:
    if program.site.url is None:
        return None
    # This import takes a third of a second, and only a program with a site needs it.
    from ..website.own_site import shows_partners  # noqa: PLC0415

    clients.progress("asking the site")
    return shows_partners(clients.web(), program.site.url, program)


def gather_repository(
    name: str | None, login: Answer[str], clients: Clients, *, site: bool
) -> OnGitHub:
    """Return what GitHub says of the repository.

    `name`: owner and name, such as `acme/partners`; None if it is not known. `login`: the token's
    owner; if that question failed, its failure is the answer to all others. `site`: the program
    names the address of a site.
    """
    clients.progress("asking GitHub for the repository")
    settings = RepositorySetUp(clients.rest, clients.api_url, name or "", clients.clock)
    known = follow(login, lambda _: _named(name))
    facts = _after(known, settings.facts)
    branch = facts.value.default_branch if facts.value else ""
    return OnGitHub(
        repository=facts,
        labels=_after(facts, settings.labels),
        may_open_pulls=_after(facts, settings.may_open_pulls),
        actions=_after(facts, settings.actions),
        branch=_after(facts, partial(settings.branch_rules, branch)),
        workflow_states=_after(facts, settings.workflow_states),
        pages=_after(facts, settings.pages) if site else None,
    )


def _named(name: str | None) -> str:
    if name is None:
        raise NoAnswerError(_NAMELESS, lasting=True)
    return name


def _after(first: Answer[S], question: Callable[[], Answer[T]]) -> Answer[T]:
    """Return the answer to a question, or the failure of `first`, if that failed."""
    if first.value is not None:
        return question()
    return Answer(
        source=first.source,
        url=first.url,
        asked_at=first.asked_at,
        failure=first.failure,
        lasting=first.lasting,
    )
