"""`/leave` in the thread of a partner: the seat ends with that day, and nobody else's."""

import os
from datetime import date
from pathlib import Path

import pytest

from builders import member
from community_partners.hidden_line import Memory
from community_partners.intake.member_lines import with_last_day
from community_partners.model.application import Confirmation, ConfirmedBy, ConfirmedSeat
from community_partners.model.verdict import Decision
from git_world import World
from program_folder import POLICY, REPOSITORY, ProgramFolder

RECORD = """\
# Kept by hand.
slug: acme
name: Acme GmbH
website: https://acme.example
country: Germany
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
sponsorship: {platform: open-collective, account: acme}
team:
  - name: Ada Example  # since the beginning
    github: example-user-1
    id: 4711
    since: 2025-01-15
  - {name: Bela Example, github: example-user-2, id: 4712, since: 2026-01-01}
consent: true
accepted: 2026-03-24
terms: {edition: 2026-01, amount: EUR 99}
issue: 7
"""
BY_COMMENT = Confirmation(by=ConfirmedBy.COMMENT, on=date(2026, 3, 1))
DONE = [("github-actions[bot]", "+1")]


class Partner:
    """Acme is a partner since March, by issue 7, which is closed."""

    def __init__(self, folder: ProgramFolder, place: Path) -> None:
        files = {"program.yml": POLICY, "partners/acme.yml": RECORD}
        self.world = world = World(place, os.environ["PATH"], files)
        self.folder, self.github = folder, folder.github
        self.rest = self.github.rest.repository(REPOSITORY)
        self.rest.origin = world.origin.path
        self.clone = world.person
        folder.path = self.clone.path
        for name, file in (("GITHUB_OUTPUT", "outputs"), ("GITHUB_STEP_SUMMARY", "summary.md")):
            folder.env[name] = str(self.clone.path / file)
        folder.env["GITHUB_REPOSITORY"] = REPOSITORY
        for number, login in enumerate(("example-user-1", "example-user-2"), 4711):
            self.github.person(login, databaseId=number)
        self.github.rest.add_issue(
            REPOSITORY, 7, "example-applicant", labels=["application"], state="closed"
        )

    def says(self, login: str, text: str) -> str:
        """What was handed on after this comment."""
        ran = self.folder.say(login, text, "--hand-on")
        assert ran.code == 0, ran.err
        _, _, handed = ran.outputs.partition("handed-on<<")
        return handed.splitlines()[1] if handed else ""

    def written(self, handed: str) -> str:
        """The record after the second job."""
        ran = self.folder.run("propose", "--today", "2026-11-24", "--", handed)
        assert ran.code == 0, ran.err
        return self.world.origin.files("main")["partners/acme.yml"] + "\n"


@pytest.fixture
def partner(program_folder: ProgramFolder, tmp_path: Path) -> Partner:
    return Partner(program_folder, tmp_path / "git")


def test_the_seat_ends_and_all_else_stays_as_it_is_written(partner: Partner) -> None:
    handed = partner.says("example-user-1", "/leave")
    comment = partner.rest.comments[7][-1]["id"]
    assert partner.folder.reactions(comment) == DONE
    assert partner.written(handed) == RECORD.replace(
        "    since: 2025-01-15\n", "    since: 2025-01-15\n    until: '2026-11-24'\n"
    )


def test_also_of_a_member_on_one_line(partner: Partner) -> None:
    assert partner.says("example-user-2", "/leave and thank you all!") == "", "only alone"
    record = partner.written(partner.says("example-user-2", "/leave\nAnd thank you all!"))
    assert "since: 2026-01-01, until: '2026-11-24'}\nconsent" in record
    assert record.startswith("# Kept by hand.")


@pytest.mark.parametrize("who", ["example-applicant", "example-stranger", "example-maintainer"])
def test_nobody_ends_the_seat_of_another(partner: Partner, who: str) -> None:
    assert partner.says(who, "/leave") == ""
    assert partner.says(who, "/leave example-user-1") == ""


def test_what_is_handed_on_is_looked_at_again(partner: Partner) -> None:
    handed = partner.says("example-user-1", "/leave")
    partner.rest.comments[7][-1]["body"] = "/leave me alone"
    partner.rest.editors[partner.rest.comments[7][-1]["id"]] = "example-maintainer"
    assert partner.written(handed) == RECORD
    stranger = partner.github.rest.add_comment(REPOSITORY, 7, "example-stranger", "/leave")["id"]
    assert partner.written(f'[{{"comment": {stranger}, "issue": 7}}]') == RECORD


def test_twice_is_once(partner: Partner) -> None:
    handed = partner.says("example-user-1", "/leave")
    record = partner.written(handed)
    partner.clone.git("pull", "--quiet", "origin", "main")
    assert partner.written(handed) == record
    assert partner.says("example-user-1", "/leave") == ""


def test_also_while_the_issue_is_still_open(partner: Partner) -> None:
    """The record stands there before the issue is closed; somebody may reopen it, too."""
    partner.rest.issues[7]["state"] = "open"
    handed = partner.says("example-user-1", "/leave")
    assert "until: '2026-11-24'" in partner.written(handed)


@pytest.mark.parametrize("record", ["team: [", RECORD.replace("    id: 4711\n", "")])
def test_what_cannot_be_carried_out_gets_no_sign(partner: Partner, record: str) -> None:
    seat = ConfirmedSeat(id=4711, since=date(2025, 1, 15), how=BY_COMMENT)
    memory = Memory(kind="verdict", decision=Decision.ELIGIBLE, seats=(seat,))
    bot = "github-actions[bot]"
    partner.github.rest.add_comment(REPOSITORY, 7, bot, f"{memory}### Eligible")
    (partner.clone.path / "partners/acme.yml").write_text(record, encoding="utf-8")
    assert partner.says("example-user-1", "/leave") == ""
    assert partner.folder.reactions(partner.rest.comments[7][-1]["id"]) == []


def test_who_leaves_a_closed_application_is_heard(partner: Partner) -> None:
    seat = ConfirmedSeat(id=4711, since=date(2025, 1, 15), how=BY_COMMENT)
    memory = Memory(kind="verdict", decision=Decision.ELIGIBLE, seats=(seat,))
    bot = "github-actions[bot]"
    partner.github.rest.add_comment(REPOSITORY, 7, bot, f"{memory}### Eligible")
    (partner.clone.path / "partners/acme.yml").unlink()
    assert partner.says("example-user-1", "/leave") == ""
    assert partner.folder.reactions(partner.rest.comments[7][-1]["id"]) == DONE
    partner.says("example-stranger", "/leave")
    assert partner.folder.reactions(partner.rest.comments[7][-1]["id"]) == []


def test_who_has_returned_leaves_the_second_time_only() -> None:
    first = "  - {name: Bela Example, github: example-user-2, id: 4712, since: 2025-01-01, "
    record = RECORD.replace("consent", f"{first}until: 2025-06-30}}\nconsent")
    back = member("Example-User-2", since=date(2026, 1, 1))
    assert with_last_day(record, "acme.yml", back, date(2026, 11, 24)) == record.replace(
        "since: 2026-01-01}", "since: 2026-01-01, until: '2026-11-24'}"
    )
    assert with_last_day(record, "acme.yml", member("example-user-9"), date(2026, 11, 24)) is None
