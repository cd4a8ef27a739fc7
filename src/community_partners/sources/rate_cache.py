"""Open Collective's exchange rates on disk, so that they are not asked for again. Public facts.

Decides when a rate is settled: when it was asked for after its day. That of a day which was not
over yet is good for that day only. A file that cannot be read is as good as none.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..model.sponsorship import Rate
from ..stored import dump, load
from .bank_table import positive
from .kept_file import keep

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
