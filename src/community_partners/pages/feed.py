"""Writes the feed of news in Atom: who joined and left, which month is there or was corrected.

https://www.rfc-editor.org/rfc/rfc4287
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from ..model.directory import Directory
from .phrases import Phrases
from .words import Words, plain

MOST = 100
"""Entries of the feed, the latest first."""
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """`key`: the rest of its id, which never changes. `path`: of its page below the site."""

    day: date
    key: str
    title: str
    path: str


def feed(directory: Directory, words: Words, phrases: Phrases) -> str:
    """Return the feed. Without the site's address, links are relative to the feed."""
    program, site = directory.program, directory.program.site
    said = phrases.feed()
    entries = sorted(_entries(directory, words, said), key=lambda one: (one.day, one.key))
    entries = entries[::-1][:MOST]
    # https://www.rfc-editor.org/rfc/rfc4151
    # A year in which the name was theirs. It never changes, since an entry keeps its id.
    tag = f"tag:{urlsplit(program.home).hostname or 'localhost'},2026:partners"
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": words.language})
    SubElement(root, "id").text = tag
    SubElement(root, "title").text = said["title"] % {"name": plain(program.name)}
    last = entries[0].day if entries else program.policy.date
    SubElement(root, "updated").text = _moment(last)
    SubElement(SubElement(root, "author"), "name").text = plain(program.organization)
    SubElement(root, "link", {"rel": "alternate", "href": site.url or "./"})
    if site.url:
        SubElement(root, "link", {"rel": "self", "href": f"{site.url}feed.xml"})
    for entry in entries:
        element = SubElement(root, "entry")
        SubElement(element, "id").text = f"{tag}/{entry.key}"
        SubElement(element, "title").text = entry.title
        SubElement(element, "updated").text = _moment(entry.day)
        SubElement(element, "link", {"href": f"{site.url or ''}{entry.path}"})
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _entries(directory: Directory, words: Words, said: Mapping[str, str]) -> Iterator[_Entry]:
    for one in (*directory.partners, *directory.former):
        name, path = {"name": plain(one.name)}, f"partner/{one.slug}/"
        key = f"{one.slug}/{one.accepted}"
        yield _Entry(day=one.accepted, key=f"{key}/in", title=said["admitted"] % name, path=path)
        if one.until is not None:
            day = one.until.last_day
            yield _Entry(day=day, key=f"{key}/out", title=said["left"] % name, path=path)
    for ranking in directory.months:
        month, path = ranking.month, f"ranking/{ranking.month}/"
        named = {"month": words.month(month)}
        # A month is computed after its end; no file keeps the day.
        day = (month + 1).first_day
        yield _Entry(day=day, key=str(month), title=said["month"] % named, path=path)
        for at, correction in enumerate(ranking.corrections, 1):
            title = said["corrected"] % named
            yield _Entry(day=correction.day, key=f"{month}/{at}", title=title, path=path)


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"
