"""Exchange rates of the days on which payments were made. Decides whose rate is taken.

The European Central Bank's reference rate of that day, or the last one before it; for currencies
that it does not quote, Open Collective's rate. A rate that nobody has is left out, and the rules
say unknown. Open Collective's rates are kept on disk. A kept rate is settled if it was asked for
after its day; a rate of a day that was not over yet is good for that day only.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from currency_converter import CurrencyConverter, RateNotFoundError

from ..model.evidence import Answer
from ..model.sponsorship import Rate
from ..stored import dump, keep, load
from ..wire.answers import Clock, decoding
from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .bank_table import Bank, fresh_table, positive, shipped

Needed = tuple[date, str, str]
FILE = "exchange-rates-v1.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptRate:
    """A rate and the day on which it was asked for."""

    asked: date
    rate: Rate


def key_of(rate: Rate) -> Needed:
    """What a rate is asked for by: its day, the currency and the target."""
    return rate.day, rate.currency, rate.target


class RateCache:
    """One file in `folder`, which may not exist yet; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None

    def get(self, needed: Collection[Needed], today: date) -> dict[Needed, Rate]:
        """The rates that are at hand, and still good, of those needed."""
        kept = {key_of(one.rate): one.rate for one in self._read(today)} if needed else {}
        return {key: kept[key] for key in needed if key in kept}

    def put(self, rates: Collection[Rate], today: date) -> None:
        """Keep these beside the others; a later answer replaces an earlier one."""
        if self._path and rates:
            fresh = {key_of(rate): KeptRate(asked=today, rate=rate) for rate in rates}
            all_of_them = {key_of(one.rate): one for one in self._read(today)} | fresh
            entries = tuple(all_of_them[key] for key in sorted(all_of_them))
            keep(self._path, dump(entries, tuple[KeptRate, ...]).encode())

    def _read(self, today: date) -> Sequence[KeptRate]:
        try:
            text = self._path.read_text(encoding="utf-8") if self._path else "[]"
            entries = load(json.loads(text), tuple[KeptRate, ...])
            for one in entries:
                positive(str(one.rate.factor))
        except Exception:  # noqa: BLE001  missing, cut off, of another version: ask anew
            return ()
        return [one for one in entries if one.rate.day < one.asked or one.asked == today]


EXACT = Decimal("0.00000001")
OLDEST = 7  # days: the bank's longest pause is Easter's, of four
RATES_QUERY = """
query ($asked: [CurrencyExchangeRateRequest!]!) {
  currencyExchangeRate(requests: $asked) { value fromCurrency toCurrency date }
}
"""


def rates(
    needed: Collection[Needed], bank: Bank, open_collective: GraphQL, clock: Clock
) -> Answer[tuple[Rate, ...]]:
    """A rate for each (day, currency, target) that has one; nothing needed asks nobody.

    The answer may hold rates and a failure together: those that could be had, and why not all.
    """
    asked_at = clock()
    today = asked_at.date()
    cache = RateCache(bank.cache)
    found, failures = _of_bank(bank, needed, today)
    found |= cache.get([key for key in needed if key not in found], today)
    try:
        rest = [key for key in sorted(needed) if key not in found]
        given = tuple(_of_open_collective(open_collective, rest))
        cache.put(given, today)
        found |= {key_of(rate): rate for rate in given}
    except NoAnswerError as error:
        failures.append(error)
    missing = bool(failures) and len(found) < len(needed)
    return Answer(
        source="Exchange rates",
        url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/",
        asked_at=asked_at,
        value=tuple(sorted(found.values(), key=key_of)),
        failure=" ".join(map(str, failures)) if missing else None,
        # Where one of the two may still answer, asking again may help.
        lasting=missing and all(error.lasting for error in failures),
    )


def _of_bank(
    bank: Bank, needed: Collection[Needed], today: date
) -> tuple[dict[Needed, Rate], list[NoAnswerError]]:
    """The bank's rates, and why not all; for currencies that it does not quote nobody asks it."""
    table = shipped() if needed else None
    quoted = [key for key in needed if table and {*key[1:]} <= table.currencies]
    if table is None or not quoted:
        return {}, []
    table, failure = fresh_table(bank, table, max(day for day, _, _ in quoted), today)
    found = {key: rate for key in quoted if (rate := _rate_of_day(table, key))}
    return found, [failure] if failure else []


def _rate_of_day(table: CurrencyConverter, needed: Needed) -> Rate | None:
    day, currency, target = needed
    if not {currency, target} <= table.currencies:
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
                yield _rate(key, positive(str(node["value"])), graphql.name)


def _rate(needed: Needed, factor: Decimal, source: str) -> Rate:
    day, currency, target = needed
    return Rate(
        day=day, currency=currency, target=target, factor=factor.quantize(EXACT), source=source
    )
