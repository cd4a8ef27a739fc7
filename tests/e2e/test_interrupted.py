"""A run that GitHub stops at any of its writes: the next one, whatever starts it, does the rest."""

import pytest

from acme import make_eligible
from fakes.server import status
from program_folder import REPOSITORY, ProgramFolder, body

MAINTAINER = "example-maintainer"
WRITES = [
    "POST /repos/project/partners/labels ",
    "PATCH /repos/project/partners/issues/comments/",
    "POST /repos/project/partners/issues/7/labels",
    "POST /repos/project/partners/issues/7/comments",
    "DELETE /repos/project/partners/issues/7/labels",
    "/reactions",
    "POST /repos/project/partners/git/refs",
    "createCommitOnBranch",
    "POST /repos/project/partners/statuses",
    "POST /repos/project/partners/pulls",
    "updateIssueComment",
]


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Acme applies; only its paying account leaves a doubt, which a maintainer may waive."""
    elsewhere = "https://other.example"
    make_eligible(program_folder.github, program_folder.open_collective, website=elsewhere)
    program_folder.github.rest.repository(REPOSITORY).roles[MAINTAINER] = "write"
    return program_folder


@pytest.mark.parametrize("on", WRITES)
def test_the_next_run_does_the_rest(acme: ProgramFolder, on: str) -> None:
    """At the first verdict, and at another one that a command brings about."""
    form = body()
    for start in (acme.issue(form), None):
        for refused in (on, *(["updateIssueComment"] if "comments/" in on else [])):
            acme.github.fail(status(403, "Resource not accessible"), on=refused, times=99)
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
