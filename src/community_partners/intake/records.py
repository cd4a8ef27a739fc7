"""The program's own records as values: program.yml, partners, approved claims.

Decides whether they are valid: the schema first, then what no schema can say. Loading and
validating are one path; all problems of a file are reported together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from cattrs import Converter

from ..errors import InvalidInputError, UserError
from ..model.contribution import Account, Contribution, MonthOfWork
from ..model.country import Country
from ..model.evidence import KnownPartner
from ..model.money import Money
from ..model.month import Month
from ..model.problem import Problem
from ..model.program import Program
from . import countries
from .applications import read_application
from .files import read_bytes
from .schemas import problems
from .yaml_document import Document, read_yaml


def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))
    converter.register_structure_hook(Money, lambda value, _: Money.parse(value))
    converter.register_structure_hook(Country, lambda value, _: countries.known(value))
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    return converter


_CONVERTER = _converter()
_ROOMS = ("contributions", "applications", "partners")


def read_program(path: Path) -> Program:
    """The policy. Raises InvalidInputError with all that is wrong with the file."""
    document = read_yaml(read_bytes(path), str(path))
    found = problems(document.data, "program", document.locate)
    if not found:
        found = tuple(_countries(document))
    if found:
        raise InvalidInputError(found)
    return _CONVERTER.structure(document.data, Program)


def read_partners(folder: Path) -> tuple[KnownPartner, ...]:
    """The organizations that are partners already, by slug; none where there is no folder."""
    return tuple(_partner(path) for path in _yaml_files(folder))


def read_claims(folder: Path, kinds: Collection[str]) -> tuple[MonthOfWork, ...]:
    """Approved claims by month. `kinds`: those that the program gives points for."""
    by_month: dict[Month, list[Contribution]] = defaultdict(list)
    wrong: list[Problem] = []
    for path in _yaml_files(folder):
        try:
            for claim in _claims(path, kinds):
                by_month[Month.of(claim.day)].append(claim)
        except InvalidInputError as error:
            wrong.extend(error.problems)
    if wrong:
        raise InvalidInputError(tuple(wrong))
    return tuple(
        MonthOfWork(month=month, contributions=tuple(claims))
        for month, claims in sorted(by_month.items())
    )


def headquarters(root: Path) -> dict[str, list[str]]:
    """The names of all applicants and partners by the alpha-3 code of their country.

    Records that cannot be read are left to `validate`.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for path in [
        file for room in ("applications", "partners") for file in _yaml_files(root / room)
    ]:
        try:
            data = read_yaml(read_bytes(path), str(path)).data
            country = countries.find(data["country"])
            if country is not None and data["name"] not in names[country.code]:
                names[country.code].append(data["name"])
        except (UserError, KeyError, TypeError, AttributeError):
            continue
    return names


def validate(paths: Iterable[Path], today: date) -> tuple[Problem, ...]:
    """All problems of the files named, and of all records below the folders named."""
    found: list[Problem] = []
    for path in paths:
        for record in _records(path):
            try:
                _check(record, today)
            except InvalidInputError as error:
                found.extend(error.problems)
    return tuple(found)


def _records(path: Path) -> Iterable[Path]:
    """A file itself; of a folder, all the records in it or in its rooms."""
    if not path.is_dir():
        return [path]
    if path.resolve().name in _ROOMS:
        return _yaml_files(path)
    below = [file for room in _ROOMS for file in _yaml_files(path / room)]
    policy = path / "program.yml"
    return [policy, *below] if policy.is_file() else below


def _check(path: Path, today: date) -> object:
    """Reads one record, by the room that it lies in."""
    folder = path.resolve().parent
    if path.name == "program.yml":
        return read_program(path)
    if folder.name == "contributions":
        return tuple(_claims(path, _kinds(folder.parent / "program.yml")))
    if folder.name == "partners":
        return _partner(path)
    return read_application(path, today)


def _kinds(policy: Path) -> Collection[str]:
    """An invalid program.yml is reported by its own check; here any kind will do then."""
    try:
        return tuple(read_program(policy).contribution.points)
    except UserError:
        return ()


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml")) if folder.is_dir() else []


def _countries(document: Document) -> Iterator[Problem]:
    for at, entry in enumerate(document.data.get("comparable_countries") or ()):
        for key in ("country", "like"):
            if key in entry and countries.find(entry[key]) is None:
                yield Problem(
                    place=document.locate(("comparable_countries", at, key)),
                    message=f"{entry[key]!r} is not a country known to us.",
                    remedy="Write its name or its ISO code.",
                )


def _partner(path: Path) -> KnownPartner:
    document = read_yaml(read_bytes(path), str(path))
    data = document.data
    try:
        return KnownPartner(
            slug=path.stem,
            name=str(data["name"]),
            website=str(data["website"]),
            account=str(data["sponsorship"]["account"]),
        )
    except (KeyError, TypeError) as error:
        problem = Problem(
            place=document.locate(()),
            message="This is no partner's record: name, website or account is missing.",
            remedy="Write name, website and sponsorship with its account.",
        )
        raise InvalidInputError((problem,)) from error


def _claims(path: Path, kinds: Collection[str]) -> Iterator[Contribution]:
    document = read_yaml(read_bytes(path), str(path))
    found = problems(document.data, "claims", document.locate)
    if not found:
        found = tuple(_unknown_kinds(document, kinds))
    if found:
        raise InvalidInputError(found)
    for claim in document.data["claims"]:
        yield Contribution(
            kind=claim["kind"],
            day=date.fromisoformat(claim["date"]),
            by=Account(login=claim["person"]),
            title=claim["title"],
            url=claim["url"],
        )


def _unknown_kinds(document: Document, kinds: Collection[str]) -> Iterator[Problem]:
    for at, claim in enumerate(document.data["claims"]):
        if kinds and claim["kind"] not in kinds:
            yield Problem(
                place=document.locate(("claims", at, "kind")),
                message=f"program.yml gives no points for {claim['kind']!r}.",
                remedy=f"Choose one of {', '.join(sorted(kinds))}.",
            )
