"""Annotations in a log: ten commands at most, and not one more, whoever wrote the words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.model.problem import Place, Problem
from community_partners.words.annotations import MOST, annotations

PATH = "applications/acme.yml"
HEAD = f"::error file={PATH},line=3,title=Partner application::"


def problem(document: str = PATH, line: int | None = 3, message: str = "No.") -> Problem:
    return Problem(place=Place(document=document, line=line), message=message, remedy="Mend it.")


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (problem(), f"{HEAD}No. Mend it."),
        (problem(line=None), f"::error file={PATH},line=1,title=Partner application::No. Mend it."),
        (
            problem("this pull request", None),
            "::error title=Partner application::this pull request: No. Mend it.",
        ),
        (
            problem("a,b:c%.md"),
            "::error file=a%2Cb%3Ac%25.md,line=3,title=Partner application::No. Mend it.",
        ),
        (
            problem(message="100% ::set-output name=x::y ##[add-mask]z"),
            f"{HEAD}100%25 :\u200b:set-output name=x:\u200b:y ##\u200b[add-mask]z Mend it.",
        ),
        (
            problem(message="a\r\n::warning::b"),
            f"{HEAD}a\\r\\n:\u200b:warning:\u200b:b Mend it.",
        ),
    ],
)
def test_a_problem_on_its_line(one: Problem, line: str) -> None:
    assert annotations([one], {PATH, "a,b:c%.md"}) == (line,)


def test_ten_at_most() -> None:
    lines = annotations([problem(line=number) for number in range(1, 30)], {PATH})
    assert len(lines) == MOST == 10
    assert "line=10," in lines[-1]


@given(st.text(), st.text())
def test_whatever_was_written_is_one_error(document: str, message: str) -> None:
    [line] = annotations([problem(document, message=message)], {document})
    found = re.fullmatch(r"::error ([^:\n\r]*)::([^\n\r]*)", line)
    assert found
    assert "::" not in found[2]
    assert "##[" not in line
    names = [one.split("=")[0] for one in found[1].split(",")]
    assert names in (["file", "line", "title"], ["title"])
