"""Turns the answers of the application form into the mapping that a file would hold.

This module decides which answer belongs to which key, how bullets, addresses, `@` and commas are
read, and on which line each problem stands. It never guesses. `applications.py` decides whether the
mapping is a valid application.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from ..errors import InvalidInputError
from ..model.application import Application, Platform
from ..model.problem import Place, Problem
from ..model.program import Program
from ..model.submission import Submission
from .applications import MOST_ENTRIES, build_application, slug_for
from .form_template import FieldKind, FormTemplate
from .issue_form import THE_FORM, FormAnswer
from .profile_address import read_account
from .program_form import Older, answers_by
from .yaml_document import Steps

Answers = Mapping[str, FormAnswer]
_OPTIONAL = ("logo", "github", "big_mac")
_PRICE = ("price", "date", "picture")
_PLATFORMS = {"open collective": "open-collective", "github": "github-sponsors"}
_HOSTS = {"open-collective": "opencollective.com", "github-sponsors": "github.com"}
_SERVICE = "Write one service a line, such as Hosting."
_MEMBER = "Write name, GitHub login and first day, such as Ada Example, example-user-1, 2025-01-15."


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """The content of a filled form.

    `data`: the mapping that a file would hold. `places`: where each value stands, by its path.
    `problems`: of the answers that are missing, or cannot be read and are left out of `data`.
    """

    data: dict[str, Any]
    places: dict[Steps, Place]
    problems: tuple[Problem, ...]

    def locate(self, path: Steps) -> Place:
        """Return where the value at `path` was written, or else the nearest value around it."""
        around = (path[:length] for length in range(len(path), 0, -1))
        whole = Place(document=THE_FORM, line=1)
        return next((self.places[known] for known in around if known in self.places), whole)


def no_older() -> tuple[FormTemplate, ...]:
    """Return no earlier form: only today's is at hand."""
    return ()


def form_submission(
    title: str,
    body: str,
    template: FormTemplate,
    today: date,
    program: Program | None,
    older: Older = no_older,
) -> Submission:
    """Return the application in an issue's text, or its problems.

    `title`: the issue's title, which names an application that cannot be read. `body`: the issue's
    text. `template`: today's form; `older` gives earlier ones. `program`: the program that the
    issue applies to, or None if that is not known.
    """
    try:
        form = read_form(body, template, older)
        application = application_of(form, today, program)
    except InvalidInputError as error:
        return Submission(title=title, problems=error.problems)
    return Submission(title=title, application=application, data=form.data)


def application_of(form: Form, today: date, program: Program | None) -> Application:
    """Return the application in a form. Raises InvalidInputError with all problems, by line."""
    try:
        application = build_application(form.data, form.locate, today, program)
    except InvalidInputError as error:
        raise InvalidInputError(_together(form.problems, error.problems)) from None
    if form.problems:
        raise InvalidInputError(form.problems)
    return application


def read_form(body: str, template: FormTemplate, older: Older = no_older) -> Form:
    """Read a filled form: its answers become a mapping in the order of a file, with their places.

    `template`, `older`: as in `answers_by`. Raises InvalidInputError for a text that is not the
    filled form.
    """
    answers = answers_by(body, template, older)
    places = dict(_places(answers))
    services, no_services = _entries(answers.get("services"), read_service, _SERVICE, places)
    team, no_members = _entries(answers.get("team"), read_member, _MEMBER, places)
    sponsorship, elsewhere = _sponsorship(answers)
    big_mac, unclear = _big_mac(answers)
    name, website = _text(answers, "name"), _text(answers, "website")
    data = {
        "slug": slug_for(name, website),
        "name": name,
        "website": website,
        "country": _text(answers, "country"),
        "description": _text(answers, "description"),
        "services": services,
        "logo": _text(answers, "logo"),
        "contact": _text(answers, "contact"),
        "github": read_account(_text(answers, "github"), "github.com"),
        "sponsorship": sponsorship,
        "team": team,
        "big_mac": big_mac,
        "consent": _agreed(answers),
    }
    left_out = (*no_services, *elsewhere, *no_members, *unclear)
    problems = (*_unanswered(answers), *left_out, *_not_ticked(answers))
    data = {key: value for key, value in data.items() if value or key not in _OPTIONAL}
    return Form(data=data, places=places, problems=problems)


def _places(answers: Answers) -> Iterator[tuple[Steps, Place]]:
    """Yield the path of each value in the mapping, with the place of its answer."""
    for name, answer in answers.items():
        place = Place(document=THE_FORM, line=answer.line, field=answer.field.label)
        if name in ("platform", "account"):
            yield ("sponsorship", name), place
        elif name.startswith("big-mac-"):
            yield ("big_mac", name.removeprefix("big-mac-")), place
        else:
            yield (name,), place
        if name in ("name", "big-mac-price"):
            yield ("slug" if name == "name" else "big_mac",), place


def _text(answers: Answers, name: str) -> str:
    return answers[name].text.strip() if name in answers else ""


def _entries(
    answer: FormAnswer | None, read: Callable[[str], Any], remedy: str, places: dict[Steps, Place]
) -> tuple[list[Any], list[Problem]]:
    """Return the result of `read` for each line, and a problem for each line that `read` refuses.

    Adds the place of each result to `places`.
    """
    entries: list[Any] = []
    problems: list[Problem] = []
    if answer is None:
        return entries, problems
    lines = [(line, text) for line, one in answer.lines if (text := without_bullet(one))]
    if len(lines) > MOST_ENTRIES:
        return [text for _, text in lines], problems  # the schema refuses the list by its length
    for line, text in lines:
        within = f"{answer.field.label}, line {line - answer.line + 1}"
        place = Place(document=THE_FORM, line=line, field=within)
        try:
            entry = read(text)
        except ValueError as error:
            problems.append(Problem(place=place, message=str(error), remedy=remedy))
        else:
            places[answer.field.id, len(entries)] = place
            entries.append(entry)
    return entries, problems


def _sponsorship(answers: Answers) -> tuple[dict[str, str], list[Problem]]:
    """Return the platform and the account, and the problems with them.

    The address of an account on another platform is a problem: this function never guesses.
    """
    chosen, written = _text(answers, "platform"), _text(answers, "account")
    platform = platform_in(chosen) or chosen
    hosts = [_HOSTS[platform]] if platform in _HOSTS else list(_HOSTS.values())
    account = reduce(read_account, hosts, written)
    choice, elsewhere = answers.get("platform"), []
    if choice and len(choice.chosen) > 1:
        remedy = f"Write {' or '.join(choice.field.options)}."
        elsewhere = [_wrong(choice, "More than one platform is chosen.", remedy)]
    if platform in _HOSTS and "/" in account:
        answer = answers["account"]
        message = (
            f"{written[:80]!r} is not the address of an account on {Platform(platform).label}."
        )
        remedy = "Choose the platform on which you pay, and write your account there."
        elsewhere = [_wrong(answer, message, remedy)]
    return {"platform": platform, "account": account}, elsewhere


def platform_in(text: str) -> str | None:
    """Return the platform that an answer names; None if it names none, or more than one."""
    named = [one for word, one in _PLATFORMS.items() if word in text.casefold()]
    return named[0] if len(named) == 1 else None


def _big_mac(answers: Answers) -> tuple[dict[str, str], list[Problem]]:
    """Return a price with its day and picture, or a comparable country, and the problems with them.

    The mapping is {} if none of these questions is answered.
    """
    comparable = _text(answers, "big-mac-comparable")
    price = {key: _text(answers, f"big-mac-{key}") for key in _PRICE}
    if not any(price.values()):
        return ({"comparable": comparable} if comparable else {}), []
    asked = [answers[f"big-mac-{key}"] for key in _PRICE if f"big-mac-{key}" in answers]
    message = "A price needs its day and its picture: this one is missing."
    remedy = "Answer all three questions about the price, or none of them."
    problems = [_wrong(answer, message, remedy) for answer in asked if not answer.text]
    if comparable:
        message = "A price and a comparable country are given."
        remedy = "Keep the price where a Big Mac is sold, the country where none is."
        problems.append(_wrong(answers["big-mac-comparable"], message, remedy))
    return price, problems


def _unanswered(answers: Answers) -> Iterator[Problem]:
    for answer in answers.values():
        required = answer.field.required and answer.field.kind is not FieldKind.CHECKBOXES
        if required and not answer.text:
            message = "This question has no answer."
            yield _wrong(answer, message, "Write the answer below the question.")


def _agreed(answers: Answers) -> bool:
    return "consent" in answers and not _unticked(answers["consent"])


def _not_ticked(answers: Answers) -> Iterator[Problem]:
    for name, answer in answers.items():
        boxes = " ".join(f'"- [x] {option}"' for option in _unticked(answer))
        if boxes:
            whose = " of your consent" if name == "consent" else ""
            message = f"The box{whose} is not ticked."
            yield _wrong(answer, message, f"Tick it if you agree, so that it reads {boxes}")


def _unticked(answer: FormAnswer) -> list[str]:
    """Return the boxes that must be ticked, and are not.

    If the form marks no box of the consent as required, all of them must be ticked: consent is
    never assumed.
    """
    field = answer.field
    if field.kind is not FieldKind.CHECKBOXES:
        return []
    needed = field.must_tick or (field.options if field.id == "consent" else ())
    return [option for option in needed if option not in answer.chosen]


def _wrong(answer: FormAnswer, message: str, remedy: str) -> Problem:
    place = Place(document=THE_FORM, line=answer.line, field=answer.field.label)
    return Problem(place=place, message=message, remedy=remedy)


def _together(ours: tuple[Problem, ...], theirs: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return all problems, by line.

    `ours`: problems of the form. `theirs`: problems of the schema; those in the same line as one of
    `ours` are left out, since they say the same in other words.
    """
    said = {problem.place.line for problem in ours}
    rest = [problem for problem in theirs if problem.place.line not in said]
    return tuple(sorted((*ours, *rest), key=lambda one: one.place.line or 0))


_BULLET = re.compile(r"(?:[-*+•]|[0-9]+[.)])(?:\s+|$)")
_MARKUP = re.compile(r"#{1,6}\s|`{3}|~{3}")


def without_bullet(line: str) -> str:
    text = line.strip()
    bullet = _BULLET.match(text)
    return text[bullet.end() :].strip() if bullet else text


def read_service(line: str) -> str:
    """Return the line. Raises ValueError with a sentence for a heading or a code fence."""
    if _MARKUP.match(line):
        raise ValueError(f"The line {line[:80]!r} is a heading or a code fence.")
    return line


_UNLISTED = "not listed"


def read_member(line: str) -> dict[str, Any]:
    """Read `Name, login, since[, until][, not listed]`. Raises ValueError for any other line."""
    name, *rest = [part.strip() for part in line.split(",")]
    plain = [part for part in rest if part]
    unlisted = bool(plain) and " ".join(plain[-1].casefold().split()) == _UNLISTED
    plain = plain[:-1] if unlisted else plain
    if len(plain) not in (2, 3):
        what = "has too few parts" if len(plain) < 2 else "has too many parts"
        raise ValueError(f"The line {line[:80]!r} {what}.")
    member: dict[str, Any] = {
        "name": name,
        "github": read_account(plain[0], "github.com"),
        "since": plain[1],
    }
    if len(plain) == 3:
        member["until"] = plain[2]
    if unlisted:
        member["listed"] = False
    return member
