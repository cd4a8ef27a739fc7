"""The map in docs/architecture.md is true: its rooms, files, commands, events and hidden lines."""

import re
from pathlib import Path

import yaml

from community_partners.cli import partners
from test_layers import MAY_IMPORT, PACKAGE

ROOT = Path(__file__).parents[1]
MAP = (ROOT / "docs/architecture.md").read_text("utf-8")
FLAT = {"__init__", "__main__"}


def section(title: str) -> str:
    return MAP.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_it_is_a_page() -> None:
    assert len(MAP.splitlines()) <= 120


def test_the_rooms_are_those_of_the_code() -> None:
    rooms = {word for line in section("Rooms").split("```")[1].splitlines() for word in _left(line)}
    assert rooms == set(MAY_IMPORT) - FLAT


def _left(line: str) -> list[str]:
    """The names at the beginning of a line, before what is said of them."""
    names = []
    for word in line.split():
        if word not in MAY_IMPORT:
            break
        names.append(word)
    return names


def test_every_room_says_what_it_decides() -> None:
    told = set(re.findall(r"`([a-z_]+)(?:/|\.py)`", section("Rooms")))
    assert told >= set(MAY_IMPORT) - FLAT - {"cli", "commands", "settings", "errors"}


def test_files_that_are_named_are_there() -> None:
    for name in re.findall(r"`((?:[a-z_]+/)?[a-z_]+\.py)`", MAP):
        assert list(PACKAGE.rglob(name)) or (ROOT / name).is_file(), name


def test_events_start_the_commands_that_workflows_run() -> None:
    told = section("Events")
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        text = path.read_text("utf-8")
        if "uses: ./" not in text:
            continue
        assert path.name in told, path.name
        row = " ".join(line for line in told.splitlines() if path.name in line)
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job.get("steps", ()):
                if step.get("uses") == "./":
                    command = step.get("with", {}).get("command", "review")
                    assert f"`{command}" in row, (path.name, command)
    for name in partners.commands:
        assert f"`{name}" in told, name


KINDS = (
    r"Memory\(\s*kind=[\"']([a-z-]+)",
    r"_once\(\s*\"([a-z-]+)\"",
    r"(?:FAREWELL|MOVED) = \"([a-z-]+)\"",
    r"kind ?= ?f\"([a-z-]+) \{",
    r"return f\"(answer) \{",
    r"KIND = \"([a-z-]+)\"",
)
"""How the code writes the kinds of hidden lines."""


def test_each_kind_of_hidden_line_is_told() -> None:
    cells = re.findall(r"^\| (`.*?) \|", section("Hidden lines"), re.MULTILINE)
    told = {one.split()[0] for cell in cells for one in re.findall(r"`([^`]+)`", cell)}
    code = "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    written = {kind for pattern in KINDS for kind in re.findall(pattern, code)}
    assert told - {"kind"} == written
