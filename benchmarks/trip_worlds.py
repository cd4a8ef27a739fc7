"""The worlds that `round_trips.py` measures in: a program's folder, and the platforms around it.

Each function fills a new world, the same each time. The files are written in forms that the build
at 8fa1020 reads as well.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from community_partners.intake.program_form import TEMPLATE

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.bank import FakeBank  # noqa: E402  the tests' folder has to be found first
from fakes.github import FakeGitHub  # noqa: E402
from fakes.open_collective import FakeOpenCollective  # noqa: E402
from program_folder import REPOSITORY, body  # noqa: E402

POLICY: dict[str, Any] = {
    "name": "Project Partners",
    "organization": "Project",
    "home": "https://project.example",
    "policy": {"version": "1", "date": "2026-01-01", "url": "https://project.example/policy"},
    "sponsorship": {
        "base": "USD 100",
        "edition": "2026-01",
        "months": 3,
        "tolerance_percent": 3,
        "one_time_payments": True,
        "open_collective": {"collective": "project"},
    },
    "contribution": {
        "months": 3,
        "points_each_month": 10,
        "points_in_all": 40,
        "points": {"pull request": 5, "review": 2, "issue": 1, "answer": 2, "event": 10},
        "github": {"organizations": ["project"]},
        "claims": {"folder": "contributions"},
    },
    "ranking": {"homepage_slots": 3},
    "standing": {"at_risk_after": 1, "suspended_after": 2, "lapsed_after": 3},
    "waiting": {"remind_after_days": 30, "close_after_days": 60},
}
MEMBERS = 10
AUTUMN = ("2026-08", "2026-09", "2026-10")
DUE, OPEN = 40, 250
NEW_YEAR = "2027-01-01"
_HIDDEN = re.compile(r"(?m)^<!-- community-partners .*$")
LABELS = ("eligible", "not-yet", "needs-review", "invalid")

Run = Callable[..., object]
"""Runs `partners` with these arguments in the world, not counted."""


@dataclass(frozen=True, kw_only=True)
class World:
    """The folder `path`, and the platforms on loopback.

    `limits`: the build reads limits of a month, which the one at 8fa1020 does not know.
    """

    path: Path
    limits: bool
    github: FakeGitHub = field(default_factory=FakeGitHub)
    open_collective: FakeOpenCollective = field(default_factory=FakeOpenCollective)
    bank: FakeBank = field(default_factory=FakeBank)

    @property
    def servers(self) -> tuple[FakeGitHub, FakeOpenCollective, FakeBank]:
        return self.github, self.open_collective, self.bank

    @property
    def environ(self) -> dict[str, str]:
        event = self.path / "event.json"
        started_by = {"GITHUB_EVENT_NAME": "issues", "GITHUB_EVENT_PATH": str(event)}
        return (started_by if event.exists() else {}) | {
            "GITHUB_TOKEN": "ghs_0123456789",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_OUTPUT": str(self.path / "outputs"),
            "OPENCOLLECTIVE_API_URL": self.open_collective.url,
            "EXCHANGE_RATES_URL": self.bank.url,
            "PARTNERS_CACHE": str(self.path / "cache"),
        }

    def program(self, **contribution: Any) -> None:
        """`program.yml` and the form; `contribution` overrides parts of its section."""
        limits = {"self_merged": {"most_each_month": 10}} if self.limits else {}
        policy = POLICY | {"contribution": POLICY["contribution"] | limits | contribution}
        self.write("program.yml", policy)
        self.github.organization("project")
        (self.path / TEMPLATE).parent.mkdir(parents=True)
        (self.path / TEMPLATE).write_text((ROOT / TEMPLATE).read_text("utf-8"), "utf-8")

    def write(self, name: str, value: Any) -> None:
        (self.path / name).parent.mkdir(exist_ok=True)
        text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
        (self.path / name).write_text(re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", text), "utf-8")

    def work(self, logins: Sequence[str], months: Iterable[str], each: int) -> None:
        """Each of them has so many pull requests merged in each of the months."""
        for month in months:
            for number in range(each * len(logins)):
                moment = f"{month}-{number % 28 + 1:02}T12:00:00Z"
                self.github.pull_request(moment, logins[number % len(logins)])

    def label(self) -> None:
        """The repository has the labels of verdicts."""
        for name in LABELS:
            self.github.rest.repository(REPOSITORY).label(name)

    def issue(self, number: int, **answers: str) -> dict[str, Any]:
        """An open application; returns the event that it was opened."""
        github = self.github.rest
        issue = github.add_issue(REPOSITORY, number, "example-applicant", labels=["application"])
        issue["body"] = body(**answers)
        return {
            "action": "opened",
            "issue": issue,
            "repository": {"full_name": REPOSITORY},
            "sender": issue["user"],
        }


def _team(of: str, members: int) -> list[str]:
    return [f"{of}-{number}" for number in range(1, members + 1)]


def _in_form(logins: Iterable[str]) -> str:
    return "\n".join(f"Ada Example, {login}, 2025-01-15" for login in logins)


def _months(first: int, count: int) -> list[str]:
    """The months from the `first` of 2025 on, which is 1 for January."""
    return [f"{2025 + at // 12}-{at % 12 + 1:02}" for at in range(first - 1, first - 1 + count)]


def application(world: World, _: Run) -> None:
    """The file of Acme, with ten members, who did all that is asked for."""
    world.program()
    team = _acme(world)
    members = [{"name": "Ada Example", "github": one, "since": "2025-01-15"} for one in team]
    world.write("applications/acme.yml", _organization("acme") | {"team": members, "consent": True})


def checked_application(world: World, run: Run) -> None:
    """The same, whose closed months are in the cache."""
    application(world, run)
    run("check", "applications/acme.yml", "--today", "2026-11-24")


def _acme(world: World) -> list[str]:
    team = _team("acme", MEMBERS)
    for login in team:
        world.github.person(login)
    world.open_collective.faithful("acme", *(f"{month}-01" for month in (*AUTUMN, "2026-11")))
    world.work(team, AUTUMN, 1)
    return team


def _organization(slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.replace("-", " ").title(),
        "website": f"https://{slug}.example",
        "country": "United States",
        "description": "Builds sites with the project for schools.",
        "services": ["Hosting"],
        "contact": f"https://{slug}.example/contact",
        "sponsorship": {"platform": "open-collective", "account": slug},
    }


def eligible_issue(world: World, _: Run) -> None:
    """Acme's form was just sent, in a project that merges 300 pull requests a month."""
    _opened(world, account="acme")


def issue_not_eligible(world: World, _: Run) -> None:
    """The same, with an account that paid nothing."""
    world.open_collective.account("another")
    _opened(world, account="another")


def _opened(world: World, **answers: str) -> None:
    world.program()
    world.label()
    world.work(["somebody-else"], AUTUMN, 300 - MEMBERS)
    event = world.issue(7, team=_in_form(_acme(world)), **answers)
    (world.path / "event.json").write_text(json.dumps(event), "utf-8")


def partners(
    world: World, *, count: int = 10, members: int = 5, months: Sequence[str] = AUTUMN
) -> list[str]:
    """Records of partners who paid in each of the months; returns their people's logins."""
    everybody = []
    for number in range(count):
        slug = f"partner-{number}"
        team = _team(slug, members)
        ids = [world.github.person(login)["databaseId"] for login in team]
        record = {
            "team": [
                {"name": "Ada Example", "github": login, "id": id_, "since": "2025-01-01"}
                for login, id_ in zip(team, ids, strict=True)
            ],
            "consent": True,
            "accepted": "2025-01-15",
            "terms": {"edition": "2026-01", "amount": "USD 100"},
        }
        world.write(f"partners/{slug}.yml", _organization(slug) | record)
        world.open_collective.faithful(slug, *(f"{month}-03" for month in months))
        everybody += team
    return everybody


def month(world: World, _: Run) -> None:
    """Ten partners; two pull requests of each of their fifty people in each month."""
    world.program()
    world.work(partners(world), AUTUMN, 2)


def year(world: World, _: Run) -> None:
    """The same over fourteen months, so that each of twelve has its two before."""
    world.program()
    months = _months(9, 14)
    world.work(partners(world, months=months), months, 2)


def listed_repositories(world: World, _: Run) -> None:
    """The month, with fourteen repositories that are listed one by one."""
    names = [f"project/part-{number}" for number in range(14)]
    world.program(github={"repositories": names})
    everybody = partners(world)
    for month in AUTUMN:
        for number, login in enumerate(everybody):
            moment = f"{month}-{number % 28 + 1:02}T12:00:00Z"
            world.github.pull_request(moment, login, repository=names[number % len(names)])


def answers(world: World, _: Run) -> None:
    """Twenty-two months with a hundred answered questions each."""
    world.program()
    months = _months(1, 22)
    everybody = partners(world, months=months)
    world.work(everybody, months, 1)
    for month in months:
        for number in range(100):
            moment = f"{month}-{number % 28 + 1:02}T15:00:00Z"
            world.github.discussion(moment, "somebody-else", everybody[number % len(everybody)])


def lost_logins(world: World, _: Run) -> None:
    """Three hundred partners; of each two of their people one was renamed, and one is gone."""
    world.program()
    everybody = partners(world, count=300)
    world.work(everybody[1::10], AUTUMN, 1)
    for gone, renamed in zip(everybody[::2], everybody[1::2], strict=True):
        world.github.delete(gone)
        world.github.rename(renamed, f"{renamed}-now")


def open_applications(world: World, run: Run) -> None:
    """Two hundred and fifty open applications; forty of them are due on 1 December.

    The first is reviewed by the build that is measured, and its verdict, with what that build
    remembers in it, is copied to the others: those that are not due are looked at in January.
    """
    world.program()
    rest = world.github.rest
    world.label()
    for number in range(1, OPEN + 1):
        slug = f"company-{number}"
        world.github.person(f"{slug}-1")
        world.open_collective.faithful(slug, "2026-09-01", "2026-10-01", "2026-11-01")
        if number <= DUE:
            world.work([f"{slug}-1"], AUTUMN[1:], 2)
        event = world.issue(
            number,
            name=slug.replace("-", " ").title(),
            website=f"https://{slug}.example",
            contact=f"https://{slug}.example/contact",
            account=slug,
            team=_in_form(_team(slug, 1)),
        )
        if number == 1:
            (world.path / "event.json").write_text(json.dumps(event), "utf-8")
            run("review", "--today", "2026-11-24")
            (world.path / "event.json").unlink()
    repository = rest.repository(REPOSITORY)
    [said] = repository.comments[1]
    labels = repository.issues[1]["labels"]
    for number in range(2, OPEN + 1):
        text = said["body"].replace("Company 1", f"Company {number}")
        text = text.replace("company-1", f"company-{number}")
        if number > DUE:
            text = _HIDDEN.sub(lambda line: line[0].replace("2026-12-01", NEW_YEAR), text)
        rest.add_comment(REPOSITORY, number, said["user"]["login"], text)
        repository.issues[number]["labels"] = list(labels)
