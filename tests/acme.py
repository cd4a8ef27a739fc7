"""Acme GmbH, the organization that applies in the tests: its file, what it paid, what it did.

Its form is `program_folder.body()`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective

MONTHS = ("2026-08", "2026-09", "2026-10")
PAID = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
PATH = "applications/acme.yml"
ACME = """\
slug: acme
name: Acme GmbH
website: https://acme.example
country: United States
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
github: acme
sponsorship: {platform: open-collective, account: acme}
team:
  - {name: Ada Example, github: example-user-1, since: 2025-01-15}
consent: true
"""


def write_record(program: Path, slug: str, *team: str) -> None:
    """A partner like Acme, with these logins in its team. `program`: the program's folder."""
    made: dict[str, Any] = yaml.safe_load(ACME.replace("acme", slug).replace("Acme", slug))
    made["team"] = [{"name": login, "github": login, "since": "2025-01-15"} for login in team]
    made |= {"accepted": "2026-06-01", "terms": {"edition": "2026-01", "amount": "USD 100"}}
    (program / "partners").mkdir(exist_ok=True)
    text = yaml.safe_dump(made, sort_keys=False).replace("'", "")
    (program / f"partners/{slug}.yml").write_text(text)


def make_eligible(
    github: FakeGitHub, open_collective: FakeOpenCollective, website: str = "https://acme.example"
) -> None:
    """Everything that Acme has to have done until 24 November 2026. `website`: of the payer."""
    open_collective.faithful("acme", *PAID, website=website)
    github.organization("project")
    if "acme" not in github.owners:
        github.spokesperson()
    do_the_work(github, MONTHS)


def do_the_work(
    github: FakeGitHub, months: Iterable[str], repository: str = "project/core"
) -> None:
    """Its one member has three pull requests merged in each of the months."""
    github.person("example-user-1", databaseId=4711)
    for month in months:
        for day in ("05", "15", "25"):
            moment = f"{month}-{day}T12:00:00Z"
            github.pull_request(moment, "example-user-1", repository=repository)
