"""Commands in comments, whole: a comment in, the thread and its reactions out."""

from typing import Any

import pytest

from acme import make_eligible
from community_partners.hidden_line import is_of_kind
from fakes import server
from program_folder import REPOSITORY, ProgramFolder, body

BOT = "github-actions[bot]"
APPLICANT, MAINTAINER, STRANGER = "example-applicant", "example-maintainer", "example-stranger"
DONE, NO, CONFUSED = [(BOT, "+1")], [(BOT, "-1")], [(BOT, "confused")]


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme applies; only its paying account leaves a doubt. One person may write."""
    elsewhere = "https://other.example"
    make_eligible(program_folder.github, program_folder.open_collective, website=elsewhere)
    program_folder.github.rest.repository(REPOSITORY).roles[MAINTAINER] = "write"
    assert program_folder.review(program_folder.issue(body())).code == 0
    return program_folder


def last(acme: ProgramFolder) -> int:
    """The id of the latest comment that is no bot's."""
    comments = acme.github.rest.repository(REPOSITORY).comments[7]
    return int([one for one in comments if one["user"]["type"] == "User"][-1]["id"])


def verdict(acme: ProgramFolder) -> str:
    return acme.comments[0]


def headline(acme: ProgramFolder) -> str:
    lines = verdict(acme).splitlines()
    return next(one for one in lines if one.startswith("###")).removeprefix("### ")


def state(acme: ProgramFolder) -> Any:
    of = acme.github.rest.repository(REPOSITORY)
    return [[dict(one) for one in of.comments[7]], acme.labels, str(of.reactions)]


NEEDS_REVIEW = "Needs review: a maintainer will check Acme GmbH"
WAIVED = "Eligible: Acme GmbH meets all criteria but one, which is waived"


def test_this_world_needs_a_person(acme: ProgramFolder) -> None:
    assert headline(acme) == NEEDS_REVIEW


def test_a_maintainer_waives_with_who_and_why(acme: ProgramFolder) -> None:
    ran = acme.say(MAINTAINER, "/waive payer Their foundation pays, see @example-user-1 | its site")
    assert (ran.code, ran.err.count("Traceback")) == (0, 0), ran.err
    assert headline(acme) == WAIVED
    [row] = [line for line in verdict(acme).splitlines() if line.startswith("| ⚪ waived | Payer")]
    url = f"https://github.com/{REPOSITORY}/issues/7#issuecomment-{last(acme)}"
    assert f"<br>By [{MAINTAINER}]({url}): Their foundation pays, see @\u200bexample-user-1" in row
    assert "A maintainer will check" in row, "what was found stays"
    assert acme.labels == ["application", "eligible"]
    assert acme.reactions(last(acme)) == DONE
    assert f"| /waive payer of {MAINTAINER}: done" in ran.out
    assert "decision<<" in ran.outputs


@pytest.mark.parametrize("role", ["admin", "maintain", "write", "triage", "read"])
def test_the_role_decides(acme: ProgramFolder, role: str) -> None:
    acme.github.rest.repository(REPOSITORY).roles["example-lead"] = role
    acme.say("Example-Lead", "/waive payer We know them.")
    assert headline(acme) == (NEEDS_REVIEW if role in ("triage", "read") else WAIVED)


@pytest.mark.parametrize(("who", "replies"), [(APPLICANT, 1), (STRANGER, 0)])
def test_without_permission_nothing_is_waived(acme: ProgramFolder, who: str, replies: int) -> None:
    """The applicant is told why; a stranger could make us talk without end."""
    before = verdict(acme)
    ran = acme.say(who, "/waive payer It is us.")
    assert ran.code == 0
    assert verdict(acme) == before
    assert len(acme.comments) == 2 + replies
    assert acme.reactions(last(acme)) == NO
    assert "not allowed" in ran.out
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW


@pytest.mark.parametrize(
    ("who", "done"), [(APPLICANT, True), (MAINTAINER, True), (STRANGER, False)]
)
def test_recheck(acme: ProgramFolder, who: str, done: bool) -> None:
    acme.open_collective.accounts["acme"]["website"] = "https://acme.example"
    acme.say(who, "/recheck")
    assert headline(acme).startswith("Eligible" if done else "Needs review")
    assert acme.reactions(last(acme)) == (DONE if done else NO)


def test_unwaive_restores_the_verdict_byte_for_byte(acme: ProgramFolder) -> None:
    before = verdict(acme).split("\n", 1)[1]
    acme.say(MAINTAINER, "/waive payer They told us.")
    acme.say(MAINTAINER, "/unwaive payer")
    assert verdict(acme).split("\n", 1)[1] == before
    assert acme.reactions(last(acme)) == DONE
    assert acme.labels == ["application", "needs-review"]


def test_deleting_the_comment_takes_the_waiver_back(acme: ProgramFolder) -> None:
    acme.say(MAINTAINER, "/waive payer They told us.")
    comments = acme.github.rest.repository(REPOSITORY).comments[7]
    comments[:] = [one for one in comments if one["id"] != last(acme)]
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW


def test_an_edited_form_keeps_the_waiver(acme: ProgramFolder) -> None:
    acme.say(MAINTAINER, "/waive payer They told us.")
    acme.review(acme.issue(body(services="Training"), "edited"))
    assert headline(acme) == WAIVED


OTHERS = {
    "short name": {"name": "Acme Holding GmbH"},
    "website": {"website": "https://acme-holding.example"},
    "country": {"country": "Switzerland"},
    "paying account": {"account": "somebody-else"},
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_waiver_is_for_the_organization_that_it_was_given_to(
    acme: ProgramFolder, what: str
) -> None:
    """A maintainer knew about one; whom the form names later is somebody else."""
    acme.say(MAINTAINER, "/waive payer They told us.")
    given = last(acme)
    other = acme.issue(body(**OTHERS[what]), "edited")
    for _ in range(2):
        assert acme.review(other).code == 0
    assert "waived" not in verdict(acme)
    [told] = [one for one in acme.comments if "older than the first verdict on the name" in one]
    assert is_of_kind(told, f"answer {given}")
    assert acme.reactions(given) == [*DONE, *CONFUSED]
    acme.review(acme.issue(body(), "edited"))
    assert "waived" not in verdict(acme), "not even when it is the first one again"
    acme.say(MAINTAINER, "/waive payer They told us again.")
    assert headline(acme) == WAIVED
    assert acme.reactions(last(acme)) == DONE


@pytest.mark.parametrize("criterion", ["contributions-meaningful", "contributions-regular"])
@pytest.mark.parametrize(
    ("team", "holds"),
    [
        ("Ben Example, example-user-2, 2025-01-15", False),
        ("Ada Sample, Example-User-1, 2026-11-01", True),
    ],
)
def test_a_waiver_of_work_ends_with_another_team(
    acme: ProgramFolder, criterion: str, team: str, *, holds: bool
) -> None:
    acme.github.person("example-user-2")
    acme.say(MAINTAINER, f"/waive {criterion} They lead a team.")
    acme.review(acme.issue(body(team=team), "edited"))
    assert ("They lead a team." in verdict(acme)) is holds


def test_of_a_waiver_that_was_never_given_nobody_is_told(acme: ProgramFolder) -> None:
    acme.say(STRANGER, "/waive payer They told us.")
    refused = last(acme)
    acme.review(acme.issue(body(account="somebody-else"), "edited"))
    assert acme.reactions(refused) == NO
    assert not [one for one in acme.comments if is_of_kind(one, f"answer {refused}")]


def test_a_form_that_could_not_be_read_in_between(acme: ProgramFolder) -> None:
    """It names nobody; whom it names next is held against the last one that it named."""
    acme.say(MAINTAINER, "/waive payer They told us.")
    for text, waived in ((body(), True), (body(account="somebody-else"), False)):
        acme.review(acme.issue(body(country="Atlantis"), "edited"))
        acme.review(acme.issue(text, "edited"))
        assert ("waived" in verdict(acme)) is waived


def test_a_waiver_before_there_is_a_verdict_is_for_nobody(acme: ProgramFolder) -> None:
    """Nor is one whose run found another organization: nobody knows which of the two was meant."""
    acme.review(acme.issue(body(account="somebody-else"), "edited"))
    acme.issue(body(), "edited")
    acme.say(MAINTAINER, "/waive payer They told us.")
    assert headline(acme) == NEEDS_REVIEW
    assert acme.reactions(last(acme)) == CONFUSED
    assert "older than the first verdict on the name" in acme.comments[-1]


def test_a_run_that_never_came_is_made_up_for(acme: ProgramFolder) -> None:
    """Dropped from a queue, canceled or stopped: any later one answers what has no answer."""
    for who, text in (
        (MAINTAINER, "/waive payer They told us."),
        (MAINTAINER, "/waive money They told us."),
        (STRANGER, "/recheck"),
        (APPLICANT, "/help"),
    ):
        acme.comment(who, text)
    made, money, recheck, asked = [
        int(one["id"])
        for one in acme.github.rest.repository(REPOSITORY).comments[7]
        if one["user"]["type"] == "User"
    ]
    acme.say(STRANGER, "/help")
    assert headline(acme) == WAIVED
    assert [acme.reactions(one) for one in (made, money, recheck, asked, last(acme))] == [
        DONE,
        CONFUSED,
        NO,
        DONE,
        DONE,
    ]
    assert len([one for one in acme.comments if "There is no criterion" in one]) == 1
    assert len([one for one in acme.comments if is_of_kind(one, "help")]) == 1
    before = state(acme)
    acme.review(acme.issue(body(), "edited"))
    assert state(acme) == before


def test_a_comment_that_is_edited_into_a_command(acme: ProgramFolder) -> None:
    event = acme.comment(MAINTAINER, "/waive money They told us.")
    acme.review(event, name="issue_comment")
    event["comment"]["body"] = "/waive payer They told us."
    acme.review({**event, "action": "edited"}, name="issue_comment")
    assert headline(acme) == WAIVED
    assert acme.reactions(last(acme)) == [*CONFUSED, *DONE]


def test_a_waiver_ends_with_the_permission_of_its_author(acme: ProgramFolder) -> None:
    acme.say(MAINTAINER, "/waive payer They told us.")
    del acme.github.rest.repository(REPOSITORY).roles[MAINTAINER]
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW


def test_each_author_is_asked_about_once(acme: ProgramFolder) -> None:
    for criterion in ("payer", "amount", "team"):
        acme.comment(MAINTAINER, f"/waive {criterion} They told us.")
    acme.comment(STRANGER, "/waive payer")
    acme.comment(STRANGER, "/unwaive money")
    before = len(acme.github.requests)
    acme.say(MAINTAINER, "/waive sponsorship They told us.")
    asked = [one.path for one in acme.github.requests[before:] if "/collaborators/" in one.path]
    assert [path.split("/")[-2] for path in asked] == [MAINTAINER, STRANGER]
    before = len(acme.github.requests)
    acme.say(MAINTAINER, "/recheck")
    asked = [one.path for one in acme.github.requests[before:] if "/collaborators/" in one.path]
    assert len(asked) == 1, "whoever has an answer and waives nothing is not asked about again"


def test_a_flood_of_strangers_costs_five_look_ups_a_day(acme: ProgramFolder) -> None:
    """And a maintainer is heard all the same."""
    for number in range(40):
        acme.comment(f"example-flood-{number}", "/help")
        acme.comment(f"example-flood-{number}", "/waive payer We are many.")
    acme.github.requests.clear()
    acme.say("example-flood-40", "/recheck")
    acme.say(MAINTAINER, "/waive payer We know them.")
    asked = [one.path for one in acme.github.requests if one.path.endswith("/permission")]
    strangers = {path for path in asked if "flood" in path}
    assert len(strangers) == 5
    assert len(asked) <= 2 * 6, "each at most once in a run"
    assert headline(acme) == WAIVED
    acme.github.rest.now = "2026-11-25T09:00:00Z"
    acme.github.requests.clear()
    acme.say("example-flood-41", "/recheck")
    asked = [one.path for one in acme.github.requests if "flood" in one.path and "perm" in one.path]
    assert [path for path in asked if path.endswith("flood-41/permission")]
    assert len(asked) == 1, "who was refused is not looked up again"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/waive", "There is no criterion of that name. There are `required-amount`, "),
        ("/waive money They told us.", "There is no criterion of that name."),
        ("/unwaive money", "There is no criterion of that name."),
        ("/waive payer", "Please add why, for everyone to read: `/waive payer reason`."),
    ],
)
def test_a_command_that_is_not_clear_gets_one_reply(
    acme: ProgramFolder, text: str, words: str
) -> None:
    event = acme.comment(MAINTAINER, text)
    before = verdict(acme)
    for _ in range(2):
        acme.review(event, name="issue_comment")
    assert verdict(acme) == before
    [_, said, reply] = acme.comments
    assert said == text
    assert words in reply
    assert acme.reactions(last(acme)) == CONFUSED


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (body(team="Nobody, example-nobody, 2025-01-15"), "*Team* cannot be waived as it stands"),
        (body(country="Atlantis"), "There is nothing to decide on yet"),
    ],
    ids=["a login that is nobody's", "not readable"],
)
def test_what_no_reason_makes_good(acme: ProgramFolder, form: str, words: str) -> None:
    acme.review(acme.issue(form, "edited"))
    before = verdict(acme)
    acme.say(MAINTAINER, "/waive team They told us.")
    assert verdict(acme) == before
    assert words in acme.comments[-1]
    assert acme.reactions(last(acme)) == CONFUSED


def test_help_is_for_anyone_and_stands_once_in_a_thread(acme: ProgramFolder) -> None:
    for who in (STRANGER, APPLICANT):
        ran = acme.say(who, "  /HELP")
        assert ran.code == 0
        assert acme.reactions(last(acme)) == DONE
    [told] = [one for one in acme.comments if is_of_kind(one, "help")]
    assert "`payer` (Payer)" in told
    assert "`contributions-regular` (Regular contributions)" in told
    assert headline(acme) == NEEDS_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "> /waive payer They told us.",
        "```\n/waive payer They told us.\n```",
        "    /waive payer They told us.",
        "I wrote\n/waive payer They told us.",
        "/recheck please",
        "/waived payer They told us.",
        "",
    ],
)
def test_conversation_is_left_alone(acme: ProgramFolder, text: str) -> None:
    event = acme.comment(MAINTAINER, text)
    before, asked = state(acme), len(acme.github.requests)
    ran = acme.review(event, name="issue_comment")
    assert ran.out.startswith("| Nothing to do.")
    assert (state(acme), len(acme.github.requests)) == (before, asked), "and nobody is asked"
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW


def test_a_bot_commands_nothing(acme: ProgramFolder) -> None:
    """Not even one with all rights, nor we ourselves."""
    acme.github.rest.repository(REPOSITORY).roles["other[bot]"] = "admin"
    for bot in ("other[bot]", BOT):
        for text in ("/waive payer They told us.", "/help"):
            event = acme.comment(bot, text)
            before = state(acme)
            acme.review(event, name="issue_comment")
            assert state(acme) == before
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW
    assert state(acme) == before, "nor is it answered by a run that somebody else has started"


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (MAINTAINER, "/waive payer They told us."),
        (MAINTAINER, "/waive money They told us."),
        (APPLICANT, "/recheck"),
        (APPLICANT, "/waive payer It is us."),
        (STRANGER, "/help"),
    ],
)
def test_sent_twice_it_is_still_once(acme: ProgramFolder, who: str, text: str) -> None:
    event = acme.comment(who, text)
    acme.review(event, name="issue_comment")
    before = state(acme)
    assert acme.review(event, name="issue_comment").code == 0
    assert state(acme) == before


def test_a_command_that_was_edited_away_is_none(acme: ProgramFolder) -> None:
    event = acme.comment(MAINTAINER, "/waive payer They told us.")
    event = {**event, "comment": dict(event["comment"])}
    acme.github.rest.repository(REPOSITORY).comments[7][-1]["body"] = "Never mind."
    ran = acme.review(event, name="issue_comment")
    assert "The comment is no command any more." in ran.out
    assert headline(acme) == NEEDS_REVIEW


@pytest.mark.parametrize(
    "change",
    [{"labels": [], "body": "It does not work."}, {"state": "closed"}],
    ids=["another issue", "closed"],
)
def test_only_in_applications(acme: ProgramFolder, change: dict[str, Any]) -> None:
    acme.github.rest.repository(REPOSITORY).issues[7].update(change)
    event = acme.comment(MAINTAINER, "/recheck")
    before = state(acme)
    ran = acme.review(event, name="issue_comment")
    assert ran.out.startswith("| Nothing to do.")
    assert state(acme) == before


def test_a_dry_run_prints_and_writes_nothing(acme: ProgramFolder) -> None:
    event = acme.comment(MAINTAINER, "/waive payer They told us.")
    before = state(acme)
    ran = acme.review(event, "--dry-run", name="issue_comment")
    assert f"react to comment {last(acme)}: +1" in ran.out
    assert f"| ### {WAIVED}" in ran.out
    assert state(acme) == before


def test_a_permission_that_cannot_be_checked_is_a_sentence(acme: ProgramFolder) -> None:
    """Neither granted nor refused: the verdict stays, and running it again mends it."""
    acme.comment(MAINTAINER, "/waive payer They told us.")
    before = state(acme)
    acme.github.fail(server.status(500), on="/collaborators/", times=99)
    ran = acme.review(acme.issue(body(), "edited"))
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "asking who may write to the repository" in ran.err
    assert state(acme) == before
    acme.github.recover()
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == WAIVED


def test_an_account_that_is_gone_waives_nothing(acme: ProgramFolder) -> None:
    acme.comment(MAINTAINER, "/waive payer They told us.")
    acme.github.fail(server.status(404), on="/collaborators/", times=99)
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW
    acme.github.recover()
    acme.github.rest.repository(REPOSITORY).comments[7][-1]["user"] = None
    acme.review(acme.issue(body(), "edited"))
    assert headline(acme) == NEEDS_REVIEW


def test_a_comment_that_is_deleted_while_we_look(acme: ProgramFolder) -> None:
    acme.github.fail(server.status(404), on="/reactions")
    assert acme.say(MAINTAINER, "/waive payer They told us.").code == 0
    assert headline(acme) == WAIVED


def test_where_graphql_is_silent_rest_tells_the_same(acme: ProgramFolder) -> None:
    """With each author's login as before: a bot's is no person's."""
    acme.github.fail(server.status(502), on="issueOrPullRequest(", times=99)
    acme.github.rest.repository(REPOSITORY).roles["other[bot]"] = "admin"
    acme.comment("other[bot]", "/unwaive payer")
    acme.say(MAINTAINER, "/waive payer They told us.")
    assert headline(acme) == WAIVED
    assert acme.reactions(last(acme)) == DONE


def test_who_runs_us_with_their_own_token_may_command(acme: ProgramFolder) -> None:
    """What they type is not taken for what we wrote, and our words are not taken for commands."""
    acme.review(acme.issue(body(), "edited"), GITHUB_TOKEN="ghp_theirs")
    for text in ("/waive payer They told us.", "/help"):
        acme.say(MAINTAINER, text, GITHUB_TOKEN="ghp_theirs")
    assert len([one for one in acme.comments if f"### {WAIVED}" in one]) == 1
    assert len([one for one in acme.comments if is_of_kind(one, "help")]) == 1
