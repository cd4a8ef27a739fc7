"""Tell the hosts that organizations share, on which a page speaks for one of many.

The public suffix list has most of them, in its private part; the package carries the list, and a
newer list comes with a newer package. https://github.com/publicsuffix/list/wiki/Format
`model/shared_hosts.py` has those where organizations are told apart by the path, or by a name that
the list has not.
"""

from functools import cache

from publicsuffixlist import PublicSuffixList

from ..model.shared_hosts import why_shared
from .place import Place

_BY_THE_LIST = "names below it are given to many"


def shared_host(place: Place) -> str | None:
    """Return why organizations share the host of a page, as words after a colon; else None."""
    host = place.host
    if why := why_shared(host):
        return why
    return _BY_THE_LIST if _all().publicsuffix(host) != _icann().publicsuffix(host) else None


def registered_domain(place: Place) -> str | None:
    """Return the domain that its owner has registered: `acme.example` for `shop.acme.example`.

    None for a public suffix, such as `co.uk`.
    """
    return _all().privatesuffix(place.host)


@cache
def _all() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)
