"""Writes the pull requests for newer prices: one for the price table, one for the program.

Decides their words only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..hidden_line import Memory
from ..model.pull_request import OwnPull
from .escape import text
from .reply import LONGEST

_MARK = str(Memory(kind="prices"))  # tells our pull requests from people's
MOST = 100  # rows; few more countries have a price
NAMES = (300, 80)  # characters of names in a row: the first with which the text fits


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceRow:
    """A country whose required amount changes, and its organizations.

    `now`, `then`: the amounts, or words for a missing one. `percent`: the change; None if the
    amounts cannot be compared.
    """

    organizations: tuple[str, ...]
    country: str
    now: str
    then: str
    percent: str | None


def table_pull(editions: Sequence[str], base: str) -> OwnPull:
    """Return the pull request that adds editions to the price table.

    `editions`: names of the new editions, the earliest first, at least one. `base`: the branch to
    change.
    """
    names = ", ".join(editions)
    newer = "a newer edition" if len(editions) == 1 else "newer editions"
    theirs = "its" if len(editions) == 1 else "their"
    return OwnPull(
        head=f"price-table-{editions[-1]}",
        base=base,
        title=f"Big Mac prices of {names}",
        body=f"{_MARK}The publisher has {newer} of the Big Mac index: {names}. This adds "
        f"{theirs} prices to the table; editions that are there already stay as they were first "
        "published.\n"
        "\nNobody's required amount changes by that: it follows the edition that program.yml "
        "names, and another one is proposed by a pull request of its own.\n",
    )


def edition_pull(
    now: str, then: str, rows: Sequence[PriceRow], others: int, base: str, program_file: str
) -> OwnPull:
    """Return the pull request that changes a program's price edition from `now` to `then`.

    `rows`: the countries whose amount changes and that have applicants or partners. `others`: how
    many other countries change. `base`: the branch to change.
    """
    told = [
        "\n".join(_lines(now, then, rows, others, program_file, names)) + "\n" for names in NAMES
    ]
    return OwnPull(
        head=f"price-edition-{then}",
        base=base,
        title=f"Required amounts by edition {then} of the Big Mac index",
        body=_MARK + next((one for one in told if len(_MARK + one) <= LONGEST), told[-1]),
    )


def _lines(
    now: str, then: str, rows: Sequence[PriceRow], others: int, program_file: str, names: int
) -> Iterator[str]:
    yield (
        f"The Big Mac index has an edition {then}; {text(program_file)} uses {now}. Once this pull "
        "request is merged, the newer prices hold for applications. To keep the present "
        "prices, close this pull request: it is proposed only once."
    )
    yield ""
    if rows:
        yield "| Organization | Headquarters | A month now | Then | Change |"
        yield "|---|---|--:|--:|--:|"
    for row in rows[:MOST]:
        cells = (row.country, row.now, row.then, row.percent or "")
        yield f"| {text(', '.join(row.organizations), names)} | {' | '.join(map(text, cells))} |"
    if rows:
        yield ""
    yield _elsewhere(rows, others)
    yield ""
    yield (
        "**Partners keep their terms** until `sponsorship.partner_editions` says from which month "
        "this edition applies to those who were accepted before. If they are to follow, add that "
        "to this pull request, and tell them in time."
    )


def _elsewhere(rows: Sequence[PriceRow], others: int) -> str:
    if not rows and not others:
        return "No required amount changes."
    whose = "another country" if others == 1 else f"{others} other countries"
    if not rows:
        return f"Amounts change in {whose}, and no applicant or partner of this program is there."
    return f"Amounts change in {whose} as well." if others else "No other amount changes."
