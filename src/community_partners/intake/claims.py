"""Reads approved claims, the files of `contributions/`: contributions that no API shows.

A file stands in the folder itself, or in the folder of its month, such as `2026/10/`. This module
decides whether the files are valid. The rules decide whose contribution a claim is, and whether it
counts.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.claim import ApprovedClaim, Claim
from ..model.contribution import Acceptance, Account, Contribution, MonthOfWork
from ..model.day import day_of
from ..model.month import Month
from ..model.problem import Problem
from .schema import problems
from .yaml_document import Document, read_record, yaml_files


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


def approved_claims(thread: int, folder: Path) -> tuple[ApprovedClaim, ...]:
    """Return the claims that were approved in the thread with this number.

    A file that cannot be read is passed over: `partners validate` names it.
    """
    found: list[ApprovedClaim] = []
    for path in claims_files(folder):
        with suppress(UserError):
            document = read_record(path)
            if problems(document.data, "claims", document.locate) or any(_unapproved(document)):
                continue
            for one in document.data["claims"]:
                if one.get("issue") == thread:
                    found.append(ApprovedClaim(claim=claim_of(one), by=one["approved_by"]))
    return tuple(found)


def claim_of(data: Mapping[str, str]) -> Claim:
    """Return the claim in a mapping that the schema has found right."""
    return Claim(
        kind=data["kind"],
        person=data["person"],
        day=day_of(data["date"]),
        title=data["title"],
        url=data["url"],
    )


def read_claims_file(path: Path, kinds: Collection[str]) -> tuple[Contribution, ...]:
    """Read the claims of one file. Raises InvalidInputError with all problems of the file."""
    document = read_record(path)
    found = problems(document.data, "claims", document.locate)
    if not found:
        found = (*_unknown_kinds(document, kinds), *_unapproved(document))
    if found:
        raise InvalidInputError(found)
    return tuple(
        replace(claim_of(one).work, accepted=Acceptance(by=Account(login=one["approved_by"])))
        for one in document.data["claims"]
    )


def _unapproved(document: Document) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if "approved_by" not in claim:
            yield Problem(
                place=document.locate(("claims", at)),
                message="'approved_by' is missing.",
                remedy="Write the maintainer who approved it, such as example-maintainer.",
            )


def _unknown_kinds(document: Document, kinds: Collection[str]) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if kinds and claim["kind"] not in kinds:
            yield Problem(
                place=document.locate(("claims", at, "kind")),
                message=f"program.yml gives no points for {claim['kind']!r}.",
                remedy=f"Choose one of {', '.join(sorted(kinds))}.",
            )
