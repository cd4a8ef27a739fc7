"""People who are in a partner's team too: by account, at the same time."""

from typing import Any

import pytest

from builders import accounts, answered, application, day, evidence, known_partner, member, program
from builders import required as amount
from community_partners.model.verdict import Outcome
from community_partners.rules.decision import decide
from community_partners.rules.shared_members import shared_members

FIRST, TODAY = day("2026-08-01"), day("2026-11-24")
LEFT = {"until": day("2026-07-31")}


@pytest.mark.parametrize(
    ("why", "mine", "theirs", "known", "shared"),
    [
        ("the same login", {}, {"login": "EXAMPLE-user-1"}, True, True),
        ("another login", {}, {"login": "example-user-9"}, True, False),
        ("the same account, renamed since", {}, {"login": "old-name", "id": 1}, True, True),
        ("the login was taken by somebody else", {}, {"id": 99}, True, False),
        ("GitHub was silent: by login", {}, {"id": 99}, False, True),
        ("left the partner before", {}, LEFT, True, False),
        ("left the partner in these months", {}, {"until": day("2026-08-01")}, True, True),
        ("left the organization before", LEFT, {}, True, False),
        (
            "came after the other left",
            {"since": day("2026-09-02")},
            {"until": day("2026-09-01")},
            True,
            False,
        ),
        ("joins later", {}, {"since": day("2026-12-01")}, True, False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_shared_members(
    why: str, mine: dict[str, Any], theirs: dict[str, Any], known: bool, shared: bool
) -> None:
    checks = accounts() if known else ()
    other = [member(**{"login": "example-user-1", **theirs})]
    team = [member(**mine), member("example-user-2")]
    found = shared_members(team, other, checks, FIRST, TODAY)
    assert found == (("example-user-1",) if shared else ()), why


def test_a_member_of_two_is_for_a_maintainer_and_the_partner_is_named() -> None:
    known = (known_partner(), known_partner(slug="third", name="Third", shared=("example-user-1",)))
    found = decide(
        application(), evidence(partners=answered(known)), program(), amount(), ""
    ).findings
    team = next(one for one in found if one.criterion == "team")
    assert (team.outcome, team.reason) == (
        Outcome.UNKNOWN,
        (
            "example-user-1 is in the team of Third too (partners/third.yml). A person counts for "
            "one organization at a time. A maintainer will decide for which."
        ),
    )
    assert team.remedy is not None
    assert "until" in team.remedy


def test_a_login_to_correct_comes_first() -> None:
    known = (known_partner(shared=("example-user-1",)),)
    seen = evidence(partners=answered(known), accounts=answered(accounts("example-user-1")))
    found = decide(application(), seen, program(), amount(), "").findings
    assert next(one for one in found if one.criterion == "team").outcome is Outcome.NOT_MET
