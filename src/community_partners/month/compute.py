"""Computes closed months and their files, for `partners month`.

Gather: the committed months, and the evidence of the months that are asked for. Decide: the months
in order, since each month builds on the month before. The caller writes, commits and tells.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import FailuresError, UserError
from ..evidence.of_months import Asked
from ..intake.price_table import load_prices
from ..intake.ranking_files import (
    FOLDER,
    PAGE,
    committed_months,
    contributions_on_disk,
    read_ranking,
    refuse_damaged,
    repositories_name,
)
from ..intake.yaml_document import read_text
from ..model.contribution import Repository
from ..model.evidence import MonthEvidence
from ..model.file import File
from ..model.month import Month, listed
from ..model.partner import Partner
from ..model.partner_pages import PartnerPages
from ..model.problem import Problem
from ..model.program import Program
from ..model.ranking import Basis, Ranking
from ..publication.partner_pages import directory_files
from ..rules.corrections import settled
from ..rules.failed_sources import lasting_failures, missing
from ..rules.month_case import Shared, shared, window
from ..rules.month_result import month_result, partners_in
from ..rules.months_to_run import next_try, refuse_gap
from ..rules.price_edition import asked_of
from ..stored import MonthDigests, dump_lines, policy_digest
from ..words.ranking_page import is_ranking_page, ranking_page
from .contribution_files import ContributionFiles

GatherMonths = Callable[[Asked], Mapping[Month, MonthEvidence]]


@dataclass(frozen=True, kw_only=True)
class MonthDone:
    """The result of one month.

    `ranking`: the month as it should stand. `before`: the month before, or None. `known`: the same
    month as it was committed before this run, or None. `contributions`: the files that the ranking
    names; () if they stay as they are on disk. `lasting_failures`: a sentence for each source whose
    failure lasts. `left_out`: what lists of helpers say of the month and nobody can take.
    `repositories`: the branches and rights on which the month's points rest.
    `evidence`: None if another job gathered it.
    """

    ranking: Ranking
    before: Ranking | None
    known: Ranking | None
    contributions: tuple[File, ...]
    lasting_failures: tuple[str, ...]
    repositories: dict[str, Repository]
    left_out: tuple[Problem, ...] = ()
    evidence: MonthEvidence | None = None

    @property
    def corrected(self) -> bool:
        """Tell whether the month was committed before with another result."""
        return self.known is not None and self.known != self.ranking


def run_months(
    months: Sequence[Month],
    partners: Sequence[Partner],
    program: Program,
    root: Path,
    gather: GatherMonths,
    today: date,
    *,
    anew: bool,
) -> tuple[MonthDone, ...]:
    """Return each month's result, in order.

    `anew`: a person asks for these months. Else a month that was committed under another policy
    stays as it is. Raises UserError if evidence or an earlier month is missing.
    """
    refuse_gap(months[0], committed_months(root))
    table = load_prices()
    asked = {
        month: {
            partner.slug: asked_of(partner, month, program, table)
            for partner in partners_in(month, partners)
        }
        for month in months
    }
    gathered = gather(asked)
    for month in months:
        _refuse_incomplete(gathered[month], partners_in(month, partners), program, today)
    done: list[MonthDone] = []
    digests = MonthDigests()
    common: Shared | None = None
    committed = _committed(months[0], program, root)
    before = committed.get(months[0] - 1)
    if before:
        refuse_damaged(root, before)
    with no_search_for_circles():
        for month in months:
            here, evidence = partners_in(month, partners), gathered[month]
            basis = _basis(program, digests.of_records(here), digests.of(evidence))
            known = read_ranking(root, month)
            files = ContributionFiles(month, known.contributions if known else ())
            common = shared(here, evidence, program, common)
            result = month_result(here, common, asked[month], committed, basis, keep=files.add)
            fresh, contributions = files.named_in(result)
            ranking = settled(known, fresh, today)
            if known and not anew and known.basis.policy != basis.policy:
                ranking = known
            if ranking.contributions != fresh.contributions:
                contributions = ()
                refuse_damaged(root, ranking)
            done.append(
                MonthDone(
                    ranking=ranking,
                    before=before,
                    evidence=evidence,
                    known=known,
                    contributions=contributions,
                    lasting_failures=lasting_failures(evidence),
                    repositories=_repositories(evidence),
                    left_out=_left_out(evidence),
                )
            )
            before = committed[month] = ranking
    return tuple(done)


def _committed(first: Month, program: Program, root: Path) -> dict[Month, Ranking]:
    """Return the committed rankings before `first` whose points are added up with it."""
    found = {one: read_ranking(root, one) for one in (*window(first, program)[:-1], first - 1)}
    return {month: ranking for month, ranking in found.items() if ranking}


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Switch Python's cyclic garbage collector off: it takes a fifth of the time of many months.

    A month's values have no reference cycles, so the collector would find nothing. What it does
    grows with the values that are kept, of all months.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@no_search_for_circles()
def files_of(
    done: Iterable[MonthDone],
    partners: Sequence[Partner],
    root: Path,
    program: Program,
    pages: PartnerPages,
) -> tuple[File, ...]:
    """Return all files of the months: contributions, pages, the rankings, and what they replace.

    A ranking makes the month: if a run is cut off before the ranking is written, the month did not
    happen, or stands as it was. A file with the text None is to be removed.
    """
    several = tuple(done)
    results = {one.ranking.month: one.ranking for one in several}
    months = sorted({*committed_months(root), *results})
    latest = results.get(months[-1]) or read_ranking(root, months[-1])
    before = results.get(months[-1] - 1) or read_ranking(root, months[-1] - 1)
    if latest is None:
        raise AssertionError(months)
    return (
        *(file for one in several for file in one.contributions),
        *map(repositories_file, several),
        *_page(pages, ranking_page(latest, before, months, program, pages), root),
        *directory_files(pages, partners, latest, program, root),
        *map(ranking_file, results.values()),
        *(file for one in several[:1] if one.before for file in _left_over(one.before, root)),
        *(file for one in several for file in _left_over(one.ranking, root)),
    )


def _page(pages: PartnerPages, text: str, root: Path) -> Iterator[File]:
    """Yield the page of the rankings; or its removal, if it is ours and the site has the pages."""
    if not pages.site:
        yield File(path=PAGE, text=text)
    elif (root / PAGE).is_file() and is_ranking_page(read_text(root / PAGE)):
        yield File(path=PAGE, text=None)


def _repositories(evidence: MonthEvidence) -> dict[str, Repository]:
    work = evidence.work[evidence.month].value
    return work.repositories if work else {}


def _left_out(evidence: MonthEvidence) -> tuple[Problem, ...]:
    months = (one for one in evidence.claims.value or () if one.month == evidence.month)
    return tuple(problem for one in months for problem in one.left_out)


def repositories_file(one: MonthDone) -> File:
    """Return the file of the branches and rights on which the month's points rest."""
    path = f"{FOLDER}/{repositories_name(one.ranking.month)}"
    return File(path=path, text=dump_lines(one.repositories, dict[str, Repository]))


def ranking_file(ranking: Ranking) -> File:
    """Return the file of a month."""
    return File(path=f"{FOLDER}/{ranking.month}.json", text=dump_lines(ranking, Ranking))


def _left_over(ranking: Ranking, root: Path) -> Iterator[File]:
    """Yield the removal of the files of contributions that the month does not name.

    The month named them before it was corrected, or a correction was cut off.
    """
    named = {one.name for one in ranking.contributions}
    for name in sorted(contributions_on_disk(root, ranking.month) - named):
        yield File(path=f"{FOLDER}/{name}", text=None)


def resting_on(done: Iterable[MonthDone], root: Path) -> str | None:
    """Return a sentence that names later committed months to compute again, or None.

    Such a month was computed from a month that is corrected now.
    """
    different = [one.ranking.month for one in done if one.corrected]
    later = [month for month in committed_months(root) if different and month > different[-1]]
    if not later:
        return None
    return (
        f"{listed([month.title for month in later])} rested on {different[-1].title} as it was: "
        f"compute again with --from {later[0]} --to {later[-1]}."
    )


def _refuse_incomplete(
    evidence: MonthEvidence, partners: Sequence[Partner], program: Program, today: date
) -> None:
    """Raise UserError if a source must be asked again, or evidence lacks a partner or a month."""
    sentences = missing(evidence)
    if sentences:
        nothing = f"{evidence.month.title} cannot be ranked yet, and nothing was written."
        raise FailuresError((nothing, *sentences, next_try(evidence.month, today)))
    lacking = [one.slug for one in partners if one.slug not in evidence.sponsorships]
    lacking += [str(one) for one in window(evidence.month, program) if one not in evidence.work]
    if lacking:
        raise UserError(
            f"The evidence says nothing of {listed(lacking)}. Store it anew with --save-evidence."
        )


def _basis(program: Program, records: str, evidence: str) -> Basis:
    return Basis(
        program=program.name,
        version=program.policy.version,
        date=program.policy.date,
        policy=policy_digest(program),
        records=records,
        evidence=evidence,
    )
