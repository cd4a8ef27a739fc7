"""Reads the contributions of committed months, a line each, for the pages of partners.

A month can have a million lines. They stay as they are written until a partner's page asks for its
own. A ranking has a digest of each of its files, so that the lines are the ones that were decided.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ..errors import UserError
from ..model.day import day_of
from ..model.directory import Line
from ..model.month import Month
from ..model.points import of_json
from ..model.ranking import Ranking
from .ranking_files import FOLDER, refuse_damaged

_KEY = b'"partner":"'  # stands in no string of JSON: there, a quotation mark has a backslash


class ContributionLines:
    """The lines of several months, by partner and month."""

    def __init__(self, root: Path, months: Sequence[Ranking]) -> None:
        """Read the files that the months name.

        Raises UserError if a file is missing, or is not the one that was committed.
        """
        self._held: dict[tuple[str, Month], bytes] = {}
        for ranking in months:
            refuse_damaged(root, ranking)
            found: defaultdict[str, list[bytes]] = defaultdict(list)
            for part in ranking.contributions:
                with (root / FOLDER / part.name).open("rb") as content:
                    for line in content:
                        found[_partner(line)].append(line)
            for slug, lines in found.items():
                self._held[slug, ranking.month] = b"".join(lines)

    def of(self, slug: str, month: Month) -> tuple[Line, ...]:
        """Return the partner's lines of a month, by day and address."""
        lines = self._held.get((slug, month), b"").splitlines()
        # All at once: a call for each line takes twice as long.
        return tuple(map(_line, json.loads(b"[" + b",".join(lines) + b"]")))


def _partner(line: bytes) -> str:
    start = line.find(_KEY) + len(_KEY)
    return line[start : line.index(b'"', start)].decode()


def _line(data: dict[str, object]) -> Line:
    try:
        return Line(
            day=day_of(str(data["day"])),
            kind=str(data["kind"]),
            member=str(data["member"]),
            points=of_json(data["points"]),
            url=str(data["url"]),
            not_counted=str(data["not_counted"]) if "not_counted" in data else None,
            alone=bool(data.get("self_merged")),
            source=str(data["source"]) if "source" in data else None,
            approved_by=str(data["approved_by"]) if "approved_by" in data else None,
            agent=str(data["agent"]) if "agent" in data else None,
        )
    except (KeyError, ValueError) as error:
        raise UserError(
            f"A line in {FOLDER}/ is no contribution: {data}. Restore it from git."
        ) from error
