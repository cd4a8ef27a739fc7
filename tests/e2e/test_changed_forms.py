"""The application form changes: each issue is read by the form as it was when it was written.

The form's history is in the fake's git repository, and asked over GraphQL.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from acme import ACME, make_eligible
from changed_forms import (
    CHANGES,
    CODE,
    SHIPPED,
    attribute,
    box,
    changed,
    label,
    question,
    questions,
    without,
)
from community_partners.intake.program_form import TEMPLATE
from fakes import server
from fakes.filled_form import fill
from program_folder import ANSWERS, REPOSITORY, ProgramFolder, Ran, body, headline

FIRST, SECOND = "2026-09-01T09:00:00Z", "2026-11-10T09:00:00Z"
BEFORE, AFTER = "2026-10-20T09:00:00Z", "2026-11-20T09:00:00Z"
OTHERWISE = {
    "other names of platforms": {"platform": "By Open Collective"},
    "rendered": {name: f"```text\n{ANSWERS[name]}\n```" for name in ("team", "services")},
}
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Everything that makes Acme, which applies by issue 7, eligible."""
    make_eligible(program_folder.github, program_folder.open_collective)
    return program_folder


def form_is(folder: ProgramFolder, text: str, since: str) -> None:
    """The form on the default branch, and in the checkout, from that moment on."""
    git = folder.github.rest.repository(REPOSITORY).git
    git.commit("main", TEMPLATE.as_posix(), text.encode(), "Change the form", when=since)
    (folder.path / TEMPLATE).write_text(text, encoding="utf-8")


def written(text: str, **answers: str) -> str:
    """Acme's form, filled in by this version."""
    template = questions(text)
    required = {one.id: one.options[0] if one.options else "Yes" for one in template if one.required}
    del required["consent"]
    required.pop("rules", None)
    return fill(template, {**required, **ANSWERS, **answers})


def asked(folder: ProgramFolder) -> int:
    """How often the form's history was asked for."""
    return len([one for one in folder.github.requests if "history(" in str(one.body)])


def judged(folder: ProgramFolder, text: str, when: str, action: str = "opened", **of: Any) -> Ran:
    return folder.review(folder.issue(text, action, created_at=when, **of))


def verdict(folder: ProgramFolder) -> str:
    return headline(folder.comments[0])


@pytest.mark.parametrize("change", CHANGES)
def test_an_old_issue_keeps_its_verdict(acme: ProgramFolder, change: str) -> None:
    form_is(acme, SHIPPED, FIRST)
    assert judged(acme, written(SHIPPED), BEFORE).code == 0
    [before] = acme.comments
    assert headline(before) == ELIGIBLE
    assert asked(acme) == 0
    form_is(acme, changed(*CHANGES[change]), SECOND)
    ran = acme.say("example-applicant", "/recheck")
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert acme.comments[0] == before
    assert acme.labels == ["application", "eligible"]
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["state"] == "open"
    assert asked(acme) <= 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_new_issue_is_read_by_the_new_form(acme: ProgramFolder, change: str) -> None:
    new = changed(*CHANGES[change])
    form_is(acme, SHIPPED, FIRST)
    form_is(acme, new, SECOND)
    text = written(new, **OTHERWISE.get(change, {}))
    if change == "default values":
        text = text.replace("Acme hosts", "<!-- In your own words -->\n### In short\n\nAcme hosts")
    ran = judged(acme, text, AFTER)
    assert ran.code == 0, ran.err
    assert verdict(acme) == ELIGIBLE
    assert asked(acme) == 0
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["state"] == "open"


@pytest.mark.parametrize("change", CHANGES)
def test_back_again(acme: ProgramFolder, change: str) -> None:
    """What was added goes, what went comes back; a page may be open since before the change."""
    old = changed(*CHANGES[change])
    form_is(acme, old, FIRST)
    form_is(acme, SHIPPED, SECOND)
    text = written(old, **OTHERWISE.get(change, {}))
    ran = judged(acme, text, "2026-11-12T09:00:00Z")
    assert ran.code == 0, ran.err
    assert verdict(acme) == ELIGIBLE
