"""Decides what an admission publishes and says, all in one value, and applies it.

The records are committed, or proposed if the branch is protected. Then each issue is answered once,
and closed. If the run is cut off anywhere, the next run does the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ..checkout.head import head_of
from ..errors import FailuresError
from ..evidence.merged import Merged
from ..intake.yaml_document import read_text, write_yaml
from ..model.file import File, packed
from ..model.month import listed
from ..model.partner import Partner
from ..model.partner_pages import PartnerPages, paths_of
from ..model.program import Program
from ..model.publication import Notice, Publication, UpToDate
from ..publication.place import Place, address
from ..publication.publish import publish
from ..publication.tell import tell
from ..words.partner_page import partner_pages
from ..words.publication import describe
from ..words.welcome import Links, not_admitted, welcome
from .admit import Decided, record_path


@dataclass(frozen=True, kw_only=True)
class AdmissionPlan:
    """All that a run publishes and says about merged applications."""

    done: tuple[Decided, ...]
    publication: Publication


def plan_admission(
    done: Sequence[Decided], program: Program, place: Place, ask: Callable[[], PartnerPages]
) -> AdmissionPlan:
    """Return what to publish and to say. `ask`: where pages are; called if there is a partner."""
    admitted = [(one, one.partner) for one in done if one.partner]
    pages = ask() if admitted else PartnerPages()
    branch = UpToDate(branch=head_of(place.git).branch)
    publication = Publication(
        files=tuple(
            file
            for one, partner in admitted
            for file in _files(one, partner, program, place, pages)
        ),
        message=_message(admitted),
        own=f"admit-{admitted[0][0].merged.slug}" if admitted else "",
        notices=(
            *(
                _welcome(partner, one.merged.number, one.merged, program, place, branch, pages)
                for one, partner in admitted
                if one.merged.number is not None
            ),
            *_refusals(done),
        ),
    )
    return AdmissionPlan(done=tuple(done), publication=publication)


def announce(decide: Callable[[], AdmissionPlan], place: Place) -> Iterator[str]:
    """Publish and tell; yield a sentence for each thing that was done.

    `decide` is called again if the branch has moved. If an application fails, the others are still
    handled; then UserError is raised with all failures.
    """
    plan, published = publish(decide, place)
    if plan.publication.files:
        yield describe(published)
    told = tell(plan.publication, published, place)
    yield from told.sentences
    failures = [f"{one.merged.name}: {' '.join(one.refused)}" for one in plan.done if one.refused]
    if failures or told.failures:
        raise FailuresError((*failures, *told.failures))


def _files(
    one: Decided, partner: Partner, program: Program, place: Place, pages: PartnerPages
) -> Iterator[File]:
    """Yield page and badge, unless the site makes them, then logo and record of a partner.

    The record comes last: if it exists, all of the partner's files exist. The files of a present
    partner stay as they are on disk, where a proposed record waits for its merge.
    """
    if one.record:
        if not pages.site:
            yield from partner_pages([partner], None, program)
        if one.logo:
            yield one.logo
        yield File(path=record_path(partner.slug), text=write_yaml(one.record))
        return
    logo = partner.logo.file if partner.logo else None
    if logo and (place.git.root / logo).is_file() and not (place.git.root / logo).is_symlink():
        yield File(path=logo, text=packed((place.git.root / logo).read_bytes()))
    for path in (*paths_of(partner.slug), record_path(partner.slug)):
        if (place.git.root / path).is_file():
            yield File(path=path, text=read_text(place.git.root / path))


def _message(admitted: Sequence[tuple[Decided, Partner]]) -> str:
    """Return the commit's message. It has slugs: GitHub would obey a name such as `Closes #1`."""
    slugs = [partner.slug for _, partner in admitted]
    subject = f"Admit {slugs[0]}" if len(slugs) == 1 else f"Admit {len(slugs)} partners"
    lines = [
        f"{partner.slug}: {partner.terms.amount} a month (edition {partner.terms.edition}), by "
        f"{_by(one.merged)}."
        for one, partner in admitted
    ]
    return "\n".join((subject, "", *lines)) + "\n"


def _by(merged: Merged) -> str:
    return "hand" if merged.number is None else f"application #{merged.number}"


def _welcome(
    partner: Partner,
    number: int,
    merged: Merged,
    program: Program,
    place: Place,
    branch: UpToDate,
    pages: PartnerPages,
) -> Notice:
    """Return the welcome to a partner, after which its issue is closed."""
    shown, raw = (address(place, branch, "", raw=raw).rstrip("/") for raw in (False, True))
    links = Links(
        record=address(place, branch, record_path(partner.slug)),
        page=pages.page(partner.slug, shown),
        badge=pages.badge(partner.slug, raw),
        on_site=pages.site is not None,
    )
    return Notice(
        thread=number,
        kind=f"welcome {partner.slug} {partner.accepted}",
        body=welcome(partner, program, links, merged.unconfirmed),
        about=partner.name,
        closes=merged.in_issue,
    )


def _refusals(done: Sequence[Decided]) -> Iterator[Notice]:
    """Yield one comment for each thread: why its applications were not admitted."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in done:
        if one.refused and one.merged.number is not None:
            told = (one.merged.name, " ".join(one.refused))
            found.setdefault(one.merged.number, []).append(told)
    for number, refused in found.items():
        said = not_admitted(refused)
        yield Notice(
            thread=number,
            kind=f"not-admitted {sha256(said.encode()).hexdigest()[:12]}",
            body=said,
            about=listed([name for name, _ in refused]),
            waits=False,
        )
