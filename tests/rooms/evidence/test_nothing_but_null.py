"""Only null means that nothing is there, in every question: what is empty instead is no answer."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, product
from typing import Any

import pytest

from builders import ASKED_AT, month
from community_partners.commands.wiring import clients
from community_partners.errors import UserError
from community_partners.github import sponsors, work
from community_partners.github.accounts import accounts_by_id, accounts_by_login
from community_partners.github.all_contributors import list_commits
from community_partners.github.applications import Funnels
from community_partners.github.merges import merge_of
from community_partners.github.places import places as places_of
from community_partners.github.rest import GitHubRepository
from community_partners.github.thread_query import ask_thread
from community_partners.github.waiting_list import WaitingList
from community_partners.model.evidence import AccountCheck, AccountKind
from community_partners.model.funnel import STATUS
from community_partners.model.program import GitHubScope, GitHubSponsors, OpenCollective
from community_partners.open_collective import sponsorships as open_collective
from community_partners.open_collective.collective import has_collective
from community_partners.settings import Settings
from community_partners.wire.judgment import NoAnswerError
from community_partners.wire.tries import Meter, Pace
from fakes import github as fake_github_module
from fakes import open_collective as fake_open_collective_module
from fakes.faults import is_graphql
from fakes.github import CONTRACT, FakeGitHub
from fakes.mutations import nullable_objects
from fakes.open_collective import FakeOpenCollective
from fakes.server import Failure, FakeServer, Request, changed, contract
from fakes.sponsors import Sponsors
from list_of_helpers import HelpersList, listing, people

REPOSITORY = "project/partners"
LISTED = "project/helped"
PATH = "applications/acme.yml"
ADA, PROJECT = 501, 502
EMPTY: tuple[Any, ...] = ({}, [], "", 0, False)


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Worlds:
    github: FakeGitHub
    ledger: FakeOpenCollective


def months_of_work(worlds: Worlds) -> Any:
    client = fake_github_module.connect(worlds.github)
    october = month("2026-10")
    scope = GitHubScope(organizations=("project",))
    return work.sweep(client, scope, [october], clock)[october].value


def accounts(worlds: Worlds) -> Any:
    client = fake_github_module.connect(worlds.github)
    return accounts_by_login(client, ["example-user-1", "nobody"], clock).value


def accounts_of_ids(worlds: Worlds) -> Any:
    given = {"GITHUB_TOKEN": "example-token", "GITHUB_API_URL": worlds.github.url}
    pace = Pace(backoff=0, longest_wait=0)
    asked = clients(Settings.read(given), Meter(), lambda _: None, pace)
    known = [AccountCheck(login="project", kind=AccountKind.ORGANIZATION, id=PROJECT)]
    [told] = accounts_by_id(asked.github, asked.rest, worlds.github.url, [ADA], known, clock)
    return told.value


def one_sponsor(worlds: Worlds) -> Any:
    client, settings = fake_github_module.connect(worlds.github), GitHubSponsors(login="project")
    told = sponsors.sponsorships(client, settings, ["acme"], date(2026, 11, 24), clock)
    return told["acme"].value


def all_sponsors(worlds: Worlds) -> Any:
    client, settings = fake_github_module.connect(worlds.github), GitHubSponsors(login="project")
    names = ["acme", "ACME"]  # one account, as two records may write it
    told = sponsors.sponsorships(client, settings, names, date(2026, 11, 24), clock)
    return told["acme"].value


def one_payer(worlds: Worlds) -> Any:
    client = fake_open_collective_module.connect(worlds.ledger)
    settings = OpenCollective(collective="project")
    told = open_collective.sponsorships(client, settings, ["acme"], date(2026, 8, 1), clock)
    return told["acme"].value


def ledger(worlds: Worlds) -> Any:
    client = fake_open_collective_module.connect(worlds.ledger)
    settings = OpenCollective(collective="project", include_projects=True)
    names = ["acme", "ACME"]  # one account, as two records may write it
    told = open_collective.sponsorships(client, settings, names, date(2026, 8, 1), clock)
    return told["acme"].value


def both_of(told: dict[str, Any]) -> Any:
    values = [one.value for one in told.values()]
    return None if None in values else values


def payer_without_a_row(worlds: Worlds) -> Any:
    client = fake_open_collective_module.connect(worlds.ledger)
    settings = OpenCollective(collective="project")
    names = ["acme", "stranger"]
    told = open_collective.sponsorships(client, settings, names, date(2026, 8, 1), clock)
    return both_of(told)


def sponsor_that_is_not_listed(worlds: Worlds) -> Any:
    client, settings = fake_github_module.connect(worlds.github), GitHubSponsors(login="project")
    names = ["acme", "stranger"]
    return both_of(sponsors.sponsorships(client, settings, names, date(2026, 11, 24), clock))


def named_places(worlds: Worlds) -> Any:
    client = fake_github_module.connect(worlds.github)
    return places_of(client, ["project", "project/core"], clock).value


def collective(worlds: Worlds) -> Any:
    client = fake_open_collective_module.connect(worlds.ledger)
    return has_collective(client, "project", clock).value


def funnel(worlds: Worlds) -> Any:
    client = fake_github_module.connect(worlds.github)
    return Funnels(client, REPOSITORY, clock).of("acme").value


def thread(worlds: Worlds) -> Any:
    pace = Pace(backoff=0)
    url = worlds.github.url
    there = GitHubRepository.connect("ghs_0123456789", url, REPOSITORY, Meter(), pace)
    client = fake_github_module.connect(worlds.github)
    return ask_thread(client, REPOSITORY, 7, there.authorship)


def waiting(worlds: Worlds) -> Any:
    pace = Pace(backoff=0)
    url = worlds.github.url
    there = GitHubRepository.connect("ghs_0123456789", url, REPOSITORY, Meter(), pace)
    with suppress(UserError):
        client = fake_github_module.connect(worlds.github)
        found = WaitingList.read(client, there, lambda: ASKED_AT)
        # A thread that cannot be read from the list is read by itself.
        return None if any(one.thread is None for one in found.threads) else found
    return None


def merges(worlds: Worlds) -> Any:
    client = fake_github_module.connect(worlds.github)
    head = worlds.github.rest.repository(REPOSITORY).git.find("main") or ""
    return merge_of(client, REPOSITORY, head, PATH, clock).value


def commits_of_a_list(worlds: Worlds) -> Any:
    with suppress(NoAnswerError):
        client = fake_github_module.connect(worlds.github)
        return list_commits(client, LISTED, date(2026, 7, 1), ())
    return None


OF_LEDGER = (one_payer, ledger, payer_without_a_row, collective)
QUESTIONS: tuple[Callable[[Worlds], Any], ...] = (
    months_of_work,
    accounts,
    accounts_of_ids,
    one_sponsor,
    all_sponsors,
    sponsor_that_is_not_listed,
    named_places,
    *OF_LEDGER,
    funnel,
    thread,
    waiting,
    merges,
    commits_of_a_list,
)


@pytest.fixture
def worlds(fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective) -> Worlds:
    fake_github.person("example-user-1", databaseId=ADA)
    fake_github.organization("project", databaseId=PROJECT)
    reviews = [fake_github.review("example-user-1")]
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-author", reviews=reviews)
    fake_github.closed_issue("2026-10-06T12:00:00Z", "example-author")
    fake_github.discussion("2026-10-07T12:00:00Z", "example-user-1", "example-user-2")
    Sponsors(fake_github).faithful("acme", "2026-08-15", months=4)
    fake_open_collective.faithful("acme", "2026-10-01")
    fake_open_collective.account("stranger")
    fake_github.organization("stranger", name="Stranger", websiteUrl=None)
    rest = fake_github.rest
    rest.add_issue(REPOSITORY, 7, "example-user-1", labels=["application"])
    rest.add_comment(REPOSITORY, 7, "example-user-1", "A comment")
    of, branch = rest.repository(REPOSITORY), "application-acme"
    of.git.git("update-ref", f"refs/heads/{branch}", "refs/heads/main")
    head = of.git.commit(branch, PATH, b"name: Acme", "Application")
    rest.add_pull(REPOSITORY, branch, "main", "example-user-1", labels=[{"name": "application"}])
    verdict = {"context": STATUS, "state": "success", "target_url": "https://github.com/x/y"}
    of.statuses[head] = [{**verdict, "description": "Eligible"}]
    merged = rest.add_pull(REPOSITORY, branch, "main", "example-user-1")
    of.git.git("update-ref", "refs/heads/main", head)
    merged["head"]["sha"] = head
    merged.update(state="closed", merged=True, merge_commit_sha=head)
    helpers = HelpersList(fake_github, LISTED)
    helpers.push("2026-05-05T12:00:00Z", listing())
    helpers.merge("2026-10-05T12:00:00Z", people(example_user_1=["doc"]))
    helpers.push("2026-10-06T12:00:00Z", listing(), by="example-user-1")
    return Worlds(github=fake_github, ledger=fake_open_collective)


def places(
    server: FakeServer, ask: Callable[[], Any]
) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    """Where something may be null: the number of the question, and one path for each field."""
    told: list[tuple[Request, Any]] = []

    def listen(request: Request) -> Failure:
        return changed(lambda body: told.append((request, copy.deepcopy(body))))

    server.intercept = listen
    assert ask() is not None
    schema = contract(
        *(CONTRACT if isinstance(server, FakeGitHub) else ("opencollective.graphql",))
    )
    seen = set()
    for number, (request, body) in enumerate(told):
        if not is_graphql(request):
            continue
        for path in nullable_objects(request, body["data"], schema):
            field = (
                number,
                *(step for step in path if isinstance(step, str)),
                at(body["data"], path) is None,
            )
            if path[0] != "rateLimit" and field not in seen:
                seen.add(field)
                yield number, path


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def putting(
    value: Any, path: tuple[str | int, ...], number: int
) -> Callable[[Request], Failure | None]:
    """Another value at the place in the answer to the question of this number."""
    asked = count()

    def alter(_: Request) -> Failure | None:
        return changed(put) if next(asked) == number else None

    def put(body: Any) -> None:
        at(body["data"], path[:-1])[path[-1]] = value

    return alter


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.__name__)
def test_what_is_empty_is_no_answer(worlds: Worlds, question: Callable[[Worlds], Any]) -> None:
    server = worlds.ledger if question in OF_LEDGER else worlds.github
    found = list(places(server, lambda: question(worlds)))
    taken = []
    for (number, path), empty in product(found, EMPTY):
        server.intercept = putting(empty, path, number)
        if question(worlds) is not None:
            taken.append((*path, empty))
    assert found
    assert not taken
