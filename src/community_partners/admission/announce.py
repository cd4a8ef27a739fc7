"""Applies the decisions of `admit.py`: publishes the records, and tells the applicants.

The files are written, committed and pushed, or proposed if the branch is protected. Then each issue
is answered once, and closed. If the run is cut off anywhere, the next run does the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from ..checkout.files import write
from ..checkout.git import Git
from ..checkout.publish import publish
from ..errors import UserError
from ..github.issues import close_issue, tell_once
from ..github.pulls import open_pull
from ..model.file import File
from ..model.program import Program
from ..model.publication import Protected, Published
from ..words.partner_page import partner_pages, paths_of
from ..words.publication import describe, pull_of
from ..words.welcome import Links, not_admitted, welcome
from .admit import Decided, Destination, record_path
from .merged import Merged


def apply(done: Sequence[Decided], program: Program, place: Destination) -> Iterator[str]:
    """Publish and tell; yield a sentence for each thing that was done.

    If an application fails, the others are still handled; then UserError is raised with all
    failures.
    """
    failures = [f"{one.merged.name}: {' '.join(one.refused)}" for one in done if one.refused]
    records = [one for one in done if one.partner]
    if records:
        write(place.git.root, _files(records, program))
        published = _publish(records, place.git)
        yield describe(published)
        if isinstance(published, Protected):
            # A proposed record makes no partner yet: the applicants are told after the merge.
            pull = pull_of(published, _message(records))
            yield f"Pull request: {open_pull(place.repository, pull)}"
            records = []
        for one in records:
            try:
                yield from _welcome(one, program, place, published.branch)
            except UserError as error:
                failures.append(str(error))
    for number, refused in _refused_by_thread(done).items():
        try:
            yield from _refuse(number, refused, place)
        except UserError as error:
            failures.append(str(error))
    if failures:
        raise UserError(" ".join(failures))


def _files(records: Iterable[Decided], program: Program) -> Iterator[File]:
    """Yield the pages, the badge and the record of each new partner.

    The record comes last: if it exists, all of the partner's files exist. The monthly run updates
    pages and badges.
    """
    for one in records:
        if one.partner and one.record:
            yield from partner_pages([one.partner], None, program)
            yield one.record


def _publish(records: Sequence[Decided], git: Git) -> Published:
    """Publish the files of these partners, also those that a killed run wrote and left."""
    slugs = [one.merged.slug for one in records]
    paths = (path for slug in slugs for path in (record_path(slug), *paths_of(slug)))
    present = [path for path in paths if (git.root / path).exists()]
    return publish(git, present, _message(records), f"admit-{slugs[0]}")


def _message(records: Sequence[Decided]) -> str:
    """Return the commit's message. It has slugs: GitHub would obey a name such as `Closes #1`."""
    slugs = [one.merged.slug for one in records]
    subject = f"Admit {slugs[0]}" if len(slugs) == 1 else f"Admit {len(slugs)} partners"
    lines = [
        f"{one.merged.slug}: {one.partner.terms.amount} a month (edition "
        f"{one.partner.terms.edition}), by {_by(one.merged)}."
        for one in records
        if one.partner
    ]
    return "\n".join((subject, "", *lines)) + "\n"


def _by(merged: Merged) -> str:
    return "hand" if merged.number is None else f"application #{merged.number}"


def _welcome(one: Decided, program: Program, place: Destination, branch: str) -> Iterator[str]:
    """Welcome a partner and close its issue; yield a sentence for each.

    The issue is closed last, so that after a run that was cut off the next run finds it open.
    """
    partner, number = one.partner, one.merged.number
    if partner is None or number is None:
        return
    prefix = place.git.prefix()
    page, badge = paths_of(partner.slug)
    links = Links(
        record=f"{place.web_url}/blob/{branch}/{prefix}{record_path(partner.slug)}",
        page=f"{place.web_url}/blob/{branch}/{prefix}{page}",
        badge=f"{place.web_url}/raw/{branch}/{prefix}{badge}",
    )
    said = welcome(partner, program, links)
    kind = f"welcome {partner.slug} {partner.accepted}"
    url = tell_once(place.repository, number, kind, said)
    if url:
        yield f"Welcomed {partner.name}: {url}"
    if one.merged.in_issue and close_issue(place.repository, number):
        yield f"Closed issue #{number}."


def _refused_by_thread(done: Sequence[Decided]) -> dict[int, list[tuple[str, str]]]:
    """Return names and reasons, by the number of the issue or pull request to answer in."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in done:
        if one.refused and one.merged.number is not None:
            told = (one.merged.name, " ".join(one.refused))
            found.setdefault(one.merged.number, []).append(told)
    return found


def _refuse(number: int, refused: Sequence[tuple[str, str]], place: Destination) -> Iterator[str]:
    """Say in one comment why all these applications were not admitted; yield a sentence."""
    said = not_admitted(refused)
    kind = f"not-admitted {sha256(said.encode()).hexdigest()[:12]}"
    url = tell_once(place.repository, number, kind, said)
    if url:
        yield f"Said why in #{number}: {url}"
