"""Which permissions a job has used, from what a server was asked. act lets every token do all.

Only what writes is looked at: anybody may read a public repository.
"""

from collections.abc import Iterable

from fakes.github_rights import needed
from fakes.server import Request


def written(
    requests: Iterable[Request], token: str, granted: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Scopes that `token` has written with. Where one of several is enough: the `granted` one."""
    asked = [needed(one) for one in requests if one.token == token]
    return frozenset(min(scopes & granted or scopes) for scopes in asked if scopes)
