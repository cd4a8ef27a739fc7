"""How often a check waits: questions that do not depend on each other are asked at once."""

import json
import random
import re
from collections.abc import Iterable
from itertools import chain

import pytest

from acme import ACME
from fakes.server import FakeServer, status
from program_folder import ProgramFolder
from ten_members import FORM, TEAM, pay_and_work

DELAY = 0.25  # seconds; far more than this process needs between two requests
COLD, WARM = 2, 1  # cold: payments beside accounts beside all months; then what the first page left


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Ten members and three months, each on one page."""
    pay_and_work(program_folder, each_month=60)
    team = "".join(f"  - {{name: Ada, github: {login}, since: 2025-01-15}}\n" for login in TEAM)
    head, _, end = ACME.partition("  - {name: Ada Example")
    folder = program_folder.path / "applications"
    folder.mkdir()
    text = head + team + end.partition("\n")[2]
    (folder / "acme.yml").write_text(text, encoding="utf-8")
    return program_folder


def fakes(folder: ProgramFolder) -> tuple[FakeServer, ...]:
    return folder.github, folder.open_collective


def waits(spans: Iterable[tuple[float, float]]) -> int:
    """The longest chain of requests of which each began after the one before it had ended."""
    count, ended = 0, 0.0
    for start, end in sorted(spans, key=lambda span: span[1]):
        if start >= ended:
            count, ended = count + 1, end
    return count


def check(folder: ProgramFolder) -> str:
    ran = folder.run(
        *("check", "applications/acme.yml", "--format", "json", "--today", "2026-11-24")
    )
    assert ran.code == 0, ran.err
    return re.sub(r"\d\d:\d\d UTC", "", ran.out)  # when a failing source was asked


def test_a_cold_and_a_warm_check(acme: ProgramFolder) -> None:
    for most in (COLD, WARM):
        for fake in fakes(acme):
            fake.spans.clear()
            fake.delay = lambda _: DELAY
        assert json.loads(check(acme))["decision"] == "eligible"
        assert waits(chain.from_iterable(fake.spans for fake in fakes(acme))) <= most


@pytest.mark.parametrize("failing", [None, "repositoryOwner", "search", "transactions"])
def test_the_order_of_the_answers_changes_nothing(acme: ProgramFolder, failing: str | None) -> None:
    """Not even if a source fails for good, as the others do not."""
    chance = random.Random(10)  # noqa: S311  no secret
    if failing:
        for fake in fakes(acme):
            fake.fail(status(403), on=failing, times=99)
    told = check(acme)
    assert (json.loads(told)["decision"] == "eligible") == (failing is None)
    for fake in fakes(acme):
        fake.delay = lambda _: chance.random() / 20
    for _ in range(5):
        for kept in (acme.path / "cache").glob("work-*"):
            kept.unlink()
        assert check(acme) == told


def test_no_order_changes_a_comment(acme: ProgramFolder) -> None:
    chance = random.Random(7)  # noqa: S311  no secret
    told = acme.review(acme.issue(FORM), "--dry-run").out.splitlines()[:-1]
    assert "### Eligible" in "".join(told)
    for fake in fakes(acme):
        fake.delay = lambda _: chance.random() / 20
    for _ in range(3):
        again = acme.review(acme.issue(FORM), "--dry-run").out.splitlines()
        assert again[:-1] == told
