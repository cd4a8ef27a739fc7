"""Reads what the job that judges has handed on, which is checked like any other input.

The job that judges reads what strangers write, and holds the secrets. The job that writes holds
none, and trusts this text no more than a stranger's.
"""

import json
from collections.abc import Sequence

from ..errors import UserError
from ..model.handed_on import Handed, HandedLeave, HandedOn
from ..stored import dump, load
from .schema import fits

LARGEST = 200_000  # characters: more than 500 applications need
_Several = Sequence[Handed]


def write_handed_on(handed: _Several) -> str:
    """Return what is handed on as one line of JSON; "" if it is nothing."""
    if not handed:
        return ""
    written = [json.loads(dump(one, type(one), indent=None)) for one in handed]
    return json.dumps(written, sort_keys=True, ensure_ascii=False)


def read_handed_on(text: str) -> _Several:
    """Return what was handed on; () for an empty text. Raises UserError for any other text."""
    if not text.strip():
        return ()
    try:
        data = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        data = None
    if data is None or not fits(data, "handed-on"):
        raise UserError(
            "This is not what `partners review` or `partners waiting` hands on. Use its output "
            "`handed-on` as it is."
        )
    return tuple(
        load(one, HandedLeave) if "comment" in one else load(one, HandedOn) for one in data
    )
