"""An account by its id: the login it has by now, over real HTTP, on the fake GitHub."""

from datetime import UTC, datetime
from typing import Any

import pytest

from community_partners.commands.wiring import clients
from community_partners.github.accounts import account_by_id
from community_partners.model.evidence import AccountCheck, AccountKind, Answer
from community_partners.settings import Settings
from community_partners.wire.session import Meter, Pace
from fakes import server
from fakes.github import FakeGitHub


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(
    fake: FakeGitHub,
    number: int,
    meter: Meter | None = None,
    timeout: float = 10.0,
    **env: str,
) -> Answer[AccountCheck]:
    """As the program asks: with the session that it connects."""
    given = {"GITHUB_TOKEN": "example-token", "GITHUB_API_URL": fake.url, **env}
    settings = Settings.read(given)
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    asked = clients(settings, meter or Meter(), lambda _: None, pace)
    return account_by_id(asked.rest, settings.github_api_url, number, clock)


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
    answer = ask(fake_github, ada)
    assert answer.value == AccountCheck(login="", kind=AccountKind.MISSING, id=ada)


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
    fake_github: FakeGitHub, ada: int, failure: server.Failure, sentence: str, lasting: bool
) -> None:
    fake_github.fail(failure, times=9)
    answer = ask(fake_github, ada)
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
