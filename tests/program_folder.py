"""A program's folder and the command in it, as a workflow would run it against the fakes."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from dns.resolver import Resolver

from community_partners import cli
from community_partners.intake.form_template import read_template
from community_partners.intake.program_form import TEMPLATE
from community_partners.website.fetch import Web
from community_partners.website.names import Names
from community_partners.wire.tries import Meter
from fakes.filled_form import fill
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective

ROOT = Path(__file__).parents[1]
FORM = read_template((ROOT / TEMPLATE).read_text(encoding="utf-8"))
REPOSITORY = "project/partners"
POLICY = """
name: Project Partners
organization: Project
home: https://project.example
policy: {version: "1", date: 2026-01-01, url: https://project.example/policy}
sponsorship:
  base: USD 100
  edition: 2026-01
  months: 3
  tolerance_percent: 3
  one_time_payments: true
  open_collective: {collective: project}
  github_sponsors: {login: project}
contribution:
  months: 3
  points_each_month: 10
  points_in_all: 40
  points: {pull request: 5, review: 2, issue: 1, answer: 2, event: 10}
  self_merged: {most_each_month: 10}
  github: {organizations: [project]}
  claims: {folder: contributions}
  ignored_accounts: [project-bot]
ranking: {homepage_slots: 3}
standing: {at_risk_after: 1, suspended_after: 2, lapsed_after: 3}
"""
ANSWERS = {
    "name": "Acme GmbH",
    "website": "https://acme.example",
    "country": "United States",
    "description": "Acme hosts the project for schools.",
    "services": "Hosting",
    "contact": "https://acme.example/contact",
    "github": "acme",
    "platform": "Open Collective",
    "account": "acme",
    "team": "Ada Example, example-user-1, 2025-01-15",
}


def body(**answers: str) -> str:
    """The form of Acme as GitHub writes it, with these answers."""
    return fill(FORM, {**ANSWERS, **answers})


def headline(comment: str) -> str:
    return next(line for line in comment.splitlines() if line.startswith("###"))


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How the command ended, and all that it said."""

    code: int
    out: str
    err: str
    summary: str
    outputs: str

    @property
    def said(self) -> str:
        return "\n".join((self.out, self.err, self.summary, self.outputs))


def no_websites(meter: Meter) -> Web:
    """No website has a name here: whoever looks at one sees nothing, and sends nothing."""
    return Web(meter=meter, names=Names(resolver=Resolver(configure=False)))


class ProgramFolder:
    """The folder `path`, with the two platforms on loopback. `today` is 2026-11-24."""

    def __init__(
        self,
        path: Path,
        github: FakeGitHub,
        open_collective: FakeOpenCollective,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        self.path, self.github, self.open_collective = path, github, open_collective
        self._monkeypatch, self._capfd = monkeypatch, capfd
        github.spokesperson()
        self.env: dict[str, str] = {
            "GITHUB_TOKEN": "ghs_0123456789",
            "GITHUB_API_URL": github.url,
            "OPENCOLLECTIVE_API_URL": open_collective.url,
            "EXCHANGE_RATES_URL": f"{open_collective.url}/no-rates-here",
            "PARTNERS_CACHE": str(path / "cache"),
            "PARTNERS_TIMEOUT": "5",
            "GITHUB_STEP_SUMMARY": str(path / "summary.md"),
            "GITHUB_OUTPUT": str(path / "outputs"),
        }
        (path / "program.yml").write_text(POLICY, encoding="utf-8")
        (path / TEMPLATE).parent.mkdir(parents=True)
        (path / TEMPLATE).write_text((ROOT / TEMPLATE).read_text("utf-8"), encoding="utf-8")

    def amend(self, old: str, new: str) -> None:
        """Change the policy."""
        text = (self.path / "program.yml").read_text("utf-8")
        assert old in text
        (self.path / "program.yml").write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: str, **env: str) -> Ran:
        """`partners ...` in this folder, with this environment and no other."""
        for name in list(os.environ):
            if name.startswith(("GITHUB_", "PARTNERS_", "OPENCOLLECTIVE_", "SPONSORS_")):
                self._monkeypatch.delenv(name)
        for name, value in {**self.env, **env}.items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.chdir(self.path)
        self._monkeypatch.setattr(sys, "argv", ["partners", *arguments])
        for name in ("summary.md", "outputs"):
            (self.path / name).write_text("")
        code: Any = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code
        out, err = self._capfd.readouterr()
        summary = (self.path / "summary.md").read_text("utf-8")
        outputs = (self.path / "outputs").read_text("utf-8")
        return Ran(code=code or 0, out=out, err=err, summary=summary, outputs=outputs)

    def review(
        self, event: Mapping[str, Any], *options: str, name: str = "issues", **env: str
    ) -> Ran:
        """`partners review` on an event."""
        file = self.path / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        given = {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file)}
        return self.run("review", "--today", "2026-11-24", *options, **given, **env)

    def issue(self, text: str, action: str = "opened", **fields: Any) -> dict[str, Any]:
        """The event of an issue with this text; the issue is on the fake GitHub from then on."""
        known = self.github.rest.repository(REPOSITORY).issues
        if 7 not in known:
            labels = fields.pop("labels", ["application"])
            self.github.rest.add_issue(REPOSITORY, 7, "example-applicant", labels=labels)
        known[7].update({"body": text, **fields})
        return {
            "action": action,
            "issue": known[7],
            "repository": {"full_name": REPOSITORY},
            "sender": {"login": "example-applicant", "type": "User"},
        }

    def comment(self, login: str, text: str, **fields: Any) -> dict[str, Any]:
        """The event of a comment on that issue, which is there from then on."""
        comment = self.github.rest.add_comment(REPOSITORY, 7, login, text)
        comment.update(fields)
        return {
            "action": "created",
            "issue": self.github.rest.repository(REPOSITORY).issues[7],
            "comment": comment,
            "repository": {"full_name": REPOSITORY},
            "sender": comment["user"],
        }

    def say(self, login: str, text: str, *options: str, **env: str) -> Ran:
        """`partners review` on such an event."""
        return self.review(self.comment(login, text), *options, name="issue_comment", **env)

    def reactions(self, comment: int) -> list[tuple[str, str]]:
        """Who reacted to a comment, and how."""
        found = self.github.rest.repository(REPOSITORY).reactions.get(comment, [])
        return [(one["user"]["login"], one["content"]) for one in found]

    @property
    def comments(self) -> list[str]:
        return [one["body"] for one in self.github.rest.repository(REPOSITORY).comments[7]]

    @property
    def labels(self) -> list[str]:
        issue = self.github.rest.repository(REPOSITORY).issues[7]
        return sorted(label["name"] for label in issue["labels"])
