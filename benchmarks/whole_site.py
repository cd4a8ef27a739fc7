"""What `partners site` costs with many partners and months: `make benchmark`.

Three sizes, 24 months of ten contributions for each partner. One process writes the program's
folder; each of the next ones is measured: one reads all files of the program as the site does, one
renders the site, one renders it again after one record changed. Printed are seconds of the
processor, the ratio to reading, the most memory that the process held, and the files written.

    python benchmarks/whole_site.py [PARTNERS ...]
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from community_partners.intake.contribution_lines import ContributionLines
from community_partners.intake.partners import read_partners
from community_partners.intake.ranking_files import committed_months, read_ranking
from community_partners.model.month import Month
from community_partners.model.ranking import (
    Basis,
    ContributionFile,
    MemberMonth,
    MonthFinding,
    PartnerMonth,
    Ranking,
)
from community_partners.model.standing import Judged, PartnerStanding, Standing
from community_partners.model.verdict import Outcome
from community_partners.site.publish import render_site
from community_partners.stored import dump_lines

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 26)
FIRST, MONTHS, EACH = Month(2024, 10), 24, 10
SIZES = (250, 500, 1000)
COUNTRIES = ("Germany", "India", "Canada", "Japan", "Poland", "Brazil")


def make(root: Path, partners: int, months: int = MONTHS) -> None:
    """Write the folder of a program."""
    (root / "partners").mkdir(parents=True)
    (root / "rankings").mkdir()
    (root / "program.yml").write_bytes((ROOT / "examples/program.yml").read_bytes())
    for number in range(partners):
        (root / f"partners/partner-{number}.yml").write_text(_record(number), "utf-8")
    for at in range(months):
        _month(root / "rankings", FIRST + at, partners)


def _record(number: int) -> str:
    slug = f"partner-{number}"
    return f"""slug: {slug}
name: Partner {number}
website: https://{slug}.example
country: {COUNTRIES[number % len(COUNTRIES)]}
description: Partner {number} hosts Lantern for schools, museums and archives in many towns.
services: [Hosting, Design]
contact: https://{slug}.example/contact
sponsorship: {{platform: open-collective, account: {slug}}}
team:
  - {{name: Member {number}, github: example-{number}, id: {number + 1}, since: 2023-01-01}}
consent: true
accepted: 2024-09-01
terms: {{edition: 2026-01, amount: USD 100}}
"""


def _month(folder: Path, month: Month, partners: int) -> None:
    lines = "".join(
        json.dumps(
            {
                "day": f"{month}-{at + 1:02}",
                "kind": "pull request" if at % 3 else "review",
                "member": f"example-{number}",
                "partner": f"partner-{number}",
                "points": 5,
                "url": f"https://github.com/lantern-project/lantern/pull/{number * EACH + at}",
            },
            separators=(",", ":"),
        )
        + "\n"
        for number in range(partners)
        for at in range(EACH)
    ).encode()
    name = f"{month}.contributions.jsonl"
    (folder / name).write_bytes(lines)
    digest = hashlib.sha256(lines).hexdigest()
    ranking = Ranking(
        month=month,
        basis=Basis(
            program="Lantern Community Partners",
            version="3",
            date=date(2026, 3, 1),
            policy="sha256:" + "1" * 16,
            records="sha256:" + "2" * 16,
            evidence="sha256:" + "3" * 16,
        ),
        homepage=("partner-0", "partner-1", "partner-2"),
        partners=tuple(_line(number) for number in range(partners)),
        people=(),
        contributions=(ContributionFile(name=name, lines=partners * EACH, sha256=digest),),
    )
    (folder / f"{month}.json").write_text(dump_lines(ranking, Ranking), "utf-8")


def _line(number: int) -> PartnerMonth:
    member = MemberMonth(name=f"Member {number}", github=f"example-{number}", points=50)
    reasons = {
        "amount": "USD 100 asked, USD 100 paid.",
        "contributions-regular": "50 points, 10 asked.",
        "contributions-meaningful": "150 points in 3 months, 40 asked.",
    }
    return PartnerMonth(
        slug=f"partner-{number}",
        name=f"Partner {number}",
        accepted=date(2024, 9, 1),
        hidden=False,
        rank=1,
        movement=0,
        points=50,
        by_kind={"pull request": 30, "review": 20},
        members=(member,),
        standing=PartnerStanding(
            standing=Standing.ACTIVE, since=FIRST, missed=0, judged=Judged.MET
        ),
        findings=tuple(
            MonthFinding(criterion=id_, title=id_, outcome=Outcome.MET, reason=reason)
            for id_, reason in reasons.items()
        ),
        contributions="sha256:" + "4" * 16,
    )


def read(root: Path) -> None:
    """Read all that the site reads, and parse each contribution."""
    partners = read_partners(root / "partners", TODAY)
    months = [found for one in committed_months(root) if (found := read_ranking(root, one))]
    lines = ContributionLines(root, months)
    for partner in partners:
        for ranking in months:
            lines.of(partner.slug, ranking.month)


def render(root: Path) -> None:
    """Render the site and print how many files were written."""
    done = render_site(
        root / "program.yml", root / "site", TODAY, server="https://github.com", repository="a/b"
    )
    print(done.written, end=" ")


def _measured(step: str, root: Path) -> tuple[float, int, str]:
    """Return seconds of the processor, megabytes, and what a step printed."""
    command = [sys.executable, __file__, f"--{step}", str(root)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    *told, seconds, memory = ran.stdout.split()
    return float(seconds), int(memory), " ".join(told)


def main(arguments: list[str]) -> None:
    """Measure one step, or all steps of each size."""
    if arguments and arguments[0].startswith("--"):
        started = time.process_time()
        {"--read": read, "--render": render}[arguments[0]](Path(arguments[1]))
        seconds = time.process_time() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
        print(f"{seconds:.2f} {memory}")
        return
    for partners in map(int, arguments) if arguments else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            make(root, partners)
            reading, held, _ = _measured("read", root)
            print(f"{partners:,} partners, {MONTHS} months: reading {reading:.2f} s, {held} MB")
            for what in ("first", "again, unchanged", "again, one record changed"):
                if "one record" in what:
                    path = root / "partners/partner-7.yml"
                    path.write_text(path.read_text("utf-8").replace("schools", "towns"), "utf-8")
                seconds, memory, written = _measured("render", root)
                ratio = seconds / reading
                print(f"  {what}: {seconds:.2f} s ({ratio:.2f}), {memory} MB, {written} files")


if __name__ == "__main__":
    main(sys.argv[1:])
