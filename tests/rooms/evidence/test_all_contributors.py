"""Lists of helpers are asked for once in a run, each by itself, and a failure stays a failure."""

from dataclasses import replace

import pytest

from builders import TODAY, member, month, program
from community_partners.commands.wiring import clients
from community_partners.evidence.all_contributors import ask_lists
from community_partners.evidence.clients import Clients
from community_partners.evidence.work import team_claims
from community_partners.model.program import AllContributors, Claims, Program
from community_partners.rules.roster import roster_of
from community_partners.settings import Settings
from community_partners.wire.tries import Meter, Pace
from fakes.github import FakeGitHub
from list_of_helpers import HelpersList, listing, people

MONTHS = (month("2026-08"), month("2026-09"), month("2026-10"))


def listing_in(*repositories: str) -> Program:
    rules = tuple(
        AllContributors(repository=one, approved_by="example-a", kinds={"doc": "event"})
        for one in repositories
    )
    claims = Claims(folder="contributions", all_contributors=rules)
    known = program()
    return replace(known, contribution=replace(known.contribution, claims=claims))


@pytest.fixture
def asking(fake_github: FakeGitHub) -> Clients:
    given = {"GITHUB_TOKEN": "example-token", "GITHUB_API_URL": fake_github.url}
    return clients(Settings.read(given), Meter(), lambda _: None, Pace(backoff=0))


def test_each_list_once_in_a_run(fake_github: FakeGitHub, asking: Clients) -> None:
    lists = listing_in("project/core", "project/docs")
    for name in ("project/core", "project/docs"):
        helpers = HelpersList(fake_github, name)
        helpers.merge("2026-07-01T12:00:00Z", listing())
        helpers.merge("2026-10-05T12:00:00Z", people(example_user_1=["doc"]))
        helpers.merge("2026-11-05T12:00:00Z", people(example_user_1=["doc"], stranger=["doc"]))
    for _ in range(3):
        told = ask_lists(MONTHS, lists, asking, TODAY)
    assert len(fake_github.requests) == 2
    found = [(str(work.month), len(work.contributions)) for work in told.value or ()]
    assert found == [("2026-10", 1), ("2026-11", 1)] * 2


def test_without_a_list_nothing_is_asked(fake_github: FakeGitHub, asking: Clients) -> None:
    assert ask_lists(MONTHS, program(), asking, TODAY).value == ()
    assert ask_lists(MONTHS, listing_in(), asking, TODAY).value == ()
    assert fake_github.requests == []


def test_one_list_that_is_not_known_fails_the_claims(
    fake_github: FakeGitHub, asking: Clients, tmp_path_factory: pytest.TempPathFactory
) -> None:
    HelpersList(fake_github).merge("2026-10-05T12:00:00Z", listing())
    lists = listing_in("project/core", "project/gone")
    roster = roster_of({"acme": (member("example-user-1"),)}, ())
    told = ask_lists(MONTHS, lists, asking, TODAY)
    claims = team_claims(roster, told, lists, tmp_path_factory.mktemp("program"), asking)
    assert claims.value is None
    assert claims.failure == (
        ".all-contributorsrc of project/gone is not known: GitHub has no public repository "
        "'project/gone': the program's own settings are at fault."
    )
    assert claims.lasting


def test_only_the_team_and_what_was_left_out(
    fake_github: FakeGitHub, asking: Clients, tmp_path_factory: pytest.TempPathFactory
) -> None:
    helpers = HelpersList(fake_github)
    helpers.merge("2026-07-01T12:00:00Z", listing())
    helpers.merge("2026-10-05T12:00:00Z", people(example_user_1=["doc", "?"], stranger=["doc"]))
    lists, roster = listing_in("project/core"), roster_of({"acme": (member("example-user-1"),)}, ())
    told = ask_lists(MONTHS, lists, asking, TODAY)
    claims = team_claims(roster, told, lists, tmp_path_factory.mktemp("program"), asking)
    [work] = claims.value or ()
    assert [one.by.login for one in work.contributions] == ["example-user-1"]
    assert [one.message for one in work.left_out] == [
        "'example-user-1' has the type '?', which nobody knows."
    ]
