"""Which country a person means. Decides names only; what its price is, is for the price table.

Understands ISO 3166-1 codes, ISO's names, everyday English names (CLDR's) and a short table of what
people write besides. What is ambiguous or unknown is None, with suggestions.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

import pycountry
from babel import Locale

from ..model.country import Country

# Names that neither ISO nor CLDR has, by alpha-2 code. XK is CLDR's code for Kosovo.
_SPOKEN = {
    "AE": ("UAE", "Emirates"),
    "AT": ("Österreich",),
    "BA": ("Bosnia",),
    "BR": ("Brasil",),
    "CD": ("DR Congo", "DRC", "Democratic Republic of the Congo", "Democratic Republic of Congo"),
    "CH": ("Schweiz", "Suisse"),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "PR China", "Mainland China"),
    "DE": ("Deutschland",),
    "ES": ("España",),
    "GB": ("UK", "Britain", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "IE": ("Republic of Ireland",),
    "IT": ("Italia",),
    "KR": ("Republic of Korea", "ROK"),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "MO": ("Macau",),
    "NL": ("Holland",),
    "PS": ("Palestine",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("America",),
    "VA": ("Vatican", "Holy See"),
}
# Two countries share it; CLDR's names for two cities are not what people there call them.
_AMBIGUOUS = ("congo",)
_EVERYDAY = {"HK": "Hong Kong", "MO": "Macao"}
_KOSOVO = Country("XKX", "Kosovo")


def find(text: str) -> Country | None:
    """The country of a name, alpha-2 or alpha-3 code in any case; None where it is not plain."""
    return _names().get(_plain(text))


def known(text: str) -> Country:
    """The country of a text that `find` has been asked about before."""
    country = find(text)
    if country is None:
        raise AssertionError(f"{text!r} was to be checked before")
    return country


def by_code(alpha_3: str) -> Country:
    """The country of an alpha-3 code. Raises KeyError for a code that is none."""
    return _by_code()[alpha_3]


def known_code(alpha_3: str) -> bool:
    """Is it the alpha-3 code of a country?"""
    return alpha_3 in _by_code()


def suggestions(text: str) -> tuple[str, ...]:
    """Up to three names that the text may have meant, the likeliest first."""
    names = _names()
    asked = _plain(text)
    # "Korea" is nearer to "Kenya" letter by letter, and means one of the two with that word.
    with_its_words = [name for name in names if asked and {*asked.split()} <= {*name.split()}]
    close = sorted(with_its_words, key=len) or get_close_matches(
        asked, [name for name in names if len(name) > 3], n=6
    )
    return tuple(dict.fromkeys(names[name].name for name in close))[:3]


@cache
def _by_code() -> dict[str, Country]:
    territories = {**Locale("en").territories, **_EVERYDAY}
    known = {
        entry.alpha_3: Country(entry.alpha_3, territories.get(entry.alpha_2, entry.name))
        for entry in pycountry.countries
    }
    return {**known, _KOSOVO.code: _KOSOVO}


@cache
def _names() -> dict[str, Country]:
    countries = _by_code()
    names = {_plain("XK"): _KOSOVO, _plain("XKX"): _KOSOVO, _plain("Kosovo"): _KOSOVO}
    for entry in pycountry.countries:
        country = countries[entry.alpha_3]
        official = (
            entry.name,
            getattr(entry, "common_name", ""),
            getattr(entry, "official_name", ""),
        )
        for name in (entry.alpha_2, entry.alpha_3, country.name, *official):
            names.setdefault(_plain(name), country)
        for name in _SPOKEN.get(entry.alpha_2, ()):
            names[_plain(name)] = country
    return {name: country for name, country in names.items() if name not in ("", *_AMBIGUOUS)}


def _plain(text: str) -> str:
    """Lower case, without accents, punctuation and the word `the`; `Saint` is `St`."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", bare.replace(".", "")).split()
    return " ".join("st" if word == "saint" else word for word in words if word != "the")
