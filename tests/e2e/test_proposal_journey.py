"""An eligible issue is proposed by a pull request, whole: the real command, real git."""

import re
from typing import Any

import pytest

from acme import make_eligible
from community_partners.hidden_line import Memory, file_digest, memory_in
from community_partners.model.verdict import Decision
from fakes.server import status
from program_folder import REPOSITORY, ProgramFolder, body

PATH, BRANCH = "applications/acme-gmbh.yml", "application-acme-gmbh"


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Everything that makes Acme eligible."""
    make_eligible(program_folder.github, program_folder.open_collective)
    return program_folder


def repository(folder: ProgramFolder) -> Any:
    return folder.github.rest.repository(REPOSITORY)


def pulls(folder: ProgramFolder) -> list[tuple[str, str]]:
    return [(one["head"]["ref"], one["state"]) for one in repository(folder).pulls]


def said(folder: ProgramFolder, pull: dict[str, Any]) -> tuple[str, str]:
    """What the commit's status says."""
    told = repository(folder).statuses[pull["head"]["sha"]][-1]
    assert told["context"] == "partners/verdict"
    return told["state"], told["description"]


def writes(folder: ProgramFolder, start: int = 0) -> list[str]:
    """All that changed something on GitHub."""
    asked = folder.github.requests[start:]
    return [
        f"{one.method} {one.path}"
        for one in asked
        if one.method != "GET" and "POST /graphql" not in str(one)
    ]


def test_an_eligible_issue_is_proposed_with_its_verdict(acme: ProgramFolder) -> None:
    ran = acme.review(acme.issue(body()))
    assert ran.code == 0, ran.err
    [pull] = repository(acme).pulls
    assert (pull["head"]["ref"], pull["base"]["ref"]) == (BRANCH, "main")
    assert pull["title"] == "Application of acme-gmbh"
    assert "Proposes the application of #7." in pull["body"]
    verdict = "Below is the verdict as the applicant reads it.\n\n### Eligible: Acme GmbH meets all"
    assert verdict in pull["body"]
    assert not re.search(r"(?i)\b(close|fix|resolve)[sd]?\b:? #", pull["body"])
    text = repository(acme).git.blob(BRANCH, PATH)["text"]
    (acme.path / "body.md").write_text(body(), "utf-8")
    assert acme.run("form", "body.md", "--today", "2026-11-24").out == text
    assert memory_in(pull["body"]) == Memory(
        kind="application",
        issue=7,
        decision=Decision.ELIGIBLE,
        file=file_digest(text.encode()),
    )
    assert repository(acme).git.git("diff", "--name-only", "main", BRANCH) == PATH
    assert repository(acme).git.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    assert said(acme, pull) == ("success", "Eligible: Acme GmbH meets all criteria")
    assert f"| {pull['html_url']}" in ran.out


def test_again_nothing_is_written(acme: ProgramFolder) -> None:
    event = acme.issue(body())
    acme.review(event)
    start = len(acme.github.requests)
    assert acme.review(event).code == 0
    assert writes(acme, start) == []


def test_a_changed_form_updates_the_file(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    before = repository(acme).pulls[0]["head"]["sha"]
    acme.review(acme.issue(body(services="Hosting\nTraining"), "edited"))
    [pull] = repository(acme).pulls
    assert "- Training" in repository(acme).git.blob(BRANCH, PATH)["text"]
    assert pull["head"]["sha"] != before
    assert said(acme, pull)[0] == "success"


def test_what_is_changed_by_hand_is_as_the_form_says_again(acme: ProgramFolder) -> None:
    """The form is what was judged. Nothing is lost: the edit stays in the branch's history."""
    acme.review(acme.issue(body()))
    git = repository(acme).git
    before = git.blob(BRANCH, PATH)["text"]
    git.commit(BRANCH, PATH, b"slug: acme-gmbh\n", "By hand")
    git.commit(BRANCH, "notes.md", b"Ours.\n", "Another file")
    acme.review(acme.issue(body(), "edited"))
    [pull] = repository(acme).pulls
    assert git.blob(BRANCH, PATH)["text"] == before
    assert git.blob(BRANCH, "notes.md")["text"] == "Ours.\n"
    assert git.git("rev-list", "--count", f"main..{BRANCH}") == "4"
    assert said(acme, pull)[0] == "success"
    assert "what is changed here by hand is overwritten" in pull["body"]


def test_no_longer_eligible_it_is_closed_and_later_opened_again(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(account="nobody"), "edited"))
    [pull] = repository(acme).pulls
    assert pull["state"] == "closed"
    [told] = [one["body"] for one in repository(acme).comments[pull["number"]]]
    assert "\nClosed: the verdict is *not yet* now." in told
    assert said(acme, pull)[0] == "failure"
    start = len(acme.github.requests)
    acme.review(acme.issue(body(account="nobody"), "edited"))
    assert writes(acme, start) == []

    acme.review(acme.issue(body(), "edited"))
    assert pulls(acme) == [(BRANCH, "open")]
    assert said(acme, pull)[0] == "success"
    assert "Proposes the application of #7." in pull["body"]


def test_a_form_that_cannot_be_read_any_more_closes_it(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(team="nobody at all"), "edited"))
    assert pulls(acme) == [(BRANCH, "closed")]
    acme.review(acme.issue("### Nothing", "edited"))
    assert pulls(acme) == [(BRANCH, "closed")]


def test_where_a_person_has_to_look_it_stays_open_and_says_so(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.open_collective.fail(status(502), times=99)
    acme.review(acme.issue(body(), "edited"), PARTNERS_TIMEOUT="0.4")
    [pull] = repository(acme).pulls
    assert pull["state"] == "open"
    assert said(acme, pull)[0] == "pending"
    assert "### Needs review" in pull["body"]


def test_what_a_person_closed_stays_closed(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    repository(acme).pulls[0]["state"] = "closed"
    ran = acme.review(acme.issue(body(services="Hosting\nTraining"), "edited"))
    assert (ran.code, pulls(acme)) == (0, [(BRANCH, "closed")])
    assert "was closed by a person: reopen it to go on." in ran.out


def test_a_new_name_moves_it(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(name="Acme Inc"), "edited"))
    assert pulls(acme) == [(BRANCH, "closed"), ("application-acme-inc", "open")]
    acme.review(acme.issue(body(), "edited"))
    assert pulls(acme) == [(BRANCH, "open"), ("application-acme-inc", "closed")]


def test_a_branch_that_was_deleted_gets_a_new_pull_request(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(account="nobody"), "edited"))
    repository(acme).git.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    acme.review(acme.issue(body(), "edited"))
    assert pulls(acme) == [(BRANCH, "closed"), (BRANCH, "open")]


@pytest.mark.parametrize("made", ["nothing else", "an older file"])
def test_a_run_that_was_cut_off_is_completed(acme: ProgramFolder, made: str) -> None:
    acme.github.fail(status(500), on="/pulls ", times=99)
    assert acme.review(acme.issue(body())).code == 1
    assert (pulls(acme), acme.labels) == ([], ["application", "eligible"])
    acme.github.recover()
    if made == "an older file":
        repository(acme).git.commit(BRANCH, PATH, b"older: true\n", "Older")
    acme.review(acme.issue(body(), "edited"))
    [pull] = repository(acme).pulls
    assert "slug: acme-gmbh" in repository(acme).git.blob(BRANCH, PATH)["text"]
    assert said(acme, pull)[0] == "success"


def test_a_file_that_is_merged_is_not_proposed_again(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    repository(acme).git.git("update-ref", "refs/heads/main", f"refs/heads/{BRANCH}")
    repository(acme).pulls[0].update(state="closed", merged=True)
    start = len(acme.github.requests)
    ran = acme.review(acme.issue(body(services="Hosting\nTraining"), "edited"))
    assert f"{PATH} is on main already: nothing to propose." in ran.out
    assert [one for one in writes(acme, start) if "/issues/" not in one] == []


def test_another_organizations_file_goes_to_a_person(acme: ProgramFolder) -> None:
    other = b"slug: acme-gmbh\nname: Acme Gmbh\nwebsite: https://other.example\n"
    repository(acme).git.commit("main", PATH, other, "Theirs")
    ran = acme.review(acme.issue(body()))
    assert (ran.code, acme.labels) == (0, ["application", "needs-review"])
    assert pulls(acme) == []
    assert f"Acme Gmbh ({PATH}) has the same short name." in acme.comments[0]


def test_a_dry_run_says_what_it_would_do(acme: ProgramFolder) -> None:
    ran = acme.review(acme.issue(body()), "--dry-run")
    assert f"make the branch {BRANCH} at" in ran.out
    assert "| Application of acme-gmbh" in ran.out
    assert pulls(acme) == []


def test_another_run_that_made_the_branch_meanwhile_keeps_it(acme: ProgramFolder) -> None:
    """Two applications of one short name, each judged before it knew of the other."""
    theirs = b"slug: acme-gmbh\nname: Theirs\n"

    def overtaken(honest: Any) -> Any:
        git = repository(acme).git
        git.git("update-ref", f"refs/heads/{BRANCH}", "refs/heads/main")
        git.commit(BRANCH, PATH, theirs, "Theirs")
        return honest()

    acme.github.fail(overtaken, on="POST /repos/project/partners/git/refs")
    ran = acme.review(acme.issue(body()))
    assert (ran.code, "Run it again" in ran.err) == (1, True)
    assert repository(acme).git.blob(BRANCH, PATH)["text"] == theirs.decode()
    assert pulls(acme) == []


@pytest.mark.parametrize(
    ("on", "permission"),
    [
        ("POST /repos/project/partners/git/refs", "contents: write"),
        ("createCommitOnBranch", "contents: write"),
        ("POST /repos/project/partners/statuses", "statuses: write"),
        ("POST /repos/project/partners/pulls", "pull-requests: write"),
    ],
)
def test_a_right_that_is_missing_leaves_the_verdict_and_fails_the_job(
    acme: ProgramFolder, on: str, permission: str
) -> None:
    acme.github.fail(status(403, "Resource not accessible by integration"), on=on, times=99)
    ran = acme.review(acme.issue(body()))
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert f"The workflow needs the permission `{permission}`." in ran.err
    assert acme.labels == ["application", "eligible"]
    assert len(acme.comments) == 1
    assert "eligible" in ran.outputs


def test_a_repository_that_lets_workflows_open_no_pull_request(acme: ProgramFolder) -> None:
    repository(acme).bots_may_open_pulls = False
    ran = acme.review(acme.issue(body()))
    assert ran.code == 1
    assert "`Allow GitHub Actions to create and approve pull requests`" in ran.err
    assert (acme.labels, len(acme.comments)) == (["application", "eligible"], 1)


def test_a_stranger_with_our_marker_is_nobody(acme: ProgramFolder) -> None:
    """From a branch of the same name in a fork, and with our first lines."""
    zeros = f"sha256:{'0' * 64}"
    forged = str(Memory(kind="application", issue=7, decision=Decision.ELIGIBLE, file=zeros))
    theirs = acme.github.rest.add_pull(
        REPOSITORY, BRANCH, "main", "stranger", source="stranger/partners", body=forged
    )
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(account="nobody"), "edited"))
    assert (theirs["state"], theirs["body"]) == ("open", forged)
    assert pulls(acme)[1:] == [(BRANCH, "closed")]
