"""`partners review`, whole: an event in, the thread on the fake GitHub out."""

import copy
import re
from typing import Any

import pytest

from acme import make_eligible
from fakes import server
from fakes.sponsors import Sponsors
from program_folder import REPOSITORY, ProgramFolder, body, headline


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Everything that makes Acme eligible."""
    make_eligible(program_folder.github, program_folder.open_collective)
    return program_folder


def test_one_comment_with_the_verdict_and_the_label(acme: ProgramFolder) -> None:
    ran = acme.review(acme.issue(body()))
    assert (ran.code, ran.err.count("Traceback")) == (0, 0), ran.err
    [comment] = acme.comments
    assert headline(comment) == "### Eligible: Acme GmbH meets all criteria"
    assert acme.labels == ["application", "eligible"]
    known = acme.github.rest.repository(REPOSITORY).labels
    assert set(known) == {"application", "eligible", "not-yet", "needs-review", "invalid"}
    assert "decision<<" in ran.outputs
    assert "#issuecomment-" in ran.outputs
    assert re.search(r"\d+ requests \(GitHub \d+, Open Collective 1\), \d+ points", ran.summary)


def test_sent_twice_it_is_still_one(acme: ProgramFolder) -> None:
    event = acme.issue(body())
    acme.review(event)
    before = list(acme.comments)
    writes = len([one for one in acme.github.requests if one.method != "GET"])
    assert acme.review(event).code == 0
    assert acme.comments == before
    after = [one for one in acme.github.requests if one.method != "GET"][writes:]
    assert all("query" in one.body["query"] for one in after), "only questions"


def test_an_edited_form_edits_the_comment_and_says_so_once(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    event = acme.issue(body(account="nobody"), "edited")
    acme.review(event)
    acme.review(event)
    verdict, notice = acme.comments
    assert headline(verdict) == (
        "### Not yet: Acme GmbH could be eligible as soon as this is corrected"
    )
    assert "The verdict changed from *eligible* to *not yet*" in notice
    assert acme.labels == ["application", "not-yet"]


def test_an_edit_that_changes_no_decision_notifies_nobody(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(name="Acme Inc"), "edited"))
    [comment] = acme.comments
    assert headline(comment) == "### Eligible: Acme Inc meets all criteria"


@pytest.mark.parametrize("way", ["GraphQL", "REST"])
def test_a_repository_may_write_our_labels_with_capitals(acme: ProgramFolder, way: str) -> None:
    """GitHub knows no difference: its `Invalid` is our `invalid`."""
    if way == "REST":
        acme.github.fail(server.status(502), on="issueOrPullRequest(", times=99)
    known = acme.github.rest.repository(REPOSITORY)
    for name in ("Application", "Eligible", "Not-Yet"):
        known.label(name)
    event = acme.issue(body(), labels=["Application"])
    acme.review(event)
    assert acme.labels == ["Application", "Eligible"]
    asked = len(acme.github.requests)
    acme.review(event)
    assert not [one for one in acme.github.requests[asked:] if "labels" in one.path]
    acme.review(acme.issue(body(account="nobody"), "edited"))
    assert acme.labels == ["Application", "Not-Yet"]


def test_other_labels_stay(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body(), labels=["application", "good first issue", "invalid"]))
    assert acme.labels == ["application", "eligible", "good first issue"]


def test_a_label_that_somebody_moved_decides_nothing(acme: ProgramFolder) -> None:
    """Whoever may triage can put on any: the verdict is read from our comment."""
    event = acme.issue(body(account="nobody"))
    acme.review(event)
    rest = acme.github.rest.repository(REPOSITORY)
    rest.issues[7]["labels"] = [rest.label("application"), rest.label("eligible")]
    acme.review(event)
    [comment] = acme.comments
    assert headline(comment).startswith("### Not yet")
    assert acme.labels == ["application", "not-yet"]
    assert rest.pulls == []


@pytest.mark.parametrize(
    ("why", "name", "change"),
    [
        ("a pull request", "issues", {"issue": {"pull_request": {"url": "https://x"}}}),
        ("a bot", "issues", {"sender": {"login": "other[bot]", "type": "Bot"}}),
        ("a bot's comment", "issue_comment", {"sender": {"login": "o[bot]", "type": "Bot"}}),
        ("no label", "issues", {"issue": {"labels": [], "body": "It does not work."}}),
        ("a closed issue", "issues", {"issue": {"state": "closed"}}),
        ("closing", "issues", {"action": "closed"}),
        ("another label", "issues", {"action": "labeled", "label": {"name": "eligible"}}),
        ("a push", "push", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_changes_nothing(
    acme: ProgramFolder, why: str, name: str, change: dict[str, Any]
) -> None:
    event = acme.issue(body())
    issue = {**event["issue"], **change.get("issue", {})}
    ran = acme.review({**event, **change, "issue": issue}, name=name)
    assert ran.code == 0, why
    assert ran.out.startswith("| Nothing to do."), why
    assert acme.github.requests == []
    assert acme.comments == []


def test_the_first_application_of_a_fresh_repository(acme: ProgramFolder) -> None:
    """GitHub's form applies only labels that exist, and nobody has made any yet."""
    ran = acme.review(acme.issue(body(), labels=[]))
    assert (ran.code, len(acme.comments)) == (0, 1)
    assert acme.labels == ["application", "eligible"]


def test_an_old_run_that_is_started_again_judges_what_stands_there_now(
    acme: ProgramFolder,
) -> None:
    old = copy.deepcopy(acme.issue(body(account="nobody")))
    acme.review(old)
    acme.review(acme.issue(body(), "edited"))
    before = list(acme.comments)
    acme.review(old)
    assert acme.comments == before
    assert acme.labels == ["application", "eligible"]


@pytest.mark.parametrize(
    "now", [{"state": "closed"}, {"labels": [], "body": "Never mind."}], ids=["closed", "no form"]
)
def test_what_is_no_application_any_more_is_not_answered(
    acme: ProgramFolder, now: dict[str, Any]
) -> None:
    event = copy.deepcopy(acme.issue(body()))
    acme.github.rest.repository(REPOSITORY).issues[7].update(now)
    ran = acme.review(event)
    assert ran.out.startswith("| Nothing to do.")
    assert acme.comments == []


def test_an_app_edits_its_own_comment(acme: ProgramFolder) -> None:
    """Its token looks like a workflow's."""
    acme.github.viewers["ghs_app"] = "partners-app[bot]"
    for _ in range(3):
        acme.review(acme.issue(body(), "edited"), GITHUB_TOKEN="ghs_app")
    assert len(acme.comments) == 1


def test_a_dry_run_prints_and_writes_nothing(acme: ProgramFolder) -> None:
    ran = acme.review(acme.issue(body()), "--dry-run")
    assert "post a comment:" in ran.out
    assert "| ### Eligible: Acme GmbH meets all criteria" in ran.out
    assert acme.comments == []
    assert acme.labels == ["application"]


FAILURES: dict[str, server.Failure] = {
    "500": server.status(500),
    "502": server.status(502),
    "403": server.rate_limited(),
    "garbage": server.garbage(),
    "refused": server.refused({"message": "x", "type": "INTERNAL"}),
    "silence": server.silence,
}
HOLES: dict[str, tuple[str | int, ...]] = {
    "Open Collective": ("account", "transactions", "nodes", 0, "amount"),
    "GitHub Sponsors": ("maintainer", "activities", "nodes", 0),
    "accounts": ("a0",),
    "sweep": ("a0", "nodes", 1),
}


@pytest.mark.parametrize(
    ("failure", "on"),
    [
        *(
            pytest.param(failure, on, id=f"{name} {on}")
            for name, failure in FAILURES.items()
            for on in (*HOLES, "all of GraphQL")
        ),
        *(
            pytest.param(server.partial(*path, type="SOMETHING"), on, id=f"partial {on}")
            for on, path in HOLES.items()
        ),
    ],
)
def test_a_source_that_fails_goes_to_a_person(
    acme: ProgramFolder, failure: server.Failure, on: str
) -> None:
    fakes = {
        "Open Collective": (acme.open_collective, ""),
        "GitHub Sponsors": (acme.github, "sponsorshipsAsMaintainer"),
        "accounts": (acme.github, "login0"),
        "sweep": (acme.github, "search("),
        "all of GraphQL": (acme.github, "/graphql"),
    }
    platform = on if on == "GitHub Sponsors" else "Open Collective"
    if platform == "GitHub Sponsors":
        acme.github.spokesperson()
        Sponsors(acme.github).faithful("acme", "2026-08-01", 4)
    fake, text = fakes[on]
    fake.fail(failure, on=text, times=99)
    form = acme.issue(body(platform=platform))
    ran = acme.review(form, PARTNERS_TIMEOUT="0.4", SPONSORS_TOKEN="ghp_sponsors")
    assert ran.code == 0, ran.err
    [comment] = acme.comments
    assert headline(comment) == "### Needs review: a maintainer will check Acme GmbH"
    name = "Open Collective" if on == "Open Collective" else "GitHub"
    footer = comment.split("could not be checked:")[1]
    assert name in footer
    assert acme.labels == ["application", "needs-review"]


def test_a_limit_of_open_collective_that_stays_goes_to_a_person(acme: ProgramFolder) -> None:
    acme.open_collective.fail(server.status(429, Retry_After="0"), times=99)
    ran = acme.review(acme.issue(body()))
    assert ran.code == 0, ran.err
    assert headline(acme.comments[0]).startswith("### Needs review")


@pytest.mark.parametrize("on", ["login0", "search(", "/graphql"])
def test_a_limit_of_github_that_stays_ends_the_run(acme: ProgramFolder, on: str) -> None:
    """Going on may ban the token; the daily run finds applications without a verdict."""
    acme.github.fail(server.status(429, Retry_After="0"), on=on, times=99)
    ran = acme.review(acme.issue(body()))
    assert ran.code == 1
    assert "the rate limit is reached until 2026-11-24 12:00 UTC. Run this again" in ran.err
    assert acme.comments == []


@pytest.mark.parametrize("variable", ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"])
@pytest.mark.parametrize("where", ["no/such/folder", "."])
def test_a_job_whose_files_cannot_be_written(
    acme: ProgramFolder, variable: str, where: str
) -> None:
    ran = acme.review(acme.issue(body()), **{variable: where})
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert f"The work is done, but the file of {variable} cannot be written: " in ran.err
    assert acme.labels == ["application", "eligible"]


@pytest.mark.parametrize(
    "env",
    [
        {"PARTNERS_TIMEOUT": "20s"},
        {"GITHUB_API_URL": "nonsense"},
        {"SPONSORS_TOKEN": "ghp_secret\nsecret"},
        {"GITHUB_TOKEN": "ghs_secret\u2013"},
    ],
    ids=lambda env: next(iter(env)),
)
def test_a_setting_that_nobody_could_use(acme: ProgramFolder, env: dict[str, str]) -> None:
    ran = acme.review(acme.issue(body()), **env)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert ran.err.startswith(f"partners: {next(iter(env))} ")
    assert "secret" not in ran.out + ran.err


def test_a_token_pasted_with_its_line_break(acme: ProgramFolder) -> None:
    ran = acme.review(acme.issue(body()), GITHUB_TOKEN="ghs_0123456789\n")
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "eligible"]


def test_what_a_person_asks_is_kept_on_their_machine(
    acme: ProgramFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    del acme.env["PARTNERS_CACHE"]
    home = acme.path / "home"
    for name in ("HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    acme.review(acme.issue(body()), GITHUB_ACTIONS="true")
    assert not home.exists()
    acme.review(acme.issue(body()))
    assert len(list(home.rglob("work-2026-*.json"))) == 3
