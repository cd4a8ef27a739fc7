"""An organization of ten members that is eligible, for the tests of what an application costs."""

from acme import MONTHS
from program_folder import ProgramFolder, body

TEAM = [f"example-user-{number}" for number in range(1, 11)]
FORM = body(team="\n".join(f"Example {login}, {login}, 2025-01-15" for login in TEAM))


def pay_and_work(folder: ProgramFolder, *, each_month: int) -> None:
    """Three closed months, paid, of that many merged pull requests; half are by the ten members."""
    paid = (f"{month}-01" for month in ("2026-09", "2026-10"))
    folder.open_collective.faithful("acme", "2026-08-03", *paid, cents=20000)
    github = folder.github
    github.organization("project")
    for login in TEAM:
        github.person(login)
    for month in MONTHS:
        for number in range(each_month):
            day, by = number % 28 + 1, TEAM[number % 20] if number % 20 < 10 else "somebody-else"
            github.pull_request(f"{month}-{day:02}T12:00:00Z", by)
