"""What README promises is so: samples and picture are of today, and each command is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from program_folder import ROOT, ProgramFolder

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sample_is_what_make_demo_shows(program_folder: ProgramFolder) -> None:
    sample = README.split("`make demo` shows, among others:\n\n```\n")[1].split("```")[0]
    ran = program_folder.run(
        *("check", str(ROOT / "examples/applications/cloudberry.yml")),
        *("--program", str(ROOT / "examples/program.yml")),
        *("--evidence", str(ROOT / "examples/evidence/cloudberry.json")),
        COLUMNS="80",
    )
    assert [line.rstrip() for line in ran.out.splitlines()] == sample.splitlines()


def test_the_month_is_what_make_demo_shows(program_folder: ProgramFolder) -> None:
    sample = README.split("a month of an invented program:\n\n```\n")[1].split("```")[0]
    ran = program_folder.run(
        *("month", "2026-10", "--program", str(ROOT / "examples/program.yml"), "--dry-run"),
        *("--evidence", str(ROOT / "examples/evidence/2026-10.json")),
        COLUMNS="80",
    )
    assert [line.rstrip() for line in ran.out.splitlines()] == sample.splitlines()


def test_the_demo_runs_to_its_end() -> None:
    """All five applicants, of whom one is invalid; the month; the site."""
    ran = subprocess.run(  # noqa: S603  our own Makefile
        [shutil.which("make") or "make", "--no-print-directory", "demo"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    commands = re.findall(r"^\$ partners (\w+) ", ran.stdout, re.MULTILINE)
    assert commands == [*["check"] * 5, "month", "site"]
    assert ran.stdout.rstrip().endswith("--serve")


def test_the_picture_is_of_what_the_command_prints(program_folder: ProgramFolder) -> None:
    ran = program_folder.run(
        *("check", str(ROOT / "examples/applications/cloudberry.yml")),
        *("--program", str(ROOT / "examples/program.yml")),
        *("--evidence", str(ROOT / "examples/evidence/cloudberry.json")),
        *("--format", "markdown"),
    )
    pictured = (ROOT / "docs/images/verdict-comment.md").read_text(encoding="utf-8")
    assert ran.out == pictured, "The comment has changed: run `make picture`."


def test_the_pictures_are_shown_and_told() -> None:
    """The first one's alternative text holds the comment's heading; the files are small."""
    pictures = re.findall(r"!\[([^\]]+)\]\((docs/images/[^)]+\.png)\)", README)
    assert len(pictures) == 3
    for _, file in pictures:
        picture = (ROOT / file).read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(picture) < 300_000
    told, file = pictures[0]
    heading = (ROOT / file).with_suffix(".md").read_text(encoding="utf-8").splitlines()[0]
    assert heading.removeprefix("### ") in told


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`partners ([a-z]+)", README))))
def test_each_command_has_its_help(program_folder: ProgramFolder, command: str) -> None:
    ran = program_folder.run(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: partners {command}")


def test_each_variable_is_read(program_folder: ProgramFolder) -> None:
    settings = (ROOT / "src/community_partners/settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([A-Z_`, ]+)` \|", README, re.MULTILINE))
    variables = {one for group in named for one in group.replace("`", "").split(", ")}
    assert variables >= {"GITHUB_TOKEN", "SPONSORS_TOKEN", "OPENCOLLECTIVE_TOKEN"}
    for variable in variables:
        assert f'"{variable}"' in settings


PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "contributions/README.md")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(path: Path) -> set[str]:
    """Of a page's headings, as GitHub makes them: of code, the words."""
    text = re.sub(
        r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize(
    "page", [*PAGES, *(f"docs/{path.name}" for path in ROOT.glob("docs/*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if ":" in target:
            continue
        file, _, anchor = target.partition("#")
        there = path.parent / file if file else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target
