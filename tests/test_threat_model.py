"""docs/threat-model.md: each threat has its guard, and each guard a test that exists."""

import ast
import re

import pytest

from program_folder import ROOT

TEXT = (ROOT / "docs/threat-model.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith("| threat ")
]
PROOFS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_each_threat_has_its_guard_and_its_proof(row: list[str]) -> None:
    _, guard, proof = row
    assert guard
    assert re.fullmatch(r"(`tests/\S+\.py::\w+`(, )?)+", proof)


@pytest.mark.parametrize(("file", "name"), PROOFS)
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "uv.txt"])
def test_what_is_installed_is_locked_by_hash(name: str) -> None:
    """Each requirement has its version and hashes, and whatever installs them insists on these."""
    text = (ROOT / "requirements" / name).read_text("utf-8").replace("\\\n", " ")
    locked = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert locked
    for line in locked:
        assert re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
    scripts = "".join((ROOT / file).read_text("utf-8") for file in ("action.yml", "Makefile"))
    installing = [
        line
        for line in scripts.replace("\\\n", " ").splitlines()
        if re.search(rf"pip (install|sync).*requirements/{name}", line)
    ]
    assert installing
    assert all("--require-hashes" in line for line in installing)


def test_nothing_is_built_where_the_tokens_are() -> None:
    """What builds a package runs its code, with tools that no hash is asked of."""
    action = (ROOT / "action.yml").read_text("utf-8").replace("\\\n", " ")
    [line] = re.findall(r"uv pip .*", action)
    assert "--only-binary :all:" in line
