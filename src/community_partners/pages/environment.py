"""Prepares the templates of the site: what is escaped, and what a template may call.

Every value passes through `plain` and is escaped for HTML, those inside a translated sentence too.
A name that a template lacks is an error.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from ..model.month import Month
from ..model.points import Points
from .words import Words, bare, initials, paragraphs, plain, web

_OFTEN = frozenset((str, int, float, date, Month))


def _shown(value: Any) -> Markup:
    """Return a value as HTML: our own as it is, a text escaped and without hidden signs."""
    kind = type(value)
    if kind is Markup:
        return cast("Markup", value)
    if kind in _OFTEN:
        return _escaped(value)
    return escape(plain(value) if isinstance(value, str) else value)


@lru_cache(maxsize=10_000, typed=True)  # the same kinds, days and names stand on many pages
def _escaped(value: object) -> Markup:
    return escape(plain(value))


class _EscapedOnce(CodeGenerator):
    """Has a template show what `_shown` returns. Jinja would escape each value a second time."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class _Templates(Environment):
    code_generator_class = _EscapedOnce


@cache
def environment(words: Words) -> Environment:
    """Return the templates in one language."""
    made = _Templates(
        loader=PackageLoader("community_partners.pages"),
        autoescape=True,
        auto_reload=False,  # else it asks the disk for each page
        finalize=_shown,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "plain": plain,
        "paragraphs": paragraphs,
        "web": web,
        "bare": bare,
        "link": link,
        "evidence": evidence,
        "initials": initials,
        **_said(words),
    }
    made.globals |= {
        "language": words.language,
        "direction": words.direction,
        **_gettext(words),
    }
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension adds it
    return made


def link(address: str, label: str | None = None) -> Markup:
    """Return a link that shows its address; only the address if it is none of the web."""
    href = web(address)
    shown = escape(plain(address) if not href else label or bare(href))
    if not href:
        return Markup(f"<bdi>{shown}</bdi>")  # noqa: S704  escaped above
    return Markup(f'<a href="{escape(href)}"><bdi>{shown}</bdi></a>')  # noqa: S704


def evidence(address: str) -> Markup:
    """Return a link to a contribution, without the name of GitHub's host."""
    return link(address, bare(address).removeprefix("github.com/"))


def _said(words: Words) -> dict[str, Callable[..., str]]:
    """Return what a language makes of days and numbers, of which pages name the same ones often."""
    makes: dict[str, Callable[..., str]] = {
        "day": words.day,
        "short_day": words.short_day,
        "month": words.month,
        "month_of": lambda day: words.month(Month.of(day)),
        "short_month": words.short_month,
        "number": words.number,
        "tenths": words.tenths,
        "points": words.points,
        "money": words.money,
        "country": words.country,
    }
    said: dict[str, Callable[..., str]]
    said = {name: lru_cache(10_000, typed=True)(make) for name, make in makes.items()}
    worth = said["points"]

    def kinds(points: Mapping[str, Points]) -> Markup:
        """Return the points of each kind of contribution, the kind with most points first."""
        most = sorted(points.items(), key=itemgetter(1), reverse=True)
        shown = (f"{_shown(kind)}: {_shown(worth(count))}" for kind, count in most)
        return Markup(", ".join(shown))  # noqa: S704  escaped above

    return {**said, "kinds": kinds}


def _gettext(words: Words) -> dict[str, Any]:
    """Return the functions that translate a sentence of a template, and put values into it."""
    said = words.translations

    @cache
    def alone(sentence: str) -> Markup:
        return _filled(said.gettext(sentence), {})

    def gettext(sentence: str, **values: Any) -> Markup:
        return _filled(said.gettext(sentence), values) if values else alone(sentence)

    def ngettext(one: str, many: str, number: int, **values: Any) -> Markup:
        return _filled(said.ngettext(one, many, number), {"num": number, **values})

    return {"gettext": gettext, "ngettext": ngettext, "_": gettext}


def _filled(sentence: str, values: dict[str, Any]) -> Markup:
    # A sentence is ours, or of a catalog of ours: it may hold HTML. The values are escaped.
    return Markup(sentence % {name: _shown(value) for name, value in values.items()})  # noqa: S704
