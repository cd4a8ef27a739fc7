"""Finds records that are gone: the partners of a committed month, and the committed months.

A folder without them looks like a new program: nobody is judged, or everybody begins anew.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ..errors import UserError
from ..model.month import counted
from ..model.problem import Place, Problem
from .ranking_files import FOLDER, committed_months, read_ranking
from .yaml_document import read_text, yaml_files

PARTNERS = "partners"
_DIRECTORY = "directory"
# Only a month writes these files (`ranking_files.py`), and this line into a partner's page
# (`words/partner_page.py`): a page that an admission wrote has no ranking to point to.
_OF_A_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}\.(contributions(-[0-9]+)?\.jsonl|repositories\.json)")
_TOLD = "All partners: [ranking](../rankings/README.md). This one: [record](../partners/"


def lost_records(root: Path) -> Iterator[Problem]:
    """Yield a problem if partners or months are gone. `root`: the folder of the records."""
    if not any(yaml_files(root / PARTNERS)):
        yield from lost_partners(root)
    yield from lost_months(root)


def lost_partners(root: Path) -> Iterator[Problem]:
    """Yield a problem if the last committed month has partners; to be asked if no record is there.

    A month that cannot be read says nothing here: a run of the month refuses it.
    """
    months = committed_months(root)
    try:
        latest = read_ranking(root, months[-1]) if months else None
    except UserError:
        return
    if latest and latest.partners:
        yield Problem(
            place=Place(document=str(root / PARTNERS)),
            message=f"There is no record of a partner, while {FOLDER}/{latest.month}.json has "
            f"{counted(len(latest.partners), 'partner')}.",
            remedy=f"Restore {PARTNERS}/ from git; if the program begins anew without partners, "
            f"take away {FOLDER}/, too.",
        )


def lost_months(root: Path) -> Iterator[Problem]:
    """Yield a problem if no month is committed, and a file tells that one was."""
    trace = None if committed_months(root) else next(_traces(root), None)
    if trace:
        yield Problem(
            place=Place(document=str(root / FOLDER)),
            message=f"No month is committed, while {trace.relative_to(root)} was written by one: "
            "each standing would begin anew.",
            remedy=f"Restore {FOLDER}/ from git; or compute the months anew with "
            "`partners month --from`, and name the first one.",
        )


def _traces(root: Path) -> Iterator[Path]:
    """Yield files that only a month writes."""
    for path in sorted((root / FOLDER).glob("*.json*")):
        if _OF_A_MONTH.fullmatch(path.name):
            yield path
    for path in sorted((root / _DIRECTORY).glob("*.md")):
        if path.is_file() and _TOLD in read_text(path):
            yield path
