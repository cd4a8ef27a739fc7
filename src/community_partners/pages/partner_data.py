"""Writes the data of one partner, `v1/partners/<slug>.json`, with all its months."""

from collections.abc import Sequence
from typing import Any

from ..model.directory import Directory, Line, Listed, Position
from ..model.month import Month
from ..stored import in_lines
from .data import by_kind, head, summary
from .words import plain


def partner_json(
    directory: Directory, one: Listed, work: Sequence[tuple[Month, Sequence[Line]]]
) -> str:
    """Return one partner with all its months. `work`: the contributions of each month."""
    lines = dict(work)
    told = one.organization
    data: dict[str, Any] = {**head("partner", directory), **summary(one)}
    data["page"] = f"../../partner/{one.slug}/"
    data["badge"] = f"../../badge/{one.slug}.svg"
    if one.logo:
        data["logo"] = f"../../{one.logo}"
    if told:
        data["team"] = [
            {
                "name": plain(member.name),
                "github": member.github,
                "since": member.since.isoformat(),
                **({"until": member.until.isoformat()} if member.until else {}),
            }
            for member in told.team
        ]
    if one.unnamed:
        data["more_people"] = one.unnamed
    data["months"] = [_month(position, lines.get(position.month, ())) for position in one.positions]
    return in_lines(data)


def _month(position: Position, lines: Sequence[Line]) -> dict[str, Any]:
    line = position.line
    counted: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for one in lines:
        (counted if one.not_counted is None else others).append(_line(one))
    return {
        "month": str(position.month),
        "rank": line.rank,
        "of": position.of,
        "points": line.points,
        "by_kind": by_kind(line),
        "standing": line.standing.standing.value,
        "criteria": {one.criterion: one.outcome.value for one in line.findings},
        "contributions": counted,
        "not_counted": others,
    }


def _line(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {
        "day": line.day.isoformat(),
        "kind": plain(line.kind),
        "member": plain(line.member),
    }
    if line.not_counted is None:
        told["points"] = line.points
    else:
        told["reason"] = plain(line.not_counted)
    told["url"] = plain(line.url)
    if line.agent:
        told["agent"] = plain(line.agent)
    return told
