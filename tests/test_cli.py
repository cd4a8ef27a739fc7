"""The command line: options that are taken, any terminal, and what a bug says to report."""

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from community_partners import __version__
from community_partners.cli import Deferred, main, partners

ROOT = Path(__file__).parents[1]
EXAMPLE = ("--program", "examples/program.yml")
STORED = ("--evidence", "examples/evidence/cloudberry.json")
CHECK = ("check", "examples/applications/cloudberry.yml", *EXAMPLE, *STORED)
MONTH = ("month", *EXAMPLE, "--evidence", "examples/evidence/2026-10.json", "--dry-run")


def _commands(group: click.Group = partners) -> Iterator[Deferred]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _commands(command)
        else:
            assert isinstance(command, Deferred)
            yield command


@pytest.mark.parametrize("command", [*_commands()], ids=lambda command: str(command.name))
def test_each_option_is_taken_by_the_work(command: Deferred) -> None:
    """The work is imported when it runs, so that no type checker sees the two together."""
    work = import_module(f"community_partners.commands.{command.work}").run
    assert {one.name for one in command.params} == set(inspect.signature(work).parameters)
    assert command.help


def run(*arguments: str, encoding: str = "utf-8", **env: str) -> tuple[int, bytes, bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    ran = subprocess.run(  # noqa: S603  our own arguments
        [sys.executable, "-m", "community_partners", *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONIOENCODING": encoding, "COLUMNS": "200", **env},
        capture_output=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


ARGUMENTS = {
    "check": ("acme.yml",),
    "form": ("body.md",),
    "propose": ("[]",),
    "required": ("India",),
    "update": ("--from", "prices.csv"),
}


@pytest.mark.parametrize("command", [*_commands()], ids=lambda command: str(command.name))
def test_in_an_empty_folder_each_command_says_what_is_missing(
    command: Deferred,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """None succeeds where nothing is."""
    monkeypatch.chdir(tmp_path)
    for variable in [*os.environ]:
        if variable.startswith("GITHUB_") or variable.endswith("_TOKEN"):
            monkeypatch.delenv(variable)
    name = str(command.name)
    path = ("prices", "update") if name == "update" else (name,)
    monkeypatch.setattr(sys, "argv", ["partners", *path, *ARGUMENTS.get(name, ())])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out + said.err
    assert "Traceback" not in said.err


EXIT_CODES = {
    0: (*CHECK, "--format", "text"),
    1: ("check", "examples/applications/elderflower.yml", *EXAMPLE, "--today", "2026-11-24"),
}


@pytest.mark.parametrize(("code", "arguments"), EXIT_CODES.items())
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_exit_code_of_a_verdict(code: int, arguments: tuple[str, ...], form: str) -> None:
    ran, out, _ = run(*arguments, "--format", form)
    assert (ran, bool(out)) == (code, True)


def test_the_table_of_exit_codes_has_those_of_the_command_line() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").split("| exit code | when |")[1]
    table = readme.split("\n\n")[0]
    told = {int(code) for code in re.findall(r"^\| ([0-9]+) \|", table, re.MULTILINE)}
    exits = re.findall(r"sys\.exit\(([0-9]+)\)", inspect.getsource(main))
    assert told == {0, *map(int, exits)}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
@pytest.mark.parametrize(
    "arguments",
    [
        (*CHECK, "--format", "text"),
        (*CHECK, "--format", "markdown"),
        (*MONTH, "--format", "text"),
        (*MONTH, "--format", "markdown"),
        ("required", "Österreich", *EXAMPLE),
        ("form", "tests/rooms/intake/forms/complete/body.md"),
        ("validate", "applications"),
        ("doctor",),
        ("--help",),
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[-1:]),
)
def test_a_terminal_may_lack_characters(arguments: tuple[str, ...], encoding: str) -> None:
    code, out, err = run(*arguments, encoding=encoding)
    assert b"Traceback" not in err
    assert code in ((0, 1) if arguments[0] == "doctor" else (0,)), err
    # Where the encoding is ASCII, click takes it for a mistake and writes UTF-8.
    assert out.decode("utf-8" if encoding == "ascii" else encoding)


@pytest.mark.parametrize("arguments", [CHECK, MONTH], ids=lambda arguments: str(arguments[0]))
def test_json_says_the_same_on_every_terminal(arguments: tuple[str, ...]) -> None:
    told = [
        json.loads(run(*arguments, "--format", "json", encoding=encoding)[1].decode(encoding))
        for encoding in ("utf-8", "cp1252", "ascii")
    ]
    assert told[0] == told[1] == told[2]


def test_characters_beyond_two_bytes_stay_json() -> None:
    """`🥇` is two escapes in JSON, and one of eight digits in Python, which JSON does not know."""
    text = "🥇 \ud800 é"
    written = text.encode("ascii", errors="escaped as in JSON").decode("ascii")
    assert json.loads(f'"{written}"') == text


def test_a_bug_says_what_to_report(tmp_path: Path) -> None:
    """A module of a library that is not as it should be: nobody foresaw that."""
    (tmp_path / "pycountry.py").write_text("countries = 7\n", "utf-8")
    code, _, err = run("required", "India", *EXAMPLE, PYTHONPATH=str(tmp_path))
    assert code == 3
    said = err.decode()
    assert "TypeError" in said
    assert re.search(
        rf"bug of ours; please report the lines above, and these versions: community-partners "
        rf"{re.escape(__version__)}, Python \d[\d.]+\w*, \w+, click \d[\d.]+, PyGithub \d",
        said,
    )
