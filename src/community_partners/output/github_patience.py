"""What is tried again on GitHub, how long that may take, and when the answer is a rate limit.

A refusal for too many requests was not carried out: whatever it was may be asked again after a
short wait. Silence and errors of the server leave that open: only what may be done twice is.
"""

from collections.abc import Mapping
from typing import Any

from github import GithubException, GithubRetry, RateLimitExceededException
from urllib3 import HTTPResponse
from urllib3.util import Retry

from ..wire.session import Pace

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
