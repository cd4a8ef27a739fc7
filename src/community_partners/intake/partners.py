"""Reads partners' records, `partners/<slug>.yml`. Checks what a schema cannot express.

`applications.py` reads the part of a record that the application held. This module adds what was
agreed with the partner. Two records may name the same person: the rules decide by the dates which
partner the person counts for.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError
from ..model.day import day_of
from ..model.money import Money
from ..model.month import Month
from ..model.partner import FetchedLogo, Partner, Pause, Terms
from ..model.points import of_json
from ..model.problem import Place, Problem
from .applications import build_application, not_in_future
from .lost_records import lost_partners
from .yaml_document import Document, read_record, yaml_files

Key = tuple[str, str | int]


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerRecord:
    """A partner, and where those of its values stand that no two records may share.

    `path`: of the record.
    """

    partner: Partner
    path: Path
    account: Place
    issue: Place


def read_partners(folder: Path, today: date) -> tuple[Partner, ...]:
    """Read all partners, by slug; () if there is no folder, and no committed month with partners.

    Raises InvalidInputError with all problems of the files, also of values that two files must not
    share.
    """
    records: list[PartnerRecord] = []
    wrong: list[Problem] = []
    for path in yaml_files(folder):
        try:
            records.append(read_partner(path, today))
        except InvalidInputError as error:
            wrong.extend(error.problems)
    wrong.extend(shared(records))
    if not records and not wrong:
        wrong.extend(lost_partners(folder.parent))
    if wrong:
        raise InvalidInputError(tuple(wrong))
    return tuple(record.partner for record in records)


def shared(records: Iterable[PartnerRecord]) -> Iterator[Problem]:
    """Yield a problem for each value that two records of a folder share and must not share.

    Only one partner can have an account, or the number of an issue.
    """
    seen: dict[Hashable, Place] = {}
    for record in records:
        folder = record.path.parent.resolve()
        for key, place, name, remedy in _of_one_partner(record):
            first = seen.setdefault((folder, *key), place)
            if first is not place:
                other = f"{Path(first.document).name}, line {first.line}"
                message = f"{name} is another partner's already ({other})."
                yield Problem(place=place, message=message, remedy=remedy)


def _of_one_partner(record: PartnerRecord) -> Iterator[tuple[Key, Place, str, str]]:
    """Yield each value that no two partners may have in common.

    Each is a tuple: a key to compare, the value's place, its name for people, and the remedy.
    """
    organization = record.partner.organization
    platform, account = organization.platform, organization.account
    yield (
        (platform, account.casefold()),
        record.account,
        f"The account {account} on {platform.label}",
        "Keep it in one of the two: what an account pays is one partner's.",
    )
    if record.partner.issue is not None:
        yield (
            ("issue", record.partner.issue),
            record.issue,
            f"The issue {record.partner.issue}",
            "Write the number of this partner's own application, or leave it out.",
        )


def read_partner(path: Path, today: date) -> PartnerRecord:
    """Return the partner in a file. The file's name must be the slug.

    Raises InvalidInputError with the file's problems, and UserError if the file cannot be read.
    """
    document = read_record(path)
    return PartnerRecord(
        partner=partner_of(document, path.stem, today),
        path=path,
        account=document.locate(("sponsorship", "account")),
        issue=document.locate(("issue",)),
    )


def partner_of(document: Document, slug: str, today: date) -> Partner:
    """Return the partner in a record. Raises InvalidInputError with its problems.

    `slug`: the file's name without its ending.
    """
    organization = build_application(
        document.data, document.locate, today, file_slug=slug, schema="partner"
    )
    found = tuple(_problems(document, today))
    if found:
        raise InvalidInputError(found)
    data: Mapping[str, Any] = document.data
    terms = data["terms"]
    return Partner(
        organization=organization,
        accepted=day_of(data["accepted"]),
        terms=Terms(
            edition=terms["edition"],
            amount=Money.parse(terms["amount"]),
            base=Money.parse(terms["base"]) if "base" in terms else None,
        ),
        issue=data.get("issue"),
        pause=_pause(data["pause"]) if "pause" in data else None,
        hidden=data.get("hidden", False),
        work={
            Month.parse(month): of_json(points) for month, points in data.get("work", {}).items()
        },
        logo=_logo(data.get("logo")),
    )


def _logo(data: str | Mapping[str, str] | None) -> FetchedLogo | None:
    """Return what was fetched. None if the record has no logo, or a plain address."""
    if data is None or isinstance(data, str):
        return None
    return FetchedLogo(
        on=day_of(data["fetched"]),
        file=data.get("file"),
        sha256=data.get("sha256"),
        refused=data.get("refused"),
    )


def _pause(data: Mapping[str, Any]) -> Pause:
    return Pause(
        since=day_of(data["from"]),
        until=day_of(data["until"]),
        reason=data["reason"],
    )


def _problems(document: Document, today: date) -> Iterator[Problem]:
    yield from not_in_future(document.data["accepted"], document.locate, ("accepted",), today)
    pause = document.data.get("pause")
    if pause and day_of(pause["until"]) < day_of(pause["from"]):
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
