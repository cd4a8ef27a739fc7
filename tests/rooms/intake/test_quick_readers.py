"""The quick readers of YAML and of schemas: where they answer, the careful ones say the same."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from community_partners.errors import InvalidInputError
from community_partners.intake.schema import fits, problems, schema_file
from community_partners.intake.schema_problems import found
from community_partners.intake.yaml_document import Document, read_quickly, read_yaml
from community_partners.model.problem import Place
from example_world import EXAMPLES

RECORDS = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("**/*.yml"))]
PIECES = (
    *" \n\t:-#,[]{}?!&*|>'\"%@`~.0aé\r\0\a\x1b\x7f\x80\x85\xa0\u2028\u2029\ufeff\ufffe",
    *(
        "\r\n",
        "\n  ",
        "\n- ",
        "- ",
        "? ",
        ": ",
        "---",
        "...",
        "''",
        '""',
        "|-",
        "|2",
        ">+",
        "%YAML",
    ),
    *("{a: b}", "{a:b}", "[a, b]", "[a:b]", "a: b", "?a", ":a", "-a", "a#b", "a #b", "null", "no"),
    *(
        "1:20",
        "2026-01",
        "0x1f",
        "1e3",
        ".5",
        "\\x41",
        "\\U00110000",
        "\U0001f600",
        "<<: x",
        "a: 1",
    ),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A piece of a record, changed in a few places; or pieces of YAML alone."""
    lines = draw(st.sampled_from(RECORDS)).split("\n")
    first, number = draw(st.integers(0, len(lines))), draw(st.integers(0, 12))
    text = "\n".join(lines[first : first + number])
    for _ in range(draw(st.integers(0, 6))):
        at, gone = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + gone :]
    return text


def carefully(text: str) -> Document | None:
    """What PyYAML's own parser reads; None if it refuses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("community_partners.intake.yaml_document.read_quickly", lambda *_: None)
        try:
            return read_yaml(text, "a.yml")
        except InvalidInputError:
            return None


@given(texts())
def test_quick_yaml_is_careful_yaml(text: str) -> None:
    quick = read_quickly(text, "a.yml")
    if quick is not None:
        careful = carefully(text)
        assert careful is not None
        assert (repr(quick.data), quick.lines) == (repr(careful.data), careful.lines)


@pytest.mark.parametrize("text", RECORDS)
def test_records_are_read_quickly(text: str) -> None:
    assert read_quickly(text, "a.yml") is not None


def test_libyaml_is_there() -> None:
    assert yaml.__with_libyaml__


def of_examples() -> Iterator[tuple[str, Any]]:
    for folder, name in (("partners", "partner"), ("applications", "application")):
        for path in sorted((EXAMPLES / folder).glob("*.yml")):
            if path.stem != "elderflower":  # whose application has mistakes
                yield name, read_yaml(path.read_text("utf-8"), path.name).data
    for path in sorted((EXAMPLES / "rankings").glob("????-??.json")):
        yield "ranking", json.loads(path.read_text("utf-8"))
    for path in sorted((EXAMPLES / "evidence").glob("*.json")):
        kind = "month-evidence" if path.stem.startswith("20") else "evidence"
        yield kind, json.loads(path.read_text("utf-8"))


VALUES: list[tuple[str, Any]] = list(of_examples())


@pytest.mark.parametrize(("name", "data"), VALUES)
def test_what_is_right_is_known_at_once(name: str, data: Any) -> None:
    assert fits(data, name)


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 11.0, 1.5, 10**30, Decimal(11), Decimal("11.0"), "", "a\n"),
    *("2026-02-30", "2026-W03-3", "2026-01", "２０２６-01", "half \ud83d", "USD 0", "USD 100\n"),
    *("https://..", "https://a.example", "http://a.example", "a\x1b", [], {}, [1, 1], [1, True]),
    *({"a": 1}, ["a", "a"], [{"a": 1}, {"a": 1.0}], "x" * 5000),
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, Any]:
    """One of these values, with an odd value in one place, or a key more or less."""
    name, data = draw(st.sampled_from(VALUES))
    copy = whole = json.loads(json.dumps(data))
    odd = draw(st.sampled_from(ODD))
    while True:
        keys = list(copy) if isinstance(copy, dict) else list(range(len(copy)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if isinstance(copy[key], dict | list) and draw(st.integers(0, 5)):
            copy = copy[key]
            continue
        if draw(st.integers(0, 3)):
            copy[key] = odd
        elif isinstance(copy, dict):
            copy["surprise" if draw(st.booleans()) else "name"] = odd
        else:
            copy.append(odd)
        break
    return name, whole


@given(changed())
def test_what_is_known_at_once_has_no_problem(one: tuple[str, Any]) -> None:
    name, data = one

    def locate(_: object) -> Place:
        return Place(document="a")

    assert problems(data, name, locate) == found(data, schema_file(name), locate)
