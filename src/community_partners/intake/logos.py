"""Reads partners' logos, `logos/<slug>.<ending>`. Decides which files are images that may be shown.

PNG, JPEG and WebP are known by their first bytes, which also hold the size; `svg_check.py` reads
SVG. An image is never changed. Each refusal is a sentence with the remedy.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from ..model.problem import Place, Problem
from .plain_text import trouble as not_plain
from .svg_check import svg_trouble

FOLDER = "logos"
LARGEST = 64 * 1024
"""Bytes of a logo."""
WIDEST = 4096
"""Pixels of a side."""
ENDINGS = ("svg", "png", "webp", "jpg", "jpeg")
"""The kinds of files, in the order of preference if a partner has several."""
SMALLER = f"Make it smaller than {LARGEST // 1024} kB, for example 400 pixels wide."
TOO_LARGE = f"This image is too large. {SMALLER}"
LOGO_NAME = re.compile(rf"([a-z0-9]+(?:-[a-z0-9]+)*)\.({'|'.join(ENDINGS)})", re.ASCII)
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(!doctype\s+html|html[\s>])?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Logo:
    """A logo that may be shown. `name`: of the file, such as `acme.png`."""

    slug: str
    name: str
    content: bytes


def read_logos(root: Path) -> tuple[dict[str, Logo], tuple[Problem, ...]]:
    """Return the logos by slug, and the problems of the files that are none.

    `root`: the program's folder; without a folder of logos there are none.
    """
    logos: dict[str, Logo] = {}
    problems: list[Problem] = []
    for path in sorted(_files(root / FOLDER), key=_preference):
        slug, content = path.stem, _content(path)
        trouble = content if isinstance(content, str) else logo_trouble(path, content)
        if isinstance(content, str) or trouble is not None:
            message, _, remedy = str(trouble).partition(". ")
            place = Place(document=str(path))
            problems.append(Problem(place=place, message=f"{message}.", remedy=remedy))
        else:
            logos.setdefault(slug, Logo(slug=slug, name=path.name, content=content))
    return logos, tuple(problems)


def known_logo(slug: str, content: bytes) -> Logo | str:
    """Return a partner's logo in bytes from anywhere, or why they are none, with the remedy.

    The content alone decides what the image is, and so how its file ends.
    """
    opens = _OPENS.match(content)
    if opens and opens[1]:
        return "A web page came, and no image. Give the address of the image itself."
    kind = "svg" if opens else _raster(content)[0]
    name = f"{slug}.{kind or 'png'}"
    why = logo_trouble(PurePath(name), content)
    if why is None:
        return Logo(slug=slug, name=name, content=content)
    if not_plain(why, lines=False):  # it quotes the image
        return "This image has something that is not taken. Export the logo again as PNG."
    return why


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (
            one for one in folder.iterdir() if not one.name.lower().startswith((".", "readme"))
        )


def _preference(path: Path) -> tuple[int, str]:
    ending = path.suffix[1:]
    return ENDINGS.index(ending) if ending in ENDINGS else len(ENDINGS), path.name


def _content(path: Path) -> bytes | str:
    """Return the bytes of a file, or why it is not read."""
    if not LOGO_NAME.fullmatch(path.name):
        return f"This is no logo of a partner. Name it <slug>.png, or one of {', '.join(ENDINGS)}."
    if path.is_symlink() or not path.is_file():
        return "This is no file of its own. Put the image here itself."
    if path.stat().st_size > LARGEST:
        return TOO_LARGE
    return path.read_bytes()


def logo_trouble(path: PurePath, content: bytes) -> str | None:
    """Return why a file of a logo is not taken, with the remedy; None if it is.

    `path`: its name says which image it should be. `content`: not larger than `LARGEST`.
    """
    if path.suffix == ".svg":
        return svg_trouble(content)
    kind, size = _raster(content)
    ending = path.suffix[1:].replace("jpeg", "jpg")
    if kind is None or size is None:
        return "This is no PNG, JPEG or WebP image that can be read. Export the logo again as PNG."
    if kind != ending:
        return f"This image is a {kind.upper()} by its content. Name it {path.stem}.{kind}."
    if not all(0 < side <= WIDEST for side in size):
        return f"This image is {size[0]} × {size[1]} pixels. {SMALLER}"
    return None


def _raster(content: bytes) -> tuple[str | None, tuple[int, int] | None]:
    """Return the kind of an image, as its ending, and width and height in pixels."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "png", _unpacked(">II", content, 16)
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg", _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp", _webp_size(content)
    return None, None


def _unpacked(form: str, content: bytes, at: int) -> tuple[int, int] | None:
    try:
        first, second = struct.unpack_from(form, content, at)
    except struct.error:
        return None
    return first, second


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Read the frame of a JPEG.

    https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1.1)
    """
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            size = _unpacked(">HH", content, at + 5)
            return (size[1], size[0]) if size else None
        at += 2 + length
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """Read the size of a WebP image.

    https://developers.google.com/speed/webp/docs/riff_container
    """
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        size = _unpacked("<HH", content, 26)
        return (size[0] & 0x3FFF, size[1] & 0x3FFF) if size else None
    if kind == b"VP8L" and content[20:21] == b"\x2f" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
