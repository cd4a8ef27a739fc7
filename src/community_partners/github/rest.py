"""Send requests about one repository to GitHub's REST API, through PyGithub.

A request that reads, or that writes the same value again, is retried after any server error. A
request that creates something is not: the code looks first whether the first try was stored. Every
request is retried after a short wait for a rate limit, because GitHub did not carry it out.
Requests are counted, and refusals become sentences.
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import quote

import github
import requests
from github import Auth, Github, GithubException, GithubRetry, RateLimitExceededException
from github.Repository import Repository
from github.Requester import Requester
from urllib3 import HTTPResponse
from urllib3.util import Retry

from ..errors import UserError
from ..settings import Settings
from ..wire.session import Meter, Pace
from .ours import Authorship
from .rest_answers import Json, Method, OddAnswerError, call, next_page, object_in

_SERVER_ERRORS = list(range(500, 600))
_TOO_MANY = 429


class _Patience(GithubRetry):
    """A retry rule that gives up if GitHub asks for a longer wait than `max_rate_limit_wait`.

    A long wait costs money: a runner is paid by the minute.
    """

    RETRY_AFTER_STATUS_CODES = frozenset({_TOO_MANY})

    def increment(  # type: ignore[override]  # as in GithubRetry
        self,
        method: str | None = None,
        url: str | None = None,
        response: HTTPResponse | None = None,
        *rest: Any,
        **named: Any,
    ) -> Retry:
        wait = self.get_retry_after(response) if response else None
        if response and wait and wait > (self.max_rate_limit_wait or 0):
            response.drain_conn()
            raise GithubException(response.status, None, dict(response.headers))
        return super().increment(method, url, response, *rest, **named)


def patient(pace: Pace) -> GithubRetry:
    """Return the retry rule for requests that may be done twice.

    They are retried after server errors (HTTP 500 to 599), after silence and after a rate limit.
    """
    return _Patience(**_bounds(pace), status_forcelist=[_TOO_MANY, *_SERVER_ERRORS])


def after_a_limit(pace: Pace) -> GithubRetry:
    """Return the retry rule for requests that create something.

    They are retried after a rate limit, or if no connection was made: then GitHub stored nothing.
    """
    return _Patience(**_bounds(pace), read=False, other=False, status_forcelist=[_TOO_MANY])


def _bounds(pace: Pace) -> dict[str, Any]:
    return {
        "total": pace.tries - 1,
        "backoff_factor": pace.backoff,
        "max_rate_limit_wait": pace.longest_wait,
        "allowed_methods": None,
        "raise_on_status": False,
    }


def is_rate_limit(error: GithubException) -> bool:
    """Tell whether GitHub refused a request because of a rate limit.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
    GitHub sends HTTP 403 or 429. For the secondary rate limit, a 403 may have no header that says
    so; PyGithub then recognizes its message.
    """
    headers: Mapping[str, Any] = {k.lower(): v for k, v in (error.headers or {}).items()}
    spent = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
    forbidden = error.status == 403 and (spent or isinstance(error, RateLimitExceededException))
    return error.status == _TOO_MANY or forbidden


NAME = "GitHub"
SERVER_ERROR = 500
_INVALID_TOKEN = "The token is not valid: check GITHUB_TOKEN."  # noqa: S105  a sentence
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubRepository:
    """The repository `owner/name` on GitHub, with two clients that differ in what they retry.

    `patient` retries after server errors, silence and rate limits. `once` retries only after a rate
    limit, or if no connection was made. `authorship` tells which texts in the repository are ours.
    """

    name: str
    patient: Repository
    once: Repository
    authorship: Authorship

    @classmethod
    def connect(cls, token: str, api_url: str, name: str, meter: Meter, pace: Pace) -> Self:
        """Return the repository `name` with its clients; no request is sent yet.

        `api_url`: the address of GitHub's REST API, without a slash at the end.
        """
        client = _client(token, api_url, pace, patient(pace))
        once = _client(token, api_url, pace, after_a_limit(pace)).get_repo(name)
        _count_requests(meter)
        return cls(
            name=name,
            patient=client.get_repo(name),
            once=once,
            authorship=Authorship(client, token),
        )

    def ask(self, verb: Method, path: str, body: Any = None) -> Any:
        """Send a request, with retries, and return the JSON of GitHub's answer.

        Use it only for a request that reads, or that writes the same value again. `path`: below the
        address of the repository, such as `issues/7`.
        """
        return call(self.patient, verb, path, body)[1]

    def make(self, path: str, body: Json) -> Json:
        """Create something by POST, and return its JSON, which has `html_url`.

        The request is not retried if GitHub may have stored it: `make_one` does that safely.
        """
        return object_in(call(self.once, "POST", path, body)[1], html_url=str)

    def beside(self, name: str) -> Repository:
        """Return another repository, such as a fork, with the same token and the same retries."""
        return Repository(self.patient.requester, url=f"/repos/{quote(name)}")

    def listed(self, path: str, query: Json) -> Iterator[Json]:
        """Yield all entries of a list; the next page is read only when its entries are needed."""
        page: Json | None = {**query, "per_page": "100"}
        while page is not None:
            headers, entries = call(self.patient, "GET", path, query=page)
            if not isinstance(entries, list):
                raise OddAnswerError
            yield from map(object_in, entries)
            page = next_page(headers)


def make_one(make: Callable[[], Made], find: Callable[[], Made | None]) -> Made:
    """Create something once: a second try follows only if the first one was not stored.

    `make` sends the request and must not retry. `find` returns the created object if GitHub has
    stored it, else None. A refusal by GitHub (HTTP status below 500) is raised at once.
    """
    try:
        return make()
    except (GithubException, requests.RequestException, OddAnswerError) as error:
        if isinstance(error, GithubException) and error.status < SERVER_ERROR:
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
        if is_rate_limit(error):
            raise UserError(
                f"{NAME} refused {doing}: the rate limit is reached. Run this again in an hour."
            ) from None
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
    """Counts PyGithub's requests. PyGithub has no hook for this, but logs one line a request."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.DEBUG)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        if " ==> " in record.getMessage():
            self._meter.requests[NAME] += 1


def _count_requests(meter: Meter) -> None:
    # PyGithub would print the server's words, which may hold a token or a workflow command.
    github.set_log_level(logging.CRITICAL + 1)
    logger = logging.Logger("community_partners.github", logging.DEBUG)
    logger.addHandler(_Counter(meter))
    Requester.injectLogger(logger)


def _client(token: str, api_url: str, pace: Pace, retry: GithubRetry) -> Github:
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
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    pace = Pace.within(settings.timeout)
    return GitHubRepository.connect(
        settings.github_token, settings.github_api_url, name, meter, pace
    )
