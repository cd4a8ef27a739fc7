"""`validate`, `check`, `month` and `doctor` say the same of a program.yml, whatever stands in it.

If one refuses it, all do, with the same sentences; what none refuses, `check` and `month` can judge
by. The evidence is stored, so no case asks a platform.
"""

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from acme import ACME, MONTHS, do_the_work
from changed_policies import a_policy
from community_partners.commands import check, month
from community_partners.errors import InvalidInputError, UserError
from community_partners.intake.records import validate
from community_partners.intake.setup_files import read_folder
from community_partners.model.month import Month
from community_partners.model.setup import Health
from community_partners.rules.setup_folder import of_folder
from many_cases import PARTS, chances
from program_folder import POLICY, ProgramFolder

TODAY = date(2026, 11, 24)
TERMS = "accepted: 2026-06-01\nterms: {edition: 2025-01, amount: EUR 90}\n"
PARTNER = ACME.replace("acme", "bolt").replace("Acme", "Bolt").replace("user-1", "user-2")


@dataclass(frozen=True)
class Folder:
    """A program with one application and one partner, and what the platforms said of both."""

    path: Path

    @property
    def policy(self) -> Path:
        return self.path / "program.yml"

    def validate(self) -> tuple[str, ...]:
        found = validate([self.path], TODAY)
        return tuple(str(one) for one in found if one.place.document == str(self.policy))

    def check(self) -> tuple[str, ...]:
        file, stored = self.path / "applications/acme.yml", self.path / "check.json"
        return refusal(lambda: check.run(file, self.policy, stored, None, TODAY, "json"))

    def month(self) -> tuple[str, ...]:
        stored = self.path / "month.json"
        return refusal(
            lambda: month.run(
                *(Month(2026, 10), None, None, True, stored, None, False, False, None, None),
                *("json", self.policy, TODAY),
            )
        )

    def doctor(self) -> tuple[str, ...]:
        folder = read_folder(self.policy, (), TODAY)
        [told] = [one for one in of_folder(folder) if one.title == "Policy"]
        assert (told.outcome is Health.TO_MEND) is bool(folder.program_problems)
        for sentence in folder.program_problems[:3]:
            assert sentence in told.sentence
        return folder.program_problems


def refusal(command: Callable[[], None]) -> tuple[str, ...]:
    """The sentences by which a command refuses to begin; () if it ended."""
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            command()
    except InvalidInputError as error:
        return tuple(map(str, error.problems))
    except UserError as error:
        return (str(error),)
    return ()


@pytest.fixture
def folder(program_folder: ProgramFolder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    path, github = program_folder.path, program_folder.github
    for name, text in (("applications/acme.yml", ACME), ("partners/bolt.yml", PARTNER + TERMS)):
        (path / name).parent.mkdir()
        (path / name).write_text(text, "utf-8")
    github.organization("project")
    do_the_work(github, MONTHS)
    github.person("example-user-2", databaseId=4712)
    program_folder.open_collective.faithful("acme", "2026-08-01", "2026-09-01", "2026-10-01")
    program_folder.open_collective.faithful("bolt", "2026-08-01", "2026-09-01", "2026-10-01")
    # Twelve months, so that any window of a changed policy is in the evidence.
    (path / "program.yml").write_text(POLICY.replace("  months: 3", "  months: 12"), "utf-8")
    options = ("--today", TODAY.isoformat(), "--save-evidence")
    asked = program_folder.run("check", "applications/acme.yml", *options, "check.json")
    assert asked.code == 0, asked.err
    asked = program_folder.run("month", "2026-10", "--preview", *options, "month.json")
    assert asked.code == 0, asked.err
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.delenv(name)
    return Folder(path)


@pytest.mark.parametrize("part", PARTS)
def test_what_one_refuses_all_refuse_with_the_same_sentences(folder: Folder, part: int) -> None:
    refused = set()
    for number, chance in chances(300, part):
        content = a_policy(chance)
        folder.policy.write_bytes(content)
        said = folder.validate()
        others = {one.__name__: one() for one in (folder.check, folder.month, folder.doctor)}
        shown = f"case {number}\n{content.decode(errors='replace')}"
        assert others == dict.fromkeys(others, said), shown
        refused.add(bool(said))
    assert refused == {True, False}


def _gone(policy: Path) -> None:
    policy.unlink()


def _other_ending(policy: Path) -> None:
    policy.rename(policy.with_suffix(".yaml"))


def _a_folder(policy: Path) -> None:
    policy.unlink()
    policy.mkdir()


def _a_link_to_nothing(policy: Path) -> None:
    policy.unlink()
    policy.symlink_to(policy.with_name("nothing.yml"))


@pytest.mark.parametrize("spoil", [_gone, _other_ending, _a_folder, _a_link_to_nothing])
def test_where_no_file_can_be_read_nothing_is_in_order(
    folder: Folder, spoil: Callable[[Path], None]
) -> None:
    spoil(folder.policy)
    [said] = folder.check()
    assert folder.month() == folder.doctor() == (said,)
    assert refusal(lambda: validation(folder))


def validation(folder: Folder) -> None:
    """Raises InvalidInputError with all that `validate` finds."""
    if found := validate([folder.path], TODAY):
        raise InvalidInputError(found)
