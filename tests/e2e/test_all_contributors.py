"""Lists of helpers in whole commands: a month, an application, what was stored, and failures."""

import json

import pytest
import yaml

from acme import ACME, do_the_work
from fakes import server
from fakes.server import Failure, Request
from list_of_helpers import HelpersList, listing, people
from program_folder import ProgramFolder

ADA = "example-user-1"
LISTS = """claims:
    folder: contributions
    all_contributors:
      - repository: project/core
        approved_by: example-maintainer
        kinds: {eventOrganizing: event, code: null}
"""
ENTRY = people(example_user_1=["eventOrganizing", "code"])


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme applies. In October, Ada has one pull request, and the project's word in its list."""
    github = program_folder.github
    github.organization("project")
    do_the_work(github, ("2026-08", "2026-09"))
    github.pull_request("2026-10-05T12:00:00Z", ADA)
    for number in (1, 2):
        github.pull_request(f"2026-09-0{number}T12:00:00Z", ADA)
    program_folder.open_collective.faithful("acme", "2026-08-01", "2026-09-01", "2026-10-01")
    (program_folder.path / "applications").mkdir()
    (program_folder.path / "applications/acme.yml").write_text(ACME)
    helpers = HelpersList(github)
    helpers.merge("2026-09-10T12:00:00Z", listing())
    helpers.push("2026-10-12T12:00:00Z", "oops")
    helpers.merge("2026-10-13T12:00:00Z", ENTRY)
    program_folder.amend("claims: {folder: contributions}", LISTS.rstrip())
    return program_folder


def make_partner(folder: ProgramFolder) -> None:
    record = yaml.safe_load(ACME)
    record["team"] = [{"name": ADA, "github": ADA, "since": "2025-01-15"}]
    record |= {"accepted": "2026-06-01", "terms": {"edition": "2026-01", "amount": "USD 100"}}
    (folder.path / "partners").mkdir()
    text = yaml.safe_dump(record, sort_keys=False).replace("'", "")
    (folder.path / "partners/acme.yml").write_text(text)


def about_lists(request: Request) -> bool:
    return "GitTimestamp" in str(request.body)


def asked(folder: ProgramFolder) -> int:
    return sum(map(about_lists, folder.github.requests))


def decision(folder: ProgramFolder, *options: str) -> str:
    told = ("--today", "2026-11-24", "--format", "json")
    ran = folder.run("check", "applications/acme.yml", *told, *options)
    assert ran.code == 0, ran.err
    return str(json.loads(ran.out)["decision"])


def test_a_month_and_its_files(acme: ProgramFolder) -> None:
    """Stored evidence gives the same month, with the entries and what was left out."""
    make_partner(acme)
    stored = str(acme.path / "e.json")
    ran = acme.run(
        "month", "2026-10", "--today", "2026-11-26", "--format", "json", "--save-evidence", stored
    )
    assert ran.code == 0, ran.err
    [line] = [
        json.loads(one)
        for one in (acme.path / "rankings/2026-10.contributions.jsonl").read_text().splitlines()
        if "source" in one
    ]
    commit = acme.github.rest.repository("project/core").git.git("rev-parse", "main")
    assert line["url"] == f"https://github.com/project/core/commit/{commit}#{ADA}-eventOrganizing"
    assert (line["day"], line["kind"], line["points"]) == ("2026-10-13", "event", 10)
    assert line["source"] == ".all-contributorsrc of project/core"
    told = acme.run("explain", "acme", "2026-10", "--today", "2026-11-26")
    assert line["url"] in told.out
    assert asked(acme) == 1
    again = acme.run(
        "month", "--evidence", stored, "--today", "2026-11-26", "--format", "json", "--dry-run"
    )
    assert again.out == ran.out, again.err
    months = json.loads((acme.path / "e.json").read_text())["claims"]["value"]
    [problem] = [each for one in months for each in one.get("left_out", ())]
    assert problem["message"] == "This is not JSON."


def test_an_application(acme: ProgramFolder) -> None:
    assert decision(acme, "--save-evidence", "e.json") == "eligible"
    assert asked(acme) == 1
    told = acme.run("check", "applications/acme.yml", "--evidence", "e.json", "--format", "json")
    assert json.loads(told.out)["decision"] == "eligible"
    acme.amend(LISTS.rstrip(), "claims: {folder: contributions}")
    assert decision(acme) == "not yet"
    assert asked(acme) == 1, "without a list, nothing is asked"


def test_a_list_that_is_not_known_is_never_an_empty_one(acme: ProgramFolder) -> None:
    def fail(request: Request) -> Failure | None:
        return server.status(502) if about_lists(request) else None

    acme.github.intercept = fail
    assert decision(acme) == "needs review"
    make_partner(acme)
    ran = acme.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 1
    assert ".all-contributorsrc of project/core is not known: GitHub" in ran.err
    assert not (acme.path / "rankings").exists()
