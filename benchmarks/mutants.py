"""How many faults in the rules the tests would notice: `python benchmarks/mutants.py`.

cosmic-ray makes the mutants: one small change of one place in `src/community_partners/rules/`, such
as `<` for `<=`. A seed draws places, and one change of each. Each mutant is tried in a copy of the
checkout with the tests that execute its line: the fastest first, until one fails. A mutant that
takes longer than its tests may, by a wide margin, counts as killed.

Left out are mutants that decide nothing: of annotations, of types that are given a name, of the
arguments of a decorator, of a bare star, of `zip`'s `strict`, of `cache`, `==` for `is` or the
other way round, and an order for `is`.
Random cases are fewer than in `make test`, and the same for each mutant.

Run by `make mutants`: cosmic-ray and coverage are in an environment of their own. `VERBOSE=1` shows
what pytest says.
"""

import argparse
import ast
import difflib
import json
import multiprocessing
import os
import random
import re
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import babel.numbers  # noqa: F401  what the tests import is imported once, before the forks
import cattrs  # noqa: F401
import coverage
import hypothesis.strategies  # noqa: F401
import jsonschema_rs  # noqa: F401
import pytest
import requests  # noqa: F401
import rich.console  # noqa: F401
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
TESTS = [
    *(f"tests/rooms/{room}" for room in ("rules", "words", "month", "prices")),
    *(f"tests/e2e/test_{one}.py" for one in ("check_journey", "doctor", "month_journey")),
]
RULES = "src/community_partners/rules"
NOT_COPIED = (".git", ".venv*", ".mypy_cache", ".ruff_cache", ".hypothesis", ".pytest_cache")
FORK = multiprocessing.get_context("fork")

# For members of an enumeration, None and small numbers `==` says the same as `is`, and an order by
# the letters says nothing.
SAME = re.compile(r"Eq_Is$|NotEq_IsNot$|Comparison.*_Is_(?!IsNot)|_IsNot_(?!Is$)")


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change. `place`: line and column; `occurrence`: cosmic-ray's number of the change."""

    path: str
    place: tuple[int, int]
    operator: str
    occurrence: int
    before: str = ""
    code: str = ""

    def __str__(self) -> str:
        line, column = self.place
        return f"{Path(self.path).name}:{line}:{column} {self.operator}"


@dataclass(frozen=True, kw_only=True)
class Test:
    """A test: the lines that it executed by path, and the processor's time for it, in seconds."""

    id: str
    seconds: float
    lines: dict[str, list[int]]


def decides_nothing(node: Any, operator: str) -> bool:
    """Whether a change of this node is left out."""
    if operator == "RemoveDecorator":
        return "cache" in node.get_code()
    steps = list(upward(node))
    types = [outer.type for _, outer in steps]
    names_a_type = "BitOr_" in operator and "funcdef" not in types
    bare_star = types[:1] == ["parameters"]
    declares = any(is_declaration(*step) for step in steps)
    return bool(SAME.search(operator)) or names_a_type or bare_star or declares


def upward(node: Any) -> Iterator[tuple[Any, Any]]:
    """Each node with the one around it, from the inside to the file."""
    while node.parent:
        yield node, node.parent
        node = node.parent


def is_declaration(node: Any, around: Any) -> bool:
    """Whether a node is an annotation, an argument of a decorator, or `strict=` of a call."""
    before = node.get_previous_sibling()
    sign = before.get_code().strip() if before else ""
    if around.type in {"tfpdef", "annassign", "funcdef"}:
        return sign == ("->" if around.type == "funcdef" else ":")
    strict = around.type == "argument" and around.get_first_leaf().value == "strict"
    return strict or around.type == "decorator"


def changes(path: str, code: str) -> Iterator[Mutant]:
    """Every change that cosmic-ray knows of a file, without the changed code."""
    nodes = list(ast_nodes(get_ast(code)))
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        made = operator()
        at = ((node, start) for node in nodes for start, _ in made.mutation_positions(node))
        for occurrence, (node, start) in enumerate(at):
            if not decides_nothing(node, short := name.removeprefix("core/")):
                yield Mutant(path=path, place=start, operator=short, occurrence=occurrence)


def drawn(seed: int, most: int, only: str) -> tuple[int, list[Mutant]]:
    """The number of places, and at most `most` mutants: one for each place that is drawn.

    `only`: a pattern in `str(mutant)`. Changes that give no valid code, or code that another
    drawn one gives, are passed over. A place keeps its lot when other lines change.
    """
    places: dict[tuple[str, str, int, int], list[Mutant]] = defaultdict(list)
    codes = {}
    for file in sorted((ROOT / RULES).glob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        codes[path] = file.read_text("utf-8")
        lines = codes[path].split("\n")
        for one in changes(path, codes[path]):
            line, column = one.place
            if re.search(only, str(one)):
                text, above = lines[line - 1], lines[: line - 1]
                places[path, text, above.count(text), column].append(one)
    lots = {place: random.Random(f"{seed} {place}") for place in places}  # noqa: S311  no secret
    found: dict[object, Mutant] = {}
    for place, chance in sorted(lots.items(), key=lambda lot: lot[1].random()):
        if len(found) >= most:
            break
        for one in chance.sample(places[place], len(places[place])):
            mutant = with_code(one, codes[one.path])
            if mutant and (one.path, mutant.code) not in found:
                found[one.path, mutant.code] = mutant
                break
    return len(places), list(found.values())


def with_code(mutant: Mutant, before: str) -> Mutant | None:
    """The mutant with its code; None for code that is not valid, or says the same."""
    code = mutate_code(before, get_operator(f"core/{mutant.operator}")(), mutant.occurrence)
    try:
        same = ast.dump(ast.parse(code)) == ast.dump(ast.parse(before))
    except SyntaxError:
        return None
    return None if same else replace(mutant, before=before, code=code)


class Collect:
    """Notes for each test its time, and which lines of the rules it executed."""

    def __init__(self, root: Path, part: int, parts: int) -> None:
        self.part, self.parts = part, parts
        self.seconds: Counter[str] = Counter()
        self.failed: list[str] = []
        self.coverage = coverage.Coverage(
            data_file=None, include=[f"{root / RULES}/*"], config_file=False
        )

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take this part's share of the files."""
        files = sorted({str(one.path) for one in items})
        mine = set(files[self.part :: self.parts])
        items[:] = [one for one in items if str(one.path) in mine]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Name the test to coverage while it runs, and note what it takes."""
        self.coverage.switch_context(item.nodeid)
        begun = time.process_time()
        yield
        self.seconds[item.nodeid] += time.process_time() - begun

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a test that fails."""
        if report.failed:
            self.failed.append(report.nodeid)

    def tests(self, root: Path) -> dict[str, Any]:
        """What was noted, as JSON holds it."""
        data = self.coverage.get_data()
        lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for file in data.measured_files():
            path = Path(file).relative_to(root).as_posix()
            for line, names in data.contexts_by_lineno(file).items():
                for name in names:
                    lines[name].setdefault(path, []).append(line)
        return {
            "failed": self.failed,
            "tests": [
                {"id": id_, "seconds": seconds, "lines": lines[id_]}
                for id_, seconds in self.seconds.items()
                if id_ in lines
            ],
        }


class Chosen:
    """Runs the chosen tests only, in the order in which they were chosen."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.rank = {id_: number for number, id_ in enumerate(ids)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort and drop."""
        items[:] = sorted(
            (one for one in items if one.nodeid in self.rank),
            key=lambda one: self.rank[one.nodeid],
        )


def run_pytest(root: Path, arguments: list[str], plugin: object) -> int:
    """Run pytest in a copy of the checkout, in a process of its own, without output."""
    os.chdir(root)
    os.environ["PYTHONPATH"] = str(root / "src")
    sys.path.insert(0, str(root / "src"))
    quiet = os.open(os.devnull, os.O_WRONLY)
    if not os.environ.get("VERBOSE"):
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
    )
    options = [
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--tb=no",
        "--hypothesis-profile=mutants",
    ]
    imported = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis, before the forks
    return int(pytest.main([*options, *imported, *arguments], plugins=[plugin]))


def collect_part(root: Path, tests: list[str], part: int, parts: int, to: Path) -> None:
    """Run a part of the tests, and write what they executed."""
    plugin = Collect(root, part, parts)
    with plugin.coverage.collect():
        run_pytest(root, tests, plugin)
    to.write_text(json.dumps(plugin.tests(root)), "utf-8")


def collect(roots: list[Path], tests: list[str], kept: Path | None) -> list[Test]:
    """The tests that execute a line of the rules, the fastest first.

    `kept`: the file that an earlier run wrote; it is written if there is none.
    """
    if kept and kept.exists():
        return [Test(**one) for one in json.loads(kept.read_text("utf-8"))]
    outs = [root.with_suffix(".json") for root in roots]
    started = [
        FORK.Process(target=collect_part, args=(root, tests, part, len(roots), out))
        for part, (root, out) in enumerate(zip(roots, outs, strict=True))
    ]
    for one in started:
        one.start()
    for one in started:
        one.join()
    parts = [json.loads(out.read_text("utf-8")) for out in outs]
    if failed := [id_ for part in parts for id_ in part["failed"]]:
        sys.exit("These tests fail without a mutant:\n" + "\n".join(failed))
    found = sorted((one for part in parts for one in part["tests"]), key=itemgetter("seconds"))
    if kept:
        kept.write_text(json.dumps(found), "utf-8")
    return [Test(**one) for one in found]


def tests_of(mutant: Mutant, tests: Iterable[Test], budget: float) -> list[Test]:
    """The tests that execute the mutant's line, as many as take `budget` seconds.

    Python counts some lines of a long statement to another one of it, and executes some at import
    only. For these, the tests that execute the statement are meant, or any line of the file.
    """
    those = [one for one in tests if mutant.path in one.lines]
    for lines in ({mutant.place[0]}, statement(mutant.before, mutant.place[0])):
        if these := [one for one in those if lines & set(one.lines[mutant.path])]:
            break
    else:
        these = those
    chosen, seconds = [], 0.0
    for one in these:
        seconds += one.seconds
        if seconds > budget:
            break
        chosen.append(one)
    return chosen


def statement(code: str, line: int) -> set[int]:
    """The lines of the innermost statement around a line, without those of its body."""
    around = [
        one
        for one in ast.walk(ast.parse(code))
        if isinstance(one, ast.stmt) and one.lineno <= line <= (one.end_lineno or one.lineno)
    ]
    if not around:
        return {line}  # a decorator
    inner = max(around, key=lambda one: one.lineno)
    body = getattr(inner, "body", None)
    return set(range(inner.lineno, body[0].lineno if body else (inner.end_lineno or line) + 1))


def try_mutant(root: Path, mutant: Mutant, ids: list[str]) -> None:
    """End with 0 if all tests pass, else with pytest's code."""
    sys.dont_write_bytecode = True  # of a mutant, which the next one would take for its own
    file = root / mutant.path
    for old in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        old.unlink()
    file.write_text(mutant.code, "utf-8")
    files = sorted({id_.split("::")[0] for id_ in ids})
    sys.exit(run_pytest(root, ["--exitfirst", *files], Chosen(ids)))


def outcomes(
    mutants: list[Mutant], tests: list[Test], roots: list[Path], budget: float
) -> Iterator[tuple[Mutant, str, int]]:
    """Each mutant with its outcome, and the number of tests that were chosen for it."""
    left = list(reversed(mutants))
    free, running = list(roots), []
    while left or running:
        while left and free:
            mutant, root = left.pop(), free.pop()
            chosen = tests_of(mutant, tests, budget)
            if not chosen:
                free.append(root)
                yield mutant, "no test", 0
                continue
            process = FORK.Process(target=try_mutant, args=(root, mutant, [t.id for t in chosen]))
            process.start()
            limit = time.monotonic() + 60 + 10 * sum(one.seconds for one in chosen)
            running.append((mutant, root, process, limit, len(chosen)))
        time.sleep(0.02)
        for one in list(running):
            mutant, root, process, limit, count = one
            late = time.monotonic() > limit
            if process.is_alive() and not late:
                continue
            if late:
                process.kill()
            process.join()
            (root / mutant.path).write_text(mutant.before, "utf-8")
            running.remove(one)
            free.append(root)
            outcome = "survived" if process.exitcode == 0 else "killed"
            yield mutant, "too long" if late else outcome, count


def show(mutant: Mutant, outcome: str, count: int) -> None:
    """Print a mutant that was not killed, with its lines before and after."""
    print(f"\n{outcome} ({count} tests): {mutant}")
    before, after = mutant.before.splitlines(), mutant.code.splitlines()
    for line in difflib.unified_diff(before, after, lineterm="", n=0):
        if line[0] in "+-" and line[:3] not in {"+++", "---"}:
            print("   ", line)
    sys.stdout.flush()


def main() -> None:
    """Print the mutants that survive, and how many were killed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("tests", nargs="*", default=TESTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument(
        "--only", default="", help="a pattern, such as plan.py:88 or NumberReplacer"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--budget", type=float, default=10, help="seconds of tests for a mutant")
    parser.add_argument(
        "--executed", type=Path, help="keep here what the tests executed, for later"
    )
    asked = parser.parse_args()
    os.environ.setdefault("TIMES", "1/10")
    begun = time.monotonic()
    places, mutants = drawn(asked.seed, asked.most, asked.only)
    print(f"{len(mutants)} mutants of {places} places", flush=True)
    counts: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        roots = [Path(folder) / str(number) for number in range(asked.jobs)]
        for root in roots:
            shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*NOT_COPIED))
        tests = collect(roots, asked.tests, asked.executed)
        print(f"{len(tests)} tests, after {time.monotonic() - begun:.0f} s", flush=True)
        for mutant, outcome, count in outcomes(mutants, tests, roots, asked.budget):
            counts[outcome] += 1
            if outcome not in {"killed", "too long"}:
                show(mutant, outcome, count)
    dead = counts["killed"] + counts["too long"]
    share = 100 * dead / max(1, len(mutants))
    print(f"\n{dead} of {len(mutants)} killed ({share:.1f} %) in {time.monotonic() - begun:.0f} s")
    print(", ".join(f"{outcome}: {count}" for outcome, count in counts.most_common()))


if __name__ == "__main__":
    main()
