"""Which texts on GitHub are ours: those that begin as ours do, and that our account wrote.

The token of a workflow and that of an App look alike (`ghs_`), and neither may ask REST who it is;
GraphQL's `viewer` tells both, and people's tokens too. What the workflows' bot wrote with our
marker is ours without asking: only workflows of this repository speak through it here.
"""

from functools import cache
from typing import Any

from github import Github

from ..hidden_line import begins_as_ours
from .rest_answers import Json, OddAnswerError, text_in

ACTIONS_BOT = "github-actions[bot]"
VIEWER_QUERY = "query { viewer { login } }"


class Authorship:
    """Of one token. Who it is, is asked once, and only when somebody else may have typed it."""

    def __init__(self, client: Github, token: str) -> None:
        self._workflow = token.startswith("ghs_")
        self._me = cache(lambda: _viewer(client))

    def ours(self, written: Json) -> bool:
        """Did we write this issue or comment? As REST shows it, with `viewerDidAuthor` if known."""
        author = _login(written.get("user"))
        if author is None or not begins_as_ours(text_in(written, "body")):
            return False
        if self._workflow and not author.endswith("[bot]"):
            return False
        if self._workflow and author == ACTIONS_BOT:
            return True
        known = written.get("viewerDidAuthor")
        return author == self._me() if known is None else bool(known)


def _viewer(client: Github) -> str:
    answer: Any = None
    try:
        _, answer = client.requester.graphql_query(VIEWER_QUERY, {})
        return str(answer["data"]["viewer"]["login"]).casefold()
    except (LookupError, TypeError, ValueError, AttributeError):
        raise OddAnswerError from None


def _login(user: Any) -> str | None:
    """Case-folded; None for an account that is gone."""
    login = user.get("login") if isinstance(user, dict) else None
    return login.casefold() if isinstance(login, str) else None
