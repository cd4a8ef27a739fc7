"""Which months are run, and when the next run comes."""

from collections.abc import Mapping

import pytest

from builders import day, month
from community_partners.errors import UserError
from community_partners.rules.months_to_run import months_to_run, next_try, refuse_gap
from month_builders import OCTOBER

TODAY = day("2026-11-24")


def to_run(known: list[str], named: Mapping[str, str], *, preview: bool = False) -> list[str]:
    asked = {name: month(text) for name, text in named.items()}
    months = months_to_run(
        asked.get("asked"),
        asked.get("first"),
        asked.get("last"),
        tuple(map(month, known)),
        TODAY,
        preview=preview,
    )
    return list(map(str, months))


@pytest.mark.parametrize(
    ("why", "known", "named", "expected"),
    [
        ("the last closed month", [], {}, ["2026-10"]),
        ("after the one before", ["2026-08", "2026-09"], {}, ["2026-10"]),
        ("again, when it is there", ["2026-09", "2026-10"], {}, ["2026-10"]),
        ("making up for months that failed", ["2026-07"], {}, ["2026-08", "2026-09", "2026-10"]),
        ("a preview is no month", ["2026-10", "2026-11"], {}, ["2026-10"]),
        ("the one asked", ["2026-07"], {"asked": "2026-08"}, ["2026-08"]),
        (
            "a history",
            [],
            {"first": "2026-08", "last": "2026-10"},
            ["2026-08", "2026-09", "2026-10"],
        ),
        ("from one to the last closed", ["2026-10"], {"first": "2026-09"}, ["2026-09", "2026-10"]),
        ("up to one", ["2026-06"], {"last": "2026-08"}, ["2026-07", "2026-08"]),
        ("up to the first of all", [], {"last": "2026-08"}, ["2026-08"]),
        ("over a year's end", [], {"first": "2025-12", "last": "2026-01"}, ["2025-12", "2026-01"]),
    ],
)
def test_which_months(
    why: str, known: list[str], named: dict[str, str], expected: list[str]
) -> None:
    assert to_run(known, named) == expected, why


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"asked": "2026-11"}, "November 2026 has not ended yet"),
        ({"first": "2026-10", "last": "2026-11"}, "November 2026 has not ended yet"),
        ({"first": "2026-10", "last": "2026-08"}, "2026-10 comes after 2026-08"),
        ({"first": "2026-11"}, "2026-11 comes after 2026-10"),
    ],
)
def test_refused(named: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        to_run([], named)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({}, ["2026-11"]),
        ({"asked": "2026-11"}, ["2026-11"]),
        ({"asked": "2026-09"}, ["2026-09"]),
        ({"first": "2026-10"}, ["2026-10", "2026-11"]),
        ({"last": "2026-10"}, ["2026-10"]),
    ],
)
def test_an_open_month_can_be_looked_at(named: dict[str, str], expected: list[str]) -> None:
    assert to_run(["2026-08"], named, preview=True) == expected


@pytest.mark.parametrize(
    ("known", "first", "missing"),
    [
        ([], "2026-10", None),
        (["2026-09"], "2026-10", None),
        (["2026-09"], "2026-09", None),
        (["2026-10"], "2026-09", None),
        (["2026-07", "2026-08", "2026-11"], "2026-10", "2026-09"),
    ],
)
def test_no_month_is_left_out(known: list[str], first: str, missing: str | None) -> None:
    """Each month rests on the one before it."""
    there = tuple(map(month, known))
    if missing is None:
        refuse_gap(month(first), there)
        return
    with pytest.raises(UserError, match=rf"rankings/{missing}.json is missing.*--from {missing}"):
        refuse_gap(month(first), there)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-11-01", "on 2 November 2026"),
        ("2026-11-02", "on 3 November 2026"),
        ("2026-11-03", "on 4 November 2026"),
        ("2026-11-04", "on 5 November 2026"),
        ("2026-11-05", "on 26 November 2026"),
        ("2026-11-25", "on 26 November 2026"),
        ("2026-11-26", "on 2 December 2026"),
        ("2026-12-02", "Run it again when they answer."),
    ],
)
def test_the_next_try_is_the_schedule_s_for_the_last_closed_month_only(
    today: str, words: str
) -> None:
    assert words in next_try(OCTOBER, day(today))
