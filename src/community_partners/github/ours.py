"""Decide which issues, pull requests and comments on GitHub we wrote.

A text is ours if it begins with our hidden line and our account wrote it. The token of a workflow
and the token of an App look alike (`ghs_`), and neither may ask REST for its own account; GraphQL's
`viewer` tells the account of any token. A text of the workflows' bot with our hidden line is ours
without asking: only workflows of this repository can write here as that bot.
"""

from functools import cache
from typing import Any

from github import Github

from ..hidden_line import begins_as_ours
from .rest_answers import Json, OddAnswerError, text_in

ACTIONS_BOT = "github-actions[bot]"
VIEWER_QUERY = "query { viewer { login } }"


class Authorship:
    """Tells which texts the account of one token wrote.

    GitHub is asked for that account once at most, and only if somebody else may have typed our
    hidden line.
    """

    def __init__(self, client: Github, token: str) -> None:
        self._workflow = token.startswith("ghs_")
        self._me = cache(lambda: _viewer(client))

    def ours(self, written: Json) -> bool:
        """Tell whether we wrote this issue, pull request or comment.

        `written`: its JSON as REST gives it, with `viewerDidAuthor` if GraphQL told us.
        """
        author = _login(written.get("user"))
        if author is None or not begins_as_ours(text_in(written, "body")):
            return False
        if self._workflow and not author.endswith("[bot]"):
            return False
        if self._workflow and author == ACTIONS_BOT:
            return True
        known = written.get("viewerDidAuthor")
        return author == self._me() if known is None else bool(known)

    def by_us(self, committed: Json) -> bool:
        """Tell whether our account is the author of a commit, by the commit's JSON as of REST."""
        author = _login(committed.get("author"))
        if self._workflow and author == ACTIONS_BOT:
            return True
        return author is not None and author == self._me()


def _viewer(client: Github) -> str:
    answer: Any = None
    try:
        _, answer = client.requester.graphql_query(VIEWER_QUERY, {})
        return str(answer["data"]["viewer"]["login"]).casefold()
    except (LookupError, TypeError, ValueError, AttributeError):
        raise OddAnswerError from None


def _login(user: Any) -> str | None:
    """Return the login of a user in REST's JSON, case-folded; None for a deleted account."""
    login = user.get("login") if isinstance(user, dict) else None
    return login.casefold() if isinstance(login, str) else None
