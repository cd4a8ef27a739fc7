"""The required amount (draft by the lead; the prices worker replaces this file)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAmount:
    """No price for the country: why, and what to do."""

    reason: str
    remedy: str
