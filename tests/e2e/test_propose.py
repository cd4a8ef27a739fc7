"""`partners propose`: what it takes of what was handed on, and what it refuses."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from acme import make_eligible
from community_partners.model.verdict import Decision
from fakes.github import FakeGitHub
from program_folder import REPOSITORY, ProgramFolder, Ran, body

Entry = dict[str, Any]


@pytest.fixture
def judged(program_folder: ProgramFolder) -> ProgramFolder:
    """Issue 7 is eligible, and nothing is proposed yet."""
    make_eligible(program_folder.github, program_folder.open_collective)
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    return program_folder


def hand_on(folder: ProgramFolder, text: str = "") -> list[Entry]:
    ran = folder.review(folder.issue(text or body()), "--hand-on")
    assert ran.code == 0, ran.err
    [value] = re.findall(r"^handed-on<<.*\n(.*)$", ran.outputs, re.MULTILINE)
    found: list[Entry] = json.loads(value)
    return found


def propose(folder: ProgramFolder, handed: object, *options: str, **env: str) -> Ran:
    text = handed if isinstance(handed, str) else json.dumps(handed)
    return folder.run("propose", *options, "--today", "2026-11-24", "--", text, **env)


def pulls(folder: ProgramFolder) -> list[Any]:
    return folder.github.rest.repository(REPOSITORY).pulls


def test_what_is_handed_on_says_only_where_to_look(judged: ProgramFolder) -> None:
    [entry] = hand_on(judged)
    assert {**entry, "file": ""} == {
        "issue": 7,
        "slug": "acme-gmbh",
        "file": "",
        "status": "Eligible: Acme GmbH meets all criteria",
    }
    assert pulls(judged) == []


def test_both_halves_write_what_one_run_writes(judged: ProgramFolder) -> None:
    handed = hand_on(judged)
    ran = propose(judged, handed)
    assert ran.code == 0, ran.err
    [pull] = pulls(judged)
    here = judged.github.rest.repository(REPOSITORY)
    status = {**here.statuses[pull["head"]["sha"]][-1]}
    before = len(judged.github.requests)
    assert judged.review(judged.issue(body(), "edited")).code == 0
    assert pulls(judged) == [pull]
    assert here.statuses[pull["head"]["sha"]] == [status], "nothing is left to mend"
    assert len(judged.github.requests) - before <= 2
    assert propose(judged, handed).code == 0, "twice does no harm"
    assert pulls(judged) == [pull]


def test_nothing_new_is_not_handed_on(judged: ProgramFolder) -> None:
    propose(judged, hand_on(judged))
    ran = judged.review(judged.issue(body(), "edited"), "--hand-on")
    assert "handed-on" not in ran.outputs


def test_what_no_longer_holds_is_withdrawn_without_the_other_job(judged: ProgramFolder) -> None:
    propose(judged, hand_on(judged))
    ran = judged.review(judged.issue(body(account="nobody"), "edited"), "--hand-on")
    assert "handed-on" not in ran.outputs
    [pull] = pulls(judged)
    assert pull["state"] == "closed"


def edited(folder: ProgramFolder) -> None:
    folder.issue(body(description="Another one."), "edited")


def judged_again(folder: ProgramFolder) -> None:
    folder.review(folder.issue(body(account="nobody"), "edited"))


def closed(folder: ProgramFolder) -> None:
    folder.issue(body(), "closed", state="closed")


def forged(folder: ProgramFolder) -> None:
    """Our verdict is gone, and a stranger's stands there."""
    rest = folder.github.rest
    text = folder.comments[0]
    rest.repository(REPOSITORY).comments[7].clear()
    rest.add_comment(REPOSITORY, 7, "example-stranger", text)


def never_eligible(folder: ProgramFolder) -> None:
    [comment] = folder.github.rest.repository(REPOSITORY).comments[7]
    comment["body"] = comment["body"].replace(Decision.ELIGIBLE.value, "needs review")


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (edited, "The form in issue #7 is not what was judged."),
        (judged_again, "The verdict in issue #7 is not eligible now."),
        (closed, "The issue is closed. So nothing was proposed."),
        (forged, "No verdict of ours there was ever eligible. So nothing was proposed."),
        (never_eligible, "No verdict of ours there was ever eligible. So nothing was proposed."),
    ],
)
def test_the_thread_decides_and_not_what_was_handed_on(
    judged: ProgramFolder, meanwhile: Callable[[ProgramFolder], None], words: str
) -> None:
    handed = hand_on(judged)
    meanwhile(judged)
    ran = propose(judged, handed)
    assert (ran.code, pulls(judged)) == (1, [])
    assert words in ran.err


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "other"},
        {"slug": "../../.github/workflows/x"},
        {"slug": "a" * 61},
        {"file": f"sha256:{'0' * 64}"},
        {"file": "x"},
        {"status": ""},
        {"status": "x" * 140},
        {"issue": 0},
        {"issue": True},
        {"issue": "7"},
        {"issue": 8},
        {"text": "slug: other"},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused(judged: ProgramFolder, change: Entry) -> None:
    [entry] = hand_on(judged)
    ran = propose(judged, [{**entry, **change}])
    assert (ran.code, pulls(judged)) == (1, [])


@pytest.mark.parametrize(
    "text", ["{}", "7", "null", "[7]", "[[]]", "[" * 5000, "{", "x", "[" + " " * 200_000 + "]"]
)
def test_a_text_of_another_kind_is_refused(judged: ProgramFolder, text: str) -> None:
    ran = propose(judged, text)
    assert ran.code == 1
    assert "This is not what `partners review` or `partners waiting` hands on." in ran.err
    assert judged.github.requests == []


def test_a_dry_run_writes_nothing(judged: ProgramFolder) -> None:
    handed = hand_on(judged)
    ran = propose(judged, handed, "--dry-run")
    assert (ran.code, pulls(judged)) == (0, [])
    assert "open a pull request" in ran.out


def test_by_its_own_rights_alone(judged: ProgramFolder, fake_github: FakeGitHub) -> None:
    """The judging half writes no contents; the other half no issue."""
    token = judged.env["GITHUB_TOKEN"]
    fake_github.rights[token] = frozenset({"issues", "pull-requests", "statuses"})
    handed = hand_on(judged)
    fake_github.rights[token] = frozenset({"contents", "pull-requests", "statuses"})
    assert propose(judged, handed).code == 0
    assert len(pulls(judged)) == 1
