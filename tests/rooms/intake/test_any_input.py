"""Whatever a stranger hands in is read or refused, with place and remedy: no other exception."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import hostile_input as hostile
from builders import TODAY, program
from community_partners.errors import InvalidInputError, UserError
from community_partners.intake.applications import read_application
from community_partners.intake.claims import read_claims_file
from community_partners.intake.comment_command import read_command
from community_partners.intake.event import read_event
from community_partners.intake.evidence_file import read_evidence
from community_partners.intake.form_application import form_submission
from community_partners.intake.partners import read_partner
from community_partners.intake.price_table import read_publisher_csv
from community_partners.intake.program import read_program
from community_partners.intake.records import add_headquarters
from community_partners.model.problem import LONGEST_MESSAGE, MOST, Problem
from community_partners.rules.criteria import criteria_of
from many_cases import PARTS, chances
from program_folder import FORM


def form(chance: random.Random, _: Path) -> None:
    read = form_submission(hostile.piece(chance), hostile.a_form(chance), FORM, TODAY, program())
    add_headquarters({}, read.data)
    if read.problems:
        raise InvalidInputError(read.problems)


def record(chance: random.Random, folder: Path) -> None:
    kind = chance.choice(list(hostile.RECORDS))
    path = folder / "aurora-digital.yml"
    text = hostile.a_record(kind, chance)
    path.write_bytes(text.encode(errors=chance.choice(("surrogatepass", "replace"))))
    readers: dict[str, Callable[[], object]] = {
        "applications": lambda: read_application(path, TODAY, program()),
        "partners": lambda: read_partner(path, TODAY),
        "contributions": lambda: read_claims_file(path, ("event",)),
        "program.yml": lambda: read_program(path, TODAY),
    }
    readers[kind]()


def event(chance: random.Random, folder: Path) -> None:
    name = chance.choice(list(hostile.EVENTS))
    path = folder / "event.json"
    path.write_text(hostile.an_event(name, chance), "utf-8", errors="surrogatepass")
    read = read_event(name, path, FORM)
    read_command(getattr(read, "body", "") or hostile.piece(chance), criteria_of(program()))


def price_table(chance: random.Random, _: Path) -> None:
    read_publisher_csv(hostile.a_price_table(chance), "big-mac-raw-index.csv", date(1999, 1, 1))


def evidence(chance: random.Random, folder: Path) -> None:
    path = folder / "evidence.json"
    path.write_text(hostile.an_evidence(chance), "utf-8", errors="surrogatepass")
    read_evidence(path)


KINDS = (form, record, event, price_table)


@pytest.mark.parametrize("part", PARTS)
def test_it_is_read_or_refused_with_place_and_remedy(part: int, tmp_path: Path) -> None:
    for number, chance in chances(2000, part):
        assert handed_in(KINDS[number % len(KINDS)], chance, tmp_path) == [], f"case {number}"


@pytest.mark.parametrize("part", PARTS)
def test_so_is_stored_evidence(part: int, tmp_path: Path) -> None:
    for number, chance in chances(200, part):
        assert handed_in(evidence, chance, tmp_path) == [], f"case {number}"


def handed_in(
    read: Callable[[random.Random, Path], None], chance: random.Random, folder: Path
) -> list[str]:
    """What of a refusal nobody could act on; any exception but ours goes on."""
    try:
        read(chance, folder)
    except InvalidInputError as error:
        return wrong(error.problems)
    except UserError as error:
        sentence = str(error)
        return [] if len(sentence) <= LONGEST_MESSAGE and sentence.endswith(".") else [sentence]
    return []


def wrong(problems: tuple[Problem, ...]) -> list[str]:
    """What of a refusal nobody could act on."""
    found = [
        f"{one}"
        for one in problems
        if not (one.place.document and one.message and one.remedy)
        or not one.message.endswith((".", "…"))
        or max(len(one.message), len(one.remedy)) > LONGEST_MESSAGE
        or not str(one).isprintable()
    ]
    return found if 0 < len(problems) <= MOST else ["none or too many", *found]
