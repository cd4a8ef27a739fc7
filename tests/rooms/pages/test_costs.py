"""How much work a site is: counted in calls, which are the same on each machine."""

import sys
from collections.abc import Sequence
from types import FrameType

import pytest

from builders import month, program
from community_partners.model.directory import Line
from community_partners.model.month import Month
from month_builders import partner, ranking, row
from site_world import directory, line, program_site_files

NAMES = [f"partner-{number}" for number in range(16)]
MONTHS = [month("2026-10") - back for back in range(6)]


def calls(partners: int, months: int, each: int) -> int:
    """How many functions a rendering calls. `each`: contributions of a partner in a month."""
    return len(_rendered(partners, months, each)[0])


def _rendered(partners: int, months: int, each: int) -> tuple[list[str], list[tuple[str, Month]]]:
    names = NAMES[:partners]
    shown = directory(
        *map(partner, names),
        months=[
            ranking(*(row(name, at + 1) for at, name in enumerate(names)), month=of)
            for of in MONTHS[:months]
        ],
        policy=program(),
    )
    asked: list[tuple[str, Month]] = []

    def lines(slug: str, of: Month) -> Sequence[Line]:
        asked.append((slug, of))
        return [line(f"{of}-{at + 1:02}", member=f"{slug}-1") for at in range(each)]

    called: list[str] = []

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        program_site_files(shown, lines)
    finally:
        sys.setprofile(before)
    return called, asked


@pytest.fixture(scope="module", autouse=True)
def _what_is_kept_is_there() -> None:
    """Templates, months and the like are made once in a process, whichever test is the first."""
    calls(16, 6, 20)


def test_each_contribution_is_read_once() -> None:
    asked = _rendered(8, 6, 5)[1]
    assert len(asked) == len(set(asked)) == 8 * 6


@pytest.mark.parametrize(
    ("sizes", "most"),
    [
        ([(4, 4, 4), (8, 4, 4), (16, 4, 4)], 5_000),  # for each partner more
        ([(8, 4, 5), (8, 4, 10), (8, 4, 20)], 32 * 70),  # for each contribution of 8 in 4 months
    ],
)
def test_twice_as_much_costs_twice_as_much(sizes: list[tuple[int, int, int]], most: int) -> None:
    few, twice, four_times = (calls(*size) for size in sizes)
    assert four_times - twice <= 2.05 * (twice - few)
    more = max(after - before for before, after in zip(sizes[0], sizes[1], strict=True))
    assert twice - few <= most * more


def test_a_month_more_costs_no_more_than_the_one_before_it() -> None:
    one, three, five = (calls(8, months, 4) for months in (1, 3, 5))
    assert five - three <= three - one
