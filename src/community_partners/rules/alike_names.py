"""Decides whether two names of organizations look alike to people.

https://www.unicode.org/reports/tr39/#Confusable_Detection
Letters of other scripts look like Latin ones, some like two of them, such as a Greek nu. So names
are compared letter by letter, each by all that it may be read as. Spaces, marks and the ending of
a company tell no organizations apart.
"""

import re
import unicodedata

from ..model.length import too_long

# By the Latin letter: small letters of other scripts that look like it, or whose capital does.
_LOOK_LIKE = {
    "a": "ɑαа",
    "b": "ƅβвьꞵ",
    "c": "σсᴄ",
    "d": "ԁ",
    "e": "εеҽꬲ",
    "f": "ϝքẝꞙꬵ",
    "g": "ƍɡԍցᶃ",
    "h": "ηнһհ",
    "i": "ιıɩɪіӏꙇ1|l",
    "j": "ʝϳј",
    "k": "κк",
    "l": "ǀɩιіӏ1|i",
    "m": "μϻм",
    "n": "νոռ",
    "o": "οσоօᴏᴑꬽ0",
    "p": "ρр",
    "q": "ԛգզ",
    "r": "ʀгᴦꭇꭈ",
    "s": "ƽѕտꜱ",
    "t": "τт",
    "u": "ʋυսᴜꞟꭎꭒ",
    "v": "νѵᴠ",
    "w": "ɯѡԝաᴡ",
    "x": "хχ",
    "y": "ɣʏγυуүყᶌỿꭚ",
    "z": "ζᴢ",
}
_READ_AS = {
    letter: frozenset({letter, *(latin for latin, all_ in _LOOK_LIKE.items() if letter in all_)})
    for letter in {one for all_ in _LOOK_LIKE.values() for one in all_}
}
_ENDING = re.compile(
    r"(?:[\s,]|\b)(?:gmbh|mbh|ug|ag|kg|ohg|e ?k|se|inc|incorporated|llc|llp|ltd|limited|plc|corp"
    r"|corporation|co|company|bv|nv|vof|sa|sas|sarl|sprl|srl|spa|sl|slu|lda|ltda|oy|oyj|ab|as|aps"
    r"|asa|kft|zrt|sro|doo|ood|eood|pty|pvt|private|pte|kk|gk)$",
    re.ASCII,
)


def names_alike(one: str, other: str) -> bool:
    """Tell whether two names look alike. An empty name is like no other."""
    if too_long(one) or too_long(other):
        return False
    return spelled_alike(_letters(one), _letters(other))


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two texts look alike, letter by letter. An empty text is like no other."""
    return bool(one) and len(one) == len(other) and all(map(_meet, one, other))


def _meet(one: str, other: str) -> bool:
    return one == other or not _as(one).isdisjoint(_as(other))


def _as(letter: str) -> frozenset[str]:
    return _READ_AS.get(letter, frozenset(letter))


def _letters(name: str) -> str:
    """Return the letters and digits of a name, small, without accents and company's endings."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = " ".join("".join(one if one.isalnum() else _space(one) for one in plain).split())
    while (short := _ENDING.sub("", words).strip()) and short != words:
        words = short
    apart = unicodedata.normalize("NFKD", words)
    return "".join(one for one in apart if one.isalnum())


def _space(mark: str) -> str:
    """Return a space for what stands between words; nothing for a dot, as in `B.V.`."""
    return "" if mark in ".'’" else " "
