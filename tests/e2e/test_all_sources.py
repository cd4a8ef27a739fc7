"""One invented community with all sources of contributions at once, against a table by hand.

Each source is left out in turn, and changes just the points that it brings.
"""

import json
from collections.abc import Callable, Mapping

import pytest
import yaml

from acme import ACME
from list_of_helpers import HelpersList, people
from program_folder import POLICY, ProgramFolder

ADA, BEN, CHI, DAN = (f"example-user-{number}" for number in (1, 2, 3, 4))
TEAMS = {"acme": (ADA, BEN), "globex": (CHI, DAN)}
POINTS = "points: {pull request: 5, review: 2, issue: 1, answer: 2, event: 10}"
MORE = (
    "points: {pull request: 5, review: 2, issue: 1, answer: 2, event: 10, "
    "leadership: {points: 10, once: month}, documentation: 3}"
)
CLAIMS = """claims:
    folder: contributions
    imports:
      - file: savannah.csv
        source: Savannah
        approved_by: example-maintainer
        columns: {person: Author, date: Date, kind: Type, url: Link, title: Title}
        kinds: {Event: event, Post: documentation}
    all_contributors:
      - repository: project/core
        approved_by: example-maintainer
        kinds: {doc: documentation, tutorial: documentation, eventOrganizing: event}
"""
MEETUP = "https://events.example/autumn"


def pull_requests(folder: ProgramFolder) -> None:
    """Two of Ada, one of Chi, one that was labeled no-credit."""
    folder.github.pull_request("2026-10-05T12:00:00Z", ADA)
    folder.github.pull_request("2026-10-06T12:00:00Z", ADA)
    folder.github.pull_request("2026-10-06T13:00:00Z", CHI)
    folder.github.pull_request("2026-10-07T12:00:00Z", DAN, labels=["no-credit"])


def reviews(folder: ProgramFolder) -> None:
    for who in (BEN, BEN, DAN):
        review = folder.github.review(who)
        folder.github.pull_request("2026-10-08T12:00:00Z", "example-stranger", reviews=[review])


def issues(folder: ProgramFolder) -> None:
    """One that the maintainer closed, one that its author closed."""
    folder.github.closed_issue("2026-10-09T12:00:00Z", CHI)
    folder.github.closed_issue("2026-10-09T13:00:00Z", CHI, actor=folder.github.actor(CHI))


def answers(folder: ProgramFolder) -> None:
    folder.github.discussion("2026-10-10T12:00:00Z", "example-stranger", DAN)


def events(folder: ProgramFolder) -> None:
    """One meetup of both firms, for which two people of Globex ask."""
    claim(folder, "event", MEETUP, "2026-10-11", ADA, CHI, DAN)


def leadership(folder: ProgramFolder) -> None:
    """Of two months, and one that Ben has approved himself."""
    claim(folder, "leadership", "https://project.example/team", "2026-10-31", BEN)
    claim(folder, "leadership", "https://project.example/team", "2026-09-30", BEN)
    claim(folder, "leadership", "https://project.example/b", "2026-10-30", BEN, by=BEN)


def export(folder: ProgramFolder) -> None:
    """A post, the meetup once more, and a row that cannot be read."""
    file = folder.path / "contributions/imports/savannah.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "Author,Date,Type,Title,Link\n"
        f"{DAN},2026-10-12,Post,How to mend a fence,https://blog.example/1\n"
        f"{CHI},2026-10-11,Event,The meetup,{MEETUP}/?utm_source=savannah\n"
        f"{ADA},12/10/2026,Post,Which day,https://blog.example/2\n"
    )


def helpers(folder: ProgramFolder) -> None:
    """Two types of Ada and one of Dan in one commit; then what Ben has merged for Ada himself."""
    rest, kept = HelpersList(folder.github), {"example_user_2": ["doc", "code"]}
    rest.merge("2026-09-14T12:00:00Z", people(**kept))
    added = {"example_user_1": ["doc", "tutorial", "bug"], "example_user_4": ["doc"]}
    rest.merge("2026-10-15T12:00:00Z", people(**kept, **added))
    added["example_user_1"] += ["eventOrganizing"]
    rest.merge("2026-10-16T12:00:00Z", people(**kept, **added), by=BEN)


def claim(
    folder: ProgramFolder,
    kind: str,
    url: str,
    day: str,
    *people: str,
    by: str = "example-maintainer",
) -> None:
    target = folder.path / "contributions"
    target.mkdir(exist_ok=True)
    entries = [
        {"kind": kind, "person": one, "date": day, "title": kind, "url": url, "approved_by": by}
        for one in people
    ]
    name = f"{kind}-{len(list(target.iterdir()))}.yml"
    text = yaml.safe_dump({"claims": entries}).replace("'", "")
    (target / name).write_text(text, encoding="utf-8")


Fill = Callable[[ProgramFolder], None]
BRINGS: Mapping[Fill, tuple[int, int]] = {
    pull_requests: (10, 5),
    reviews: (4, 2),
    issues: (0, 1),
    answers: (0, 2),
    events: (10, 10),
    leadership: (10, 0),
    export: (0, 3),
    helpers: (6, 3),
}
"""The points that each source brings to Acme and to Globex, computed by hand."""
MEETUP_OF_THE_EXPORT = 10
"""Without the claims of the meetup, the export's row of Chi is the first that tells of it."""


@pytest.mark.parametrize(
    "without", [None, *BRINGS], ids=lambda one: getattr(one, "__name__", "all")
)
def test_points_are_those_of_a_table_by_hand(
    without: Fill | None, program_folder: ProgramFolder
) -> None:
    folder = program_folder
    policy = POLICY.replace(POINTS, MORE).replace("claims: {folder: contributions}", CLAIMS)
    (folder.path / "program.yml").write_text(policy, encoding="utf-8")
    folder.github.organization("project")
    HelpersList(folder.github)  # a repository, in which there is no list yet
    (folder.path / "partners").mkdir()
    number = 4711
    for slug, team in TEAMS.items():
        record = yaml.safe_load(ACME.replace("acme", slug).replace("Acme", slug))
        record["team"] = [{"name": one, "github": one, "since": "2025-01-15"} for one in team]
        record |= {"accepted": "2026-06-01", "terms": {"edition": "2026-01", "amount": "USD 100"}}
        text = yaml.safe_dump(record, sort_keys=False).replace("'", "")
        (folder.path / f"partners/{slug}.yml").write_text(text, encoding="utf-8")
        folder.open_collective.faithful(slug, "2026-10-01", "2026-11-01")
        for login in team:
            folder.github.person(login, databaseId=number)
            number += 1
    for fill in BRINGS:
        if fill is not without:
            fill(folder)
    ran = folder.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 0, ran.err
    rows = json.loads((folder.path / "rankings/2026-10.json").read_text("utf-8"))["partners"]
    points = {row["slug"]: row["points"] for row in rows}
    left = [brought for fill, brought in BRINGS.items() if fill is not without]
    acme, globex = (sum(each) for each in zip(*left, strict=True))
    more = MEETUP_OF_THE_EXPORT if without is events else 0
    assert points == {"acme": acme, "globex": globex + more}
    ranks = {row["slug"]: row["rank"] for row in rows}
    assert ranks == ({"acme": 1, "globex": 2} if acme > globex + more else {"acme": 2, "globex": 1})
