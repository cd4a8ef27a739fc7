"""The world of the example program: what its invented partners paid and did in six months.

The platforms on loopback are filled with it, and the real command gathers from them what ships in
`examples/`: the evidence that `make demo` shows, and the committed months before it. There the six
end with October; a test that cannot choose the day has them end with the last closed month.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from acme import do_the_work
from builders import TODAY
from community_partners.intake.partners import read_partners
from community_partners.intake.program import read_program
from community_partners.model.application import Platform
from community_partners.model.month import Month, ending
from community_partners.model.partner import Partner
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.sponsors import Sponsors

EXAMPLES = Path(__file__).parents[1] / "examples"
OCTOBER = Month(2026, 10)
# Merged pull requests, reviews and closed issues in each month: 5, 2 points and 1.
CLOSED_ALONE = "dune-works"  # closed an issue of its own each month, which counts for nothing
WORK = {
    "aurora-digital": ["411", "420", "502", "510", "600", "621"],
    "baobab-systems": ["310", "400", "420", "511", "700", "520"],
    "cedar-software": ["300", "300", "310", "320", "301", "400"],
    "dune-works": ["300", "310", "300", "400", "311", "302"],
    "estuary-labs": ["300", "300", "300", "300", "300", "310"],
    "fjord-collective": ["300", "300", "320", "320", "320", "100"],
    "glacier-studio": ["300", "300", "300", "001", "000", "000"],
    "harbor-cooperative": ["400", "400", "410", "400", "500", "000"],
    "inlet-partners": ["300", "310", "300", "320", "001", "430"],
    "juniper-web": ["300", "300", "300", "310", "320", "400"],
}
PRIVATE = 123_45  # cents a month that only the payer and the project may see
UNPAID = {"glacier-studio": 4}  # which of the months


def fill(
    github: FakeGitHub,
    open_collective: FakeOpenCollective,
    last: Month = OCTOBER,
    today: date = date(2026, 11, 26),
) -> None:
    """Make it the world of the example program. One member has another login by now.

    `last` of the months. `today`: until when a sponsor of GitHub went on paying, which its sum of
    all payments shows.
    """
    months = ending(last, 6)
    sponsors = Sponsors(github, "lantern-project")
    open_collective.collective = open_collective.account("lantern-project", type="COLLECTIVE")
    scope = read_program(EXAMPLES / "program.yml", TODAY).contribution.github
    github.places(*scope.organizations, *scope.repositories, *scope.exclude)
    partners = read_partners(EXAMPLES / "partners", TODAY)
    for partner in partners:
        for member in partner.organization.team:
            github.person(member.github, databaseId=member.id)
        _pay(partner, months, today, open_collective, sponsors)
        for month, done in zip(months, WORK[partner.slug], strict=True):
            _work(partner, month, done, github)
    github.rename("example-bhanu", "example-bhanu-b")


def fill_with_acme(github: FakeGitHub, open_collective: FakeOpenCollective, today: date) -> None:
    """That world until today; and Acme GmbH, who is no partner yet, does all that is asked for."""
    last = Month.of(today) - 1
    fill(github, open_collective, last, today)
    months = ending(last, 3)
    github.spokesperson()
    open_collective.faithful("acme", *(f"{month}-01" for month in (*months, last + 1)))
    do_the_work(github, map(str, months), repository="lantern-project/lantern")


def _pay(
    partner: Partner,
    months: tuple[Month, ...],
    today: date,
    open_collective: FakeOpenCollective,
    sponsors: Sponsors,
) -> None:
    organization, terms = partner.organization, partner.terms
    cents = int(terms.amount.amount * 100)
    if organization.platform is Platform.GITHUB_SPONSORS:
        paid = (today.year - 2026) * 12 + today.month - (today.day < 4)
        sponsors.faithful(organization.account, "2026-01-04", paid, PRIVATE)
        return
    open_collective.account(organization.account, website=organization.website)
    order = open_collective.order(organization.account, "2026-01-02")
    amount = {"valueInCents": float(cents), "currency": terms.amount.currency}
    for number, month in enumerate(months):
        if number != UNPAID.get(partner.slug):
            day = f"{month}-02"
            open_collective.payment(
                organization.account, day, order=order, amount=amount, amountInHostCurrency=amount
            )


def _work(partner: Partner, month: Month, done: str, github: FakeGitHub) -> None:
    pulls, reviews, issues = map(int, done)
    team = [member.github for member in partner.organization.team]
    core = "lantern-project/lantern"
    days = _days(month)
    for number in range(pulls):
        by = team[number % len(team)]
        github.pull_request(f"{next(days)}T10:00:00Z", by, repository=core)
    for number in range(reviews):
        review = github.review(team[number % len(team)])
        github.pull_request(
            f"{next(days)}T11:00:00Z", "somebody-else", reviews=[review], repository=core
        )
    for number in range(issues):
        github.closed_issue(f"{next(days)}T12:00:00Z", team[number % len(team)], repository=core)
    if partner.slug == CLOSED_ALONE:
        closed = f"{next(days)}T13:00:00Z"
        github.closed_issue(closed, team[0], repository=core, actor=github.actor(team[0]))


def _days(month: Month) -> Iterator[str]:
    yield from (f"{month}-{day:02}" for day in range(3, 29, 2))
