"""A run that GitHub stops at any of its writes: the next one, whatever starts it, does the rest."""

from collections.abc import Sequence

import pytest

from acme import make_eligible
from fakes.server import Failure, done_but, garbage, partial, refused, silence, status
from program_folder import REPOSITORY, ProgramFolder, body

MAINTAINER = "example-maintainer"
WRITES = [  # each by one or two ways
    ("createLabel", "POST /repos/project/partners/labels "),
    ("addComment", "POST /repos/project/partners/issues/7/comments"),
    ("updateIssueComment", "PATCH /repos/project/partners/issues/comments/"),
    ("addLabelsToLabelable", "POST /repos/project/partners/issues/7/labels"),
    ("removeLabelsFromLabelable", "DELETE /repos/project/partners/issues/7/labels"),
    ("mutation",),
    ("/reactions",),
    ("POST /repos/project/partners/git/refs",),
    ("createCommitOnBranch",),
    ("POST /repos/project/partners/statuses",),
    ("POST /repos/project/partners/pulls",),
]


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme applies; only its paying account leaves a doubt, which a maintainer may waive."""
    elsewhere = "https://other.example"
    make_eligible(program_folder.github, program_folder.open_collective, website=elsewhere)
    program_folder.github.rest.repository(REPOSITORY).roles[MAINTAINER] = "write"
    return program_folder


@pytest.mark.parametrize("ways", WRITES)
def test_the_next_run_does_the_rest(acme: ProgramFolder, ways: Sequence[str]) -> None:
    """At the first verdict, and at another one that a command brings about."""
    form = body()
    for start in (acme.issue(form), None):
        for way in ways:
            acme.github.fail(status(403, "Resource not accessible"), on=way, times=99)
        ran = acme.review(start) if start else acme.say(MAINTAINER, "/waive payer They told us.")
        assert "Traceback" not in ran.err
        acme.github.recover()
        assert acme.review(acme.issue(form, "edited")).code == 0

    of = acme.github.rest.repository(REPOSITORY)
    verdict, command, notice = sorted(acme.comments, key=lambda one: "notice" in one)
    assert "### Eligible" in verdict
    assert command.startswith("/waive")
    assert "from *needs review* to *eligible*" in notice
    assert acme.labels == ["application", "eligible"]
    [[reaction]] = of.reactions.values()
    assert reaction["content"] == "+1"
    [pull] = of.pulls
    assert (pull["state"], "### Eligible" in pull["body"]) == ("open", True)
    assert of.statuses[pull["head"]["sha"]][-1]["state"] == "success"


@pytest.mark.parametrize(
    "failure",
    [
        status(502),
        refused({"type": "RATE_LIMITED"}),
        refused({"type": "FORBIDDEN", "path": ["c0"]}),
        done_but(status(502)),
        done_but(silence),
        done_but(garbage()),
        *(partial(f"c{at}") for at in range(6)),
        partial("c4", "commentEdge"),
    ],
)
def test_one_run_posts_one_comment(acme: ProgramFolder, failure: Failure) -> None:
    """Whatever becomes of the one request that makes the labels and posts the verdict."""
    rest = acme.github.rest.repository(REPOSITORY)
    rest.labels.clear()
    acme.github.fail(failure, on="addComment")
    ran = acme.review(acme.issue(body(), labels=[]), PARTNERS_TIMEOUT="0.6")
    assert ran.code == 0, ran.err
    [verdict] = rest.comments[7]
    assert "### Needs review" in verdict["body"]
    assert "comment-url<<" in ran.outputs
    assert verdict["html_url"] in ran.outputs
    assert acme.labels == ["application", "needs-review"]
    assert rest.labels["eligible"]["color"] == "2ea44f"
