"""What a month of all partners costs: requests, counted by the servers that were asked."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from community_partners.intake.yaml_document import write_yaml
from fakes.sponsors import Sponsors
from program_folder import ProgramFolder

PARTNERS, MEMBERS, PULLS = 100, 10, 1000
LOOKED_UP = 1  # request about the accounts of partners that have never paid


@pytest.fixture
def crowd(program_folder: ProgramFolder) -> ProgramFolder:
    """A hundred partners of ten members, half on each platform; a thousand pull requests merged in
    October, each with two reviews of other partners' people."""
    folder = program_folder.path / "partners"
    folder.mkdir()
    github, ledger = program_folder.github, program_folder.open_collective
    sponsors = Sponsors(github)
    logins = []
    for number in range(PARTNERS):
        slug = f"partner-{number}"
        team = [f"example-{number}-{member}" for member in range(MEMBERS)]
        logins += team
        ids = [github.person(login)["databaseId"] for login in team]
        platform = "github-sponsors" if number % 2 else "open-collective"
        record = {
            "slug": slug,
            "name": f"Partner {number}",
            "website": f"https://{slug}.example",
            "country": "United States",
            "description": "Builds sites with the project for schools.",
            "services": ["Hosting"],
            "contact": f"https://{slug}.example/contact",
            "sponsorship": {"platform": platform, "account": slug},
            "team": [
                {"name": "Somebody Example", "github": login, "id": id_, "since": "2025-01-01"}
                for login, id_ in zip(team, ids, strict=True)
            ],
            "consent": True,
            "accepted": "2025-06-01",
            "terms": {"edition": "2026-01", "amount": "USD 100"},
        }
        (folder / f"{slug}.yml").write_text(write_yaml(record))
        if number % 2:
            sponsors.faithful(slug, "2025-03-05", 20)
        else:
            months = [f"{2025 + at // 12}-{at % 12 + 1:02}-03" for at in range(2, 22)]
            ledger.faithful(slug, *months)
    for number in range(PULLS):
        day = date(2026, 10, 1) + timedelta(days=number % 31)
        reviews = [github.review(logins[(number * 7 + step) % len(logins)]) for step in (11, 23)]
        github.pull_request(f"{day}T12:00:00Z", logins[number % len(logins)], reviews=reviews)
    return program_folder


def asked(folder: ProgramFolder) -> Counter[str]:
    """Requests by platform; those about sponsors are the payment platform's."""
    github = Counter(
        "GitHub Sponsors" if "sponsorsActivities" in str(request) else "GitHub"
        for request in folder.github.requests
    )
    return github + Counter({"Open Collective": len(folder.open_collective.requests)})


def test_a_month_of_a_hundred_partners(crowd: ProgramFolder) -> None:
    ran = crowd.run("month", "2026-10", "--today", "2026-11-02")
    assert ran.code == 0, ran.err
    cost = asked(crowd)
    assert cost["GitHub"] <= 20, cost
    assert cost["Open Collective"] <= 2, "1,000 payments for a page"
    assert cost["GitHub Sponsors"] <= 2
    told = re.search(r"(\d+) requests \(.*\), (\d+) points, \d+ s", ran.summary)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (cost.total(), crowd.github.spent)

    again = crowd.run("month", "2026-10", "--today", "2026-11-02")
    assert again.code == 0
    assert (asked(crowd) - cost)["GitHub"] <= 11, "the accounts: the months are at hand"


def test_a_history_asks_for_each_month_once(crowd: ProgramFolder) -> None:
    ran = crowd.run(
        "month", "--from", "2025-11", "--to", "2026-10", "--today", "2026-11-02", PARTNERS_CACHE=""
    )
    assert ran.code == 0, ran.err
    cost = asked(crowd)
    assert cost["Open Collective"] <= 2
    assert cost["GitHub Sponsors"] <= 2
    assert cost["GitHub"] <= 11 + 10, "the accounts; 1,000 pull requests, 200 to a question"


PEOPLE = [f"example-{number}" for number in range(5)]
RECORD = {
    "slug": "acme",
    "name": "Acme",
    "website": "https://acme.example",
    "country": "United States",
    "description": "Builds sites with the project for schools.",
    "services": ["Hosting"],
    "contact": "https://acme.example/contact",
    "consent": True,
    "accepted": "2024-06-01",
    "terms": {"edition": "2026-01", "amount": "USD 100"},
}


def partner(folder: ProgramFolder, logins: Sequence[str], slug: str = "acme") -> None:
    """A partner's record, with the ids that these accounts have now."""
    team = [
        {
            "name": "Somebody Example",
            "github": login,
            "id": folder.github.person(login)["databaseId"],
            "since": "2024-01-01",
        }
        for login in logins
    ]
    named = {"slug": slug, "name": slug, "website": f"https://{slug}.example"}
    (folder.path / "partners").mkdir(exist_ok=True)
    pays = {"platform": "open-collective", "account": slug}
    text = write_yaml({**RECORD, **named, "sponsorship": pays, "team": team})
    (folder.path / "partners" / f"{slug}.yml").write_text(text)


def test_a_month_of_fourteen_listed_repositories(program_folder: ProgramFolder) -> None:
    """Three months are added up, in each repository: pull requests, issues and answers."""
    partner(program_folder, PEOPLE)
    names = [f"example-owner/plugin-{number}" for number in range(14)]
    program = program_folder.path / "program.yml"
    listed = program.read_text().replace(
        "organizations: [project]", f"repositories: [{', '.join(names)}]"
    )
    program.write_text(listed)
    github = program_folder.github
    github.organization("example-owner")
    for at in range(450):
        day = f"2026-{8 + at % 3:02}-{at % 28 + 1:02}T12:00:00Z"
        github.pull_request(day, PEOPLE[at % 5], repository=names[at % 14])
        if at % 3 == 0:
            github.closed_issue(day, PEOPLE[at % 5], repository=names[at % 14])
    ran = program_folder.run("month", "2026-10", "--today", "2026-11-02", PARTNERS_CACHE="")
    assert ran.code == 0, ran.err
    assert asked(program_folder).total() <= 6 + LOOKED_UP


def test_the_answers_of_22_months(program_folder: ProgramFolder) -> None:
    """At 8fa1020, these were 357 requests: each month read all discussions since it began."""
    program_folder.github.organization("project")
    partner(program_folder, PEOPLE)
    for back in range(24):
        month = f"{2026 - (back + 2) // 12}-{12 - (back + 2) % 12:02}"
        for at in range(100):
            day = f"{month}-{at % 28 + 1:02}T{at % 24:02}:{at % 60:02}:00Z"
            program_folder.github.discussion(day, PEOPLE[at % 5], PEOPLE[(at + 1) % 5])
    ran = program_folder.run(
        "month", "--from", "2025-01", "--to", "2026-10", "--today", "2026-11-02", PARTNERS_CACHE=""
    )
    assert ran.code == 0, ran.err
    assert asked(program_folder).total() <= 357 / 5


def test_logins_that_are_lost(program_folder: ProgramFolder) -> None:
    """At 8fa1020, 1,500 logins that were renamed or gone were 1,519 requests."""
    program_folder.github.organization("project")
    for number in range(300):
        team = [f"lost-{number}-{member}" for member in range(5)]
        partner(program_folder, team, f"partner-{number}")
        for at, login in enumerate(team):
            if at % 2:
                program_folder.github.rename(login, f"new-{login}")
            else:
                program_folder.github.delete(login)
    ran = program_folder.run("month", "2026-10", "--today", "2026-11-02", PARTNERS_CACHE="")
    assert ran.code == 0, ran.err
    assert asked(program_folder).total() <= 1519 / 40 + LOOKED_UP
