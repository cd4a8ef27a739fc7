"""Closed months of work on disk, so that they are never asked for again. Public facts only.

Decides when a month is settled: on the second day of the next one, since GitHub's search index
lags. A file that cannot be read is as good as none.
"""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from ..model.contribution import MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import GitHubScope
from ..stored import dump, load
from .kept_file import keep

FORMAT = "1"  # a new one whenever what is swept or how it is written changes


class MonthCache:
    """One file for each month and scope in `folder`, which may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, scope: GitHubScope, month: Month) -> Answer[MonthOfWork] | None:
        """The month as it was swept, with the time and place of asking."""
        try:
            data = json.loads(self._file(scope, month).read_text(encoding="utf-8"))
            answer = load(data, Answer[MonthOfWork])
        except Exception:  # noqa: BLE001  missing, cut off, of another version: sweep anew
            return None
        return answer if answer.value and answer.value.month == month else None

    def put(self, scope: GitHubScope, answer: Answer[MonthOfWork], today: date) -> None:
        """Keep a settled month whole; a failure is not kept.

        Settled by `today` and by the time of asking: `today` may be a day that is yet to come.
        """
        work = answer.value
        seen = min(today, answer.asked_at.date())
        if work is None or seen < (work.month + 1).first_day + timedelta(days=1):
            return
        keep(self._file(scope, work.month), dump(answer, Answer[MonthOfWork]).encode())

    def _file(self, scope: GitHubScope, month: Month) -> Path:
        of = hashlib.sha256(dump(scope, GitHubScope).encode()).hexdigest()[:16]
        return self._folder / f"work-{month}-{of}-v{FORMAT}.json"
