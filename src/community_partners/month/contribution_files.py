"""Writes a month's counted contributions: one JSON object a line, in files of at most 20 MB.

The lines are sorted by partner, day and address, so that a diff shows what came and went, and a
search for an address finds its points. Decides the lines, and where a file ends.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..intake.ranking_files import FOLDER, contributions_name
from ..model.file import File
from ..model.month import Month
from ..model.ranking import ContributionFile, Ranking
from ..model.verdict import Counted

LARGEST = 20_000_000
"""Bytes of a file. GitHub warns of files above 50 MiB and refuses files above 100 MiB.

https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github
"""
_json = json.JSONEncoder(ensure_ascii=False).encode


def with_contributions(
    ranking: Ranking, counted: Mapping[str, Sequence[Counted]], largest: int = LARGEST
) -> tuple[Ranking, tuple[File, ...]]:
    """Return the ranking with the digests of its contributions, and the files that hold them.

    `counted`: the contributions of each partner, sorted, by slug. `largest`: bytes of a file. There
    is always one file, if only an empty one.
    """
    files = _Files(ranking.month, largest)
    digests = {slug: files.add(tuple(_lines(slug, counted[slug]))) for slug in sorted(counted)}
    files.end()
    partners = tuple(replace(row, contributions=digests.get(row.slug)) for row in ranking.partners)
    named = replace(ranking, partners=partners, contributions=tuple(files.named))
    return named, tuple(files.written)


class _Files:
    """Collects lines, and begins another file before one becomes too large.

    `named`: what the ranking says of each file. `written`: the files.
    """

    def __init__(self, month: Month, largest: int) -> None:
        self.named: list[ContributionFile] = []
        self.written: list[File] = []
        self._month, self._largest = month, largest
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, lines: Sequence[bytes]) -> str | None:
        """Add a partner's lines, and return their digest; None if there are none."""
        for line in lines:
            if self._size + len(line) > self._largest and self._lines:
                self.end()
            self._lines.append(line)
            self._size += len(line)
        digest = hashlib.sha256(b"".join(lines)).hexdigest()
        return f"sha256:{digest[:16]}" if lines else None

    def end(self) -> None:
        """End the file that has been collected."""
        content = b"".join(self._lines)
        name = contributions_name(self._month, len(self.named) + 1)
        self.named.append(
            ContributionFile(
                name=name, lines=len(self._lines), sha256=hashlib.sha256(content).hexdigest()
            )
        )
        self.written.append(File(path=f"{FOLDER}/{name}", text=content.decode()))
        self._lines, self._size = [], 0


def _lines(slug: str, counted: Sequence[Counted]) -> Iterator[bytes]:
    """Yield a line for each contribution: JSON with sorted keys and no spaces.

    The pieces are joined here, since a call of `json.dumps` for each of a million lines takes
    several times as long.
    """
    partner = _json(slug)
    for entry in counted:
        one = entry.contribution
        yield (
            f'{{"day":"{one.day}","kind":{_json(one.kind)},"member":{_json(entry.github)},'
            f'"partner":{partner},"points":{entry.points},"url":{_json(one.url)}}}\n'
        ).encode()
