"""An admitted application as a partner's record. Decides the order; the names are the schema's."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..model.partner import Terms


def partner_record(
    application: Mapping[str, Any],
    ids: Mapping[str, int],
    accepted: date,
    terms: Terms,
    issue: int | None,
) -> dict[str, Any]:
    """All that the application says, in its order, then what was agreed.

    `ids`: of accounts by case-folded login; `application`: valid data.
    """
    said = {key: value for key, value in application.items() if key != "team"}
    team = [dict(_member(one, ids)) for one in application["team"]]
    agreed: dict[str, Any] = {
        "accepted": accepted.isoformat(),
        "terms": {"edition": terms.edition, "amount": str(terms.amount)},
    }
    if issue is not None:
        agreed["issue"] = issue
    record = {key: team if key == "team" else said[key] for key in application}
    return {**record, **agreed}


def _member(member: Mapping[str, Any], ids: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    """The account's number beside its login."""
    for key, value in member.items():
        yield key, value
        if key == "github":
            yield "id", ids[value.casefold()]
