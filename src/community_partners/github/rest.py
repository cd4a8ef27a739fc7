"""Send requests about one repository to GitHub's REST API, and turn its refusals into sentences.

A request that reads, or that writes the same value again, is repeated after a fault. A request that
creates something is not: the code looks first whether the first try was stored. `wire/tries.py`
decides what is repeated, and when.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar
from urllib.parse import quote

from github import GithubException

from ..errors import UserError
from ..settings import Settings
from ..wire.graphql import MOST_PAGES
from ..wire.judgment import ODD, Kind, NoAnswerError, OddAnswerError, sentence
from ..wire.tries import Meter, Pace
from .ours import Authorship
from .rest_answers import Json, next_page, object_in
from .rest_client import NAME, Method, RestClient

_INVALID_TOKEN = "The token is not valid: check GITHUB_TOKEN."  # noqa: S105  a sentence
_LATER = "Run this again in a while."
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubRepository:
    """The repository `owner/name` on GitHub, with a client for one token.

    `authorship` tells which texts in the repository are ours.
    """

    name: str
    client: RestClient
    authorship: Authorship

    @classmethod
    def connect(cls, token: str, api_url: str, name: str, meter: Meter, pace: Pace) -> Self:
        """Return the repository `name` with its client; no request is sent yet.

        `api_url`: the address of GitHub's REST API, without a slash at the end.
        """
        client = RestClient(token, api_url, meter, pace)
        return cls(name=name, client=client, authorship=Authorship(client, token))

    def ask(self, verb: Method, path: str, body: Any = None, query: Json | None = None) -> Any:
        """Send a request, with retries, and return the JSON of GitHub's answer.

        Use it only for a request that reads, or that writes the same value again. `path`: below the
        address of the repository, such as `issues/7`.
        """
        return self.client.call(verb, self._at(path), body, query)[1]

    def make(self, path: str, body: Json) -> Json:
        """Create something by POST, and return its JSON, which has `html_url`.

        The request is not retried if GitHub may have stored it: `make_one` does that safely.
        """
        made = self.client.call("POST", self._at(path), body, once=True)[1]
        return object_in(made, html_url=str)

    def beside(self, name: str) -> Self:
        """Return another repository, such as a fork, with the same client."""
        return replace(self, name=name)

    def listed(self, path: str, query: Json) -> Iterator[Json]:
        """Yield all entries of a list; the next page is read only when its entries are needed.

        Raises OddAnswerError for a page that comes again.
        """
        asked: list[Json] = []
        page: Json | None = {}
        while page is not None:
            wanted = {**query, "per_page": "100", **page}
            if wanted in asked or len(asked) == MOST_PAGES:
                raise OddAnswerError
            asked.append(wanted)
            headers, entries = self.client.call("GET", self._at(path), query=wanted)
            if not isinstance(entries, list):
                raise OddAnswerError
            yield from map(object_in, entries)
            page = next_page(headers)

    def _at(self, path: str) -> str:
        return f"/repos/{quote(self.name)}/{path}"


def make_one(make: Callable[[], Made], find: Callable[[], Made | None]) -> Made:
    """Create something once: a second try follows only if the first one was not stored.

    `make` sends the request and must not retry. `find` returns the created object if GitHub has
    stored it, else None. A refusal by GitHub is raised at once. After a rate limit `find` waits
    until GitHub may be asked again, or raises.
    """
    try:
        return make()
    except NoAnswerError as error:
        if error.undone:
            raise
    return find() or make()


@contextmanager
def sentences(doing: str, remedies: Mapping[int, str]) -> Iterator[None]:
    """Turn errors of GitHub into UserError with a sentence of ours, inside a `with` block.

    GitHub's own words are not shown, because they may hold a token. `doing`: what the block does,
    for the sentence. `remedies`: by HTTP status, in addition to the remedies that hold everywhere.
    """
    try:
        yield
    except GithubException as error:
        remedy = {401: _INVALID_TOKEN, **remedies}.get(error.status, _LATER)
        raise UserError(f"{NAME} refused {doing} (HTTP {error.status}). {remedy}") from None
    except NoAnswerError as error:
        raise UserError(_told(error, doing)) from None
    except ODD:
        raise UserError(_told(OddAnswerError(), doing)) from None


def _told(error: NoAnswerError, doing: str) -> str:
    if error.judgment is None:
        return f"{NAME} sent something unexpected while {doing}. {_LATER}"
    remedy = "Run this again after that." if error.judgment.kind is Kind.LIMIT else _LATER
    return f"{sentence(NAME, error.judgment, doing)} {remedy}"


def own_repository(settings: Settings, meter: Meter, who: str) -> GitHubRepository:
    """Return the workflow's own repository; no request is sent yet.

    `who` needs the repository: the first words of the error's sentence. Raises UserError if
    GITHUB_TOKEN or GITHUB_REPOSITORY is missing.
    """
    if settings.github_token is None or settings.repository is None:
        raise UserError(
            f"{who} needs GITHUB_TOKEN and GITHUB_REPOSITORY. A workflow sets the second one and "
            "hands over the first in `env`."
        )
    return named_repository(settings, settings.repository, meter)


def named_repository(settings: Settings, name: str, meter: Meter) -> GitHubRepository:
    """Return the repository `name`, such as `acme/partners`; no request is sent yet.

    Raises UserError if GITHUB_TOKEN is missing.
    """
    token, pace = settings.token_for_github(), Pace.within(settings.timeout)
    return GitHubRepository.connect(token, settings.github_api_url, name, meter, pace)
