"""Partners' records, `partners/<slug>.yml`, as values. Decides what no schema can say of them.

What a partner says of itself is read as in its application; here stands what was agreed with it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError
from ..model.money import Money
from ..model.partner import Partner, Pause, Terms
from ..model.problem import Problem
from .applications import build_application
from .files import read_record, yaml_files
from .yaml_document import Document


def read_partners(folder: Path, today: date) -> tuple[Partner, ...]:
    """All partners, by slug; none where there is no folder.

    Raises InvalidInputError with all that is wrong with any of the files.
    """
    partners: list[Partner] = []
    wrong: list[Problem] = []
    for path in yaml_files(folder):
        try:
            partners.append(read_partner(path, today))
        except InvalidInputError as error:
            wrong.extend(error.problems)
    if wrong:
        raise InvalidInputError(tuple(wrong))
    return tuple(partners)


def read_partner(path: Path, today: date) -> Partner:
    """The partner of a file, whose name must be its slug. Raises InvalidInputError."""
    document = read_record(path)
    organization = build_application(
        document.data, document.locate, today, file_slug=path.stem, schema="partner"
    )
    found = tuple(_problems(document, today))
    if found:
        raise InvalidInputError(found)
    data: Mapping[str, Any] = document.data
    terms = data["terms"]
    return Partner(
        organization=organization,
        accepted=date.fromisoformat(data["accepted"]),
        terms=Terms(edition=terms["edition"], amount=Money.parse(terms["amount"])),
        issue=data.get("issue"),
        pause=_pause(data["pause"]) if "pause" in data else None,
        hidden=data.get("hidden", False),
    )


def _pause(data: Mapping[str, Any]) -> Pause:
    return Pause(
        since=date.fromisoformat(data["from"]),
        until=date.fromisoformat(data["until"]),
        reason=data["reason"],
    )


def _problems(document: Document, today: date) -> Iterator[Problem]:
    accepted = date.fromisoformat(document.data["accepted"])
    if accepted > today:
        yield Problem(
            place=document.locate(("accepted",)),
            message=f"The day {accepted} is in the future.",
            remedy=f"Write a day up to today, {today}.",
        )
    pause = document.data.get("pause")
    if pause and date.fromisoformat(pause["until"]) < date.fromisoformat(pause["from"]):
        yield Problem(
            place=document.locate(("pause", "until")),
            message=f"This pause ends on {pause['until']}, before it begins on {pause['from']}.",
            remedy="Correct one of the two days.",
        )
    yield from _ids(document)


def _ids(document: Document) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for at, member in enumerate(document.data["team"]):
        number = member.get("id")
        if number is None:
            continue
        before = seen.setdefault(number, member["github"])
        if before != member["github"]:
            yield Problem(
                place=document.locate(("team", at, "id")),
                message=f"The account {number} stands here for {before} and {member['github']}.",
                remedy="Keep the one of the two that is the account's present login.",
            )
