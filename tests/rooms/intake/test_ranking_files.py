"""Committed months: which files are some, and what is said of one that is damaged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import day, month
from community_partners.errors import InvalidInputError, UserError
from community_partners.intake.ranking_files import committed_months, read_ranking
from community_partners.model.fair_play import Flag, FlagKind
from community_partners.model.ranking import (
    Concern,
    Correction,
    MemberMonth,
    MonthFinding,
    Person,
    Ranking,
)
from community_partners.model.verdict import Outcome
from community_partners.stored import dump
from month_builders import OCTOBER, ranking, row, standing

FULL = ranking(
    row(
        "acme",
        1,
        members=(MemberMonth(name="Ädä", github="example-1", points=5),),
        contributions="sha256:0123456789abcdef",
        seats=0,
        flags=tuple(
            Flag(kind=kind, facts="So.", threshold="more", addresses=("https://a.example",))
            for kind in FlagKind
        ),
        findings=(
            MonthFinding(
                criterion="amount", title="Required amount", outcome=Outcome.UNKNOWN, reason="So."
            ),
        ),
    ),
    row("globex", None, movement=None, hidden=True, standing=standing("at risk", missed=1)),
    people=(Person(concern=Concern.RENAMED, github="a", partners=("acme",), now="b"),),
    corrections=(Correction(day=day("2026-11-09"), changes=("acme: details.",)),),
)


def write(root: Path, text: str | bytes, name: str = "2026-10.json") -> Path:
    path = root / "rankings" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(dump(FULL, Ranking))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize("stored", [FULL, ranking()], ids=["full", "empty"])
def test_what_was_written_reads_back(tmp_path: Path, stored: Ranking) -> None:
    write(tmp_path, dump(stored, Ranking))
    read = read_ranking(tmp_path, OCTOBER)
    assert read == stored
    assert repr(read) == repr(stored), "an enumeration is equal to its text, and not the same"


def test_none_where_there_is_none(tmp_path: Path) -> None:
    assert read_ranking(tmp_path, OCTOBER) is None
    assert committed_months(tmp_path) == ()


def test_which_files_are_months(tmp_path: Path) -> None:
    odd = ("README.md", "2026-13.json", "2026-1.json", "0000-01.json", "notes.json", "2026-09.JSON")
    odder = (".2026-10.json.draft", "2026-08.json.orig", "2026-07 copy.json", "２０２６-06.json")
    for name in ("2026-10.json", "2025-12.json", "2026-02.json", *odd, *odder):
        write(tmp_path, "{}", name)
    (tmp_path / "rankings" / "2026-05.json").mkdir()
    assert [str(one) for one in committed_months(tmp_path)] == ["2025-12", "2026-02", "2026-10"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1, 2", '{"month": "2026-10"', b"\xff\xfe", "<<<<<<< HEAD\n{}\n", "[" * 100_000],
    ids=["empty", "cut", "a-list", "no-end", "no-text", "a-merge-conflict", "deep"],
)
def test_what_is_not_json(tmp_path: Path, text: str | bytes) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UserError, match="is not JSON") as told:
        read_ranking(tmp_path, OCTOBER)
    assert str(told.value).startswith(str(path))
    assert "restore it from git" in str(told.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda data: data.pop("partners"), "'partners' is missing"),
        (lambda data: data.update(surprise=1), "'surprise' is not known here"),
        (lambda data: data.update(month="2026-13"), "is not right"),
        (lambda data: data["partners"][0].update(rank=0), "partners.0.rank: 0 is too small"),
        (lambda data: data["partners"][0].update(points=-1), "partners.0.points: -1 is too small"),
        (lambda data: data["partners"][0].update(accepted="2026-02-30"), "is not a day"),
        (
            lambda data: data["partners"][0]["standing"].update(standing="fine"),
            '"fine" is not one of active, at risk, suspended, lapsed',
        ),
        (
            lambda data: data["partners"][0]["standing"].update(since="2026-02\n"),
            "partners.0.standing.since",
        ),
        (
            lambda data: data["partners"][0]["standing"].update(since="0000-02"),
            "partners.0.standing.since",
        ),
        (
            lambda data: data["partners"][0]["standing"].update(since="２０２６-02"),
            "partners.0.standing.since",
        ),
        (lambda data: data["homepage"].append("acme"), "An entry stands here twice"),
    ],
)
def test_what_is_not_of_the_schema(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    write(tmp_path, changed(change))
    with pytest.raises(InvalidInputError) as told:
        read_ranking(tmp_path, OCTOBER)
    assert sentence in str(told.value)


def test_the_format_before_files_of_contributions(tmp_path: Path) -> None:
    write(tmp_path, "{}", "2026-07.json")
    path = write(tmp_path, changed(lambda data: data.pop("contributions")))
    with pytest.raises(UserError, match="by an earlier version") as told:
        read_ranking(tmp_path, OCTOBER)
    assert str(told.value).startswith(str(path))
    assert "`partners month --from 2026-07`" in str(told.value)


@pytest.mark.parametrize("data", ["null", "[]", "3", '"2026-10"'])
def test_another_kind_of_json(tmp_path: Path, data: str) -> None:
    write(tmp_path, data)
    with pytest.raises(InvalidInputError):
        read_ranking(tmp_path, OCTOBER)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["partners"][0].update(name="half \ud83d"),
    ],
    ids=["half-a-character"],
)
def test_what_fits_the_schema_and_holds_together_no_more(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    write(tmp_path, changed(change))
    with pytest.raises(UserError, match="estore it from git"):
        read_ranking(tmp_path, OCTOBER)


def test_another_month_than_its_name_says(tmp_path: Path) -> None:
    path = write(tmp_path, dump(FULL, Ranking), "2026-09.json")
    with pytest.raises(UserError, match="holds 2026-10") as told:
        read_ranking(tmp_path, month("2026-09"))
    assert str(path) in str(told.value)
