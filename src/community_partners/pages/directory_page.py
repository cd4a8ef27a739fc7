"""Prepares the list of partners: what visitors can filter by, and who is new.

Services that the program does not declare are text only: `Hosting` and `hosting ` would be two.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from ..model.directory import Directory, Listed
from .words import Words, bare_letters, plain

NEW = timedelta(days=90)


def directory_page(directory: Directory, words: Words) -> dict[str, Any]:
    """Return the values of the page's template.

    `countries`: code, name and number of partners, by name. `services`: key, name and number of
    partners, in the order of the program. `keys`: by slug, the keys of a partner's services.
    """
    declared = {_folded(name): (_key(name), name) for name in directory.program.site.services}
    offered = {one.slug: _offered(one, declared) for one in directory.partners}
    numbers = Counter(key for keys in offered.values() for key in keys)
    countries = Counter(one.organization.country for one in directory.partners if one.organization)
    named = ((one.code, words.country(one), number) for one, number in countries.items())
    since = directory.today - NEW
    return {
        "countries": sorted(named, key=lambda one: (bare_letters(one[1]), one[0])),
        "services": [(key, name, numbers[key]) for key, name in declared.values() if numbers[key]],
        "keys": {slug: " ".join(keys) for slug, keys in offered.items()},
        "newcomers": {one.slug for one in directory.partners if one.accepted > since},
    }


def _offered(one: Listed, declared: dict[str, tuple[str, str]]) -> list[str]:
    services = one.organization.services if one.organization else ()
    found = (declared.get(_folded(service)) for service in services)
    return list(dict.fromkeys(key for key, _ in filter(None, found)))


def _folded(name: str) -> str:
    return " ".join(plain(name).casefold().split())


def _key(name: str) -> str:
    """Return the word that stands for a service in an address, such as `custom-development`."""
    return "-".join(_folded(name).split())
