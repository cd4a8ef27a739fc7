"""What a month costs when there are many partners: `make benchmark`.

For three sizes, each in a process of its own: the seconds that `month_result` takes (attribution,
findings, standing, ranks, the whole result) on the wall and of the processor; those of writing the
result as JSON; and the most memory that the process had held by then (its resident set, which has
the evidence in it). The bound is 10 seconds and 1 GB for `month_result` at the greatest size, on
two cores. Making the evidence is not counted.

Every partner has five members and a hundred contributions in the month, one in ten of them a review
of a stranger's pull request; the two months before it are empty. Everybody paid.

Seen with Python 3.11 on two cores that others used as well (a load of 2):

                            evidence       month_result               dump   file
    partners  contributions     MB  seconds    CPU     MB  seconds    CPU     MB     MB
       1,000        100,000     91      0.6    0.6    112      0.8    0.8    154     22
       3,000        300,000    195      2.0    1.9    255      2.2    2.2    374     67
      10,000      1,000,000    559      7.0    6.7    763      7.3    7.3   1121    224

With Python's garbage collector at work it would be 4 seconds more: it looks through all that is
there while a million objects are added, and finds nothing.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from community_partners.intake.program import read_program
from community_partners.model.application import Application, Member, Platform
from community_partners.model.contribution import Account, Contribution, MonthOfWork
from community_partners.model.country import Country
from community_partners.model.evidence import AccountCheck, AccountKind, Answer, MonthEvidence
from community_partners.model.money import Money
from community_partners.model.month import Month
from community_partners.model.partner import Partner, Terms
from community_partners.model.problem import Place
from community_partners.model.ranking import Basis, Ranking
from community_partners.model.sponsorship import Payer, Payment, Rhythm, Sponsorship
from community_partners.model.verdict import Required
from community_partners.month.compute import no_search_for_circles
from community_partners.rules.month_case import window
from community_partners.rules.month_result import month_result
from community_partners.stored import dump

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
SIZES = (1_000, 3_000, 10_000)  # partners
EACH = 100  # contributions of a partner
MEMBERS = 5
MONTH = Month(2026, 10)
AMOUNT = Money(Decimal(100), "USD")
ASKED_AT = datetime(2026, 11, 2, tzinfo=UTC)


def partner(number: int) -> Partner:
    team = tuple(
        Member(
            name=f"Member {number}-{one}",
            github=f"example-{number}-{one}",
            id=number * MEMBERS + one + 1,
            since=date(2025, 1, 1),
            place=Place(document=f"partners/partner-{number}.yml"),
        )
        for one in range(MEMBERS)
    )
    organization = Application(
        slug=f"partner-{number}",
        name=f"Partner {number}",
        website=f"https://partner-{number}.example",
        country=Country("USA", "United States"),
        description="Builds things.",
        services=("hosting",),
        contact=f"https://partner-{number}.example/contact",
        platform=Platform.OPEN_COLLECTIVE,
        account=f"partner-{number}",
        team=team,
    )
    terms = Terms(edition="2026-01", amount=AMOUNT)
    return Partner(organization=organization, accepted=date(2026, 1, 15), terms=terms)


def contributions(partners: int) -> Iterator[Contribution]:
    """Everybody's, mixed over the month as a sweep finds them."""
    stranger = Account(login="somebody-else", id=10**9)
    for number in range(EACH):
        for one in range(partners):
            member = number % MEMBERS
            review = number % 10 == 0
            yield Contribution(
                kind="review" if review else "pull request",
                day=date(2026, 10, 1 + (number * 7 + one) % 31),
                by=Account(login=f"example-{one}-{member}", id=one * MEMBERS + member + 1),
                of=stranger if review else None,
                title=f"Mend fence {number} of {one}",
                url=f"https://github.com/lantern-project/lantern/pull/{number * partners + one}",
                repository="lantern-project/lantern",
            )


def answered(value: T) -> Answer[T]:
    return Answer(source="A source", url="https://a.example", asked_at=ASKED_AT, value=value)


def sponsorship(account: str) -> Sponsorship:
    payment = Payment(
        day=date(2026, 10, 2),
        amount=AMOUNT,
        rhythm=Rhythm.MONTHLY,
        order=account,
        to="lantern",
        url="https://a.example",
    )
    payer = Payer(account=account, name=account, url="https://a.example", organization=True)
    return Sponsorship(platform=Platform.OPEN_COLLECTIVE, payer=payer, payments=(payment,))


def evidence(partners: tuple[Partner, ...], months: tuple[Month, ...]) -> MonthEvidence:
    team = [member for one in partners for member in one.organization.team]
    checks = (
        AccountCheck(login=member.github, kind=AccountKind.PERSON, id=member.id) for member in team
    )
    work = {month: answered(MonthOfWork(month=month, contributions=())) for month in months}
    done = tuple(contributions(len(partners)))
    return MonthEvidence(
        month=MONTH,
        today=date(2026, 11, 26),
        sponsorships={one.slug: answered(sponsorship(one.slug)) for one in partners},
        rates=answered(()),
        accounts=answered(tuple(checks)),
        identities=(),
        work=work | {MONTH: answered(MonthOfWork(month=MONTH, contributions=done))},
        claims=answered(()),
    )


def megabytes() -> float:
    """The most that this process has held so far; the kernel counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def measure(size: int) -> None:
    """Print one line of the table. Run in a process of its own: memory is only ever the most."""
    program = read_program(ROOT / "examples" / "program.yml")
    partners = tuple(map(partner, range(size)))
    seen = evidence(partners, window(MONTH, program))
    made = megabytes()
    required = Required(amount=AMOUNT, edition="2026-01", basis="the United States")
    asked = {one.slug: required for one in partners}
    basis = Basis(program="", version="", date=MONTH.first_day, policy="", records="", evidence="")
    start = Clock()
    with no_search_for_circles():  # as the journey does it
        ranking = month_result(partners, seen, program, asked, None, basis)
    ranked = f"{start}{megabytes():7.0f}"
    counted = sum(len(one.contributions) for row in ranking.partners for one in row.members)
    del seen, partners, asked
    start = Clock()
    text = dump(ranking, Ranking)
    wrote = f"{start}{megabytes():7.0f}"
    print(f"{size:8,}{counted:15,}{made:8.0f}{ranked}{wrote}{len(text.encode()) / 1e6:7.0f}")


class Clock:
    """Shows the seconds since it was made: on the wall, and of the processor."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        return f"{wall:9.1f}{processor:7.1f}"


def main() -> None:
    print("                        evidence       month_result               dump   file")
    print("partners  contributions     MB  seconds    CPU     MB  seconds    CPU     MB     MB")
    for size in SIZES:
        command = [sys.executable, __file__, str(size)]
        subprocess.run(command, check=True)  # noqa: S603


if __name__ == "__main__":
    measure(int(sys.argv[1])) if len(sys.argv) > 1 else main()
