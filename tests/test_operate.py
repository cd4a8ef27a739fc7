"""The pages for maintainers say what is so: files work as they stand, messages are real ones."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import application, evidence, program, required
from community_partners.intake.comment_command import read_command
from community_partners.intake.program import read_program
from community_partners.model.command import Verb
from community_partners.model.spokesperson import HandedIn
from community_partners.rules.criteria import criteria_of
from community_partners.rules.decision import decide
from community_partners.rules.setup_workflows import WORKFLOWS
from operate_document import (
    ACTION,
    EVERYDAY,
    MESSAGES,
    PAGES,
    ROOT,
    SET_UP,
    START,
    UNDO,
    files_of_the_document,
    quoted_messages,
    write_files,
)
from source_sentences import is_said
from workflows.workflow_file import foreign_uses, own_jobs, read_yaml

WAITING = ["43 6 * * *", "13 7 * * 1"]
FILES = files_of_the_document()
NAMES = [f".github/workflows/{name}" for name in WORKFLOWS]
ROWS = [
    line
    for line in MESSAGES.read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| message |", "|---"))
]
QUOTED = quoted_messages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_is_found_from_the_start_page(page: Path) -> None:
    start = START.read_text("utf-8")
    assert f"]({page.name})" in start
    assert f"]({START.name})" in page.read_text("utf-8")
    assert len(start.splitlines()) <= 40


def test_a_message_is_explained_once_and_on_one_page() -> None:
    assert len(QUOTED) == len(ROWS) == len(set(QUOTED))
    for page in (START, SET_UP, EVERYDAY, UNDO):
        assert not re.findall(r'^\| "', page.read_text("utf-8"), re.MULTILINE)


def test_all_files_are_there() -> None:
    assert sorted(FILES) == sorted(["program.yml", *NAMES])


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A repository with nothing but the document's files."""
    write_files(tmp_path)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)  # noqa: S603, S607
    return tmp_path


def test_the_policy_is_one(second: Path) -> None:
    assert read_program(second / "program.yml", date(2026, 11, 24)).organization == "Lantern"


def test_each_key_of_the_policy_is_told() -> None:
    """Those of lists beneath a key are shown in policy.md."""
    told = SET_UP.read_text("utf-8").split("## 2. Write the policy")[1].split("## 3.")[0]
    schema = json.loads((ROOT / "schemas/program.schema.json").read_text("utf-8"))
    for key in keys(schema):
        assert re.search(rf"\b{key}\b", told), key


def keys(schema: Any) -> Iterator[str]:
    for key, inner in schema.get("properties", {}).items():
        yield key
        yield from keys(inner)


@pytest.mark.parametrize(
    "command",
    [
        ["actionlint", "-shellcheck=", "-pyflakes="],
        ["check-jsonschema", "--quiet", "--builtin-schema", "vendor.github-workflows", *NAMES],
    ],
    ids=lambda command: command[0],
)
def test_workflows_are_what_github_takes(second: Path, command: list[str]) -> None:
    program = Path(sys.executable).with_name(command[0])
    ran = subprocess.run(  # noqa: S603  our own arguments
        [str(program), *command[1:]], cwd=second, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_is_kept_small(second: Path, name: str) -> None:
    """As ours are: no rights but a job's own, one run at a time, an end; and the same commits."""
    document = read_yaml(second / name)
    assert document["permissions"] == {}
    for job in own_jobs(document["jobs"]).values():
        assert "group" in {**document, **job}["concurrency"]
        assert 0 < int(job["timeout-minutes"]) <= 60
    used = (foreign_uses(read_yaml(path)) for path in (ROOT / ".github/workflows").glob("*.yml"))
    assert foreign_uses(document) <= {*chain.from_iterable(used), ACTION}
    assert ACTION in foreign_uses(document)


@pytest.mark.parametrize("name", [name for name in NAMES if (ROOT / name).exists()])
def test_it_is_our_own_workflow_but_for_the_action(name: str) -> None:
    text = FILES[name].replace(ACTION, "./")
    assert yaml.safe_load(text) == yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_message_is_one_of_ours(quoted: str) -> None:
    assert is_said(quoted)


def test_a_message_that_nobody_says_is_found_out() -> None:
    assert len(QUOTED) > 20
    assert not is_said("The … is made of cheese.")


def test_the_criteria_are_those_of_a_verdict() -> None:
    handed_in = HandedIn(author=1, thread="https://github.com/x/y/issues/7", code="x", country="")
    seen = evidence(handed_in=handed_in)
    verdict = decide(application(), seen, program(), required(), "sha256:0")
    [named] = re.findall(r"Criteria by name: (.+?);", EVERYDAY.read_text("utf-8"), re.DOTALL)
    assert re.findall(r"`([a-z-]+)`", named) == [one.criterion for one in verdict.findings]


@pytest.mark.parametrize(
    ("file", "told", "crons"),
    [
        ("waiting.yml", "The run named *Waiting* starts every day at 06:43 UTC", WAITING),
        (
            "monthly.yml",
            "The run named *Month* starts on days 2 to 5 at 05:17 UTC, and once more on day 26",
            ["17 5 2-5,26 * *"],
        ),
        ("admit.yml", "the run named *Admission* commits", []),
    ],
    ids=["waiting", "monthly", "admit"],
)
def test_a_run_has_the_name_and_the_time_that_are_told(
    second: Path, file: str, told: str, crons: list[str]
) -> None:
    assert told in " ".join(EVERYDAY.read_text("utf-8").split())
    workflow = read_yaml(second / f".github/workflows/{file}")
    assert f"*{workflow['name']}*" in told
    assert [one["cron"] for one in workflow["on"].get("schedule", [])] == crons


def test_the_day_of_the_price_proposals_is_told() -> None:
    assert "On Mondays at 07:13 UTC, the run proposes a newer edition" in EVERYDAY.read_text(
        "utf-8"
    )


def test_the_pause_and_the_waiver_that_are_shown_are_ones() -> None:
    text = EVERYDAY.read_text("utf-8")
    [pause] = re.findall(r"`(pause: \{.+?\})`", text)
    schema = json.loads((ROOT / "schemas/partner.schema.json").read_text("utf-8"))
    shown = yaml.safe_load(pause)["pause"]
    assert shown.keys() == schema["properties"]["pause"]["properties"].keys()
    [waiver] = re.findall(r"^```\n(/waive .+)\n```$", text, re.MULTILINE)
    command = read_command(waiver, criteria_of(program()))
    assert command is not None
    assert (command.verb, command.criterion) == (Verb.WAIVE, "payer")
    assert command.reason
