"""Ask Open Collective for exchange rates, so that one that it refuses spoils no other.

https://github.com/opencollective/opencollective-api/blob/main/server/graphql/v2/query/CurrencyExchangeRateQuery.ts
A list with one currency that Open Collective does not know is refused as a whole (HTTP 400), and a
list with one rate that it does not have gives null for all.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from ..model.day import day_of
from ..model.sponsorship import Rate, RateKey
from ..wire.answers import decoding, number, text
from ..wire.graphql import GraphQL
from ..wire.judgment import Kind, NoAnswerError
from .bank_table import positive

EXACT = Decimal("0.00000001")
RATES_QUERY = """
query ($asked: [CurrencyExchangeRateRequest!]!) {
  currencyExchangeRate(requests: $asked) { value fromCurrency toCurrency date }
}
"""
_UNKNOWN = 400  # the status for a currency that is none of Open Collective's


class OpenCollectiveRates:
    """Asks Open Collective for rates. An instance remembers for a run what Open Collective refused.

    `name`: Open Collective's, for people.
    """

    def __init__(self, graphql: GraphQL) -> None:
        self.name = graphql.name
        self._graphql = graphql
        self._refused: dict[RateKey, NoAnswerError] = {}
        self._unknown: set[tuple[str, str]] = set()
        self._answered = False

    def ask(self, needed: Sequence[RateKey]) -> tuple[list[Rate], list[NoAnswerError]]:
        """Return the rates that Open Collective has, and why others are missing.

        A rate of a currency that Open Collective does not know has no factor. One request asks for
        all. If it is refused, the pairs of currencies are asked for one by one, and if a pair is
        refused that may be known, its days. After silence or at a rate limit, nothing further is
        asked. A refusal lasts if Open Collective has answered another question.
        """
        found: list[Rate] = []
        silent: list[NoAnswerError] = []
        new = [key for key in needed if key not in self._refused and key[1:] not in self._unknown]
        try:
            for rates in self._in_parts(new):
                found.extend(rates)
        except NoAnswerError as error:
            silent.append(error)
        found.extend(rate_of(key, None, self.name) for key in needed if key[1:] in self._unknown)
        refused = [
            NoAnswerError(str(error), error.codes, lasting=self._answered)
            for key, error in self._refused.items()
            if key in needed
        ]
        return found, [*refused, *silent]

    def _in_parts(self, needed: Sequence[RateKey]) -> Iterator[Sequence[Rate]]:
        if not needed:
            return
        pairs = [list(keys) for _, keys in groupby(sorted(needed, key=_pair), key=_pair)]
        try:
            rates = self._told(needed)
        except NoAnswerError as error:
            if not _is_refusal(error):
                raise
            if len(pairs) == 1 and error.judgment and error.judgment.status == _UNKNOWN:
                self._unknown.add(needed[0][1:])
                return
            if len(needed) == 1:
                self._refused[needed[0]] = error
                return
        else:
            self._answered = True
            yield rates
            return
        for part in pairs if len(pairs) > 1 else [[key] for key in needed]:
            yield from self._in_parts(part)

    def _told(self, needed: Sequence[RateKey]) -> Sequence[Rate]:
        asked = [
            {"fromCurrency": currency, "toCurrency": target, "date": f"{day}T00:00:00Z"}
            for day, currency, target in needed
        ]
        reply = self._graphql.ask(RATES_QUERY, {"asked": asked})
        if reply.errors:
            codes = {error.code for error in reply.errors}
            raise NoAnswerError(f"{self.name} has no exchange rates for these payments.", codes)
        with decoding(self.name):
            read = [self._rate(node) for node in reply.data["currencyExchangeRate"]]
        return [rate for rate in read if rate.key in needed]

    def _rate(self, node: dict[str, Any]) -> Rate:
        day = day_of(text(node["date"])[:10])
        key = (day, text(node["fromCurrency"]), text(node["toCurrency"]))
        return rate_of(key, positive(str(number(node["value"]))), self.name)


def rate_of(needed: RateKey, factor: Decimal | None, source: str) -> Rate:
    """Return the rate with this key, with as many digits as are kept.

    `factor` None: no source knows one of the two currencies.
    """
    day, currency, target = needed
    kept = None if factor is None else factor.quantize(EXACT)
    return Rate(day=day, currency=currency, target=target, factor=kept, source=source)


def _pair(needed: RateKey) -> tuple[str, str]:
    return needed[1:]


def _is_refusal(error: NoAnswerError) -> bool:
    """Tell whether Open Collective answered, and refused what was asked for: not who asks."""
    seen = error.judgment
    if seen is None:
        return bool(error.codes)
    refused = seen.kind in (Kind.REFUSAL, Kind.PASSING) and seen.status in (200, _UNKNOWN)
    return refused and not seen.odd and not seen.lasting
