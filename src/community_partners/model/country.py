"""A country of ISO 3166-1, as the rest of the code sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is alpha-3 (`DEU`), `name` is for people (`Germany`)."""

    code: str
    name: str
