"""A badge for partners' own websites, as an SVG image. Decides its look; the words are given.

They are a stranger's: escaped, and without what XML does not take. The image loads nothing. No font
is measured: each half is given its width, and the text is fitted into it.
"""

import unicodedata
from xml.sax.saxutils import escape

LONGEST = 40
_WIDTH = 7  # pixels for a character of Verdana at 11 pixels, generously
_GREEN, _GRAY, _DARK = "#2e7d32", "#757575", "#424242"


def badge(label: str, value: str, *, lit: bool) -> str:
    """`label` on the left, `value` on the right; `lit`: in color, else gray."""
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
    """In pixels, with a margin of 6 on both sides; wide letters count twice."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in words)
    return (len(words) + wide) * _WIDTH + 12


def _plain(words: str) -> str:
    line = "".join(one for one in " ".join(words.split()) if unicodedata.category(one)[0] != "C")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
