"""Takes the bytes of a proposed file only if they are what GitHub lists: a plain file of a size."""

from ..errors import InvalidInputError
from ..model.problem import Place, Problem
from ..model.pull_request import ChangedFile, FileAt


def bytes_of(file: ChangedFile, content: FileAt | None, most: int, smaller: str) -> bytes:
    """Return the bytes of a file. Raises InvalidInputError if GitHub lists another content.

    `content`: None if GitHub does not give the file. `most`: its largest size in bytes; `smaller`:
    the remedy for a larger one.
    """
    if content is None:
        message = "GitHub does not give this file, as if its fork were gone."
        remedy = "Open a new pull request from a fork that is there."
    elif content.kind != "file":
        message = f"This is not a file but what GitHub calls {content.kind[:60]!r}."
        remedy = "Replace it by a plain file."
    elif content.size > most:
        message = f"This has {content.size:,} bytes; at most {most:,} are read."
        remedy = smaller
    elif content.blob != file.blob:
        # GitHub lists the id of a symbolic link itself, but gives the content of its target.
        message = "This is a link to another file, or not the content that GitHub lists."
        remedy = "Replace it by a plain file."
    else:
        return content.content
    raise InvalidInputError((problem_at(file.path, message, remedy),))


def problem_at(document: str, message: str, remedy: str) -> Problem:
    """Return a problem of a whole file. `document`: its path, as the pull request has it."""
    return Problem(place=Place(document=document[:200]), message=message, remedy=remedy)
