"""Writes the published data, version 1: JSON and CSV. Decides each field, and so what is public.

`schemas/published-*.schema.json` describe the files. Addresses in a file are relative to the file.
A change that a reader could stumble over gets a new version, in a folder beside `v1/`.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any

from ..model.country import Country
from ..model.directory import Directory, Listed, Position
from ..model.points import Points
from ..model.program import Program
from ..model.ranking import PartnerMonth, Ranking
from ..model.site import DATA
from ..stored import in_lines
from .words import LONGEST, plain, web

FOLDER = DATA
COLUMNS = (
    *("slug", "name", "country", "website", "contact", "services", "since", "until", "standing"),
    *("rank", "points"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute such a cell


def partners_json(directory: Directory) -> str:
    """Return all partners, present ones in the order of the page, then former ones."""
    listed = (*directory.partners, *directory.former)
    return in_lines({**head("partners", directory), "partners": [summary(one) for one in listed]})


def partners_csv(directory: Directory) -> str:
    """Return the same as a table. A cell that a spreadsheet would compute begins with `'`."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in (*directory.partners, *directory.former):
        data = summary(one)
        country = data.get("country", {}).get("name", "")
        services = "; ".join(data.get("services", ()))
        told = {**data, "country": country, "services": services}
        table.writerow([_cell(told.get(column, "")) for column in COLUMNS])
    return text.getvalue()


def ranking_json(directory: Directory, ranking: Ranking | None, up: str) -> str:
    """Return a month's ranking; without a month, one without partners. `up`: way to the site."""
    data = head("ranking", directory)
    data["month"] = str(ranking.month) if ranking else None
    data["partners"] = [_row(line, up) for line in ranking.partners] if ranking else []
    data["homepage"] = list(ranking.homepage) if ranking else []
    data["corrections"] = [
        {"day": one.day.isoformat(), "changes": list(map(plain, one.changes))}
        for one in (ranking.corrections if ranking else ())
    ]
    return in_lines(data)


def homepage_json(directory: Directory, shown: Iterable[Listed], title: str) -> str:
    """Return the partners on the homepage, in order, and how many places there are."""
    data = head("homepage", directory)
    data["title"], data["page"] = plain(title), "../"
    data["slots"] = directory.program.ranking.homepage_slots
    data["partners"] = [
        {
            "name": plain(one.name),
            "line": line_of(one),
            "page": f"../partner/{one.slug}/",
            **({"logo": f"../{one.logo}"} if one.logo else {}),
            **_result(one.latest),
        }
        for one in shown
    ]
    return in_lines(data)


def badge_json(label: str, value: str, *, lit: bool) -> str:
    """Return a badge for shields.io.

    https://shields.io/badges/endpoint-badge
    """
    color = "2e7d32" if lit else "757575"
    return in_lines(
        {"schemaVersion": 1, "label": plain(label), "message": plain(value), "color": color}
    )


def line_of(one: Listed) -> str:
    """Return one line about a partner: the first sentence of its description, or its start."""
    if one.organization is None:
        return ""
    text = plain(one.organization.description)
    sentence, dot, _ = text.partition(". ")
    line = sentence + ("." if dot and not sentence.endswith(".") else "")
    return line if len(line) <= 160 else f"{line[:159].rstrip()}…"


def head(name: str, directory: Directory) -> dict[str, Any]:
    """Return how each file begins: which file it is, of which program, as of which month."""
    program, latest = directory.program, directory.latest
    return {
        "schema": f"urn:community-partners:v1:{name}",
        "program": _program(program),
        "month": str(latest.month) if latest else None,
    }


def _program(program: Program) -> dict[str, Any]:
    policy = program.policy
    return {
        "name": plain(program.name),
        "organization": plain(program.organization),
        "policy": {
            "version": policy.version,
            "date": policy.date.isoformat(),
            "url": policy.url,
        },
    }


def summary(one: Listed) -> dict[str, Any]:
    """Return a partner as `partners.json` has it."""
    told = one.organization
    data: dict[str, Any] = {
        "slug": one.slug,
        "name": plain(one.name),
        "page": f"../partner/{one.slug}/",
        "badge": f"../badge/{one.slug}.svg",
        "since": one.accepted.isoformat(),
        "standing": "former" if one.until else one.standing.value,
    }
    if one.until:
        data["until"] = str(one.until)
    elif one.latest:
        data |= _result(one.latest)
    if one.logo:
        data["logo"] = f"../{one.logo}"
    if told:
        data |= {
            "country": _country(told.country),
            "description": plain(told.description),
            "services": [plain(service) for service in told.services],
        }
        data |= {name: web(value) for name, value in _addresses(one) if web(value)}
    return data


def _addresses(one: Listed) -> tuple[tuple[str, str], ...]:
    told = one.organization
    return (("website", told.website), ("contact", told.contact)) if told else ()


def _country(country: Country) -> dict[str, str]:
    return {"code": country.code, "name": country.name}


def _result(position: Position | None) -> dict[str, Any]:
    if position is None or position.line.rank is None:
        return {}
    return {"rank": position.line.rank, "points": position.line.points}


def _row(line: PartnerMonth, up: str) -> dict[str, Any]:
    return {
        "slug": line.slug,
        "name": plain(line.name),
        "page": f"{up}partner/{line.slug}/",
        "rank": line.rank,
        "movement": line.movement,
        "points": line.points,
        "points_each": None if line.points_each is None else float(line.points_each),
        "by_kind": by_kind(line),
        "contributors": len(line.members),
        "standing": line.standing.standing.value,
        "standing_since": str(line.standing.since),
    }


def by_kind(line: PartnerMonth) -> dict[str, Points]:
    """Return a month's points by kind of contribution."""
    return {plain(kind): points for kind, points in line.by_kind.items()}


def _cell(value: object) -> str:
    text = plain(value)[:LONGEST]
    return f"'{text}" if text.startswith(_FORMULA) else text
