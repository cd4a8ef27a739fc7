"""Renders the site into a folder. A run writes only what differs, and removes what it wrote before.

The list `.community-partners-site` names the files of the last run. No other file is removed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from ..checkout.files import changed, write
from ..directory.gather import Gathered, gather
from ..directory.listing import directory_of
from ..errors import UserError
from ..intake.contribution_lines import ContributionLines
from ..intake.program import read_program
from ..intake.schema import schema_folder
from ..model.directory import Directory
from ..model.file import File, packed
from ..model.problem import Problem
from ..pages.whole_site import site_files
from ..words.badge import badge

WRITTEN = ".community-partners-site"
SCHEMAS = "v1/schemas"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """How many files the site has, how many of these were written, and how many were removed.

    `refused`: the problems of logos that are not shown. `url`: where the program publishes it.
    """

    whole: int
    written: int
    removed: int
    refused: tuple[Problem, ...]
    url: str | None


def render_site(
    program_file: Path,
    folder: Path,
    today: date,
    *,
    server: str,
    repository: str | None,
    trial: bool = False,
) -> Rendered:
    """Render the site of a program into `folder`.

    `server`: the address of GitHub. `repository`: `owner/name` of the running workflow, if the
    program names none. `trial`: nothing is written. Raises UserError for records that cannot be
    read, and for a folder that cannot be written.
    """
    gathered = gather(read_program(program_file, today), program_file.parent, today)
    name = gathered.program.repository or repository
    inside = program_file.parent.as_posix()
    directory = directory_of(
        gathered,
        today,
        f"{server}/{name}" if name else None,
        "" if program_file.parent.is_absolute() or inside == "." else f"{inside}/",
    )
    files = site_files(
        directory,
        ContributionLines(program_file.parent, gathered.months).of,
        lambda label, value, lit: badge(label, value, lit=lit),
    )
    logos = _logos(directory, gathered)
    whole, written, removed = _publish(folder, chain(files, logos, _schemas()), trial=trial)
    return Rendered(
        whole=whole,
        written=written,
        removed=removed,
        refused=gathered.refused,
        url=gathered.program.site.url,
    )


def _logos(directory: Directory, gathered: Gathered) -> Iterator[File]:
    """Yield the logos of the partners that are shown, as they are."""
    for one in (*directory.partners, *directory.former):
        if one.logo:
            yield File(path=one.logo, text=packed(gathered.logos[one.slug].content))


def _schemas() -> Iterator[File]:
    """Yield the schemas of the published data."""
    for path in sorted(schema_folder().glob("published-*.schema.json")):
        name = path.name.removeprefix("published-")
        yield File(path=f"{SCHEMAS}/{name}", text=path.read_text("utf-8"))


def _publish(folder: Path, files: Iterable[File], *, trial: bool) -> tuple[int, int, int]:
    """Write the files, unless it is a trial; return how many there are, differ and are removed."""
    before = _listed(folder)
    paths: list[str] = []
    written = 0
    for file in files:  # one at a time: a site can have hundreds of megabytes
        differs = changed(folder, (file,))
        if not trial:
            write(folder, differs)
        written += len(differs)
        paths.append(file.path)
    gone = changed(folder, (File(path=path, text=None) for path in before - {*paths}))
    if trial:
        return len(paths), written, len(gone)
    write(folder, gone)
    listing = File(path=WRITTEN, text="".join(f"{path}\n" for path in sorted(paths)))
    write(folder, changed(folder, (listing,)))
    return len(paths), written, len(gone)


def _listed(folder: Path) -> set[str]:
    """Return the paths that the last run wrote; a line that leads out of the folder is left out."""
    try:
        text = (folder / WRITTEN).read_text("utf-8")
    except FileNotFoundError:
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{folder / WRITTEN} cannot be read. Remove it, then run again.") from error
    return {line for line in text.splitlines() if line and _is_inside(line)}


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts
