"""Ask DNS for the addresses of a host and for TXT records, in bounded time.

https://dnspython.readthedocs.io/en/stable/resolver-class.html
"""

import time
from dataclasses import dataclass

from dns.exception import DNSException
from dns.rdtypes.txtbase import TXTBase
from dns.resolver import NXDOMAIN, NoAnswer, NoResolverConfiguration, Resolver
from dns.resolver import Answer as Records

from ..model.website_proof import Obstacle


class NoLookError(Exception):
    """A page or a record could not be looked at, for the reason `obstacle`."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True, kw_only=True)
class Names:
    """Asks DNS. `until`, in its functions: a moment of the clock that only goes forward."""

    resolver: Resolver

    def addresses(self, host: str, until: float) -> tuple[str, ...]:
        """Return the IP addresses of a host: of IPv4, else of IPv6; empty if it has none."""
        for kind in ("A", "AAAA"):
            if found := self._ask(host, kind, until):
                return tuple(record.to_text() for record in found)
        return ()

    def texts(self, name: str, until: float) -> tuple[str, ...]:
        """Return the TXT records of exactly this name, each as one text; empty if it has none.

        A name that is an alias (CNAME) has none: with a wildcard for a hosting service, each name
        is an alias of one that others may write to.
        """
        found = self._ask(name, "TXT", until)
        if found is None or found.canonical_name != found.qname:
            return ()
        records = (record for record in found if isinstance(record, TXTBase))
        return tuple(b"".join(record.strings).decode("ascii", "replace") for record in records)

    def _ask(self, name: str, kind: str, until: float) -> Records | None:
        """Return the records, or None if there are none. Raises NoLookError without an answer."""
        left = until - time.monotonic()
        if left <= 0:
            raise NoLookError(Obstacle.UNREACHABLE)
        try:
            return self.resolver.resolve(name, kind, search=False, lifetime=left)
        except (NXDOMAIN, NoAnswer):
            return None
        except (DNSException, OSError) as error:
            raise NoLookError(Obstacle.UNREACHABLE) from error


def system_names() -> Names:
    """Return the name servers that this machine uses; without any, no name has an answer."""
    try:
        return Names(resolver=Resolver())
    except NoResolverConfiguration:
        return Names(resolver=Resolver(configure=False))
