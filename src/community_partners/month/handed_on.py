"""Hands months from the job that judges to the job that may write to the repository.

The folder holds what is published anyway, and no evidence: everybody can download what a workflow
hands on, and evidence may hold private payments. The job that writes has no secret. It takes the
months only if they rest on the policy, the records and the earlier months that it finds itself.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import UserError
from ..intake.ranking_files import (
    FOLDER,
    committed_months,
    contributions_on_disk,
    read_ranking,
    read_repositories,
    refuse_damaged,
)
from ..intake.stored_file import read_stored
from ..model.file import File, Packing
from ..model.month import Month
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.ranking import Ranking
from ..rules.month_result import partners_in
from ..stored import digest_of, dump
from .compute import MonthDone, ranking_file, repositories_file
from .contribution_files import LARGEST

NAME = "handed-on.json"
_REMEDY = "Start the workflow again."
_PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedMonths:
    """The facts that are handed on beside months. `rests_on`: the digest of all that they rest on.

    `lasting_failures`: a sentence for each source whose failure lasts, for the digest. `left_out`:
    what lists of helpers say of the last month and nobody can take, for the digest.
    """

    rests_on: str
    lasting_failures: tuple[str, ...] = ()
    left_out: tuple[Problem, ...] = ()


def write_months(
    done: Sequence[MonthDone],
    folder: Path,
    program: Program,
    partners: Sequence[Partner],
    root: Path,
) -> None:
    """Write months to a folder that does not exist yet. Raises UserError."""
    months = [one.ranking.month for one in done]
    beside = HandedMonths(
        rests_on=_rests_on(months, program, partners, root),
        lasting_failures=done[-1].lasting_failures,
        left_out=done[-1].left_out,
    )
    files = [
        *(file for one in done for file in one.contributions),
        *map(repositories_file, done),
        *(ranking_file(one.ranking) for one in done),
        File(path=NAME, text=dump(beside, HandedMonths)),
    ]
    try:
        (folder / FOLDER).mkdir(parents=True)
        for file in files:
            with (folder / file.path).open("wb") as target:
                target.writelines(file.pieces())
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from error


def read_months(
    folder: Path, program: Program, partners: Sequence[Partner], root: Path, today: date
) -> tuple[MonthDone, ...]:
    """Return the months in a folder, the earliest first.

    Raises UserError if they are damaged, are about other partners, or rest on another policy, or on
    records or months that have changed since.
    """
    beside = read_stored(folder / NAME, "handed-on-months", HandedMonths, _REMEDY)
    months = committed_months(folder)
    if not months or months[-1] >= Month.of(today):
        raise UserError(f"{folder} holds no closed month. {_REMEDY}")
    if beside.rests_on != _rests_on(months, program, partners, root):
        raise UserError(
            "The policy, the records or the months have changed since these months were judged: "
            f"nothing was published. {_REMEDY}"
        )
    done: list[MonthDone] = []
    before = read_ranking(root, months[0] - 1)
    for month in months:
        ranking = _read(folder, month, partners)
        done.append(
            MonthDone(
                ranking=ranking,
                before=before,
                known=read_ranking(root, month),
                contributions=tuple(_contributions(folder, root, ranking)),
                lasting_failures=beside.lasting_failures,
                left_out=beside.left_out,
                repositories=read_repositories(folder, month),
            )
        )
        before = ranking
    return tuple(done)


def _read(folder: Path, month: Month, partners: Sequence[Partner]) -> Ranking:
    """Return a month. Raises UserError if it is damaged, or is not about these partners."""
    ranking = read_ranking(folder, month)
    known = {partner.slug for partner in partners_in(month, partners)}
    if ranking is None or {row.slug for row in ranking.partners} != known:
        raise UserError(f"{month} in {folder} is not about the partners of {month}. {_REMEDY}")
    return ranking


def _contributions(folder: Path, root: Path, ranking: Ranking) -> Iterator[File]:
    """Yield the files that a month names, unless they stay as they are on disk."""
    handed = [one for one in ranking.contributions if (folder / FOLDER / one.name).is_file()]
    if not handed:
        refuse_damaged(root, ranking)
        return
    refuse_damaged(folder, ranking)
    theirs = contributions_on_disk(folder, ranking.month)
    for one in ranking.contributions:
        path = folder / FOLDER / one.name
        if one.name not in theirs or path.stat().st_size > LARGEST:
            raise UserError(f"{path} is no file of {ranking.month}. {_REMEDY}")
        packing = Packing()
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                packing.add(piece)
        yield File(path=f"{FOLDER}/{one.name}", text=packing.end())


def _rests_on(
    months: Sequence[Month], program: Program, partners: Sequence[Partner], root: Path
) -> str:
    """Return the digest of what months rest on, beside evidence: policy, records, earlier months.

    The months themselves count too, as they are committed so far.
    """
    committed = [root / FOLDER / f"{month}.json" for month in (months[0] - 1, *months)]
    files = tuple(_digest(path) for path in committed)
    records = digest_of(tuple(partners), tuple[Partner, ...])
    return digest_of((digest_of(program, Program), records, *files), tuple[str, ...])


def _digest(path: Path) -> str:
    """Return the digest of a file, whatever ends its lines; "" if there is no such file."""
    if not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
