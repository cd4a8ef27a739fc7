"""Write values of the model as JSON and read them back: evidence to decide on again, kept months.

Decides the written form only. The same value always gives the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from sys import intern
from typing import Any, TypeVar, get_origin

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from .model.application import Member
from .model.contribution import Acceptance, Account, MonthOfWork, Repository, Row
from .model.day import day_of
from .model.evidence import Answer, Evidence, MonthEvidence
from .model.fair_play import FairPlay
from .model.money import Money
from .model.month import Month
from .model.partner import Partner
from .model.points import Points, in_json, of_json
from .model.program import Claims, Program
from .model.site import Site

T = TypeVar("T")


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind, write, read in (
        (Decimal, str, Decimal),
        (Money, str, Money.parse),
        (Month, str, Month.parse),
        (date, date.isoformat, day_of),
        (datetime, datetime.isoformat, datetime.fromisoformat),
    ):
        converter.register_unstructure_hook(kind, write)
        converter.register_structure_hook(kind, lambda value, _, read=read: read(value))
    converter.register_unstructure_hook(Points, in_json)
    converter.register_structure_hook(Points, lambda value, _: of_json(value))
    # Months name the same partners, members and criteria again and again: keep each text once.
    # cattrs asks this hook for subclasses of `str` as well, which are the enumerations.
    converter.register_structure_hook(
        str, lambda value, kind: intern(value) if kind is str else kind(value)
    )
    return converter


def _of_facts() -> Converter:
    """Return the converter for digests, which leaves out times and places of reading.

    Left out are the time at which a source was asked, the day of a month's evidence, what is told
    of a source's faults, and the line in which a record names a member.
    """
    converter = _converter()
    left_out = override(omit=True)
    converter.register_unstructure_hook_factory(
        lambda kind: Answer in (kind, get_origin(kind)),
        lambda kind: make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True, asked_at=left_out
        ),
    )
    converter.register_unstructure_hook(
        MonthOfWork,
        make_dict_unstructure_fn(
            MonthOfWork, converter, _cattrs_omit_if_default=True, left_out=left_out
        ),
    )
    converter.register_unstructure_hook(
        MonthEvidence,
        make_dict_unstructure_fn(
            MonthEvidence, converter, _cattrs_omit_if_default=True, today=left_out
        ),
    )
    converter.register_unstructure_hook(
        Member,
        make_dict_unstructure_fn(Member, converter, _cattrs_omit_if_default=True, place=left_out),
    )
    return converter


_CONVERTER = _converter()
_FACTS = _of_facts()


def dump(value: object, kind: Any, indent: int | None = 2) -> str:
    """Return `value`, of the type `kind`, as JSON text: sorted keys, a newline at the end.

    `indent`: spaces for each level; None writes one line.
    """
    data = _CONVERTER.unstructure(value, unstructure_as=kind)
    if indent is None:  # the encoder in C, which writes no indent, is much faster
        return json.dumps(data, sort_keys=True, ensure_ascii=False) + "\n"
    text = StringIO()  # json.dumps() would keep all small pieces in memory until the end
    json.dump(data, text, indent=indent, sort_keys=True, ensure_ascii=False)
    return text.getvalue() + "\n"


def dump_lines(value: object, kind: Any) -> str:
    """Return `value` as JSON with one line for each key, and one for each entry of its lists.

    So a diff shows which partner of a ranking changed, and a search for a slug gives its line.
    """
    return in_lines(_CONVERTER.unstructure(value, unstructure_as=kind))


def in_lines(data: Mapping[str, Any]) -> str:
    """Return plain data as JSON, in lines as `dump_lines` writes them."""
    lines = (f"{_compact(key)}:{_entries(data[key])}" for key in sorted(data))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _entries(value: Any) -> str:
    """Return JSON text: a line for each entry of a list, any other value on one line."""
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n" + ",\n".join(map(_compact, value)) + "\n]"


def _points(value: object) -> int | float:
    if isinstance(value, Decimal) and value * 2 == int(value * 2):
        return in_json(value)
    raise TypeError(f"{value!r} has no form in JSON")


_compact = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_points,
).encode


def load(data: Any, kind: type[T]) -> T:
    """Return the value of type `kind` that `dump` or `dump_lines` wrote; `data`: the parsed JSON.

    Raises cattrs' errors for any other data: validate first.
    """
    return _CONVERTER.structure(data, kind)


def digest(evidence: Evidence) -> str:
    """Return the digest of the evidence on one application."""
    return digest_of(evidence, Evidence)


def digest_of(value: object, kind: Any) -> str:
    """Return the digest of a value: `sha256:` and 16 hexadecimal digits.

    The digest covers the facts, not when and where they were read. So the same facts give the same
    comment, however often they are looked up.
    """
    data = _FACTS.unstructure(value, unstructure_as=kind)
    return _digest([json.dumps(data, sort_keys=True, ensure_ascii=False)])


def policy_digest(program: Program) -> str:
    """Return the digest of the policy that a month rests on.

    The policy for silent applications changes no month, nor do the texts of the site, who may
    approve a claim in an issue, and from when on a flag is raised. What an import says shows in
    the evidence, by its rows.
    """
    work = program.contribution
    claims = Claims(folder=work.claims.folder) if work.claims else None
    work = replace(work, claims=claims)
    same = replace(program, waiting=None, site=Site(), fair_play=FairPlay(), contribution=work)
    return digest_of(same, Program)


class MonthDigests:
    """Makes digests of what months rest on, as `digest_of` does for other values.

    Months that follow each other rest on the same work: each month of work is read once. Its
    contributions go into the digest a few at a time, since there can be a million.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[MonthOfWork, str]] = {}
        self._records: tuple[tuple[Partner, ...], str] | None = None

    def of_records(self, partners: tuple[Partner, ...]) -> str:
        """Return the digest of a month's records, which mostly are those of the month before."""
        if not self._records or self._records[0] != partners:
            self._records = (partners, digest_of(partners, tuple[Partner, ...]))
        return self._records[1]

    def of(self, evidence: MonthEvidence) -> str:
        """Return the digest of the evidence on one month."""
        facts = [digest_of(replace(evidence, work={}), MonthEvidence)]
        for month, answer in sorted(evidence.work.items()):
            facts += [str(month), digest_of(replace(answer, value=None), Answer[MonthOfWork])]
            facts += [self._of_work(answer.value)] if answer.value else []
        return _digest([_compact(facts)])

    def _of_work(self, work: MonthOfWork) -> str:
        if id(work) not in self._known:  # the value is kept, so that no other gets its id
            places = digest_of(work.repositories, dict[str, Repository])
            self._known[id(work)] = (work, _digest(chain([places], _facts(work.packed.rows()))))
        return self._known[id(work)][1]


def _facts(contributions: Iterable[Row]) -> Iterator[str]:
    """Yield the facts of all contributions as JSON, some hundreds in each text."""
    entries = iter(contributions)
    while some := [
        (
            *(one.kind, one.day.isoformat(), one.title, one.url, one.repository),
            *(_account(one.by), _account(one.of)),
            *(_acceptance(one.accepted) if one.accepted else ()),
        )
        for one in islice(entries, 500)
    ]:
        yield _compact(some)


def _account(account: Account | None) -> tuple[str, int | None, bool] | None:
    return (account.login, account.id, account.bot) if account else None


def _acceptance(accepted: Acceptance) -> tuple[Any, ...]:
    return (
        *(_account(accepted.by), accepted.branch, accepted.head),
        *(list(map(_account, accepted.approved_by)), accepted.opinion, _account(accepted.author)),
        *((_account(accepted.agent), accepted.asked) if accepted.agent else ()),
    )


def _digest(texts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text.encode())
    return f"sha256:{whole.hexdigest()[:16]}"


def keep(path: Path, content: bytes) -> None:
    """Write data that can be asked for again to a file, complete or not at all.

    Other runs may write the same file. If the file cannot be written, nothing is raised: the next
    run asks again, and the verdict is the same. A run that was killed leaves a draft, which the
    next run removes; if another run loses its draft by that, it keeps nothing this time.
    """
    draft = path.with_name(f".{path.name}.{hashlib.sha256(content).hexdigest()[:16]}.draft")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{path.name}.*.draft"):
            left.unlink(missing_ok=True)
        draft.write_bytes(content)
        try:
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
