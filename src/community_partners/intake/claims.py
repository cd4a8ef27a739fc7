"""Reads approved claims, the files of `contributions/`: contributions that no API shows.

This module decides whether the files are valid. The rules decide whose contribution a claim is, and
whether it counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from ..errors import InvalidInputError
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
    by_month: dict[Month, list[Contribution]] = defaultdict(list)
    wrong: list[Problem] = []
    for path in yaml_files(folder):
        try:
            for claim in read_claims_file(path, kinds):
                by_month[Month.of(claim.day)].append(claim)
        except InvalidInputError as error:
            wrong.extend(error.problems)
    if wrong:
        raise InvalidInputError(tuple(wrong))
    return tuple(
        MonthOfWork(month=month, contributions=tuple(claims))
        for month, claims in sorted(by_month.items())
    )


def read_claims_file(path: Path, kinds: Collection[str]) -> tuple[Contribution, ...]:
    """Read the claims of one file. Raises InvalidInputError with all problems of the file."""
    document = read_record(path)
    found = problems(document.data, "claims", document.locate)
    if not found:
        found = tuple(_unknown_kinds(document, kinds))
    if found:
        raise InvalidInputError(found)
    return tuple(
        Contribution(
            kind=claim["kind"],
            day=day_of(claim["date"]),
            by=Account(login=claim["person"]),
            title=claim["title"],
            url=claim["url"],
            accepted=Acceptance(by=Account(login=claim["approved_by"])),
        )
        for claim in document.data["claims"]
    )


def _unknown_kinds(document: Document, kinds: Collection[str]) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if kinds and claim["kind"] not in kinds:
            yield Problem(
                place=document.locate(("claims", at, "kind")),
                message=f"program.yml gives no points for {claim['kind']!r}.",
                remedy=f"Choose one of {', '.join(sorted(kinds))}.",
            )
