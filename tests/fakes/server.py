"""A platform on loopback: it logs what it is asked, and fails when it is told to.

`FakeServer` knows HTTP and nothing of any platform: a subclass answers. `execute` runs a GraphQL
question on a contract; what an error looks like on the wire is the platform's own affair.
"""

import json
import os
import select
import socket
import ssl
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

CONTRACTS = Path(__file__).parent.parent / "contracts"


@dataclass(frozen=True, kw_only=True)
class Request:
    """`headers` by lower-case name; `body` is the decoded JSON, None where there is none."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any

    @property
    def token(self) -> str | None:
        """The bare token, whichever word stands before it."""
        return self.headers.get("authorization", "").split(" ")[-1] or None

    @property
    def variables(self) -> dict[str, Any]:
        """Of a GraphQL question."""
        return dict(self.body.get("variables") or {})

    def __str__(self) -> str:
        return f"{self.method} {self.path} {json.dumps(self.query)} {json.dumps(self.body)}"


@dataclass(frozen=True, kw_only=True)
class Response:
    """`body` is sent as JSON, unless it is bytes. `missing`: bytes that are promised, not sent.

    `pause`: seconds before each of its bytes.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    pause: float = 0.0


class SilenceError(Exception):
    """No answer at all, not even a refusal."""


class ResetError(Exception):
    """The connection is reset instead of answered."""


Failure = Callable[[Callable[[], Response]], Response]
"""What is answered instead; its argument gives (and does) what would have been answered."""


def status(code: int, message: str = "Something went wrong.", **headers: str) -> Failure:
    """An error page; `Retry_After="1"` gives the header Retry-After."""
    body = {"message": message}
    return lambda _: Response(status=code, body=body, headers=_named(headers))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def rate_limited() -> Failure:
    """GitHub's refusal when the hour's budget is spent."""
    return status(
        403,
        "API rate limit exceeded.",
        X_RateLimit_Limit="1000",
        X_RateLimit_Remaining="0",
        X_RateLimit_Reset="4102444800",
    )


def garbage(text: bytes = b"<html>Unicorn!</html>", code: int = 200, **headers: str) -> Failure:
    """A page that is no answer, as a rule with a status that says it is one."""
    return lambda _: Response(status=code, body=text, headers=_named(headers))


def refused(*errors: Mapping[str, Any]) -> Failure:
    """HTTP 200 with GraphQL errors and no data."""
    return lambda _: Response(body={"data": None, "errors": [dict(error) for error in errors]})


def partial(*path: str | int, **error: Any) -> Failure:
    """The honest answer with a hole: null at `path`, and an error that says so."""

    def with_hole(honest: Callable[[], Response]) -> Response:
        body = honest().body
        *way, last = path
        holder = body["data"]
        for step in way:
            holder = holder[step]
        holder[last] = None
        told = {"message": "Something went wrong.", "path": list(path), **error}
        return Response(body={**body, "errors": [told]})

    return with_hole


def changed(change: Callable[[Any], object]) -> Failure:
    """The honest answer after `change` has altered its body in place."""

    def altered(honest: Callable[[], Response]) -> Response:
        response = honest()
        change(response.body)
        return response

    return altered


def with_headers(**headers: str) -> Failure:
    """The honest answer with further headers; `Retry_After="1"` gives the header Retry-After."""

    def named(honest: Callable[[], Response]) -> Response:
        return replace(honest(), headers=_named(headers))

    return named


def instead(body: Any) -> Failure:
    """This body with HTTP status 200."""
    return lambda _: Response(body=body)


def done_but(failure: Failure) -> Failure:
    """What was asked is done, and the answer fails all the same."""

    def deceive(honest: Callable[[], Response]) -> Response:
        honest()
        return failure(honest)

    return deceive


def silence(_: Callable[[], Response]) -> Response:
    """Never answers; the client has to lose patience."""
    raise SilenceError


def reset(_: Callable[[], Response]) -> Response:
    """Tears the connection down."""
    raise ResetError


def broken_off(honest: Callable[[], Response]) -> Response:
    """The honest answer, whose second half never arrives."""
    whole = honest()
    data = whole.body if isinstance(whole.body, bytes) else json.dumps(whole.body).encode()
    kept = data[: len(data) // 2]
    return replace(whole, body=kept, missing=len(data) - len(kept) + 1)


@dataclass(kw_only=True)
class _Order:
    failure: Failure
    on: str
    times: int
    after: int


class FakeServer:
    """Serves while it is entered: `with FakeServer() as fake: ... fake.url`. Counts connections.

    A subclass implements `answer`, which is called by one thread at a time. If it raises, leaving
    the block raises too: a fake that breaks fails the test. `delay`: the seconds that a request
    takes. `arrived`: when each of `requests` came; `spans`: from when to when each one took; by the
    monotonic clock. `worked`: seconds of the processor that this process had used when each came.
    `silent`: ports of clients that wait for an answer in vain. `intercept` may name a failure for a
    request, before all that was ordered.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.requests: list[Request] = []
        self.spans: list[tuple[float, float]] = []
        self.delay: Callable[[Request], float] = lambda _: 0.0
        self.arrived: list[float] = []
        self.worked: list[float] = []
        self.silent: set[int] = set()
        self.intercept: Callable[[Request], Failure | None] = lambda _: None
        self.broken: list[str] = []
        self.closing = threading.Event()
        self._orders: list[_Order] = []
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._serve)

    @property
    def url(self) -> str:
        """`http://127.0.0.1:12345`, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request: Request) -> Response:
        """The honest answer; the state may change with it."""
        raise NotImplementedError

    def fail(self, failure: Failure, *, on: str = "", times: int = 1, after: int = 0) -> None:
        """Order a failure for requests whose text has `on` in it.

        The text is `POST /graphql {query string as JSON} {body as JSON}`. The first `after` such
        requests are answered honestly, the next `times` fail.
        """
        self._orders.append(_Order(failure=failure, on=on, times=times, after=after))

    def recover(self) -> None:
        """No failure that was ordered happens any more."""
        self._orders.clear()

    def respond(self, request: Request) -> Response:
        """Log the request, then fail as ordered or answer."""
        start = time.monotonic()
        if wait := self.delay(request):
            time.sleep(wait)
        with self._lock:
            self.requests.append(request)
            self.arrived.append(time.monotonic())
            self.worked.append(time.process_time())
            failure = self.intercept(request) or self._ordered(request)
            try:
                return failure(lambda: self.answer(request)) if failure else self.answer(request)
            finally:
                self.spans.append((start, time.monotonic()))

    def _ordered(self, request: Request) -> Failure | None:
        for order in self._orders:
            if order.times and order.on in str(request):
                if order.after:
                    order.after -= 1
                    continue
                order.times -= 1
                return order.failure
        return None

    def _serve(self) -> None:
        """Until it is closing: a server that looks for it time and again costs a test a lot."""
        while not self.closing.is_set():
            self._server.handle_request()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        socket.create_connection(("127.0.0.1", self._server.server_port)).close()  # wakes it
        self._thread.join()
        self._server.server_close()
        if self.broken and error is None:
            raise AssertionError("\n".join(self.broken))


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them and nothing outlives its test

    def __init__(self, fake: FakeServer) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        self.fake.connections += 1
        return not self.fake.closing.is_set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client may refuse a certificate, and leave."""
        if not isinstance(sys.exception(), (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815

    def _serve(self) -> None:
        fake = self.server.fake
        try:
            self._send(fake.respond(self._request()))
        except SilenceError:
            fake.silent.add(self.client_address[1])
            self._wait_for_the_end()
        except ResetError:
            # A socket that is closed without lingering resets its connection.
            at_once = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            os.close(self.connection.detach())
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass  # the client lost patience
        except Exception:  # noqa: BLE001  told when the server closes
            fake.broken.append(traceback.format_exc())
            self._send(Response(status=500, body={"message": "The fake is broken."}))

    def _wait_for_the_end(self) -> None:
        """Until the client has lost patience, or the server closes."""
        while not self.server.fake.closing.is_set():
            if select.select([self.connection], [], [], 0.05)[0]:
                return

    def _request(self) -> Request:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        return Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=json.loads(raw) if raw else None,
        )

    def _send(self, response: Response) -> None:
        body = response.body
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if "Content-Type" not in response.headers:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        if "Content-Length" not in response.headers:
            self.send_header("Content-Length", str(len(data) + response.missing))
        self.end_headers()
        if not response.pause:
            self.wfile.write(data)
            return
        for number in range(len(data)):
            if self.server.fake.closing.wait(response.pause):
                return
            self.wfile.write(data[number : number + 1])

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The header `Date`: noon of the day that is today in tests."""
        return "Tue, 24 Nov 2026 12:00:00 GMT"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: `requests` has it all."""


@cache
def contract(*names: str) -> GraphQLSchema:
    """The schema of the files in tests/contracts; those that extend come after what they extend."""
    return build_schema("\n".join((CONTRACTS / name).read_text("utf-8") for name in names))


@lru_cache(maxsize=500)
def document_of(query: str) -> DocumentNode:
    """The question; the same few are asked again and again. Raises GraphQLError."""
    return parse(query)


@lru_cache(maxsize=500)
def _read(schema: GraphQLSchema, query: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
    """The question, and what is wrong with it."""
    try:
        document = document_of(query)
    except GraphQLError as error:
        return None, [error]
    return document, validate(schema, document)


def execute(
    schema: GraphQLSchema, root: Any, body: Mapping[str, Any]
) -> tuple[int, dict[str, Any]]:
    """Status and answer to a GraphQL question; 400 and no data where it is not valid.

    `root` and what it leads to are dicts: a value, or a function of (info, **arguments).
    An error raised as GraphQLError(message, extensions={...}) keeps its extensions.
    """
    document, invalid = _read(schema, body["query"])
    if document is None or invalid:
        return 400, {"errors": [error.formatted for error in invalid]}
    result = execute_sync(
        schema,
        document,
        root_value=root,
        variable_values=dict(body.get("variables") or {}),
        operation_name=body.get("operationName"),
    )
    for failure in result.errors or ():
        if failure.original_error and not isinstance(failure.original_error, GraphQLError):
            raise failure.original_error  # the fake's own bug, not the platform's answer
    answer = {"data": result.data}
    return 200, answer | ({"errors": [e.formatted for e in result.errors]} if result.errors else {})
