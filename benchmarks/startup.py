"""How long a command takes from its start to its end, as a whole process: `make benchmark`.

Prints the least, the median and the greatest of several runs. Figures, not a test: a busy machine
gives other ones.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RUNS = 7
COMMANDS = {
    "partners --help": ["--help"],
    "partners required INDIA": ["required", "INDIA"],
    "partners check, stored evidence": [
        *("check", "examples/applications/brightwater.yml"),
        *("--program", "examples/program.yml"),
        *("--evidence", "examples/evidence/brightwater.json"),
    ],
}


def seconds(arguments: list[str]) -> list[float]:
    """One figure for each run, after one that is not counted."""
    figures = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        command = [sys.executable, "-m", "community_partners", *arguments]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
        figures.append(time.perf_counter() - start)
    return sorted(figures[1:])


def main() -> None:
    print(f"{'command':34}{'least':>8}{'median':>8}{'most':>8}  (seconds, {RUNS} runs)")
    for name, arguments in COMMANDS.items():
        figures = seconds(arguments)
        print(f"{name:34}{figures[0]:8.2f}{median(figures):8.2f}{figures[-1]:8.2f}")


if __name__ == "__main__":
    main()
