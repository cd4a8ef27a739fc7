"""Writes the file of a claim that was approved, one for each issue."""

from dataclasses import dataclass
from pathlib import Path

from ..intake.yaml_document import write_yaml
from ..model.claim import Claim
from ..model.file import File
from ..model.month import Month
from ..model.publication import Publication


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A claim of the issue `number` that `by` approved, for the partner `slug`."""

    claim: Claim
    slug: str
    by: str
    number: int


def publication_of(one: Approval, root: Path, folder: str) -> Publication:
    """Return the file with its commit. `folder`: of the claims, below `root`."""
    return Publication(
        files=(File(path=_free(root, _path(one, folder)), text=_text(one)),),
        message=f"Add a claim of {one.slug}: {one.claim.kind}\n\nApproved in #{one.number}.\n",
        own=f"claim-{one.number}",
    )


def _path(one: Approval, folder: str) -> str:
    """Return the path without its ending. Pull requests of two claims never have the same path."""
    month = Month.of(one.claim.day)
    return f"{folder}/{month.year}/{month.month:02}/{one.slug}-{one.number}"


def _free(root: Path, start: str) -> str:
    """Return the path, or the first one with another number behind it that no file has."""
    path, number = f"{start}.yml", 2
    while (root / path).exists():
        path, number = f"{start}-{number}.yml", number + 1
    return path


def _text(one: Approval) -> str:
    return write_yaml(
        {
            "claims": [
                {
                    "kind": one.claim.kind,
                    "person": one.claim.person,
                    "date": one.claim.day.isoformat(),
                    "title": one.claim.title,
                    "url": one.claim.url,
                    "approved_by": one.by,
                    "issue": one.number,
                }
            ]
        }
    )
