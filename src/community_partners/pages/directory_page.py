"""Prepares the list of partners: what visitors can filter by, and who is new.

Services that the program does not declare are text only: `Hosting` and `hosting ` would be two.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from ..model.directory import Directory, Listed
from ..model.site import Site
from .words import Words, bare_letters, plain

NEW = timedelta(days=90)


def directory_page(directory: Directory, words: Words) -> dict[str, Any]:
    """Return the values of the page's template.

    `countries`: code, name and number of partners, by name. `services`: key, name and number of
    partners, in the order of the program. `keys`: by slug, the keys of a partner's services.
    """
    site = directory.program.site
    offered = {one.slug: _offered(one, site) for one in directory.partners}
    numbers = Counter(key for keys in offered.values() for key in keys)
    countries = Counter(one.organization.country for one in directory.partners if one.organization)
    named = ((one.code, words.country(one), number) for one, number in countries.items())
    since = directory.today - NEW
    return {
        "countries": sorted(named, key=lambda one: (bare_letters(one[1]), one[0])),
        "services": [
            (key, name, numbers[key]) for name in site.services if numbers[key := _key(name)]
        ],
        "keys": {slug: " ".join(keys) for slug, keys in offered.items()},
        "newcomers": {one.slug for one in directory.partners if one.accepted > since},
    }


def services_of(one: Listed, site: Site) -> list[tuple[str, str | None]]:
    """Return a partner's services, each with its key; None if visitors cannot filter by it."""
    declared = {_key(name) for name in site.services}
    services = one.organization.services if one.organization else ()
    return [(name, key if (key := _key(name)) in declared else None) for name in services]


def _offered(one: Listed, site: Site) -> list[str]:
    return list(dict.fromkeys(key for _, key in services_of(one, site) if key))


def _key(name: str) -> str:
    """Return the word that stands for a service in an address, such as `custom-development`."""
    return "-".join(plain(name).casefold().split())
