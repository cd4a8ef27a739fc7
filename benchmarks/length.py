"""What a stranger's text costs by its length: `python benchmarks/length.py [--only WORDS]`.

Each parser, comparison and renderer of `tests/length_table.py` looks at each of the table's shapes,
at 4, 8, 16, 32 and 64 KiB. Printed is one row for each reader: its dearest shape at 64 KiB, with
the milliseconds of the processor, the best of TRIES, and the exponent from 4 to 64 KiB: 1 if twice
the text takes twice the time. OVER marks an exponent above 1.2, or more than 100 ms. An exponent is
not told if 64 KiB take less than 5 ms: the clock decides there, not the text.
"""

import argparse
import math
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import length_table as table  # noqa: E402  the tests' folder has to be found first

TRIES = 3
LARGEST = table.SIZES[-1]


def best(read: table.Read, written: str, folder: Path) -> float:
    return min(table.cost(read, written, folder) for _ in range(TRIES))


def row(name: str, read: table.Read, folder: Path) -> str:
    """The dearest shape of a reader: milliseconds at each size, and the exponent."""
    best(read, "a", folder)  # imports and tables, once
    costs = {shape: best(read, make(LARGEST), folder) for shape, make in table.SHAPES.items()}
    shape = max(costs, key=lambda one: costs[one])
    times = [best(read, table.SHAPES[shape](size), folder) for size in table.SIZES[:-1]]
    times.append(costs[shape])
    power = math.log(times[-1] / times[0]) / math.log(LARGEST / table.SIZES[0])
    slow = times[-1] > table.MOST_SECONDS
    told = f"{power:5.2f}" if times[-1] > table.TOO_QUICK else "    -"
    over = "  OVER" if slow or (times[-1] > table.TOO_QUICK and power > table.MOST_POWER) else ""
    figures = " ".join(f"{1000 * one:7.1f}" for one in times)
    return f"{name:26} {shape:26} {figures} {told}{over}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="", help="readers whose name has these words")
    only = options.parse_args().only
    sizes = " ".join(f"{size // 1024:4} KiB" for size in table.SIZES)
    print(f"{'reader, in milliseconds':26} {'dearest shape':26} {sizes} power")
    with TemporaryDirectory() as folder:
        for name, read in table.READERS.items():
            if only in name:
                print(row(name, read, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
