"""What a review costs: requests, counted by the servers that were asked."""

import copy
import re
from collections.abc import Iterator

import pytest

from fakes.bank import FakeBank
from program_folder import ProgramFolder
from ten_members import FORM, pay_and_work

COLD, WARM, CHANGED = 10, 2, 4
FIRST = 6
# Once in the life of an application: branch, file, status, pull request; and its end.
PROPOSING, WITHDRAWING = 4, 4
PLANNING = 1  # only a plan needs the work of the month that is not over


@pytest.fixture
def busy(program_folder: ProgramFolder) -> ProgramFolder:
    """Three closed months of 300 merged pull requests each, ten of twenty authors in the team."""
    pay_and_work(program_folder, each_month=300)
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
    writes = sum(
        "mutation" in str(one.body) for one in busy.github.requests
    )  # no `rateLimit` there
    assert (int(told[1]), int(told[2])) == (cold, busy.github.spent - writes)

    busy.review(busy.issue(form, "edited"))
    assert asked() - cold <= WARM, "nothing changed"

    before = asked()
    other = form.replace("https://acme.example\n", "https://other.example\n")
    busy.review(busy.issue(other, "edited"))
    limit = CHANGED + PLANNING + WITHDRAWING
    assert asked() - before <= limit, "notice, verdict with label; status, was it said, why, end"


def test_a_first_application_in_a_new_repository(program_folder: ProgramFolder) -> None:
    """Ten members, a page of work for each month, and the labels have to be created."""
    pay_and_work(program_folder, each_month=60)
    fakes = (program_folder.github, program_folder.open_collective)
    program_folder.review(program_folder.issue(FORM))
    asked = [str(request) for fake in fakes for request in fake.requests]
    proposing = [
        one
        for one in asked
        if re.match(r"\w+ /repos/\S+/(git|status|pull)", one) or "createCommitOnBranch" in one
    ]
    assert program_folder.labels == ["application", "eligible"]
    assert len(proposing) == PROPOSING
    assert len(asked) - len(proposing) <= FIRST


def test_a_first_application_with_the_months_at_hand(busy: ProgramFolder) -> None:
    busy.review(busy.issue(FORM))
    rest = busy.github.rest.repository("project/partners")
    rest.comments[7].clear()
    rest.issues[7]["labels"] = [rest.label("application")]
    before = len(busy.github.requests + busy.open_collective.requests)
    busy.review(busy.issue(FORM))
    asked = len(busy.github.requests + busy.open_collective.requests) - before
    assert asked <= WARM + 2, "the comment with its label; the status names the comment"


def test_an_event_that_is_older_than_the_form(busy: ProgramFolder) -> None:
    """What the event asks for is asked for beside the thread; the thread is what is judged."""
    event = copy.deepcopy(busy.issue(FORM.replace(", example-user-2,", ", nobody,")))
    busy.issue(FORM)
    assert busy.review(event).code == 0
    assert busy.labels == ["application", "eligible"]
    assert "nobody" not in busy.comments[0]
    again = [one for one in busy.github.requests if "login0" in str(one)]
    assert len(again) == 2
