"""Reads a claim from the form of an issue, and the words of those who approve it from comments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.application import LABEL as APPLICATION
from ..model.claim import FORM, LABEL, Said, Word
from ..model.month import Month
from ..model.problem import Place, Problem
from ..model.thread import Thread
from .claims import claim_of
from .comment_command import command_line
from .event import Ignored
from .form_template import FormTemplate, read_template
from .handed_in import FilledClaim, HandedIn
from .issue_form import THE_FORM, FormAnswer, is_filled, parse
from .profile_address import read_account
from .schema import problems
from .yaml_document import Steps, read_text

TEMPLATE = Path(FORM)
QUESTIONS = ("kind", "person", "date", "url", "title")
"""The ids of the form's questions that make a claim; it may have others."""
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


def claim_template(root: Path) -> FormTemplate:
    """Return the questions of the program's form for claims. Raises InvalidInputError."""
    try:
        template = read_template(read_text(root / TEMPLATE), TEMPLATE.as_posix())
    except InvalidInputError:
        raise
    except UserError as error:  # no form, or a folder of that name
        raise _unusable(str(error)) from error
    missing = [name for name in QUESTIONS if name not in {one.id for one in template}]
    if missing:
        raise _unusable(f"The form asks no question with the id {missing[0]}.")
    return template


def _unusable(message: str) -> InvalidInputError:
    place = Place(document=TEMPLATE.as_posix())
    return InvalidInputError(
        (Problem(place=place, message=message, remedy="Copy the form again."),)
    )


def no_claim(
    labels: Sequence[str], body: str, template: FormTemplate, *, is_open: bool
) -> Ignored | None:
    """Return why an issue is not answered, or None if it is a claim.

    A form adds its label only if the repository has that label. An issue without the label is a
    claim if its text is the filled form.
    """
    if LABEL not in labels and not (template and is_filled(body, template)):
        return Ignored(reason=f"The issue has no label {LABEL!r}.")
    if APPLICATION in labels:
        return Ignored(reason="The issue is an application, and no claim.")
    return None if is_open else Ignored(reason="The issue is closed.")


def read_claim(body: str, template: FormTemplate, author: str) -> HandedIn:
    """Return the claim in an issue's text, or all problems of the text, by line.

    `author`: the login of who opened the issue, who did the work if the form names nobody.
    """
    try:
        return HandedIn(claims=(_filled(body, template, author),))
    except InvalidInputError as error:
        return HandedIn(problems=error.problems, text=body.encode())


def _filled(body: str, template: FormTemplate, author: str) -> FilledClaim:
    answers = parse(body, template)
    places = {name: _place(answers[name]) for name in QUESTIONS}
    said = {name: answers[name].text.strip() for name in QUESTIONS}
    data = {
        "kind": said["kind"].casefold(),
        "person": read_account(said["person"].removeprefix("@"), "github.com") or author,
        "date": _last_day(said["date"]),
        "title": " ".join(said["title"].split()),
        "url": said["url"],
    }

    def locate(path: Steps) -> Place:
        return places.get(str(path[-1]) if path else "", Place(document=THE_FORM, line=1))

    wrong = tuple(_unanswered(said, places)) or problems({"claims": [data]}, "claims", locate)
    if wrong:
        raise InvalidInputError(wrong)
    return FilledClaim(claim=claim_of(data), places=places)


def _unanswered(said: Mapping[str, str], places: Mapping[str, Place]) -> Iterator[Problem]:
    for name in QUESTIONS:
        if not said[name] and name != "person":
            yield Problem(
                place=places[name],
                message="This question has no answer.",
                remedy="Write the answer below the question.",
            )


def _last_day(text: str) -> str:
    """Return a day as it is, and the last day of a month such as `2026-10`."""
    return Month.parse(text).last_day.isoformat() if _MONTH.fullmatch(text) else text


def _place(answer: FormAnswer) -> Place:
    return Place(document=THE_FORM, line=answer.line, field=answer.field.label)


def words(thread: Thread) -> tuple[Said, ...]:
    """Return the words of people who approve, decline or ask for a look, the oldest first.

    A comment counts as its author wrote it: one that somebody else has edited does not.
    """
    return tuple(_said(thread))


def word_in(body: str) -> tuple[Word, str] | None:
    """Return the word in the first line of a comment, with what stands behind it."""
    said, rest = command_line(body)
    word = next((one for one in Word if one == said), None)
    return (word, rest) if word else None


def _said(thread: Thread) -> Iterator[Said]:
    for one in thread.comments:
        if one.ours or one.author is None or one.by is None or one.author.endswith("[bot]"):
            continue
        if found := word_in(one.body):
            yield Said(
                word=found[0],
                reason=found[1],
                login=one.author,
                by=one.by,
                comment=one.id,
                near=one.near,
            )
