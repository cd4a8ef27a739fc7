"""Prepares an application and its evidence for the criteria, on the day of the evidence or later.

Decides which months count: those that are closed on that day.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..model.application import Application
from ..model.evidence import Evidence, Subject
from ..model.month import Month, last_closed, listed
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, MonthPoints, Required
from .attributed_work import attribute, beyond
from .attribution import UNCONFIRMED
from .case import Case, paid_months, reached, worked_months
from .confirmed_team import as_if_confirmed, confirmed_team, if_they_are_members
from .coverage import rates_by_day
from .payer_link import usable_part
from .required_amount import NoAmount
from .roster import roster_of
from .team_accounts import unseen
from .voice import Voice, voice


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant(Case):
    """One application, prepared for the criteria.

    `organization`: with its team as it counts. `voice`: who speaks for it. `uncounted`: how many
    contributions did not count, by reason. `to_ask`: logins of members whose work would count if
    they confirmed that they are in the team. `unsure`: some of them may be public members of the
    organization that speaks for the website, which we could not look at.
    """

    evidence: Evidence
    voice: Voice
    uncounted: Counter[str]
    to_ask: tuple[str, ...]
    unsure: bool = False

    @property
    def gaps(self) -> tuple[str, ...]:
        """A sentence for each reason why the team may have more points than counted."""
        gaps = [failure for month in self.work for failure in month.failures]
        if logins := dict.fromkeys(login for month in self.work for login in month.unseen):
            gaps.append(f"The work of {listed(list(logins))} was not looked at: see Team.")
        if self.unsure and self.to_ask:
            gaps.append(
                f"We could not look whether {listed(self.to_ask)} may be public members of the "
                "organization that speaks for the website."
            )
        return tuple(dict.fromkeys(gaps))

    def on(self, day: date, *, confirmed: bool = True) -> "Applicant":
        """Return the case as it would be on a later day, without any sponsorship.

        `confirmed`: everybody in the team has confirmed by then.
        """
        known = as_if_confirmed(self.evidence) if confirmed else self.evidence
        answer = replace(known.sponsorship, value=None)
        evidence = replace(known, today=day, sponsorship=answer)
        return prepare(self.organization, evidence, self.program, self.required)

    def with_plan(self, paid: Sponsorship | None, planned: Mapping[Month, int]) -> "Applicant":
        """Return the case with the payments and points of a plan.

        `paid`: the sponsorship by then. `planned`: the points by then, by month; a month has what
        it has without the plan if that is more.
        """
        answer = replace(self.sponsorship, value=paid)
        asked = self.program.contribution.points_each_month
        return replace(
            self,
            evidence=replace(self.evidence, sponsorship=answer),
            sponsorship=answer,
            paid=() if paid is None else self.paid_on(self.today, paid),
            work=tuple(_planned(one, planned.get(one.month, 0), asked) for one in self.work),
        )

    def paid_on(self, day: date, paid: Sponsorship) -> tuple[Coverage, ...]:
        """Return the payments of the months that are closed on `day`, paid as in `paid`."""
        return paid_months(
            usable_part(paid, self.organization, self.voice),
            self.required,
            sponsorship_months(self.program, day),
            rates_by_day(self.evidence.rates.value or ()),
            self.program,
            self.today,
        )


def subject_of(application: Application) -> Subject:
    """Return the paying account and the logins that evidence on the application is about."""
    return Subject(
        platform=application.platform,
        account=application.account.casefold(),
        team=tuple(sorted({member.github.casefold() for member in application.team})),
    )


def sponsorship_months(program: Program, today: date) -> tuple[Month, ...]:
    """Return the closed months that must be paid, the earliest first."""
    return last_closed(today, program.sponsorship.months)


def contribution_months(program: Program, today: date) -> tuple[Month, ...]:
    """Return the closed months whose contributions count, the earliest first."""
    return last_closed(today, program.contribution.months)


def prepare(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
) -> Applicant:
    """Assign payments and contributions to the months that the policy asks for."""
    today, accounts = evidence.today, evidence.accounts
    months, told = contribution_months(program, today), evidence.work
    heard = voice_of(application, evidence, program)
    team = confirmed_team(application, evidence, heard, program.contribution)
    known = (
        {month: told[month].value if month in told else None for month in months},
        evidence.claims.value or (),
        program.contribution,
    )
    work = attribute(roster_of({application.slug: team}, accounts.value or ()), *known)
    perhaps = if_they_are_members(team, evidence, heard)
    if perhaps:
        more = attribute(roster_of({application.slug: perhaps}, accounts.value or ()), *known)
        contested = {month: beyond(more.points[month], work.points[month]) for month in months}
        work = replace(work, contested=contested)
    found = {month: work.of(application.slug, month) for month in months}
    points = worked_months(
        application.slug,
        work,
        dict.fromkeys(months, unseen(application, evidence, program.contribution)),
        {month: (told.get(month), evidence.claims, accounts) for month in months},
        {},
    )
    sponsorship = evidence.sponsorship.value
    left_out = [one for month in found.values() for one in month.uncounted]
    return Applicant(
        organization=replace(application, team=team),
        program=program,
        today=today,
        required=required,
        sponsorship=evidence.sponsorship,
        rates_failure=evidence.rates.failure,
        paid=paid_months(
            sponsorship and usable_part(sponsorship, application, heard),
            required,
            sponsorship_months(program, today),
            rates_by_day(evidence.rates.value or ()),
            program,
            today,
        ),
        work=tuple(replace(one, counted=tuple(found[one.month].counted)) for one in points),
        evidence=evidence,
        voice=heard,
        uncounted=Counter(one.reason for one in left_out),
        to_ask=tuple(dict.fromkeys(one.github for one in left_out if one.reason == UNCONFIRMED)),
        unsure=perhaps is not None,
    )


def voice_of(application: Application, evidence: Evidence, program: Program) -> Voice:
    """Return who speaks for the application, as the evidence shows it."""
    known = (evidence.handed_in, evidence.organization, evidence.website)
    return voice(application, *known, program)


def _planned(month: MonthPoints, points: int, asked: int) -> MonthPoints:
    """Return the month with at least these points."""
    if points <= month.points:
        return month
    outcome = reached(points, asked, contested=month.contested, gaps=month.gaps)
    return replace(month, points=points, outcome=outcome)
