"""The daily workflow, whole: the real file, run by act against a real origin.

It takes the day from the clock: so what waits has waited since some days before today.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import ACTIONS_BOT, FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.publisher import FakePublisher
from fakes.server import status
from lantern_repository import NAME, LanternRepository
from program_folder import body
from workflows.uv_cache import UvCache

WORKFLOW = "waiting.yml"
NUMBER = 40
FORM = body(country="Atlantis")
VERDICT = f"{Memory(kind='verdict', decision=Decision.INVALID)}### Invalid\n"


@pytest.fixture
def publisher() -> Iterator[FakePublisher]:
    with FakePublisher() as fake:
        yield fake


@pytest.fixture
def repository(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    publisher: FakePublisher,
    uv: UvCache,
    today: date,
) -> LanternRepository:
    """The example program, by prices of a year ago; an application is silent for five weeks."""
    made = LanternRepository(tmp_path, fake_github, fake_open_collective, uv)
    made.servers["BIG_MAC_PRICES_URL"] = publisher.url
    policy = made.seed.path / "program.yml"
    policy.write_text(policy.read_text("utf-8").replace("edition: 2026-01", "edition: 2025-01"))
    made.push("The prices of a year ago")
    rest = fake_github.rest
    rest.now = f"{today - timedelta(days=35)}T09:00:00Z"
    fields = {"labels": ["application", "invalid"], "body": FORM, "created_at": rest.now}
    rest.add_issue(NAME, NUMBER, "example-applicant", **fields)
    rest.add_comment(NAME, NUMBER, ACTIONS_BOT, VERDICT)
    rest.now = f"{today}T09:00:00Z"
    return made


def jobs(**results: str) -> dict[str, str]:
    """The results of all jobs; the others are skipped."""
    return dict.fromkeys(("applications", "propose", "prices"), "skipped") | results


def said(repository: LanternRepository) -> list[str]:
    """Headlines of the application's comments."""
    comments = repository.rest.comments[NUMBER]
    return [next(line for line in one["body"].splitlines() if line[0] == "#") for one in comments]


def test_a_day_and_a_monday_and_the_same_again(
    repository: LanternRepository, publisher: FakePublisher, today: date
) -> None:
    publisher.publish("2027-01-01")
    repository.protect()
    run = repository.schedule(WORKFLOW)
    assert (run.code, run.jobs) == (0, jobs(applications="success")), run.log
    monday = repository.schedule(WORKFLOW, line=1)
    assert (monday.code, monday.jobs) == (0, jobs(prices="success"))
    assert said(repository) == [
        "### Invalid: some details must be corrected before we can check",
        "### Are you still on it?",
    ]
    assert f"#{NUMBER}: checked again: invalid. Reminded." in run.log
    assert "Reminded." in run.summaries[0]
    pulls = {one["head"]["ref"]: one for one in repository.rest.pulls}
    assert set(pulls) == {"price-table-2027-01", "price-edition-2026-01"}
    assert (
        "| Brightwater GmbH, Aurora Digital | Germany | EUR 98 | EUR 99 |"
        in pulls["price-edition-2026-01"]["body"]
    )
    changed = repository.origin.git("diff", "--name-only", "main", "price-edition-2026-01")
    assert changed == "program.yml"
    assert repository.used == {"issues", "contents", "pull-requests", "statuses"}, "all they may"
    for branch in pulls:
        [status] = repository.rest.statuses[repository.origin.git("rev-parse", branch)]
        assert status["state"] == "success", "a rule of the branch may ask for it"

    before = (said(repository), repository.origin.git("for-each-ref"))
    again = repository.dispatch(WORKFLOW)
    assert (again.code, again.jobs) == (0, jobs(applications="success", prices="success"))
    assert (said(repository), repository.origin.git("for-each-ref")) == before
    assert len(repository.rest.pulls) == 2


def test_one_that_fails_is_seen(repository: LanternRepository, fake_github: FakeGitHub) -> None:
    comment = f"POST /repos/{NAME}/issues/{NUMBER}/comments"
    fake_github.fail(status(403), on=comment, times=9)
    run = repository.schedule(WORKFLOW)
    assert (run.code, run.jobs) == (1, jobs(applications="failure"))
    assert f"#{NUMBER}: GitHub refused writing to the thread (HTTP 403)." in run.log


def test_a_draft_of_the_policy_judges_nobody(
    repository: LanternRepository, fake_github: FakeGitHub
) -> None:
    repository.push("A draft", branch="draft")
    run = repository.run(WORKFLOW, "workflow_dispatch", "draft", inputs={})
    assert (run.code, run.jobs) == (0, jobs()), run.raw[-1500:]
    assert fake_github.requests == []
