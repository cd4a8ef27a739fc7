"""Holds the map of docs/architecture.md: which room may import which, and what stays pure.

Imports run one way. Journeys do not know each other, nor do the rooms in the middle; what two of
them need lies below. A file without a room (`cli`, `settings`, ...) is a room of its own.
"""

import ast
import sys
from pathlib import Path

import pytest

import community_partners

PACKAGE = Path(community_partners.__file__).parent
BELOW = {"errors", "model", "settings", "stored", "hidden_line"}
MIDDLE = {
    *("intake", "github", "open_collective", "rates", "website", "checkout", "rules", "words"),
    "pages",
}
JOURNEYS = {"application", "admission", "claims", "month", "prices", "setup", "site"}
GATHERED = {"evidence", "publication", "directory"}
MAY_IMPORT = {
    "__init__": set(),
    "__main__": {"cli"},
    "cli": {"__init__", "commands", "errors", "words"},
    "commands": {*JOURNEYS, *MIDDLE, *BELOW, *GATHERED, "__init__", "wire"},
    **{journey: {*MIDDLE, *BELOW, *GATHERED, "wire"} for journey in JOURNEYS},
    "evidence": {*MIDDLE, *BELOW, "wire"},
    "publication": {*MIDDLE, *BELOW},
    "directory": {*MIDDLE, *BELOW},
    **{room: {*BELOW, "wire"} for room in MIDDLE},
    "rules": {"errors", "model"},
    "words": {"errors", "hidden_line", "model", "stored"},
    "pages": {"errors", "model", "stored"},
    "wire": {"model"},
    "hidden_line": {"model", "stored"},
    "stored": {"model"},
    "settings": {"errors"},
    "errors": {"model"},
    "model": set(),
}
IMPURE = {"os", "sys", "io", "pathlib", "time", "random", "socket", "subprocess", "logging"}
PURE = {"model", "rules"}
FILES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    """The first step from the package to a file."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[int, str]]:
    """(level, dotted name) of each import, nested ones too; a relative one keeps its level."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found.extend((node.level, name) for name in names)
        elif isinstance(node, ast.Import):
            found.extend((0, alias.name) for alias in node.names)
    return found


def _rooms(path: Path) -> set[str]:
    """The other rooms that a file imports."""
    depth = len(path.relative_to(PACKAGE).parts)
    targets = {
        _room(path) if level < depth else name.split(".")[0]
        for level, name in _imports(path)
        if level
    }
    flat = {"__init__" if name == "__version__" else name for name in targets}
    return flat - {_room(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    forbidden = _rooms(path) - MAY_IMPORT[_room(path)]
    assert not forbidden, f"{path.relative_to(PACKAGE)} imports {sorted(forbidden)}"
    assert all(not name.startswith("community_partners") for _, name in _imports(path))


def test_every_room_has_its_line() -> None:
    assert {_room(path) for path in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if _room(path) in PURE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_model_and_rules_are_pure(path: Path) -> None:
    """No network, disk, clock or environment: only harmless parts of the standard library."""
    for level, name in _imports(path):
        top = name.split(".")[0]
        if level == 0:
            assert top in sys.stdlib_module_names, f"{path.name} imports {top}"
            assert top not in IMPURE, f"{path.name} imports {top}"
    text = path.read_text(encoding="utf-8")
    for clock in (".today()", ".now(", "open("):
        assert clock not in text, f"{path.name} uses {clock}"


@pytest.mark.parametrize(
    ("reads", "where"),
    [
        ("os.environ", {"commands/wiring.py"}),
        (".now(", {"commands/wiring.py"}),
        (".today()", set()),
        ("time.time(", set()),
    ],
)
def test_one_file_reads_the_environment_and_the_clock(reads: str, where: set[str]) -> None:
    readers = {path for path in FILES if reads in path.read_text(encoding="utf-8")}
    assert {path.relative_to(PACKAGE).as_posix() for path in readers} == where
