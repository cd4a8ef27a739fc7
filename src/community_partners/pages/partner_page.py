"""Writes all about one partner: page, badge and data."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import PurePosixPath

from ..model.directory import CORRECTION_FORM, Line, Listed
from ..model.file import File
from ..model.month import Month
from ..model.standing import Standing
from .chart import chart_of
from .data import FOLDER, badge_json
from .directory_page import services_of
from .page import Pages
from .partner_data import partner_json
from .words import plain

Lines = Callable[[str, Month], Sequence[Line]]
"""Gives the contributions of a partner in a month."""
Badge = Callable[[str, str, bool], str]
"""Draws a badge: its label, its value, and whether it is in color."""


def partner_files(pages: Pages, one: Listed, lines: Lines, badge: Badge) -> Iterator[File]:
    """Yield the files of one partner.

    The page shows the contributions of the months that the policy adds up; the data has all.
    """
    months = [position.month for position in one.positions]
    work = [(month, one.named(lines(one.slug, month))) for month in months]
    label, value = pages.directory.program.organization, pages.phrases.standing(one)
    lit = one.until is None and one.standing is not Standing.SUSPENDED
    image = badge(label, value, lit)
    today = pages.directory.today
    shown = [_parted(month, told) for month, told in work[: _months(pages)] if told]
    yield pages.page(
        "partner",
        f"partner/{one.slug}/index.html",
        one=one,
        services=services_of(one, pages.directory.program.site),
        work=shown,
        left_out=any(uncounted for _, _, uncounted in shown),
        chart=chart_of(one.positions),
        team=one.organization.team if one.organization else (),
        paused=one.pause is not None and one.pause.until >= today,
        next_steps=tuple(pages.phrases.next_steps(one, Month.of(today))),
        badge={"label": label, "value": value, "width": _width(image)},
        snippets=_snippets(pages, one, plain(f"{label}: {value}")),
        report=_report(pages, one),
        record=_record(pages, one),
    )
    yield File(path=f"badge/{one.slug}.svg", text=image)
    yield File(path=f"badge/{one.slug}.json", text=badge_json(label, value, lit=lit))
    text = partner_json(pages.directory, one, work)
    yield File(path=f"{FOLDER}/partners/{one.slug}.json", text=text)


def _months(pages: Pages) -> int:
    return pages.directory.program.contribution.months


def _parted(month: Month, lines: Sequence[Line]) -> tuple[Month, list[Line], list[Line]]:
    """Return a month with the contributions that count, and those that do not."""
    counted = [line for line in lines if line.not_counted is None]
    return month, counted, [line for line in lines if line.not_counted is not None]


def _snippets(pages: Pages, one: Listed, alt: str) -> tuple[tuple[str, str], ...]:
    """Return the badge as text to copy, by the name of its format."""
    page, picture = f"{pages.url}partner/{one.slug}/", f"{pages.url}badge/{one.slug}.svg"
    bracketed = alt.translate({ord(sign): f"\\{sign}" for sign in "\\[]"})
    return (
        ("HTML", f'<a href="{page}"><img src="{picture}" alt="{escape(alt)}"></a>'),
        ("Markdown", f"[![{bracketed}]({picture})]({page})"),
    )


def _report(pages: Pages, one: Listed) -> str | None:
    """Return the address of a new issue about a partner, filled in; None without a repository."""
    directory = pages.directory
    month = str(directory.latest.month) if directory.latest else ""
    title = f"{one.slug} ({month}): " if month else f"{one.slug}: "
    if directory.correction_form:
        form = PurePosixPath(CORRECTION_FORM).name
        return pages.new_issue(title=title, template=form, partner=one.slug, month=month)
    _ = pages.words.translations.gettext
    body = _("What is wrong or missing? Add the address of each contribution.")
    return pages.new_issue(title=title, body=body)


def _record(pages: Pages, one: Listed) -> str | None:
    """Return the address of the partner's record; None if there is none, or no repository."""
    at, folder = pages.directory.repository, pages.directory.folder
    known = at is not None and one.organization is not None
    return f"{at}/blob/HEAD/{folder}partners/{one.slug}.yml" if known else None


def _width(image: str) -> str:
    return image.partition('width="')[2].partition('"')[0]
