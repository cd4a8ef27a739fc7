"""Whatever a stranger wrote, no line that we print is a command to the workflow that runs us.

The runner trims a line before it looks for `::command::`, and finds `##[command]` anywhere in it.
"""

import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from builders import TODAY, answered, application, contribution, evidence, program, required, work
from community_partners import cli
from community_partners.intake.yaml_document import read_yaml, write_yaml
from community_partners.model.problem import Place, Problem
from community_partners.rules.decision import decide, invalid
from community_partners.words.escape import defuse, quote
from community_partners.words.reply import compose
from community_partners.words.verdict_json import verdict_json
from community_partners.words.verdict_terminal import show
from program_folder import POLICY, ProgramFolder, body

PIECES = ("::set-output name=x::y", "::error::", "##[add-mask]", "##[", "#", ":", "a word", "- ")
BREAKS = (" ", "\n", "\r", "\r\n", "\t", "\x0b", "\x0c", "\x1b[2J", "\x85", "\u2028", "\u00a0")
HOSTILE = st.lists(st.sampled_from(PIECES + BREAKS), max_size=8).map("".join) | st.text(max_size=20)
LONG = st.tuples(st.integers(0, 130), HOSTILE).map(lambda parts: f"{'word ' * parts[0]}{parts[1]}")


def harmless(text: str) -> bool:
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    return not any(line.startswith("::") or "##[" in line for line in lines)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_a_problem_is_one_line_that_can_be_seen(a: str, b: str, c: str, d: str) -> None:
    place = Place(document=a, line=1, field=b)
    assert str(Problem(place=place, message=c, remedy=d)).isprintable()


@given(HOSTILE)
def test_what_is_defused_or_quoted(text: str) -> None:
    assert harmless(defuse(text))
    assert harmless(quote(text))


DATA = st.recursive(
    LONG | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=6,
)


@given(DATA)
def test_yaml_that_we_write_is_read_back_and_commands_nothing(data: Any) -> None:
    text = write_yaml(data)
    assert harmless(text)
    assert read_yaml(text, "x.yml").data == data


@given(LONG, LONG, st.integers(20, 120))
def test_a_verdict_in_each_format(name: str, words: str, width: int) -> None:
    place = Place(document=name, line=1, field=words)
    problem = Problem(place=place, message=words, remedy=name)
    acts = [contribution("2026-10-03", title=words)]
    seen = evidence(partners=answered((), name), work=work(*acts))
    decided = decide(application(name=name), seen, program(), required(), "sha256:0")
    findings = [replace(one, title=name, reason=words, remedy=words) for one in decided.findings]
    full = replace(decided, findings=tuple(findings), unanswered=(words,))
    for verdict in (full, invalid(name, (problem,), TODAY)):
        terminal = io.StringIO()
        show(verdict, program(), Console(file=terminal, width=width))
        assert harmless(terminal.getvalue())
        assert harmless(compose(verdict, program()).body)
        as_json = verdict_json(verdict, program())
        assert harmless(as_json)
        assert json.loads(as_json)["application"]["name"] == verdict.name


@contextlib.contextmanager
def printed(*arguments: str) -> Iterator[io.StringIO]:
    """What `partners ...` prints, on both streams."""
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        mock.patch.object(sys, "argv", ["partners", *arguments]),
        contextlib.suppress(SystemExit),
    ):
        cli.main()
    yield out


NAMES = HOSTILE.filter(
    lambda name: len(os.fsencode(name.encode(errors="replace").decode())) < 100 and name.isascii()
).map(lambda name: name.replace("/", "").replace("\0", ""))


@settings(max_examples=30)
@given(NAMES, HOSTILE, HOSTILE, st.sampled_from(["applications", "partners", "contributions"]))
def test_records(name: str, key: str, value: str, room: str) -> None:
    text = json.dumps({key: value, "slug": value, "team": [{key: value, "github": value}]})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / room / f"{name}.yml"
        file.parent.mkdir()
        file.write_text(text)
        (Path(folder) / "program.yml").write_text(POLICY)
        policy = str(Path(folder) / "program.yml")
        for arguments in (
            ["validate", folder],
            ["check", str(file), "--program", policy],
            ["check", str(file.with_suffix(".json")), "--program", policy],
            ["form", str(file), "--program", policy],
        ):
            with printed(*arguments) as out:
                told = out.getvalue()
            assert harmless(told), arguments
            assert "Traceback" not in told


@pytest.mark.parametrize("length", range(60, 100, 3))
def test_a_form_is_printed_without_folding(program_folder: ProgramFolder, length: int) -> None:
    words = f"{'A' * length} ::stop-commands::pwned and so on and on"
    (program_folder.path / "body.md").write_text(body(description=words))
    ran = program_folder.run("form", "body.md")
    assert (ran.code, harmless(ran.out)) == (0, True)
    assert f"description: {words}" in ran.out or f"description: '{words}'" in ran.out


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", "Acme ##[add-mask]x"),
        ("description", "Acme hosts the project for schools ##[group]."),
        ("contact", "https://acme.example/##[add-mask]x"),
    ],
)
def test_an_old_command_is_refused(program_folder: ProgramFolder, field: str, words: str) -> None:
    (program_folder.path / "body.md").write_text(body(**{field: words}))
    ran = program_folder.run("form", "body.md")
    assert (ran.code, harmless(ran.out + ran.err)) == (1, True)
