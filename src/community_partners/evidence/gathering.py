"""Asks every source about one or more organizations. Decides what to ask, and judges nothing.

Every source is asked once, and sources that do not need each other are asked at the same time. If a
source fails, its Answer holds the failure, and the other sources are asked all the same.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..model.application import Application
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, Answer
from ..model.month import Month
from ..model.program import Program
from ..model.spokesperson import Profile
from ..model.sponsorship import Rate, RateKey
from ..model.website_proof import WebsiteSigns
from ..rates import exchange_rates
from ..rules.roster import Roster, roster_of
from .all_contributors import ask_lists
from .clients import Clients
from .payments import Paid, questions
from .work import ask_work, team_claims, team_work

Accounts = Answer[tuple[AccountCheck, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The answers about people, and about who speaks for them.

    `accounts`: behind logins. `identities`: the accounts behind recorded ids. `organization`,
    `website`: as in `Evidence`.
    """

    accounts: Accounts
    identities: tuple[Answer[AccountCheck], ...] = ()
    organization: Answer[Profile | None] | None = None
    website: Answer[WebsiteSigns] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The facts that the sources told of several organizations, with private figures.

    `sponsorships`: by slug. `work`, `claims`: contributions of everybody with a seat in `roster`.
    """

    sponsorships: Paid
    rates: Answer[tuple[Rate, ...]]
    people: People
    roster: Roster
    work: dict[Month, Answer[MonthOfWork]]
    claims: Answer[tuple[MonthOfWork, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The sources of one program on one day. `root`: the folder of the program's records."""

    program: Program
    root: Path
    clients: Clients
    today: date

    def ask(
        self,
        organizations: Sequence[Application],
        months: Sequence[Month],
        since: Month,
        people: Callable[[], People],
        rates_for: Callable[[Paid], Iterable[RateKey]],
        usable: Callable[[Paid, People], Paid] = lambda paid, _: paid,
    ) -> Asked:
        """Return what all sources tell.

        `months`: of work. `since`: the first month that must be paid. `people`: asks for them.
        `rates_for`: returns the keys of the rates that payments need. `usable`: leaves out payments
        that must not be looked at, before anything is asked of them.
        """
        program, clients, today = self.program, self.clients, self.today
        clients.progress("asking for payments, accounts and work")
        with ThreadPoolExecutor() as pool:
            ask = questions(organizations, since.first_day, program, clients, today)
            payments = [pool.submit(question) for question in ask]
            accounts = pool.submit(people)
            work = pool.submit(ask_work, months, program, clients)
            listed = pool.submit(ask_lists, months, program, clients, today)
            paid = {slug: told for one in payments for slug, told in one.result().items()}
            told = accounts.result()
            paid = usable(paid, told)
            clients.progress("looking up exchange rates")
            needed = set(rates_for(paid))
            rates = exchange_rates.rates(needed, clients.bank, clients.rates, clients.clock)
            clients.progress(f"waiting for the work of {months[0]} to {months[-1]}")
            swept = work.result()
        roster = roster_of({one.slug: one.team for one in organizations}, told.accounts.value or ())
        return Asked(
            sponsorships=paid,
            rates=rates,
            people=told,
            roster=roster,
            work=team_work(roster, swept, program, self.root, clients, today),
            claims=team_claims(roster, listed.result(), program, self.root, clients),
        )

    def work_so_far(self, roster: Roster) -> dict[Month, Answer[MonthOfWork]]:
        """Return the contributions of the current month, of everybody with a seat."""
        now = Month.of(self.today)
        self.clients.progress(f"asking GitHub for the work of {now} so far")
        swept = ask_work((now,), self.program, self.clients)
        return team_work(roster, swept, self.program, self.root, self.clients, self.today)
