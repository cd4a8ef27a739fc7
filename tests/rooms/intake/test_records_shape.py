"""Values at the edge of what an application may say: each takes the place of a right one."""

import time
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY
from community_partners.errors import InvalidInputError
from community_partners.intake.applications import build_application
from community_partners.intake.plain_text import trouble
from community_partners.intake.records import validate
from community_partners.intake.yaml_document import read_yaml

SCHEMAS = Path(__file__).parents[2] / "schemas"
ACME = (SCHEMAS / "application" / "valid" / "acme.yml").read_text(encoding="utf-8")


def problems(**changes: Any) -> list[str]:
    """What is told of the valid application after these changes."""
    document = read_yaml(ACME, "acme.yml")
    try:
        build_application(document.data | changes, document.locate, TODAY)
    except InvalidInputError as error:
        return [problem.message for problem in error.problems]
    return []


def member(**changes: str) -> list[dict[str, str]]:
    return [{"name": "Ada Example", "github": "example-user-1", "since": "2025-01-15"} | changes]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"team": member(github="example-user-1\n")}, "is not right", id="login"),
        pytest.param({"slug": "acme\n"}, "is not right", id="slug"),
        pytest.param({"team": member(since="2025-W03-3")}, "is not a day", id="week"),
        pytest.param({"team": member(since="20250115")}, "is not a day", id="day-without-hyphens"),
        pytest.param({"team": member(until="2099-01-01")}, "is in the future", id="until"),
        pytest.param({"team": member(name="   ")}, "nothing but spaces", id="spaces"),
        pytest.param({"contact": "https://.."}, "not a plain address", id="no-host"),
        pytest.param({"contact": "https://acme"}, "not a plain address", id="no-domain"),
        pytest.param({"contact": "https://[::1"}, "not a plain address", id="broken-host"),
        pytest.param({"contact": "https://acme.example:99999"}, "not a plain address", id="port"),
        pytest.param({"contact": "https://ac\u200cme.example"}, "not a plain address", id="joiner"),
    ],
)
def test_refused(changes: dict[str, Any], told: str) -> None:
    [message] = problems(**changes)
    assert told in message


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"contact": "https://www.youtube.com/@acme"}, id="at-in-an-address"),
        pytest.param({"contact": "https://acmé.example/a::b"}, id="international-host"),
        pytest.param({"team": member(github="ada_acme")}, id="enterprise-login"),
        pytest.param({"team": member(until=str(TODAY))}, id="leaves-today"),
        pytest.param({"description": "Write to us: hello@acme.example, any day."}, id="e-mail"),
    ],
)
def test_taken(changes: dict[str, Any]) -> None:
    assert problems(**changes) == []


@pytest.mark.parametrize("entry", [{"a": 1}, 1], ids=["mappings", "numbers-and-text"])
def test_a_list_that_is_too_long_is_told_once_and_soon(entry: object) -> None:
    services = [f"service {number}" if number % 2 else entry for number in range(9000)]
    began = time.process_time()
    assert problems(services=services) == ["This has 9000 entries: at most 20 fit."]
    assert time.process_time() - began < 2, "entry by entry it would be many seconds"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ac\u200bme", "U+200B"),
        ("Ac\u200cme", "U+200C"),
        ("\u200d\u200d", "U+200D"),
        ("نمی\u200c", "U+200C"),
        ("\u3164\u3164", "U+3164"),
        ("\u2800", "U+2800"),
        ("a\u202eb", "U+202E"),
        ("a\rb", "U+000D"),
        ("a\x85b", "U+0085"),
        ("(@everyone)", "@everyone"),
        (".@everyone", "@everyone"),
        ("-@acme/team", "@acme/team"),
        ("< script>", "< script>"),
        ("  ::add-mask::x", '"::"'),
    ],
)
def test_no_plain_text(text: str, told: str) -> None:
    found = trouble(text, lines=True)
    assert found
    assert told in found[0]


@pytest.mark.parametrize(
    "text", ["نمی\u200cخواهم", "क्\u200dष", "a@b.example", "1 < 2", "C::D", "❤\ufe0f", "日本"]
)
def test_plain_text(text: str) -> None:
    assert trouble(text, lines=False) is None


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("contributions/x.yml", "3 is not a list"),
        ("partners/x.yml", "'accepted' is missing"),
        ("applications/x.yml", "not known here"),
        ("program.yml", "not known here"),
    ],
)
@pytest.mark.parametrize("named", ["the record", "its folder", "the root"])
def test_validate_finds_a_record_however_it_is_named(
    tmp_path: Path, record: str, told: str, named: str
) -> None:
    path = tmp_path / record
    path.parent.mkdir(exist_ok=True)
    path.write_text("claims: 3\n")
    given = {"the record": path, "its folder": path.parent, "the root": tmp_path}[named]
    assert told in "\n".join(map(str, validate([given], TODAY)))
