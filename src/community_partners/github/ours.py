"""Decide which issues, pull requests and comments on GitHub we wrote.

A text is ours if it begins with our hidden line and our account wrote it. The token of a workflow
and the token of an App look alike (`ghs_`), and neither may ask REST for its own account; GraphQL's
`viewer` tells the account of any token. A text of the workflows' bot with our hidden line is ours
without asking: only workflows of this repository can write here as that bot.
"""

from functools import cache

from ..hidden_line import begins_as_ours
from ..wire.answers import decoding, flag
from .names import login
from .rest_answers import Json, login_in, maybe_text_in
from .rest_client import NAME, RestClient

ACTIONS_BOT = "github-actions[bot]"
VIEWER_QUERY = "query { viewer { login } }"


class Authorship:
    """Tells which texts the account of one token wrote.

    GitHub is asked for that account once at most, and only if somebody else may have typed our
    hidden line.
    """

    def __init__(self, client: RestClient, token: str) -> None:
        self._workflow = token.startswith("ghs_")
        self._me = cache(lambda: _viewer(client))

    def ours(self, written: Json) -> bool:
        """Tell whether we wrote this issue, pull request or comment.

        `written`: its JSON as REST gives it, with `viewerDidAuthor` if GraphQL told us.
        """
        login = login_in(written)
        if login is None or not begins_as_ours(maybe_text_in(written, "body")):
            return False
        author = login.casefold()
        if self._workflow and not author.endswith("[bot]"):
            return False
        if self._workflow and author == ACTIONS_BOT:
            return True
        known = written.get("viewerDidAuthor")
        return author == self._me() if known is None else flag(known)

    def by_us(self, committed: Json) -> bool:
        """Tell whether our account is the author of a commit, by the commit's JSON as of REST."""
        author = login_in({"user": committed.get("author")})
        author = author.casefold() if author else None
        if self._workflow and author == ACTIONS_BOT:
            return True
        return author is not None and author == self._me()


def _viewer(client: RestClient) -> str:
    answer = client.graphql(VIEWER_QUERY)
    with decoding(NAME):
        return login(answer["data"]["viewer"]["login"]).casefold()
