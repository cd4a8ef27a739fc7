"""Draws a badge for partners' own websites, as an SVG image. Decides its look; the words are given.

The words are a stranger's: they are escaped, and characters that XML does not allow are left out.
The image loads nothing else. No font is measured: the width of each half follows from the
number of letters, and SVG fits the text into that width.
"""

import unicodedata
from xml.sax.saxutils import escape

from ..model.length import cut

LONGEST = 40
_WIDTH = 7  # pixels for a character: more than Verdana needs at 11 pixels
_GREEN, _GRAY, _DARK = "#2e7d32", "#757575", "#424242"


def badge(label: str, value: str, *, lit: bool) -> str:
    """Return a badge with `label` left and `value` right; in color if `lit`, else in gray."""
    left, right = _plain(label), _plain(value)
    first, second = _width(left), _width(right)
    whole, color = first + second, _GREEN if lit else _GRAY
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img">\n'
        f"<title>{escape(left)}: {escape(right)}</title>\n"
        f'<rect width="{whole}" height="20" rx="3" fill="{_DARK}"/>\n'
        f'<rect x="{first}" width="{second}" height="20" rx="3" fill="{color}"/>\n'
        f'<rect x="{first}" width="4" height="20" fill="{color}"/>\n'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n'
        f"{_text(left, 0, first)}\n{_text(right, first, second)}\n</g>\n</svg>\n"
    )


def _text(words: str, start: int, width: int) -> str:
    fitted = f'textLength="{width - 12}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{start + 6}" y="14" {fitted}>{escape(words)}</text>'


def _width(words: str) -> int:
    """Return the width of words in pixels, with margins of 6; wide letters count twice."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in words)
    return (len(words) + wide) * _WIDTH + 12


def _plain(words: str) -> str:
    line = "".join(
        one
        for one in " ".join(cut(words, 8 * LONGEST).split())
        if unicodedata.category(one)[0] != "C"
    )
    return cut(line, LONGEST)
