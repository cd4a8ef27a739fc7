"""A country, identified by ISO 3166-1."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country. `code`: ISO 3166-1 alpha-3, such as `DEU`. `name`: such as `Germany`."""

    code: str
    name: str
