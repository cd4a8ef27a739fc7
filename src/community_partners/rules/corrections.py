"""Compares a committed month with a new computation of the month, and lists the changes.

A committed month is never changed in silence: the file lists each change as a correction. A new
digest alone (a newer policy or other evidence with the same result) is no change.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..model.month import listed
from ..model.ranking import Correction, PartnerMonth, Ranking


def settled(committed: Ranking | None, fresh: Ranking, today: date) -> Ranking:
    """Return the ranking to commit.

    `committed`: the ranking in the repository, or None; `fresh`: the new computation. Returns
    `committed` if the results are equal, else `fresh` with a correction dated `today`.
    """
    if committed is None:
        return fresh
    if _result(committed) == _result(fresh):
        return committed
    correction = Correction(day=today, changes=tuple(_changes(committed, fresh)))
    return replace(fresh, corrections=(*committed.corrections, correction))


def _result(ranking: Ranking) -> Ranking:
    """Return the ranking without digests, versions and corrections, to compare results."""
    same = replace(ranking.basis, version="", date=date.min, policy="", records="", evidence="")
    rows = tuple(map(_row, ranking.partners))
    return replace(ranking, basis=same, partners=rows, corrections=())


def _row(row: PartnerMonth) -> PartnerMonth:
    """Return a partner's result. Flags are none, nor is the size of a team, new in the files."""
    return replace(row, flags=(), seats=None)


def _changes(before: Ranking, after: Ranking) -> Iterator[str]:
    """Yield one sentence per change: first the inputs that changed, then partner by partner."""
    causes = [
        words
        for words, then, now in (
            ("program.yml", before.basis.policy, after.basis.policy),
            ("the partners' records", before.basis.records, after.basis.records),
            ("what the sources say", before.basis.evidence, after.basis.evidence),
        )
        if then != now
    ]
    if causes:
        yield f"changed since: {listed(causes)}."
    then = {row.slug: row for row in before.partners}
    now = {row.slug: row for row in after.partners}
    for slug in sorted(then.keys() | now.keys()):
        if slug not in now:
            yield f"{slug}: no partner any more."
        elif slug not in then:
            yield f"{slug}: was not there."
        elif _row(then[slug]) != _row(now[slug]):
            yield f"{slug}: {'; '.join(_of_partner(then[slug], now[slug]))}."
    if before.homepage != after.homepage:
        yield f"homepage: {_slots(after)} instead of {_slots(before)}."
    if before.people != after.people:
        yield "people: others to settle than before."
    if before.contributions != after.contributions and before.partners == after.partners:
        yield "contributions: the same, in other files."


def _of_partner(then: PartnerMonth, now: PartnerMonth) -> Iterator[str]:
    pairs = [
        ("points", then.points, now.points),
        ("rank", then.rank or "none", now.rank or "none"),
        ("standing", then.standing.standing, now.standing.standing),
        *_outcomes(then, now),
    ]
    told = [f"{word} {b} instead of {a}" for word, a, b in pairs if a != b]
    if then.points == now.points and then.contributions != now.contributions:
        told.append("the same points from other contributions")
    return iter(told or ["details"])


def _outcomes(then: PartnerMonth, now: PartnerMonth) -> Iterator[tuple[str, str, str]]:
    """Yield each criterion's title in lower case, and its outcome then and now.

    The outcome is `nothing` if that version of the month does not have the criterion.
    """
    before = {one.criterion: one.outcome for one in then.findings}
    after = {one.criterion: one.outcome for one in now.findings}
    titles = {one.criterion: one.title for one in (*then.findings, *now.findings)}
    for criterion, title in titles.items():
        outcomes = before.get(criterion, "nothing"), after.get(criterion, "nothing")
        yield title.lower(), *outcomes


def _slots(ranking: Ranking) -> str:
    return listed(ranking.homepage) if ranking.homepage else "nobody"
