"""How many random cases a test tries: few by `make test`, more by `TIMES=50 make test`.

Each case has a number, from which it is made: the same number gives the same case. A test that
fails names the number. `TIMES=1/10` tries fewer, as `benchmarks/mutants.py` does.
"""

import os
import random
from collections.abc import Iterator
from fractions import Fraction

TIMES = Fraction(os.environ.get("TIMES", "1"))
PARTS = range(10)  # so that many processors share the cases


def many(usual: int) -> int:
    """How many cases a law tries; `usual`: how many `make test` tries."""
    return max(1, int(usual * TIMES))


def chances(usual: int, part: int) -> Iterator[tuple[int, random.Random]]:
    """The number and the chance of each case of a part; all parts have `usual` times TIMES.

    `usual`: how many `make test` tries.
    """
    each = int(usual * TIMES / len(PARTS))
    for number in range(part * each, (part + 1) * each):
        yield number, random.Random(number)  # noqa: S311  no secret
