"""Reads and writes Big Mac prices: the shipped table, and the publisher's file.

This module decides which rows can be right. The rules decide which required amounts follow.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.numbers import list_currencies

from ..errors import InvalidInputError
from ..model.day import day_of
from ..model.money import Money
from ..model.month import Month
from ..model.prices import EURO_AREA, UNITED_STATES, Edition, Price, PriceTable, Territory
from ..model.problem import MOST, Place, Problem, quoted
from .countries import by_code, known_code

COLUMNS = ("day", "country", "currency", "price", "per_dollar")
_PUBLISHER = dict(
    zip(COLUMNS, ("date", "iso_a3", "currency_code", "local_price", "dollar_ex"), strict=True)
)
# The values of this column are not used. Only the index has the column; the publisher's source data
# lacks it, and must not be taken, since it has rows for members of the euro area.
_PUBLISHER["in_dollars"] = "dollar_price"
_OWN = dict(zip(COLUMNS, COLUMNS, strict=True))
# Python also takes other scripts' digits, `_` between digits, and `Infinity`, for numbers.
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,6})?"
)
_CORRECT_IT = "Correct the row, or ask the publisher of the file."
_THE_FILE = "Take output-data/big-mac-raw-index.csv of TheEconomist/big-mac-data."


def shipped_table() -> Path:
    """Return the path of the price table that this package ships."""
    return Path(str(files("community_partners") / "data" / "big-mac-prices.csv"))


@cache
def load_prices() -> PriceTable:
    """Read the shipped tables, once. Raises InvalidInputError for rows that can't be right."""
    path = shipped_table()
    text = path.read_text(encoding="utf-8")
    return PriceTable(
        editions={edition.name: edition for edition in _editions(text, path.name, _OWN)},
        euro_since={
            row["country"]: day_of(row["joined"]) for row in _beside(path, "euro-area.csv")
        },
        territories={
            row["territory"]: Territory(by_code(row["state"]), row["currency"])
            for row in _beside(path, "territories.csv")
        },
    )


def _beside(path: Path, name: str) -> Iterator[dict[str, str]]:
    """Return the rows of another table that this package ships."""
    return csv.DictReader(io.StringIO((path.parent / name).read_text(encoding="utf-8")))


def read_publisher_csv(text: str, document: str, newest: date) -> tuple[Edition, ...]:
    """Return the publisher's editions after the month of `newest`, the earliest first.

    `text`: the publisher's `big-mac-raw-index.csv`. `document`: the file's name, for problems.
    Raises InvalidInputError with all rows of these editions that can't be right.
    """
    return _editions(text, document, _PUBLISHER, newest)


def write_prices(editions: Iterable[Edition]) -> str:
    """Return the text of the shipped table, sorted by day and country.

    The same editions give the same bytes.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for edition in sorted(editions, key=lambda edition: edition.day):
        for country, price in sorted(edition.prices.items()):
            money = price.price
            writer.writerow(
                [edition.day, country, money.currency, f"{money.amount:f}", f"{price.per_dollar:f}"]
            )
    return out.getvalue()


def _editions(
    text: str, document: str, columns: Mapping[str, str], newest: date = date.min
) -> tuple[Edition, ...]:
    found: dict[date, dict[str, Price]] = {}
    problems: list[Problem] = []
    for line, row in _rows(text, document, columns):
        if len(problems) == MOST - 1:
            message = f"{len(text.splitlines()) - line + 1:,} more lines were not looked at."
            problems.append(_problem(document, line, message, "Correct those above first."))
            break
        try:
            day = day_of(row["day"])
            if Month.of(day) > Month.of(newest):
                _add(found.setdefault(day, {}), row)
        except ValueError as error:
            problems.append(_problem(document, line, str(error)))
    problems = problems or [_problem(document, None, message) for message in _gaps(found)]
    if problems:
        raise InvalidInputError(tuple(problems))
    return tuple(
        Edition(name=str(Month.of(day)), day=day, prices=prices)
        for day, prices in sorted(found.items())
    )


def _rows(
    text: str, document: str, columns: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number of each row, and its values by our column names."""
    # Spreadsheet programs write a byte order mark, and end lines in different ways.
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        places = {name: at for at, name in enumerate(next(reader, ()))}
        missing = sorted(set(columns.values()) - places.keys())
        if missing:
            message = f"It has no column {', '.join(missing)}."
            raise InvalidInputError((_problem(document, 1, message, _THE_FILE),))
        wanted = [(name, places[column]) for name, column in columns.items()]
        for read in filter(None, reader):
            yield (
                reader.line_num,
                {name: read[at] if at < len(read) else "" for name, at in wanted},
            )
    except csv.Error:
        problem = _problem(document, reader.line_num, "This is not a line of CSV.", _THE_FILE)
        raise InvalidInputError((problem,)) from None


def _gaps(found: Mapping[date, Mapping[str, Price]]) -> Iterator[str]:
    """Yield what is wrong with an edition as a whole, though each of its rows can be right."""
    days: dict[Month, date] = {}
    for day, prices in sorted(found.items()):
        for code in (UNITED_STATES, EURO_AREA):
            if code not in prices:
                yield f"The edition of {day} has no price for {code}."
        first = days.setdefault(Month.of(day), day)
        if first != day:
            yield f"{Month.of(day).title} has two editions, of {first} and {day}."


def _add(prices: dict[str, Price], row: dict[str, str]) -> None:
    """Add a row to `prices`. Raises ValueError with a sentence for a row that can't be right."""
    country, currency = row["country"], row["currency"]
    if country in prices:
        raise ValueError(f"{country} stands twice in the edition of {row['day']}.")
    if country != EURO_AREA and not known_code(country):
        raise ValueError(f"{quoted(country)} is not the code of a country.")
    if currency not in list_currencies():
        raise ValueError(f"{quoted(currency)} is not the code of a currency.")
    if country == UNITED_STATES and currency != "USD":
        raise ValueError(f"The price of {country} is in {currency}, not in USD.")
    prices[country] = Price(
        price=Money(_positive("price", row["price"]), currency),
        per_dollar=_positive("exchange rate", row["per_dollar"]),
    )


def _positive(what: str, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"The {what} {quoted(text)} is not a number.")
    number = Decimal(text)
    if number <= 0:
        raise ValueError(f"The {what} {text} can't be right: it must be above zero.")
    # No currency needs more than 12 digits. A much larger number would fill the memory when it is
    # written out.
    if abs(number.adjusted()) > 12:
        raise ValueError(f"The {what} {text} can't be right: it is far too large or too small.")
    return number


def _problem(document: str, line: int | None, message: str, remedy: str = _CORRECT_IT) -> Problem:
    return Problem(place=Place(document=document, line=line), message=message, remedy=remedy)
