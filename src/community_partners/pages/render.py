"""Writes the whole site as files: pages, data, feed, badges, style and scripts.

Decides the address of each file. What was published once keeps its address.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from urllib.parse import urlencode, urlsplit

from ..model.directory import Directory, Line, Listed
from ..model.file import File
from ..model.month import Month
from ..model.ranking import Ranking
from . import data
from .chart import chart_of
from .directory_page import directory_page
from .environment import environment
from .feed import feed
from .phrases import Phrases
from .words import Words, plain

GITHUB = "https://github.com"
FORM = "partner-application.yml"

Lines = Callable[[str, Month], Sequence[Line]]
"""Gives the contributions of a partner in a month."""
Badge = Callable[[str, str, bool], str]
"""Draws a badge: its label, its value, and whether it is in color."""


@dataclass(frozen=True, kw_only=True)
class SiteRenderer:
    """Makes the files of one directory. `lines` and `badge` are called for one partner at a time."""

    directory: Directory
    lines: Lines
    badge: Badge

    @cached_property
    def words(self) -> Words:
        return Words(self.directory.program.site.language)

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.words, self.directory.program)

    @cached_property
    def heading(self) -> str:
        """The title of the site."""
        program = self.directory.program
        said = self.words.translations.gettext("Partners of %(name)s")
        return program.site.title or said % {"name": plain(program.organization)}

    @cached_property
    def homepage(self) -> tuple[Listed, ...]:
        """The partners on the homepage: those of the last month that still are partners."""
        known = {one.slug: one for one in self.directory.partners}
        latest = self.directory.latest
        slugs = latest.homepage if latest else ()
        return tuple(known[slug] for slug in slugs if slug in known and known[slug].latest)

    def files(self) -> Iterator[File]:
        """Yield all files, one at a time."""
        yield from self._static()
        yield from self._single_pages()
        yield from self._rankings()
        for one in (*self.directory.partners, *self.directory.former):
            yield from self._partner(one)
        yield from self._data()

    def _page(self, template: str, path: str, here: str = "", **values: object) -> File:
        """Return a page. `path`: below the site, with `index.html`. `here`: its place in the menu."""
        site = self.directory.program.site
        at = path.removesuffix("index.html")
        root = _home(site.url) if path == "404.html" else "../" * path.count("/")
        text = (
            environment(self.words)
            .get_template(f"{template}.html.j2")
            .render(
                **self.phrases.of_all(),
                directory=self.directory,
                program=self.directory.program,
                site=site,
                latest=self.directory.latest,
                heading=self.heading,
                github=GITHUB,
                root=root or "./",
                address=f"{site.url}{at}" if site.url and path != "404.html" else None,
                here=here,
                **values,
            )
        )
        return File(path=path, text=text)

    def _static(self) -> Iterator[File]:
        accent = self.directory.program.site.accent
        folder = files("community_partners.pages") / "static"
        for name in ("site.css", "icon.svg"):
            text = (folder / f"{name}.j2").read_text("utf-8")
            yield File(path=name, text=text.replace("{{ accent }}", accent))
        for name in ("site.js", "top.js"):
            yield File(path=name, text=(folder / name).read_text("utf-8"))

    def _single_pages(self) -> Iterator[File]:
        directory, url = self.directory, self.directory.program.site.url
        yield self._page(
            "directory",
            "index.html",
            top=self.homepage,
            **directory_page(directory, self.words),
        )
        priced = [one for one in directory.amounts if one.required]
        unpriced = [one for one in directory.amounts if not one.required]
        yield self._page(
            "amount",
            "amount/index.html",
            "amount/",
            amounts=directory.amounts,
            priced=priced,
            unpriced=unpriced,
        )
        yield self._page("join", "join/index.html", "join/", **self._doors())
        yield self._page("how", "how/index.html", "how/")
        yield self._page("former", "former/index.html")
        element = (
            f'<script src="{url or "/"}top.js" async></script>\n'
            f'<community-partners-top src="{url or "/"}v1/homepage.json"></community-partners-top>'
        )
        yield self._page("data", "data/index.html", element=element, files=self.phrases.files())
        yield self._page("404", "404.html")

    def _doors(self) -> dict[str, str | None]:
        """Return the addresses of the form and of a new file in the repository."""
        at, folder = self.directory.repository, self.directory.folder
        if at is None:
            return {"form": None, "file": None}
        return {
            "form": f"{at}/issues/new?{urlencode({'template': FORM})}",
            "file": f"{at}/new/HEAD/{folder}applications",
        }

    def _rankings(self) -> Iterator[File]:
        rankings = self.directory.months
        yield self._ranking("ranking/index.html", 0)
        for at, ranking in enumerate(rankings):
            yield self._ranking(f"ranking/{ranking.month}/index.html", at)

    def _ranking(self, path: str, at: int) -> File:
        rankings = self.directory.months
        shown = rankings[at] if rankings else None
        lines = shown.partners if shown else ()
        return self._page(
            "ranking",
            path,
            "ranking/",
            shown=shown,
            ranked=[one for one in lines if one.rank is not None],
            unranked=[one for one in lines if one.rank is None],
            earlier=_month(rankings, at + 1),
            later=_month(rankings, at - 1) if at else None,
            months=[one.month for one in rankings],
        )

    def _partner(self, one: Listed) -> Iterator[File]:
        program, url = self.directory.program, self.directory.program.site.url or "/"
        work = [(place.month, self.lines(one.slug, place.month)) for place in one.places]
        shown = [
            (
                month,
                [line for line in lines if line.not_counted is None],
                [line for line in lines if line.not_counted is not None],
            )
            for month, lines in work[: program.contribution.months]
            if lines
        ]
        label, value = program.organization, self.phrases.standing(one)
        lit = one.until is None and one.standing.value != "suspended"
        image = self.badge(label, value, lit)
        page, picture = f"{url}partner/{one.slug}/", f"{url}badge/{one.slug}.svg"
        alt = plain(f"{label}: {value}")
        team = one.organization.team if one.organization else ()
        yield self._page(
            "partner",
            f"partner/{one.slug}/index.html",
            one=one,
            work=shown,
            left_out=any(uncounted for _, _, uncounted in shown),
            chart=chart_of(one.places),
            team=team,
            paused=one.pause is not None and one.pause.until >= self.directory.today,
            next_steps=tuple(self.phrases.next_steps(one, Month.of(self.directory.today))),
            badge={"label": label, "value": value, "width": _width(image)},
            snippets=(
                ("HTML", f'<a href="{page}"><img src="{picture}" alt="{_attribute(alt)}"></a>'),
                ("Markdown", f"[![{_bracketed(alt)}]({picture})]({page})"),
            ),
            report=self._report(one),
            record=self._record(one),
        )
        yield File(path=f"badge/{one.slug}.svg", text=image)
        yield File(path=f"badge/{one.slug}.json", text=data.badge_json(label, value, lit=lit))
        path = f"{data.FOLDER}/partners/{one.slug}.json"
        yield File(path=path, text=data.partner_json(self.directory, one, work))

    def _report(self, one: Listed) -> str | None:
        """Return the address of a new issue about a partner, filled in."""
        if self.directory.repository is None:
            return None
        month = self.directory.latest
        about = f" ({month.month})" if month else ""
        _ = self.words.translations.gettext
        asked = {
            "title": f"{one.slug}{about}: ",
            "body": _("What is wrong or missing? Add the address of each contribution."),
        }
        return f"{self.directory.repository}/issues/new?{urlencode(asked)}"

    def _record(self, one: Listed) -> str | None:
        at, folder = self.directory.repository, self.directory.folder
        known = at is not None and one.organization is not None
        return f"{at}/blob/HEAD/{folder}partners/{one.slug}.yml" if known else None

    def _data(self) -> Iterator[File]:
        directory, words = self.directory, self.words
        folder = data.FOLDER
        yield File(path=f"{folder}/partners.json", text=data.partners_json(directory))
        yield File(path=f"{folder}/partners.csv", text=data.partners_csv(directory))
        latest = data.ranking_json(directory, directory.latest, "../")
        yield File(path=f"{folder}/ranking.json", text=latest)
        for one in directory.months:
            text = data.ranking_json(directory, one, "../../")
            yield File(path=f"{folder}/rankings/{one.month}.json", text=text)
        text = data.homepage_json(directory, self.homepage, self.heading)
        yield File(path=f"{folder}/homepage.json", text=text)
        yield self._fragment()
        yield File(path="feed.xml", text=feed(directory, words, self.phrases))
        if url := directory.program.site.url:
            yield File(path="sitemap.xml", text=self._map(url))

    def _fragment(self) -> File:
        """Return the homepage's partners as HTML that another page can include."""
        url = self.directory.program.site.url or ""
        text = (
            environment(self.words)
            .get_template("homepage.html.j2")
            .render(
                shown=[(one, data.line_of(one)) for one in self.homepage],
                root=url,
                heading=self.heading,
            )
        )
        return File(path="homepage.html", text=text)

    def _map(self, url: str) -> str:
        """Return the map of the site for search engines.

        https://www.sitemaps.org/protocol.html
        """
        directory = self.directory
        paths = ["", "ranking/", "amount/", "join/", "how/", "former/", "data/"]
        paths += [f"ranking/{one.month}/" for one in directory.months]
        listed = (*directory.partners, *directory.former)
        paths += [f"partner/{one.slug}/" for one in listed]
        entries = "".join(f"<url><loc>{_attribute(url + path)}</loc></url>\n" for path in paths)
        name = "http://www.sitemaps.org/schemas/sitemap/0.9"
        head = '<?xml version="1.0" encoding="utf-8"?>\n'
        return f'{head}<urlset xmlns="{name}">\n{entries}</urlset>\n'


def _home(url: str | None) -> str:
    """Return the path of the site on its host; the page for missing addresses has no other way."""
    return urlsplit(url).path if url else "/"


def _month(rankings: Sequence[Ranking], at: int) -> Month | None:
    return rankings[at].month if at < len(rankings) else None


def _width(image: str) -> str:
    return image.partition('width="')[2].partition('"')[0]


def _attribute(text: str) -> str:
    return escape(text, quote=True)


def _bracketed(text: str) -> str:
    return text.translate({ord(one): f"\\{one}" for one in "\\[]"})
