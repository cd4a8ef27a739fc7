"""What can be waived, by whom, and what follows from it."""

from typing import Any

import pytest

from builders import (
    TODAY,
    accounts,
    answered,
    application,
    evidence,
    failed,
    known_partner,
    payer,
    payment,
    program,
    required,
    sponsorship,
    work,
)
from community_partners.model.application import Platform
from community_partners.model.command import About, Command, Ruling, Said, Verb
from community_partners.model.country import Country
from community_partners.model.evidence import AccountKind, Evidence
from community_partners.model.spokesperson import HandedIn
from community_partners.model.verdict import Decision, Outcome, Verdict, Waiver
from community_partners.rules.commands_and_waivers import (
    about_after,
    for_another,
    needs_write_permission,
    ruling_after,
    ruling_before,
    standing_waivers,
)
from community_partners.rules.criteria import criteria_of
from community_partners.rules.decision import decide, invalid
from community_partners.rules.required_amount import NoAmount

URL = "https://github.com/project/partners/issues/7#issuecomment-1"


def waiver(criterion: str, **fields: str) -> Waiver:
    given = {"by": "example-maintainer", "reason": "They told us.", "url": URL, **fields}
    return Waiver(criterion=criterion, **given)


def verdict(*waived: str, seen: Evidence | None = None, **fields: Any) -> Verdict:
    asked = fields.get("asked", required())
    given = [waiver(one) for one in waived]
    return decide(application(), seen or evidence(), program(), asked, "sha256:0", given)


def test_the_names_are_those_of_the_verdict() -> None:
    """Those of every application, and the one of a pull request that changes a record."""
    thread = "https://github.com/project/partners/issues/7"
    handed_in = HandedIn(author=1, thread=thread, code="abc", country="USA")
    seen = evidence(handed_in=handed_in)
    found = {one.criterion: one.title for one in verdict(seen=seen).findings}
    found["record-owner"] = "Change of a record"
    assert dict(criteria_of(program())) == found
    assert list(criteria_of(program())) == list(found)


STRANGE = evidence(sponsorship=answered(sponsorship(payer=payer(websites=()))))
NOT_PAID = evidence(sponsorship=answered(sponsorship(orders=())))
SHORT = evidence(sponsorship=answered(sponsorship(payment("2026-10-01"), payment("2026-11-01"))))
IDLE = evidence(work=work())
NOBODY = evidence(accounts=answered(accounts(kind=AccountKind.MISSING)))
SHARED = evidence(partners=answered((known_partner(shared=("example-user-1",)),)))
ALIKE = evidence(partners=answered((known_partner(name="Acme GmbH"),)))
A_PARTNER = evidence(partners=answered((known_partner(website="https://acme.example"),)))
SILENT = evidence(
    sponsorship=failed("It was silent."),
    accounts=failed("It was silent."),
    partners=failed("It was silent."),
    work=dict.fromkeys(evidence().work, failed("It was silent.")),
)
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("seen", "criterion", "outcome", "can"),
    [
        (evidence(), "payer", MET, False),
        (STRANGE, "payer", UNKNOWN, True),
        (NOT_PAID, "sponsorship", NOT_MET, True),
        (SILENT, "sponsorship", UNKNOWN, True),
        (SHORT, "amount", NOT_MET, True),
        (SILENT, "amount", UNKNOWN, True),
        (IDLE, "contributions-regular", NOT_MET, True),
        (SILENT, "contributions-regular", UNKNOWN, True),
        (IDLE, "contributions-meaningful", NOT_MET, True),
        (NOBODY, "team", NOT_MET, False),
        (SHARED, "team", UNKNOWN, True),
        (SILENT, "team", UNKNOWN, True),
        (A_PARTNER, "new-partner", NOT_MET, False),
        (ALIKE, "new-partner", UNKNOWN, True),
        (SILENT, "new-partner", UNKNOWN, True),
    ],
)
def test_what_can_be_waived(seen: Evidence, criterion: str, outcome: Outcome, can: bool) -> None:
    before, after = verdict(seen=seen), verdict(criterion, seen=seen)
    [was] = [one for one in before.findings if one.criterion == criterion]
    [now] = [one for one in after.findings if one.criterion == criterion]
    assert was.outcome is outcome
    assert now.waived == (waiver(criterion) if can else None)
    assert (now.outcome, now.reason, now.sources) == (was.outcome, was.reason, was.sources)
    command = Command(verb=Verb.WAIVE, criterion=criterion, reason="They told us.")
    fine = can or outcome is MET
    assert ruling_after(command, 1, after) is (Ruling.DONE if fine else Ruling.TO_BE_MENDED)


def test_a_required_amount_that_nobody_knows() -> None:
    asked = NoAmount(reason="No price for Cambodia.", remedy="Show one.")
    assert verdict("required-amount", asked=asked).decision is Decision.NEEDS_REVIEW
    both = verdict("required-amount", "amount", asked=asked)
    assert (both.decision, both.required) == (Decision.ELIGIBLE, None)


@pytest.mark.parametrize(
    ("waived", "decision", "months"),
    [
        ((), Decision.NOT_YET, ("amount", "contributions-regular", "contributions-meaningful")),
        (("amount",), Decision.NOT_YET, ("contributions-regular", "contributions-meaningful")),
        (("contributions-regular", "contributions-meaningful"), Decision.NOT_YET, ("amount",)),
        (("amount", "contributions-regular", "contributions-meaningful"), Decision.ELIGIBLE, ()),
    ],
)
def test_what_is_waived_holds_nothing_up(
    waived: tuple[str, ...], decision: Decision, months: tuple[str, ...]
) -> None:
    seen = evidence(sponsorship=SHORT.sponsorship, work=work())
    found = verdict(*waived, seen=seen)
    open_ones = [one for one in found.findings if one.outcome is Outcome.NOT_MET and not one.waived]
    assert found.decision is decision
    assert tuple(one.criterion for one in open_ones) == months
    assert (found.plan is None) == (decision is Decision.ELIGIBLE)
    if found.plan:
        assert found.earliest == found.plan.day
        assert bool(found.plan.payments) == ("amount" in months)
        assert bool(found.plan.points) == ("contributions-regular" in months)


def said(by: str, verb: Verb, criterion: str | None = "payer", reason: str = "So.") -> Said:
    command = Command(verb=verb, criterion=criterion, reason=reason)
    return Said(command=command, by=by, url=URL)


A, B, X = "example-admin", "example-lead", "example-stranger"
W, U = Verb.WAIVE, Verb.UNWAIVE


@pytest.mark.parametrize(
    ("thread", "in_force"),
    [
        ([], []),
        ([said(A, W)], [("payer", A)]),
        ([said(X, W)], []),
        ([said(A, W, reason="")], []),
        ([said(A, W, None)], []),
        ([said(A, W), said(A, U)], []),
        ([said(A, U), said(A, W)], [("payer", A)]),
        ([said(A, W), said(B, U)], []),
        ([said(A, W), said(X, U)], [("payer", A)]),
        ([said(A, W), said(A, U, reason="")], []),
        ([said(A, W), said(B, W)], [("payer", B)]),
        ([said(A, W), said(A, U), said(B, W)], [("payer", B)]),
        ([said(A, W), said(A, U, "team")], [("payer", A)]),
        ([said(A, W), said(B, W, "team")], [("payer", A), ("team", B)]),
        ([said(A, W), said(A, Verb.RECHECK), said(A, Verb.HELP)], [("payer", A)]),
        ([said(A, W), said(B, W, reason="")], [("payer", A)]),
    ],
)
def test_the_latest_word_of_those_who_may_write(
    thread: list[Said], in_force: list[tuple[str, str]]
) -> None:
    found = standing_waivers(thread, {A, B})
    assert [(one.criterion, one.by) for one in found] == in_force


@pytest.mark.parametrize(
    ("verb", "by_applicant", "needs"),
    [
        (Verb.HELP, False, False),
        (Verb.RECHECK, True, False),
        (Verb.RECHECK, False, True),
        (Verb.WAIVE, True, True),
        (Verb.UNWAIVE, True, True),
        (Verb.WAIVE, False, True),
    ],
)
def test_who_may(verb: Verb, by_applicant: bool, needs: bool) -> None:
    command = Command(verb=verb, criterion="payer", reason="So.")
    assert needs_write_permission(command, by_applicant=by_applicant) is needs
    assert ruling_before(command, allowed=False) is Ruling.NOT_ALLOWED


@pytest.mark.parametrize(
    ("command", "ruling"),
    [
        (Command(verb=Verb.HELP), Ruling.HELP),
        (Command(verb=Verb.RECHECK), Ruling.DONE),
        (Command(verb=W), Ruling.NO_SUCH_CRITERION),
        (Command(verb=W, criterion="payer"), Ruling.NO_REASON),
        (Command(verb=W, criterion="payer", reason="So."), Ruling.DONE),
        (Command(verb=U), Ruling.NO_SUCH_CRITERION),
        (Command(verb=U, criterion="payer"), Ruling.DONE),
    ],
)
def test_what_is_worth_gathering_for(command: Command, ruling: Ruling) -> None:
    assert ruling_before(command, allowed=True) is ruling


@pytest.mark.parametrize(
    ("verb", "ruling"),
    [(W, Ruling.NOT_READABLE), (U, Ruling.DONE), (Verb.RECHECK, Ruling.DONE)],
)
def test_what_is_invalid_cannot_be_waived(verb: Verb, ruling: Ruling) -> None:
    command = Command(verb=verb, criterion="payer", reason="So.")
    assert ruling_after(command, 1, invalid("Acme", (), TODAY)) is ruling


ACME = About(identity="acme", since=5)
HEAD = "c0ffee0" + "1" * 33


@pytest.mark.parametrize(
    ("verb", "criterion", "reason", "comment", "commit", "another"),
    [
        (W, "payer", "So.", 5, None, True),
        (W, "payer", "So.", 6, None, False),
        (W, "payer", "So.", 5, HEAD, True),
        *((W, one, "So.", 5, HEAD, True) for one in ("amount", "team")),
        *((W, one, "So.", 6, HEAD, False) for one in ("amount", "team")),
        (U, "payer", "", 5, None, False),
        (U, "record-owner", "", 5, HEAD, False),
        (W, "record-owner", f"{HEAD} So.", 1, HEAD, False),
        (W, "record-owner", f"{HEAD[:7]}: So.", 1, HEAD, False),
        (W, "record-owner", f"{HEAD[:7].upper()} So.", 1, HEAD, False),
        (W, "record-owner", f"{HEAD[:6]} So.", 9, HEAD, True),
        (W, "record-owner", f"{HEAD}1 So.", 9, HEAD, True),
        (W, "record-owner", f"So. {HEAD}", 9, HEAD, True),
        (W, "record-owner", "facade0 So.", 9, HEAD, True),
        (W, "record-owner", f"{HEAD} So.", 9, None, True),
        (W, "record-owner", "So.", 9, HEAD, True),
    ],
)
def test_what_a_waiver_is_for(
    verb: Verb, criterion: str, reason: str, comment: int, commit: str | None, another: bool
) -> None:
    command = Command(verb=verb, criterion=criterion, reason=reason)
    assert for_another(command, comment, ACME, commit) is another
    if criterion == "payer":
        assert not for_another(command, comment, None, commit), "before the first verdict"


def test_waivers_begin_anew_with_another_organization() -> None:
    first = about_after(None, application(), 3)
    assert first.since == 3
    assert about_after(first, application(services=("Training",)), 8) == first
    for change in (
        {"slug": "acme-2"},
        {"website": "https://other.example"},
        {"country": Country("DEU", "Germany")},
        {"platform": Platform.GITHUB_SPONSORS},
        {"account": "other"},
    ):
        moved = about_after(first, application(**change), 8)
        assert (moved.since, moved.identity == first.identity) == (8, False)
        assert about_after(moved, application(), 9).since == 9


@pytest.mark.parametrize(
    ("criterion", "reason", "enough"),
    [
        ("payer", "", False),
        ("payer", "So.", True),
        ("amount", HEAD[:7], True),
        ("team", HEAD[:7], True),
        ("record-owner", HEAD[:7], False),
        ("record-owner", f"{HEAD[:7]} So.", True),
        ("record-owner", "So.", True),
    ],
)
def test_a_waiver_has_a_reason(criterion: str, reason: str, enough: bool) -> None:
    ruling = ruling_before(Command(verb=W, criterion=criterion, reason=reason), allowed=True)
    assert ruling is (Ruling.DONE if enough else Ruling.NO_REASON)
