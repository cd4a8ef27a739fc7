"""Bring files to the branch of the checkout, or, if its rules refuse, to a branch of our own.

A commit rests on the checkout's commit. If the branch has moved meanwhile, the checkout is brought
forward and the journey decides anew, because what it read may have changed. If a run is cut off
anywhere, the next run does the rest.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from ..checkout.files import changed, write
from ..checkout.forward import forward
from ..checkout.head import Head, head_of, is_published, not_in_head, tree_with
from ..errors import UserError
from ..github.branch_rules import RuleError, leave_out
from ..github.commits import (
    MovedError,
    branch_head,
    commit_files,
    make_branch,
    own_branch,
    replace_branch,
)
from ..github.pulls import open_pull
from ..model.file import File
from ..model.publication import Committed, Proposed, Publication, Published, UpToDate
from ..words.publication import pull_of
from .place import Place

TRIES = 5


class Plan(Protocol):
    """What a journey has decided."""

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
    message = publication.message
    try:
        commit = commit_files(
            place.repository, head.branch, head.commit, _whole(files, head), message
        )
    except RuleError as error:
        return _propose(publication, files, head, place, error)
    return Committed(branch=head.branch, commit=commit)


def _propose(
    publication: Publication, files: Sequence[File], head: Head, place: Place, error: RuleError
) -> Proposed:
    """Commit to our own branch on top of the branch, and open its pull request."""
    if branch_head(place.repository, head.branch) != head.commit:
        raise MovedError
    try:
        commit = _on_own_branch(publication, files, head, place)
    except RuleError as again:
        raise UserError(f"{again} {leave_out(publication.own)}") from None
    proposed = Proposed(branch=head.branch, own=publication.own, commit=commit, rules=error.rules)
    url = open_pull(place.repository, pull_of(proposed, publication.message))
    return replace(proposed, url=url)


def _on_own_branch(
    publication: Publication, files: Sequence[File], head: Head, place: Place
) -> str:
    """Return the commit of our own branch, which has the files; nothing is written if it has them.

    Raises UserError if somebody else has committed to the branch.
    """
    name, whole = publication.own, _whole(files, head)
    known = own_branch(place.repository, name, head.commit)
    if known is None or not known.ahead:
        make_branch(place.repository, name, head.commit)
        return commit_files(
            place.repository, name, head.commit, whole, publication.message, new=True
        )
    if not known.ours:
        raise UserError(
            f"Somebody else has committed to the branch {name}, and each run makes it anew. "
            "Merge its pull request, or delete the branch; then run it again."
        )
    if known.tree == tree_with(place.git, whole):
        return known.tip
    return replace_branch(place.repository, name, head.commit, whole, publication.message)


def start_branch(publication: Publication, place: Place) -> str | None:
    """Commit the files to our own branch, unless it has commits already; return its commit.

    None if others have committed to it. The checkout stays as it is. Raises UserError.
    """
    head = head_of(place.git)
    if not is_published(place.git, head):
        forward(place.git, head)
        head = head_of(place.git)
    known = own_branch(place.repository, publication.own, head.commit)
    if known and known.ahead:
        return known.tip if known.ours else None
    files = not_in_head(place.git, publication.files)
    try:
        return _on_own_branch(publication, files, head, place)
    except RuleError as error:
        raise UserError(f"{error} {leave_out(publication.own)}") from None
    except MovedError:
        raise UserError(
            f"Somebody else writes to the branch {publication.own}. Run it again."
        ) from None


def _whole(files: Sequence[File], head: Head) -> tuple[File, ...]:
    """Return the files with their paths from the repository's root."""
    return tuple(replace(one, path=f"{head.folder}{one.path}") for one in files)


def _follow(published: Published, head: Head, place: Place, files: Sequence[File]) -> None:
    """Bring the checkout to what was published, and the files to the disk.

    If people's changes are in the way of the checkout, it stays where it is.
    """
    if isinstance(published, Committed):
        with suppress(UserError):
            forward(place.git, head, files)
    write(place.git.root, changed(place.git.root, files))
