"""`/explain` in the thread where a partner applied: one comment, for its people."""

import shutil

import pytest

from example_world import EXAMPLES
from program_folder import REPOSITORY, ProgramFolder, Ran

NUMBER = 7


@pytest.fixture
def lantern(program_folder: ProgramFolder) -> ProgramFolder:
    """The example program, whose Dune Works applied in issue 7, which is closed."""
    for name in ("partners", "rankings"):
        shutil.copytree(EXAMPLES / name, program_folder.path / name)
    policy = (EXAMPLES / "program.yml").read_text("utf-8")
    (program_folder.path / "program.yml").write_text(policy, "utf-8")
    record = program_folder.path / "partners/dune-works.yml"
    text = record.read_text("utf-8")
    assert "issue: 13\n" in text
    record.write_text(text.replace("issue: 13\n", f"issue: {NUMBER}\n"), "utf-8")
    program_folder.issue("An application", state="closed")
    program_folder.github.person("example-dai", databaseId=106)
    return program_folder


def ask(folder: ProgramFolder, login: str, words: str) -> tuple[Ran, int]:
    ran = folder.say(login, words)
    assert ran.code == 0, ran.err
    return ran, int(folder.github.rest.repository(REPOSITORY).comments[NUMBER][-1]["id"])


def reaction(folder: ProgramFolder) -> list[str]:
    given = folder.github.rest.repository(REPOSITORY).reactions
    return [one["content"] for each in given.values() for one in each]


@pytest.mark.parametrize("login", ["example-dai", "example-applicant"])
def test_its_people_get_one_comment(login: str, lantern: ProgramFolder) -> None:
    ask(lantern, login, "/explain\nPlease!")
    said = lantern.comments[-1]
    assert "**Dune Works, September 2026: rank 6 of 9, with 18 points.**" in said
    assert "issue that its author closed" in said
    assert (
        "[The page of this partner](https://partners.lantern.example/partner/dune-works/)" in said
    )
    assert reaction(lantern) == ["+1"]


def test_an_earlier_month(lantern: ProgramFolder) -> None:
    ask(lantern, "example-dai", "/explain 2026-08")
    assert "**Dune Works, August 2026: rank 3 of 9, with 20 points.**" in lantern.comments[-1]


def test_a_month_that_is_not_there_is_said(lantern: ProgramFolder) -> None:
    ask(lantern, "example-dai", "/explain 2026-10")
    assert "Dune Works has no result in October 2026. There are: 2026-09" in lantern.comments[-1]


def test_a_stranger_gets_no_answer(lantern: ProgramFolder) -> None:
    ask(lantern, "example-stranger", "/explain")
    assert len(lantern.comments) == 1
    assert reaction(lantern) == ["-1"]


@pytest.mark.parametrize("words", ["/explain everything", "/explain 2026-13", "explain"])
def test_other_words_are_conversation(words: str, lantern: ProgramFolder) -> None:
    ran = lantern.say("example-dai", words)
    assert "Nothing to do." in ran.out
    assert reaction(lantern) == []


def test_a_thread_of_no_partner(lantern: ProgramFolder) -> None:
    (lantern.path / "partners/dune-works.yml").unlink()
    ran = lantern.say("example-applicant", "/explain")
    assert "No partner has this thread" in ran.out
