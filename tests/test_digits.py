"""Digits are ASCII: another script's compare otherwise, though Python takes them for numbers."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import community_partners
from builders import TODAY
from community_partners.errors import UserError
from community_partners.intake.price_table import read_publisher_csv
from community_partners.intake.schema import fits, schema_folder
from community_partners.intake.schema_problems import found
from community_partners.intake.yaml_document import read_yaml
from community_partners.model.day import day_in, day_of
from community_partners.model.money import Money
from community_partners.model.month import Month
from community_partners.model.problem import Place
from community_partners.wire.answers import big_integer, utc_day
from hostile_input import RECORDS, SCRIPTS

PACKAGE = Path(community_partners.__file__).parent
SCHEMAS = sorted(schema_folder().glob("*.json"))
# Classes that mean other scripts' letters on purpose, where a country's name or a title is read.
MEANT = {"[^\\w]+", "[\\W_]+"}
ANY_SCRIPT = re.compile(r"\\[dDwWbB]")
NUMBERS = {"isdigit", "isdecimal", "isnumeric", "fromisoformat"}
"""What takes any script's digits, or more ways to write a day than ours."""
READERS = {"day.py", "answers.py", "stored.py"}
"""`day.py` reads a day that it has matched; the others read moments, of platforms or ours."""


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def _patterns() -> Iterator[tuple[str, str, str]]:
    """File, pattern and flags of each call of `re`; a part that is filled in is left out."""
    for path, call in _calls():
        if ast.unparse(call.func).startswith("re.") and call.args:
            parts = [one for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)]
            pattern = "".join(str(one.value) for one in parts)
            rest = [*call.args[1:], *(one.value for one in call.keywords)]
            yield path.name, pattern, " ".join(map(ast.unparse, rest))


def test_no_pattern_of_the_code_takes_other_scripts() -> None:
    found = {
        (name, pattern)
        for name, pattern, flags in _patterns()
        if (ANY_SCRIPT.search(pattern) or "IGNORECASE" in flags)
        and "ASCII" not in flags
        and pattern not in MEANT
    }
    assert not found


def test_no_pattern_of_a_schema_does() -> None:
    def patterns(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (one for one in [value.get("pattern")] if isinstance(one, str))
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, dict | list):
                yield from patterns(inner)

    for path in SCHEMAS:
        for pattern in patterns(json.loads(path.read_text("utf-8"))):
            assert not re.search(r"\\[dDwWbBsS]", pattern), f"{path.name}: {pattern}"


def test_days_and_numbers_are_read_in_one_place() -> None:
    found = {
        path.name
        for path, call in _calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in NUMBERS
    }
    assert found <= READERS


def _in(script: str, text: str) -> str:
    return "".join(script[int(one)] if one in "0123456789" else one for one in text)


ASKED: dict[str, tuple[Callable[[str], object], str]] = {
    "a day": (day_of, "2026-11-24"),
    "a month": (Month.parse, "2026-10"),
    "an amount": (Money.parse, "USD 100.50"),
    "a moment": (utc_day, "2026-11-24T00:00:00Z"),
    "a number": (big_integer, "12"),
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("what", ASKED)
def test_other_digits_are_no_digits(what: str, script: str) -> None:
    read, text = ASKED[what]
    read(text)
    with pytest.raises(ValueError):  # noqa: PT011  a sentence or Python's own
        read(_in(script, text))


@pytest.mark.parametrize(
    "text",
    [
        *("0000-01-01", "0001-01-01", "0999-12-31", "3000-01-01", "9999-12-31", "10000-01-01"),
        *("20261124", "2026-W48-2", "2026-328", "2026-11-24 ", "2026-11-24\n", "+026-11-24"),
    ],
)
def test_no_day(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize("text", ["0000-02", "0001-01", "0999-12", "3000-01", "9999-12", "2026-1"])
def test_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(text)


@pytest.mark.parametrize("day", ["1000-01-01", "2999-12-31"])
def test_months_around_a_day_are_months(day: str) -> None:
    month = Month.of(day_of(day))
    assert (month - 36).first_day < (month + 36).last_day


PLACES = {"applications": "application", "partners": "partner", "program.yml": "program"}


def _numbers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each text with a digit, but for words: names, titles, addresses, logins."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        if isinstance(one, dict | list):
            yield from _numbers(one, (*path, key))
        elif isinstance(one, str) and re.fullmatch(r"([A-Z]{3} )?[0-9][0-9.-]*", one):
            yield (*path, key)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("folder", PLACES)
def test_both_readers_of_a_record_refuse_them(folder: str, script: str) -> None:
    name = PLACES[folder]
    whole = read_yaml(RECORDS[folder][-1], "a.yml").data
    assert fits(whole, name)
    paths = [path for path in _numbers(whole) if path[0] != "policy" or path[-1] == "date"]
    assert paths
    for path in paths:
        data = read_yaml(RECORDS[folder][-1], "a.yml").data
        inside = data
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = _in(script, inside[path[-1]])
        assert not fits(data, name), path
        assert found(data, schema_folder() / f"{name}.schema.json", lambda _: Place(document="a"))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("row", ["2027-01-01,USA,USD,5.69,{},1", "2027-01-01,USA,USD,{},1,1", "{}"])
def test_a_price_table_refuses_them(row: str, script: str) -> None:
    head = "date,iso_a3,currency_code,local_price,dollar_ex,dollar_price"
    two, day = _in(script, "2"), _in(script, "2027-01-01")
    line = row.format(two) if "," in row else f"{day},USA,USD,5,1,1"
    with pytest.raises(UserError, match="is not a"):
        read_publisher_csv(f"{head}\n{line}\n", "a.csv", TODAY)
