"""Reads approved claims, the files of `contributions/`: contributions that no API shows.

A file stands in the folder itself, or in the folder of its month, such as `2026/10/`. This module
decides whether the files are valid. The rules decide whose contribution a claim is, and whether it
counts.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError, UserError
from ..model.claim import ApprovedClaim, Claim
from ..model.contribution import Acceptance, Account, Contribution, MonthOfWork
from ..model.day import day_of
from ..model.month import Month
from ..model.problem import Place, Problem
from .schema import problems
from .yaml_document import Document, read_record, yaml_files


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """The claims in files. `work`: all that can be read, of whatever kind.

    `approved`: those that were made in threads, by the thread's number. `unread`: the problems of
    files that cannot be read, whose claims nobody knows.
    """

    work: tuple[Contribution, ...]
    approved: Mapping[int, Sequence[ApprovedClaim]]
    unread: tuple[Problem, ...]


def read_claims(folder: Path, kinds: Collection[str]) -> tuple[MonthOfWork, ...]:
    """Read all approved claims, by month, the earliest month first.

    `kinds`: the kinds that the program gives points for; if empty, any kind is taken. Raises
    InvalidInputError with all problems of the files.
    """
    found: list[Contribution] = []
    wrong: list[Problem] = []
    for path in claims_files(folder):
        try:
            found.extend(read_claims_file(path, kinds))
        except InvalidInputError as error:
            wrong.extend(error.problems)
    if wrong:
        raise InvalidInputError(tuple(wrong))
    return in_months(found)


def in_months(contributions: Iterable[Contribution]) -> tuple[MonthOfWork, ...]:
    """Return contributions by month, the earliest month first."""
    by_month: dict[Month, list[Contribution]] = defaultdict(list)
    for one in contributions:
        by_month[Month.of(one.day)].append(one)
    return tuple(
        MonthOfWork(month=month, contributions=tuple(claims))
        for month, claims in sorted(by_month.items())
    )


def claims_files(folder: Path) -> list[Path]:
    """Return the files of claims: those in the folder, then those of each month."""
    months = sorted(one for one in folder.glob("*/*") if is_month(one.relative_to(folder)))
    return [*yaml_files(folder), *(path for month in months for path in yaml_files(month))]


def is_month(path: Path) -> bool:
    """Tell whether a path below the folder of claims is a folder for a month, or for a year."""
    return re.fullmatch(r"[0-9]{4}(?:/(?:0[1-9]|1[0-2]))?", path.as_posix(), re.ASCII) is not None


def filed_claims(folder: Path) -> Filed:
    """Read all claims, each file once, for others to be compared with."""
    work: list[Contribution] = []
    approved: dict[int, list[ApprovedClaim]] = defaultdict(list)
    unread: list[Problem] = []
    for path in claims_files(folder):
        try:
            claims = _claims_in(path)
        except InvalidInputError as error:
            unread.extend(error.problems)
        except UserError as error:  # a folder of that name, or a file that may not be read
            place = Place(document=str(path))
            unread.append(Problem(place=place, message=str(error), remedy="Mend it."))
        else:
            work.extend(map(_work, claims))
            for one in claims:
                if "issue" in one:
                    found = ApprovedClaim(claim=claim_of(one), by=one["approved_by"])
                    approved[one["issue"]].append(found)
    return Filed(work=tuple(work), approved=approved, unread=tuple(unread))


def claim_of(data: Mapping[str, Any]) -> Claim:
    """Return the claim in a mapping that the schema has found right."""
    return Claim(
        kind=data["kind"],
        person=data["person"],
        day=day_of(data["date"]),
        title=data["title"],
        url=data["url"],
        number=data.get("person_id"),
    )


def read_claims_file(path: Path, kinds: Collection[str]) -> tuple[Contribution, ...]:
    """Read the claims of one file. Raises InvalidInputError with all problems of the file."""
    return tuple(map(_work, _claims_in(path, kinds)))


def _claims_in(path: Path, kinds: Collection[str] = ()) -> Sequence[Mapping[str, Any]]:
    """Return the claims of one file as they are written. Raises InvalidInputError."""
    document = read_record(path)
    found = problems(document.data, "claims", document.locate)
    if not found:
        found = (*_unknown_kinds(document, kinds), *_unapproved(document))
    if found:
        raise InvalidInputError(found)
    claims: Sequence[Mapping[str, Any]] = document.data["claims"]
    return claims


def _work(claim: Mapping[str, Any]) -> Contribution:
    accepted = Acceptance(by=_approver(claim))
    return replace(claim_of(claim).work, accepted=accepted)


def _approver(data: Mapping[str, Any]) -> Account:
    return Account(login=data["approved_by"], id=data.get("approved_by_id"))


def _unapproved(document: Document) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if "approved_by" not in claim:
            yield Problem(
                place=document.locate(("claims", at)),
                message="'approved_by' is missing.",
                remedy="Write the maintainer who approved it, such as example-maintainer. If "
                "nobody did, take the claim out.",
            )


def _unknown_kinds(document: Document, kinds: Collection[str]) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if kinds and claim["kind"] not in kinds:
            yield Problem(
                place=document.locate(("claims", at, "kind")),
                message=f"program.yml gives no points for {claim['kind']!r}.",
                remedy=f"Choose one of {', '.join(sorted(kinds))}.",
            )
