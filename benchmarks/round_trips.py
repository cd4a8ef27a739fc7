"""This build beside another one, on the same server: `python benchmarks/round_trips.py`.

`--base FOLDER` names the checkout of the other build, which has its own `.venv`; without it only
this build is measured. `--only TEXT` takes the scenarios whose name has the text in it.

Each scenario runs `partners` as a whole process against the fakes of `tests/fakes`, which answer
each request after 100 ms; requests that come together wait together. The builds take turns: A, B,
A, B, three times, or once where that takes minutes. Each run has a new world and an empty cache.
Printed is the least of the runs, since a busy machine only adds:

- requests to all servers, and the points of GraphQL that GitHub charges for them;
- trips: how often one after the other was waited for a server, which is the longest chain of
  requests none of which came before the one before it was answered;
- seconds on the wall, with the start of Python.

Months are written, and not committed: the builds publish in different ways.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from trip_scenarios import SCENARIOS, Measured, Scenario
from trip_worlds import ROOT, World

from fakes.server import Request


@dataclass(frozen=True, kw_only=True)
class Build:
    """A checkout, and the Python in which it is installed."""

    root: Path
    python: Path

    def run(self, world: World, *arguments: str) -> str:
        """`partners ...` in a world; returns all that it said. Exits if it fails."""
        given = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        outputs = world.path / "outputs"
        outputs.write_text("", "utf-8")
        ended = subprocess.run(  # noqa: S603  our own arguments
            [self.python, "-m", "community_partners", *arguments],
            cwd=world.path,
            env={**given, "HOME": str(world.path), **world.environ},
            capture_output=True,
            text=True,
            check=False,
        )
        said = f"{ended.stdout}{ended.stderr}{outputs.read_text('utf-8')}"
        if ended.returncode:
            sys.exit(f"{self.root}: {' '.join(arguments)} ended with {ended.returncode}:\n{said}")
        return said

    def measure(self, scenario: Scenario, delay: float) -> Measured:
        """One run in a new world."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            world = World(path=folder, limits=self.root == ROOT)
            for server in world.servers:
                stack.enter_context(server)
            scenario.world(world, lambda *arguments: self.run(world, *arguments))
            points = world.github.spent
            for server in world.servers:
                server.requests.clear()
                server.spans.clear()
                server.delay = lambda _: delay
            start = time.perf_counter()
            said = self.run(world, *scenario.command)
            seconds = time.perf_counter() - start
            if scenario.says not in said:
                sys.exit(f"{self.root}: {scenario.name}: not done:\n{said}")
            return Measured(
                requests=sum(len(server.requests) for server in world.servers),
                trips=trips(span for server in world.servers for span in server.spans),
                seconds=seconds,
                points=world.github.spent - points,
                lists=sum(map(begins_list, world.github.requests)),
            )


def trips(spans: Iterable[tuple[float, float]]) -> int:
    """The longest chain of spans, each of which began after the one before it had ended."""
    count, ended = 0, float("-inf")
    for came, answered in sorted(spans, key=lambda span: span[1]):
        if came >= ended:
            count, ended = count + 1, answered
    return count


def begins_list(request: Request) -> bool:
    """Tell whether a request to GitHub begins a list of issues, which a later page does not."""
    if request.path != "/graphql":
        first = request.query.get("page", "1") == "1"
        return request.method == "GET" and request.path.endswith("/issues") and first
    later = any(str(value).startswith("cursor:") for value in request.variables.values())
    asked = request.variables.get("issuesAsked", True)
    return bool(asked and re.search(r"\bissues\s*\(", request.body["query"])) and not later


def row(scenario: Scenario, ours: Measured, base: Measured | None) -> str:
    """A line of the table."""
    shown = f"{scenario.name:34}"
    if base is not None:
        ratios = (
            f"{getattr(ours, of) / getattr(base, of):9.2f}" if getattr(base, of) else f"{'-':>9}"
            for of in ("requests", "seconds")
        )
        shown += f"{base}{ours}{''.join(ratios)}"
    else:
        shown += f"{ours}"
    return f"{shown}  {scenario.target.verdict(ours, base) if scenario.target else ''}".rstrip()


def heading(*, compared: bool) -> str:
    columns = f"{'requests':>9}{'trips':>7}{'points':>8}{'seconds':>8}"
    if not compared:
        return f"{'':34}{columns}"
    builds = f"{'':34}{'the other build':>32}{'this build':>32}{'ratio of':>18}"
    return f"{builds}\n{'':34}{columns}{columns}{'requests':>9}{'seconds':>9}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--base", type=Path, help="the checkout of the build to compare with")
    parser.add_argument("--only", default="", help="a part of the names of scenarios")
    parser.add_argument("--pairs", type=int, default=3, help="runs of each build")
    parser.add_argument("--delay", type=float, default=0.1, help="seconds before each answer")
    asked = parser.parse_args()
    builds = [Build(root=ROOT, python=Path(sys.executable))]
    if asked.base:
        root = asked.base.absolute()
        builds.insert(0, Build(root=root, python=root / ".venv/bin/python"))
    print(heading(compared=bool(asked.base)), flush=True)
    for scenario in SCENARIOS:
        if asked.only in scenario.name:
            runs = [
                [build.measure(scenario, asked.delay) for build in builds]
                for _ in range(min(asked.pairs, scenario.pairs))
            ]
            *base, ours = (Measured.least(column) for column in zip(*runs, strict=True))
            print(row(scenario, ours, base[0] if base else None), flush=True)


if __name__ == "__main__":
    main()
