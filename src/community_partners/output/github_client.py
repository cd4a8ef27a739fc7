"""One repository on GitHub, through PyGithub: patience, counting, refusals as sentences of ours.

Decides what may be tried again: what reads, and what writes the same over again. What makes
something new is not: where it may have been stored, it is looked for first.
"""

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import requests
from github import Auth, Github, GithubException, GithubRetry
from github.Repository import Repository
from github.Requester import Requester

from ..errors import UserError
from ..wire.session import Meter, Pace
from .github_answers import Json, OddAnswerError, Verb, call, next_page, object_in
from .github_authorship import Authorship

NAME = "GitHub"
SERVER_ERROR = 500
_INVALID_TOKEN = "The token is not valid: check GITHUB_TOKEN."  # noqa: S105  a sentence
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubRepository:
    """The repository `owner/name`, twice: `patient` tries again when GitHub stumbles, `once` never.

    `authorship`: what is ours in it.
    """

    name: str
    patient: Repository
    once: Repository
    authorship: Authorship

    @classmethod
    def connect(cls, token: str, api_url: str, name: str, meter: Meter, pace: Pace) -> Self:
        """Asks nothing yet. `api_url`: without a slash at the end."""
        retry = GithubRetry(
            total=pace.tries - 1, backoff_factor=pace.backoff, max_rate_limit_wait=pace.longest_wait
        )
        client = _client(token, api_url, pace, retry)
        once = _client(token, api_url, pace, None).get_repo(name)
        _count_requests(meter)
        patient, authorship = client.get_repo(name), Authorship(client, token)
        return cls(name=name, patient=patient, once=once, authorship=authorship)

    def ask(self, verb: Verb, path: str, body: Any = None) -> Any:
        """What GitHub answers; tried again. For what reads, or writes the same over again."""
        return call(self.patient, verb, path, body)[1]

    def make(self, path: str, body: Json) -> Json:
        """What a POST made, with its address; never tried again."""
        return object_in(call(self.once, "POST", path, body)[1], html_url=str)

    def listed(self, path: str, query: Json) -> Iterator[Json]:
        """All entries of a list, page after page, as they are wanted."""
        page: Json | None = {**query, "per_page": "100"}
        while page is not None:
            headers, entries = call(self.patient, "GET", path, query=page)
            if not isinstance(entries, list):
                raise OddAnswerError
            yield from map(object_in, entries)
            page = next_page(headers)


def make_one(make: Callable[[], Made], find: Callable[[], Made | None]) -> Made:
    """Twice at most, and never again if the first one was stored after all.

    `make` must not try again by itself; `find` gives what it would have made, if it is there.
    """
    try:
        return make()
    except (GithubException, requests.RequestException, OddAnswerError) as error:
        if isinstance(error, GithubException) and error.status < SERVER_ERROR:
            raise
    return find() or make()


@contextmanager
def sentences(doing: str, remedies: Mapping[int, str]) -> Iterator[None]:
    """GitHub's refusals as sentences of ours: what a server says may hold a token.

    `remedies` by HTTP status, beside those that are the same everywhere.
    """
    try:
        yield
    except GithubException as error:
        known = {401: _INVALID_TOKEN, **remedies}
        remedy = known.get(error.status, "Run this again in a while.")
        raise UserError(f"{NAME} refused {doing} (HTTP {error.status}). {remedy}") from None
    except requests.RequestException as error:
        what = type(error).__name__
        raise UserError(f"{NAME} did not answer while {doing} ({what}). Run it again.") from None
    except OddAnswerError:
        what = "sent something that is not an answer"
        raise UserError(f"{NAME} {what} while {doing}. Run this again in a while.") from None


class _Counter(logging.Handler):
    """PyGithub has no hook for requests, but writes one line of log for each."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.DEBUG)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        if " ==> " in record.getMessage():
            self._meter.requests[NAME] += 1


def _count_requests(meter: Meter) -> None:
    logger = logging.Logger("community_partners.github", logging.DEBUG)
    logger.addHandler(_Counter(meter))
    Requester.injectLogger(logger)


def _client(token: str, api_url: str, pace: Pace, retry: GithubRetry | None) -> Github:
    return Github(
        auth=Auth.Token(token),
        base_url=api_url,
        timeout=math.ceil(pace.timeout),
        retry=retry,
        per_page=100,
        seconds_between_requests=None,
        seconds_between_writes=None,
        user_agent="community-partners",
        lazy=True,
    )
