"""No text of a stranger keeps a run busy: each reader grows with the length, and not faster."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import length_table as table
from community_partners.intake.applications import MOST_ENTRIES
from community_partners.intake.schema import schema_folder
from community_partners.model.length import LONGEST

SMALL, LARGE = 8 * table.KIB, 64 * table.KIB


@pytest.mark.parametrize("name", table.READERS)
def test_a_reader_grows_with_the_length(name: str, tmp_path: Path) -> None:
    """Seconds of this thread alone, the best of some tries: a busy machine changes little."""
    read = table.READERS[name]
    table.cost(read, "a", tmp_path)
    slow = {
        shape: told
        for shape, make in table.SHAPES.items()
        if (told := table.too_slow(read, make(SMALL), make(LARGE), tmp_path))
    }
    assert not slow


def test_a_square_is_too_slow(tmp_path: Path) -> None:
    def square(written: str, _: Path) -> object:
        return [written.count("b", at) for at in range(0, len(written), 8)]

    assert table.too_slow(square, "a" * SMALL, "a" * LARGE, tmp_path)


def test_a_shape_is_as_long_as_asked() -> None:
    for shape, make in table.SHAPES.items():
        size = len(make(LARGE).encode(errors="surrogatepass"))
        assert 0.8 * LARGE <= size <= LARGE, (shape, size)


def _schemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _schemas(inner)


@pytest.mark.parametrize("name", ["application", "claims", "partner", "program"])
def test_what_is_searched_has_a_length(name: str) -> None:
    """A text that no `maxLength` bounds would be looked at whole, and one above LONGEST by none."""
    whole = json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))
    for schema in _schemas(whole):
        if "pattern" in schema or schema.get("format") in (
            "plain-text",
            "plain-lines",
            "https-url",
        ):
            assert 0 < schema.get("maxLength", 0) <= LONGEST, schema


def test_no_list_of_an_application_is_longer() -> None:
    whole = json.loads((schema_folder() / "application.schema.json").read_text("utf-8"))
    lists = [one["maxItems"] for one in _schemas(whole) if one.get("type") == "array"]
    assert max(lists) == MOST_ENTRIES
