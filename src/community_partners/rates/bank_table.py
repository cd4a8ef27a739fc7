"""The European Central Bank's reference rates as a table. Decides when the bank is asked for it.

The table that ships with the library first, then the one kept on disk; a new one where a day needs
it, and at most once a day: the bank publishes once, and a payment of today is read all day long.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from currency_converter import CurrencyConverter

from ..stored import keep
from ..wire.session import NoAnswerError, Session

SATURDAY = 5
LARGEST = 10_000_000  # bytes; the bank's history has a fifth of that, unpacked


@dataclass(frozen=True, kw_only=True)
class Bank:
    """Where the European Central Bank's history is fetched, and the folder that keeps it."""

    session: Session
    url: str
    cache: Path | None


def shipped() -> CurrencyConverter:
    """The table of the library: every currency that the bank quotes, up to its release."""
    return CurrencyConverter(decimal=True)


def fresh_table(
    bank: Bank, table: CurrencyConverter, newest: date, today: date
) -> tuple[CurrencyConverter, NoAnswerError | None]:
    """`table`, or a fresher one where the day `newest` needs it; and why none could be had."""
    if knows(table, newest):
        return table, None
    asked, kept = _newest_kept(bank.cache)
    if kept is not None and (asked >= file_name(today) or knows(kept, newest)):
        return kept, None
    try:
        return _download(bank, today), None
    except NoAnswerError as error:
        return kept or table, error


def file_name(day: date | str) -> str:
    """Of the table that is kept; `day`: on which the bank was asked."""
    return f"eurofxref-hist-{day}.zip"


def positive(number: str | int) -> Decimal:
    """A rate. Raises ValueError or ArithmeticError for what cannot be one."""
    rate = Decimal(number)
    if not 0 < rate < Decimal("Infinity"):
        raise ValueError(number)
    return rate


def knows(table: CurrencyConverter, day: date) -> bool:
    """No working day has passed between the table's last day and `day`."""
    last = _last_day(table)
    after = (last + timedelta(days=later) for later in range(1, (day - last).days + 1))
    return not any(one.weekday() < SATURDAY for one in after)


def _last_day(table: CurrencyConverter) -> date:
    last: date = table.bounds["USD"].last_date
    return last


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(file_name("*")))


def _newest_kept(folder: Path | None) -> tuple[str, CurrencyConverter | None]:
    """The file's name and its table; None where there is none, or it is damaged."""
    with suppress(OSError, IndexError):
        if folder is not None:
            newest = _files(folder)[-1]
            return newest.name, _read(newest.read_bytes())
    return "", None


def _read(content: bytes) -> CurrencyConverter | None:
    """The table in a zip file; None where it is something else."""
    table = CurrencyConverter(None)
    table.cast = positive
    try:
        with ZipFile(BytesIO(content)) as archive:
            [file] = archive.infolist()
            if file.file_size > LARGEST:
                return None
            table.load_lines(archive.read(file).decode("utf-8").splitlines())
    except Exception:  # noqa: BLE001  both libraries pass on whatever a bad file raises
        return None
    return table if "USD" in table.currencies else None


def _download(bank: Bank, today: date) -> CurrencyConverter:
    response = bank.session.get(bank.url)
    if response.status_code != 200 or len(response.content) > LARGEST:
        raise NoAnswerError(f"{bank.session.name} did not give its rates.")
    table = _read(response.content)
    if table is None:
        raise NoAnswerError(f"{bank.session.name} sent something that is not its rates.")
    if bank.cache is not None:
        older = _files(bank.cache)
        keep(bank.cache / file_name(today), response.content)
        with suppress(OSError):
            for file in older:
                if file.name != file_name(today):
                    file.unlink()
    return table
