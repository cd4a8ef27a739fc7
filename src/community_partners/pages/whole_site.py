"""Writes the whole site as files: pages, data, feed, badges, style and scripts.

Decides the address of each file. What was published once keeps its address.
"""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath

from ..model import claim
from ..model.directory import Directory
from ..model.file import File
from . import data
from .directory_page import directory_page
from .feed import feed
from .page import MISSING, Pages
from .partner_page import Badge, Lines, partner_files
from .ranking_pages import ranking_pages
from .words import bare_letters

FORM = "partner-application.yml"


def site_files(directory: Directory, lines: Lines, badge: Badge) -> Iterator[File]:
    """Yield all files, one at a time. `lines` and `badge` are called for a partner at a time."""
    pages = Pages(directory=directory)
    yield from _style(directory)
    yield from _single_pages(pages)
    yield from ranking_pages(pages)
    for one in (*directory.partners, *directory.former):
        yield from partner_files(pages, one, lines, badge)
    yield from _data(pages)


def _style(directory: Directory) -> Iterator[File]:
    folder = files("community_partners.pages") / "static"
    for name in ("site.css", "icon.svg"):
        text = (folder / f"{name}.j2").read_text("utf-8")
        yield File(path=name, text=text.replace("{{ accent }}", directory.program.site.accent))
    for name in ("site.js", "top.js"):
        yield File(path=name, text=(folder / name).read_text("utf-8"))


def _single_pages(pages: Pages) -> Iterator[File]:
    directory = pages.directory
    values = directory_page(directory, pages.words)
    yield pages.page("directory", "index.html", "", top=pages.homepage, **values)
    named = ((pages.words.country(one.country), one) for one in directory.amounts)
    amounts = sorted(named, key=lambda pair: (bare_letters(pair[0]), pair[1].country.code))
    yield pages.page("amount", "amount/index.html", "amount/", amounts=amounts)
    yield pages.page("join", "join/index.html", "join/", **_doors(pages))
    yield pages.page("how", "how/index.html", "how/", claim=_claim(pages))
    yield pages.page("former", "former/index.html")
    element = (
        f'<script src="{pages.url}top.js" async></script> '
        f'<community-partners-top src="{pages.url}v1/homepage.json"></community-partners-top>'
    )
    listed = pages.phrases.files()
    yield pages.page("data", "data/index.html", element=element, files=listed)
    yield pages.page("404", MISSING)


def _doors(pages: Pages) -> dict[str, str | None]:
    """Return the addresses of the form and of a new file in the repository."""
    directory = pages.directory
    file = f"{directory.repository}/new/HEAD/{directory.folder}applications"
    return {
        "form": pages.new_issue(template=FORM),
        "file": file if directory.repository else None,
    }


def _claim(pages: Pages) -> str | None:
    """Return the address of the form of claims; None if there is none."""
    if not pages.directory.claim_form:
        return None
    return pages.new_issue(template=PurePosixPath(claim.FORM).name)


def _data(pages: Pages) -> Iterator[File]:
    directory, folder = pages.directory, data.FOLDER
    yield File(path=f"{folder}/partners.json", text=data.partners_json(directory))
    yield File(path=f"{folder}/partners.csv", text=data.partners_csv(directory))
    latest = data.ranking_json(directory, directory.latest, "../")
    yield File(path=f"{folder}/ranking.json", text=latest)
    for one in directory.months:
        text = data.ranking_json(directory, one, "../../")
        yield File(path=f"{folder}/rankings/{one.month}.json", text=text)
    homepage = data.homepage_json(directory, pages.homepage, pages.heading)
    yield File(path=f"{folder}/homepage.json", text=homepage)
    fragment = pages.fragment(
        "homepage",
        shown=[(one, data.line_of(one)) for one in pages.homepage],
        root=directory.program.site.url or "",
        heading=pages.heading,
    )
    yield File(path="homepage.html", text=fragment)
    yield File(path="feed.xml", text=feed(directory, pages.words, pages.phrases))
    if url := directory.program.site.url:
        yield File(path="sitemap.xml", text=_map(directory, url))


def _map(directory: Directory, url: str) -> str:
    """Return the map of the site for search engines.

    https://www.sitemaps.org/protocol.html
    """
    paths = ["", "ranking/", "amount/", "join/", "how/", "former/", "data/"]
    paths += [f"ranking/{one.month}/" for one in directory.months]
    paths += [f"partner/{one.slug}/" for one in (*directory.partners, *directory.former)]
    entries = "".join(f"<url><loc>{escape(url + path)}</loc></url>\n" for path in paths)
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f'{head}<urlset xmlns="{name}">\n{entries}</urlset>\n'
