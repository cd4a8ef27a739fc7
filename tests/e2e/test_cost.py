"""What a review costs: requests, counted by the servers that were asked."""

import re

import pytest

from program_folder import ProgramFolder, body

TEAM = [f"example-user-{number}" for number in range(1, 11)]
FORM = body(team="\n".join(f"Example {login}, {login}, 2025-01-15" for login in TEAM))


@pytest.fixture
def busy(program_folder: ProgramFolder) -> ProgramFolder:
    """Three closed months of 300 merged pull requests each, ten of twenty authors in the team."""
    program_folder.open_collective.faithful("acme", "2026-08-03", "2026-09-01", "2026-10-01")
    github = program_folder.github
    github.organization("project")
    for login in TEAM:
        github.person(login)
    for month in ("2026-08", "2026-09", "2026-10"):
        for number in range(300):
            day, by = number % 28 + 1, TEAM[number % 20] if number % 20 < 10 else "somebody-else"
            github.pull_request(f"{month}-{day:02}T12:00:00Z", by)
    return program_folder


def asked(folder: ProgramFolder) -> int:
    return len(folder.github.requests) + len(folder.open_collective.requests)


def test_a_cold_and_a_warm_review(busy: ProgramFolder) -> None:
    ran = busy.review(busy.issue(FORM))
    assert ran.code == 0, ran.err
    cold = asked(busy)
    assert cold <= 20
    told = re.search(r"(\d+) requests \(.*\), (\d+) points", ran.summary)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (cold, busy.github.spent)

    busy.review(busy.issue(FORM, "edited"))
    assert asked(busy) - cold <= 6, "nothing changed"

    before = asked(busy)
    busy.review(
        busy.issue(FORM.replace("https://acme.example\n", "https://other.example\n"), "edited")
    )
    assert asked(busy) - before <= 6, "another decision: comment, notice and label"


def test_a_first_application_with_the_months_at_hand(busy: ProgramFolder) -> None:
    busy.review(busy.issue(FORM))
    rest = busy.github.rest.repository("project/partners")
    rest.comments[7].clear()
    rest.issues[7]["labels"] = [rest.label("application")]
    before = asked(busy)
    busy.review(busy.issue(FORM))
    assert asked(busy) - before <= 6
