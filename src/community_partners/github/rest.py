"""One repository by GitHub's REST, through PyGithub: retries, counting, refusals as sentences.

Decides what may be tried again: what reads, and what writes the same over again. What makes
something new is not: if it may have been stored, it is looked for first. A refusal for a rate limit
was not carried out, so that anything may be asked again after a short wait.
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
    """No wait beyond the longest: a runner is paid by the minute."""

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
    """For what may be done twice: all errors of the server, silence and rate limits."""
    return _Patience(**_bounds(pace), status_forcelist=[_TOO_MANY, *_SERVER_ERRORS])


def after_a_limit(pace: Pace) -> GithubRetry:
    """For what makes something new: rate limits and connections that never were."""
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
    """GitHub says 403 for it as well; the limit on bursts may have no header, only a message."""
    headers: Mapping[str, Any] = {k.lower(): v for k, v in (error.headers or {}).items()}
    spent = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
    forbidden = error.status == 403 and (spent or isinstance(error, RateLimitExceededException))
    return error.status == _TOO_MANY or forbidden


NAME = "GitHub"
SERVER_ERROR = 500
_INVALID_TOKEN = "The token is not valid: check GITHUB_TOKEN."  # noqa: S105  a sentence
_LIMITED = "asks for fewer requests for now (rate limit)"
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubRepository:
    """The repository `owner/name`, twice: `patient` tries again when GitHub stumbles, `once` after
    a rate limit only.

    `authorship`: what is ours in it.
    """

    name: str
    patient: Repository
    once: Repository
    authorship: Authorship

    @classmethod
    def connect(cls, token: str, api_url: str, name: str, meter: Meter, pace: Pace) -> Self:
        """Asks nothing yet. `api_url`: without a slash at the end."""
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
        """What GitHub answers; tried again. For what reads, or writes the same over again."""
        return call(self.patient, verb, path, body)[1]

    def make(self, path: str, body: Json) -> Json:
        """What a POST made, with its address; not tried again if it may be there."""
        return object_in(call(self.once, "POST", path, body)[1], html_url=str)

    def beside(self, name: str) -> Repository:
        """Another repository, such as a fork, by the same token; tried again."""
        return Repository(self.patient.requester, url=f"/repos/{quote(name)}")

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
        if is_rate_limit(error):
            raise UserError(
                f"{NAME} {_LIMITED} while {doing}. Run this again in a while."
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
    """PyGithub has no hook for requests, but writes one line of log for each."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.DEBUG)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        if " ==> " in record.getMessage():
            self._meter.requests[NAME] += 1


def _count_requests(meter: Meter) -> None:
    # By itself it prints whatever reason a server gives, which may hold a token or a command.
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
    """The workflow's own; nothing is asked yet. `who` needs it: the first words of a sentence."""
    if settings.github_token is None or settings.repository is None:
        raise UserError(
            f"{who} needs GITHUB_TOKEN and GITHUB_REPOSITORY. A workflow sets the second one and "
            "hands over the first in `env`."
        )
    return named_repository(settings, settings.repository, meter)


def named_repository(settings: Settings, name: str, meter: Meter) -> GitHubRepository:
    """The repository `name` (owner/name). Nothing is sent yet. Raises UserError without a token."""
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    pace = Pace.within(settings.timeout)
    return GitHubRepository.connect(
        settings.github_token, settings.github_api_url, name, meter, pace
    )
