"""The monthly workflow, whole: the real file, run by act against a real origin, month after month.

The workflow takes the day from the clock. So the schedule is tested in a world whose last month is
the one that closed last, whenever that is; and October, which stays closed, by dispatch.
"""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from community_partners.model.month import Month
from example_world import fill
from fakes.github import ACTIONS_BOT as BOT
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.server import status
from lantern_repository import NAME, TOKENS, LanternRepository
from workflows.act import token_of
from workflows.act_log import Run
from workflows.uv_cache import UvCache

WORKFLOW = "monthly.yml"
INLET, FJORD, GLACIER = 14, 15, 16  # the issues of the partners whose standing gets worse


@pytest.fixture
def last(today: date) -> Month:
    """The month that closed last."""
    return Month.of(today) - 1


@pytest.fixture
def october(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    uv: UvCache,
    today: date,
) -> LanternRepository:
    """The example program, as it ships: July to September are committed."""
    fill(fake_github, fake_open_collective, today=today)
    return LanternRepository(tmp_path, fake_github, fake_open_collective, uv)


@pytest.fixture
def lately(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    uv: UvCache,
    today: date,
    last: Month,
) -> LanternRepository:
    """The same six months, ending with the last closed one; all but that one are committed."""
    fill(fake_github, fake_open_collective, last, today)
    repository = LanternRepository(tmp_path, fake_github, fake_open_collective, uv)
    shutil.rmtree(repository.seed.path / "rankings")
    repository.command("month", "--from", str(last - 3), "--to", str(last - 1))
    repository.push("Months until now")
    return repository


REST = ("publish", "site/render", "site/deploy")


def passed(run: Run, rest: str = "success") -> bool:
    """`rest`: what became of all jobs after the first one."""
    return (run.code, run.jobs) == (0, {"month": "success", **dict.fromkeys(REST, rest)})


def lives_in(repository: LanternRepository, home: str) -> None:
    policy = repository.seed.path / "program.yml"
    text = policy.read_text("utf-8")
    assert f"\nrepository: {NAME}\n" in text
    policy.write_text(text.replace(f"\nrepository: {NAME}\n", f"\nrepository: {home}\n"))
    repository.push("Where the program lives")


def digests(repository: LanternRepository) -> list[tuple[str, str]]:
    """Title and text of each."""
    return [
        (issue["title"], issue["body"])
        for issue in repository.rest.issues.values()
        if "partners-digest" in [label["name"] for label in issue["labels"]]
    ]


def told(repository: LanternRepository) -> dict[int, list[str]]:
    """The first lines of what partners were told, by their issue."""
    return {
        number: [comment["body"].splitlines()[1] for comment in comments]
        for number, comments in repository.rest.comments.items()
        if comments
    }


def ranking(repository: LanternRepository, month: object, branch: str = "main") -> Any:
    return json.loads(repository.origin.git("show", f"{branch}:rankings/{month}.json"))


def test_in_a_fork_nothing_is_published(lately: LanternRepository, fake_github: FakeGitHub) -> None:
    lives_in(lately, "lantern-upstream/partners")
    before = lately.origin.log("main")
    fake_github.requests.clear()
    run = lately.schedule(WORKFLOW)
    assert passed(run, "skipped"), run.log
    assert (lately.origin.log("main"), fake_github.requests, told(lately)) == (before, [], {})
    said = "the program lives in lantern-upstream/partners, and this is lantern-project/partners;"
    assert said in run.log
    assert said in run.summaries[0]
    click = lately.dispatch(WORKFLOW)
    assert (click.code, fake_github.requests) == (1, [])
    assert said in click.log


def test_the_schedule_publishes_the_month_and_tells_once(
    lately: LanternRepository, last: Month
) -> None:
    start = lately.origin.git("rev-parse", "main")
    run = lately.schedule(WORKFLOW)
    assert passed(run), run.log
    author, subject, *body = lately.origin.git("log", "-1", "--format=%an <%ae>%n%B").splitlines()
    assert (author, subject) == (
        f"{BOT} <41898282+{BOT}@users.noreply.github.com>",
        f"Rankings of {last.title}",
    )
    assert "fjord-collective: at risk, was active." in body
    changed = lately.origin.git("show", "--format=", "--name-only").splitlines()
    assert changed == [
        f"rankings/{last}.contributions.jsonl",
        f"rankings/{last}.json",
        f"rankings/{last}.repositories.json",
    ]
    _, summary = run.summaries
    assert f"# Partners of Lantern: {last.title}" in summary
    assert "| 🥇 1 | [Aurora Digital]" in summary
    assert " requests (GitHub " in summary
    [(title, text)] = digests(lately)
    assert title == f"Partners in {last.title}"
    assert "told in #15" in text
    assert told(lately)[FJORD] == [f"### Fjord Collective: at risk since {last.title}"]

    assert lately.published()["month"] == str(last), "of the commit that this run has made"

    before = (lately.origin.log("main"), digests(lately), told(lately))
    again = lately.schedule(WORKFLOW, at=start)
    assert passed(again), again.log
    assert (lately.origin.log("main"), digests(lately), told(lately)) == before
    assert "Nothing to publish: main has it all." in again.log


def test_a_month_by_dispatch(
    october: LanternRepository, fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective
) -> None:
    run = october.dispatch(WORKFLOW, month="2026-10")
    assert passed(run), run.log
    assert october.origin.log("main") == ["The program", "Rankings of October 2026"]
    homepage = ["aurora-digital", "baobab-systems", "inlet-partners"]
    assert ranking(october, "2026-10")["homepage"] == homepage
    outputs = run.outputs["publish", "2"]
    assert (outputs["ranking"], outputs["changed"]) == ("rankings/2026-10.json", "true")
    assert set(told(october)) == {INLET, FJORD, GLACIER}
    assert october.used == {"contents", "issues"}

    for request in fake_github.requests:
        sponsors = "sponsorsActivities" in str(request)
        jobs = (token_of("month"), token_of("publish"))
        assert request.token in ((TOKENS["SPONSORS_TOKEN"],) if sponsors else jobs)
    for request in fake_open_collective.requests:
        given = request.headers.get("personal-token")
        assert given == (TOKENS["OPENCOLLECTIVE_TOKEN"] if request.path == "/" else None)

    earlier = october.dispatch(WORKFLOW, month="2026-09")
    assert passed(earlier), earlier.log
    outputs = earlier.outputs["publish", "2"]
    assert (outputs["ranking"], outputs["changed"]) == ("rankings/2026-09.json", "false")


def test_a_protected_branch_gets_one_pull_request_and_partners_are_told_after_its_merge(
    lately: LanternRepository, last: Month
) -> None:
    lately.protect()
    before = lately.origin.log("main")
    for _ in range(2):
        run = lately.schedule(WORKFLOW)
        assert passed(run), run.log
        [pull] = lately.rest.pulls
        assert (pull["head"]["ref"], pull["base"]["ref"]) == ("rankings", "main")
        assert pull["title"] == f"Rankings of {last.title}"
        assert ranking(lately, last, "rankings")["month"] == str(last)
        assert lately.origin.log("main") == before
        assert told(lately) == {}, "what is proposed is nobody's standing yet"
    used = {"contents", "issues", "pull-requests", "statuses"}
    assert lately.used == used, "all that the job may write"

    lately.merge("rankings")
    pushed = [{"added": [f"rankings/{last}.json"], "modified": ["rankings/README.md"]}]
    run = lately.run(WORKFLOW, "push", commits=pushed)
    assert passed(run), run.log
    assert len(told(lately)[FJORD]) == 1
    assert lately.origin.log("main") == [*before, f"Rankings of {last.title}"]


def test_a_silent_source_fails_the_job_and_the_next_run_completes(
    october: LanternRepository, fake_open_collective: FakeOpenCollective
) -> None:
    fake_open_collective.fail(status(502), times=100)
    run = october.dispatch(WORKFLOW, month="2026-10")
    assert (run.code, run.jobs) == (1, {"month": "failure", **dict.fromkeys(REST, "skipped")})
    assert "October 2026 cannot be ranked yet, and nothing was written." in run.log
    assert "Open Collective: " in run.log
    assert "tries again" in run.log or "Run it again when they answer." in run.log
    assert (october.used, run.summaries, digests(october)) == (frozenset(), (), [])

    fake_open_collective.recover()
    assert passed(october.dispatch(WORKFLOW, month="2026-10"))
    assert ranking(october, "2026-10")["month"] == "2026-10"


def test_a_push_elsewhere_does_nothing(october: LanternRepository, fake_github: FakeGitHub) -> None:
    months = [{"modified": ["rankings/2026-09.json"]}]
    october.push("A draft", branch="draft")
    run = october.run(WORKFLOW, "push", "draft", commits=months)
    assert run.jobs == dict.fromkeys(("month", *REST), "skipped")
    other = [{"modified": ["partners/aurora-digital.yml", "rankings/README.md"]}]
    assert october.run(WORKFLOW, "push", commits=other).jobs == {}, "not even started"
    assert fake_github.requests == []
