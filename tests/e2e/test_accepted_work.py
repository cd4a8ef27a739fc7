"""Cheap work, whole: from what GitHub shows to the points in a verdict and the rank of a month.

Each case got an applicant through, or a partner to the homepage, when only activity was counted.
"""

import json
from collections import Counter
from collections.abc import Callable

import pytest

from acme import ACME, MONTHS, write_record
from fakes.github import FakeGitHub
from program_folder import POLICY, ProgramFolder

ADA, BEN = "example-user-1", "example-user-2"
TEAM = f"team:\n  - {{name: Ben Example, github: {BEN}, since: 2025-01-15}}"
CAPPED = POLICY.replace("review: 2", "review: {points: 2, most_each_month: 10}").replace(
    "github: {organizations: [project]}", 'github: {organizations: [project], branches: ["[0-9]*"]}'
)


def days(count: int) -> list[str]:
    return [f"{month}-{n % 27 + 1:02}T12:00:00Z" for month in MONTHS for n in range(count)]


def comments(github: FakeGitHub) -> None:
    for at in days(20):
        review = github.review(ADA, state="COMMENTED", authorCanPushToRepository=False)
        github.pull_request(at, "example-stranger", reviews=[review])


def approvals_without_rights(github: FakeGitHub) -> None:
    for at in days(20):
        review = github.review(ADA, authorCanPushToRepository=False)
        github.pull_request(at, "example-stranger", reviews=[review])


def approvals_with_rights(github: FakeGitHub) -> None:
    for at in days(20):
        github.pull_request(at, "example-stranger", reviews=[github.review(ADA)])


def of_a_bot(author: str) -> Callable[[FakeGitHub], None]:
    def fill(github: FakeGitHub) -> None:
        for at in days(7):
            github.pull_request(at, author, reviews=[github.review(ADA)])

    return fill


def own_issues(github: FakeGitHub) -> None:
    for at in days(14):
        github.closed_issue(at, ADA, actor=github.actor(ADA))


def own_commits(github: FakeGitHub) -> None:
    commit = {"__typename": "Commit", "author": {"user": github.actor(ADA)}}
    for at in days(14):
        github.closed_issue(at, ADA, actor=github.actor(ADA), closer=commit)


def side_branch(github: FakeGitHub) -> None:
    for at in days(8):
        github.pull_request(at, ADA, baseRefName="side", mergedBy=github.actor(ADA))


def alone(github: FakeGitHub) -> None:
    for at in days(8):
        github.pull_request(at, ADA, baseRefName="5.2", mergedBy=github.actor(ADA))


def taken_back(github: FakeGitHub) -> None:
    for at in days(9):
        dismissed = github.review(ADA, state="DISMISSED")
        hidden = github.review(BEN, isMinimized=True)
        github.pull_request(at, "example-stranger", reviews=[dismissed, hidden])
        github.pull_request(at, BEN, reviews=[github.review(ADA)], baseRefName="side")


def answers_of_a_teammate(github: FakeGitHub) -> None:
    for at in days(9):
        chooser = github.actor(BEN)
        github.discussion(at, "example-stranger", ADA, answerChosenBy=chooser)


def answers_for_a_second_account(github: FakeGitHub) -> None:
    for at in days(9):
        second = github.actor("example-second")
        github.discussion(at, "example-second", ADA, answerChosenBy=second)


def landed_again(github: FakeGitHub) -> None:
    for at in days(4):
        title = f"Mend the fence of {at[:7]}"
        github.pull_request(at, ADA, title=title, mergedBy=github.actor(BEN))
        github.pull_request(at.replace("T12", "T13"), "example-stranger", title=f'Revert "{title}"')


CASES: dict[str, tuple[Callable[[FakeGitHub], None], list[int], dict[str, int]]] = {
    "20 comments a month": (comments, [0, 0, 0], {"review that only comments": 60}),
    "20 approvals a month without rights": (
        approvals_without_rights,
        [5, 5, 5],
        {"work that needs no right: above 5 points in a month": 51},
    ),
    "20 approvals a month with rights": (
        approvals_with_rights,
        [10, 10, 10],
        {"review: above 10 points in a month": 45},
    ),
    "7 approvals a month of a dependency bot's": (
        of_a_bot("dependabot[bot]"),
        [0, 0, 0],
        {"review of a bot's pull request": 21},
    ),
    "7 approvals a month of an agent's": (
        of_a_bot("copilot-swe-agent[bot]"),
        [0, 0, 0],
        {"review of a bot's pull request": 21},
    ),
    "7 approvals a month of an ignored account's": (
        of_a_bot("project-bot"),
        [0, 0, 0],
        {"review of a bot's pull request": 21},
    ),
    "14 issues a month, closed by their author": (
        own_issues,
        [0, 0, 0],
        {"issue that its author closed": 42},
    ),
    "14 issues a month, closed by their author's commits": (
        own_commits,
        [0, 0, 0],
        {"issue that its author closed": 42},
    ),
    "8 pull requests a month into a side branch": (
        side_branch,
        [0, 0, 0],
        {"pull request into a branch that does not count": 24},
    ),
    "8 pull requests a month, merged alone": (
        alone,
        [10, 10, 10],
        {"merged by its author alone: above 10 points in a month": 18},
    ),
    "reviews that were dismissed, hidden or of a teammate's": (
        taken_back,
        [0, 0, 0],
        {
            "pull request into a branch that does not count": 27,
            "review of the team's own work": 27,
            "review that was dismissed or hidden": 54,
        },
    ),
    "answers that a teammate chose": (
        answers_of_a_teammate,
        [0, 0, 0],
        {"answer chosen by the team itself": 27},
    ),
    "answers that a second account asked for and chose": (
        answers_for_a_second_account,
        [0, 0, 0],
        {"answer chosen by who asked, of whom the project accepted no work yet": 27},
    ),
    "a change that is landed again after each revert": (
        landed_again,
        [5, 5, 5],
        {"the same contribution again": 9},
    ),
}


each_case = pytest.mark.parametrize(("fill", "points", "uncounted"), CASES.values(), ids=CASES)


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme with a team of two, which has paid."""
    program_folder.github.organization("project")
    for number, login in enumerate((ADA, BEN), 4711):
        program_folder.github.person(login, databaseId=number)
    paid = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
    program_folder.open_collective.faithful("acme", *paid)
    (program_folder.path / "program.yml").write_text(CAPPED)
    return program_folder


@each_case
def test_an_applicant(
    acme: ProgramFolder,
    fill: Callable[[FakeGitHub], None],
    points: list[int],
    uncounted: dict[str, int],
) -> None:
    fill(acme.github)
    (acme.path / "applications").mkdir()
    (acme.path / "applications/acme.yml").write_text(ACME.replace("team:", TEAM))
    ran = acme.run("check", "applications/acme.yml", "--format", "json", "--today", "2026-11-24")
    verdict = json.loads(ran.out)
    assert verdict["decision"] == "not yet"
    assert [one["points"] for one in verdict["contribution_months"]] == points
    assert verdict["uncounted"] == uncounted


@each_case
def test_a_partner(
    acme: ProgramFolder,
    fill: Callable[[FakeGitHub], None],
    points: list[int],
    uncounted: dict[str, int],
) -> None:
    """The same in the ranking of a month and its contributions. A rival does more."""
    fill(acme.github)
    for at in days(3):
        acme.github.pull_request(at, "example-rival")
    acme.open_collective.faithful("rival", "2026-08-01", "2026-09-01", "2026-10-01")
    write_record(acme.path, "acme", ADA, BEN)
    write_record(acme.path, "rival", "example-rival")
    ran = acme.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 0, ran.err
    folder = acme.path / "rankings"
    ranking = json.loads((folder / "2026-10.json").read_text())
    rows = {row["slug"]: row for row in ranking["partners"]}
    assert rows["acme"]["points"] == points[-1]
    assert rows["acme"]["rank"] == 2
    assert ranking["homepage"] == ["rival", "acme"][: 1 + bool(points[-1])]
    third = {reason: number // 3 for reason, number in uncounted.items()}
    assert rows["acme"]["uncounted"] == third
    lines = map(json.loads, (folder / "2026-10.contributions.jsonl").read_text().splitlines())
    told = Counter(one["not_counted"] for one in lines if "not_counted" in one)
    assert told == third


def test_who_approved_a_claim(acme: ProgramFolder) -> None:
    """An entry names who approved it; a team does not approve its own work."""
    (acme.path / "contributions").mkdir()
    entries = "".join(
        f"  - kind: event\n    person: {ADA}\n    date: 2026-10-05\n    title: Meet-up\n"
        f"    url: https://events.example/{by}\n    approved_by: {by}\n"
        for by in (ADA, BEN.upper(), "project-bot", "example-maintainer")
    )
    (acme.path / "contributions/autumn.yml").write_text(f"claims:\n{entries}")
    write_record(acme.path, "acme", ADA, BEN)
    ran = acme.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 0, ran.err
    [row] = json.loads((acme.path / "rankings/2026-10.json").read_text())["partners"]
    assert row["points"] == 10
    assert row["uncounted"] == {
        "event approved by a bot": 1,
        "event approved by the team itself": 2,
    }


IMPORT = """claims:
    folder: contributions
    imports:
      - file: savannah.csv
        source: Savannah
        approved_by: {by}
        columns: {{person: Author, date: Date, kind: Type, url: Link, title: Title}}
        kinds: {{Event: event, PR: pull request, Chat: null}}
"""
EXPORT = f"""Author,Date,Type,Title,Link
{ADA},2026-10-05,Event,Meet-up,https://events.example/autumn?utm_source=savannah
{BEN},2026-10-06T09:00:00Z,Event,Sprint,https://events.example/sprint
{ADA},2026-10-07,PR,Mend the fence,https://github.com/project/core/pull/1/files
{ADA},2026-10-08,Chat,Hello,https://chat.example/1
{ADA},2026-10-09,Podcast,Hello,https://podcast.example/1
{ADA},9/10/2026,Event,Which day,https://events.example/day
example-nobody,2026-10-05,Event,Of no team,https://events.example/other
"""


@pytest.mark.parametrize(
    ("by", "points", "uncounted"),
    [
        ("example-maintainer", 25, {"the same contribution again": 2}),
        (
            BEN,
            15,
            {
                "event from Savannah approved by the team itself": 2,
                "pull request from Savannah approved by the team itself": 1,
            },
        ),
    ],
)
def test_a_month_with_claims_and_an_export(
    acme: ProgramFolder, by: str, points: int, uncounted: dict[str, int]
) -> None:
    """Each act counts once, wherever it stands; rows that cannot be read take none along."""
    acme.github.pull_request("2026-10-07T12:00:00Z", ADA)
    (acme.path / "contributions/imports").mkdir(parents=True)
    (acme.path / "contributions/autumn.yml").write_text(
        f"claims:\n  - kind: event\n    person: {ADA}\n    date: 2026-10-05\n    title: Meet-up\n"
        "    url: https://events.example/autumn\n    approved_by: example-maintainer\n"
    )
    (acme.path / "contributions/imports/savannah.csv").write_text(EXPORT)
    acme.amend("claims: {folder: contributions}", IMPORT.format(by=by).rstrip())
    write_record(acme.path, "acme", ADA, BEN)
    ran = acme.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 0, ran.err
    [row] = json.loads((acme.path / "rankings/2026-10.json").read_text())["partners"]
    assert row["uncounted"] == uncounted
    assert row["points"] == points
    text = (acme.path / "rankings/2026-10.contributions.jsonl").read_text()
    sources = [json.loads(line).get("source") for line in text.splitlines()]
    assert sources.count("Savannah") == 3
    told = acme.run("validate")
    assert told.code == 1
    first, second = told.out.splitlines()
    where = "contributions/imports/savannah.csv, line"
    assert first.startswith(f"{where} 6: The kind 'Podcast' is not in `kinds`.")
    assert second.startswith(f"{where} 7, Date: '9/10/2026' is not a day")
