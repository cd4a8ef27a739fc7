"""action.yml, the command behind it, README and the schedule say the same."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from community_partners.cli import partners
from community_partners.rules.months_to_run import SCHEDULED
from community_partners.settings import Settings
from program_folder import REPOSITORY, ROOT, ProgramFolder, body
from workflows.workflow_file import WorkflowFile, own_jobs, read_yaml

ACTION = read_yaml(ROOT / "action.yml")
[STEP] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "partners"]
README = (ROOT / "README.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """Of the README's table that begins with this heading; code without its marks."""
    table = README.split(f"\n| {heading} |", 1)[1].split("\n\n")[0]
    cells = [re.split(r" ?\| ?", line.strip("|"))[:3] for line in table.splitlines()[2:]]
    return [[cell.strip(" `") for cell in row] for row in cells]


def options(command: click.Command) -> set[str]:
    return {name for param in command.params for name in param.opts}


def test_readme_has_each_input_with_its_default() -> None:
    given = {name: one["default"] for name, one in ACTION["inputs"].items()}
    assert {name: default for name, default, _ in rows("input")} == given
    assert len(given) <= 9


def test_the_marketplace_has_what_it_shows() -> None:
    """It lists no action without these, and cuts a description at 125 characters."""
    assert set(ACTION["branding"]) == {"icon", "color"}
    assert ACTION["name"]
    assert ACTION["author"]
    assert len(ACTION["description"]) <= 125


def test_readme_has_each_output() -> None:
    assert [name for name, _, _ in rows("output")] == list(ACTION["outputs"])


def test_readme_has_the_permissions_of_each_command() -> None:
    """Those of the workflows as they ship."""
    shipped = set()
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        workflow = WorkflowFile.read(path)
        for name, job in own_jobs(workflow.jobs).items():
            for step in job["steps"]:
                if step.get("uses") == "./":
                    usual = ACTION["inputs"]["command"]["default"]
                    command = step.get("with", {}).get("command", usual)
                    shipped.add((command, workflow.may_write(name)))
    told = [
        (command, frozenset(re.findall(r"[a-z-]+", scopes)))
        for command, _, scopes in rows("`command`")
    ]
    assert set(told) == shipped


def test_each_output_is_written_by_the_command_that_is_said_to(
    program_folder: ProgramFolder,
) -> None:
    examples = ROOT / "examples"
    stored = ("--evidence", str(examples / "evidence/2026-10.json"), "--dry-run")
    ran = {
        "month": program_folder.run("month", "--program", str(examples / "program.yml"), *stored),
        "review": program_folder.review(program_folder.issue(body())),
        "waiting": program_folder.run("waiting", "--dry-run", GITHUB_REPOSITORY=REPOSITORY),
        "site": program_folder.run("site", "--output", "site", "--dry-run"),
    }
    for command, one in ran.items():
        assert one.code == 0, one.err
        written = set(re.findall(r"^([\w-]+)<<", one.outputs, re.MULTILINE))
        assert written == {name for name, of, _ in rows("output") if of == command}
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.partners.outputs.{name} }}}}"


def test_each_input_reaches_the_command_as_text() -> None:
    """By the environment: an expression inside a script would be run as a part of it."""
    handed = {value: name for name, value in STEP["env"].items()}
    assert set(handed) == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("token", [one.name for one in fields(Settings) if "token" in one.name])
def test_each_token_of_the_settings_has_its_input(token: str) -> None:
    source = f"${{{{ inputs.{token.replace('_', '-')} }}}}"
    [variable] = [name for name, value in STEP["env"].items() if value == source]
    assert getattr(Settings.read({variable: "example"}), token) == "example"
    assert variable in [name for name, *_ in rows("environment variable")]


def test_the_commands_take_what_the_action_gives_them() -> None:
    given = set(re.findall(r"--[a-z][a-z-]*", STEP["run"]))
    offered = re.findall(r"`(\w+)`", ACTION["inputs"]["command"]["description"])
    everywhere = {"--program", "--dry-run"}
    assert given == {*everywhere, "--commit", "--hand-on", "--handed-on", "--output", "--propose"}
    assert ACTION["inputs"]["command"]["default"] in offered
    commands = {name: partners.commands[name] for name in offered}
    group = commands["prices"]
    assert isinstance(group, click.Group)
    commands["prices"] = group.commands["update"]
    for command in commands.values():
        assert options(command) >= everywhere
    assert options(commands["month"]) >= {"--commit", "--hand-on", "--handed-on", "asked"}
    assert options(commands["propose"]) >= {"handed_on"}
    for name in ("review", "waiting"):
        assert "--hand-on" in options(commands[name])
    assert options(commands["prices"]) >= {"--propose"}
    assert options(commands["site"]) >= {"--output"}


def run_script(
    folder: Path, python: str = 'echo "$@"', **inputs: str
) -> subprocess.CompletedProcess[str]:
    """The action's script. `python`: what stands for ours; unless given it prints its arguments."""
    program = folder / "community-partners/bin/python"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{python}\n")
    program.chmod(0o755)
    names = {value[11:-3]: name for name, value in STEP["env"].items()}
    whole = {name: one["default"] for name, one in ACTION["inputs"].items()}
    whole["github-token"] = "ghs_0123456789"
    for name, value in inputs.items():
        whole[name.replace("_", "-")] = value
    return subprocess.run(  # noqa: S603  our own script
        ["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", STEP["run"]],  # noqa: S607
        env={
            "PATH": "/usr/bin:/bin",
            "RUNNER_TEMP": str(folder),
            "GITHUB_ACTION_PATH": str(ROOT),
            **{names[name]: value for name, value in whole.items()},
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, "review --program program.yml"),
        ({"dry_run": "true"}, "review --program program.yml --dry-run"),
        ({"dry_run": ""}, "review --program program.yml"),
        ({"command": "admit", "program": "a b.yml"}, "admit --program a b.yml"),
        ({"command": "month"}, "month --program program.yml --commit"),
        (
            {"command": "month", "month": "2026-10"},
            "month --program program.yml --commit -- 2026-10",
        ),
        ({"command": "month", "dry_run": "true"}, "month --program program.yml --dry-run --commit"),
        ({"hand_on": "true"}, "review --program program.yml --hand-on"),
        (
            {"command": "propose", "handed_on": "$HOME"},
            "propose --program program.yml -- $HOME",
        ),
        (
            {"command": "month", "handed_on": "a b"},
            "month --program program.yml --commit --handed-on a b",
        ),
        ({"command": "prices"}, "prices update --propose --program program.yml"),
        ({"month": "--help"}, "review --program program.yml -- --help"),
        ({"command": "review; echo $HOME"}, "review; echo $HOME --program program.yml"),
    ],
    ids=str,
)
def test_what_each_input_becomes(tmp_path: Path, inputs: dict[str, str], words: str) -> None:
    ran = run_script(tmp_path, **inputs)
    assert (ran.returncode, ran.stdout) == (0, f"-m community_partners {words}\n")


@pytest.mark.parametrize("value", ["yes", "True", "1", " true"])
def test_a_dry_run_that_is_neither_true_nor_false_writes_nothing(
    tmp_path: Path, value: str
) -> None:
    ran = run_script(tmp_path, dry_run=value)
    assert ran.returncode == 1
    assert ran.stdout == "::error::The input dry-run is neither true nor false: nothing was done.\n"


def test_python_is_one_that_is_tested() -> None:
    """A newer one may have no wheels of what is locked."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    minors = [int(one) for one in re.findall(r"Language :: Python :: 3\.(\d+)", project)]
    [install] = [step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == "Install"]
    assert f'--python ">=3.{minors[0]},<3.{minors[-1] + 1}"' in install


def test_a_file_of_the_repository_is_no_module_of_ours(tmp_path: Path) -> None:
    """Python looks into the folder that it is started in first: unless it is told not to."""
    for name in ("click.py", "community_partners.py"):
        (tmp_path / name).write_text("print('PWNED')\n")
    ran = run_script(tmp_path, f'exec {sys.executable} "$@"')
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("partners: GITHUB_EVENT_PATH is not set.")


def test_uv_is_one_that_its_action_knows_and_a_strangers_event_shares_no_cache() -> None:
    """`latest-known`: the pinned commit holds the checksum. The cache as it is by default: there is
    none for pull_request_target.
    """
    [setup] = [
        step["with"] for step in ACTION["runs"]["steps"] if "setup-uv" in step.get("uses", "")
    ]
    assert setup["version"] == "latest-known"
    assert setup.get("enable-cache", "auto") == "auto"


def test_the_schedule_is_what_a_failed_month_promises() -> None:
    """And not at the full hour, when GitHub drops the most."""
    monthly = WorkflowFile.read(ROOT / ".github/workflows/monthly.yml")
    [schedule] = monthly.triggers["schedule"]
    minute, _, days, *rest = schedule["cron"].split()
    named = [
        range(int(part[0]), int(part[-1]) + 1)
        for part in (one.split("-") for one in days.split(","))
    ]
    assert tuple(day for part in named for day in part) == SCHEDULED
    assert rest == ["*", "*"]
    assert minute not in ("0", "30")


def test_what_waits_is_looked_at_daily_and_prices_weekly() -> None:
    """Off the hour; and a line of another hour or weekday starts the same job."""
    waiting = WorkflowFile.read(ROOT / ".github/workflows/waiting.yml")
    daily, weekly = (one["cron"].split() for one in waiting.triggers["schedule"])
    assert daily[2:] == ["*", "*", "*"]
    assert weekly[2:4] == ["*", "*"]
    assert weekly[4].isdigit()
    assert not {daily[0], weekly[0]} & {"0", "30"}
    assert waiting.may_write("applications") == {"issues", "pull-requests", "statuses"}
    assert waiting.may_write("propose") == {"contents", "pull-requests", "statuses"}
    assert waiting.may_write("prices") == {"contents", "pull-requests", "statuses"}
