"""Send requests to GitHub's REST API through PyGithub, one try each; `wire/tries.py` repeats them.

Requests are counted, redirects too. PyGithub would print the server's words, which may hold a token
or a workflow command: it prints nothing here.
"""

import logging
import math
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import github
import requests
from github import Auth, Github, GithubException
from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    Requester,
    RequestsResponse,
)

from ..wire.judgment import Api, utf_8
from ..wire.tries import Meter, Pace, Reply, Tries
from .rest_answers import Json

Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
NAME = "GitHub"
_BUDGET = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
_MOST_FURTHER = 3
_LARGEST = "9" * 15  # a larger number means the same: never
_making = threading.Lock()


class RestClient:
    """A client for one token. Safe to use from several threads: no two share a connection.

    `api_url`: the address of GitHub's REST API, without a slash at the end.
    """

    def __init__(self, token: str, api_url: str, meter: Meter, pace: Pace) -> None:
        self._token, self._url, self._meter, self._pace = token, api_url, meter, pace
        self._tries = Tries(name=NAME, pace=pace, gate=meter.gate(token))
        self._idle: list[Requester] = []

    def call(
        self,
        verb: Method,
        path: str,
        body: Any = None,
        query: Json | None = None,
        *,
        once: bool = False,
    ) -> tuple[Json, Any]:
        """Send a request, and return the answer's headers, by lower-case name, and its JSON.

        `once`: the request creates something, so it is not sent again if GitHub may have stored it.
        Raises GithubException for a refusal with its HTTP status, and NoAnswerError.
        """

        def send(requester: Requester) -> tuple[int, Json, str]:
            return requester.requestJson(verb, path, dict(query or {}), input=body)

        reply = self._reply(Api.REST, send, once=once)
        return reply.headers, reply.data

    def graphql(self, query: str, variables: Json | None = None, *, once: bool = False) -> Any:
        """Send a GraphQL query, and return the JSON of the answer, with its errors.

        `once`: the query changes something, so it is not sent again if GitHub may have done it.
        Raises GithubException for a refusal with its HTTP status, and NoAnswerError.
        """
        asked = {"query": query, "variables": dict(variables or {})}

        def send(requester: Requester) -> tuple[int, Json, str]:
            return requester.requestJson("POST", requester.graphql_url, input=asked)

        return self._reply(Api.GRAPHQL, send, once=once).data

    def _reply(
        self, api: Api, send: Callable[[Requester], tuple[int, Json, str]], *, once: bool = False
    ) -> Reply:
        def ask() -> Reply:
            with self._requester() as requester:
                return Reply.of(*send(requester))

        reply = self._tries.send(api, ask, once=once)
        if reply.status >= 300:
            told = reply.data if isinstance(reply.data, dict) else None
            raise GithubException(reply.status, told, dict(reply.headers))
        return reply

    @contextmanager
    def _requester(self) -> Iterator[Requester]:
        """Lend a requester: PyGithub's keeps the request that it is about to send in a field."""
        try:
            requester = self._idle.pop()
        except IndexError:
            requester = self._new()
        yield requester
        self._idle.append(requester)

    def _new(self) -> Requester:
        github.set_log_level(logging.CRITICAL + 1)
        with _making:
            Requester.injectConnectionClasses(*_connections(self._meter))
            client = Github(
                auth=Auth.Token(self._token),
                base_url=self._url,
                timeout=math.ceil(self._pace.timeout),
                retry=None,
                per_page=100,
                seconds_between_requests=None,
                seconds_between_writes=None,
                user_agent="community-partners",
                lazy=True,
            )
            Requester.resetConnectionClasses()
        return client.requester


def _connections(
    meter: Meter,
) -> tuple[type[HTTPRequestsConnectionClass], type[HTTPSRequestsConnectionClass]]:
    """Return the classes of PyGithub's connections, with each request counted."""

    class Http(HTTPRequestsConnectionClass):
        further = 0

        def getresponse(self) -> RequestsResponse:
            response = _counted(super().getresponse, meter)
            self.further = _bounded(response, self.further)
            return response

    class Https(HTTPSRequestsConnectionClass):
        further = 0

        def getresponse(self) -> RequestsResponse:
            response = _counted(super().getresponse, meter)
            self.further = _bounded(response, self.further)
            return response

    return Http, Https


class _Response(RequestsResponse):
    """A response whose body is only read as UTF-8."""

    def read(self) -> str:
        return utf_8(self.response.content)


def _counted(ask: Callable[[], RequestsResponse], meter: Meter) -> RequestsResponse:
    """Send one request, and take out of the answer the headers that PyGithub would break on.

    It reads them as numbers, and its error would make a write look undone that was carried out.
    """
    meter.count(NAME)
    response = _Response(ask().response)
    for name in _BUDGET:
        value = response.headers.get(name, "0")
        if not re.fullmatch(r"[0-9]+", value):
            del response.headers[name]
        elif len(value) > len(_LARGEST):
            response.headers[name] = _LARGEST
    return response


def _bounded(response: RequestsResponse, further: int) -> int:
    """Return how many requests in a row PyGithub will have added; it would go on without end.

    It follows a repository that was renamed (301), and asks again for what GitHub still computes.
    """
    further = further + 1 if response.status in (202, 301) else 0
    if further > _MOST_FURTHER:
        raise requests.TooManyRedirects
    return further
