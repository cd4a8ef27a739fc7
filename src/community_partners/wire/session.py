"""Send requests to one server: a timeout on every request, bounded tries, everything counted.

Answers are not read here. A session may be used from several threads.
"""

import json
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

from .gate import Gate
from .judgment import Api, NoAnswerError, failure, judge, utf_8
from .tries import Meter, Pace, Reply, Tries


class Session:
    """Sends requests to one server.

    `name`: the server's name for people, in sentences and in the meter. `gate`: the one of the
    token in `headers`; if None, the one that the meter has for `name`. `closed`: a sentence on why
    the server cannot be asked at all, such as a missing token; else None.
    """

    def __init__(
        self,
        name: str,
        headers: Mapping[str, str],
        meter: Meter,
        pace: Pace | None = None,
        *,
        gate: Gate | None = None,
        closed: str | None = None,
    ) -> None:
        self.name = name
        self.meter = meter
        self._closed = closed
        self._tries = Tries(name=name, pace=pace or Pace(), gate=gate or meter.gate(name))
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": "community-partners", **headers})
        # Without cookies, threads share nothing but the connections, and these are safe to share.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def get(self, url: str) -> requests.Response:
        """Ask for JSON, and return the response: an answer or a refusal, of any HTTP status.

        Raises NoAnswerError if there is neither.
        """
        response: requests.Response = self._send(Api.REST, "GET", url).response
        return response

    def download(self, url: str) -> requests.Response:
        """Ask for a file of any kind, and return the response, as `get` does."""
        response: requests.Response = self._send(Api.FILE, "GET", url).response
        return response

    def post(self, url: str, body: Mapping[str, Any], *, once: bool = False) -> Reply:
        """Send a GraphQL request, and return the reply: an answer or a refusal.

        `once`: the request writes, and is not sent again if it may have been carried out. Raises
        NoAnswerError if there is neither.
        """
        return self._send(Api.GRAPHQL, "POST", url, json.dumps(body).encode(), once=once)

    def _send(
        self, api: Api, method: str, url: str, body: bytes | None = None, *, once: bool = False
    ) -> Reply:
        if self._closed:
            raise NoAnswerError(self._closed, lasting=True)

        def send() -> Reply:
            self.meter.count(self.name)
            response = self._session.request(
                method,
                url,
                data=body,
                headers={"Content-Type": "application/json"} if body else None,
                timeout=self._tries.pace.timeout,
                # A POST follows no redirect, which could carry the token to another server.
                allow_redirects=method == "GET",
            )
            self.meter.count(self.name, len(response.history))
            text = "" if api is Api.FILE else utf_8(response.content)
            return Reply.of(response.status_code, response.headers, text, response)

        return self._tries.send(api, send, once=once)


def refusal(name: str, response: requests.Response) -> NoAnswerError:
    """Return the error for a response that is a refusal. `name`: the server's, for people."""
    return failure(name, judge(Api.REST, response.status_code, response.headers, None))
