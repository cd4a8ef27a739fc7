"""Keep closed months of work on disk, from day 2 of the next month: GitHub's search index lags."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from ..model.contribution import MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import Agents, GitHubScope
from ..stored import dump, keep, load

FORMAT = "4"  # raise it when the data that are read, or their written form, change


def settled_from(month: Month) -> date:
    """Return the day from which the work of a month changes no more: day 2 of the next month."""
    return (month + 1).first_day + timedelta(days=1)


class MonthCache:
    """Keeps months of work on disk: one file for each month and scope in `folder`.

    The folder is created when it is needed. `agents`: for whom a coding agent's work was read.
    """

    def __init__(self, folder: Path, agents: Agents = Agents.NOBODY) -> None:
        self._folder = folder
        self._of = "" if agents is Agents.NOBODY else f"-{agents}"

    def get(self, scope: GitHubScope, month: Month) -> Answer[MonthOfWork] | None:
        """Return the kept answer for a month; None if no usable file is kept.

        The answer's `asked_at` is the time at which GitHub was asked.
        """
        try:
            data = json.loads(self._file(scope, month).read_text(encoding="utf-8"))
            answer = load(data, Answer[MonthOfWork])
        except Exception:  # noqa: BLE001  missing, cut off, of another version: sweep anew
            return None
        return answer if answer.value and answer.value.month == month else None

    def put(self, scope: GitHubScope, answer: Answer[MonthOfWork], today: date) -> None:
        """Keep a month on disk if it is settled; a failure is not kept.

        A month must be settled both by `today` and by the time of asking: `today` may be a day in
        the future.
        """
        work = answer.value
        if work is None or min(today, answer.asked_at.date()) < settled_from(work.month):
            return
        keep(self._file(scope, work.month), dump(answer, Answer[MonthOfWork], indent=None).encode())

    def _file(self, scope: GitHubScope, month: Month) -> Path:
        of = hashlib.sha256(dump(scope, GitHubScope).encode()).hexdigest()[:16]
        return self._folder / f"work-{month}-{of}{self._of}-v{FORMAT}.json"
