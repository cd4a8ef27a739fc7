"""What a review costs: requests, counted by the servers that were asked."""

import re
from collections.abc import Iterator

import pytest

from fakes.bank import FakeBank
from program_folder import ProgramFolder, body

COLD, WARM, CHANGED = 18, 6, 6
# Once in the life of an application: branch, file, status, pull request; and its end.
PROPOSING, WITHDRAWING = 4, 3
TEAM = [f"example-user-{number}" for number in range(1, 11)]
FORM = body(team="\n".join(f"Example {login}, {login}, 2025-01-15" for login in TEAM))


@pytest.fixture
def busy(program_folder: ProgramFolder) -> ProgramFolder:
    """Three closed months of 300 merged pull requests each, ten of twenty authors in the team."""
    paid = ("2026-08-03", "2026-09-01", "2026-10-01")
    program_folder.open_collective.faithful("acme", *paid, cents=20000)
    github = program_folder.github
    github.organization("project")
    for login in TEAM:
        github.person(login)
    for month in ("2026-08", "2026-09", "2026-10"):
        for number in range(300):
            day, by = number % 28 + 1, TEAM[number % 20] if number % 20 < 10 else "somebody-else"
            github.pull_request(f"{month}-{day:02}T12:00:00Z", by)
    return program_folder


@pytest.fixture
def fake_bank() -> Iterator[FakeBank]:
    with FakeBank() as fake:
        days = ("2026-07-31", "2026-08-03", "2026-09-01", "2026-10-01", "2026-11-20", "2026-11-23")
        fake.rates = dict.fromkeys(days, ("1.15", "0.86", "170"))
        yield fake


def pays_today(folder: ProgramFolder) -> None:
    """Also today, on a working day for which the bank has no rate yet."""
    orders = folder.open_collective.orders
    folder.open_collective.payment("acme", "2026-11-24", 20000, orders[0])
    for day in ("2026-08-03", "2026-09-01", "2026-10-01", "2026-11-24"):
        folder.open_collective.rates["USD", "VND", day] = 26000.0


@pytest.mark.parametrize("country", ["United States", "Germany", "Vietnam"])
def test_a_cold_and_a_warm_review(busy: ProgramFolder, fake_bank: FakeBank, country: str) -> None:
    """In dollars; by the bank's rates; by Open Collective's, where the bank quotes none."""
    pays_today(busy)
    busy.env["EXCHANGE_RATES_URL"] = fake_bank.url
    form = FORM.replace("United States", country)
    fakes = (busy.github, busy.open_collective, fake_bank)

    def asked() -> int:
        return sum(len(fake.requests) for fake in fakes)

    ran = busy.review(busy.issue(form))
    assert ran.code == 0, ran.err
    assert busy.labels == ["application", "eligible"]
    cold = asked()
    assert cold <= COLD + PROPOSING
    told = re.search(r"(\d+) requests \(.*\), (\d+) points", ran.summary)
    assert told is not None
    # GitHub names the cost of a query, and none of a commit: there it is one point.
    commits = sum("createCommitOnBranch" in str(one) for one in busy.github.requests)
    assert (int(told[1]), int(told[2])) == (cold, busy.github.spent - commits)

    busy.review(busy.issue(form, "edited"))
    assert asked() - cold <= WARM, "nothing changed"

    before = asked()
    other = form.replace("https://acme.example\n", "https://other.example\n")
    busy.review(busy.issue(other, "edited"))
    assert asked() - before <= CHANGED + WITHDRAWING, "notice, verdict with label; status, end, why"


def test_a_first_application_with_the_months_at_hand(busy: ProgramFolder) -> None:
    busy.review(busy.issue(FORM))
    rest = busy.github.rest.repository("project/partners")
    rest.comments[7].clear()
    rest.issues[7]["labels"] = [rest.label("application")]
    before = len(busy.github.requests + busy.open_collective.requests)
    busy.review(busy.issue(FORM))
    asked = len(busy.github.requests + busy.open_collective.requests) - before
    assert asked <= WARM + 1, "the status names the comment, which is another one"
