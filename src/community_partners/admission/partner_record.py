"""Turns an admitted application into a partner's record. Decides only the order of the keys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ..model.application import Member
from ..model.day import day_in
from ..model.month import Month
from ..model.partner import FetchedLogo, Terms
from ..model.points import Points, in_json


def partner_record(
    application: Mapping[str, Any],
    members: Sequence[Member],
    ids: Mapping[str, int],
    accepted: date,
    terms: Terms,
    issue: int | None,
    work: Mapping[Month, Points],
) -> dict[str, Any]:
    """Return the record: the application's values in their order, then what was agreed.

    Each team member also gets the account id after the login, and at last how the seat was
    confirmed. `application`: valid data of its file. `members`: those of its team who stand in the
    record. `ids`: account ids by case-folded login, one for each member. `issue`: the number of the
    application's thread, or None. `work`: the points of the months that were judged.
    """
    said = {key: value for key, value in application.items() if key != "team"}
    kept = {(member.github, member.until): member for member in members}
    team = [
        dict(_member(one, member, ids))
        for one in application["team"]
        if (member := kept.get((one["github"], day_in(one.get("until")))))
    ]
    agreed: dict[str, Any] = {
        "accepted": accepted.isoformat(),
        "terms": {"edition": terms.edition, "amount": str(terms.amount)},
    }
    if terms.base not in (None, terms.amount):
        agreed["terms"]["base"] = str(terms.base)
    if issue is not None:
        agreed["issue"] = issue
    if work:
        agreed["work"] = {str(month): in_json(points) for month, points in work.items()}
    record = {key: team if key == "team" else said[key] for key in application}
    return {**record, **agreed}


def with_logo(record: Mapping[str, Any], logo: FetchedLogo) -> dict[str, Any]:
    """Return a record that has an address of a logo, with what was fetched from there."""
    said: dict[str, Any] = {"url": record["logo"], "fetched": logo.on.isoformat()}
    if logo.refused is None:
        said |= {"file": logo.file, "sha256": logo.sha256}
    else:
        said["refused"] = logo.refused
    return {**record, "logo": said}


def _member(
    said: Mapping[str, Any], member: Member, ids: Mapping[str, int]
) -> Iterator[tuple[str, Any]]:
    """Yield the values of a team member. `said`: as the application has them."""
    for key, value in said.items():
        yield key, member.since.isoformat() if key == "since" else value
        if key == "github":
            yield "id", ids[value.casefold()]
    if how := member.confirmation:
        yield "confirmation", {"by": how.by.value, "date": how.on.isoformat()}
