"""Find the exchange rates of the days of payments, and decide whose rate is taken.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
The European Central Bank's reference rate of that day is taken, or its last rate before that day;
for a currency that the bank does not quote, Open Collective's rate. A rate that neither has is left
out, and the rules say `unknown`; if neither knows the currency, the rate has no factor. If the bank
does not answer, an older rate is taken only where no working day lies between. Open Collective's
rates are kept on disk. A kept rate is settled if it was asked for after its day; a rate of a day
that was not over yet is used on that day only.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from currency_converter import CurrencyConverter, RateNotFoundError

from ..model.evidence import Answer
from ..model.sponsorship import Rate, RateKey
from ..stored import dump, keep, load
from ..wire.answers import Clock
from ..wire.judgment import NoAnswerError
from .bank_table import Bank, fresh_table, positive, shipped
from .open_collective_rates import OpenCollectiveRates, rate_of

FILE = "exchange-rates-v1.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptRate:
    """A rate and the day on which it was asked for."""

    asked: date
    rate: Rate


class RateCache:
    """Keeps Open Collective's rates in one file in `folder`; without a folder, nothing is kept.

    The folder is created when it is needed.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None

    def get(self, needed: Collection[RateKey], today: date) -> dict[RateKey, Rate]:
        """Return the needed rates that are kept on disk and may be used on the day `today`."""
        kept = {one.rate.key: one.rate for one in self._read(today)} if needed else {}
        return {key: kept[key] for key in needed if key in kept}

    def put(self, rates: Collection[Rate], today: date) -> None:
        """Add these rates to the kept ones; a new rate replaces the kept rate with the same key."""
        if self._path and rates:
            fresh = {rate.key: KeptRate(asked=today, rate=rate) for rate in rates}
            all_of_them = {one.rate.key: one for one in self._read(today)} | fresh
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


OLDEST = 7  # days; the bank's longest pause, at Easter, has 4


def rates(
    needed: Collection[RateKey], bank: Bank, open_collective: OpenCollectiveRates, clock: Clock
) -> Answer[tuple[Rate, ...]]:
    """Return a rate for each (day, currency, target) in `needed` that has a rate.

    If nothing is needed, no request is sent. The answer may hold rates and a failure together: the
    rates that were found, and why some are missing.
    """
    asked_at = clock()
    today = asked_at.date()
    cache = RateCache(bank.cache)
    quoted = _quoted(needed)
    found, failures = _of_bank(bank, quoted, today)
    found |= cache.get([key for key in needed if key not in found], today)
    rest = [key for key in sorted(needed) if key not in found]
    given, refused = open_collective.ask(rest)
    cache.put([rate for rate in given if rate.factor is not None], today)
    # What the bank quotes is not unknown to everybody, even if the bank is silent now.
    found |= {one.key: one for one in given if one.factor or one.key not in quoted}
    failures.extend(refused)
    missing = bool(failures) and len(found) < len(needed)
    return Answer(
        source="Exchange rates",
        url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/",
        asked_at=asked_at,
        value=tuple(sorted(found.values(), key=lambda one: one.key)),
        failure=" ".join(dict.fromkeys(map(str, failures))) if missing else None,
        # If one of the two sources may still answer, a retry may help.
        lasting=missing and all(error.lasting for error in failures),
    )


def _quoted(needed: Collection[RateKey]) -> list[RateKey]:
    """Return the needed rates of which the bank quotes both currencies."""
    currencies = shipped().rates.currencies if needed else set()
    return [key for key in needed if {*key[1:]} <= currencies]


def _of_bank(
    bank: Bank, quoted: Collection[RateKey], today: date
) -> tuple[dict[RateKey, Rate], list[NoAnswerError]]:
    """Return the bank's rates, and the error of a failed download, if there is one.

    The bank is asked only if it quotes both currencies of some needed rate.
    """
    if not quoted:
        return {}, []
    newest = max(day for day, _, _ in quoted)
    table, failure = fresh_table(bank, shipped(), newest, today)
    sure = [key for key in quoted if failure is None or table.settles(key[0])]
    found = {key: rate for key in sure if (rate := _rate_of_day(table.rates, key))}
    return found, [failure] if failure else []


def _rate_of_day(table: CurrencyConverter, needed: RateKey) -> Rate | None:
    day, currency, target = needed
    if not {currency, target} <= table.currencies:
        return None
    for before in range(OLDEST + 1):
        try:
            on = day - timedelta(days=before)
            factor = table.convert(1, currency, target, date=on)
        except RateNotFoundError:
            continue
        return rate_of(needed, factor, "European Central Bank")
    return None
