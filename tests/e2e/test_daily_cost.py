"""What a day of `partners waiting` costs: requests to GitHub, counted by the fake.

250 applications are open. The list of them takes five pages; the threads of those for which nothing
is due are not read, and no list is read twice.
"""

from datetime import date

import pytest

from acme import MONTHS, do_the_work
from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import ACTIONS_BOT
from fakes.server import Request
from program_folder import POLICY, REPOSITORY, ProgramFolder, Ran, body

TODAY = date(2026, 12, 1)
OPEN, DUE, PAGES = 250, 40, 5
EACH = 5  # its own state with thread and accounts, work, thread once more, and two writes
WAITING = "waiting: {remind_after_days: 10, close_after_days: 60}\n"


@pytest.fixture
def crowd(program_folder: ProgramFolder) -> ProgramFolder:
    """Issues 1001 to 1250, and a program that looks after them."""
    (program_folder.path / "program.yml").write_text(POLICY + WAITING, encoding="utf-8")
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    program_folder.github.organization("project")
    do_the_work(program_folder.github, (*MONTHS, "2026-11"))
    program_folder.github.rest.now = f"{TODAY}T05:00:00Z"
    for label in ("application", "eligible", "not-yet", "needs-review", "invalid"):
        program_folder.github.rest.repository(REPOSITORY).label(label)
    return program_folder


def applies(folder: ProgramFolder, at: int, verdict: Memory | None) -> None:
    """Issue 1001 and so on; our verdict is of today, unless there is none."""
    number, rest = 1001 + at, folder.github.rest
    text = body(
        name=f"Example {at}", website=f"https://example-{at}.example", account=f"nobody-{at}"
    )
    labels = ["application", *([verdict.decision.label] if verdict and verdict.decision else ())]
    rest.add_issue(REPOSITORY, number, f"applicant-{at}", labels=labels, body=text)
    if verdict:
        rest.add_comment(REPOSITORY, number, ACTIONS_BOT, f"{verdict}### The verdict")
    if verdict and verdict.decision is Decision.ELIGIBLE:
        proposal = Memory(kind="application", issue=number, decision=verdict.decision)
        proposed = {"number": 1000 + number, "body": f"{proposal}It proposes an application."}
        pull = rest.add_pull(
            REPOSITORY, f"application-example-{at}", "main", ACTIONS_BOT, **proposed
        )
        pull["head"]["sha"] = f"{number:040d}"


def said(decision: Decision, again: date | None = None) -> Memory:
    return Memory(kind="verdict", decision=decision, again=again)


def is_list(asked: Request) -> bool:
    """A question that goes through all open applications or pull requests, a page of it."""
    lists = "issues(" in str(asked.body) and asked.variables.get("issuesAsked")
    return bool(lists) or asked.path.endswith(("/issues", "/pulls"))


def wait(folder: ProgramFolder) -> Ran:
    folder.github.requests.clear()
    return folder.run("waiting", "--today", str(TODAY))


NOTHING_DUE = (
    said(Decision.NOT_YET, date(2026, 12, 2)),
    said(Decision.NOT_YET),
    said(Decision.INVALID),
    said(Decision.NEEDS_REVIEW),
    said(Decision.ELIGIBLE, date(2027, 1, 1)),
)
DUES = (None, said(Decision.NOT_YET, TODAY), said(Decision.NEEDS_REVIEW, date(2026, 11, 20)))


def test_a_day_with_nothing_due_costs_one_list(crowd: ProgramFolder) -> None:
    for at in range(OPEN):
        applies(crowd, at, NOTHING_DUE[at % len(NOTHING_DUE)])
    ran = wait(crowd)
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == OPEN
    assert (len(crowd.github.requests), crowd.open_collective.requests) == (PAGES, [])


def test_forty_due_of_250_open(crowd: ProgramFolder) -> None:
    for at in range(OPEN):
        verdicts = DUES if at < DUE else NOTHING_DUE
        applies(crowd, at, verdicts[at % len(verdicts)])
    ran = wait(crowd)
    assert ran.code == 0, ran.err
    assert ran.out.count("checked again") == DUE
    assert len([one for one in crowd.github.requests if is_list(one)]) == PAGES, "one list"
    assert len(crowd.github.requests) <= PAGES + DUE * EACH
