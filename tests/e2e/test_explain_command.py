"""`partners explain` on the example's committed months: sums, addresses, forms, and bad input."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builders import day
from community_partners.directory.explain import explanation_of
from community_partners.intake.program import read_program
from community_partners.intake.schema import schema_folder
from community_partners.model.month import Month
from example_world import EXAMPLES
from program_folder import ProgramFolder, Ran

PROGRAM = EXAMPLES / "program.yml"
MONTHS = ("2026-07", "2026-08", "2026-09")
RESULTS = [
    (month, one)
    for month in MONTHS
    for one in json.loads((EXAMPLES / f"rankings/{month}.json").read_text("utf-8"))["partners"]
]


def ran(folder: ProgramFolder, *options: str) -> Ran:
    return folder.run("explain", *options, "--program", str(PROGRAM), "--today", "2026-11-26")


@pytest.mark.parametrize(
    ("month", "line"), RESULTS, ids=[f"{month} {one['slug']}" for month, one in RESULTS]
)
def test_the_sum_is_the_partners_points_and_each_point_has_an_address(
    month: str, line: dict[str, object]
) -> None:
    today = day("2026-11-26")
    program, slug = read_program(PROGRAM, today), str(line["slug"])
    told = explanation_of(program, EXAMPLES, slug, Month.parse(month), None, today)
    assert told.points == line["points"]
    assert (told.position.line.rank, told.same_policy) == (line["rank"], True)
    for kind in told.counted:
        for one in kind.lines:
            page = r"https://github\.com/lantern-[a-z]+/[a-z-]+/(?:pull|issues|discussions)/\d+"
            assert re.match(page, one.url), one.url


def test_three_forms_say_the_same(program_folder: ProgramFolder) -> None:
    text = ran(program_folder, "dune-works", "2026-09").out
    assert text.startswith("Dune Works, September 2026: rank 6 of 9, with 18 points.\n")
    for part in (
        "Behind Juniper Web, which has 1 point more.",
        "Sum: 18 points",
        "issue that its author closed",
        "event: 10 points more, rank 3, before Harbor Cooperative, Fjord Collective and Juniper",
    ):
        assert part in text
    comment = ran(program_folder, "dune-works", "2026-09", "--format", "markdown").out
    assert "* **pull request**: 15 points (merged into a branch" in comment
    data = json.loads(ran(program_folder, "dune-works", "2026-09", "--format", "json").out)
    schema = json.loads((schema_folder() / "explanation.schema.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    assert (data["rank"], data["points"], data["behind"]["partner"]) == (6, 18, "cedar-software")


def test_one_persons_part(program_folder: ProgramFolder) -> None:
    told = ran(program_folder, "baobab-systems", "--person", "Example-Bela").out
    assert told.startswith(
        "Baobab Systems, September 2026: 20 points of the team's 35 points are the work of"
    )
    assert "example-bhanu" not in told


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["dune"], "No partner that is shown is called 'dune'. There are: baobab-systems,"),
        (["dune-works", "2026-10"], "Dune Works has no result in October 2026. There are: 2026-09"),
        (["dune-works", "--person", "x"], "Dune Works has no contribution of x in September 2026."),
        (["estuary-labs"], "Estuary Labs"),
    ],
)
def test_what_is_not_there_is_named(
    options: list[str], says: str, program_folder: ProgramFolder
) -> None:
    said = ran(program_folder, *options)
    assert says in said.err + said.out


def test_a_hidden_partner_is_not_explained(program_folder: ProgramFolder, tmp_path: Path) -> None:
    for folder in ("partners", "rankings"):
        for path in (EXAMPLES / folder).iterdir():
            at = program_folder.path / folder / path.name
            at.parent.mkdir(exist_ok=True)
            at.write_bytes(path.read_bytes())
    (program_folder.path / "program.yml").write_bytes(PROGRAM.read_bytes())
    record = program_folder.path / "partners/dune-works.yml"
    record.write_text(record.read_text("utf-8") + "hidden: true\n", "utf-8")
    said = program_folder.run("explain", "dune-works", "--today", "2026-11-26")
    assert said.code == 1
    assert "dune-works" not in said.err.partition("There are:")[2]
