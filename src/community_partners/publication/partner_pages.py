"""Decides where pages and badges of partners are, and which files of `directory/` follow from that.

A program without a site keeps `directory/`. Once the site of a program shows its partners, a month
removes our files from `directory/`, and none is written any more.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..intake.yaml_document import read_text
from ..model.file import File
from ..model.partner import Partner
from ..model.partner_pages import FOLDER, PartnerPages, paths_of
from ..model.program import Program
from ..model.ranking import Ranking
from ..words.partner_page import is_page, partner_pages

Shown = Callable[[Program], bool]
"""Asks whether the site of a program shows its partners."""


def pages_of(program: Program, root: Path, shown: Shown | None = None) -> PartnerPages:
    """Return where pages and badges are from now on. `root`: the program's folder.

    The site is asked only while `directory/` has a page of ours. `shown` None: nobody is asked, and
    `directory/` stays until a run asks.
    """
    url = program.site.url
    if url is None:
        return PartnerPages()
    if next(_ours(root), None) and not (shown and shown(program)):
        return PartnerPages()
    return PartnerPages(site=url)


def directory_files(
    pages: PartnerPages,
    partners: Iterable[Partner],
    latest: Ranking | None,
    program: Program,
    root: Path,
) -> Iterator[File]:
    """Yield pages and badges of the partners that want to be shown, and the removal of others.

    If the pages are on the site, all of ours are removed; what people wrote in the folder stays.
    """
    files = () if pages.site else tuple(partner_pages(partners, latest, program))
    yield from files
    written = {one.path for one in files}
    for slug in _ours(root):
        page, badge = paths_of(slug)
        if page not in written:
            yield File(path=badge, text=None)
            yield File(path=page, text=None)  # the page last: by it a later run finds both


def leaves_directory(pages: PartnerPages, files: Iterable[File]) -> bool:
    """Tell whether these files remove our pages because the site has them now."""
    return bool(pages.site) and any(one.path.startswith(f"{FOLDER}/") for one in files)


def _ours(root: Path) -> Iterator[str]:
    """Yield the slugs of the pages that we wrote into `directory/`, in order."""
    for path in sorted((root / FOLDER).glob("*.md")):
        if path.is_file() and is_page(path.stem, read_text(path)):
            yield path.stem
