"""Makes text for a page: the words of a language, dates, numbers, countries, addresses.

The words of the templates are English. A catalog in `locale/`, a file such as `de.po`, says them in
another language; a sentence that it lacks stays English. Babel knows how a language writes dates,
numbers and countries.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO

import pycountry
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from ..errors import UserError
from ..model.country import Country
from ..model.length import cut
from ..model.money import Money
from ..model.month import Month, in_words
from ..model.points import Points, exact

LONGEST = 2_000
"""Characters of one text of a stranger that a page shows. Records have shorter limits."""
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Words:
    """The words of one language. `language`: such as `en` or `pt-BR`."""

    language: str

    @cached_property
    def locale(self) -> Locale:
        """The language as Babel knows it; a program that is read has a known one."""
        return Locale.parse(self.language, sep="-")

    @cached_property
    def translations(self) -> NullTranslations:
        """The catalog of the language, or of the language without its region; empty for English.

        Raises UserError if nobody has translated the words yet.
        """
        for name in dict.fromkeys((self.language, self.locale.language)):
            if (found := _catalog(name)) is not None:
                return found
        if self._english:
            return NullTranslations()
        raise UserError(
            f"The words of the site are not translated into {self.locale.english_name} yet. Write "
            f"en as `site.language` in program.yml, or add {self.language}.po to "
            "src/community_partners/pages/locale/."
        )

    @property
    def direction(self) -> str:
        """`rtl` for a language that is written from right to left, else `ltr`."""
        return self.locale.text_direction

    def day(self, day: date) -> str:
        """Return a day such as `4 May 2026`."""
        if self._english:
            return in_words(day)
        return str(format_date(day, "long", self.locale))

    def short_day(self, day: date) -> str:
        """Return a day where its year is clear, such as `4 May`."""
        if self._english:
            return f"{day.day} {Month.of(day).name}"
        return str(format_skeleton("MMMMd", day, locale=self.locale))

    def month(self, month: Month) -> str:
        """Return a month such as `May 2026`."""
        return month.title if self._english else self._written(month, "yMMMM")

    def short_month(self, month: Month) -> str:
        """Return a month for the axis of a chart, such as `May`."""
        return self._written(month, "MMM")

    def number(self, number: int | Decimal) -> str:
        return str(format_decimal(number, locale=self.locale))

    def tenths(self, number: Decimal) -> str:
        """Return a number with one decimal, such as `12.0`."""
        return str(format_decimal(number, format="#,##0.0", locale=self.locale))

    def points(self, number: Points) -> str:
        """Return a number of points, such as `5 points` or `7.5 points`."""
        whole = exact(number)
        many = whole if isinstance(whole, int) else max(2, int(whole))  # as if there were more
        said = self.translations.ngettext("%(count)s point", "%(count)s points", many)
        return said % {"count": self.number(number)}

    def money(self, amount: Money) -> str:
        """Return an amount with its code, such as `INR 3,709`."""
        return f"{amount.currency} {self.number(amount.amount)}"

    def country(self, country: Country) -> str:
        """Return the name of a country."""
        if self._english:
            return country.name
        found = pycountry.countries.get(alpha_3=country.code)
        code = found.alpha_2 if found else "XK"
        return str(self.locale.territories.get(code, country.name))

    def _written(self, month: Month, form: str) -> str:
        return str(format_skeleton(form, month.first_day, locale=self.locale))

    @property
    def _english(self) -> bool:
        return self.locale.language == "en"


@cache
def _catalog(name: str) -> Translations | None:
    """Read the catalog of a language, if there is one."""
    path = files("community_partners.pages") / "locale" / f"{name}.po"
    if not path.is_file():
        return None
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes())))
    compiled.seek(0)
    return Translations(compiled)


def plain(value: object) -> str:
    """Return a text of any origin on one line, without characters that show nothing.

    Direction marks are among these: they could turn the words around them.
    """
    text = str(value)
    if len(text) <= LONGEST and text.isprintable():  # the usual case, in a tenth of the time
        return text
    return cut("".join(_shown(" ".join(cut(text, 8 * LONGEST).split()))), LONGEST)


def paragraphs(value: object) -> list[str]:
    """Return the paragraphs of a text of any origin, each as `plain` returns it."""
    return [line for part in cut(str(value), 8 * LONGEST).splitlines() if (line := plain(part))]


def _shown(text: str) -> Iterator[str]:
    return (one for one in text if one in _JOINERS or unicodedata.category(one)[0] != "C")


def web(value: object) -> str:
    """Return an https address that may stand in a link, or "" for any other text."""
    address = str(value)
    return address if address.startswith("https://") and plain(address) == address else ""


def bare(address: str) -> str:
    """Return an address as people read it: without `https://` and a slash at the end."""
    return plain(address).removeprefix("https://").removesuffix("/")


def bare_letters(text: str) -> str:
    """Return a text as lists are sorted by: without case and accents, in no language's order."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def initials(name: str) -> str:
    """Return one or two letters that stand for a name where there is no logo."""
    words = [word for part in plain(name).split() if (word := _letters(part))]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def _letters(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one)[0] in "LN")
