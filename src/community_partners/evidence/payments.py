"""Asks the platforms for the payments of one or more organizations."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from ..github import sponsors
from ..model.application import Application, Platform
from ..model.evidence import Answer
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..open_collective import sponsorships
from ..wire.answers import answer
from .clients import Clients

Paid = dict[str, Answer[Sponsorship]]
"""The sponsorship of each organization, by slug."""


def questions(
    organizations: Iterable[Application],
    since: date,
    program: Program,
    clients: Clients,
    today: date,
) -> Iterator[Callable[[], Paid]]:
    """Yield a question for each platform that an organization pays through.

    `since`: the first day of the first month that matters. One account is asked for alone; of
    several, the whole list of the project's payments is read once.
    """
    policy, clock = program.sponsorship, clients.clock
    for platform in Platform:
        accounts = {one.slug: one.account for one in organizations if one.platform is platform}
        names = sorted(set(accounts.values()))
        ask: Callable[[], Paid]
        if not names:
            continue
        if platform is Platform.OPEN_COLLECTIVE and policy.open_collective:
            graphql, settings = clients.open_collective, policy.open_collective
            ask = partial(sponsorships.sponsorships, graphql, settings, names, since, clock)
        elif platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
            told = clients.sponsors, policy.github_sponsors
            ask = partial(sponsors.sponsorships, *told, names, today, clock)
        else:
            ask = partial(_not_collected, platform, names, program, clients)
        yield partial(_by_slug, accounts, ask)


def _by_slug(accounts: Mapping[str, str], ask: Callable[[], Paid]) -> Paid:
    answers = ask()
    return {slug: answers[account] for slug, account in accounts.items()}


def _not_collected(
    platform: Platform, names: Sequence[str], program: Program, clients: Clients
) -> Paid:
    """Return no payments: nobody can have paid through a platform that the program does not use."""
    nothing = Sponsorship(platform=platform, payer=None)
    told = answer(platform.label, program.home, clients.clock, lambda: nothing)
    return dict.fromkeys(names, told)
