"""What `partners doctor` says of claims in issues: workflow, form, and who may approve."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import answered, failed
from community_partners.intake.claim_form import TEMPLATE
from community_partners.intake.setup_files import read_folder
from community_partners.model.evidence import Answer
from community_partners.model.setup import Check, Health, OnPlatforms
from community_partners.rules.setup_claims import of_claims, teams_of
from community_partners.rules.setup_workflows import CLAIMS
from program_folder import POLICY, ROOT

WORKFLOW = f".github/workflows/{CLAIMS}"
FORM = TEMPLATE.as_posix()
TAKEN = "{event: [example-events, '@acme/meetups'], talk: ['@acme/meetups']}"
OPTIONS = "options: [event, talk]"
Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program that takes claims of events and talks."""
    for name in (WORKFLOW, FORM):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    policy = POLICY.replace(
        "claims: {folder: contributions}", f"claims: {{folder: contributions, approvers: {TAKEN}}}"
    )
    (tmp_path / "program.yml").write_text(
        policy.replace("event: 10", "event: 10, talk: 5"), "utf-8"
    )
    edit(FORM, "options: [event, talk, leadership]", OPTIONS)(tmp_path)
    return tmp_path


def edit(name: str, old: str, new: str) -> Break:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return change


def gone(*names: str) -> Break:
    def remove(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return remove


def checks(folder: Path, teams: Answer[tuple[str, ...]] | None = None) -> dict[str, Check]:
    read = read_folder(folder / "program.yml", (CLAIMS,), date(2026, 11, 24))
    login: Any = answered("example-maintainer")
    seen = OnPlatforms(
        login=login, accounts=None, places=None, sponsors=None, collective=None, unseen_teams=teams
    )
    return {one.title: one for one in of_claims(read, seen)}


def test_all_is_there(folder: Path) -> None:
    found = checks(folder, answered(()))
    assert [(one.title, one.outcome) for one in found.values()] == [
        (f"Workflow {CLAIMS}", Health.IN_ORDER),
        ("Claim form", Health.IN_ORDER),
        ("Teams of approvers", Health.IN_ORDER),
    ]
    assert "This token sees @acme/meetups." in found["Teams of approvers"].sentence
    assert "GITHUB_TOKEN of a workflow sees no team" in str(found["Teams of approvers"].remedy)


NOBODY = edit("program.yml", f", approvers: {TAKEN}", "")
CASES: list[tuple[Break, str, Health, str]] = [
    (gone(WORKFLOW), f"Workflow {CLAIMS}", Health.TO_MEND, f"There is no {WORKFLOW}."),
    (
        edit(WORKFLOW, "  issue_comment:\n", "  watch:\n"),
        f"Workflow {CLAIMS}",
        Health.TO_MEND,
        "Nothing starts it on issue_comment.",
    ),
    (
        edit(WORKFLOW, "contents: write", "contents: read"),
        f"Workflow {CLAIMS}",
        Health.TO_MEND,
        "No job of it has the permission `contents: write`.",
    ),
    (gone(FORM), "Claim form", Health.TO_MEND, f"There is no {FORM}."),
    (
        edit(FORM, "labels: [claim]", "labels: [bug]"),
        "Claim form",
        Health.TO_MEND,
        "It does not put the label `claim` on its issues.",
    ),
    (edit(FORM, "id: person", "id: who"), "Claim form", Health.TO_MEND, "no question with the id"),
    (edit(FORM, "body:", "body: ["), "Claim form", Health.TO_MEND, "This is not YAML"),
    (
        edit(FORM, OPTIONS, "options: [Event, talk, cooking]"),
        "Claim form",
        Health.TO_MEND,
        "It offers 'cooking', which nobody may approve.",
    ),
    (
        edit(FORM, OPTIONS, "options: [event]"),
        "Claim form",
        Health.TO_MEND,
        "It does not offer 'talk', which has approvers.",
    ),
    (NOBODY, "Claims", Health.IN_ORDER, "program.yml names nobody who may approve a claim"),
    (
        lambda folder: (NOBODY(folder), gone(FORM)(folder)),
        "Claims",
        Health.IN_ORDER,
        "claims.yml is there",
    ),
    (
        lambda folder: (NOBODY(folder), gone(WORKFLOW)(folder)),
        "Claims",
        Health.TO_MEND,
        "lets people claim, and no workflow answers them",
    ),
]


@pytest.mark.parametrize(
    ("change", "title", "outcome", "words"), CASES, ids=[case[3] for case in CASES]
)
def test_what_is_missing(
    folder: Path, change: Break, title: str, outcome: Health, words: str
) -> None:
    change(folder)
    found = checks(folder)[title]
    assert (found.outcome, words in found.sentence) == (outcome, True), found
    assert found.remedy


def test_a_program_without_claims_hears_nothing_of_them(folder: Path) -> None:
    NOBODY(folder)
    gone(WORKFLOW, FORM)(folder)
    assert checks(folder) == {}


@pytest.mark.parametrize(
    ("teams", "words"),
    [
        (answered(("@acme/meetups",)), "GitHub shows this token no team @acme/meetups"),
        (failed("GitHub did not answer."), "GitHub did not answer."),
    ],
)
def test_a_team_that_the_token_does_not_see(
    folder: Path, teams: Answer[tuple[str, ...]], words: str
) -> None:
    found = checks(folder, teams)["Teams of approvers"]
    assert (found.outcome, words in found.sentence) == (Health.UNKNOWN, True)


def test_each_team_once(folder: Path) -> None:
    read = read_folder(folder / "program.yml", (CLAIMS,), date(2026, 11, 24))
    assert read.program
    assert teams_of(read.program) == ("@acme/meetups",)
