"""The application form's answers as the mapping that a file would hold. Guesses nothing.

Decides how a team is written, one member a line, and says which line is wrong. Whether the mapping
is a valid application is decided where the file's is, in applications.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import InvalidInputError
from ..model.application import Application
from ..model.problem import Place, Problem
from .applications import build_application
from .issue_form import THE_FORM, FormAnswer, FormTemplate, parse
from .slug import slug_for
from .yaml_document import Path

_TEXTS = ("name", "website", "country", "description", "contact", "logo", "github")
_BIG_MAC = ("price", "date", "picture", "comparable")
_PLATFORMS = {"Open Collective": "open-collective", "GitHub Sponsors": "github-sponsors"}
_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:opencollective|github)\.com/(?:sponsors/)?([^/?#]+)[/?#]?.*"
)
_OTHER_NAME = re.compile(r"([a-z][a-z0-9-]*):\s*(\S.*)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_MEMBER = "Ada Example, example-user-1, 2025-01-15"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """`data` as a file would hold it; `places` of its values; `problems` of lines left out."""

    data: dict[str, Any]
    places: dict[Path, Place]
    problems: tuple[Problem, ...]

    def locate(self, path: Path) -> Place:
        """Where the value at `path` was written, or the nearest one around it."""
        around = (path[:length] for length in range(len(path), 0, -1))
        whole = Place(document=THE_FORM, line=1)
        return next((self.places[known] for known in around if known in self.places), whole)


def application_from_form(body: str, template: FormTemplate, today: date) -> Application:
    """The application of an issue's text. Raises InvalidInputError with all that is wrong."""
    form = read_form(body, template)
    try:
        application = build_application(form.data, form.locate, today)
    except InvalidInputError as error:
        raise InvalidInputError(_together(form.problems, error.problems)) from None
    if form.problems:
        raise InvalidInputError(form.problems)
    return application


def read_form(body: str, template: FormTemplate) -> Form:
    """The answers as a mapping, with their places."""
    answers = parse(body, template)
    places = {
        path: Place(document=THE_FORM, line=answer.line, field=answer.field.label)
        for path, answer in _paths(answers)
    }
    data: dict[str, Any] = {key: _text(answers, key) for key in _TEXTS if _text(answers, key)}
    data["slug"] = slug_for(data.get("name", ""), data.get("website", ""))
    if "github" in data:
        data["github"] = _account(data["github"])
    data["services"] = [line for _, line in _entries(answers.get("services"))]
    data["sponsorship"] = _sponsorship(answers)
    data["team"], wrong = _team(answers.get("team"), places)
    big_mac = {key: _text(answers, f"big-mac-{key}") for key in _BIG_MAC}
    if any(big_mac.values()):
        data["big_mac"] = {key: value for key, value in big_mac.items() if value}
    data["consent"] = True
    return Form(data=data, places=places, problems=(*wrong, *_consent(answers)))


def _paths(answers: Mapping[str, FormAnswer]) -> Iterator[tuple[Path, FormAnswer]]:
    """Where in the mapping each answer goes."""
    for name, answer in answers.items():
        if name in ("platform", "account"):
            yield ("sponsorship", name), answer
        elif name.startswith("big-mac-"):
            yield ("big_mac", name.removeprefix("big-mac-")), answer
            yield ("big_mac",), answer
        else:
            yield (name,), answer
    if "name" in answers:
        yield ("slug",), answers["name"]


def _text(answers: Mapping[str, FormAnswer], name: str) -> str:
    return answers[name].text.strip() if name in answers else ""


def _entries(answer: FormAnswer | None) -> Iterator[tuple[int, str]]:
    """The lines of an answer that hold something, without bullets; numbered as in the issue."""
    for number, line in enumerate(answer.text.splitlines() if answer else ()):
        text = _BULLET.sub("", line).strip()
        if answer and text:
            yield answer.line + number, text


def _sponsorship(answers: Mapping[str, FormAnswer]) -> dict[str, str]:
    platform, account = _text(answers, "platform"), _account(_text(answers, "account"))
    found = {"platform": _PLATFORMS.get(platform, platform), "account": account}
    return {key: value for key, value in found.items() if value}


def _account(text: str) -> str:
    """`acme` of `@acme` and of the account's address."""
    address = _ADDRESS.fullmatch(text.strip())
    return (address[1] if address else text.strip()).removeprefix("@")


def _team(
    answer: FormAnswer | None, places: dict[Path, Place]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The members, and a problem for each line that is none; adds the members' places."""
    members: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, line in _entries(answer):
        label = answer.field.label if answer else None
        place = Place(document=THE_FORM, line=number, field=label)
        try:
            member = _member(line)
        except ValueError as error:
            remedy = f'Write name, GitHub login and first day, such as "{_MEMBER}".'
            problems.append(Problem(place=place, message=str(error), remedy=remedy))
        else:
            places["team", len(members)] = place
            members.append(member)
    return members, problems


def _member(line: str) -> dict[str, Any]:
    """`Name, login, since[, until][, forum: handle]`; ValueError says what is missing."""
    name, *rest = [part.strip() for part in line.split(",")]
    handles = {
        found[1].lower(): found[2] for part in rest if (found := _OTHER_NAME.fullmatch(part))
    }
    plain = [part for part in rest if part and not _OTHER_NAME.fullmatch(part)]
    if len(plain) not in (2, 3):
        what = "has too few parts" if len(plain) < 2 else "has too many parts"
        raise ValueError(f'The line "{line[:80]}" {what}.')
    member: dict[str, Any] = {"name": name, "github": _account(plain[0]), "since": plain[1]}
    if len(plain) == 3:
        member["until"] = plain[2]
    if handles:
        member["handles"] = handles
    return member


def _consent(answers: Mapping[str, FormAnswer]) -> Iterator[Problem]:
    answer = answers.get("consent")
    if answer is None or len(answer.chosen) < len(answer.field.options):
        yield Problem(
            place=Place(
                document=THE_FORM,
                line=answer.line if answer else 1,
                field=answer.field.label if answer else None,
            ),
            message="The box of your consent is not ticked.",
            remedy="Tick it if you agree that this is public.",
        )


def _together(ours: tuple[Problem, ...], theirs: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """All problems by line; a team that is empty because its lines are wrong is said once."""
    lines = {problem.place.field for problem in ours}
    rest = [one for one in theirs if one.place.field not in lines or "0 entries" not in one.message]
    return tuple(sorted((*ours, *rest), key=lambda one: one.place.line or 0))
