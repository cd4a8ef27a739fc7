"""Load the European Central Bank's reference rates, and decide when the bank is asked for new ones.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
The table of the library comes first, then the table that is kept on disk. If a payment's day needs
a newer table, it is downloaded, but at most once a day: the bank publishes once a day, and without
that limit a payment of today would cause a download in every run.
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
from ..wire.judgment import NoAnswerError
from ..wire.session import Session

SATURDAY = 5
LARGEST = 10_000_000  # bytes; the bank's unpacked history has a fifth of that


@dataclass(frozen=True, kw_only=True)
class Bank:
    """The address of the European Central Bank's rates, and the folder that keeps them."""

    session: Session
    url: str
    cache: Path | None


def shipped() -> CurrencyConverter:
    """Return the library's table: all currencies of the bank, up to the library's release."""
    return CurrencyConverter(decimal=True)


def fresh_table(
    bank: Bank, table: CurrencyConverter, newest: date, today: date
) -> tuple[CurrencyConverter, NoAnswerError | None]:
    """Return a table of rates for days up to `newest`, and the error if a download failed.

    The table is `table` itself if it is new enough, else the kept table, else a downloaded one.
    After a failed download, the newest table at hand is returned. Without a failure, the error is
    None.
    """
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
    """Return the file name of a kept table. `day`: when the bank was asked."""
    return f"eurofxref-hist-{day}.zip"


def positive(number: str | int) -> Decimal:
    """Return a rate as a number above 0. Raises ValueError or ArithmeticError for anything else."""
    rate = Decimal(number)
    if not 0 < rate < Decimal("Infinity"):
        raise ValueError(number)
    return rate


def knows(table: CurrencyConverter, day: date) -> bool:
    """Tell whether the table is new enough for `day`.

    The table is new enough if no working day (Monday to Friday) has passed between its last day and
    `day`.
    """
    last = _last_day(table)
    after = (last + timedelta(days=later) for later in range(1, (day - last).days + 1))
    return not any(one.weekday() < SATURDAY for one in after)


def _last_day(table: CurrencyConverter) -> date:
    last: date = table.bounds["USD"].last_date
    return last


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(file_name("*")))


def _newest_kept(folder: Path | None) -> tuple[str, CurrencyConverter | None]:
    """Return the newest kept file's name and table. The table is None if the file is damaged.

    Without a kept file, the name is empty and the table is None.
    """
    with suppress(OSError, IndexError):
        if folder is not None:
            newest = _files(folder)[-1]
            return newest.name, _read(newest.read_bytes())
    return "", None


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


def _download(bank: Bank, today: date) -> CurrencyConverter:
    response = bank.session.download(bank.url)
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
