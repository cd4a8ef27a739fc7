"""YAML from strangers: text as it was written, or a sentence with its line. Never a traceback."""

from decimal import Decimal

import pytest

from community_partners.errors import InvalidInputError
from community_partners.intake.yaml_document import DEEPEST, LARGEST, read_yaml
from community_partners.model.problem import Place


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("2025-01-15", "2025-01-15"),
        ("2026-01", "2026-01"),
        ("12:30", "12:30"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("<<", "<<"),
        ("'12'", "12"),
        (r"'\UFFFFFFFF'", r"\UFFFFFFFF"),
        ("12", 12),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("1e2", Decimal(100)),
        ("true", True),
        ("~", None),
        ("", None),
    ],
)
def test_a_scalar(written: str, read: object) -> None:
    found = read_yaml(f"it: {written}\n", "x.yml").data["it"]
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        pytest.param('a: 1\nb: "\\UFFFFFFFF"', 2, "an escape", id="no-such-character"),
        pytest.param('a: 1\nb: "\\U00110000"', 2, "an escape", id="one-past-the-last-character"),
        pytest.param(f"%YAML {'1' * 5000}.1\n---\na: 1", 1, "a %YAML version", id="huge-version"),
        pytest.param("a: \ud800", 1, "U+D800", id="half-a-character"),
        pytest.param("[" * 30_000, 1, f"more than {DEEPEST} deep", id="brackets"),
        pytest.param("- " * 30_000, 1, f"more than {DEEPEST} deep", id="dashes"),
        pytest.param("? {b: c}\n: d", 1, "must be a word", id="key-of-no-word"),
        pytest.param("a: 1\nb: 2\na: 3", 3, "after line 1", id="key-twice"),
        pytest.param("a: !!python/name:os.system", 1, "Tags", id="python-tag"),
        pytest.param("x" * (LARGEST + 1), 1, "65,537 bytes", id="one-byte-too-large"),
        pytest.param(b"a: 1\nb: \xff", 2, "not UTF-8", id="latin-1"),
    ],
)
def test_what_is_refused(content: str | bytes, line: int, sentence: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_yaml(content, "x.yml")
    [problem] = caught.value.problems
    assert problem.place == Place(document="x.yml", line=line)
    assert sentence in problem.message


def test_the_largest_and_the_deepest_are_still_read() -> None:
    assert read_yaml("x" * LARGEST, "x.yml").data == "x" * LARGEST
    assert read_yaml("[" * DEEPEST + "]" * DEEPEST, "x.yml").data


def test_a_missing_value_is_located_by_what_stands_around_it() -> None:
    document = read_yaml("team:\n  - name: Ada\n    github: ada\n", "x.yml")
    assert str(document.locate(("team", 0, "github"))) == "x.yml, line 3, team[0].github"
    assert str(document.locate(("team", 0, "since"))) == "x.yml, line 2, team[0].since"
    assert str(document.locate(("team", 5))) == "x.yml, line 1, team[5]"
