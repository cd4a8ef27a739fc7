"""What people try to gain by a claim, or to do to the program with one."""

import re
from pathlib import Path

import pytest

from claims_world import FILE, Claims
from fakes.github_rules import rule
from program_folder import REPOSITORY, ProgramFolder


@pytest.fixture
def claims(program_folder: ProgramFolder, tmp_path: Path) -> Claims:
    return Claims(program_folder, tmp_path / "git")


def written(claims: Claims) -> list[str]:
    """The files of claims on the default branch."""
    return sorted(path for path in claims.files if path.startswith("contributions/2026"))


def test_an_approval_that_came_too_early_is_no_approval_later(claims: Claims) -> None:
    """A person joins a team after the word: the word was for nothing that our comment showed."""
    claims.fill_in(person="example-stranger")
    claims.say("example-events", "/approve")
    record = claims.clone.path / "partners/acme.yml"
    line = "  - {name: new, github: example-stranger, id: 902, since: 2026-01-15}\n"
    record.write_text(record.read_text("utf-8").replace("team:\n", f"team:\n{line}"), "utf-8")
    claims.run()
    assert written(claims) == []
    assert claims.issue["state"] == "open"


def test_a_person_who_moves_to_another_partner_needs_another_approval(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-stranger", "/approve")
    for slug, old, new in (
        ("acme", "example-user-1", "moved"),
        ("globex", "both", "example-user-1"),
    ):
        record = claims.clone.path / f"partners/{slug}.yml"
        text = record.read_text("utf-8").replace(
            f"name: {old}, github: {old}", f"name: {new}, github: {new}"
        )
        if slug == "globex":
            text = text.replace("id: 4713", "id: 4711")
        else:
            text = text.replace("id: 4711", "id: 4799")
        record.write_text(text, "utf-8")
    comment = claims.github.rest.add_comment(REPOSITORY, 71, "example-events", "/approve")
    claims.run("issue_comment", comment=comment)
    assert written(claims) == []
    assert "for Globex" in claims.comments[0]


def test_a_claim_that_was_approved_stays_as_it_was_approved(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.pull()
    claims.issue["state"] = "open"
    said = claims.fill_in(title="Another meetup", url="https://events.example/winter")
    assert "Another meetup" not in said
    assert claims.issue["state"] == "closed"
    claims.issue["state"] = "open"
    claims.say("example-events", "/approve")
    assert written(claims) == [FILE]
    assert "Another meetup" not in claims.files[FILE]
    assert "Another meetup" not in claims.comments[0]


def test_an_approved_claim_outlives_the_account_that_approved_it(claims: Claims) -> None:
    claims.fill_in()
    comment = claims.say("example-events", "/approve")
    claims.pull()
    claims.issue["state"] = "open"
    for one in claims.rest.comments[71]:
        if one["id"] == comment:
            one["user"] = None
    claims.run()
    assert claims.issue["state"] == "closed"
    assert "Approved by `example-events`" in claims.comments[0]


def test_two_claims_behind_a_protected_branch_are_two_files(claims: Claims) -> None:
    rule(claims.rest, "pull request")
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.pull()
    claims.open(72)
    claims.fill_in(url="https://events.example/winter", title="The winter meetup")
    claims.say("example-events", "/approve")
    names = [
        path
        for number in (71, 72)
        for path in claims.world.origin.files(f"claim-{number}")
        if path.startswith("contributions/2026")
    ]
    assert len(names) == len(set(names)) == 2


def test_two_claims_at_the_same_moment_are_two_files(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.open(72)
    claims.fill_in(url="https://events.example/winter", title="The winter meetup")
    claims.say("example-events", "/approve")
    assert len(written(claims)) == 2


def test_one_page_in_two_claims_at_the_same_moment_is_one_file(claims: Claims) -> None:
    """The second run has read no file of the first one when it starts."""
    claims.fill_in()
    claims.open(72)
    claims.fill_in()
    for number in (71, 72):
        claims.open(number)
        claims.say("example-events", "/approve")
    assert written(claims) == [FILE]
    assert "was approved already" in claims.comments[0]
    assert claims.issue["state"] == "open"


def test_a_claim_with_something_missing_can_be_declined(claims: Claims) -> None:
    claims.fill_in(person="example-stranger")
    claims.say("example-events", "/decline Spam.")
    assert "has not approved it: Spam." in claims.comments[0]
    assert claims.issue["state_reason"] == "not_planned"


def test_who_is_in_a_team_that_we_cannot_see_is_told_so(claims: Claims) -> None:
    claims.github.rest.teams.clear()
    claims.fill_in()
    for _ in range(3):
        claims.say("example-meetups", "/approve")
    assert written(claims) == []
    assert len(claims.comments) == 2
    assert "Our token may not see who is in a team" in claims.comments[1]


def test_the_claimant_cannot_make_us_reply_without_end(claims: Claims) -> None:
    claims.fill_in(kind="talk")
    for login in ("example-user-1", "example-user-2", "both"):
        for _ in range(4):
            claims.say(login, "/approve")
    assert len(claims.comments) <= 1 + 2, "our comment, and one reply of each kind"


def test_strangers_get_no_reply_and_cost_the_same_each(claims: Claims) -> None:
    claims.fill_in()
    costs = []
    for _ in range(4):
        before = len(claims.github.requests)
        claims.say("example-stranger", "/approve")
        costs.append(len(claims.github.requests) - before)
    assert len(claims.comments) == 1
    assert max(costs) <= 3, costs


@pytest.mark.parametrize(
    "until", ["2026-11-23", "2026-11-14", "2026-11-01"], ids=["yesterday", "the day", "that month"]
)
@pytest.mark.parametrize("day", ["2026-11-02", "2026-11-14", "2026-11-24"])
def test_a_teammate_of_that_month_cannot_approve(until: str, day: str, claims: Claims) -> None:
    record = claims.clone.path / "partners/acme.yml"
    line = (
        f"  - {{name: Left, github: example-events, id: 900, since: 2026-10-15, until: {until}}}\n"
    )
    record.write_text(record.read_text("utf-8").replace("team:\n", f"team:\n{line}"), "utf-8")
    claims.fill_in(date=day)
    claims.say("example-events", "/approve")
    assert written(claims) == []


@pytest.mark.parametrize("since", ["2026-11-15", "2026-11-24"])
def test_who_joins_after_the_work_cannot_approve(since: str, claims: Claims) -> None:
    record = claims.clone.path / "partners/acme.yml"
    line = f"  - {{name: Joins, github: example-events, id: 900, since: {since}}}\n"
    record.write_text(record.read_text("utf-8").replace("team:\n", f"team:\n{line}"), "utf-8")
    claims.fill_in()
    claims.say("example-events", "/approve")
    assert written(claims) == []


def test_a_renamed_account_is_still_the_same_person(claims: Claims) -> None:
    """The record names the old login; the person approves under the new one."""
    record = claims.clone.path / "partners/acme.yml"
    text = record.read_text("utf-8").replace("github: example-user-1", "github: old-login")
    record.write_text(text, "utf-8")
    claims.fill_in(kind="talk", person="example-user-1")
    claims.say("example-user-1", "/approve")
    assert written(claims) == []


@pytest.mark.parametrize("word", ["/approve", "/APPROVE", "  /approve now", "/Approve\r\nok"])
@pytest.mark.parametrize("login", ["Example-User-1", "EXAMPLE-USER-2"])
def test_another_case_is_the_same_person(login: str, word: str, claims: Claims) -> None:
    number = {"Example-User-1": 4711, "EXAMPLE-USER-2": 4712}[login]
    claims.github.person(login, databaseId=number)
    claims.fill_in(kind="talk")
    claims.say(login, word)
    assert written(claims) == []


def test_an_author_whose_account_is_gone_claims_only_for_somebody(claims: Claims) -> None:
    claims.issue["user"] = None
    assert "Almost there" in claims.fill_in(person="")
    assert claims.fill_in().startswith("### Organized")
    claims.say("example-user-1", "/approve")
    assert written(claims) == []


ACTIVE = re.compile(r"<img|<!--|(?<!\\)\]\(javascript|!\[x|@project/meetups #|\u202e")
HOSTILE = [
    "::error::stop ##[error]stop",
    "<img src=x onerror=alert(1)> <!-- hidden -->",
    "@project/meetups #1 GH-1 1a2b3c4d5e6f",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "'\": {a: [b, &c *d]} # --- !!python/object",
    "yes: no\n- list",
    "`/approve` | cell | ~~gone~~ $x$",
    "../../../etc/passwd",
    "x" * 60_000,
    "\u202egnol\u200b",
    "\u0430pprove \uff0fapprove",
    "---\n# Heading\n\n### When?\n\n2026-11-01",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_hostile_answers_stay_words(hostile: str, claims: Claims) -> None:
    for number, question in enumerate(("kind", "person", "date", "url", "title"), 71):
        claims.open(number)
        said = claims.fill_in(**{question: hostile})
        claims.say("example-events", "/approve")
        for text in (said, *claims.comments):
            assert not ACTIVE.search(text)
    assert all(path.startswith("contributions/2026/11/acme-") for path in written(claims))
    claims.pull()
    assert claims.folder.run("validate", ".").code == 0


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_a_hostile_reason_stays_words(hostile: str, claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", f"/decline {hostile}")
    text = claims.comments[0]
    assert claims.issue["state_reason"] == "not_planned"
    assert not ACTIVE.search(text)
    assert len(text) < 2_000


def test_a_comment_is_edited_into_an_approval_of_what_stood_there_before(claims: Claims) -> None:
    claims.fill_in()
    comment = claims.github.rest.add_comment(REPOSITORY, 71, "example-events", "Nice!")
    claims.fill_in(title="A hundred meetups")
    comment["body"] = "/approve"
    claims.run("issue_comment", action="edited", comment=comment)
    assert written(claims) == []


@pytest.mark.parametrize("label", ["application", "bug"])
def test_a_label_makes_no_claim_of_an_application(label: str, claims: Claims) -> None:
    claims.issue["labels"] = [
        claims.rest.label("claim"),
        claims.rest.label(label),
    ]
    claims.issue["body"] = "### Name\n\nAcme"
    claims.run()
    assert len(claims.comments) <= (0 if label == "application" else 1)


def test_a_page_is_claimed_once_for_a_firm(claims: Claims) -> None:
    """What would not count is said before somebody approves it."""
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.pull()
    claims.open(72)
    assert "was approved already" in claims.fill_in(person="example-user-2")
    assert "was approved already" in claims.fill_in(date="2026-10-02")
    assert claims.fill_in(person="example-user-3").startswith("### Organized"), "another firm"
    said = claims.fill_in(person="example-user-2", url="https://events.example/other")
    assert said.startswith("### Organized")


def test_a_team_that_is_led_has_one_page_for_all_months(claims: Claims) -> None:
    program = claims.clone.path / "program.yml"
    text = program.read_text("utf-8").replace(
        "leadership: 10", "leadership: {points: 10, once: month}"
    )
    text = text.replace("      event: [", "      leadership: [example-events]\n      event: [")
    program.write_text(text, "utf-8")
    claims.clone.commit("The policy")
    claims.clone.git("push", "--quiet", "origin", "HEAD:main")
    led = {"kind": "leadership", "url": "https://project.example/teams/docs"}
    assert "leadership, October 2026, by" in claims.fill_in(date="2026-10", **led)
    claims.say("example-events", "/approve")
    claims.pull()
    claims.open(72)
    assert "was approved already" in claims.fill_in(date="2026-10-05", **led)
    assert claims.fill_in(date="2026-11-23", **led).startswith("### Organized")


@pytest.mark.parametrize(
    "page",
    [
        "pull/7",
        "pull/7/files",
        "pull/7.diff",
        "pull/7/#pullrequestreview-5",
        "%70ull/7?x=1",
        "commit/1a2b3c4",
    ],
)
def test_what_github_shows_is_not_claimed(page: str, claims: Claims) -> None:
    said = claims.fill_in(url=f"https://github.com/project/core/{page}")
    assert "counts by itself" in said


def test_a_proposed_claim_that_is_claimed_again_stays_one_pull_request(claims: Claims) -> None:
    rule(claims.rest, "pull request")
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.pull()
    claims.issue["state"] = "open"
    assert "Nothing is missing" in claims.fill_in(title="The second text")
    claims.say("example-events", "/approve")
    assert [one["head"]["ref"] for one in claims.rest.pulls] == ["claim-71"]
    files = claims.world.origin.files("claim-71")
    assert [path for path in files if path.startswith("contributions/2026")] == [FILE]
    assert "The second text" in files[FILE]
    assert written(claims) == []


def test_two_runs_for_one_claim_add_one_file(claims: Claims) -> None:
    """The second run has the checkout of before, and sees the thread of before."""
    claims.fill_in()
    comment = claims.github.rest.add_comment(REPOSITORY, 71, "example-events", "/approve")
    for _ in range(2):
        claims.issue["state"] = "open"
        claims.run("issue_comment", comment=comment)
    assert written(claims) == [FILE]
    assert len(claims.comments) == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("      event: [example-events", "      task: [example-events", "Nobody is named"),
        ("    approvers:\n", "    months_back: 0\n    approvers:\n", "Nothing is missing"),
        ("event: [example-events, ", "event: [example-user-1, ", "Nothing is missing"),
    ],
    ids=["no approver of the kind", "this month only", "the person alone may approve"],
)
def test_a_policy_that_lets_nobody_else_approve(
    old: str, new: str, says: str, claims: Claims
) -> None:
    program = claims.clone.path / "program.yml"
    program.write_text(program.read_text("utf-8").replace(old, new), "utf-8")
    assert says in claims.fill_in()
    claims.say("example-user-1", "/approve")
    claims.say("example-user-2", "/approve")
    assert written(claims) == []
    if "months_back" in new:
        assert "Claims can be of November 2026 or later" in claims.fill_in(date="2026-10-31")


def test_a_kind_that_github_counts_is_claimed_only_outside_of_its_places(claims: Claims) -> None:
    program = claims.clone.path / "program.yml"
    text = program.read_text("utf-8").replace(
        "      event: [", "      pull request: [example-events]\n      event: ["
    )
    program.write_text(text, "utf-8")
    form = claims.clone.path / ".github/ISSUE_TEMPLATE/contribution-claim.yml"
    form.write_text(form.read_text("utf-8").replace("[event,", "[pull request, event,"), "utf-8")
    pull = {"kind": "pull request", "url": "https://github.com/project/core/pull/7"}
    assert "counts by itself" in claims.fill_in(**pull)
    said = claims.fill_in(**{**pull, "url": "https://git.example/other/pull/7"})
    assert "Nothing is missing" in said


@pytest.mark.parametrize("state", ["pending", "none"])
def test_an_invited_member_of_a_team_cannot_approve_yet(state: str, claims: Claims) -> None:
    claims.github.rest.teams["project/meetups"]["example-meetups"] = state
    claims.fill_in()
    claims.say("example-meetups", "/approve")
    assert written(claims) == []


def test_a_closed_claim_is_changed_without_an_answer(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", "/decline No page.")
    before = list(claims.comments)
    claims.write(title="Another text")
    assert "closed" in claims.run().out
    claims.say("example-events", "/approve")
    assert (claims.comments, written(claims)) == (before, [])


def test_who_was_renamed_is_claimed_by_the_present_login(claims: Claims) -> None:
    """The record still has the old login, which nobody has now."""
    claims.github.rename("example-user-1", "example-renamed")
    assert "is not the account that a partner's record has" in claims.fill_in()
    assert "`example-renamed` for Acme GmbH" in claims.fill_in(person="example-renamed")
    claims.say("example-events", "/approve")
    assert "person: example-renamed\n  person_id: 4711\n" in claims.files[FILE]


def test_a_login_that_somebody_else_took_gets_nothing(claims: Claims) -> None:
    claims.github.rename("example-user-1", "example-renamed")
    claims.github.person("example-user-1", databaseId=6666)
    assert "perhaps somebody else has the login now" in claims.fill_in()
    claims.say("example-events", "/approve")
    assert written(claims) == []


def test_a_claim_is_for_who_had_the_login_when_it_was_seen(claims: Claims) -> None:
    claims.fill_in()
    claims.github.rename("example-user-1", "example-renamed")
    claims.github.person("example-user-1", databaseId=6666)
    claims.say("example-events", "/approve")
    assert "person_id: 4711\n" in claims.files[FILE]


def test_who_took_the_login_of_an_approver_approves_nothing(claims: Claims) -> None:
    """The approver is in a partner's team, whose record has the number of the account."""
    claims.fill_in(kind="talk", person="example-user-3")
    claims.github.rename("example-user-1", "example-renamed")
    claims.github.person("example-user-1", databaseId=6666)
    for _ in range(3):
        claims.say("example-user-1", "/approve")
    assert written(claims) == []
    assert len(claims.comments) == 2
    assert "the number of another account" in claims.comments[1]
