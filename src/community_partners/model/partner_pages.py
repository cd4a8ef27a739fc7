"""The place of partners' pages and badges: on the public site, or in the repository."""

from dataclasses import dataclass

FOLDER = "directory"
"""The folder of pages and badges in the repository, below the program's folder."""


def paths_of(slug: str) -> tuple[str, str]:
    """Return the paths of a partner's page and badge in the repository, below its folder."""
    return f"{FOLDER}/{slug}.md", f"{FOLDER}/{slug}.svg"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerPages:
    """The place of all pages and badges.

    `site`: the address of the site, with a slash at its end; None: they are in the repository.
    """

    site: str | None = None

    def page(self, slug: str, records: str) -> str:
        """Return the address of a page. `records`: address or path of the program's folder."""
        return f"{self.site}partner/{slug}/" if self.site else f"{records}/{paths_of(slug)[0]}"

    def badge(self, slug: str, records: str) -> str:
        """Return the address of a badge. `records`: as of `page`, for the files themselves."""
        return f"{self.site}badge/{slug}.svg" if self.site else f"{records}/{paths_of(slug)[1]}"
