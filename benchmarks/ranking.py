"""What `partners month` costs with many partners, contributions and months: `make benchmark`.

Three sizes, each in processes of its own. One process writes a program's folder: records, and the
months that are committed already. The next one runs the months: it reads program and records,
computes each month, compares it with the committed one, and writes the files that differ. Making
the evidence, which a run gets from the platforms, is not counted. Printed are the seconds of
reading (program, records, every committed month), those of the whole run, the most memory that the
process held (with the evidence in it), and the largest file.

    python benchmarks/ranking.py [--base CHECKOUT] [--pairs N] [--months N] [SIZE ...]

`--base`: another checkout with a `.venv` of its own, for example of an earlier version. Each build
makes a folder in its own format, then both run in turn, A, B, A, B; the last line of a size has the
ratios of the medians, this build to that one. Seconds are of the processor: other programs on the
machine lengthen them little. `--months` takes fewer of the 24 months, for a quick look.

Every partner has five members. One contribution in ten is a review of a stranger's pull request.
Everybody paid.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from community_partners.intake.partners import read_partners
from community_partners.intake.ranking_files import committed_months, read_ranking
from community_partners.model.application import Platform
from community_partners.model.contribution import Account, Contribution, MonthOfWork
from community_partners.model.evidence import AccountCheck, AccountKind, Answer, MonthEvidence
from community_partners.model.money import Money
from community_partners.model.month import Month
from community_partners.model.partner import Partner
from community_partners.model.partner_pages import PartnerPages
from community_partners.model.sponsorship import Payer, Payment, Rhythm, Sponsorship
from community_partners.rules.month_case import window

try:
    from community_partners.checkout.files import changed, write
    from community_partners.intake.program import read_program
    from community_partners.month.compute import files_of, run_months
except ImportError:  # 8fa1020 has other names
    from community_partners.monthly import files_of, run_months
    from community_partners.output.files import changed, write

    from community_partners.intake.records import read_program

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.prefix).parent / "examples" / "program.yml"  # of the checkout that is measured
MEMBERS = 5
FIRST = Month(2024, 10)
TODAY = date(2026, 11, 26)
OF_BASE = any(field.name == "to" for field in fields(Payment))
# The build at 8fa1020 does not ask who accepted a contribution.
MERGED: dict[str, Any] = {}
REVIEWED: dict[str, Any] = {}
REPOSITORIES: dict[str, Any] = {}
if not OF_BASE:
    from community_partners.model.contribution import Acceptance, Opinion, Repository

    MAINTAINER = Account(login="example-maintainer", id=10**9 + 1)
    MERGED = {"accepted": Acceptance(by=MAINTAINER, branch="main")}
    REVIEWED = {
        "accepted": Acceptance(by=MAINTAINER, branch="main", opinion=Opinion.APPROVED),
    }
    REPOSITORIES = {"repositories": {"lantern-project/lantern": Repository(default_branch="main")}}
RECEIVER: dict[str, Any] = {"to": "lantern"} if OF_BASE else {}
ASKED_AT = datetime(2026, 11, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Size:
    """`committed`: the months before the run. `again`: the run computes these, else the next."""

    partners: int
    contributions: int  # of all partners in a month
    committed: int
    again: bool

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that the run computes."""
        if self.again:
            return tuple(FIRST + at for at in range(self.committed))
        return (FIRST + self.committed,)

    def __str__(self) -> str:
        done = "computed again" if self.again else "committed, one computed"
        months = "month" if self.committed == 1 else "months"
        return (
            f"{self.partners:,} partners, {self.contributions:,} contributions a month, "
            f"{self.committed} {months} {done}"
        )


SIZES = {
    "months": Size(1_000, 10_000, 24, again=True),
    "busy": Size(300, 20_000, 24, again=True),
    "large": Size(10_000, 1_000_000, 1, again=False),
}


def record(number: int) -> str:
    team = "\n".join(
        f"  - {{name: Member {number}-{one}, github: example-{number}-{one}, "
        f"id: {number * MEMBERS + one + 1}, since: 2023-01-01}}"
        for one in range(MEMBERS)
    )
    return f"""slug: partner-{number}
name: Partner {number}
website: https://partner-{number}.example
country: Germany
description: Partner {number} builds and hosts Lantern for museums and archives.
services: [Hosting, Custom development]
contact: https://partner-{number}.example/contact
sponsorship: {{platform: open-collective, account: partner-{number}}}
team:
{team}
consent: true

accepted: 2023-02-10
terms: {{edition: 2026-01, amount: USD 100}}
"""


class Platforms:
    """Stands where the platforms are asked, and counts the seconds that it takes."""

    def __init__(self, size: Size, partners: Sequence[Partner]) -> None:
        self.size, self.partners, self.seconds = size, partners, 0.0

    def __call__(self, asked: Mapping[Month, object]) -> dict[Month, MonthEvidence]:
        start = time.process_time()
        program = read_program(PROGRAM, TODAY)
        windows = {month: window(month, program) for month in asked}
        months = sorted({one for months in windows.values() for one in months})
        # Of the months before the large one nothing is read: the one is large enough.
        packed = tuple if OF_BASE else iter  # this build packs them as they come
        busy = [one for one in months if self.size.again or one == FIRST + self.size.committed]
        work = {
            month: answered(
                MonthOfWork(
                    month=month,
                    contributions=packed(self._work(month) if month in busy else ()),
                    **REPOSITORIES,
                )
            )
            for month in months
        }
        found = {month: self._evidence(month, windows[month], work) for month in asked}
        self.seconds = time.process_time() - start
        return found

    def _work(self, month: Month) -> Iterator[Contribution]:
        """Everybody's, mixed over the month as a sweep finds them."""
        partners = len(self.partners)
        for number in range(self.size.contributions):
            turn, one = divmod(number, partners)
            member, review = turn % MEMBERS, turn % 10 == 0
            stranger = Account(login="somebody-else", id=10**9)
            at = f"{month}-{number}".replace("-", "")
            yield Contribution(
                kind="review" if review else "pull request",
                day=date(month.year, month.month, 1 + (turn * 7 + one) % 28),
                by=Account(login=f"example-{one}-{member}", id=one * MEMBERS + member + 1),
                of=stranger if review else None,
                title=f"Mend fence {turn} of {one}",
                url=f"https://github.com/lantern-project/lantern/pull/{at}",
                repository="lantern-project/lantern",
                **(REVIEWED if review else MERGED),
            )

    def _evidence(
        self, month: Month, months: Sequence[Month], work: Mapping[Month, Answer[MonthOfWork]]
    ) -> MonthEvidence:
        team = [member for one in self.partners for member in one.organization.team]
        checks = (
            AccountCheck(login=member.github, kind=AccountKind.PERSON, id=member.id)
            for member in team
        )
        return MonthEvidence(
            month=month,
            today=TODAY,
            sponsorships={
                one.slug: answered(sponsorship(one.slug, months)) for one in self.partners
            },
            rates=answered(()),
            accounts=answered(tuple(checks)),
            identities=(),
            work={one: work[one] for one in months},
            claims=answered(()),
        )


def answered(value: T) -> Answer[T]:
    return Answer(source="A source", url="https://a.example", asked_at=ASKED_AT, value=value)


def sponsorship(account: str, months: Sequence[Month]) -> Sponsorship:
    payments = tuple(
        Payment(
            day=month.first_day,
            amount=Money(Decimal(100), "USD"),
            rhythm=Rhythm.MONTHLY,
            order=account,
            url="https://a.example",
            **RECEIVER,
        )
        for month in months
    )
    payer = Payer(account=account, name=account, url="https://a.example", organization=True)
    return Sponsorship(platform=Platform.OPEN_COLLECTIVE, payer=payer, payments=payments)


def month_run(root: Path, size: Size, months: Sequence[Month]) -> float:
    """Read, compute and write the months; return the seconds without those of the platforms."""
    start = time.process_time()
    program = read_program(root / "program.yml", TODAY)
    partners = read_partners(root / "partners", TODAY)
    platforms = Platforms(size, partners)
    done = run_months(months, partners, program, root, platforms, TODAY, anew=True)
    write(root, changed(root, files_of(done, partners, root, program, PartnerPages())))
    return time.process_time() - start - platforms.seconds


def make(root: Path, size: Size) -> None:
    """Write the program's folder, with the committed months as this build writes them."""
    (root / "partners").mkdir(parents=True)
    shutil.copy(PROGRAM, root)
    for number in range(size.partners):
        (root / "partners" / f"partner-{number}.yml").write_text(record(number), "utf-8")
    month_run(root, size, [FIRST + at for at in range(size.committed)])


def measure(root: Path, size: Size) -> dict[str, float]:
    """Measure one run. In a process of its own, since memory is only ever the most."""
    whole = month_run(root, size, size.months)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000  # the kernel counts in kB
    largest = max(path.stat().st_size for path in (root / "rankings").iterdir()) / 1e6
    return {"whole": whole, "memory": memory, "largest": largest}


def read(root: Path) -> dict[str, float]:
    """Measure the reading alone."""
    start = time.process_time()
    read_program(root / "program.yml", TODAY)
    read_partners(root / "partners", TODAY)
    for month in committed_months(root):
        read_ranking(root, month)
    return {"reading": time.process_time() - start}


def child(build: Path, *arguments: str) -> dict[str, float]:
    python = build / ".venv" / "bin" / "python"
    command = [str(python), __file__, "--child", *arguments]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
    found: dict[str, float] = json.loads(ran.stdout)
    return found


COLUMNS = {"reading": "s", "whole": "s", "memory": "MB", "largest": "MB"}


def fewer(size: Size, months: int) -> Size:
    return replace(size, committed=min(size.committed, months))


def compare(name: str, builds: Sequence[Path], pairs: int, months: int, folder: Path) -> None:
    """Print the figures of one size, by build, and their ratios."""
    print(fewer(SIZES[name], months), flush=True)
    for at, build in enumerate(builds):
        child(build, "make", name, str(folder / f"{name}-{at}"), str(months))
    found: list[list[dict[str, float]]] = [[] for _ in builds]
    for _ in range(pairs):
        for at, build in enumerate(builds):
            root = folder / f"{name}-{at}"
            here = child(build, "read", name, str(root), str(months))
            with tempfile.TemporaryDirectory(dir=folder) as copy:
                shutil.copytree(root, copy, dirs_exist_ok=True)
                found[at].append({**here, **child(build, "measure", name, copy, str(months))})
    medians = [{key: median(one[key] for one in each) for key in COLUMNS} for each in found]
    for build, figures in zip(builds, medians, strict=True):
        cells = (f"{key} {figures[key]:.1f} {unit}" for key, unit in COLUMNS.items())
        print(f"  {build.name:12} {', '.join(cells)}", flush=True)
    if len(medians) > 1:
        ours, theirs = medians
        cells = (f"{key} {ours[key] / theirs[key]:.3f}" for key in COLUMNS)
        print(f"  {'ratio':12} {', '.join(cells)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="What a month costs with many partners.")
    parser.add_argument(
        "sizes", nargs="*", default=list(SIZES), metavar="SIZE", help=str(list(SIZES))
    )
    parser.add_argument("--base", type=Path, help="another checkout to compare with")
    parser.add_argument("--pairs", type=int, default=1)
    parser.add_argument("--months", type=int, default=24)
    given = parser.parse_args()
    builds = [ROOT, *([given.base.resolve()] if given.base else [])]
    with tempfile.TemporaryDirectory() as folder:
        for name in given.sizes:
            compare(name, builds, given.pairs, given.months, Path(folder))


def answer_parent(task: str, name: str, root: str, months: str) -> dict[str, float]:
    size = fewer(SIZES[name], int(months))
    match task:
        case "make":
            make(Path(root), size)
            return {}
        case "read":
            return read(Path(root))
    return measure(Path(root), size)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        json.dump(answer_parent(*sys.argv[2:]), sys.stdout)
    else:
        main()
