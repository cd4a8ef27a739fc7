"""The review of either door for an application that waits: there is no event that asks for it.

What is written is what an edit would have brought about: the same comment, label and status.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from .check import Gather
from .intake.event import Ignored, no_application
from .model.program import Program
from .output.conversation import Thread
from .output.github_client import GitHubRepository
from .output.github_thread import GitHubThread
from .review import Answered, Review, read_form, recheck, review
from .review_pull import PullDoor, review_pull
from .thread_commands import MayWrite


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What both need. `root`: the folder of the program's records."""

    there: GitHubRepository
    program: Program
    root: Path
    today: date
    gather: Gather
    may_write: MayWrite
    dry_run: bool

    def issue(self, thread: GitHubThread, number: int, seen: Thread) -> Review | Ignored:
        """`seen`: the thread as it was read. Raises UserError with a sentence."""
        issue, form = seen.issue, read_form(self.root)
        other = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if other:
            return other
        judge = partial(review, issue, form, self.program, self.today, self.gather)
        asked = (seen, judge, self.program, thread, self.may_write)
        return recheck(*asked, dry_run=self.dry_run)

    def pull(self, thread: GitHubThread, number: int, seen: Thread) -> Review | Ignored:
        """Reads the thread itself, beside the commit. Raises UserError with a sentence."""
        door = PullDoor(
            there=self.there,
            may_write=self.may_write,
            thread=thread,
            number=number,
            root=self.root,
        )
        done = review_pull(door, self.program, self.today, self.gather, dry_run=self.dry_run)
        if isinstance(done, Answered):  # only a command is answered so, and there is none
            return Ignored(reason="A comment was answered.")
        return done if isinstance(done, Ignored) else done.review
