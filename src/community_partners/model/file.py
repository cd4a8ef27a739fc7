"""A file that a journey wants to write, as a value."""

import zlib
from dataclasses import dataclass

_LARGE = 64 * 1024


@dataclass(frozen=True, slots=True, init=False)
class File:
    """A file to write. `path`: below the program's folder, with slashes. `text` None: remove it.

    A large text is held compressed: a month of a million contributions has 150 MB of text, which
    would be in memory until all is published.
    """

    path: str
    _held: str | bytes | None

    def __init__(self, *, path: str, text: str | None) -> None:
        held = zlib.compress(text.encode(), 1) if text and len(text) > _LARGE else text
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_held", held)

    @property
    def content(self) -> bytes | None:
        """The bytes of the file; those of a large one are made anew each time."""
        if isinstance(self._held, bytes):
            return zlib.decompress(self._held)
        return None if self._held is None else self._held.encode()

    @property
    def text(self) -> str | None:
        """The text of the file; that of a large one is made anew each time."""
        content = self.content
        return None if content is None else content.decode()
