"""Renders one page of the site from its template. Decides what each template is given."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..model.directory import Directory, Listed
from ..model.file import File
from .environment import environment
from .phrases import Phrases
from .words import Words, plain

GITHUB = "https://github.com"
MISSING = "404.html"


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The values that all pages of one site have in common."""

    directory: Directory

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

    @property
    def url(self) -> str:
        """The start of the site's addresses, for texts that people copy; "/" if it is not known."""
        return self.directory.program.site.url or "/"

    def new_issue(self, **asked: str) -> str | None:
        """Return the address of a new issue, filled in; None without a repository.

        https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue#creating-an-issue-from-a-url-query
        """
        repository = self.directory.repository
        return f"{repository}/issues/new?{urlencode(asked)}" if repository else None

    @cached_property
    def _common(self) -> dict[str, Any]:
        directory = self.directory
        return {
            **self.phrases.of_all(),
            "directory": directory,
            "program": directory.program,
            "site": directory.program.site,
            "latest": directory.latest,
            "heading": self.heading,
            "github": GITHUB,
        }

    def page(self, template: str, path: str, here: str | None = None, **values: object) -> File:
        """Return a page.

        `path`: of the file below the site. `here`: the entry of the menu that is this page.
        """
        url = self.directory.program.site.url
        at = path.removesuffix("index.html")
        # GitHub shows this page at any depth, so that no relative link would do.
        root = urlsplit(self.url).path if path == MISSING else "../" * path.count("/")
        text = self.fragment(
            template,
            **self._common,
            root=root or "./",
            address=f"{url}{at}" if url and path != MISSING else None,
            here=here,
            **values,
        )
        return File(path=path, text=text)

    def fragment(self, template: str, **values: object) -> str:
        """Return what a template makes of values."""
        return environment(self.words).get_template(f"{template}.html.j2").render(**values)
