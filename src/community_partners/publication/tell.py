"""Post the notices of a publication, each once, and close the issues that they end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import UserError
from ..github.issues import close_issue, tell_once
from ..model.publication import Notice, Proposed, Publication, Published
from .place import Place


@dataclass(kw_only=True, slots=True)
class Told:
    """`about`: whom the notices that stand now are about. `failures`: a sentence for each other."""

    sentences: list[str] = field(default_factory=list)
    about: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def tell(publication: Publication, published: Published, place: Place) -> Told:
    """Post the notices that hold; a notice that fails stops no other one.

    A notice that waits for the branch is not posted while the files are only proposed.
    """
    told = Told()
    for notice in due(publication.notices, published):
        try:
            told.sentences.extend(_post(notice, place))
            told.about.add(notice.about)
        except UserError as error:
            told.failures.append(str(error))
    return told


def due(notices: Iterable[Notice], published: Published) -> Iterator[Notice]:
    """Yield the notices that hold after this outcome."""
    return (one for one in notices if not (one.waits and isinstance(published, Proposed)))


def _post(notice: Notice, place: Place) -> Iterator[str]:
    """Yield a sentence for each thing that was done.

    The issue is closed last, so that after a run that was cut off the next run finds it open.
    """
    url = tell_once(place.repository, notice.thread, notice.kind, notice.body)
    if url:
        yield f"Told {notice.about}: {url}"
    if notice.closes and close_issue(place.repository, notice.thread):
        yield f"Closed issue #{notice.thread}."
