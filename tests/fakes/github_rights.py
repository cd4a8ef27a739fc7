"""Which permission of a workflow's token GitHub asks for a request that writes.

https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
A pull request is an issue too: for comments and labels, either of the two permissions is enough. It
is not looked at which number is a pull request: so nothing is refused here that GitHub allows.
"""

import re

from .server import Request

_THREAD = frozenset({"issues", "pull-requests"})
_SCOPES = {
    r"/repos/[^/]+/[^/]+/issues/[^/]+/(comments|labels).*": _THREAD,
    r"/repos/[^/]+/[^/]+/issues/comments/.*": _THREAD,
    r"/repos/[^/]+/[^/]+/labels\b.*": _THREAD,
    r"/repos/[^/]+/[^/]+/issues\b.*": frozenset({"issues"}),
    r"/repos/[^/]+/[^/]+/pulls/[^/]+/merge": frozenset({"contents"}),
    r"/repos/[^/]+/[^/]+/pulls\b.*": frozenset({"pull-requests"}),
    r"/repos/[^/]+/[^/]+/statuses\b.*": frozenset({"statuses"}),
    r"/repos/[^/]+/[^/]+/(contents|git)\b.*": frozenset({"contents"}),
}


def needed(request: Request) -> frozenset[str]:
    """Scopes of which the token needs one for writing; empty for a request that only reads.

    What is not known here fails the test.
    """
    if request.path == "/graphql":
        asked = request.body["query"]
        if not re.match(r"\s*mutation", asked):
            return frozenset()
        return frozenset({"contents"}) if "createCommitOnBranch" in asked else _THREAD
    if request.method == "GET":
        return frozenset()
    for pattern, scopes in _SCOPES.items():
        if re.fullmatch(pattern, request.path):
            return scopes
    raise AssertionError(f"Which permission does {request.path} need? Say it in _SCOPES.")
