"""What the pull request of an application lacks: every state that it can be found in."""

from dataclasses import replace
from typing import Any

import pytest

from community_partners.application.proposal import (
    Wanted,
    is_settled,
    may_be_proposed,
    plan,
    was_eligible,
)
from community_partners.hidden_line import Memory, file_digest, memory_in
from community_partners.model.changes import EditPull, OpenPull, SetStatus, TellPull
from community_partners.model.commit_status import CommitStatus
from community_partners.model.funnel import Branch, Funnel, KnownPull, KnownStatus, PullState
from community_partners.model.thread import Comment, Issue, Thread
from community_partners.model.verdict import Decision

TEXT, OTHER = "slug: acme\n", "slug: acme\nname: Other\n"
HEAD, MAIN = "a" * 40, "b" * 40
STATUS = CommitStatus(state="success", description="Eligible", url="https://github.com/x")
WANTED = Wanted(
    issue=7,
    slug="acme",
    text=TEXT,
    title="Application of Acme",
    decision=Decision.ELIGIBLE,
    body="### Eligible",
    status=STATUS,
)
TOLD = KnownStatus(state="success", description="Eligible", url="https://github.com/x")


def want(decision: Decision) -> Wanted:
    return replace(WANTED, decision=decision)


def branch(text: str | None = TEXT, status: KnownStatus | None = TOLD, head: str = HEAD) -> Branch:
    blob = "c" * 40 if text is not None else None
    return Branch(name="application-acme", head=head, blob=blob, text=text, status=status)


def pull(state: PullState = PullState.OPEN, **fields: Any) -> KnownPull:
    made: dict[str, Any] = {
        "number": 8,
        "url": "https://github.com/x/pull/8",
        "title": WANTED.title,
        "body": WANTED.open_body(),
        "state": state,
        "branch": "application-acme",
        "head": HEAD,
        "base": "main",
        "fork": False,
        "author": "github-actions[bot]",
        "by_us": True,
        "files": ("applications/acme.yml",),
    }
    return KnownPull(**{**made, **fields})


def funnel(
    ours: Branch | None = None, pulls: tuple[KnownPull, ...] = (), main: str | None = None
) -> Funnel:
    blob = "d" * 40 if main is not None else None
    return Funnel(
        path="applications/acme.yml",
        main=Branch(name="main", head=MAIN, blob=blob, text=main),
        ours=ours,
        pulls=pulls,
        issues=(),
        files=(),
    )


WITHDRAWN = pull(PullState.CLOSED, body=WANTED.closed_body("Closed: why.", 1))
BY_A_PERSON = pull(PullState.CLOSED)
ELSEWHERE = pull(branch="application-before")
NEW = ["MakeBranch", "PutFile", "SetStatus", "OpenPull"]
CLOSE = ["SetStatus", "TellPull", "EditPull"]
ELIGIBLE, REVIEW, NOT_YET, INVALID = (
    Decision.ELIGIBLE,
    Decision.NEEDS_REVIEW,
    Decision.NOT_YET,
    Decision.INVALID,
)
OURS = branch()
UNTOLD = branch(status=None)
CASES: list[tuple[str, Decision, Funnel, list[str]]] = [
    ("nothing is there", ELIGIBLE, funnel(), NEW),
    ("not for anything else", REVIEW, funnel(), []),
    ("not for anything else", NOT_YET, funnel(), []),
    ("it is as wanted", ELIGIBLE, funnel(OURS, (pull(),)), []),
    ("another file", ELIGIBLE, funnel(branch(OTHER), (pull(),)), ["PutFile", "SetStatus"]),
    ("the file was deleted", ELIGIBLE, funnel(branch(None), (pull(),)), ["PutFile", "SetStatus"]),
    ("another title", ELIGIBLE, funnel(OURS, (pull(title="x"),)), ["EditPull"]),
    ("no status", ELIGIBLE, funnel(UNTOLD, (pull(),)), ["SetStatus"]),
    ("a person has to look", REVIEW, funnel(OURS, (pull(),)), ["EditPull"]),
    ("no longer", NOT_YET, funnel(OURS, (pull(),)), CLOSE),
    ("no longer", INVALID, funnel(OURS, (pull(),)), CLOSE),
    ("closed already", NOT_YET, funnel(OURS, (WITHDRAWN,)), []),
    ("again", ELIGIBLE, funnel(OURS, (WITHDRAWN,)), ["EditPull"]),
    ("not for a person to look", REVIEW, funnel(OURS, (WITHDRAWN,)), []),
    ("its branch was deleted", ELIGIBLE, funnel(None, (WITHDRAWN,)), NEW),
    ("it was overwritten", ELIGIBLE, funnel(branch(head="e" * 40), (WITHDRAWN,)), NEW),
    ("a person's word", ELIGIBLE, funnel(OURS, (BY_A_PERSON,)), []),
    ("cut off at the branch", ELIGIBLE, funnel(branch(None)), ["PutFile", "SetStatus", "OpenPull"]),
    ("cut off at the file", ELIGIBLE, funnel(UNTOLD), ["SetStatus", "OpenPull"]),
    ("another short name", ELIGIBLE, funnel(None, (ELSEWHERE,)), [*CLOSE, *NEW]),
    ("another short name", REVIEW, funnel(None, (ELSEWHERE,)), CLOSE),
    ("merged", ELIGIBLE, funnel(OURS, (pull(PullState.MERGED),), TEXT), []),
    ("taken back", ELIGIBLE, funnel(OURS, (pull(PullState.MERGED),)), NEW),
]


@pytest.mark.parametrize(
    ("why", "decision", "found", "kinds"), CASES, ids=[f"{one[0]}, {one[1]}" for one in CASES]
)
def test_what_is_lacking(why: str, decision: Decision, found: Funnel, kinds: list[str]) -> None:
    writes = plan(found, found.pulls, want(decision)).changes
    assert [type(one).__name__ for one in writes] == kinds


def test_what_is_not_ours_is_left_alone() -> None:
    theirs = pull(author="somebody", by_us=False)
    proposal = plan(funnel(OURS, (theirs,)), (), WANTED)
    assert proposal.changes == ()
    assert "Pull request #8 takes the branch application-acme" in (proposal.why_not or "")
    assert plan(funnel(OURS, (theirs,)), (), want(NOT_YET)).changes == ()


def test_another_applications_is_left_alone() -> None:
    theirs = pull(body=replace(WANTED, issue=3).open_body())
    for decision in Decision:
        assert plan(funnel(OURS, (theirs,)), (theirs,), want(decision)).changes == ()


def test_a_fork_is_never_ours() -> None:
    fork = pull(fork=True)
    assert plan(funnel(None, (fork,)), (fork,), want(NOT_YET)).changes == ()
    assert len(plan(funnel(None, (fork,)), (fork,), WANTED).changes) == len(NEW)


def test_it_is_opened_from_the_tip_of_the_default_branch() -> None:
    make, put, status, opened = plan(funnel(), (), WANTED).changes
    assert (make.head, put.head, put.new) == (MAIN, MAIN, True)  # type: ignore[union-attr]
    assert status == SetStatus(head=None, status=STATUS)
    assert isinstance(opened, OpenPull)
    assert memory_in(opened.body) == Memory(
        kind="application",
        issue=7,
        decision=Decision.ELIGIBLE,
        file=file_digest(TEXT.encode()),
    )


def test_it_is_reopened_before_anything_is_pushed() -> None:
    first, *_ = plan(funnel(branch(OTHER), (WITHDRAWN,)), (WITHDRAWN,), WANTED).changes
    assert isinstance(first, EditPull)
    assert first.state == "open"


def test_each_closing_is_told_once_however_often_it_is_tried() -> None:
    """A run that was cut off before the closing tells nothing new; a later closing does."""

    def changes(proposal: KnownPull, decision: Decision) -> tuple[str | None, str]:
        """The kind of the comment, and the new text."""
        writes = plan(funnel(OURS, (proposal,)), (proposal,), want(decision)).changes
        told = next((one.kind for one in writes if isinstance(one, TellPull)), None)
        return told, next(one.body for one in writes if isinstance(one, EditPull))

    first, closed = changes(pull(), NOT_YET)
    assert changes(pull(), NOT_YET) == (first, closed)
    silent, opened = changes(pull(PullState.CLOSED, body=closed), ELIGIBLE)
    second, _ = changes(pull(body=opened), INVALID)
    assert (first, silent, second) == ("withdrawal 1", None, "withdrawal 2")


OTHERS = pull(body=replace(WANTED, issue=3).open_body())


@pytest.mark.parametrize(
    ("decision", "opened", "settled"),
    [
        (ELIGIBLE, (pull(),), True),
        (ELIGIBLE, (), False),
        (ELIGIBLE, (OTHERS,), False),
        (REVIEW, (pull(),), True),
        (REVIEW, (), True),
        (NOT_YET, (pull(),), False),
        (NOT_YET, (OTHERS,), True),
        (INVALID, (pull(),), False),
        (INVALID, (), True),
        (None, (), True),
    ],
)
def test_it_is_settled_if_it_is_open_as_the_verdict_asks(
    decision: Decision | None, opened: tuple[KnownPull, ...], settled: bool
) -> None:
    assert is_settled(decision, 7, opened) is settled


@pytest.mark.parametrize(("why", "decision", "found", "kinds"), CASES)
def test_it_may_be_proposed_whenever_it_would_be(
    why: str, decision: Decision, found: Funnel, kinds: list[str]
) -> None:
    if any(one.state is PullState.OPEN for one in found.pulls):
        return
    lacking = plan(found, found.pulls, WANTED).changes
    assert may_be_proposed(found, found.pulls, 7, "acme") is bool(lacking)


@pytest.mark.parametrize(
    ("memory", "ours", "may_be"),
    [
        (Memory(kind="verdict", decision=Decision.ELIGIBLE), True, True),
        (Memory(kind="verdict", decision=Decision.NOT_YET), True, False),
        (Memory(kind="verdict", decision=Decision.NOT_YET, change=1), True, True),
        (Memory(kind="verdict", decision=Decision.ELIGIBLE), False, False),
        (Memory(kind="notice", decision=Decision.ELIGIBLE, change=1), True, False),
    ],
)
def test_there_may_be_a_proposal_if_it_was_eligible_once(
    memory: Memory, ours: bool, may_be: bool
) -> None:
    """A run that was cut off may have left one open, whatever the verdict is now."""
    comment = Comment(id=1, url="", body=f"{memory}Text", author="ada", ours=ours)
    issue = Issue(title="", body="", author="ada", open=True, labels=())
    assert was_eligible(Thread(issue=issue, comments=(comment,))) is may_be
