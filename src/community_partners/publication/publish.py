"""Bring files to the branch of the checkout, or, if its rules refuse, to a branch of our own.

A commit rests on the checkout's commit. If the branch has moved meanwhile, the checkout is brought
forward and the journey decides anew, because what it read may have changed. If a run is cut off
anywhere, the next run does the rest.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

from ..checkout.files import changed, write
from ..checkout.forward import forward
from ..checkout.head import Head, head_of, is_published, not_in_head
from ..errors import UserError
from ..github.branch_rules import RuleError
from ..github.commits import MovedError, commit_files
from ..model.file import File
from ..model.publication import Committed, Publication, Published, UpToDate
from .own_branch import propose
from .place import Place

TRIES = 5


class Plan(Protocol):
    """A plan is the decision of a journey, with all that the journey publishes."""

    @property
    def publication(self) -> Publication: ...


Decided = TypeVar("Decided", bound=Plan)


def publish(
    decide: Callable[[], Decided], place: Place, *, pause: float = 2.0
) -> tuple[Decided, Published]:
    """Commit the files of a plan; return the plan that was published, and what became of it.

    `decide` reads the checkout, and is called again whenever the branch has moved. `pause`: seconds
    before another try. Afterwards, the files are on disk. Raises UserError with a sentence.
    """
    head = head_of(place.git)
    written: tuple[File, ...] = ()
    for tried in range(TRIES):
        if tried:
            time.sleep(pause)
            forward(place.git, head, written)
            head = head_of(place.git)
        plan = decide()
        written = plan.publication.files
        with suppress(MovedError):
            published = _commit(plan.publication, head, place)
            _follow(published, head, place, written)
            return plan, published
    raise UserError(f"The branch {head.branch} moved during each of {TRIES} tries. Run it again.")


def _commit(publication: Publication, head: Head, place: Place) -> Published:
    """Raises MovedError if the branch is not at the checkout's commit."""
    files = not_in_head(place.git, publication.files)
    if not files:
        if not is_published(place.git, head):
            raise MovedError
        return UpToDate(branch=head.branch)
    asked = (place.repository, head.branch, head.commit)
    try:
        commit = commit_files(*asked, head.whole(files), publication.message)
    except RuleError as error:
        return propose(publication, files, head, place, error.asks)
    return Committed(branch=head.branch, commit=commit)


def _follow(published: Published, head: Head, place: Place, files: Sequence[File]) -> None:
    """Bring the checkout to what was published, and the files to the disk.

    If people's changes are in the way of the checkout, it stays where it is.
    """
    if isinstance(published, Committed):
        with suppress(UserError):
            forward(place.git, head, files)
    write(place.git.root, changed(place.git.root, files))
