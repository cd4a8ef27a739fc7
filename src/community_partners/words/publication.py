"""Describes a publication, before and after, and writes the pull request that proposes one."""

from collections.abc import Iterator
from contextlib import suppress

from ..model.file import File
from ..model.publication import Committed, Notice, Proposed, Publication, Published, UpToDate
from ..model.pull_request import OwnPull
from .escape import quote, text
from .reply import LONGEST


def pull_of(proposed: Proposed, message: str) -> OwnPull:
    """Return the pull request for a commit that the rules of its branch refuse.

    `message`: the commit's message. Its first line becomes the title, the others a list.
    """
    title, _, rest = message.partition("\n")
    lines = "\n".join(f"- {text(line)}" for line in rest.splitlines() if line)
    return OwnPull(
        head=proposed.own,
        base=proposed.branch,
        title=title,
        body=lines[:LONGEST],
        commit=proposed.commit,
    )


def describe(published: Published) -> str:
    """Return one sentence on what became of the files."""
    match published:
        case UpToDate(branch=branch):
            return f"Nothing to publish: {branch} has it all."
        case Committed(branch=branch, commit=commit):
            return f"Published to {branch}, commit {commit[:12]}."
        case Proposed(branch=branch, own=own, asks=asks, url=url):
            return (
                f"The branch {branch} is protected: a rule asks {asks}. The branch {own} has the "
                f"files instead. Merge its pull request: {url}"
            )


def preview(publication: Publication, *, texts: bool = False) -> str:
    """Return all that a publication would write, for `--dry-run`; texts are quoted with `| `.

    `texts`: also the files' own, which may be long; an image has none.
    """
    return "\n".join(_lines(publication, texts=texts)) or "nothing: all is there already"


def _lines(publication: Publication, *, texts: bool) -> Iterator[str]:
    for one in publication.files:
        yield _file(one, whole=texts)
    if publication.files:
        yield f"commit, or propose from the branch {publication.own}:\n{quote(publication.message)}"
    yield from map(_notice, publication.notices)


def _file(file: File, *, whole: bool) -> str:
    if file.is_removal:
        return f"remove {file.path}"
    content = b"".join(file.pieces())
    if whole and b"\0" not in content:
        with suppress(UnicodeDecodeError):
            return f"write {file.path}:\n{quote(content.decode())}"
    return f"write {file.path}, {len(content)} bytes"


def _notice(notice: Notice) -> str:
    closing = f"\nclose issue #{notice.thread}" if notice.closes else ""
    return f"tell {notice.about} in #{notice.thread}, once:\n{quote(notice.body)}{closing}"
