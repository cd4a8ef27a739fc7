"""Filled forms in, applications or exact sentences out. Each case is a folder of `forms/`."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from community_partners.errors import InvalidInputError
from community_partners.intake.form_application import (
    application_of,
    form_submission,
    read_form,
    read_member,
    without_bullet,
)
from community_partners.intake.yaml_document import read_yaml, write_yaml
from community_partners.model.problem import Place
from program_folder import FORM, ROOT, body

TODAY = date(2026, 11, 24)
CASES = sorted((Path(__file__).parent / "forms").iterdir())


def expected_of(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


VALID = [case for case in CASES if "application" in expected_of(case)]


def body_of(case: Path) -> str:
    return (case / "body.md").read_text(encoding="utf-8")


def outcome(body: str) -> dict[str, Any]:
    """The mapping that a file would hold, or all the sentences."""
    try:
        form = read_form(body, FORM)
        application_of(form, TODAY, None)
    except InvalidInputError as error:
        return {"problems": [str(problem) for problem in error.problems]}
    return {"application": form.data}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_submission_is_the_same_read_once(case: Path) -> None:
    found = form_submission("A title", body_of(case), FORM, TODAY, None)
    said = outcome(body_of(case))
    assert [str(problem) for problem in found.problems] == said.get("problems", [])
    assert found.data == said.get("application", {})
    assert (found.title, found.application is None) == ("A title", "problems" in said)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_form(case: Path, newline: str) -> None:
    assert outcome(body_of(case).replace("\n", newline)) == expected_of(case)


def test_application_has_what_the_form_says_and_where() -> None:
    form = body(country="Germany", team="\n- Ada Example, @example-user-1, 2025-01-15")
    application = application_of(read_form(form, FORM), TODAY, None)
    assert (application.slug, application.country.code) == ("acme-gmbh", "DEU")
    member = application.team[0]
    assert (member.github, member.since) == ("example-user-1", date(2025, 1, 15))
    line = form.split("\n").index("- Ada Example, @example-user-1, 2025-01-15") + 1
    assert member.place == Place(document="the form", line=line, field="Team members, line 1")


@pytest.mark.parametrize("case", VALID, ids=lambda case: str(case.name))
def test_written_as_a_file_it_reads_back(case: Path) -> None:
    """By a reader of YAML 1.2 (ours) and one of YAML 1.1 (PyYAML's)."""
    data = read_form(body_of(case), FORM).data
    text = write_yaml(data)
    assert text.endswith("\n")
    assert list(yaml.safe_load(text)) == list(data), "keys keep their order"
    assert read_yaml(text, "acme.yml").data == yaml.safe_load(text) == data


@pytest.mark.parametrize("word", ["no", "NO", "on", "y", "12:30", "1_000", "1e3", "0x1F", "=", "~"])
def test_words_that_yaml_would_take_for_something_else(word: str) -> None:
    data = read_form(body(services=word, country=word), FORM).data
    text = write_yaml(data)
    assert read_yaml(text, "acme.yml").data == yaml.safe_load(text) == data


@given(st.dictionaries(st.sampled_from([field.id for field in FORM]), st.text(max_size=200)))
def test_strangers_get_a_value_or_sentences(answers: dict[str, str]) -> None:
    told = outcome(body(**answers))
    assert told.keys() == {"application"} or told["problems"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- Hosting", "Hosting"),
        ("  * Hosting ", "Hosting"),
        ("2) Hosting", "Hosting"),
        ("-", ""),
        ("24/7 support", "24/7 support"),
        ("-50% for schools", "-50% for schools"),
        ("3D models", "3D models"),
    ],
)
def test_bullets(line: str, text: str) -> None:
    assert without_bullet(line) == text


BELA = {"name": "Bela", "github": "example-user-2", "since": "2024-06-01"}
ENDED = {**BELA, "until": "2026-08-31"}


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("Bela, example-user-2, 2024-06-01", BELA),
        ("Bela, example-user-2, 2024-06-01, 2026-08-31", ENDED),
        ("Bela, example-user-2, 2024-06-01, not listed", {**BELA, "listed": False}),
        ("Bela, @example-user-2, 2024-06-01, 2026-08-31, Not  Listed", {**ENDED, "listed": False}),
    ],
)
def test_a_line_of_the_team(line: str, member: dict[str, Any]) -> None:
    assert read_member(line) == member


@pytest.mark.parametrize(
    "line", ["not listed", "Bela, not listed", "Bela, x, not listed, 2024-06-01, y"]
)
def test_no_line_of_the_team(line: str) -> None:
    with pytest.raises(ValueError, match="parts"):
        read_member(line)


def test_the_example_in_the_form_is_one_that_it_takes() -> None:
    form = yaml.safe_load(
        (ROOT / ".github/ISSUE_TEMPLATE/partner-application.yml").read_text("utf-8")
    )
    [team] = [one["attributes"] for one in form["body"] if one.get("id") == "team"]
    told = [read_member(line) for line in team["placeholder"].splitlines()]
    assert [one.get("listed", True) for one in told] == [True, False]
