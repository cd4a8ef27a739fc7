"""Which permissions a job has used, from what a server was asked. act lets every token do all.

Only what writes is looked at: anybody may read a public repository.
"""

import re
from collections.abc import Iterable

from fakes.server import Request

_SCOPES = {
    r"/repos/[^/]+/[^/]+/(issues|labels)\b.*": "issues",
    r"/repos/[^/]+/[^/]+/pulls\b.*": "pull-requests",
    r"/repos/[^/]+/[^/]+/statuses\b.*": "statuses",
    r"/repos/[^/]+/[^/]+/(contents|git)\b.*": "contents",
}


def written(requests: Iterable[Request], token: str) -> frozenset[str]:
    """Scopes that `token` needs `write` for. A path that is not known here fails the test."""
    return frozenset(
        _scope(one.path)
        for one in requests
        if one.token == token and one.method != "GET" and one.path != "/graphql"
    )


def _scope(path: str) -> str:
    for pattern, scope in _SCOPES.items():
        if re.fullmatch(pattern, path):
            return scope
    raise AssertionError(f"Which permission does {path} need? Say it in _SCOPES.")
