"""Writes what a run without `contents: write` has handed on, for `partners propose`.

What was handed on only says where to look. Gather: the thread and the funnel, as they are now.
Decide: whether our account's verdict there, and the form, are what was handed on; then the plan
of `proposal.py`, or the end of a seat (`seats.py`). Apply: the plan. No secret is needed, and
nothing is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import UserError
from ..github.named import NOBODY
from ..hidden_line import our_comments
from ..intake.event import Ignored
from ..model.handed_on import Handed, HandedLeave, HandedOn
from ..publication.place import Place
from .door import Run
from .issue_door import enter_issue
from .proposal import settle_proposal, wanted_again, was_eligible
from .seats import end_seat


@dataclass(kw_only=True)
class Proposed:
    """`lines`: for the log. `failures`: a sentence for each application that failed."""

    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def propose_all(handed: Sequence[Handed], run: Run, place: Place) -> Proposed:
    """Write the proposals one by one. If one fails, record that and go on."""
    done = Proposed()
    for one in handed:
        try:
            if isinstance(one, HandedLeave):
                done.lines.extend(end_seat(one, run, place))
            else:
                done.lines.extend(_propose(one, run))
        except UserError as error:
            done.failures.append(f"#{one.issue}: {error}")
    return done


def _propose(handed: HandedOn, run: Run) -> tuple[str, ...]:
    thread = run.thread(handed.issue)
    thread.read(run.funnels.with_thread(handed.slug, NOBODY, handed.issue))
    door = enter_issue(run, thread)
    if isinstance(door, Ignored):
        raise UserError(f"{door.reason} So nothing was proposed.")
    verdicts = our_comments(thread.seen, "verdict")
    if not verdicts or not was_eligible(thread.seen):
        raise UserError("No verdict of ours there was ever eligible. So nothing was proposed.")
    want = wanted_again(handed, door.submission(), verdicts[0])
    return settle_proposal(run, want).lines
