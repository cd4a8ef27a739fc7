"""A claim in an issue: what it lacks, who approves it, and the file that it becomes."""

from pathlib import Path
from typing import Any

import pytest

from claims_world import FILE, Claims
from community_partners.intake.claim_form import TEMPLATE
from program_folder import REPOSITORY, ProgramFolder


@pytest.fixture
def claims(program_folder: ProgramFolder, tmp_path: Path) -> Claims:
    return Claims(program_folder, tmp_path / "git")


def test_a_claim_is_approved_and_becomes_a_file(claims: Claims) -> None:
    said = claims.fill_in()
    assert said.startswith("### Organized the autumn meetup in Pune\n")
    assert "event, 14 November 2026, by `example-user-1` for Acme GmbH" in said
    assert "one of `example-events` and `@project/meetups` writes `/approve` here" in said
    comment = claims.say("example-events", "/approve\nGreat evening!")
    assert claims.files[FILE] == (
        "claims:\n"
        "- kind: event\n"
        "  person: example-user-1\n"
        "  person_id: 4711\n"
        "  date: '2026-11-14'\n"
        "  title: Organized the autumn meetup in Pune\n"
        "  url: https://events.example/autumn\n"
        "  approved_by: example-events\n"
        "  approved_by_id: 900\n"
        "  issue: 71"
    )
    assert claims.reaction(comment) == "+1"
    assert (claims.issue["state"], claims.issue["state_reason"]) == ("closed", "completed")
    [said] = claims.comments
    assert "Approved by `example-events`: 10 points for Acme GmbH in November 2026." in said
    assert "It counts when November 2026 is ranked" in said
    assert claims.folder.run("validate", ".").code == 0


BROKEN = {
    TEMPLATE.as_posix(): "name: [",
    "partners/globex.yml": "slug: globex\n",
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_file_of_the_program_that_cannot_be_read(file: str, claims: Claims) -> None:
    """The claimant is told that it is not the claim; the run is red, and names the line."""
    path = claims.clone.path / file
    before = path.read_text("utf-8")
    path.write_text(BROKEN[file], "utf-8")
    for _ in range(2):
        assert file in claims.run(code=1).err
    [said] = claims.comments
    assert said.startswith("### We could not look at this yet\n")
    assert "That is not your fault" in said
    claims.say("example-events", "/approve", code=1)
    path.write_text(before, "utf-8")
    comment = claims.say("example-stranger", "/recheck")
    assert claims.reaction(comment) == "+1"
    assert claims.comments[0].startswith("### Organized the autumn meetup")
    assert FILE not in claims.files, "nobody has seen the claim when that word came"
    claims.say("example-events", "/approve")
    assert FILE in claims.files


def test_a_form_that_cannot_be_used_is_no_matter_of_other_issues(claims: Claims) -> None:
    (claims.clone.path / TEMPLATE).unlink()
    claims.issue["labels"] = []
    assert "The issue has no label" in claims.run().out


@pytest.mark.parametrize("text", ["claims: [", "claims:\n- kind: event\n"])
def test_another_file_of_claims_that_cannot_be_read(text: str, claims: Claims) -> None:
    """The claim is answered; its approval waits, since nobody knows whether it repeats another."""
    other = claims.clone.path / "contributions/2026/11/acme-70.yml"
    other.parent.mkdir(parents=True)
    other.write_text(text, "utf-8")
    assert "Nothing is missing" in claims.fill_in()
    comment = claims.say("example-events", "/approve", code=1)
    claims.say("example-events", "/approve", code=1)
    assert claims.reaction(comment) == "confused"
    assert len(claims.comments) == 2
    assert claims.comments[1].startswith("This approval waits: a file of `contributions/`")
    assert FILE not in claims.files
    other.unlink()
    claims.say("example-user-2", "/recheck")
    assert "approved_by: example-events" in claims.files[FILE]


def test_a_page_of_an_export_and_a_limit_of_the_month(claims: Claims) -> None:
    folder = claims.clone.path / "contributions/imports"
    folder.mkdir(parents=True)
    row = "{},2026-11-03,event,https://events.example/autumn?utm_source=x,The meetup\n"
    (folder / "savannah.csv").write_text(
        "who,when,what,url,title\n" + row.format("example-user-2"), "utf-8"
    )
    program = claims.clone.path / "program.yml"
    text = program.read_text("utf-8").replace(
        "event: 10,", "event: {points: 10, most_each_month: 20},"
    )
    columns = "{person: who, date: when, kind: what, url: url, title: title}"
    imports = (
        "    imports:\n"
        "      - {file: savannah.csv, source: Savannah, approved_by: example-events,\n"
        f"         columns: {columns}, kinds: {{event: event}}}}\n"
    )
    program.write_text(text.replace("    approvers:\n", f"{imports}    approvers:\n"), "utf-8")
    said = claims.fill_in()
    assert "counts already, by the export of Savannah: event by example-user-2, 3 Nov" in said
    limit = "10 points (at most 20 points a month for this kind)"
    assert limit in claims.fill_in(person="example-user-3"), "another firm"
    program.write_text(
        program.read_text("utf-8").replace(
            "approved_by: example-events", "approved_by: example-user-1"
        ),
        "utf-8",
    )
    assert limit in claims.fill_in(), "no row counts that the team itself approved"


def test_the_member_of_a_team_approves_too(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-meetups", "/approve")
    assert "approved_by: example-meetups" in claims.files[FILE]


def test_a_claim_is_declined_with_a_reason(claims: Claims) -> None:
    claims.fill_in()
    comment = claims.say("example-events", "/decline")
    assert claims.reaction(comment) == "confused"
    assert "Please say why" in claims.comments[-1]
    claims.say("example-events", "/decline The page does not name you.")
    assert claims.issue["state_reason"] == "not_planned"
    assert "has not approved it: The page does not name you." in claims.comments[0]
    assert FILE not in claims.files


@pytest.mark.parametrize(
    ("login", "kind", "reaction", "says"),
    [
        ("example-user-2", "talk", "confused", "Somebody else has to approve this"),  # claimant
        ("example-user-1", "talk", "confused", "Somebody else has to approve this"),  # did it
        ("both", "talk", "confused", "Somebody outside the team"),
        ("example-stranger", "event", "-1", None),
        ("example-user-3", "event", "-1", None),  # of another partner, and no approver
    ],
)
def test_who_may_not_approve(
    login: str, kind: str, reaction: str, says: str | None, claims: Claims
) -> None:
    claims.fill_in(kind=kind)
    comment = claims.say(login, "/approve")
    assert claims.reaction(comment) == reaction
    assert claims.issue["state"] == "open"
    assert FILE not in claims.files
    assert (says is None and len(claims.comments) == 1) or says in claims.comments[-1]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"kind": "leadership"}, "Nobody is named who approves a claim of the kind 'leadership'"),
        ({"kind": "cooking"}, "'cooking' is not one of the choices"),
        ({"person": "example-stranger"}, "example-stranger is in no partner's team"),
        ({"person": "both"}, "Two partners name both for 14 November 2026"),
        ({"date": "2026-11-25"}, "25 November 2026 has not come yet"),
        ({"date": "2026-11"}, "30 November 2026 has not come yet"),
        ({"date": "2026-09-30"}, "Claims can be of October 2026 or later"),
        ({"date": "2026-01-02"}, "was not in a partner's team on 2 January 2026"),
        ({"date": "tomorrow"}, "**When?**"),
        ({"url": "http://events.example"}, "**Link**"),
        ({"url": "_No response_"}, "**Link**: This question has no answer"),
        ({"title": "ab"}, "**What was done, in one line**"),
        ({"person": "<img src=x>"}, "**Who did it?**"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_with_its_place(
    answers: dict[str, str], says: str, claims: Claims
) -> None:
    said = claims.fill_in(**answers)
    assert said.startswith("### Almost there")
    assert says in said
    comment = claims.say("example-events", "/approve")
    assert claims.reaction(comment) in ("confused", "-1")
    assert not [path for path in claims.files if path.startswith("contributions/2026")]
    assert claims.fill_in().startswith("### Organized"), "and nothing is lost"


def test_a_month_of_leading_is_its_last_day(claims: Claims) -> None:
    assert "31 October 2026" in claims.fill_in(date="2026-10")


def test_an_approval_is_for_the_claim_as_it_was_shown(claims: Claims) -> None:
    """Whoever edits the claim while somebody approves it gets no approval of the new one."""
    claims.fill_in()
    claims.write(title="Organized a hundred meetups")
    comment = claims.say("example-events", "/approve")
    assert claims.reaction(comment) == "confused"
    assert "The claim has changed since." in claims.comments[-1]
    assert FILE not in claims.files
    claims.say("example-events", "/approve")
    assert "Organized a hundred meetups" in claims.files[FILE]


def test_a_comment_that_somebody_else_has_edited_approves_nothing(claims: Claims) -> None:
    claims.fill_in()
    comment = claims.github.rest.add_comment(REPOSITORY, 71, "example-events", "/approve")
    claims.rest.editors[comment["id"]] = "example-meetups"
    claims.run("issue_comment", comment=comment)
    assert FILE not in claims.files


def test_a_run_that_was_cut_off_is_ended_by_the_next(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.issue["state"] = "open"
    claims.rest.reactions.clear()
    claims.clone.git("pull", "--quiet", "origin", "main")
    before = claims.files
    claims.run()
    assert claims.files == before
    assert claims.issue["state"] == "closed"


def test_the_same_page_is_claimed_once_by_a_person(claims: Claims) -> None:
    claims.fill_in()
    claims.say("example-events", "/approve")
    claims.clone.git("pull", "--quiet", "origin", "main")
    claims.issue = claims.github.rest.add_issue(REPOSITORY, 71, "example-user-2", labels=["claim"])
    claims.issue["number"] = 71
    claims.rest.comments[71].clear()
    path = claims.clone.path / FILE
    path.write_text(path.read_text("utf-8").replace("issue: 71", "issue: 70"), "utf-8")
    said = claims.fill_in(url="https://events.example/autumn/#photos")
    assert said.startswith("### Organized") or "was approved already" in said
    assert "was approved already" in claims.fill_in(url="https://EVENTS.example/autumn/")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "closed"}, "The issue is closed."),
        ({"labels": [], "body": "Hello"}, "The issue has no label"),
    ],
)
def test_other_issues_get_no_answer(fields: dict[str, Any], reason: str, claims: Claims) -> None:
    claims.issue.update(fields)
    assert reason in claims.run().out
    assert claims.comments == []


def test_a_form_without_its_label_gets_it(claims: Claims) -> None:
    claims.issue["labels"] = []
    assert claims.fill_in().startswith("### Organized")
    assert [one["name"] for one in claims.issue["labels"]] == ["claim"]


def test_what_it_costs(claims: Claims) -> None:
    """Three requests for the approval: thread, commit, and all that the thread shows then."""
    claims.fill_in()
    before = len(claims.github.requests)
    claims.say("example-events", "/approve")
    assert len(claims.github.requests) - before <= 3
