"""Publishes months, for `partners month --commit`, or shows all that would be published."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import click

from ..checkout.head import not_in_head
from ..errors import FailuresError
from ..github.issues import open_applications
from ..github.waiting_list import WaitingList
from ..model.funnel import OpenApplication
from ..month.announce import MonthPlan, announce, plan_months, preview_months
from ..month.compute import MonthDone
from ..publication.partner_pages import Shown, pages_of
from ..publication.place import Place
from ..words.escape import quote
from .home import home_repository
from .month import MonthRun
from .wiring import asking, checkout, site_shown

Compute = Callable[[MonthRun], tuple[MonthDone, ...]]


@dataclass(kw_only=True)
class Publishing:
    """Publishes the months of one run.

    `what`: the records and settings. `shown`: asks whether the site shows the partners. `plan`: the
    last one.
    """

    what: MonthRun
    place: Place
    shown: Shown
    plan: MonthPlan | None = None

    @classmethod
    def prepare(cls, what: MonthRun, *, dry_run: bool) -> Self | None:
        """Return None if nothing is published in this repository, which is said.

        Raises UserError if the token or the repository is missing, before anything is asked.
        """
        settings = what.settings
        asked = (what.program, settings, what.meter, "--commit")
        repository = home_repository(*asked, dry_run=dry_run)
        if repository is None:
            return None
        git = checkout(settings, what.root)
        place = Place(git=git, repository=repository, web_url=settings.web_url)
        return cls(what=what, place=place, shown=site_shown(what.meter))

    def run(self, compute: Compute, form: str, *, dry_run: bool) -> None:
        """Publish and tell; or print all that would be written. Raises UserError with failures."""
        if dry_run:
            plan = self._decide(compute)
            self.what.show(plan.done, form)
            differ = not_in_head(self.place.git, plan.publication.files)
            click.echo(preview_months(plan, differ))
            self.what.report(plan.done, changed=bool(differ))
            return
        changed = False
        try:
            announced = announce(lambda: self._decide(compute), self.place)
            changed = announced.changed
            for sentence in announced.sentences:
                click.echo(quote(sentence), err=True)
        finally:
            if self.plan:
                self.what.show(self.plan.done, form)
                self.what.report(self.plan.done, changed=changed)
        if announced.failures:
            raise FailuresError(announced.failures)

    def _decide(self, compute: Compute) -> MonthPlan:
        """Return the plan, from what the checkout has now."""
        if self.plan:
            self.what = self.what.again()
        pages = pages_of(self.what.program, self.what.root, self.shown)
        self.what = replace(self.what, pages=pages)
        what, done = self.what, compute(self.what)
        waiting = self._waiting()
        told = (pages, what.partners, what.program, self.place, waiting, what.today)
        self.plan = plan_months(done, *told)
        return self.plan

    def _waiting(self) -> tuple[OpenApplication, ...]:
        """Return the open applications; GitHub is asked twice only if one is open."""
        repository = self.place.repository
        found = open_applications(repository)
        if not found:
            return ()
        with asking(self.what.settings, self.what.meter) as clients:
            decided = WaitingList.read(clients.github, repository, clients.clock).decided()
        return tuple(replace(one, decided=decided.get(one.number)) for one in found)
