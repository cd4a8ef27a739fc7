"""Finds what is wrong with the section `site` of a program: colors, languages and services."""

from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from ..model.problem import Problem, quoted
from .yaml_document import Document

READABLE = 4.5
"""The contrast of white text on the accent color, at least.

https://www.w3.org/TR/WCAG22/#contrast-minimum
"""


def site_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems of the section, if there is one."""
    site = document.data.get("site", {})
    accent, language = site.get("accent", "#000000"), site.get("language", "en")
    if _contrast_with_white(accent) < READABLE:
        yield Problem(
            place=document.locate(("site", "accent")),
            message=f"White words on {accent} are hard to read.",
            remedy="Write a darker color, so that the contrast is at least 4.5 to 1.",
        )
    if not _is_known(language):
        yield Problem(
            place=document.locate(("site", "language")),
            message=f"{quoted(language)} is no language that we know.",
            remedy="Write its code, such as en, de or pt-BR.",
        )
    yield from _services(document, site.get("services", ()))


def _services(document: Document, services: list[str] | tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for at, name in enumerate(services):
        first = seen.setdefault(" ".join(name.casefold().split()), name)
        if first is not name:
            yield Problem(
                place=document.locate(("site", "services", at)),
                message=f"{quoted(name)} and {quoted(first)} are one service.",
                remedy="Keep one of the two.",
            )


def _contrast_with_white(color: str) -> float:
    """Return the contrast of a color such as `#1b5e20` with white, from 1 to 21.

    https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    weights = (0.2126, 0.7152, 0.0722)
    luminance = sum(weight * one for weight, one in zip(weights, linear, strict=True))
    return 1.05 / (luminance + 0.05)


def _is_known(language: str) -> bool:
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True
