"""What a month costs with many approved claims: `make benchmark`.

A process writes a program's folder with 100 partners and, each in a file of its own, the claims of
a month. Another one reads the files, as a month and a claim's run do, and computes a month that has
10,000 contributions besides; both are repeated, and the median counts.

    python benchmarks/claims.py [--base CHECKOUT] [--pairs N] [--claims N]

`--base`: another checkout with a `.venv` of its own; both run in turn, A, B, A, B, and the last
line has the ratios, this build to that one. Seconds are of the processor.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from ranking import FIRST, MEMBERS, PROGRAM, ROOT, TODAY, Platforms, Size, answered, record

from community_partners.intake.claims import read_claims
from community_partners.intake.partners import read_partners
from community_partners.intake.program import read_program
from community_partners.model.contribution import MonthOfWork
from community_partners.model.evidence import MonthEvidence
from community_partners.model.month import Month
from community_partners.month.compute import run_months

SIZE = Size(100, 10_000, 1, again=True)
REPEATED = 5
CLAIM = """\
claims:
- kind: event
  person: example-{partner}-{member}
  date: '{day}'
  title: Organized meetup {number}
  url: https://events.example/{number}
  approved_by: example-maintainer
  issue: {number}
"""


class WithClaims(Platforms):
    """The same evidence with claims."""

    claims: tuple[MonthOfWork, ...] = ()

    def _evidence(self, month: Month, *known: Sequence[Month], **more: object) -> MonthEvidence:
        found = super()._evidence(month, *known, **more)  # type: ignore[arg-type]
        return replace(found, claims=answered(self.claims))


def make(root: Path, claims: int) -> None:
    """Write a program's folder."""
    (root / "partners").mkdir(parents=True)
    shutil.copy(PROGRAM, root)
    for number in range(SIZE.partners):
        (root / "partners" / f"partner-{number}.yml").write_text(record(number), "utf-8")
    folder = root / "contributions" / str(FIRST).replace("-", "/")
    folder.mkdir(parents=True)
    for number in range(1, claims + 1):
        partner, member = number % SIZE.partners, number % MEMBERS
        text = CLAIM.format(
            number=number, partner=partner, member=member, day=f"{FIRST}-{1 + number % 28:02}"
        )
        (folder / f"partner-{partner}-{number}.yml").write_text(text, "utf-8")


def measure(root: Path) -> dict[str, float]:
    """Return the seconds of the reading, and of the month."""
    program = read_program(root / "program.yml", TODAY)
    partners = read_partners(root / "partners", TODAY)
    kinds = tuple(program.contribution.points)
    platforms = WithClaims(SIZE, partners)
    platforms.claims = read_claims(root / "contributions", kinds)
    if not sum(len(one.contributions) for one in platforms.claims):
        raise SystemExit("No claim was read.")

    def month() -> float:
        run_months([FIRST], partners, program, root, platforms, TODAY, anew=True)
        return platforms.seconds

    def reading() -> float:
        read_claims(root / "contributions", kinds)
        return 0

    return {"reading": _seconds(reading), "month": _seconds(month)}


def _seconds(task: Callable[[], float]) -> float:
    """Return the median of several runs, without the seconds that the task says are not its own."""
    found = []
    for _ in range(REPEATED):
        start = time.process_time()
        other = task()
        found.append(time.process_time() - start - other)
    return median(found)


def child(build: Path, root: Path) -> dict[str, float]:
    python = build / ".venv" / "bin" / "python"
    command = [str(python), __file__, "--child", str(root)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def _line(name: str, figures: Mapping[str, float], unit: str) -> str:
    cells = (f"{key} {seconds:.3f}{unit}" for key, seconds in figures.items())
    return f"  {name:12} {', '.join(cells)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="What a month costs with many claims.")
    parser.add_argument("--base", type=Path, help="another checkout to compare with")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--claims", type=int, default=500)
    given = parser.parse_args()
    builds = [ROOT, *([given.base.resolve()] if given.base else [])]
    print(f"{given.claims} claims, {SIZE}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "program"
        make(root, given.claims)
        found: list[list[dict[str, float]]] = [[] for _ in builds]
        for _ in range(given.pairs):
            for at, build in enumerate(builds):
                found[at].append(child(build, root))
    medians = [{key: median(one[key] for one in each) for key in each[0]} for each in found]
    for build, figures in zip(builds, medians, strict=True):
        print(_line(build.name, figures, " s"))
    if len(medians) > 1:
        ours, theirs = medians
        print(_line("ratio", {key: ours[key] / theirs[key] for key in ours}, ""))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main()
