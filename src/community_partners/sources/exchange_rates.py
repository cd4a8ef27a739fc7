"""Exchange rates of the days on which payments were made. Decides whose rate is taken.

The European Central Bank's reference rate of that day, or the last one before it; for currencies it
has none for, Open Collective's rate. What nobody has is absent, and the rules say unknown.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from currency_converter import CurrencyConverter, RateNotFoundError

from ..model.evidence import Answer
from ..model.sponsorship import Rate
from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError, Session
from .answers import Clock, decoding
from .kept_file import keep

Needed = tuple[date, str, str]

EXACT = Decimal("0.00000001")
OLDEST = 7  # days: the bank's longest pause is Easter's, of four
SATURDAY = 5
LARGEST = 10_000_000  # bytes; the bank's history has a fifth of that, unpacked
FILE = "eurofxref-hist.zip"

RATES_QUERY = """
query ($asked: [CurrencyExchangeRateRequest!]!) {
  currencyExchangeRate(requests: $asked) { value fromCurrency toCurrency date }
}
"""


@dataclass(frozen=True, kw_only=True)
class Bank:
    """Where the European Central Bank's history is fetched, and the folder that keeps it."""

    session: Session
    url: str
    cache: Path | None


def rates(
    needed: Collection[Needed], bank: Bank, open_collective: GraphQL, clock: Clock
) -> Answer[tuple[Rate, ...]]:
    """A rate for each (day, currency, target) that has one; nothing needed asks nobody.

    The answer may hold rates and a failure together: those that could be had, and why not all.
    """
    asked_at = clock()
    found: dict[Needed, Rate] = {}
    failures: list[NoAnswerError] = []
    if needed:
        table = _table(bank, max(day for day, _, _ in needed), failures)
        found = {key: rate for key in needed if (rate := _of_bank(table, key))}
        rest = [key for key in sorted(needed) if key not in found]
        try:
            found |= {_key(rate): rate for rate in _of_open_collective(open_collective, rest)}
        except NoAnswerError as error:
            failures.append(error)
    missing = bool(failures) and len(found) < len(needed)
    return Answer(
        source="Exchange rates",
        url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/",
        asked_at=asked_at,
        value=tuple(sorted(found.values(), key=_key)),
        failure=" ".join(map(str, failures)) if missing else None,
        # Where one of the two may still answer, asking again may help.
        lasting=missing and all(error.lasting for error in failures),
    )


def _key(rate: Rate) -> Needed:
    return rate.day, rate.currency, rate.target


def _table(bank: Bank, newest: date, failures: list[NoAnswerError]) -> CurrencyConverter:
    """The table shipped with the library, or a fresher one where a day needs it."""
    kept = bank.cache / FILE if bank.cache else None
    tables = [CurrencyConverter(decimal=True)]
    if not _knows(tables[-1], newest) and (older := _kept(kept)):
        tables.append(older)
    if not _knows(tables[-1], newest):
        try:
            return _download(bank, kept)
        except NoAnswerError as error:
            failures.append(error)
    return max(tables, key=_last_day)


def _last_day(table: CurrencyConverter) -> date:
    last: date = table.bounds["USD"].last_date
    return last


def _knows(table: CurrencyConverter, day: date) -> bool:
    """No working day has passed between the table's last day and `day`."""
    last = _last_day(table)
    after = (last + timedelta(days=later) for later in range(1, (day - last).days + 1))
    return not any(one.weekday() < SATURDAY for one in after)


def _kept(path: Path | None) -> CurrencyConverter | None:
    try:
        return _read(path.read_bytes()) if path else None
    except OSError:
        return None


def _read(content: bytes) -> CurrencyConverter | None:
    """The table in a zip file; None where it is something else."""
    table = CurrencyConverter(None)
    table.cast = _positive
    try:
        with ZipFile(BytesIO(content)) as archive:
            [file] = archive.infolist()
            if file.file_size > LARGEST:
                return None
            table.load_lines(archive.read(file).decode("utf-8").splitlines())
    except Exception:  # noqa: BLE001  both libraries pass on whatever a bad file raises
        return None
    return table if "USD" in table.currencies else None


def _positive(number: str | int) -> Decimal:
    rate = Decimal(number)
    if not 0 < rate < Decimal("Infinity"):
        raise ValueError(number)
    return rate


def _download(bank: Bank, kept: Path | None) -> CurrencyConverter:
    response = bank.session.get(bank.url)
    if response.status_code != 200 or len(response.content) > LARGEST:
        raise NoAnswerError(f"{bank.session.name} did not give its rates.")
    table = _read(response.content)
    if table is None:
        raise NoAnswerError(f"{bank.session.name} sent something that is not its rates.")
    if kept is not None:
        keep(kept, response.content)
    return table


def _of_bank(table: CurrencyConverter, needed: Needed) -> Rate | None:
    day, currency, target = needed
    if {currency, target} - table.currencies:
        return None
    for before in range(OLDEST + 1):
        try:
            on = day - timedelta(days=before)
            factor = table.convert(1, currency, target, date=on)
        except RateNotFoundError:
            continue
        return _rate(needed, factor, "European Central Bank")
    return None


def _of_open_collective(graphql: GraphQL, needed: Iterable[Needed]) -> Iterator[Rate]:
    wanted = list(needed)
    if not wanted:
        return
    asked = [
        {"fromCurrency": currency, "toCurrency": target, "date": f"{day}T00:00:00Z"}
        for day, currency, target in wanted
    ]
    reply = graphql.ask(RATES_QUERY, {"asked": asked})
    if reply.errors:
        raise NoAnswerError(f"{graphql.name} has no exchange rates for these payments.")
    with decoding(graphql.name):
        for node in reply.data["currencyExchangeRate"]:
            day = date.fromisoformat(str(node["date"])[:10])
            key = (day, str(node["fromCurrency"]), str(node["toCurrency"]))
            if key in wanted:
                yield _rate(key, _positive(str(node["value"])), graphql.name)


def _rate(needed: Needed, factor: Decimal, source: str) -> Rate:
    day, currency, target = needed
    return Rate(
        day=day, currency=currency, target=target, factor=factor.quantize(EXACT), source=source
    )
