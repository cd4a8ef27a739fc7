"""Writes a month's contributions: one JSON object a line, in files of at most 1.4 MB.

The lines are sorted by partner, day and address, so that a diff shows what came and went, and a
search for an address finds its points, or why it does not count. Decides the lines, where a file
ends, and its name.
"""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from heapq import merge
from itertools import count, filterfalse
from json.encoder import encode_basestring as _json

from ..intake.ranking_files import FOLDER, contributions_name
from ..model.contribution import Contribution
from ..model.file import File, Packing
from ..model.month import Month
from ..model.ranking import ContributionFile, Ranking
from ..model.verdict import Counted, Uncounted

LARGEST = 1_400_000
"""Bytes of a file, so that it fits in one commit by the API (`model/publication.py`), in base64."""


class ContributionFiles:
    """The files of one month's contributions.

    `committed`: the files that the committed month names. A file with the same content keeps its
    name. A file with other content gets a name that none of them has, so that the committed month
    is whole until its ranking is replaced. `largest`: bytes of a file; one that would have more
    goes on in the next file.
    """

    def __init__(
        self, month: Month, committed: Sequence[ContributionFile] = (), largest: int = LARGEST
    ) -> None:
        self._largest = largest
        self._known: defaultdict[str, deque[str]] = defaultdict(deque)
        for one in committed:
            self._known[one.sha256].append(one.name)
        names = (contributions_name(month, number) for number in count(1))
        self._free = filterfalse({one.name for one in committed}.__contains__, names)
        self._named: list[ContributionFile] = []
        self._files: list[File] = []
        self._packing, self._lines = Packing(), 0

    def add(
        self, slug: str, counted: Sequence[Counted], uncounted: Sequence[Uncounted]
    ) -> str | None:
        """Add a partner's contributions, and return the digest of their lines; None without any.

        Partners are added in the order of their slugs. `counted` and `uncounted` are sorted.
        """
        whole = hashlib.sha256()
        for line in _lines(slug, merge(counted, uncounted, key=_place) if uncounted else counted):
            if self._packing.size + len(line) > self._largest and self._lines:
                self._end()
            self._packing.add(line)
            self._lines += 1
            whole.update(line)
        return f"sha256:{whole.hexdigest()[:16]}" if counted or uncounted else None

    def named_in(self, ranking: Ranking) -> tuple[Ranking, tuple[File, ...]]:
        """Return the ranking with the names of the files, and the files: at least one."""
        if self._lines or not self._named:
            self._end()
        return replace(ranking, contributions=tuple(self._named)), tuple(self._files)

    def _end(self) -> None:
        packed = self._packing.end()
        known = self._known[packed.sha256]
        name = known.popleft() if known else next(self._free)
        self._named.append(ContributionFile(name=name, lines=self._lines, sha256=packed.sha256))
        self._files.append(File(path=f"{FOLDER}/{name}", text=packed))
        self._packing, self._lines = Packing(), 0


def _place(entry: Counted | Uncounted) -> tuple[date, str]:
    return entry.contribution.day, entry.contribution.url


def _approver(one: Contribution) -> str | None:
    """Return who approved a claim; None for what GitHub shows."""
    by = one.accepted.by if one.accepted and one.repository is None else None
    return by.login if by else None


def _lines(slug: str, entries: Iterable[Counted | Uncounted]) -> Iterator[bytes]:
    """Yield a line for each contribution: JSON with sorted keys and no spaces.

    The pieces are joined here, since a call of `json.dumps` for each of a million lines takes
    several times as long.
    """
    partner = _json(slug)
    for entry in entries:
        one = entry.contribution
        if isinstance(entry, Counted):
            alone = ',"self_merged":true' if entry.self_merged else ""
            told, points = "", f'"points":{entry.points}{alone}'
        else:
            told, points = f'"not_counted":{_json(entry.reason)},', '"points":0'
        source = one.accepted.source if one.accepted else None
        told_agent = f'"agent":{_json(one.made_by.login)},' if one.made_by else ""
        told_source = f'"source":{_json(source)},' if source else ""
        approver = None if source else _approver(one)
        approved = f'"approved_by":{_json(approver)},' if approver else ""
        yield (
            f'{{{told_agent}{approved}"day":"{one.day}","kind":{_json(one.kind)},'
            f'"member":{_json(entry.github)},{told}"partner":{partner},{points},'
            f'{told_source}"url":{_json(one.url)}}}\n'
        ).encode()
