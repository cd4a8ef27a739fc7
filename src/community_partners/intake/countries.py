"""Finds the country that a person means. Decides names only; prices are in the price table.

Known are ISO 3166-1 codes, ISO's names, everyday English names (CLDR's) and a short table of other
names that people write. An ambiguous or unknown name gives None; `suggestions` gives names that are
similar, or the country of that name in another language (CLDR's, too).
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

import pycountry
from babel import Locale, localedata
from babel.languages import get_official_languages

from ..model.country import Country
from ..model.length import too_long
from ..model.problem import quoted

# Names that people write and neither ISO nor CLDR has, by alpha-2 code.
_SPOKEN = {
    "AE": ("UAE", "Emirates"),
    "AL": ("Shqipëria",),
    "AT": ("Österreich",),
    "AX": ("Åland",),
    "BA": ("Bosnia",),
    "BR": ("Brasil",),
    "CD": ("DR Congo", "DRC", "Democratic Republic of the Congo", "Democratic Republic of Congo"),
    "CH": ("Schweiz", "Suisse"),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "PR China", "Mainland China", "Zhongguo"),
    "DE": ("Deutschland",),
    "ES": ("España",),
    "FO": ("Faroes",),
    "GB": ("UK", "Britain", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "GF": ("Guyane",),
    "GR": ("Elláda",),
    "IE": ("Republic of Ireland",),
    "IT": ("Italia",),
    "IN": ("Bharat",),
    "JP": ("Nippon", "Nihon"),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea", "ROK", "Hanguk"),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "MO": ("Macau",),
    "NL": ("Holland",),
    "PS": ("Palestine",),
    "RE": ("La Réunion", "Reunion Island"),
    "SA": ("KSA",),
    "SJ": ("Svalbard", "Jan Mayen"),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("America",),
    "VA": ("Vatican", "Holy See"),
    "VI": ("USVI",),
    "ZA": ("RSA",),
}
# Two countries share this name.
_AMBIGUOUS = ("congo",)
# CLDR's names for these two cities are not what people there call them.
_EVERYDAY = {"HK": "Hong Kong", "MO": "Macao"}
# ISO has no code for Kosovo. CLDR's alpha-2 code is XK.
_KOSOVO = Country("XKX", "Kosovo")


def find(text: str) -> Country | None:
    """Return the country of a name, an alpha-2 or an alpha-3 code, in any case.

    None if the text is ambiguous or unknown.
    """
    return None if too_long(text) else _names().get(_plain(text))


def known(text: str) -> Country:
    """Return the country of a text. Raises AssertionError if `find` gives None for the text."""
    country = find(text)
    if country is None:
        raise AssertionError(f"{text!r} was to be checked before")
    return country


def by_code(alpha_3: str) -> Country:
    """Return the country of an alpha-3 code. Raises KeyError for an unknown code."""
    return _by_code()[alpha_3]


def every_country() -> tuple[Country, ...]:
    """Return all countries, by name."""
    return tuple(sorted(_by_code().values(), key=lambda one: _plain(one.name)))


def known_code(alpha_3: str) -> bool:
    """Tell whether a text is the alpha-3 code of a country."""
    return alpha_3 in _by_code()


def suggestions(text: str) -> tuple[str, ...]:
    """Return up to three country names that the text may mean, the likeliest first.

    "Norge" is Norway in Norwegian, though its letters are nearer to those of "Niger". The first
    call takes about a second, since the names in all languages are read.
    """
    names = _names()
    asked = "" if too_long(text) else _plain(text)
    at_home, abroad = _in_other_languages().get(asked, ((), ()))
    # "Korea" means a country with that word, though its letters are nearer to those of "Kenya".
    with_its_words = [name for name in names if asked and {*asked.split()} <= {*name.split()}]
    found = [*at_home, *(names[name] for name in sorted(with_its_words, key=len))] or [*abroad]
    if not found:
        longer = [name for name in names if len(name) > 3]
        found = [names[name] for name in get_close_matches(asked, longer, n=6)]
    return tuple(dict.fromkeys(country.name for country in found))[:3]


Named = tuple[list[Country], list[Country]]
"""The countries that have a name in one of their official languages, and those in others."""


@cache
def _in_other_languages() -> dict[str, Named]:
    """Return the countries of each name in each language that is official somewhere."""
    codes = [*sorted(entry.alpha_2 for entry in pycountry.countries), "XK"]
    spoken = {code: get_official_languages(code, regional=True, de_facto=True) for code in codes}
    languages = {language for several in spoken.values() for language in several}
    found: dict[str, Named] = {}
    for language in sorted(languages & set(localedata.locale_identifiers())):
        territories = Locale.parse(language).territories
        for code in codes:
            if name := _plain(territories.get(code, "")):
                at_home, abroad = found.setdefault(name, ([], []))
                (at_home if language in spoken[code] else abroad).append(_names()[_plain(code)])
    return found


def unknown(text: str) -> tuple[str, str]:
    """Return a sentence that no country has this name, and the remedy with `suggestions`."""
    close = suggestions(text)
    remedy = f"Did you mean {' or '.join(close)}?" if close else "Write its name or its ISO code."
    return f"{quoted(text)} is not a country known to us.", remedy


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
    """Return a text as names are compared: in lower case, without accents and punctuation.

    The word `the` is left out, and `saint` becomes `st`.
    """
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", bare.replace(".", "")).split()
    return " ".join("st" if word == "saint" else word for word in words if word != "the")
