"""`benchmarks/round_trips.py` measures what it says, and its scenarios run.

The other scripts take too long to run here. Each one compiles, and finds what it imports from us.
"""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from fakes.bank import FakeBank

ROOT = Path(__file__).parents[1]
FILE = ROOT / "benchmarks/round_trips.py"
SCRIPTS = [*sorted(ROOT.glob("benchmarks/*.py")), *sorted(ROOT.glob("docs/images/*.py"))]


def test_the_scripts_that_the_makefile_runs_are_there() -> None:
    named = set(re.findall(r"(?:benchmarks|docs/images)/\w+\.py", (ROOT / "Makefile").read_text()))
    assert len(named) >= 10
    assert named <= {str(one.relative_to(ROOT)) for one in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_finds_what_it_imports_from_us(script: Path) -> None:
    tree = ast.parse(script.read_text("utf-8"), script)
    compile(tree, script, "exec")
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    older = {id(node) for one in handlers for node in ast.walk(one)}  # names of earlier builds
    for node in ast.walk(tree):
        if id(node) in older:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "community_partners"
        ):
            module = importlib.import_module(str(node.module))
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                assert hasattr(module, name.name) or importlib.util.find_spec(whole), whole


@pytest.fixture
def round_trips(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(FILE.parent)
    return importlib.import_module(FILE.stem)


def test_a_scenario_is_a_row() -> None:
    command = [sys.executable, str(FILE), "--only", "members, warm", "--pairs", "1", "--delay", "0"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    _, row = ran.stdout.splitlines()
    assert re.fullmatch(r"check, 10 members, warm +[1-9]\d* +[1-9]\d* +[1-9]\d* +\d+\.\d", row)


def test_trips_are_waited_for_one_after_the_other(round_trips: Any) -> None:
    first, beside_it, later = (0.0, 1.0), (0.5, 1.5), (1.0, 2.0)
    assert round_trips.trips([]) == 0
    assert round_trips.trips([beside_it, first]) == 1
    assert round_trips.trips([later, first, beside_it]) == 2


@pytest.mark.parametrize(("at_once", "expected"), [(1, 3), (3, 1)])
def test_requests_that_come_together_wait_together(
    round_trips: Any, at_once: int, expected: int
) -> None:
    with FakeBank() as fake, ThreadPoolExecutor(at_once) as pool:
        fake.delay = lambda _: 0.2
        get: Callable[[str], object] = requests.get
        list(pool.map(get, [fake.url] * 3))
        assert (len(fake.requests), round_trips.trips(fake.spans)) == (3, expected)


@pytest.mark.parametrize(
    ("ratio", "figure", "other", "expected"),
    [
        (False, 2, None, "met: 2"),
        (False, 3, None, "OVER: 3"),
        (True, 3, None, "target: "),
        (True, 3, 6, "met: 0.5"),
        (True, 4, 6, "OVER: 0.667"),
    ],
)
def test_a_target_is_met_or_over(
    round_trips: Any, ratio: bool, figure: int, other: int | None, expected: str
) -> None:
    scenarios = importlib.import_module("trip_scenarios")

    def measured(trips: int) -> Any:
        return scenarios.Measured(requests=9, trips=trips, seconds=1, points=1, lists=0)

    target = scenarios.Target(of="trips", limit=0.5 if ratio else 2, ratio=ratio)
    said = target.verdict(measured(figure), measured(other) if other else None)
    assert said.startswith(expected)
