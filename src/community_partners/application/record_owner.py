"""Gathers whether the author of a pull request may change the application that stands."""

from datetime import date
from pathlib import Path

from ..errors import UserError
from ..intake.applications import read_application
from ..model.application import Member
from ..model.pull_request import ChangedFile, PullRequest
from ..model.verdict import Finding
from ..rules.record_change import change_of_record, in_team
from .commands_in_comments import MayWrite


def owner_of_record(
    pull: PullRequest, file: ChangedFile, folder: Path, may_write: MayWrite, today: date
) -> Finding | None:
    """None where there is no record to be changed. `folder`: of applications, as they stand."""
    stands = folder / Path(file.path).name
    if file.status == "added" and not stands.exists():
        return None
    ours = in_team(pull, _team(stands, today), today)
    writes = not ours and _writes(pull, may_write)
    return change_of_record(pull, file.path, ours=ours, may_write=writes)


def _writes(pull: PullRequest, may_write: MayWrite) -> bool:
    """What GitHub does not tell is for a person to look at, as a no."""
    try:
        return pull.author is not None and may_write(pull.author)
    except UserError:
        return False


def _team(record: Path, today: date) -> tuple[Member, ...]:
    """As the record says that stands, not as it is proposed; nobody where it cannot be read."""
    try:
        return read_application(record, today, None).team
    except UserError:
        return ()
