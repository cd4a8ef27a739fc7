"""The example program is what the real command makes of an invented world: nothing in it is typed.

`BLESS=1` writes the months and the evidence that ship anew; look at the difference.
"""

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from example_world import EXAMPLES, fill
from program_folder import ProgramFolder

EVIDENCE = Path("evidence/2026-10.json")
COMMITTED = [
    Path(f"rankings/2026-{month}.{ending}")
    for month in ("07", "08", "09")
    for ending in ("contributions.jsonl", "json", "repositories.json")
]
PAGE = Path("rankings/README.md")


def test_what_ships_is_what_the_command_makes(program_folder: ProgramFolder) -> None:
    root = program_folder.path / "lantern"
    shutil.copytree(EXAMPLES, root, ignore=shutil.ignore_patterns("rankings", "2026-*.json"))
    fill(program_folder.github, program_folder.open_collective)
    program = ("--program", "lantern/program.yml")
    for month in (("--from", "2026-07", "--to", "2026-09"), ("2026-10", "--dry-run")):
        saved = ("--save-evidence", f"lantern/{EVIDENCE}") if "2026-10" in month else ()
        ran = program_folder.run("month", *month, *program, *saved, "--today", "2026-11-26")
        assert ran.code == 0, ran.err
    if os.environ.get("BLESS"):
        _bless(root)
    for file in (*COMMITTED, PAGE):
        assert (root / file).read_text("utf-8") == (EXAMPLES / file).read_text("utf-8"), file
    assert _directory(root) == _directory(EXAMPLES)
    assert _facts(root / EVIDENCE) == _facts(EXAMPLES / EVIDENCE)


def _directory(root: Path) -> dict[str, str]:
    """The partners' pages and badges."""
    return {path.name: path.read_text("utf-8") for path in (root / "directory").iterdir()}


def _bless(root: Path) -> None:
    shutil.rmtree(EXAMPLES / "directory", ignore_errors=True)
    shutil.copytree(root / "directory", EXAMPLES / "directory")
    (EXAMPLES / "rankings").mkdir(exist_ok=True)
    for file in (*COMMITTED, PAGE):
        (EXAMPLES / file).write_text((root / file).read_text("utf-8"), "utf-8")
    told = json.dumps(_facts(root / EVIDENCE), indent=2, sort_keys=True, ensure_ascii=False)
    (EXAMPLES / EVIDENCE).write_text(told + "\n", "utf-8")


def _facts(path: Path) -> Any:
    """Evidence without the moments of asking and the loopback's address."""
    return _at_one_moment(json.loads(path.read_text("utf-8")))


def _at_one_moment(data: Any) -> Any:
    if isinstance(data, list):
        return [_at_one_moment(one) for one in data]
    if not isinstance(data, dict):
        return data
    found = {key: _at_one_moment(value) for key, value in data.items()}
    if "asked_at" in found:
        found["asked_at"] = "2026-11-26T05:17:00+00:00"
        found["url"] = re.sub(r"http://127\.0\.0\.1:\d+", "https://api.github.com", found["url"])
    return found
