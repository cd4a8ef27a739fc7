"""Adds the publisher's newer editions to the price table, for `partners prices update`.

Only editions after the newest one in the table are added. The publisher changes old editions later,
above all the price of the United States, but an edition in our table never changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from ..errors import UserError
from ..intake import countries
from ..intake.price_table import load_prices, read_publisher_csv, shipped_table, write_prices
from ..intake.records import headquarters
from ..intake.yaml_document import read_text
from ..model.country import Country
from ..model.prices import EURO_AREA, Edition, PriceTable
from ..model.program import Program
from ..model.verdict import Required
from ..rules.required_amount import NoAmount, required_amount
from ..settings import BIG_MAC_PRICES
from ..wire.judgment import NoAnswerError
from ..wire.session import Session

LARGEST = 5_000_000  # bytes; the publisher's file has a tenth of that
_INSTEAD = "Download the file and name it with --from."


@dataclass(frozen=True, kw_only=True, slots=True)
class AmountChange:
    """A country's required amount by the program's edition and by the newest one.

    `organizations`: the applicants and partners with headquarters there.
    """

    country: Country
    organizations: tuple[str, ...]
    now: Required | NoAmount
    then: Required | NoAmount


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceUpdate:
    """The new `editions`, the whole `table` with them, and the amounts that would change."""

    editions: tuple[Edition, ...]
    table: PriceTable
    changes: tuple[AmountChange, ...]


def publisher_csv(
    source: Path | None, session: Session, url: str = BIG_MAC_PRICES
) -> tuple[str, str]:
    """Return the text of the publisher's file, and its name for people.

    `source`: a file on disk; if None, `url` is fetched. Raises UserError with another way to get
    the prices if that fails.
    """
    if source is not None:
        return read_text(source), str(source)
    try:
        response = session.download(url)
    except NoAnswerError as error:
        raise UserError(f"{error} {_INSTEAD}") from error
    if response.status_code != 200:
        raise UserError(f"{url} did not give the prices (HTTP {response.status_code}). {_INSTEAD}")
    if len(response.content) > LARGEST:
        raise UserError(f"{url} is larger than any list of prices. {_INSTEAD}")
    return response.content.decode("utf-8", errors="replace"), url


def plan_update(text: str, document: str, program: Program, root: Path) -> PriceUpdate:
    """Return what the publisher's file adds. `root`: the folder of the program's records.

    `text`, `document`: as from `publisher_csv`. Raises InvalidInputError for new rows that can't be
    right.
    """
    table = load_prices()
    newest = max(edition.day for edition in table.editions.values())
    fresh = read_publisher_csv(text, document, newest)
    editions = {**table.editions, **{edition.name: edition for edition in fresh}}
    grown = replace(table, editions=editions)
    named = fresh[-1].name if fresh else None
    changes = changes_by(named, program, grown, headquarters(root)) if named else ()
    return PriceUpdate(editions=fresh, table=grown, changes=changes)


def changes_by(
    edition: str, program: Program, table: PriceTable, organizations: Mapping[str, list[str]]
) -> tuple[AmountChange, ...]:
    """Return the amounts that would change if program.yml named `edition`, sorted by country code.

    `organizations`: names of applicants and partners by country code.
    """
    return tuple(_changes(program, table, edition, organizations))


def describe_update(update: PriceUpdate) -> str:
    """Return lines on the new editions and on each country whose amount would change."""
    if not update.editions:
        return (
            f"No edition after {max(update.table.editions)}: nothing to do. Editions at hand stay "
            "as they were first published, even where the publisher has restated them."
        )
    names = ", ".join(edition.name for edition in update.editions)
    newest = f"New: {names}. If program.yml names {update.editions[-1].name},"
    if not update.changes:
        return f"{newest} no required amount changes."
    return "\n".join([f"{newest} a month costs", *(f"  {_line(one)}" for one in update.changes)])


def apply_update(update: PriceUpdate, path: Path | None = None) -> None:
    """Write the table, by default the shipped one. The edition in program.yml stays as it is.

    Raises UserError if the table cannot be written, for example in a folder of the system.
    """
    if not update.editions:
        return
    target = path or shipped_table()
    try:
        target.write_text(write_prices(update.table.editions.values()), encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror}. Run this in a checkout of your own."
        ) from error


def _changes(
    program: Program, table: PriceTable, edition: str, organizations: Mapping[str, list[str]]
) -> Iterable[AmountChange]:
    priced = [code for one in table.editions.values() for code in one.prices]
    decided = [entry.country.code for entry in program.comparable_countries]
    # The line of its state says the same of a territory, unless somebody's headquarters are there.
    following = table.territories.keys() & organizations.keys()
    for code in sorted({*priced, *table.euro_since, *decided, *following} - {EURO_AREA}):
        country = countries.by_code(code)
        now = required_amount(country, program, table)
        then = required_amount(country, program, table, edition)
        if amount_in_words(now) != amount_in_words(then):
            names = tuple(_printable(name) for name in organizations.get(code, ()))
            yield AmountChange(country=country, organizations=names, now=now, then=then)


def _printable(name: object) -> str:
    """Return a name without characters that could control a terminal.

    Records are read here without their schema, so a name may be of any type.
    """
    return "".join(letter for letter in str(name) if letter.isprintable())


def amount_in_words(found: Required | NoAmount) -> str:
    return str(found.amount) if isinstance(found, Required) else "no price"


def percent(change: AmountChange) -> str | None:
    """Return a change such as `+8.1 %`; None if the currencies differ or an amount is missing."""
    now, then = change.now, change.then
    if not (isinstance(now, Required) and isinstance(then, Required)) or not now.amount.amount:
        return None
    if now.amount.currency != then.amount.currency:
        return None
    return f"{(then.amount.amount / now.amount.amount - 1) * Decimal(100):+.1f} %"


def _line(change: AmountChange) -> str:
    now, then = amount_in_words(change.now), amount_in_words(change.then)
    more = percent(change)
    text = f"{change.country.name}: {now} now, {then} then{f' ({more})' if more else ''}"
    return f"{text}: {', '.join(change.organizations)}" if change.organizations else text
