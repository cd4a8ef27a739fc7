"""Commit files to a branch of our own, beside the checkout's branch, for people to merge or not."""

from collections.abc import Sequence
from dataclasses import replace

from ..checkout.forward import forward
from ..checkout.head import Head, head_of, is_published, not_in_head, tree_with
from ..errors import UserError
from ..github.branch_rules import LEAVE_OUT, RuleError
from ..github.commits import (
    MovedError,
    OwnBranch,
    branch_head,
    commit_files,
    make_branch,
    own_branch,
    replace_branch,
)
from ..github.pulls import open_pull
from ..model.file import File
from ..model.publication import Proposed, Publication
from ..words.publication import pull_of
from .place import Place


def propose(
    publication: Publication, files: Sequence[File], head: Head, place: Place, asks: str
) -> Proposed:
    """Commit to our own branch on top of the branch of `head`, and open its pull request.

    `files`: those of the publication that differ. `asks`: what the rules of the branch ask. A
    second run writes nothing. Raises MovedError if the branch has moved, or UserError, also if
    somebody else has committed to our branch.
    """
    if branch_head(place.repository, head.branch) != head.commit:
        raise MovedError
    known = own_branch(place.repository, publication.own, head.commit)
    if known and not known.ours:
        raise UserError(
            f"Somebody else has committed to the branch {publication.own}, and each run makes it "
            "anew. Merge its pull request, or delete the branch; then run it again."
        )
    commit = _commit(publication, files, head, place, known)
    proposed = Proposed(branch=head.branch, own=publication.own, commit=commit, asks=asks)
    url = open_pull(place.repository, pull_of(proposed, publication.message))
    return replace(proposed, url=url)


def start_branch(publication: Publication, place: Place) -> str | None:
    """Commit the files to our own branch, unless it has commits already; return its commit.

    None if others have committed to it. The checkout keeps its files. Raises UserError.
    """
    head = head_of(place.git)
    if not is_published(place.git, head):
        forward(place.git, head)
        head = head_of(place.git)
    known = own_branch(place.repository, publication.own, head.commit)
    if known and known.ahead:
        return known.tip if known.ours else None
    try:
        return _commit(publication, not_in_head(place.git, publication.files), head, place, known)
    except MovedError:
        raise UserError(
            f"Somebody else writes to the branch {publication.own}. Run it again."
        ) from None


def _commit(
    publication: Publication,
    files: Sequence[File],
    head: Head,
    place: Place,
    known: OwnBranch | None,
) -> str:
    """Return the commit of our own branch, which has the files; nothing is written if it has them.

    `known`: the branch as it is, with no commits but ours.
    """
    whole, asked = head.whole(files), (place.repository, publication.own, head.commit)
    try:
        if known is None or not known.ahead:
            make_branch(*asked)
            return commit_files(*asked, whole, publication.message, new=True)
        if known.tree == tree_with(place.git, whole):
            return known.tip
        return replace_branch(*asked, whole, publication.message)
    except RuleError as error:
        raise UserError(f"{error} {LEAVE_OUT}") from None
