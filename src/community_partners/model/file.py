"""A file that a journey wants to write, as a value."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

_PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """A large text in UTF-8, or the bytes of an image, compressed. `sha256`: of the content."""

    compressed: bytes
    sha256: str


class Packing:
    """Packs a text that is added piece by piece, and is never in memory as a whole.

    `size`: bytes that were added.
    """

    def __init__(self) -> None:
        self.size = 0
        self._hash, self._compressor = hashlib.sha256(), zlib.compressobj(level=1)
        self._pieces: list[bytes] = []

    def add(self, content: bytes) -> None:
        self.size += len(content)
        self._hash.update(content)
        self._pieces.append(self._compressor.compress(content))

    def end(self) -> Packed:
        """Return all that was added."""
        compressed = b"".join((*self._pieces, self._compressor.flush()))
        return Packed(compressed=compressed, sha256=self._hash.hexdigest())


def packed(content: bytes) -> Packed:
    """Return bytes that are no text, such as those of an image, as a file holds them."""
    packing = Packing()
    packing.add(content)
    return packing.end()


@dataclass(frozen=True, slots=True, init=False)
class File:
    """A file to write. `path`: below the program's folder, with slashes. `text` None: remove it.

    The text of a month with a million contributions has 150 MB. It can be given packed, so that it
    is small until it is written or sent, a file at a time.
    """

    path: str
    _held: str | Packed | None

    def __init__(self, *, path: str, text: str | Packed | None) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_held", text)

    def at(self, path: str) -> Self:
        """Return the same file at another path."""
        return type(self)(path=path, text=self._held)

    @property
    def is_removal(self) -> bool:
        """True if the file is to be removed."""
        return self._held is None

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the file, a piece at a time; nothing for a removal."""
        if isinstance(self._held, Packed):
            unpacking, rest = zlib.decompressobj(), self._held.compressed
            while rest:
                yield unpacking.decompress(rest, _PIECE)
                rest = unpacking.unconsumed_tail
            yield unpacking.flush()
        elif self._held is not None:
            yield self._held.encode()

    @property
    def text(self) -> str | None:
        """The text of the file; that of a packed one is made anew each time.

        Raises UnicodeDecodeError for an image.
        """
        return b"".join(self.pieces()).decode() if isinstance(self._held, Packed) else self._held

    @property
    def blob(self) -> str | None:
        """Git's blob id of the content; None for a file to remove."""
        return None if self.is_removal else blob_of(b"".join(self.pieces()))


def blob_of(content: bytes) -> str:
    """Return git's blob id of a file's content, 40 hexadecimal digits."""
    head = b"blob %d\0" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()
