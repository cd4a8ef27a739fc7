"""Where pages and badges of partners are, and what becomes of `directory/`."""

from pathlib import Path

import pytest

from builders import program
from community_partners.model.file import File
from community_partners.model.partner_pages import PartnerPages
from community_partners.model.program import Program
from community_partners.model.site import Site
from community_partners.publication.partner_pages import (
    Shown,
    directory_files,
    leaves_directory,
    pages_of,
)

SITE = "https://partners.example/"
OURS = "# Acme\n\nThis one: [record](../partners/acme.yml).\n"
THEIRS = "# How to\n"


def folder(root: Path, **pages: str) -> Path:
    (root / "directory").mkdir()
    for slug, text in pages.items():
        (root / f"directory/{slug}.md").write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    ("url", "pages", "shows", "expected", "asked"),
    [
        (None, {"acme": OURS}, True, None, 0),
        (None, {}, True, None, 0),
        (SITE, {}, False, SITE, 0),
        (SITE, {"acme": THEIRS}, False, SITE, 0),
        (SITE, {"other": OURS}, False, SITE, 0),
        (SITE, {"acme": OURS}, True, SITE, 1),
        (SITE, {"acme": OURS}, False, None, 1),
        (SITE, {"acme": OURS}, None, None, 0),
        (SITE, {}, None, SITE, 0),
    ],
    ids=[
        "no site",
        "no site and no folder",
        "gone",
        "a page of a person",
        "another partner's page under a wrong name",
        "the site answers",
        "the site does not answer",
        "nobody may ask",
        "nobody may ask and it is gone",
    ],
)
def test_where_pages_are(
    tmp_path: Path,
    url: str | None,
    pages: dict[str, str],
    shows: bool | None,
    expected: str | None,
    asked: int,
) -> None:
    questions: list[Program] = []

    def ask(of: Program) -> bool:
        questions.append(of)
        return bool(shows)

    shown: Shown | None = None if shows is None else ask
    there = pages_of(program(site=Site(url=url)), folder(tmp_path, **pages), shown)
    assert (there, len(questions)) == (PartnerPages(site=expected), asked)


def test_our_pages_leave_and_the_others_stay(tmp_path: Path) -> None:
    root = folder(tmp_path, acme=OURS, manual=THEIRS)
    pages = PartnerPages(site=SITE)
    files = tuple(directory_files(pages, (), None, program(), root))
    assert files == tuple(
        File(path=path, text=None) for path in ("directory/acme.svg", "directory/acme.md")
    )
    assert leaves_directory(pages, files)
    assert not leaves_directory(PartnerPages(), files), "the partner has left, the folder stays"
    assert not leaves_directory(pages, (File(path="rankings/README.md", text=""),))


def test_each_address_is_that_of_the_place_that_has_it() -> None:
    there, here = PartnerPages(site=SITE), PartnerPages()
    assert there.page("acme", "..") == f"{SITE}partner/acme/"
    assert there.badge("acme", "..") == f"{SITE}badge/acme.svg"
    assert here.page("acme", "..") == "../directory/acme.md"
    assert here.badge("acme", "https://x") == "https://x/directory/acme.svg"
