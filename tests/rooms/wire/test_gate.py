"""One gate for each token: two requests at a time, and nobody asks after a limit or for silence."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from community_partners.github.rest_client import RestClient
from community_partners.wire.graphql import GraphQL
from community_partners.wire.judgment import NoAnswerError
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace
from fakes.server import FakeServer, Request, Response, garbage, rate_limited, silence, status

TOKEN = "ghs_1"
QUERY = "query { viewer { login } }"
PACE = Pace(timeout=5, backoff=0, longest_wait=2)
UNTIL = "GitHub's rate limit is reached until"


class Crowd(FakeServer):
    """Answers with the path that was asked for, slowly, and sees how many ask at once."""

    def __init__(self, seconds: float = 0.05) -> None:
        super().__init__()
        self.seconds, self.inside, self.most = seconds, 0, 0
        self.times: list[float] = []
        self._counting = threading.Lock()

    def respond(self, request: Request) -> Response:
        with self._counting:
            self.times.append(time.monotonic())
            self.inside += 1
            self.most = max(self.most, self.inside)
        response = super().respond(request)
        time.sleep(self.seconds)
        with self._counting:
            self.inside -= 1
        return response

    def answer(self, request: Request) -> Response:
        told = {"path": request.path, "said": request.body}
        return Response(body={"data": told} if request.path == "/graphql" else told)


class Clients:
    """The clients of one run with one token."""

    def __init__(
        self, fake: FakeServer | str, pace: Pace = PACE, meter: Meter | None = None
    ) -> None:
        url = fake if isinstance(fake, str) else fake.url
        self.meter = meter or Meter()
        headers = {"Authorization": f"bearer {TOKEN}"}
        session = Session("GitHub", headers, self.meter, pace, gate=self.meter.gate(TOKEN))
        self.graphql = GraphQL(session, f"{url}/graphql")
        self.client = RestClient(TOKEN, url, self.meter, pace)

    def ask(self) -> str:
        return str(self.graphql.ask(QUERY, {}).data["path"])

    def read(self, path: str = "/user") -> str:
        return str(self.client.call("GET", path)[1]["path"])

    def write(self, path: str = "/made") -> str:
        return str(self.client.call("POST", path, {}, once=True)[1]["path"])


def failure(ask: Callable[[], object]) -> str:
    with pytest.raises(NoAnswerError) as caught:
        ask()
    return str(caught.value)


def together(*asks: Callable[[], object]) -> list[object]:
    """What each gave or why it failed, after all were asked at once."""

    def result(ask: Callable[[], object]) -> object:
        try:
            return ask()
        except NoAnswerError as error:
            return str(error)

    with ThreadPoolExecutor(len(asks)) as threads:
        return list(threads.map(result, asks))


def test_two_at_a_time_whoever_asks() -> None:
    with Crowd() as fake:
        run = Clients(fake)
        found = together(*[run.ask] * 4, *[run.read] * 4, *[run.write] * 4)
        assert found == ["/graphql"] * 4 + ["/user"] * 4 + ["/made"] * 4
        assert fake.most == 2
        assert run.meter.requests["GitHub"] == 12


def test_another_token_has_its_own_gate() -> None:
    meter = Meter()
    assert meter.gate("ghs_1") is meter.gate("ghs_1")
    assert meter.gate("ghs_1") is not meter.gate("ghp_2")
    assert "ghs_1" not in repr(meter)


def test_threads_get_their_own_answers() -> None:
    with Crowd(seconds=0) as fake:
        run = Clients(fake)
        paths = [f"/users/example-user-{number}" for number in range(40)]
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(run.read, paths)) == paths


LONG = [
    status(429, Retry_After="3600"),
    status(403, Retry_After="60"),
    status(503, Retry_After="60"),
]


@pytest.mark.parametrize("limit", LONG, ids=["429", "403", "503"])
def test_all_stop_at_a_wait_that_is_too_long(limit: Callable[..., Response]) -> None:
    """Two may be on their way; nobody asks after them, by GraphQL or REST, to read or to write."""
    with Crowd() as fake:
        fake.fail(limit, times=99)
        run = Clients(fake)
        found = together(*[run.ask] * 5, *[run.read] * 5, *[run.write] * 5)
        assert " until 2026-11-24 1" in str(found[0])
        assert len(set(found)) == 1
        assert len(fake.requests) <= 2
        assert failure(run.read) == found[0]
        assert run.meter.requests["GitHub"] == len(fake.requests)


def test_an_hours_budget_is_of_one_api() -> None:
    """GraphQL's points and REST's requests are counted apart."""
    with Crowd() as fake:
        fake.fail(rate_limited(), on="/graphql", times=99)
        run = Clients(fake)
        assert failure(run.ask).startswith(UNTIL)
        assert failure(run.ask).startswith(UNTIL)
        assert run.read() == "/user"
        assert len(fake.requests) == 2


def test_during_a_short_wait_nobody_asks() -> None:
    """Some may be on their way already."""
    with Crowd(seconds=0) as fake:
        fake.fail(status(429, Retry_After="1"))
        run = Clients(fake)
        found = together(run.ask, run.ask, run.read, run.read, run.write, run.write)
        assert found == ["/graphql"] * 2 + ["/user"] * 2 + ["/made"] * 2
        limited, *others = sorted(fake.times)
        assert not [one for one in others if limited + 0.4 < one < limited + 0.95]
        assert others[-1] > limited + 0.95


def test_a_limit_that_outlasts_all_tries_ends_the_run() -> None:
    """Else each further question would wait as long again, and a job has minutes."""
    with Crowd(seconds=0) as fake:
        fake.fail(status(429, Retry_After="0"), times=99)
        run = Clients(fake)
        first = failure(run.ask)
        assert [failure(one) for one in (run.ask, run.read, run.write)] == [first] * 3
        assert len(fake.requests) == 3


def test_a_server_that_is_not_there_is_asked_once_for_a_run() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        run = Clients(f"http://127.0.0.1:{closed.getsockname()[1]}")
        first = failure(run.ask)
        assert first == "GitHub did not answer (ConnectionError, 3 tries)."
        assert (failure(run.ask), run.meter.requests["GitHub"]) == (first, 3)
        failure(run.write)
        assert run.meter.requests["GitHub"] == 6


def test_a_write_is_tried_although_nothing_could_be_read() -> None:
    """A comment may be all that is left to do; and if there is an answer, reading goes on."""
    with Crowd(seconds=0) as fake:
        fake.fail(silence, times=3)
        run = Clients(fake, Pace(timeout=0.2, backoff=0))
        run.client = RestClient(TOKEN, fake.url, run.meter, Pace(timeout=1, backoff=0))
        assert failure(run.read).endswith("3 tries).")
        assert failure(run.read).endswith("3 tries).")
        assert len(fake.requests) == 3
        assert run.write() == "/made"
        assert run.read() == "/user"


def test_what_may_be_done_is_looked_for_after_the_wait() -> None:
    with Crowd(seconds=0) as fake:
        fake.fail(status(503, Retry_After="1"))
        run = Clients(fake)
        failure(run.write)
        assert run.read() == "/user"
        assert fake.times[1] - fake.times[0] > 0.9


@pytest.mark.parametrize("fault", [status(500), status(502), garbage()])
def test_a_fault_of_one_question_is_not_of_the_next(fault: Callable[..., Response]) -> None:
    with Crowd(seconds=0) as fake:
        fake.fail(fault, times=3)
        run = Clients(fake)
        failure(run.ask)
        assert run.ask() == "/graphql"


def test_tries_are_counted_and_told_as_they_were() -> None:
    with Crowd(seconds=0) as fake:
        fake.fail(silence, times=9)
        run = Clients(fake)
        run.client = RestClient(TOKEN, fake.url, run.meter, Pace(timeout=1, backoff=0))
        assert failure(run.write) == "GitHub did not answer (ReadTimeout)."
        assert run.meter.requests["GitHub"] == len(fake.requests) == 1
