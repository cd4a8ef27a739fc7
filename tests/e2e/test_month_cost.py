"""What a month of all partners costs: requests, counted by the servers that were asked."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from community_partners.intake.yaml_document import write_yaml
from fakes.sponsors import Sponsors
from program_folder import ProgramFolder

PARTNERS, MEMBERS, PULLS = 100, 10, 1000


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
    assert cost["GitHub"] <= 40, cost
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
    searches = Counter(
        match[0]
        for request in crowd.github.requests
        if (match := re.search(r"merged:2\d{3}-\d\d-\d\d", str(request)))
    )
    assert len(searches) == 14, "twelve months, and two before that are added up"
    assert {month: count for month, count in searches.items() if "2026-10" not in month} == (
        dict.fromkeys((month for month in searches if "2026-10" not in month), 1)
    )
    assert searches["merged:2026-10-01"] == 6, "two hundred of October's to a question"
