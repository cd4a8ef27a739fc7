"""Where a program publishes, whole: at home, and in a copy that lives elsewhere, such as a fork."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from program_folder import POLICY, REPOSITORY, ROOT, ProgramFolder, Ran, body

HOME = "project/program"
COMMANDS = {
    "month": ["month", "2026-10", "--commit"],
    "waiting": ["waiting"],
    "admit": ["admit", "applications/acme.yml"],
    "prices": ["prices", "update", "--propose"],
}
SAID = (
    f"Nothing was published: by `repository` in program.yml, the program lives in {HOME}, and this "
    f"is {REPOSITORY}; if the program lives here now, write `repository: {REPOSITORY}` there."
)


@pytest.fixture
def copy(program_folder: ProgramFolder) -> ProgramFolder:
    """A fork: it has the program's files, a partner and an application, and another name."""
    program_folder.env["GITHUB_REPOSITORY"] = REPOSITORY
    program_folder.github.rest.repository(REPOSITORY)
    for name in ("partners/aurora-digital.yml", "applications/acme.yml"):
        file = program_folder.path / name
        file.parent.mkdir()
        file.write_text("")
    shutil.copy(ROOT / "examples/partners/aurora-digital.yml", program_folder.path / "partners")
    return lives_in(program_folder, HOME)


def lives_in(folder: ProgramFolder, home: str) -> ProgramFolder:
    text = f"{POLICY}repository: {home}\n".replace("edition: 2026-01", "edition: 2025-01")
    (folder.path / "program.yml").write_text(text, "utf-8")
    return folder


def run(folder: ProgramFolder, command: str, event: str, *options: str) -> Ran:
    arguments = [*COMMANDS[command], *options]
    dated = [] if command == "prices" else ["--today", "2026-11-24"]
    return folder.run(*arguments, *dated, GITHUB_EVENT_NAME=event)


def asked(folder: ProgramFolder) -> int:
    return len(folder.github.requests) + len(folder.open_collective.requests)


def files(folder: ProgramFolder) -> dict[Path, bytes]:
    found = (one for one in folder.path.rglob("*") if one.is_file())
    return {one: one.read_bytes() for one in found if one.name not in ("summary.md", "outputs")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("event", ["schedule", "push"])
def test_elsewhere_nothing_is_published(copy: ProgramFolder, command: str, event: str) -> None:
    """Nobody waits for an answer: it is said, and the run succeeds."""
    before = files(copy)
    ran = run(copy, command, event)
    assert (ran.code, ran.out, ran.outputs) == (0, f"{SAID}\n", ""), ran.err
    assert ran.summary.endswith(f"\n\n{SAID}\n")
    assert (asked(copy), files(copy)) == (0, before)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("event", ["workflow_dispatch", ""], ids=["a click", "a terminal"])
def test_whoever_asks_for_it_elsewhere_is_told_why_not(
    copy: ProgramFolder, command: str, event: str
) -> None:
    before = files(copy)
    ran = run(copy, command, event)
    assert (ran.code, ran.out, ran.err) == (1, "", f"partners: {SAID}\n")
    assert (asked(copy), files(copy)) == (0, before)


@pytest.mark.parametrize("home", [REPOSITORY, REPOSITORY.upper(), "", '""', "# not yet"])
@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch"])
def test_at_home_it_goes_on(copy: ProgramFolder, home: str, event: str) -> None:
    """As it does where the program does not say where it lives."""
    lives_in(copy, home)
    ran = run(copy, "waiting", event)
    assert (ran.code, ran.out) == (0, "No application is open.\n"), ran.err


def test_a_trial_may_be_anywhere(copy: ProgramFolder) -> None:
    """It publishes nothing anyway."""
    ran = run(copy, "waiting", "schedule", "--dry-run")
    assert (ran.code, ran.out) == (0, "No application is open.\n"), ran.err


def test_a_fork_that_is_brought_up_to_date_admits_nobody(copy: ProgramFolder) -> None:
    """The push brings an application that was merged, and admitted, at home."""

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=Example", "-c", "user.email=example@acme.example")
        done = subprocess.run(  # noqa: S603  our own arguments
            ["git", *who, *arguments],  # noqa: S607
            cwd=copy.path,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    git("commit", "--quiet", "--allow-empty", "--message", "At first")
    before = git("rev-parse", "HEAD")
    git("add", "applications")
    git("commit", "--quiet", "--message", "Merge an application")
    push = {
        "ref": "refs/heads/main",
        "before": before,
        "after": git("rev-parse", "HEAD"),
        "repository": {"full_name": REPOSITORY, "default_branch": "main"},
    }
    (copy.path / "event.json").write_text(json.dumps(push), "utf-8")
    told = {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(copy.path / "event.json")}
    ran = copy.run("admit", "--today", "2026-11-24", **told)
    assert (ran.code, ran.out) == (0, f"{SAID}\n"), ran.err
    assert asked(copy) == 0


def test_an_application_is_answered_wherever_it_is_handed_in(copy: ProgramFolder) -> None:
    """Somebody asked in this thread, and nobody else hears of the answer."""
    ran = copy.review(copy.issue(body(country="Atlantis")))
    assert ran.code == 0, ran.err
    assert copy.labels == ["application", "invalid"]


@pytest.mark.parametrize("name", ["acme", "acme/a/b", "https://github.com/acme/partners", "12"])
def test_what_is_no_name_of_a_repository(copy: ProgramFolder, name: str) -> None:
    ran = run(lives_in(copy, name), "waiting", "schedule")
    assert ran.code == 1
    assert "program.yml, line 25, repository: " in ran.err
    assert "Write owner and name of the repository" in ran.err
    assert "such as lantern/partners." in ran.err
