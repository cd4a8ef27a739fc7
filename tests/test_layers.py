"""The rooms and who may enter which: imports run one way, and rules stay pure."""

import ast
import sys
from pathlib import Path

import pytest

import community_partners

PACKAGE = Path(community_partners.__file__).parent
LEAVES = {"errors", "settings", "stored", "__version__"}
MAY_IMPORT = {
    "model": {"model"},
    "wire": {"wire", "model"},
    "rules": {"rules", "model", "errors"},
    "intake": {"intake", "model", "wire"} | LEAVES,
    "sources": {"sources", "model", "wire"} | LEAVES,
    "output": {"output", "model", "wire"} | LEAVES,
}
IMPURE = {"os", "sys", "io", "pathlib", "time", "random", "socket", "subprocess", "logging"}
STANDARD_ONLY = {"model", "rules"}
FILES = [path for path in sorted(PACKAGE.glob("*/*.py")) if path.parent.name != "commands"]


def _imports(path: Path) -> list[tuple[int, str]]:
    """(level, dotted name) of each import; a relative one keeps its level."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or node.names[0].name))
        elif isinstance(node, ast.Import):
            found.extend((0, alias.name) for alias in node.names)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    for level, name in _imports(path):
        target = {0: name, 1: room, 2: name.split(".")[0]}[level]
        if level:
            assert target in MAY_IMPORT[room], f"{path.name} imports {target}"


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(PACKAGE).parts[0] in STANDARD_ONLY],
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


def test_only_the_wiring_reads_the_environment_and_the_clock() -> None:
    for reads in ("os.environ", "now(UTC).date()"):
        readers = [path.name for path in PACKAGE.rglob("*.py") if reads in path.read_text()]
        assert readers == ["wiring.py"]
