"""Claims in a pull request: the same decision as for the form, and nobody merges anything."""

from pathlib import Path
from typing import Any

import pytest

from claims_world import PEOPLE, Claims
from community_partners.intake.yaml_document import write_yaml
from fakes.github_changes import commit
from program_folder import REPOSITORY, ProgramFolder, Ran

PATH = "contributions/2026/11/meetup.yml"
MEETUP = {
    "kind": "event",
    "person": "example-user-1",
    "date": "2026-11-14",
    "title": "Organized the autumn meetup in Pune",
    "url": "https://events.example/autumn",
}
HELP = {**MEETUP, "person": "example-user-3", "url": "https://events.example/winter"}
TALK = {**MEETUP, "kind": "talk", "title": "Spoke of it", "url": "https://events.example/talk"}


class Proposed(Claims):
    """Pull request 71 of `example-user-2`, with claims in one file."""

    def propose(
        self, *claims: dict[str, Any], path: str = PATH, number: int = 1, **fields: Any
    ) -> Ran:
        """Push a commit with one file of these claims."""
        text = fields.pop("text", None) or write_yaml({"claims": list(claims)})
        return self.push({path: text}, number, **fields)

    def push(self, files: dict[str, Any], number: int = 1, **fields: Any) -> Ran:
        login = fields.pop("login", "example-user-2")
        user: dict[str, Any] = {"login": login, "type": "User", "id": PEOPLE.get(login, 903)}
        at = commit(number)
        self.issue |= {"pull_request": {}, "user": user}
        self.head = at
        self.github.rest.propose(REPOSITORY, 71, login, files, at, user=user, **fields)
        return self.started()

    def started(self, **more: Any) -> Ran:
        pull = {"number": 71, "head": {"ref": "main", "repo": None}}
        return self.run("pull_request_target", action="synchronize", pull_request=pull, **more)

    @property
    def status(self) -> tuple[str, str]:
        made = self.rest.statuses[self.head][-1]
        assert made["context"] == "partners/claims"
        return made["state"], made["description"]

    @property
    def added(self) -> list[str]:
        return sorted(one for one in self.files if one.startswith("contributions/2026"))

    @property
    def state(self) -> str:
        return next(str(one["state"]) for one in self.rest.pulls if one["number"] == 71)


@pytest.fixture
def pull(program_folder: ProgramFolder, tmp_path: Path) -> Proposed:
    proposed = Proposed(program_folder, tmp_path / "git")
    proposed.issue["labels"] = []
    return proposed


def test_a_proposed_claim_is_approved_and_becomes_the_same_file(pull: Proposed) -> None:
    pull.propose(MEETUP)
    [said] = pull.comments
    assert said.startswith("### Organized the autumn meetup in Pune\n")
    assert "It brings 10 points once it is approved." in said
    assert "There is nothing to merge" in said
    assert pull.status[0] == "pending"
    assert "do not merge" in pull.status[1]
    pull.say("example-events", "/approve")
    assert pull.added == ["contributions/2026/11/acme-71.yml"]
    assert (
        "approved_by: example-events\n  approved_by_id: 900\n  issue: 71"
        in pull.files[pull.added[0]]
    )
    [said] = pull.comments
    assert "Approved by `example-events`: 10 points for Acme GmbH in November 2026." in said
    assert pull.state == "closed"


def test_several_claims_are_approved_together(pull: Proposed) -> None:
    """One file for each partner: a maintainer finds what counts for whom."""
    pull.propose(MEETUP, HELP)
    [said] = pull.comments
    assert said.startswith("### 2 claims\n")
    assert "They bring 20 points" in said
    pull.say("example-events", "/approve")
    assert pull.added == [
        "contributions/2026/11/acme-71.yml",
        "contributions/2026/11/globex-71.yml",
    ]
    assert "Approved by `example-events`: 20 points for Acme GmbH and Globex" in pull.comments[0]


def test_a_month_is_its_last_day_as_in_the_form(pull: Proposed) -> None:
    pull.propose({**MEETUP, "date": "2026-10"})
    assert "event, 31 October 2026, by" in pull.comments[0]
    pull.say("example-events", "/approve")
    assert "date: '2026-10-31'" in pull.files[pull.added[0]]


def test_who_approves_one_kind_alone_approves_not_all(pull: Proposed) -> None:
    pull.propose(MEETUP, TALK)
    comment = pull.say("example-meetups", "/approve")  # approves events, and no talks
    assert (pull.reaction(comment), pull.added) == ("-1", [])
    pull.say("example-events", "/approve")
    assert len(pull.files[pull.added[0]].split("- kind:")) == 3


@pytest.mark.parametrize("login", ["example-user-1", "example-user-2", "both", "example-stranger"])
def test_who_may_not_approve(login: str, pull: Proposed) -> None:
    pull.propose(TALK)
    comment = pull.say(login, "/approve")
    assert pull.reaction(comment) in ("confused", "-1")
    assert (pull.added, pull.state) == ([], "open")


def test_a_teammate_of_one_of_the_partners_approves_nothing(pull: Proposed) -> None:
    """One word is for all claims: who is too near to one of them says it for none."""
    pull.propose({**TALK, "person": "example-user-3"}, {**TALK, "url": "https://talks.example/2"})
    pull.say("example-user-1", "/approve")
    assert pull.added == []


def test_an_approval_is_for_the_commit_that_was_shown(pull: Proposed) -> None:
    pull.propose(MEETUP)
    pull.rest.pulls.clear()
    text = write_yaml({"claims": [{**MEETUP, "title": "Organized a hundred meetups"}]})
    pull.github.rest.propose(REPOSITORY, 71, "example-user-2", {PATH: text}, commit(2))
    comment = pull.say("example-events", "/approve")
    assert (pull.reaction(comment), pull.added) == ("confused", [])
    assert "has changed since" in pull.comments[-1]


def test_a_push_that_changes_no_claim_takes_no_approval_away(pull: Proposed) -> None:
    pull.propose(MEETUP)
    pull.github.rest.add_comment(REPOSITORY, 71, "example-events", "/approve")
    pull.propose(MEETUP, number=2)
    assert pull.added == ["contributions/2026/11/acme-71.yml"]


def test_a_file_of_the_program_that_cannot_be_read(pull: Proposed) -> None:
    record = pull.clone.path / "partners/globex.yml"
    before = record.read_text("utf-8")
    record.write_text("slug: globex\n", "utf-8")
    with pytest.raises(AssertionError, match="globex"):
        pull.propose(MEETUP)
    assert pull.comments[0].startswith("### We could not look at this yet\n")
    assert pull.status[0] == "error"
    record.write_text(before, "utf-8")
    pull.say("example-user-2", "/recheck")
    assert "Nothing is missing" in pull.comments[0]
    assert pull.status[0] == "pending"


def test_claims_are_declined_with_a_reason(pull: Proposed) -> None:
    pull.propose(MEETUP)
    pull.say("example-events", "/decline The page does not name you.")
    assert "claim them again in a new pull request" in pull.comments[0]
    assert (pull.state, pull.added) == ("closed", [])


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ([{**MEETUP, "kind": "leadership"}], "**line 2, kind**: Nobody is named who"),
        ([{**MEETUP, "person": "example-stranger"}], "example-stranger is in no partner's team"),
        ([{**MEETUP, "date": "2026-11-25"}], "25 November 2026 has not come yet"),
        ([{**MEETUP, "date": "2026-09-30"}], "Claims can be of October 2026 or later"),
        ([{**MEETUP, "date": 2026}], "**line 4, date**"),
        ([{**MEETUP, "date": "2026-13"}], "**line 4, date**"),
        ([{**MEETUP, "url": "http://events.example"}], "**line 6, url**"),
        ([MEETUP, {**MEETUP, "title": "The same"}], "This page is claimed above already: event by"),
        (
            [{**MEETUP, "approved_by": "example-events"}],
            "The program writes 'approved\\_by' itself",
        ),
        ([{**MEETUP, "issue": 70}], "The program writes 'issue' itself"),
        ([], "This file has 0 claims; it can have 1 to 20."),
        ([{**TALK, "url": f"https://talks.example/{n}"} for n in range(21)], "has 21 claims"),
        ([{"kind": "event"}], "**line 2**"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_with_its_line(
    claims: list[dict[str, Any]], says: str, pull: Proposed
) -> None:
    pull.propose(*claims)
    [said] = pull.comments
    assert said.startswith("### Almost there")
    assert says in said
    assert pull.status == ("failure", "Something is missing")
    comment = pull.say("example-events", "/approve")
    assert pull.reaction(comment) in ("confused", "-1")
    assert pull.added == []
    pull.propose(MEETUP, number=2)
    assert pull.comments[0].startswith("### Organized"), "and nothing is lost"


ODD: list[tuple[dict[str, Any], str]] = [
    ({PATH: "claims: []", "README.md": "x"}, "This changes 2 files: claims are one file"),
    ({"contributions/imports/points.csv": "x"}, "This is no file of claims."),
    ({PATH: "claims: [&a b, *a]"}, "**line 1**"),
    ({PATH: "- kind: event"}, "This file has no list of claims. Begin it with 'claims:'"),
    ({PATH: "# nothing"}, "This file has no list of claims. Begin it with 'claims:'"),
    ({PATH: "claims: {kind: event}"}, "This file has no list of claims. Begin it with 'claims:'"),
    ({PATH: b"\xff\xfe"}, "**"),
    ({PATH: "x" * 70_000}, "at most 65,536 are read"),
    ({"Contributions/x.yml": "claims: []"}, "has 0 claims"),
    ({"contributions/x.YML": "claims: []"}, "This is no file of claims."),
]


@pytest.mark.parametrize(("files", "says"), ODD, ids=[says for _, says in ODD])
def test_other_changes_of_a_stranger_are_answered(
    files: dict[str, Any], says: str, pull: Proposed
) -> None:
    pull.push(files)
    [said] = pull.comments
    assert says in said
    assert pull.status[0] == "failure"


@pytest.mark.parametrize(
    "files",
    [
        {"contributions/spam.txt": "x"},
        {PATH: "Spam"},
        {PATH: write_yaml({"claims": [{**MEETUP, "kind": "review"}]})},
        {PATH: write_yaml({"claims": [MEETUP, {**TALK, "kind": "leadership"}]})},
    ],
    ids=["no YAML", "no claims", "an unknown kind", "a kind that nobody approves"],
)
def test_what_nobody_can_approve_is_declined_by_any_approver(
    files: dict[str, Any], pull: Proposed
) -> None:
    pull.push(files)
    for login in ("example-user-3", "example-stranger"):
        comment = pull.say(login, "/decline Spam.")
        assert (pull.reaction(comment), pull.state) == ("-1", "open")
    for _ in range(2):
        pull.say("example-events", "/approve")
    assert len(pull.comments) == 2, "one reply"
    assert "Something is missing, see above." in pull.comments[1]
    pull.say("example-events", "/decline Spam.")
    assert (pull.state, pull.added) == ("closed", [])


def test_a_name_in_another_case_is_the_same_approver(pull: Proposed) -> None:
    program = pull.clone.path / "program.yml"
    text = program.read_text("utf-8").replace("[example-events,", "[Example-Events,")
    program.write_text(text, "utf-8")
    pull.propose(MEETUP, TALK)
    pull.say("example-events", "/approve")
    assert len(pull.added) == 1


@pytest.mark.parametrize("word", ["/approve", "/decline"])
@pytest.mark.parametrize("claim", [TALK, {**TALK, "date": "2026-09-30"}], ids=["ready", "not"])
def test_nobody_makes_us_reply_without_end(
    claim: dict[str, Any], word: str, pull: Proposed
) -> None:
    """Also those who may approve such claims, and claim one."""
    pull.propose(claim)
    for login in ("example-user-1", "example-user-2", "both", "example-stranger") * 3:
        pull.say(login, word)
    assert len(pull.comments) <= 1 + 2, "our comment, and one reply of each kind"


@pytest.mark.parametrize("files", [{}, {"docs/x.md": "x"}], ids=["nothing", "another file"])
def test_claims_that_are_taken_out_are_shown_no_longer(
    files: dict[str, Any], pull: Proposed
) -> None:
    pull.propose(MEETUP)
    pull.push(files, 2)
    assert "This changes no claims in contributions/ any more" in pull.comments[0]
    assert pull.status[0] == "failure"
    pull.say("example-events", "/approve")
    assert (pull.added, pull.state) == ([], "open")


def test_a_pull_request_that_was_an_application_too_is_approved(pull: Proposed) -> None:
    """The label stays when the application is taken out: the files tell what it is."""
    pull.propose(MEETUP)
    pull.issue["labels"].append(pull.rest.label("application"))
    pull.say("example-events", "/approve")
    assert len(pull.added) == 1


@pytest.mark.parametrize("status", ["modified", "removed", "renamed"])
def test_a_stranger_changes_no_file_that_is_there(status: str, pull: Proposed) -> None:
    pull.push({})
    pull.github.rest.change(REPOSITORY, 71, PATH, "claims: []", status=status)
    pull.started()
    assert "only a maintainer corrects what was approved" in pull.comments[0]


def test_a_file_that_leaves_the_folder_is_a_change_of_it(pull: Proposed) -> None:
    pull.push({})
    away = {"status": "renamed", "previous_filename": PATH}
    pull.github.rest.change(REPOSITORY, 71, "docs/meetup.yml", "claims: []", **away)
    pull.started()
    assert "only a maintainer corrects what was approved" in pull.comments[0]


@pytest.mark.parametrize(
    "files",
    [
        {"contributions/imports/points.csv": "x"},
        {PATH: write_yaml({"claims": [{**MEETUP, "approved_by": "example-events"}]})},
        {PATH: "claims: []", "program.yml": "x"},
    ],
    ids=["export", "approved by hand", "with the policy"],
)
def test_what_a_maintainer_changes_by_hand_is_left_alone(
    files: dict[str, Any], pull: Proposed
) -> None:
    pull.rest.roles["example-maintainer"] = "write"
    pull.github.person("example-maintainer", databaseId=903)
    assert "by hand" in pull.push(files, login="example-maintainer").out
    assert pull.comments == []


@pytest.mark.parametrize("text", [write_yaml({"claims": [{**MEETUP, "url": "x"}]}), "claims: ["])
@pytest.mark.parametrize("fork", [REPOSITORY, "example-maintainer/partners"])
def test_a_maintainers_claim_that_lacks_something_is_answered(
    fork: str, text: str, pull: Proposed
) -> None:
    """If it was merged as it is, no month could be ranked."""
    pull.rest.roles["example-maintainer"] = "write"
    pull.push({PATH: text}, login="example-maintainer", fork=fork)
    assert pull.comments[0].startswith("### Almost there")
    assert pull.status[0] == "failure"


OURS = {"claims": [{**MEETUP, "approved_by": "example-events", "issue": 70}]}


@pytest.mark.parametrize("path", ["contributions/imports/points.csv", PATH, "program.yml"])
@pytest.mark.parametrize("login", ["github-actions[bot]", "exports[bot]", "example-stranger"])
def test_a_branch_of_this_repository_is_of_who_may_write(
    login: str, path: str, pull: Proposed
) -> None:
    """Our own pull request, if the branch is protected, or an App's with exports."""
    files = {PATH: write_yaml(OURS), path: write_yaml(OURS)}
    assert "by hand" in pull.push(files, login=login, fork=REPOSITORY).out
    assert pull.comments == []
    assert pull.rest.statuses == {}


def test_a_commit_that_a_bot_brings_into_a_fork_is_answered(pull: Proposed) -> None:
    """A stranger pushes by a bot: the commit must not go without its status."""
    pull.propose(MEETUP)
    pull.head = commit(2)
    files = {PATH: write_yaml(OURS)}
    pull.github.rest.propose(REPOSITORY, 71, "example-user-2", files, pull.head)
    pull.started(sender={"login": "example[bot]", "type": "Bot"})
    assert "Take this line out" in pull.comments[0]
    assert pull.status[0] == "failure"


def test_a_maintainers_own_claim_is_approved_by_somebody_else(pull: Proposed) -> None:
    pull.rest.roles["example-events"] = "write"
    pull.propose(MEETUP, login="example-events")
    pull.say("example-events", "/approve")
    assert pull.added == []
    pull.say("example-meetups", "/approve")
    assert len(pull.added) == 1


@pytest.mark.parametrize(
    ("files", "fields", "reason"),
    [
        ({"docs/x.md": "x"}, {}, "changes nothing in contributions/"),
        ({"contributions-2/x.yml": "x"}, {}, "changes nothing in contributions/"),
        ({PATH: "x"}, {"state": "closed"}, "The pull request is closed."),
        ({PATH: "x"}, {"base": {"ref": "next", "repo": {"default_branch": "main"}}}, "'next'"),
    ],
    ids=str,
)
def test_other_pull_requests_get_no_answer(
    files: dict[str, Any], fields: dict[str, Any], reason: str, pull: Proposed
) -> None:
    ran = pull.push(files, **fields)
    assert reason in ran.out
    assert (pull.comments, pull.rest.statuses) == ([], {})


def test_a_run_that_was_cut_off_is_ended_by_the_next(pull: Proposed) -> None:
    pull.propose(MEETUP)
    pull.say("example-events", "/approve")
    pull.pull()
    for one in (pull.issue, *pull.rest.pulls):
        one["state"] = "open"
    before = pull.files
    pull.started()
    assert (pull.files, pull.state) == (before, "closed")


def test_what_it_costs(pull: Proposed) -> None:
    pull.propose(MEETUP)
    before = len(pull.github.requests)
    pull.say("example-events", "/approve")
    told = [str(one) for one in pull.github.requests[before:]]
    assert len(told) <= 6, told
