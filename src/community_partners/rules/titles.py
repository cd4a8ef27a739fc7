"""Reads the title and the branch of a pull request: the same change, or nothing new.

Titles are all that GitHub shows of a change in the month's question. So who words a title anew gets
by; who writes the usual words does not.
"""

import re
import unicodedata
from typing import NamedTuple

# `[5.2] Mend the fence (#12)` and `Mend the fence (6.x)` are the same change.
_TAG = r"(?:\#[0-9]+|v?[0-9]+(?:\.[0-9x]+)+|main|master)"
_TAGS = re.compile(rf"^(?:\s*\[{_TAG}\]:?)+|(?:\s*[(\[]{_TAG}[)\]])+\s*$")
_SIGNS = re.compile(r"[\W_]+")


def plain_title(title: str) -> str:
    """Return the words by which two titles are compared, without signs and tags of branches."""
    if not title.isascii():
        shown = (one for one in title if unicodedata.category(one) != "Cf")
        title = unicodedata.normalize("NFKC", "".join(shown))
    return _SIGNS.sub(" ", _TAGS.sub("", title.casefold())).strip()


# https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/reverting-a-pull-request
# GitHub's button writes `Revert "title"`, and for the revert of that `Reapply "title"`.
_AGAIN = re.compile(
    rf"""
    ^ \W* (?: revert | reapply ) \b \W+ ["“'\#]
    | ^ revert (?: \( [^()]* \) )? :
    | ^ \W* re-?land (?: ed )? \b
    | ^ \W* (?: {_TAG} \W+ )? (?: (?: back | forward ) -?port | cherry [ -]? pick ) (?: ed )? \b
    | [(\[] \s* (?: {_TAG} \s+ )? (?: back | forward ) -?port (?: ed )? \b
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
# Each names a number, a branch or a commit: `backport-docs` is work on the subject.
_AGAIN_HEAD = re.compile(
    r"""
    ^ (?: revert | reapply ) -[0-9]+ (?: - | $ )
    | ^ (?: back-?port | cherry-?pick ) [-/] .* (?: [0-9] | \b (?: main | master ) \b )
    | ^ mergify/bp/
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)


_CODE = re.compile(r"`[^`]*`")
_NAME = re.compile(r"\w[./\\]\w", re.ASCII)  # in a word: README.md, src/main.py
_NUMBER = re.compile(r"[0-9]+")


def title_without_names(title: str) -> str:
    """Return a plain title without its numbers and names of files; "" if it has nothing else."""
    words = _CODE.sub(" ", title).split()
    plain = plain_title(" ".join(word for word in words if not _NAME.search(word)))
    return " ".join(_NUMBER.sub(" ", plain).split())


def brings_nothing_new(title: str, head: str | None) -> bool:
    """Tell whether a pull request says of itself that it reverts another one or brings it again."""
    return bool(_AGAIN.search(title) or (head and _AGAIN_HEAD.match(head)))


class Merge(NamedTuple):
    """A branch, and the branch into which it was merged."""

    head: str
    into: str


# https://git-scm.com/docs/git-fmt-merge-msg writes `Merge branch '5.2' into main`.
_REF = r"""["'`]?(?:(?:origin|upstream)/)?([\w./-]*\w)["'`]?"""
_MERGE = re.compile(
    rf"^\W*merge (?:up )?(?:the )?(?:remote-tracking )?(?:branch )?{_REF} (?:branch )?"
    rf"(?:in)?to (?:the )?(?:branch )?{_REF}",
    re.IGNORECASE | re.ASCII,
)


def merge_of_branches(title: str) -> Merge | None:
    """Return the branches that a title says were merged, in git's words; None for other titles."""
    found = _MERGE.match(title)
    return Merge(*found.groups()) if found else None


_REVERT = re.compile(r"""^\W*revert\W+["“'](.+)["”']""", re.IGNORECASE | re.ASCII | re.DOTALL)


def reverted_title(title: str) -> str | None:
    """Return the plain title of the pull request that this one reverts; None for other titles."""
    found = _REVERT.match(title)
    return plain_title(found[1]) if found else None
