"""Which pushes can have brought applications."""

import json
from pathlib import Path
from typing import Any

import pytest

from community_partners.errors import UserError
from community_partners.intake.event import Ignored
from community_partners.intake.push_event import PushEvent, read_push

BEFORE, AFTER = "a" * 40, "b" * 40
PUSH = {
    "ref": "refs/heads/main",
    "before": BEFORE,
    "after": AFTER,
    "repository": {"full_name": "project/partners", "default_branch": "main"},
}


def read(path: Path, payload: Any, name: str | None = "push") -> PushEvent | Ignored:
    file = path / "event.json"
    file.write_text(payload if isinstance(payload, str) else json.dumps(payload))
    return read_push(name, file)


def test_a_push_to_the_default_branch(tmp_path: Path) -> None:
    assert read(tmp_path, PUSH) == PushEvent(before=BEFORE, after=AFTER)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"ref": "refs/heads/draft"}, "push"),
        ({"ref": "refs/tags/main"}, "push"),
        ({"before": "0" * 40}, "push"),
        ({"after": "0" * 40}, "push"),
        ({}, "workflow_dispatch"),
    ],
)
def test_what_admits_nobody(tmp_path: Path, change: dict[str, str], name: str) -> None:
    assert isinstance(read(tmp_path, {**PUSH, **change}, name), Ignored)


@pytest.mark.parametrize(
    "payload",
    [
        "{",
        "[]",
        {},
        {**PUSH, "repository": None},
        {**PUSH, "before": "--output=x"},
        {**PUSH, "after": "main"},
    ],
)
def test_what_is_no_push(tmp_path: Path, payload: Any) -> None:
    with pytest.raises(UserError, match="is not the payload of a push"):
        read(tmp_path, payload)


@pytest.mark.parametrize(("name", "path"), [(None, Path("x")), ("push", None)])
def test_outside_of_a_workflow(name: str | None, path: Path | None) -> None:
    with pytest.raises(UserError, match="names the FILEs"):
        read_push(name, path)
