"""The settings of the public site: the section `site` of `program.yml`, all of it optional."""

from dataclasses import dataclass

ACCENT = "#7a3e00"
DATA = "v1"
"""The folder of the site that has the published data, by version."""

LIST = f"{DATA}/partners.json"
LIST_SCHEMA = "urn:community-partners:v1:partners"
"""The list of all partners, below the address of the site; and what it says to be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteLink:
    """A further link in the site's menu, such as to the project's forum."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The texts of the site that are the program's own.

    `url`: the address at which the site is published, for the feed and the map of the site, which
    need whole addresses; None: both name only what needs none. `title` None: `Partners of` and the
    organization. `one_liner`: a sentence below the title, instead of ours. `language`: of the words
    of the site, dates and numbers, as BCP 47 writes it. `accent`: a color, such as `#1b5e20`.
    `services`: those that visitors can filter by; other services of a partner are text only.
    """

    url: str | None = None
    title: str | None = None
    one_liner: str | None = None
    language: str = "en"
    accent: str = ACCENT
    links: tuple[SiteLink, ...] = ()
    services: tuple[str, ...] = ()
