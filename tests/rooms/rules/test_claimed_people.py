"""Whom a claim counts for when logins change hands: the number in its file decides."""

from pathlib import Path
from typing import Any

import pytest

from attributed import by_organization
from builders import contribution_policy, member
from community_partners.intake.claims import read_claims
from community_partners.rules.roster import roster_of

FILE = """\
claims:
- {{kind: event, person: example-old, {person}date: '2026-10-14', title: A meetup, url: 'https://a.example',
   approved_by: example-events{approver}}}
"""
OLD, RENAMED, TAKEN = (
    member("example-old", id=7),
    member("example-new", id=7),
    member("example-old", id=9),
)


@pytest.mark.parametrize(
    ("why", "person", "seat", "counts"),
    [
        ("a file of before, by the login", "", OLD, True),
        ("the same account", "person_id: 7, ", OLD, True),
        ("renamed, and corrected in the record", "person_id: 7, ", RENAMED, True),
        ("renamed, in a file of before", "", RENAMED, False),
        ("the login is a colleague's now", "person_id: 7, ", TAKEN, False),
        ("the record never knew the number", "person_id: 7, ", member("example-old"), True),
    ],
)
def test_the_number_of_a_claim_decides(
    why: str, person: str, seat: Any, counts: bool, tmp_path: Path
) -> None:
    text = FILE.format(person=person, approver="")
    (tmp_path / "one.yml").write_text(text, encoding="utf-8")
    months = {one.month: one for one in read_claims(tmp_path, ["event"])}
    found = by_organization(roster_of({"acme": [seat]}, ()), months, contribution_policy())
    assert bool(found.counted) is counts, why


@pytest.mark.parametrize(("approver", "counts"), [("", True), (", approved_by_id: 8", False)])
def test_a_teammate_who_was_renamed_has_approved_nothing(
    approver: str, counts: bool, tmp_path: Path
) -> None:
    text = FILE.format(person="person_id: 7, ", approver=approver)
    (tmp_path / "one.yml").write_text(text, encoding="utf-8")
    months = {one.month: one for one in read_claims(tmp_path, ["event"])}
    team = {"acme": [OLD, member("example-renamed", id=8)]}
    found = by_organization(roster_of(team, ()), months, contribution_policy())
    assert bool(found.counted) is counts
