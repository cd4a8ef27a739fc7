"""`partners month`, whole: records and sources in, committed files out, as often as it is run."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from example_world import EXAMPLES, fill
from fakes.server import Failure, garbage, rate_limited, status
from program_folder import ProgramFolder, Ran

OCTOBER = Path("rankings/2026-10.json")


@pytest.fixture
def lantern(program_folder: ProgramFolder) -> ProgramFolder:
    """The example program in its invented world, with three committed months behind it."""
    for name in ("program.yml", "partners", "rankings", "directory"):
        source, target = EXAMPLES / name, program_folder.path / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    fill(program_folder.github, program_folder.open_collective)
    return program_folder


def month(folder: ProgramFolder, *arguments: str, today: str = "2026-11-26") -> Ran:
    return folder.run("month", *arguments, "--today", today)


def tree(folder: ProgramFolder) -> dict[str, bytes]:
    """All that a run may have written."""
    files = (folder.path / "rankings").iterdir()
    return {file.name: file.read_bytes() for file in files}


def ranking(folder: ProgramFolder, name: str = "2026-10") -> Any:
    return json.loads((folder.path / f"rankings/{name}.json").read_text("utf-8"))


def test_the_last_closed_month_and_the_page(lantern: ProgramFolder) -> None:
    ran = month(lantern)
    assert ran.code == 0, ran.err
    rows = {row["slug"]: row for row in ranking(lantern)["partners"]}
    assert {slug: row["standing"]["standing"] for slug, row in rows.items()} == {
        "aurora-digital": "active",
        "baobab-systems": "active",
        "cedar-software": "active",
        "dune-works": "active",
        "estuary-labs": "active",
        "fjord-collective": "at risk",
        "glacier-studio": "suspended",
        "harbor-cooperative": "active",
        "inlet-partners": "active",
        "juniper-web": "active",
    }
    assert ranking(lantern)["homepage"] == ["aurora-digital", "baobab-systems", "inlet-partners"]
    assert rows["cedar-software"]["rank"] == rows["juniper-web"]["rank"] == 4
    assert rows["dune-works"]["rank"] == 6, "two share the fourth place"
    page = (lantern.path / "rankings/README.md").read_text("utf-8")
    assert "October 2026" in page.splitlines()[0]
    assert "[September 2026](../rankings/2026-09.json)" in page
    assert "ranking<<" in ran.outputs
    assert "rankings/2026-10.json" in ran.outputs


def test_the_same_month_twice_is_the_same_bytes(lantern: ProgramFolder) -> None:
    month(lantern)
    first = tree(lantern)
    ran = month(lantern, "2026-10", today="2026-11-27")
    assert ran.code == 0, ran.err
    assert tree(lantern) == first
    assert "nothing: all is there already" in ran.err
    (lantern.path / OCTOBER).unlink()
    month(lantern, today="2026-11-27")
    assert tree(lantern) == first, "from the same evidence, whenever it is gathered"


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (status(502), "did not answer"),
        (garbage(), "something unexpected"),
        (rate_limited(), "rate limit is reached"),
    ],
    ids=["502", "garbage", "rate limit"],
)
@pytest.mark.parametrize("source", ["GitHub", "Open Collective"])
def test_a_silent_source_writes_nothing_and_the_next_run_completes(
    lantern: ProgramFolder, source: str, failure: Failure, words: str
) -> None:
    before = tree(lantern)
    server = {"GitHub": lantern.github, "Open Collective": lantern.open_collective}[source]
    server.fail(failure, times=100)
    ran = month(lantern)
    assert ran.code == 1
    assert tree(lantern) == before
    assert "October 2026 cannot be ranked yet, and nothing was written." in ran.err
    assert f"{source}: " in ran.err
    assert "The schedule tries again on 2 December 2026" in ran.err

    server.recover()
    assert month(lantern).code == 0
    assert set(tree(lantern)) - set(before) == {
        "2026-10.contributions.jsonl",
        "2026-10.json",
        "2026-10.repositories.json",
    }


def test_a_missing_right_leaves_payments_unknown_but_needs_no_rates(
    lantern: ProgramFolder,
) -> None:
    """One partner pays in dollars and owes dong, whose rate only Open Collective has."""
    record = lantern.path / "partners/cedar-software.yml"
    record.write_text(
        re.sub(r"amount: \w+ \d+", "amount: VND 100", record.read_text("utf-8")), "utf-8"
    )
    lantern.open_collective.fail(status(401), times=1000)
    ran = month(lantern)
    assert ran.code == 0, ran.err
    paid = {row["slug"]: row["findings"][0]["outcome"] for row in ranking(lantern)["partners"]}
    assert paid["cedar-software"] == "met", "the amount's other face is in dollars"
    assert "unknown" in paid.values()


@pytest.mark.parametrize(("today", "judged"), [("2026-12-02", "unknown"), ("2026-12-26", "missed")])
def test_a_month_that_failed_is_made_up_for_by_the_next(
    lantern: ProgramFolder, today: str, judged: str
) -> None:
    """The partner's order goes on, so November's charge may come until 25 December."""
    ran = month(lantern, today=today)
    assert ran.code == 0, ran.err
    assert {"2026-10.json", "2026-11.json"} <= set(tree(lantern))
    assert ranking(lantern, "2026-11")["partners"][0]["standing"]["judged"] == judged


def test_an_open_month_is_shown_by_a_preview_only(lantern: ProgramFolder) -> None:
    month(lantern)
    before = tree(lantern)
    refused = month(lantern, "2026-11")
    assert refused.code == 1
    assert "November 2026 has not ended yet" in refused.err
    shown = month(lantern, "2026-11", "--preview")
    assert shown.code == 0, shown.err
    assert shown.out.startswith("November 2026: Lantern Community Partners")
    assert tree(lantern) == before


def test_what_changed_since_is_a_correction(lantern: ProgramFolder) -> None:
    month(lantern)
    before = ranking(lantern)
    lantern.github.pull_request(
        "2026-10-30T10:00:00Z", "example-june", repository="lantern-project/lantern"
    )
    shutil.rmtree(lantern.path / "cache")
    ran = month(lantern, "2026-10", today="2026-11-28")
    assert ran.code == 0, ran.err
    [correction] = ranking(lantern)["corrections"]
    assert correction["day"] == "2026-11-28"
    assert "juniper-web: points 25 instead of 20." in correction["changes"]
    assert "Corrected on 28 November 2026" in (lantern.path / "rankings/README.md").read_text()

    corrected = tree(lantern)
    month(lantern, "2026-10", today="2026-11-29")
    assert tree(lantern) == corrected, "said once"
    assert before["partners"] != ranking(lantern)["partners"]


def test_stored_evidence_gives_the_same_bytes(lantern: ProgramFolder) -> None:
    ran = month(lantern, "2026-10", "--save-evidence", "e.json", "--format", "json")
    asked = len(lantern.github.requests)
    replayed = month(lantern, "--evidence", "e.json", "--format", "json", "--dry-run")
    assert replayed.code == 0, replayed.err
    assert (replayed.out, len(lantern.github.requests)) == (ran.out, asked)
    assert (lantern.path / OCTOBER).read_text("utf-8") == ran.out


def test_no_private_figure_anywhere(lantern: ProgramFolder) -> None:
    """Cedar Software pays USD 123.45 on GitHub Sponsors, which only it and the project may see."""
    ran = month(lantern, "2026-10", "--save-evidence", "e.json", "--format", "json")
    written = b"".join(tree(lantern).values()).decode() + (lantern.path / "e.json").read_text()
    for text in (ran.out, ran.err, ran.summary, written):
        assert "123.45" not in text
        assert "12345" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-13"], "is not a month: write it as 2026-10."),
        (["2026-10", "--from", "2026-09"], "Name one MONTH, or several"),
        (["--from", "2026-10", "--to", "2026-09"], "comes after"),
        (["2026-10", "--commit", "--preview"], "--commit writes"),
        (["2026-05"], None),
        (["--from", "2026-09", "--save-evidence", "e.json"], "one month at a time"),
        (["--evidence", "nothing.json"], "There is no file nothing.json."),
        (["2026-10", "--commit"], "--commit needs GITHUB_TOKEN and GITHUB_REPOSITORY"),
    ],
)
def test_what_cannot_be_meant(
    lantern: ProgramFolder, arguments: list[str], words: str | None
) -> None:
    before = tree(lantern)
    ran = month(lantern, *arguments)
    if words is not None:
        assert ran.code == 1
        assert words in ran.err
        assert tree(lantern) == before
    else:
        assert ran.code == 0, ran.err


def test_a_gap_is_no_ground_to_stand_on(lantern: ProgramFolder) -> None:
    (lantern.path / "rankings/2026-09.json").unlink()
    ran = month(lantern, "2026-10")
    assert ran.code == 1
    assert "rankings/2026-09.json is missing" in ran.err
    assert "--from 2026-09" in ran.err
    assert month(lantern, "--from", "2026-09").code == 0


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: "{", "is not JSON"),
        (lambda text: text.replace('"2026-09"', '"2026-08"', 1), "holds 2026-08"),
        (lambda text: text.replace('"at risk"', '"at rest"'), "is not one of active"),
    ],
    ids=["cut off", "another month", "a word"],
)
def test_a_damaged_month_stops_the_run(
    lantern: ProgramFolder, damage: Callable[[str], str], words: str
) -> None:
    file = lantern.path / "rankings/2026-09.json"
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    ran = month(lantern)
    assert ran.code == 1
    assert words in ran.err


def test_a_platform_that_the_program_does_not_use_any_more(lantern: ProgramFolder) -> None:
    """That is known for certain, so it is not met; nothing is asked, and no source failed."""
    policy = lantern.path / "program.yml"
    text = policy.read_text("utf-8")
    block = "  github_sponsors:\n    login: lantern-project\n"
    assert block in text
    policy.write_text(text.replace(block, ""), "utf-8")
    ran = month(lantern, "2026-10", "--format", "json")
    assert ran.code == 0, ran.err
    on_sponsors = [
        path.stem
        for path in sorted((lantern.path / "partners").glob("*.yml"))
        if "github-sponsors" in path.read_text("utf-8")
    ]
    assert on_sponsors
    found = {one["slug"]: one for one in json.loads(ran.out)["partners"]}
    for slug in on_sponsors:
        [amount] = [one for one in found[slug]["findings"] if one["criterion"] == "amount"]
        assert (amount["outcome"], amount["reason"]) == (
            "not met",
            (
                "Lantern does not collect through GitHub Sponsors, but on Open Collective "
                "(opencollective.com/lantern-project)."
            ),
        )


def test_nobody_to_rank(lantern: ProgramFolder) -> None:
    for name in ("partners", "rankings", "directory"):
        shutil.rmtree(lantern.path / name, ignore_errors=True)
    ran = month(lantern)
    assert (ran.code, ran.out) == (0, "There are no partners yet: nobody to judge or rank.\n")


def test_partners_that_are_gone_are_no_new_program(lantern: ProgramFolder) -> None:
    shutil.rmtree(lantern.path / "partners")
    words = "There is no record of a partner, while rankings/2026-09.json has "
    for options in ((), ("2026-10",), ("--from", "2026-10"), ("--preview",)):
        ran = month(lantern, *options)
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
    assert words in lantern.run("validate").out
    assert words in lantern.run("doctor").out


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("*.json", "rankings/2026-07.contributions.jsonl"),
        ("*", "directory/aurora-digital.md"),
    ],
)
def test_months_that_are_gone_are_no_beginning(
    gone: str, told: str, lantern: ProgramFolder
) -> None:
    """A suspended partner would begin anew. A person may compute the months anew, by name."""
    lantern.amend("  url: https://partners.lantern.example/\n", "")  # so that it has directory/
    month(lantern)
    for path in (lantern.path / "rankings").glob(gone):
        path.unlink()
    words = f"No month is committed, while {told} was written by one"
    ran = month(lantern)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    validated = lantern.run("validate")
    assert (validated.code, words in validated.out) == (1, True)
    assert words in lantern.run("doctor").out
    assert month(lantern, "--from", "2026-10").code == 0


def test_rights_of_today_change_no_committed_month(lantern: ProgramFolder) -> None:
    """Everybody loses the right to push, and each default branch gets another name."""
    month(lantern)
    first = tree(lantern)
    kept = json.loads(first["2026-10.repositories.json"])
    assert any(one.get("may_push") for one in kept.values())
    for node in lantern.github.nodes:
        node["repository"]["defaultBranchRef"] = {"name": "renamed"}
    lantern.github.without_rights = True
    ran = month(lantern, "2026-10", today="2026-11-27")
    assert ran.code == 0, ran.err
    assert tree(lantern) == first


def test_a_damaged_file_of_rights_is_said(lantern: ProgramFolder) -> None:
    month(lantern)
    (lantern.path / "rankings/2026-10.repositories.json").write_text('{"a/b": 7}')
    ran = month(lantern, "2026-10", today="2026-11-27")
    assert ran.code == 1
    assert "rankings/2026-10.repositories.json cannot be read." in ran.err
