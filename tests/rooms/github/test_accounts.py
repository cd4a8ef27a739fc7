"""An account by its id: the login it has by now, over real HTTP, on the fake GitHub."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from community_partners.commands.wiring import clients
from community_partners.github.accounts import accounts_by_id
from community_partners.model.evidence import AccountCheck, AccountKind, Answer
from community_partners.settings import Settings
from community_partners.wire.tries import Meter, Pace
from fakes import server
from fakes.github import FakeGitHub
from fakes.github_graphql import Node

KINDS = {"User": AccountKind.PERSON, "Organization": AccountKind.ORGANIZATION}


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask_all(
    fake: FakeGitHub,
    numbers: Sequence[int],
    meter: Meter | None = None,
    timeout: float = 10.0,
    *,
    known: Sequence[Node] = (),
    **env: str,
) -> tuple[Answer[AccountCheck], ...]:
    """As the program asks: with the session that it connects. `known`: accounts that exist."""
    given = {"GITHUB_TOKEN": "example-token", "GITHUB_API_URL": fake.url, **env}
    settings = Settings.read(given)
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    asked = clients(settings, meter or Meter(), lambda _: None, pace)
    checks = [
        AccountCheck(login=one["login"], kind=KINDS[one["__typename"]], id=one["databaseId"])
        for one in known
    ]
    return accounts_by_id(asked.github, asked.rest, settings.github_api_url, numbers, checks, clock)


def ask(
    fake: FakeGitHub,
    number: int,
    meter: Meter | None = None,
    timeout: float = 10.0,
    *,
    known: Sequence[Node] = (),
    **env: str,
) -> Answer[AccountCheck]:
    [answer] = ask_all(fake, [number], meter, timeout, known=known, **env)
    return answer


@pytest.fixture
def ada(fake_github: FakeGitHub) -> int:
    return int(fake_github.person("ada")["databaseId"])


def test_the_login_of_today(fake_github: FakeGitHub, ada: int) -> None:
    meter = Meter()
    answer = ask(fake_github, ada, meter=meter)
    assert answer.value == AccountCheck(login="ada", kind=AccountKind.PERSON, id=ada)
    assert meter.requests == {"GitHub": 1}
    assert fake_github.requests[0].token == "example-token"


def test_a_renamed_account(fake_github: FakeGitHub, ada: int) -> None:
    """Somebody else may have taken the old login since."""
    fake_github.rename("ada", "ada-lovelace")
    fake_github.organization("ada")
    answer = ask(fake_github, ada)
    assert answer.value == AccountCheck(login="ada-lovelace", kind=AccountKind.PERSON, id=ada)


def test_an_organization(fake_github: FakeGitHub) -> None:
    number = fake_github.organization("acme")["databaseId"]
    answer = ask(fake_github, number)
    assert answer.value == AccountCheck(login="acme", kind=AccountKind.ORGANIZATION, id=number)


def test_a_deleted_account(fake_github: FakeGitHub, ada: int) -> None:
    fake_github.delete("ada")
    known = [fake_github.person("bob"), fake_github.organization("project")]
    answer = ask(fake_github, ada, known=known)
    assert answer.value == AccountCheck(login="", kind=AccountKind.MISSING, id=ada)
    assert len(fake_github.requests) == 1


def forget(body: Any) -> None:
    """GitHub takes node ids of this form no longer: each is one that it does not know."""
    for name in ("people", "organizations"):
        body["data"][name] = [None] * len(body["data"][name])
    body["errors"] = [{"type": "NOT_FOUND", "path": ["people", 0], "message": "No."}]


@pytest.fixture
def without_node_ids(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.fail(server.changed(forget), on="nodes(ids", times=99)
    return fake_github


FATES: list[Callable[[FakeGitHub, str], object]] = [
    lambda fake, login: fake.rename(login, f"new-{login}"),
    FakeGitHub.delete,
    lambda fake, login: fake.owners[login].update(__typename="Organization"),
    lambda fake, login: None,
]


@pytest.mark.parametrize("count", [1, 97, 98, 99, 250])
def test_as_by_rest(fake_github: FakeGitHub, count: int) -> None:
    """Whatever became of the accounts, both ways tell the same, and one needs few requests."""
    known = [fake_github.person("bob"), fake_github.organization("project")]
    numbers = []
    for at in range(count):
        numbers.append(fake_github.person(f"lost-{at}")["databaseId"])
        FATES[at % 7 % 4](fake_github, f"lost-{at}")
    batched = ask_all(fake_github, numbers, known=known)
    assert len(fake_github.requests) == -(-count // 98)
    fake_github.fail(server.changed(forget), on="nodes(ids", times=99)
    assert ask_all(fake_github, numbers, known=known) == batched
    assert [one.value.id if one.value else None for one in batched] == numbers


def test_batches_that_are_too_much_are_asked_by_half(fake_github: FakeGitHub) -> None:
    known = [fake_github.person("bob"), fake_github.organization("project")]
    numbers = [fake_github.person(f"lost-{at}")["databaseId"] for at in range(200)]
    whole = ask_all(fake_github, numbers, known=known)
    before = len(fake_github.requests)
    fake_github.largest = 60  # ids, for both kinds together
    assert ask_all(fake_github, numbers, known=known) == whole
    sizes = [len(one.variables["people"]) - 2 for one in fake_github.requests[before:]]
    assert list(dict.fromkeys(sizes)) == [98, 49, 24, 8]
    assert sizes == sorted(sizes, reverse=True), "what was learned holds for the rest"


@pytest.mark.parametrize("known", ["nobody", "a person", "an organization"])
def test_nobody_is_deleted_without_a_proof(fake_github: FakeGitHub, ada: int, known: str) -> None:
    """REST is asked where the question could not have found such an account."""
    fake_github.delete("ada")
    bob, project = fake_github.person("bob"), fake_github.organization("project")
    exist = {"nobody": [], "a person": [bob], "an organization": [project]}[known]
    answer = ask(fake_github, ada, known=exist)
    assert answer.value == AccountCheck(login="", kind=AccountKind.MISSING, id=ada)
    assert [one.path for one in fake_github.requests] == ["/graphql", f"/user/{ada}"]


NODE_IDS = {10: "U_kgAK", 200: "U_kgDMyA", 1002: "U_kgDNA-o", 3407303: "U_kgDOADP9xw"}


@pytest.mark.parametrize("number", NODE_IDS)
def test_an_old_account_with_a_small_number(fake_github: FakeGitHub, number: int) -> None:
    """Its node id is shorter; under a longer one, a living account would look deleted."""
    fake_github.person("ada", databaseId=number)
    known = [fake_github.person("bob"), fake_github.organization("project")]
    answer = ask(fake_github, number, known=known)
    assert answer.value == AccountCheck(login="ada", kind=AccountKind.PERSON, id=number)
    [request] = fake_github.requests
    assert request.variables["people"][0] == NODE_IDS[number]


def test_a_number_beyond_the_known_node_ids(fake_github: FakeGitHub) -> None:
    number = 2**32
    fake_github.person("ada", databaseId=number)
    answer = ask(fake_github, number)
    assert answer.value == AccountCheck(login="ada", kind=AccountKind.PERSON, id=number)


WRONG: dict[str, tuple[server.Failure, str]] = {
    "another account": (
        server.changed(lambda body: body["data"]["people"][0].update(databaseId=4711)),
        "GitHub sent something unexpected (ValueError).",
    ),
    "no login": (
        server.changed(lambda body: body["data"]["people"][0].update(login="")),
        "GitHub sent something unexpected (ValueError).",
    ),
    "fewer than asked for": (
        server.changed(lambda body: body["data"]["people"].pop()),
        "GitHub sent something unexpected (ValueError).",
    ),
    "no list": (
        server.changed(lambda body: body["data"].update(organizations=None)),
        "GitHub sent something unexpected (TypeError).",
    ),
    "a right that is missing": (
        server.partial("people", 0, type="FORBIDDEN"),
        "GitHub answered only in part (FORBIDDEN).",
    ),
    "a moment's fault": (
        server.partial("people", 0, type="SERVICE_UNAVAILABLE"),
        "GitHub answered only in part (SERVICE_UNAVAILABLE).",
    ),
}


@pytest.mark.parametrize(("failure", "sentence"), WRONG.values(), ids=WRONG)
def test_a_node_that_was_not_asked_for(
    fake_github: FakeGitHub, ada: int, failure: server.Failure, sentence: str
) -> None:
    fake_github.fail(failure, on="nodes(ids")
    answer = ask(fake_github, ada)
    assert (answer.value, answer.failure) == (None, sentence)
    assert len(fake_github.requests) == 1, "REST is not asked either"


def _with(**fields: Any) -> server.Failure:
    return server.changed(lambda body: body.update(fields))


@pytest.mark.parametrize(
    ("failure", "sentence", "lasting"),
    [
        (server.status(500), "GitHub refused the question (HTTP 500, no data).", False),
        (server.status(403), "GitHub refused the question (HTTP 403, no data).", False),
        (
            server.rate_limited(),
            "GitHub's rate limit is reached until 2100-01-01 00:00 UTC.",
            False,
        ),
        (
            server.status(429, Retry_After="0"),
            "GitHub's rate limit is reached until 2026-11-24 12:00 UTC.",
            False,
        ),
        (server.status(401), "GitHub does not accept the token that the program uses.", True),
        (
            server.status(404, "No such page."),
            "GitHub refused the question (HTTP 404, no data).",
            False,
        ),
        (
            lambda _: server.Response(status=404, body=b"<html>Not Found</html>"),
            "GitHub refused the question (HTTP 404, no data).",
            False,
        ),
        (server.garbage(), "GitHub sent something unexpected (HTTP 200).", False),
        (server.garbage(b"[1]"), "GitHub sent something unexpected (TypeError).", False),
        (server.garbage(b"{}"), "GitHub sent something unexpected (KeyError).", False),
        (_with(id=4711), "GitHub sent something unexpected (ValueError).", False),
        (_with(login=""), "GitHub sent something unexpected (ValueError).", False),
        (_with(login=7), "GitHub sent something unexpected (TypeError).", False),
        (_with(type="Mannequin"), "GitHub sent something unexpected (KeyError).", False),
    ],
)
def test_anything_else_is_a_failure(
    without_node_ids: FakeGitHub, ada: int, failure: server.Failure, sentence: str, lasting: bool
) -> None:
    without_node_ids.fail(failure, on="/user/", times=9)
    answer = ask(without_node_ids, ada)
    assert (answer.value, answer.failure, answer.lasting) == (None, sentence, lasting)


def test_silence_is_a_failure(fake_github: FakeGitHub, ada: int) -> None:
    fake_github.fail(server.silence, times=9)
    answer = ask(fake_github, ada, timeout=0.1)
    assert answer.failure is not None
    assert answer.failure.startswith("GitHub did not answer (")


def test_without_a_token_nobody_is_asked(fake_github: FakeGitHub, ada: int) -> None:
    answer = ask(fake_github, ada, GITHUB_TOKEN="")
    assert answer.failure == "GitHub was not asked: no token is set (GITHUB_TOKEN)."
    assert answer.lasting
    assert not fake_github.requests
