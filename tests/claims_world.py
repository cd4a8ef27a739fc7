"""A program with two partners, and an issue with a claim: what the tests of claims begin with."""

import json
import os
from pathlib import Path
from typing import Any

from community_partners.intake.claim_form import TEMPLATE
from community_partners.intake.form_template import read_template
from fakes.filled_form import fill
from git_world import World
from program_folder import POLICY, REPOSITORY, ROOT, ProgramFolder, Ran

FORM = read_template((ROOT / TEMPLATE).read_text("utf-8"))
APPROVERS = """\
  claims:
    folder: contributions
    approvers:
      event: [example-events, "@project/meetups"]
      talk: [example-user-1, example-user-2, example-events]
"""
RECORD = """\
slug: {slug}
name: {name}
website: https://{slug}.example
country: Germany
description: {name} hosts the project for schools.
services: [Hosting]
contact: https://{slug}.example/contact
sponsorship: {{platform: open-collective, account: {slug}}}
team:
{team}
consent: true
accepted: 2026-03-24
terms: {{edition: 2026-01, amount: EUR 99}}
"""
TEAMS = {
    "acme": ("Acme GmbH", {"example-user-1": 4711, "example-user-2": 4712, "both": 4713}),
    "globex": ("Globex", {"example-user-3": 4714, "both": 4713}),
}
PEOPLE = {login: number for _, team in TEAMS.values() for login, number in team.items()}
PEOPLE |= {"example-events": 900, "example-meetups": 901, "example-stranger": 902}
ANSWERS = {
    "kind": "event",
    "person": "example-user-1",
    "date": "2026-11-14",
    "url": "https://events.example/autumn",
    "title": "Organized the autumn meetup in Pune",
}
FILE = "contributions/2026/11/acme-71.yml"


def _program() -> dict[str, str]:
    policy = POLICY.replace("  claims: {folder: contributions}\n", APPROVERS)
    policy = policy.replace("event: 10}", "event: 10, talk: 5, leadership: 10}")
    files = {"program.yml": policy, str(TEMPLATE): (ROOT / TEMPLATE).read_text("utf-8")}
    for slug, (name, team) in TEAMS.items():
        lines = [
            f"  - {{name: {login}, github: {login}, id: {number}, since: 2026-01-15}}"
            for login, number in team.items()
        ]
        files[f"partners/{slug}.yml"] = RECORD.format(slug=slug, name=name, team="\n".join(lines))
    return files


PROGRAM = _program()


class Claims:
    """A program with two partners, and issue 71 with a claim of `example-user-2`."""

    def __init__(self, folder: ProgramFolder, place: Path) -> None:
        self.world = world = World(place, os.environ["PATH"], PROGRAM)
        self.folder, self.github = folder, folder.github
        self.rest = self.github.rest.repository(REPOSITORY)
        self.rest.origin = world.origin.path
        self.rest.roles |= {"example-events": "triage", "example-meetups": "triage"}
        self.github.rest.teams["project/meetups"] = {"example-meetups": "active"}
        self.clone = world.person
        folder.path = self.clone.path
        for name, file in (("GITHUB_OUTPUT", "outputs"), ("GITHUB_STEP_SUMMARY", "summary.md")):
            folder.env[name] = str(self.clone.path / file)
        folder.env["GITHUB_REPOSITORY"] = REPOSITORY
        for login, number in PEOPLE.items():
            self.github.person(login, databaseId=number)
        self.open(71)

    def open(self, number: int) -> None:
        """Another issue with a claim: from now on, all is about this one."""
        self.number = number
        opened = self.github.rest.add_issue(REPOSITORY, number, "example-user-2", labels=["claim"])
        self.issue = opened
        self.write()

    def pull(self) -> None:
        """Bring the checkout to what was committed, as the next run has it."""
        self.clone.git("clean", "--force", "--quiet", "-d", "contributions")
        self.clone.git("pull", "--quiet", "origin", "main")

    def write(self, **answers: str) -> None:
        self.issue["body"] = fill(FORM, {**ANSWERS, **answers})

    def run(self, name: str = "issues", *, code: int = 0, **more: Any) -> Ran:
        """Run the workflow's command; `code`: with which it ends."""
        event = {
            "action": "edited" if name == "issues" else "created",
            "issue": self.issue,
            "repository": {"full_name": REPOSITORY},
            "sender": {"login": "somebody", "type": "User"},
            **more,
        }
        file = self.clone.path / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        ran = self.folder.run(
            *("claim", "--today", "2026-11-24"),
            GITHUB_EVENT_NAME=name,
            GITHUB_EVENT_PATH=str(file),
        )
        assert ran.code == code, ran.err
        return ran

    def fill_in(self, **answers: str) -> str:
        """Our comment on the claim with these answers."""
        self.write(**answers)
        self.run()
        return self.comments[0]

    def say(self, login: str, text: str, *, code: int = 0) -> int:
        comment = self.github.rest.add_comment(REPOSITORY, self.number, login, text)
        self.run("issue_comment", code=code, comment=comment)
        return int(comment["id"])

    @property
    def comments(self) -> list[str]:
        ours = (
            one
            for one in self.rest.comments[self.number]
            if one["user"] and one["user"]["login"].endswith("[bot]")
        )
        return [one["body"].partition("\n")[2] for one in ours]

    @property
    def files(self) -> dict[str, str]:
        return self.world.origin.files("main")

    def reaction(self, comment: int) -> str:
        return str(self.rest.reactions[comment][0]["content"])
