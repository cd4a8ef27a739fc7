"""Exports of dashboards: which rows count, and what is told of the others."""

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, program
from community_partners.intake.export_rows import LARGEST, MOST_ROWS
from community_partners.intake.imports import Imported, read_imports
from community_partners.intake.records import validate
from community_partners.model.contribution import Acceptance, Account, Contribution
from community_partners.model.problem import MOST, number_of
from community_partners.model.program import Claims, Import, Program
from community_partners.stored import policy_digest
from many_cases import many
from program_folder import POLICY

COLUMNS = {"person": "Author", "date": "Date", "kind": "Type", "url": "Link", "title": "Title"}
SETTINGS = """  claims:
    folder: contributions
    imports:
      - file: savannah.csv
        source: Savannah
        approved_by: example-maintainer
        columns: {person: Author, date: Date, kind: Type, url: Link, title: Title}
        kinds: {Event: event, Chat: null}
"""
HEADER = "Date,Author,Type,Title,Link,Score"
GOOD = "2026-10-14,example-user-1,Event,Autumn meet-up,https://events.example/autumn,7"


def importing(file: str = "savannah.csv", **changes: Any) -> Program:
    """A program that reads one export."""
    one = Import(
        file=file,
        source="Savannah",
        approved_by="example-maintainer",
        columns=COLUMNS,
        kinds={"Event": "event", "Talk": "talk", "Chat": None},
    )
    known = program()
    claims = Claims(folder="contributions", imports=(replace(one, **changes),))
    return replace(known, contribution=replace(known.contribution, claims=claims))


def read(
    folder: Path, content: bytes | str, name: str = "savannah.csv", **changes: Any
) -> Imported:
    path = folder / "contributions" / "imports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_imports(folder, importing(name, **changes))


def table(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def row(**cells: str) -> str:
    """The good row with other cells."""
    known = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join((known | cells).values())


def test_a_row_is_a_contribution_that_names_its_source(tmp_path: Path) -> None:
    assert read(tmp_path, table(GOOD)) == Imported(
        contributions=(
            Contribution(
                kind="event",
                day=date(2026, 10, 14),
                by=Account(login="example-user-1"),
                title="Autumn meet-up",
                url="https://events.example/autumn",
                accepted=Acceptance(by=Account(login="example-maintainer"), source="Savannah"),
            ),
        )
    )


@pytest.mark.parametrize(
    ("date_cell", "day"),
    [
        ("2026-10-14", "2026-10-14"),
        ("2026-10-14T12:00:00Z", "2026-10-14"),
        ("2026-10-14T12:00Z", "2026-10-14"),
        ("2026-10-14 12:00:00", "2026-10-14"),
        ("2026-10-14 12:00:00 UTC", "2026-10-14"),
        ("2026-10-14T12:00:00.123456789Z", "2026-10-14"),
        ("2026-10-31T23:30:00-02:00", "2026-11-01"),
        ("2026-11-01T01:00:00+0200", "2026-10-31"),
        ("10/11/2026", None),
        ("14.10.2026", None),
        ("2026-10", None),
        ("20261014", None),
        ("2026-W42-3", None),
        ("2026-02-30", None),
        ("2026-10-14T25:00:00Z", None),
        ("2026-10-14T12:00:00+99:00", None),
        ("1760443200", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("٢٠٢٦-١٠-١٤", None),
        ("October 14, 2026".replace(",", ""), None),
    ],
)
def test_a_day_is_never_guessed(tmp_path: Path, date_cell: str, day: str | None) -> None:
    found = read(tmp_path, table(row(Date=date_cell)))
    assert [str(one.day) for one in found.contributions] == ([day] if day else [])
    assert bool(found.problems) == (day is None)


@pytest.mark.parametrize(
    ("cells", "person", "title"),
    [
        ({"Author": "@example-user-1"}, "example-user-1", "Autumn meet-up"),
        ({"Author": "https://github.com/example-user-1"}, "example-user-1", "Autumn meet-up"),
        ({"Title": '"Meet-up, in autumn"'}, "example-user-1", "Meet-up, in autumn"),
        ({"Title": '"Two\nlines of ""words"""'}, "example-user-1", 'Two lines of "words"'),
        ({"Title": '5" disks'}, "example-user-1", '5" disks'),
        ({"Title": "x" * 300}, "example-user-1", "x" * 199 + "…"),
        ({"Score": "=1+1"}, "example-user-1", "Autumn meet-up"),
    ],
)
def test_good_rows(tmp_path: Path, cells: dict[str, str], person: str, title: str) -> None:
    found = read(tmp_path, table(row(**cells), GOOD))
    assert found.problems == ()
    assert [(one.by.login, one.title) for one in found.contributions] == [
        (person, title),
        ("example-user-1", "Autumn meet-up"),
    ]


BAD: dict[str, str | bytes] = {
    "no day": row(Date=""),
    "which day": row(Date="10/11/2026"),
    "no login": row(Author=""),
    "a name": row(Author="Ada Example"),
    "a login as a page": row(Author="https://github.com/sponsors"),
    "no https": row(Link="http://events.example/autumn"),
    "a script": row(Link="javascript:alert(1)"),
    "no title": row(Title=" "),
    "unknown kind": row(Type="Blog post"),
    "no kind": row(Type=""),
    "too few columns": "2026-10-14,example-user-1",
    "too many columns": GOOD + ",1,2",
    "an open quotation mark": '"' + GOOD,
    "not UTF-8": row(Title="B\udce9ret").encode(errors="surrogateescape"),
    "a formula": row(Title="=cmd|' /C calc'!A0"),
    "a formula as login": row(Author="+example-user-1"),
    "HTML": row(Title="<img src=x>"),
    "a mention": row(Title="Talk with @example-user-2"),
    "a command": row(Title="##[error]x"),
    "two faults": row(Date="soon", Link="example"),
}
GOLDEN = Path(__file__).parent / "exports" / "bad-rows.txt"


def _lines(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def test_each_bad_row_is_told_with_line_and_remedy(tmp_path: Path) -> None:
    """`BLESS=1` writes what is told now, by `partners validate`; look at the difference."""
    policy = POLICY.replace("  claims: {folder: contributions}\n", SETTINGS)
    (tmp_path / "program.yml").write_text(policy, "utf-8")
    folder = tmp_path / "contributions" / "imports"
    folder.mkdir(parents=True)
    rows = [_lines(one) for bad in BAD.values() for one in (bad, GOOD)]
    (folder / "savannah.csv").write_bytes(b"\n".join((HEADER.encode(), *rows)))
    (folder / "other.csv").write_text("x")
    (folder / "README.md").write_text("x")
    (folder / "below").mkdir()
    told = "".join(f"{one}\n" for one in validate([tmp_path], TODAY)).replace(f"{tmp_path}/", "")
    if os.environ.get("BLESS"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
    assert len(read_imports(tmp_path, importing()).contributions) == len(BAD)


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_takes_no_other_along(tmp_path: Path, case: str) -> None:
    found = read(tmp_path, b"\n".join((HEADER.encode(), _lines(BAD[case]), GOOD.encode())))
    assert [one.title for one in found.contributions] == ["Autumn meet-up"]
    assert {one.place.line for one in found.problems} == {2}


def test_a_kind_that_shall_not_count_is_not_told(tmp_path: Path) -> None:
    assert read(tmp_path, table(row(Type="Chat", Date="?"), ",,,,,", "")) == Imported()


def test_an_unknown_kind_is_told_once(tmp_path: Path) -> None:
    found = read(tmp_path, table(*[row(Type="Blog post")] * 3, GOOD))
    [problem] = found.problems
    assert "The kind 'Blog post', here and in 2 more rows, is not in `kinds`." in problem.message


FILES = {
    "empty": (b"", "The first line names no column 'Author'."),
    "other columns": (b"Who,When\n", "here are 'Who', 'When'."),
    "a column twice": (HEADER.encode() + b",Date\n", "Two columns are named 'Date'."),
    "UTF-16": ("﻿".encode("utf-16-le") + table(GOOD).encode("utf-16-le"), "names no column"),
    "too large": (b"x" * (LARGEST + 1), "This has 5,000,001 bytes; at most 5,000,000 are read."),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_export(tmp_path: Path, case: str) -> None:
    content, told = FILES[case]
    found = read(tmp_path, content)
    [problem] = found.problems
    assert told in str(problem)
    assert found.contributions == ()


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    found = read_imports(tmp_path, importing())
    assert [str(one) for one in found.problems] == [
        (
            "contributions/imports/savannah.csv: This file is not there, or cannot be read. "
            "Commit the export, or take the import out of program.yml."
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spreadsheets_of_all_countries(
    tmp_path: Path, delimiter: str, newline: str, mark: str
) -> None:
    text = mark + table(GOOD, GOOD).replace(",", delimiter).replace("\n", newline)
    found = read(tmp_path, text)
    assert len(found.contributions) == 2
    assert found.problems == ()


def test_nobodys_title_adds_a_row(tmp_path: Path) -> None:
    forged = row(Author="example-stranger", Title="forged")
    text = table(row(Title=f'"My talk\n{forged}\n"'), row(Title=f'"My talk\n{forged}\n"') + ",")
    found = read(tmp_path, text.replace(",\n", "\n"))
    assert {one.by.login for one in found.contributions} == {"example-user-1"}


def test_most_rows(tmp_path: Path) -> None:
    found = read(tmp_path, table(*["x"] * 5, *[GOOD] * MOST_ROWS))
    assert len(found.contributions) == MOST_ROWS - 5
    assert "This has more than 50,000 rows" in str(found.problems[0])
    many_bad = read(tmp_path, table(*[row(Date="?", Author="?")] * 300, *[row(Author="?")] * 300))
    assert len(many_bad.problems) == MOST
    assert number_of(many_bad.problems) == 300 + 300


OBJECT = {
    "Date": "2026-10-14T12:00:00+00:00",
    "Author": "example-user-1",
    "Type": "Event",
    "Title": "Autumn meet-up",
    "Link": "https://events.example/autumn",
}
NESTED = {"_source": {"who": {"login": "example-user-1"}, **OBJECT}, "a.b": OBJECT["Title"]}
DOTTED = {
    "person": "_source.who.login",
    "date": "_source.Date",
    "kind": "_source.Type",
    "url": "_source.Link",
    "title": "a.b",
}


@pytest.mark.parametrize(
    ("text", "good", "told"),
    [
        (json.dumps([OBJECT, OBJECT]), 2, []),
        (json.dumps([OBJECT], indent=2), 1, []),
        (json.dumps(OBJECT) + "\n\n" + json.dumps(OBJECT) + "\n", 2, []),
        ("[]", 0, []),
        ("", 0, []),
        (
            json.dumps(OBJECT) + "\n{\n" + json.dumps(OBJECT),
            2,
            ["line 2: This is not JSON. Correct this line."],
        ),
        (
            f"[\n{json.dumps(OBJECT)},\n7,\n{json.dumps(OBJECT)}\n]",
            2,
            ["line 3: This is no object. Write each row as {…} with its keys."],
        ),
        (
            f"[\n{json.dumps(OBJECT)},\n oops",
            1,
            [
                ("line 3: From here on, this is no JSON: the rows after it are left out. "
                "Export the file anew.")
            ],
        ),
        (
            json.dumps([OBJECT | {"Author": ["a"]}, OBJECT]),
            1,
            ["line 1, Author: This is no text. Write one text, or name another key."],
        ),
        (
            json.dumps(OBJECT | {"Date": 1760443200000}),
            0,
            [
                ("line 1, Date: '1760443200000' is not a day that can be read in one way only. "
                "Write it as 2026-10-14, or as 2026-10-14T12:00:00Z.")
            ],
        ),
        (
            json.dumps(OBJECT | {"Author": None}),
            0,
            [
                ("line 1, Author: There is nothing in this column. "
                "Write the GitHub login of the one who did it.")
            ],
        ),
        ("[" * 100_000, 0, None),
        ('{"Author": ' * 50_000, 0, ["line 1: This is not JSON. Correct this line."]),
        (json.dumps([OBJECT]).replace("2026", "1" * 5000 + "2026"), 0, None),
    ],
)  # fmt: skip
def test_json(tmp_path: Path, text: str, good: int, told: list[str] | None) -> None:
    found = read(tmp_path, text, "grimoirelab.json")
    assert len(found.contributions) == good
    if told is None:
        assert len(found.problems) == 1
    else:
        where = "contributions/imports/grimoirelab.json, "
        assert [str(one) for one in found.problems] == [where + one for one in told]


def test_dots_lead_to_keys_inside(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(NESTED), "grimoirelab.json", columns=DOTTED)
    assert found.problems == ()
    assert [(one.by.login, one.title) for one in found.contributions] == [
        ("example-user-1", "Autumn meet-up")
    ]


_BAD_LINES = [_lines(bad) for bad in BAD.values()]


@settings(max_examples=many(300))
@given(
    st.lists(
        st.sampled_from([None, *_BAD_LINES])
        | st.binary(max_size=40).map(lambda one: one.replace(b"\n", b"").replace(b'"', b"")),
        max_size=12,
    )
)
def test_good_rows_are_kept_beside_whatever_bad_rows(
    tmp_path_factory: pytest.TempPathFactory, lines: Sequence[bytes | None]
) -> None:
    """None stands for a good row. Each has an address of its own."""
    whole = [HEADER.encode()]
    for number, line in enumerate(lines):
        good = row(Link=f"https://events.example/{number}").encode()
        whole.append(good if line is None else line)
    found = read(tmp_path_factory.mktemp("law"), b"\n".join(whole))
    kept = [f"https://events.example/{at}" for at, one in enumerate(lines) if one is None]
    assert [one.url for one in found.contributions] == kept
    for problem in found.problems:
        assert problem.place.line
        assert problem.remedy


_PIECES = st.sampled_from(
    [
        *(b",", b"\n", b"\r", b'"', b"[", b"{", b"}", b"]", b":", b"\x00", b"\xff", b"="),
        *(b"\\ud800", HEADER.encode(), GOOD.encode(), json.dumps(OBJECT).encode()),
    ]
)


@settings(max_examples=many(300))
@given(st.lists(_PIECES | st.binary(max_size=8), max_size=30), st.booleans())
def test_any_bytes_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, pieces: Sequence[bytes], as_json: bool
) -> None:
    name = "savannah.json" if as_json else "savannah.csv"
    content = b"".join(([] if as_json else [HEADER.encode(), b"\n"]) + list(pieces))
    found = read(tmp_path_factory.mktemp("law"), content, name)
    for one in found.contributions:
        assert one.url.startswith("https://")
        assert one.kind in {"event", "talk"}
    for problem in found.problems:
        assert str(problem).isprintable()


def test_an_export_that_program_yml_names_must_be_there(tmp_path: Path) -> None:
    policy = POLICY.replace("  claims: {folder: contributions}\n", SETTINGS)
    (tmp_path / "program.yml").write_text(policy, "utf-8")
    [problem] = validate([tmp_path / "program.yml"], TODAY)
    assert problem.place.field == "contribution.claims.imports[0].file"
    assert problem.message == "There is no file contributions/imports/savannah.csv."


def test_an_import_changes_no_month_by_itself() -> None:
    known = importing()
    without = replace(
        known, contribution=replace(known.contribution, claims=Claims(folder="contributions"))
    )
    assert policy_digest(known) == policy_digest(without)
