"""Writes the files of claims that were approved: one for each partner and month of a thread."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..intake.yaml_document import write_yaml
from ..model.claim import Claim, Claimed
from ..model.file import File
from ..model.month import Month
from ..model.publication import Publication


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """The claims of the thread `number` that `by` approved. `by_id`: the number of that account."""

    claims: tuple[Claimed, ...]
    by: str
    by_id: int
    number: int


def publication_of(one: Approval, root: Path, folder: str) -> Publication:
    """Return the files with their commit. `folder`: of the claims, below `root`."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for each in one.claims:
        claims[_path(each, one.number, folder)].append(each.claim)
    return Publication(
        files=tuple(
            File(path=_free(root, path), text=_text(those, one)) for path, those in claims.items()
        ),
        message=f"Add {_what(one.claims)}\n\nApproved in #{one.number}.\n",
        own=f"claim-{one.number}",
    )


def _what(claims: Sequence[Claimed]) -> str:
    if len(claims) == 1:
        return f"a claim of {claims[0].credit.slug}: {claims[0].claim.kind}"
    slugs = {one.credit.slug for one in claims}
    whose = slugs.pop() if len(slugs) == 1 else f"{len(slugs)} partners"
    return f"{len(claims)} claims of {whose}"


def _path(one: Claimed, number: int, folder: str) -> str:
    """Return the path without its ending. Pull requests of two threads never have the same path."""
    month = Month.of(one.claim.day)
    return f"{folder}/{month.year}/{month.month:02}/{one.credit.slug}-{number}"


def _free(root: Path, start: str) -> str:
    """Return the path, or the first one with another number behind it that no file has."""
    path, number = f"{start}.yml", 2
    while (root / path).exists():
        path, number = f"{start}-{number}.yml", number + 1
    return path


def _text(claims: Sequence[Claim], one: Approval) -> str:
    return write_yaml(
        {
            "claims": [
                {
                    "kind": claim.kind,
                    "person": claim.person,
                    **({"person_id": claim.number} if claim.number else {}),
                    "date": claim.day.isoformat(),
                    "title": claim.title,
                    "url": claim.url,
                    "approved_by": one.by,
                    "approved_by_id": one.by_id,
                    "issue": one.number,
                }
                for claim in claims
            ]
        }
    )
