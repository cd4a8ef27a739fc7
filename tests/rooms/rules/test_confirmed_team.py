"""Who has confirmed to be in an applicant's team, and what the others' work is worth until then."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builders import (
    TODAY,
    accounts,
    answered,
    application,
    busy,
    contribution_policy,
    day,
    evidence,
    failed,
    member,
    program,
    required,
    work,
)
from community_partners.model.application import Confirmation, ConfirmedBy, ConfirmedSeat, Member
from community_partners.model.command import About
from community_partners.model.evidence import Evidence, OtherTeam
from community_partners.model.program import Asked
from community_partners.model.spokesperson import HandedIn, Profile, Seated
from community_partners.model.verdict import Decision, Finding, Outcome, Verdict
from community_partners.model.website_proof import Look, Obstacle, WebsiteSigns
from community_partners.rules.confirmed_team import seats_after, team_of_record
from community_partners.rules.decision import decide

ADA, BEN, EVE = 1, 2, 66  # the numbers of example-user-1, example-user-2 and a stranger
ACME = application(website="https://acme.example", github="acme")
PROFILE = Profile(id=9, login="acme", verified=True, website="https://acme.example", members=(EVE,))
BY_EVE = HandedIn(
    author=EVE, thread="https://github.com/x/y/issues/7", code="abc", country=ACME.country.code
)
MONTHS = ("2026-08", "2026-09", "2026-10")
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
NOBODY, AUTHOR = ConfirmedBy.NOBODY, ConfirmedBy.AUTHOR
MEMBER, COMMENT = ConfirmedBy.MEMBER, ConfirmedBy.COMMENT


def said(number: int, *, leaves: bool = False) -> Seated:
    return Seated(id=number, on=day("2026-11-20"), comment=10, leaves=leaves)


def seen(
    handed_in: HandedIn | None = BY_EVE, profile: Profile | None = PROFILE, **fields: Any
) -> Evidence:
    """Only Ada works; Eve, who is in no team, hands it in and speaks for Acme."""
    told = {"handed_in": handed_in, "organization": answered(profile), "work": work(*busy(*MONTHS))}
    return evidence(**{**told, **fields})


def verdict(found: Evidence, **policy: Any) -> Verdict:
    asked = program(contribution=contribution_policy(**policy))
    return decide(ACME, found, asked, required(), "sha256:0")


def finding(found: Evidence, criterion: str) -> Finding:
    return next(one for one in verdict(found).findings if one.criterion == criterion)


OPEN_TO_ALL = replace(PROFILE, members=(ADA, EVE))


@pytest.mark.parametrize(
    ("why", "handed_in", "profile", "how"),
    [
        ("only named", BY_EVE, PROFILE, NOBODY),
        ("the author", replace(BY_EVE, author=ADA), PROFILE, AUTHOR),
        ("a public member", BY_EVE, OPEN_TO_ALL, MEMBER),
        (
            "of what its own page names, and does not name it",
            BY_EVE,
            replace(OPEN_TO_ALL, website="https://other.example"),
            NOBODY,
        ),
        ("of what is not shown", BY_EVE, replace(OPEN_TO_ALL, verified=False), NOBODY),
        ("of one with many", BY_EVE, replace(PROFILE, members=None), NOBODY),
        ("of the program's own", BY_EVE, replace(OPEN_TO_ALL, login="Project"), NOBODY),
        ("a comment", replace(BY_EVE, seated=(said(ADA),)), PROFILE, COMMENT),
        ("of another", replace(BY_EVE, seated=(said(EVE), said(BEN))), PROFILE, NOBODY),
        ("left", replace(BY_EVE, seated=(said(ADA), said(ADA, leaves=True))), PROFILE, NOBODY),
        ("back", replace(BY_EVE, seated=(said(ADA, leaves=True), said(ADA))), PROFILE, COMMENT),
        (
            "a member and author who has left",
            replace(BY_EVE, author=ADA, seated=(said(ADA, leaves=True),)),
            OPEN_TO_ALL,
            NOBODY,
        ),
    ],
)
def test_how_a_seat_is_confirmed(
    why: str, handed_in: HandedIn, profile: Profile, how: ConfirmedBy
) -> None:
    found = verdict(seen(handed_in, profile))
    ada = found.team[0]
    assert ada.id == ADA
    assert ada.confirmation, why
    assert ada.confirmation.by is how, why
    assert ada.confirmation.on == (day("2026-11-20") if how is COMMENT else TODAY)
    points = [one.points for one in found.work]
    assert points == ([0, 0, 0] if how is NOBODY else [15, 15, 15]), why


def test_for_a_file_nobody_is_asked() -> None:
    found = verdict(seen(None))
    assert found.decision is Decision.ELIGIBLE
    assert {one.confirmation for one in found.team} == {None}


def test_the_plan_asks_those_whose_work_is_needed_and_nobody_else() -> None:
    found = verdict(seen())
    assert found.plan
    assert (found.plan.day, found.plan.confirm) == (TODAY, ("example-user-1",))
    assert not found.plan.points
    assert not found.plan.payments
    both = seen(work=work(*busy(*MONTHS[:2]), *busy(MONTHS[2], by="example-user-2")))
    plan = verdict(both).plan
    assert plan
    assert plan.confirm == ("example-user-1", "example-user-2")
    ben = verdict(replace(both, handed_in=replace(BY_EVE, seated=(said(BEN),)))).plan
    assert ben
    assert ben.confirm == ("example-user-1",)


def test_a_later_plan_asks_them_too() -> None:
    """What Ada did counts with what is missing; without it, the day is not possible."""
    found = verdict(seen(work=work(*busy("2026-09", "2026-10"))))
    assert found.plan
    assert found.plan.day == date(2026, 12, 1)
    assert found.plan.confirm == ("example-user-1",)
    without = verdict(seen(work=work())).plan
    assert without
    assert (without.day > found.plan.day, without.confirm) == (True, ())


SILENT = Look(shown=None, obstacle=Obstacle.UNREACHABLE)
NO_BADGE = replace(PROFILE, verified=False)


@pytest.mark.parametrize(
    ("why", "organization", "link", "outcome"),
    [
        ("GitHub is silent", failed("GitHub did not answer."), None, UNKNOWN),
        (
            "a link would make her a member",
            answered(replace(NO_BADGE, members=(ADA,))),
            SILENT,
            UNKNOWN,
        ),
        ("no link", answered(replace(NO_BADGE, members=(ADA,))), Look(shown=False), NOT_MET),
        ("a link makes her none", answered(NO_BADGE), SILENT, NOT_MET),
    ],
)
def test_a_membership_that_was_not_looked_at_is_unknown(
    why: str, organization: Any, link: Look | None, outcome: Outcome
) -> None:
    website = answered(WebsiteSigns(organization=link, page=Look(shown=False)))
    found = seen(organization=organization, website=website)
    for criterion in ("contributions-regular", "contributions-meaningful"):
        assert finding(found, criterion).outcome is outcome, why


@pytest.mark.parametrize(
    ("organization", "link"),
    [
        (failed("GitHub does not answer."), None),
        (answered(replace(NO_BADGE, members=(ADA,))), SILENT),
        (answered(replace(NO_BADGE, members=(ADA,))), Look(shown=False)),
    ],
    ids=["no answer of GitHub", "no answer of the website", "nobody speaks for it yet"],
)
@pytest.mark.parametrize("asked", list(Asked))
def test_who_has_left_counts_by_no_membership_that_may_be_there(
    organization: Any, link: Look | None, asked: Asked
) -> None:
    website = answered(WebsiteSigns(organization=link, page=Look(shown=False)))
    gone = replace(BY_EVE, seated=(said(ADA, leaves=True),))
    found = verdict(seen(gone, organization=organization, website=website), confirmation=asked)
    outcomes = {one.criterion: one.outcome for one in found.findings}
    assert outcomes["contributions-regular"] is NOT_MET


def test_where_it_is_only_advised_the_work_of_all_counts_and_the_verdict_says_so() -> None:
    found = verdict(seen(), confirmation=Asked.ADVISED)
    assert found.decision is Decision.ELIGIBLE
    assert "This program counts the work of everybody" in str(found.findings)


@pytest.mark.parametrize(
    ("created", "since"),
    [(None, "2025-01-01"), ("2024-05-06", "2025-01-01"), ("2026-09-10", "2026-09-10")],
)
def test_nobody_counts_before_the_first_day_of_the_account(created: str | None, since: str) -> None:
    first = day(created) if created else None
    checks = tuple(replace(one, created=first) for one in accounts())
    for handed_in in (None, replace(BY_EVE, seated=(said(ADA),))):
        found = verdict(seen(handed_in, accounts=answered(checks)))
        assert found.team[0].since == day(since)


@pytest.mark.parametrize(
    ("why", "there", "here", "outcome"),
    [
        ("confirmed in both", ("example-user-1",), True, UNKNOWN),
        ("nobody looked there", None, True, UNKNOWN),
        ("only here", (), True, MET),
        ("only there", ("example-user-1",), False, MET),
    ],
)
def test_one_person_in_two_applications(
    why: str, there: tuple[str, ...] | None, *, here: bool, outcome: Outcome
) -> None:
    other = OtherTeam(
        number=12, url="https://x", name="Nova", shared=("example-user-1",), confirmed=there
    )
    handed_in = replace(BY_EVE, seated=(said(ADA),)) if here else BY_EVE
    found = seen(handed_in, others=answered((other,)))
    team = finding(found, "team")
    assert team.outcome is outcome, why
    assert "Nova (#12)" in team.reason, "each names the other"
    rung = outcome is UNKNOWN and there is not None  # only those that were read
    assert verdict(found).beside == ((12,) if rung else ())


FIRST_TIME = member(until=day("2026-03-31"))
BACK_FOR_HALF = member(since=day("2026-09-01"), share=50)


@pytest.mark.parametrize(
    ("why", "before", "now", "asked_again"),
    [
        ("as before", ("2025-01-01", None), ("2025-01-01", None), False),
        ("fewer days", ("2025-01-01", None), ("2025-02-01", "2026-06-30"), False),
        ("from an earlier day", ("2025-02-01", None), ("2025-01-01", None), True),
        ("without its last day", ("2025-01-01", "2026-06-30"), ("2025-01-01", None), True),
        ("until a later day", ("2025-01-01", "2026-06-30"), ("2025-01-01", "2026-07-01"), True),
    ],
)
def test_a_comment_confirms_the_days_that_were_named_before_it(
    why: str, before: tuple[str, str | None], now: tuple[str, str | None], *, asked_again: bool
) -> None:
    def team(days: tuple[str, str | None]) -> tuple[Member, ...]:
        return (member(since=day(days[0]), until=day(days[1]) if days[1] else None),)

    first = seats_after((), team(before), 5)
    [seat] = seats_after(first, team(now), 20)
    assert seat.after == (20 if asked_again else 5), why
    named = {"example-user-1": seat.after}
    found = verdict(seen(replace(BY_EVE, seated=(said(ADA),), named=named)))
    assert found.team[0].confirmed is not asked_again


SEAT = ConfirmedSeat(
    id=ADA, since=day("2026-02-02"), how=Confirmation(by=COMMENT, on=day("2026-11-20"))
)


def test_the_record_has_who_confirmed_from_the_day_that_counts() -> None:
    team = (member("example-user-1"), member("example-user-2"))
    policy = contribution_policy()
    [ada] = team_of_record(team, (SEAT,), accounts(), policy)
    assert (ada.github, ada.since, ada.confirmation) == ("example-user-1", SEAT.since, SEAT.how)
    advised = replace(policy, confirmation=Asked.ADVISED)
    named = [one.github for one in team_of_record(team, (SEAT,), accounts(), advised)]
    assert named == ["example-user-1", "example-user-2"]
    left = team_of_record(team, (SEAT,), accounts(), advised, gone=(BEN,))
    assert [one.github for one in left] == ["example-user-1"]
    assert team_of_record(team, (replace(SEAT, id=EVE),), accounts(), policy) == ()


@pytest.mark.parametrize(
    ("why", "before", "now", "after"),
    [
        ("a smaller share", [member()], [member(share=50)], [5]),
        ("a larger share", [member(share=50)], [member(share=60)], [20]),
        ("divided from a day on", [member()], [FIRST_TIME, BACK_FOR_HALF], [5, 5]),
        ("came back", [FIRST_TIME], [FIRST_TIME, BACK_FOR_HALF], [5, 20]),
        ("two times become one", [FIRST_TIME, BACK_FOR_HALF], [member(share=50)], [20]),
    ],
)
def test_more_of_the_time_is_confirmed_anew(
    why: str, before: list[Member], now: list[Member], after: list[int]
) -> None:
    known = seats_after((), before, 5)
    assert [seat.after for seat in seats_after(known, now, 20)] == after, why
    named = About(identity="", since=0, seats=seats_after(known, now, 20)).named
    assert named == {"example-user-1": max(after)}


def test_each_time_of_a_person_has_its_own_seat() -> None:
    team = (FIRST_TIME, BACK_FOR_HALF)
    seats = [replace(SEAT, since=FIRST_TIME.since), replace(SEAT, since=BACK_FOR_HALF.since)]
    kept = team_of_record(team, seats, accounts(), contribution_policy())
    assert [(one.since, one.until, one.share) for one in kept] == [
        (FIRST_TIME.since, FIRST_TIME.until, 100),
        (BACK_FOR_HALF.since, None, 50),
    ]
    half = replace(ACME, team=(member(share=50), member("example-user-2")))
    asked = program(contribution=contribution_policy())
    found = decide(half, seen(replace(BY_EVE, author=ADA)), asked, required(), "sha256:0")
    whole = verdict(seen(replace(BY_EVE, author=ADA))).work
    assert [one.points * 2 for one in found.work] == [one.points for one in whole], "so do criteria"
