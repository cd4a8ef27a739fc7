"""A file that a journey wants to write, as a value."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to write. `path`: below the program's folder, with slashes. `text` None: remove it."""

    path: str
    text: str | None

    @property
    def blob(self) -> str | None:
        """Git's blob id of the text; None for a file to remove."""
        return None if self.text is None else blob_of(self.text.encode())


def blob_of(content: bytes) -> str:
    """Return git's blob id of a file's content, 40 hexadecimal digits."""
    head = b"blob %d\0" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()
