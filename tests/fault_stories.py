"""The stories whose every request is made to fail: reviews, an admission, a daily run, a month."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from acme import ACME as ACME_ALONE
from acme import MONTHS, PATH, do_the_work, make_eligible
from community_partners.hidden_line import Memory
from community_partners.intake.program_form import TEMPLATE
from community_partners.model.application import Confirmation, ConfirmedBy, ConfirmedSeat
from community_partners.model.verdict import Decision
from example_world import EXAMPLES, fill
from fakes.github_store import user
from fakes.sponsors import Sponsors
from fault_world import TOKENS, Start, Story, World, _git
from program_folder import POLICY, REPOSITORY, ROOT, body

WAITING = "waiting: {remind_after_days: 30, close_after_days: 60}\n"
MAINTAINER = "example-maintainer"
LANTERN = "lantern-project/partners"


def _program(world: World, policy: str = POLICY) -> None:
    world.checkout.mkdir()
    (world.checkout / "program.yml").write_text(policy, "utf-8")
    form = world.checkout / TEMPLATE
    form.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / TEMPLATE, form)


def _issue(world: World, number: int, text: str, action: str = "opened") -> dict[str, Any]:
    """The event of an issue, which is on GitHub from then on."""
    rest, repository = world.github.rest, world.github.rest.repository(REPOSITORY)
    if number not in repository.issues:
        rest.add_issue(REPOSITORY, number, "example-applicant", labels=["application"])
    repository.issues[number]["body"] = text
    return {
        "action": action,
        "issue": repository.issues[number],
        "repository": {"full_name": REPOSITORY},
        "sender": {"login": "example-applicant", "type": "User"},
    }


def _review(event: Any, name: str = "issues", today: str = "2026-11-24") -> Start:
    return Start(
        arguments=("review", "--today", today),
        event=event,
        env={"GITHUB_EVENT_NAME": name, "GITHUB_REPOSITORY": REPOSITORY},
    )


def _ran(world: World, start: Start) -> None:
    ran = world.run(start)
    assert ran.code == 0, ran.said
    world.forget()


def opened(world: World) -> Start:
    """An issue is opened: a verdict, a label, and a proposal."""
    _program(world)
    make_eligible(world.github, world.open_collective)
    return _review(_issue(world, 7, body()))


def edited(world: World) -> Start:
    """Its form is edited, which changes the proposal."""
    _ran(world, opened(world))
    return _review(_issue(world, 7, body(services="Hosting\nTraining"), "edited"))


def worse(world: World) -> Start:
    """Its form is edited so that it is eligible no more, which closes the proposal."""
    _ran(world, opened(world))
    return _review(_issue(world, 7, body(account="nobody"), "edited"))


def command(world: World) -> Start:
    """A maintainer waives the one doubt."""
    _program(world)
    make_eligible(world.github, world.open_collective, website="https://other.example")
    world.github.rest.repository(REPOSITORY).roles[MAINTAINER] = "write"
    _ran(world, _review(_issue(world, 7, body())))
    said = world.github.rest.add_comment(REPOSITORY, 7, MAINTAINER, "/waive payer They told us.")
    event = {
        "action": "created",
        "issue": world.github.rest.repository(REPOSITORY).issues[7],
        "comment": said,
        "repository": {"full_name": REPOSITORY},
        "sender": said["user"],
    }
    return _review(event, "issue_comment")


def daily(world: World) -> Start:
    """Three wait: one is eligible from today on, one is reminded, one is closed."""
    _program(world, POLICY + WAITING)
    days = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01")
    world.open_collective.faithful("acme", *days)
    world.github.organization("project")
    do_the_work(world.github, (*MONTHS, "2026-11"))
    others = ((5, "Bolt", "2026-09-24"), (6, "Cone", "2026-11-20"))
    for number, name, day in others:
        world.github.rest.now = f"{day}T05:00:00Z"
        form = body(
            name=f"{name} GmbH",
            website=f"https://{name.lower()}.example",
            account=name.lower(),
            team=f"Somebody, example-user-{number}, 2025-01-15",
        )
        event = _issue(world, number, form)
        event["issue"]["created_at"] = world.github.rest.now
        _ran(world, _review(event, today=day))
    env = {"GITHUB_REPOSITORY": REPOSITORY}
    world.github.rest.now = "2026-10-24T05:00:00Z"
    _ran(world, Start(arguments=("waiting", "--today", "2026-10-24"), env=env))
    world.github.rest.now = "2026-11-24T05:00:00Z"
    _ran(world, _review(_issue(world, 7, body())))
    world.github.rest.now = "2026-12-24T05:00:00Z"
    return Start(arguments=("waiting", "--today", "2026-12-24"), env=env)


ACME = """\
slug: acme
name: Acme GmbH
website: https://acme.example
country: Germany
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
sponsorship: {platform: open-collective, account: acme}
team:
- {name: Ada Example, github: Example-User-1, since: '2025-01-15'}
- {name: Bela Example, github: example-user-2, since: '2026-01-01'}
consent: true
"""


def _seeded(world: World, name: str, **files: str) -> str:
    """An origin with the files in `checkout`; its one commit."""
    there = world.checkout
    _git(there, "init", "--quiet", "--initial-branch=main")
    commit(there, "The program")
    _git(world.live, "clone", "--quiet", "--bare", str(there), str(world.origin))
    world.github.rest.repository(name).origin = world.origin
    return _git(there, "rev-parse", "HEAD").strip()


def commit(there: Path, subject: str) -> None:
    who = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    _git(there, "add", "--all")
    _git(there, *who, "commit", "--quiet", "--message", subject)


CONFIRMED = Confirmation(by=ConfirmedBy.COMMENT, on=date(2026, 11, 20))
VERDICT = Memory(
    kind="verdict",
    decision=Decision.ELIGIBLE,
    seats=tuple(
        ConfirmedSeat(id=number, since=date(2026, 1, 1), how=CONFIRMED) for number in (4711, 4712)
    ),
)


def admission(world: World) -> Start:
    """A merged application makes a partner."""
    world.checkout.mkdir()
    (world.checkout / "program.yml").write_text(POLICY, "utf-8")
    before = _seeded(world, REPOSITORY)
    rest, of = world.github.rest, world.github.rest.repository(REPOSITORY)
    world.github.pull_request("2026-10-05T12:00:00Z", "example-user-2")
    rest.add_issue(REPOSITORY, 7, "example-applicant", labels=["application"])
    for number, login in ((4711, "Example-User-1"), (4712, "example-user-2")):
        world.github.person(login, databaseId=number)
    branch = "application-acme"
    of.git.git("update-ref", f"refs/heads/{branch}", "refs/heads/main")
    head = of.git.commit(branch, "applications/acme.yml", ACME.encode(), "Application")
    memory = Memory(kind="application", issue=7, decision=Decision.ELIGIBLE, file="sha256:0")
    bot = "github-actions[bot]"
    pull = rest.add_pull(REPOSITORY, branch, "main", bot, body=f"{memory}Proposes.")
    told = rest.add_comment(REPOSITORY, 7, bot, f"{VERDICT}### Eligible")["html_url"]
    verdict = {"context": "partners/verdict", "state": "success", "target_url": told}
    of.statuses[head] = [{**verdict, "description": "Eligible"}]
    of.git.git("update-ref", "refs/heads/main", head)
    pull["head"]["sha"] = head
    pull.update(state="closed", merged=True, merge_commit_sha=head)
    push = {
        "ref": "refs/heads/main",
        "before": before,
        "after": head,
        "repository": {"full_name": REPOSITORY, "default_branch": "main"},
    }
    env = {"GITHUB_EVENT_NAME": "push", "GITHUB_REPOSITORY": REPOSITORY}
    return Start(arguments=("admit", "--today", "2026-11-24"), event=push, env=env)


def month(world: World) -> Start:
    """A month is judged, committed and told. A partner on each platform has never paid."""
    shutil.copytree(EXAMPLES, world.checkout, ignore=shutil.ignore_patterns("evidence"))
    fill(world.github, world.open_collective)
    world.open_collective.account("never-paid")
    world.github.organization("never-paid", name="Never", websiteUrl=None)
    _pays_by(world, "juniper-web", "open-collective")
    _pays_by(world, "inlet-partners", "github-sponsors")
    world.github.viewers[TOKENS["SPONSORS_TOKEN"]] = "example-maintainer"
    _seeded(world, LANTERN)
    for number in (9, 10, 11, 12, 13, 14, 15, 16, 18, 31):
        world.github.rest.add_issue(LANTERN, number, "example-applicant", state="closed")
    return Start(
        arguments=("month", "--commit", "--today", "2026-11-26"),
        env={"GITHUB_REPOSITORY": LANTERN},
    )


def _pays_by(world: World, slug: str, platform: str) -> None:
    """The partner names another account, which is there."""
    file = world.checkout / "partners" / f"{slug}.yml"
    there = f"sponsorship: {{platform: {platform}, account: never-paid}}"
    text, count = re.subn("sponsorship: .+", there, file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


def pulled(world: World) -> Start:
    """A pull request from a fork is opened."""
    _program(world)
    make_eligible(world.github, world.open_collective)
    world.github.rest.propose(REPOSITORY, 7, "example-applicant", {PATH: ACME_ALONE})
    event = {
        "action": "opened",
        "pull_request": {
            "number": 7,
            "head": {"ref": "main", "repo": {"full_name": "example-fork/partners"}},
        },
        "repository": {"full_name": REPOSITORY},
        "sender": user("example-applicant"),
    }
    return _review(event, "pull_request_target")


def _checked(world: World, text: str) -> Start:
    """A file on disk, of a team that has done one of each kind."""
    _program(world)
    (world.checkout / "applications").mkdir()
    (world.checkout / PATH).write_text(text, "utf-8")
    make_eligible(world.github, world.open_collective)
    for order in world.open_collective.orders:
        world.open_collective.payment("acme", "2026-10-02", 10000, order)
    mine = "example-user-1"
    review = world.github.review(mine, "2026-10-06T12:00:00Z")
    world.github.pull_request("2026-10-07T12:00:00Z", "somebody-else", reviews=[review])
    world.github.closed_issue("2026-09-06T12:00:00Z", mine)
    world.github.discussion("2026-09-07T12:00:00Z", "somebody-else", mine)
    arguments = ("check", PATH, "--format", "json", "--today", "2026-11-24")
    return Start(arguments=arguments, env={})


def checked(world: World) -> Start:
    """Acme pays in dollars through Open Collective."""
    return _checked(world, ACME_ALONE)


def sponsored(world: World) -> Start:
    """Acme pays through GitHub Sponsors."""
    start = _checked(world, ACME_ALONE.replace("open-collective", "github-sponsors"))
    sponsors = Sponsors(world.github)
    sponsors.faithful("acme", "2026-08-13", months=4, cents=12345)
    sponsors.faithful("another", "2026-07-13", months=5, cents=500)
    sponsors.event("another", "TIER_CHANGE", "2026-08-01", 700)
    world.github.viewers[TOKENS["SPONSORS_TOKEN"]] = MAINTAINER
    return start


def abroad(world: World) -> Start:
    """Acme pays in dollars what is asked in euros: the bank has the rates."""
    days = ("2026-07-31", "2026-09-01", "2026-10-01", "2026-10-02", "2026-10-30", "2026-11-20")
    world.bank.rates = dict.fromkeys(days, ("1.00", "0.86", "170"))
    return _checked(world, ACME_ALONE.replace("United States", "Germany"))


def far_away(world: World) -> Start:
    """Acme pays in dollars what is asked in dong: Open Collective has the rates."""
    days = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-10-02", "2026-11-01")
    for day in days:
        world.open_collective.rates["USD", "VND", day] = 30000.0
    return _checked(world, ACME_ALONE.replace("United States", "Vietnam"))


STORIES = (
    Story(name="an issue opened", make=opened),
    Story(name="an issue edited", make=edited),
    Story(name="an issue edited for the worse", make=worse, fair=False),
    Story(name="a pull request opened", make=pulled),
    Story(name="a command", make=command),
    Story(name="a daily run", make=daily, fair=False, once_a_day=True),
    Story(name="an admission", make=admission),
    Story(name="a month", make=month),
)
CHECKS = (
    Story(name="a check", make=checked),
    Story(name="a check of a sponsor", make=sponsored),
    Story(name="a check abroad", make=abroad),
    Story(name="a check far away", make=far_away),
)
