"""Each criterion and the verdict: what was found, and what an applicant reads."""

from dataclasses import replace
from typing import Any

import pytest

from builders import (
    TODAY,
    accounts,
    answered,
    application,
    busy,
    contribution,
    contribution_policy,
    day,
    evidence,
    failed,
    known_partner,
    member,
    month,
    month_of_work,
    payer,
    payment,
    program,
    required,
    sponsorship,
    sponsorship_policy,
    work,
)
from community_partners.model.application import Application, Platform
from community_partners.model.contribution import Account, MonthOfWork
from community_partners.model.evidence import AccountKind, Answer, EarlierApplication, Evidence
from community_partners.model.program import Program
from community_partners.model.sponsorship import (
    OrderStatus,
    Payment,
    Reached,
    Rhythm,
    Settlement,
    Withheld,
)
from community_partners.model.verdict import Decision, Finding, Outcome, Required, Verdict
from community_partners.rules.coverage import withhold
from community_partners.rules.decision import decide
from community_partners.rules.required_amount import NoAmount

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
SILENCE = "Open Collective did not answer (ReadTimeout, 3 tries)."


def verdict(
    seen: Evidence | None = None,
    who: Application | None = None,
    asked: Required | NoAmount | None = None,
    policy: Program | None = None,
) -> Verdict:
    return decide(
        who or application(),
        seen or evidence(),
        policy or program(),
        asked or required(),
        "sha256:0",
    )


def finding(criterion: str, *args: Any, **kwargs: Any) -> Finding:
    found = {one.criterion: one for one in verdict(*args, **kwargs).findings}
    return found[criterion]


def paid(*days: str, **fields: Any) -> Evidence:
    gifts = [payment(one, began=day(min(days))) for one in days]
    return evidence(sponsorship=answered(sponsorship(*gifts, **fields), "Open Collective"))


def singles(*days: str, **fields: Any) -> Evidence:
    """One-time payments, each an order of its own."""
    gifts = [payment(one, rhythm=Rhythm.ONE_TIME, order=f"order-{one}") for one in days]
    return evidence(sponsorship=answered(sponsorship(*gifts, **fields), "Open Collective"))


def test_a_faithful_organization_is_eligible() -> None:
    found = verdict()
    assert found.decision is Decision.ELIGIBLE
    assert {one.outcome for one in found.findings} == {MET}
    assert found.earliest is None
    assert [str(one.month) for one in found.coverage] == ["2026-08", "2026-09", "2026-10"]
    assert [one.points for one in found.work] == [15, 15, 15]


ALL_MONTHS = "August 2026, September 2026 and October 2026"
WINDOW = tuple(month(f"2026-{number}") for number in ("08", "09", "10", "11"))
FAITHFUL = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")


@pytest.mark.parametrize(
    ("why", "seen", "outcome", "reason"),
    [
        ("active order", paid(*FAITHFUL), MET, "acme sponsors on Open Collective."),
        (
            "canceled, but the current month is paid",
            paid(*FAITHFUL, orders=(OrderStatus.ENDED,)),
            MET,
            "acme sponsors on Open Collective.",
        ),
        (
            "canceled, and the current month is not paid",
            paid(*FAITHFUL[:3], orders=(OrderStatus.ENDED,)),
            NOT_MET,
            "The sponsorship of acme has ended.",
        ),
        (
            "paused, by whom nobody says, and nothing paid since",
            paid(*FAITHFUL[:3], orders=(OrderStatus.PAUSED,)),
            UNKNOWN,
            (
                "Open Collective shows the sponsorship of acme as paused, but not by whom. "
                "A maintainer will check it."
            ),
        ),
        (
            "paused, but the current month is paid",
            paid(*FAITHFUL, orders=(OrderStatus.PAUSED,)),
            MET,
            "acme sponsors on Open Collective.",
        ),
        (
            "single payments, and an order that ended long ago",
            singles(*FAITHFUL[:3], orders=(OrderStatus.ENDED,)),
            MET,
            "acme sponsors on Open Collective.",
        ),
        (
            "single payments, and an order that was paused long ago",
            singles(*FAITHFUL[:3], orders=(OrderStatus.PAUSED, OrderStatus.ENDED)),
            MET,
            "acme sponsors on Open Collective.",
        ),
        (
            "the last single payment is two months old",
            singles(*FAITHFUL[:2], orders=(OrderStatus.ENDED,)),
            NOT_MET,
            "The sponsorship of acme has ended.",
        ),
        (
            "the last charge failed and will be tried again",
            paid(*FAITHFUL[:3], orders=(OrderStatus.FAILING,)),
            MET,
            "acme sponsors on Open Collective.",
        ),
        (
            "failing for more than a month",
            paid(*FAITHFUL[:2], orders=(OrderStatus.FAILING,)),
            NOT_MET,
            "The last charge of acme failed, and nothing was paid in the month before.",
        ),
        (
            "bank transfers, this month's still to come",
            paid(*FAITHFUL[:3], orders=()),
            MET,
            "acme sponsors on Open Collective.",
        ),
        ("never", paid(orders=()), NOT_MET, "acme has no running sponsorship."),
        ("no account", paid(payer=None), NOT_MET, "Open Collective has no account named acme."),
        (
            "the collective is frozen",
            paid(orders=(OrderStatus.PAUSED,), receiver_paused=True),
            UNKNOWN,
            "Open Collective has paused the project's own account; acme did nothing wrong.",
        ),
        (
            "the source failed",
            evidence(sponsorship=failed(SILENCE, "Open Collective")),
            UNKNOWN,
            SILENCE,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sponsorship(why: str, seen: Evidence, outcome: Outcome, reason: str) -> None:
    found = finding("sponsorship", seen)
    assert (found.outcome, found.reason) == (outcome, reason), why


def test_paying_now_needs_no_amount() -> None:
    """A country without a price, and bank transfers: the sponsorship is there all the same."""
    found = finding("sponsorship", paid(*FAITHFUL, orders=()), asked=NoAmount(reason="", remedy=""))
    assert found.outcome is MET


def test_a_sponsorship_that_ended_is_there_again_with_the_next_payment() -> None:
    found = verdict(paid(*FAITHFUL[:3], orders=(OrderStatus.ENDED,)))
    (missing,) = [one for one in found.findings if one.outcome is NOT_MET]
    assert (missing.criterion, missing.earliest, found.earliest) == ("sponsorship", TODAY, TODAY)
    assert missing.remedy == (
        "Start or resume a monthly sponsorship of at least USD 100 on Open Collective from the "
        "account acme: this is met as soon as it pays."
    )


def test_an_account_that_is_not_there_says_nothing_of_its_payments() -> None:
    """A typing error is mended today; what was never looked at is not short."""
    found = verdict(paid(payer=None, orders=()))
    by_name = {one.criterion: one for one in found.findings}
    assert (by_name["sponsorship"].outcome, by_name["sponsorship"].earliest) == (NOT_MET, TODAY)
    amount = by_name["amount"]
    assert (amount.outcome, amount.reason) == (
        UNKNOWN,
        "No payments were looked at: see Sponsorship.",
    )
    assert found.coverage == ()
    assert found.earliest == TODAY


def test_single_payments_keep_no_sponsorship_where_the_program_does_not_count_them() -> None:
    policy = program(sponsorship=sponsorship_policy(one_time_payments=False))
    seen = singles(*FAITHFUL, orders=(OrderStatus.ENDED,))
    assert finding("sponsorship", seen, policy=policy).outcome is NOT_MET


@pytest.mark.parametrize(
    ("last_month", "orders", "outcome"),
    [
        (Reached.YES, (), MET),
        (Reached.YES, (OrderStatus.ENDED,), UNKNOWN),
        (Reached.YES, (OrderStatus.PAUSED,), UNKNOWN),
        (Reached.YES, (OrderStatus.FAILING,), MET),
        (Reached.YES, None, UNKNOWN),
        (Reached.UNKNOWN, (), UNKNOWN),
        (Reached.UNKNOWN, (OrderStatus.FAILING,), UNKNOWN),
        (Reached.NO, (), NOT_MET),
        (Reached.NO, (OrderStatus.ENDED,), NOT_MET),
        (Reached.NO, (OrderStatus.PAUSED,), UNKNOWN),
        (Reached.NO, (OrderStatus.FAILING,), NOT_MET),
        (Reached.NO, None, UNKNOWN),
    ],
)
def test_private_months_do_not_say_how_they_were_paid(
    last_month: Reached, orders: Any, outcome: Outcome
) -> None:
    """This month is not reached: was last month a single payment, or one of what has ended?"""
    months = dict(zip(WINDOW, (Reached.YES, Reached.YES, last_month, Reached.NO), strict=True))
    kept = Withheld(required=required().amount, months=months)
    seen = paid(payments=None, withheld=kept, public=False, orders=orders)
    assert finding("sponsorship", seen).outcome is outcome


CONFLICT = {"conflict": "It does not add up."}
MORE = {"unexplained": "More was paid than we can see."}


@pytest.mark.parametrize(
    ("doubt", "orders", "this_month", "outcome"),
    [
        ({}, (), Reached.UNKNOWN, UNKNOWN),
        ({}, (), Reached.NO, NOT_MET),
        (CONFLICT, (), Reached.UNKNOWN, UNKNOWN),
        (CONFLICT, (OrderStatus.ENDED,), Reached.UNKNOWN, UNKNOWN),
        (CONFLICT, (OrderStatus.ACTIVE,), Reached.UNKNOWN, MET),
        (MORE, (), Reached.UNKNOWN, UNKNOWN),
        (MORE, (OrderStatus.ENDED,), Reached.UNKNOWN, UNKNOWN),
        (MORE, (OrderStatus.ENDED,), Reached.YES, MET),
        (MORE, (OrderStatus.ACTIVE,), Reached.UNKNOWN, MET),
    ],
)
def test_a_doubt_says_nothing_of_who_pays_now(
    doubt: dict[str, str], orders: Any, this_month: Reached, outcome: Outcome
) -> None:
    """A month that is unknown for a doubt may be one without any payment."""
    before = (Reached.NO, Reached.NO, Reached.NO)
    months = dict(zip(WINDOW, (*before, this_month), strict=True))
    kept = Withheld(required=required().amount, months=months)
    seen = paid(payments=None, withheld=kept, public=False, orders=orders, **doubt)
    assert finding("sponsorship", seen).outcome is outcome


def test_payments_that_are_not_shown_may_be_there() -> None:
    found = finding("sponsorship", paid(payments=None, orders=(OrderStatus.ENDED,)))
    assert (found.outcome, found.reason) == (
        UNKNOWN,
        "Open Collective does not show us whether acme pays now.",
    )


def test_the_amount_names_short_months() -> None:
    found = finding("amount", paid("2026-08-01", "2026-10-01"))
    assert found.outcome is NOT_MET
    assert found.reason == "Short of USD 100: September 2026 (USD 0 paid)."
    assert found.remedy is None, "the plan says what to pay"


@pytest.mark.parametrize(
    ("payments", "months"),
    [
        ([payment("2026-10-01"), payment("2026-11-01")], ["2026-12"]),
        ([payment("2026-11-01", "USD 1200", rhythm=Rhythm.YEARLY)], []),
        ([payment("2026-11-20", began=day("2026-11-20"))], ["2027-01"]),
    ],
    ids=["this month is paid", "a year is paid", "a late start covers the next month"],
)
def test_nobody_is_asked_to_pay_twice(payments: list[Payment], months: list[str]) -> None:
    found = verdict(evidence(sponsorship=answered(sponsorship(*payments))))
    assert found.plan
    assert [str(one.month) for one in found.plan.payments] == months


@pytest.mark.parametrize(
    ("today", "days", "until", "sooner"),
    [
        ("2026-11-03", ("2026-08-01", "2026-09-01"), "2026-11-25", "2026-11-03"),
        ("2026-11-25", ("2026-07-01", "2026-09-01"), "2026-11-25", "2026-12-01"),
        ("2026-11-26", ("2026-08-01", "2026-09-01"), "", ""),
        ("2026-11-03", (), "", ""),
    ],
)
def test_a_late_charge_can_still_come(
    today: str, days: tuple[str, ...], until: str, sooner: str
) -> None:
    plenty = work(*busy("2026-08", "2026-09", "2026-10"))
    now = answered(month_of_work(month("2026-11"), *busy("2026-11")))
    seen = replace(paid(*days), today=day(today), work={**plenty, month("2026-11"): now})
    plan = verdict(seen).plan
    assert plan
    assert plan.day == day("2027-02-01")
    assert str(plan.late_until or "") == until
    assert str(plan.if_late.day if plan.if_late else "") == sooner


def test_private_months_are_named_without_a_figure() -> None:
    private = sponsorship(payment("2026-08-01"), platform=Platform.GITHUB_SPONSORS, public=False)
    months = tuple(month(f"2026-{n}") for n in ("08", "09", "10"))
    policy = program()
    kept = withhold(private, required(), months, {}, policy.sponsorship, TODAY)
    found = finding("amount", evidence(sponsorship=answered(kept)))
    assert found.reason == "Short of USD 100: September 2026 and October 2026."


@pytest.mark.parametrize(
    ("seen", "asked", "reason"),
    [
        (
            paid(payments=None),
            None,
            f"Open Collective does not show us the amounts of {ALL_MONTHS}.",
        ),
        (
            evidence(
                sponsorship=answered(sponsorship(*[payment(one) for one in FAITHFUL])),
                rates=failed("The bank did not answer."),
            ),
            required("EUR 99"),
            f"{ALL_MONTHS}: The bank did not answer.",
        ),
        (
            paid(conflict="What the platform says does not add up."),
            None,
            f"What the platform says does not add up. A maintainer will check {ALL_MONTHS}.",
        ),
        (
            paid("2026-08-01", unexplained="More was paid than we can see."),
            None,
            (
                "More was paid than we can see. "
                "A maintainer will check September 2026 and October 2026."
            ),
        ),
        (
            evidence(),
            NoAmount(reason="No price.", remedy="Show one."),
            "We can judge the payments as soon as we know the required amount.",
        ),
    ],
)
def test_amounts_that_cannot_be_checked(
    seen: Evidence, asked: Required | NoAmount | None, reason: str
) -> None:
    found = finding("amount", seen, asked=asked)
    assert (found.outcome, found.reason) == (UNKNOWN, reason)


HANDLE = application(github="acme-inc")


@pytest.mark.parametrize(
    ("why", "fields", "who", "outcome"),
    [
        ("website, www or not", {}, None, MET),
        ("website of another", {"websites": ("https://other.example",)}, None, UNKNOWN),
        ("a person's account", {"organization": False}, None, UNKNOWN),
        (
            "another page of a shared host",
            {"websites": ("https://github.com/victim",)},
            application(website="https://github.com/evil"),
            UNKNOWN,
        ),
        (
            "the shared host itself",
            {"websites": ("https://github.com/victim",)},
            application(website="https://github.com"),
            UNKNOWN,
        ),
        (
            "the same page of a shared host",
            {"websites": ("https://github.com/Acme",)},
            application(website="https://github.com/acme/"),
            MET,
        ),
        (
            "letters beyond ASCII",
            {"websites": ("https://xn--mller-kva.example",)},
            application(website="https://müller.example/de"),
            MET,
        ),
        ("nothing said", {"websites": ()}, None, UNKNOWN),
        (
            "a handle, which anybody may type",
            {"websites": (), "github": ("Acme-Inc",)},
            HANDLE,
            UNKNOWN,
        ),
        (
            "handle, but another website",
            {"websites": ("https://other.example",), "github": ("acme-inc",)},
            HANDLE,
            UNKNOWN,
        ),
        (
            "on GitHub Sponsors a handle proves nothing",
            {"websites": (), "github": ("acme-inc",)},
            application(github="acme-inc", platform=Platform.GITHUB_SPONSORS),
            UNKNOWN,
        ),
        ("incognito", {"hidden": True}, None, UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_payer(why: str, fields: dict[str, Any], who: Application | None, outcome: Outcome) -> None:
    found = finding("payer", paid(*FAITHFUL, payer=payer(**fields)), who)
    assert found.outcome is outcome, why


def test_regular_names_the_short_month() -> None:
    seen = evidence(work=work(*busy("2026-08", "2026-10"), contribution("2026-09-03")))
    found = finding("contributions-regular", seen)
    assert found.outcome is NOT_MET
    assert found.reason == (
        "Too few in September 2026. 10 points asked in each month; counted: "
        "August 2026 15, September 2026 5 and October 2026 15."
    )
    assert found.remedy is None, "the plan says what to do"


def test_a_month_that_failed_is_unknown_unless_enough_was_seen_elsewhere() -> None:
    silent = {**work(*busy("2026-08", "2026-10")), month("2026-09"): failed("GitHub was silent.")}
    found = finding("contributions-regular", evidence(work=silent))
    assert found.outcome is UNKNOWN
    assert "GitHub was silent." in found.reason

    event = contribution("2026-09-09", kind="event")
    claims = answered((MonthOfWork(month=month("2026-09"), contributions=(event,)),))
    seen = evidence(work=silent, claims=claims)
    assert finding("contributions-regular", seen).outcome is MET


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (AccountKind.MISSING, ()),
        (AccountKind.ORGANIZATION, ()),
        (AccountKind.MISSING, busy("2026-08", "2026-10")),
    ],
)
def test_work_of_a_mistyped_login_was_not_looked_at(kind: AccountKind, acts: Any) -> None:
    checks = answered((*accounts("example-user-1"), *accounts("example-user-2", kind=kind)))
    found = verdict(evidence(accounts=checks, work=work(*acts)))
    by_name = {one.criterion: one for one in found.findings}
    for criterion in ("contributions-regular", "contributions-meaningful"):
        assert by_name[criterion].outcome is UNKNOWN
        assert by_name[criterion].reason.endswith(
            "The work of example-user-2 was not looked at: see Team."
        )
    assert (by_name["team"].outcome, found.earliest) == (NOT_MET, TODAY)


def test_enough_without_the_mistyped_login_is_enough() -> None:
    checks = answered(
        (*accounts("example-user-1"), *accounts("example-user-2", kind=AccountKind.MISSING))
    )
    seen = evidence(accounts=checks)
    for criterion in ("contributions-regular", "contributions-meaningful"):
        assert finding(criterion, seen).outcome is MET


def test_logins_that_nobody_could_check_may_be_mistyped() -> None:
    seen = evidence(accounts=failed("GitHub was silent."), work=work())
    for criterion in ("contributions-regular", "contributions-meaningful"):
        found = finding(criterion, seen)
        assert found.outcome is UNKNOWN
        assert found.reason.endswith("GitHub was silent.")


def test_a_short_month_beside_an_unknown_one_is_still_short() -> None:
    silent = {**work(*busy("2026-08")), month("2026-09"): failed("GitHub was silent.")}
    assert finding("contributions-regular", evidence(work=silent)).outcome is NOT_MET
    assert finding("contributions-meaningful", evidence(work=silent)).outcome is UNKNOWN


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (contribution("2026-10-01", "example-user-1", kind="painting"), "painting: this kind"),
        (contribution("2026-08-01", "example-user-3"), "outside the member's time"),
        (
            contribution("2026-10-01", by="dependabot"),
            "by an account that never counts",
        ),
        (
            contribution("2026-10-01", kind="review", of=Account(login="Example-User-2")),
            "review of the team's own work",
        ),
    ],
)
def test_what_does_not_count_is_said(act: Any, reason: str) -> None:
    new = member("example-user-3", since=day("2026-09-01"))
    who = application(team=(member(), member("example-user-2"), new, member("dependabot")))
    seen = evidence(
        work={one: answered(MonthOfWork(month=one, contributions=(act,))) for one in work()}
    )
    found = verdict(seen, who)
    assert found.uncounted is not None
    assert [key for key in found.uncounted if key.startswith(reason)]
    assert sum(one.points for one in found.work) == 0


def test_a_renamed_member_counts_by_id_and_a_new_owner_of_the_name_does_not() -> None:
    renamed = contribution("2026-10-01", by="new-name")
    stranger = contribution("2026-10-02", by="example-user-1")
    acts = work(
        type(renamed)(**{**_fields(renamed), "by": Account(login="new-name", id=1)}),
        type(stranger)(**{**_fields(stranger), "by": Account(login="example-user-1", id=99)}),
    )
    found = verdict(evidence(work=acts))
    counted = [one.contribution.by.login for each in found.work for one in each.counted]
    assert counted == ["new-name"]


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


@pytest.mark.parametrize(
    ("checks", "outcome", "words"),
    [
        (answered(accounts()), MET, "All logins exist"),
        (
            answered(
                (*accounts("example-user-1"), *accounts("example-user-2", kind=AccountKind.MISSING))
            ),
            NOT_MET,
            "acme.yml, line 20, team[0].github: GitHub has no account named example-user-2.",
        ),
        (
            answered(accounts(kind=AccountKind.ORGANIZATION)),
            NOT_MET,
            "example-user-1 is an organization, not a person.",
        ),
        (failed("GitHub was silent."), UNKNOWN, "GitHub was silent."),
    ],
)
def test_team(checks: Any, outcome: Outcome, words: str) -> None:
    found = finding("team", evidence(accounts=checks))
    assert found.outcome is outcome
    assert words in found.reason


def test_a_bot_in_the_team_is_named() -> None:
    who = application(team=(member("Project-Bot"),))
    found = finding("team", evidence(accounts=answered(accounts("Project-Bot"))), who)
    assert found.outcome is NOT_MET
    assert "Project-Bot is an account that never counts." in found.reason


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({}, MET),
        ({"website": "https://acme.example/en"}, NOT_MET),
        ({"account": "ACME"}, NOT_MET),
        ({"account": "acme", "platform": Platform.GITHUB_SPONSORS}, MET),
        ({"slug": "acme"}, UNKNOWN),
        ({"name": "ACME gmbh"}, UNKNOWN),
        ({"website": "https://acme.example/agency"}, UNKNOWN),
        ({"website": "https://blog.acme.example"}, MET),
    ],
)
def test_a_partner_already(known: dict[str, Any], outcome: Outcome) -> None:
    """A name or short name can be a stranger's: only the website or the account refuses."""
    seen = evidence(partners=answered((known_partner(**known),)))
    assert finding("new-partner", seen).outcome is outcome


def test_a_partner_already_is_told_where_and_given_no_date() -> None:
    found = verdict(evidence(partners=answered((known_partner(account="acme"),))))
    assert found.decision is Decision.NOT_YET
    assert found.earliest is None, "no date makes a partner apply again"
    reason = found.findings[-1].reason
    assert reason == (
        "Other Ltd is a partner already (partners/other.yml): it has the website or paying account "
        "of this application."
    )


TWIN = EarlierApplication(
    name="Acme",
    where="#7",
    url="https://github.com/project/partners/issues/7",
    agrees=("website",),
    heard=True,
)


@pytest.mark.parametrize(
    ("earlier", "outcome", "reason"),
    [
        (None, MET, "Acme GmbH is not a partner yet."),
        (answered(()), MET, "Acme GmbH is not a partner yet."),
        (failed("GitHub was silent."), UNKNOWN, "GitHub was silent."),
        (
            answered((TWIN,)),
            UNKNOWN,
            (
                "Another application was there before. Acme (#7) has the same website. A "
                "maintainer will check which of them goes on."
            ),
        ),
        (
            answered((replace(TWIN, heard=False),)),
            MET,
            (
                "Acme GmbH is not a partner yet. Acme (#7) has the same website, and nobody is "
                "shown to speak for it."
            ),
        ),
    ],
)
def test_an_application_that_was_there_before(
    earlier: Answer[tuple[EarlierApplication, ...]] | None, outcome: Outcome, reason: str
) -> None:
    found = finding("new-partner", evidence(earlier=earlier))
    assert (found.outcome, found.reason) == (outcome, reason)


def test_a_likeness_does_not_hide_the_same_organization() -> None:
    known = (known_partner(name="Acme GmbH"), known_partner(account="acme"))
    assert finding("new-partner", evidence(partners=answered(known))).outcome is NOT_MET


def test_a_likeness_is_named() -> None:
    found = finding("new-partner", evidence(partners=answered((known_partner(slug="acme"),))))
    assert found.reason == (
        "Other Ltd, a partner already (partners/acme.yml), has a name, short name or website like "
        "this application's. A maintainer will check whether it is the same organization."
    )


def test_a_country_without_a_price_goes_to_a_person() -> None:
    found = verdict(asked=NoAmount(reason="No price for Cambodia.", remedy="Show one."))
    assert found.decision is Decision.NEEDS_REVIEW
    assert found.required is None
    assert (found.findings[0].reason, found.findings[0].remedy) == (
        "No price for Cambodia.",
        "Show one.",
    )


NO_PRICE = NoAmount(reason="No price for Cambodia.", remedy="Show one.")


def test_without_a_required_amount_a_maintainer_still_sees_the_payments() -> None:
    gifts = [
        payment("2026-08-01", "EUR 40"),
        payment("2026-08-09", "EUR 2.50", rhythm=Rhythm.ONE_TIME, order="single"),
        payment("2026-09-01", "EUR 40", settlement=Settlement.VOID),
        payment("2026-10-01", "EUR 40"),
        payment("2026-10-02", "USD 10", rhythm=Rhythm.ONE_TIME, order="other"),
    ]
    found = verdict(evidence(sponsorship=answered(sponsorship(*gifts))), asked=NO_PRICE)
    assert {one.outcome for one in found.coverage} == {UNKNOWN}
    shown = [
        (str(one.month), one.paid and str(one.paid), len(one.shares)) for one in found.coverage
    ]
    assert shown == [("2026-08", "EUR 42.50", 2), ("2026-09", None, 0), ("2026-10", None, 2)]


@pytest.mark.parametrize("fields", [{"public": False}, {"payments": None}, {"payer": None}])
def test_without_a_required_amount_only_public_payments_are_shown(fields: dict[str, Any]) -> None:
    found = verdict(paid(*FAITHFUL, **fields), asked=NO_PRICE)
    assert found.coverage == ()


def test_the_date_is_that_of_the_plan_for_all_criteria() -> None:
    seen = evidence(
        sponsorship=answered(sponsorship(payment("2026-09-01"), payment("2026-10-01"))),
        work=work(*busy("2026-08", "2026-09")),
    )
    found = verdict(seen)
    assert found.plan
    assert found.earliest == found.plan.day == day("2027-02-01")
    assert not [one for one in found.findings if one.earliest], "no criterion has a date of its own"


@pytest.mark.parametrize(
    "silent",
    [
        {"sponsorship": failed(SILENCE)},
        {"accounts": failed(SILENCE)},
        {"work": dict.fromkeys(work(), failed(SILENCE))},
        {
            "sponsorship": failed(SILENCE),
            "accounts": failed(SILENCE),
            "work": dict.fromkeys(work(), failed(SILENCE)),
            "claims": failed(SILENCE),
        },
    ],
)
def test_a_source_that_failed_never_refuses(silent: dict[str, Any]) -> None:
    found = verdict(evidence(**silent))
    assert found.decision is Decision.NEEDS_REVIEW
    assert found.unanswered == (f"{SILENCE} (Asked on 2026-11-24 at 09:00 UTC.)",)


def test_yearly_payers_are_met_too() -> None:
    gift = payment("2026-02-01", "USD 1200", rhythm=Rhythm.YEARLY)
    assert verdict(evidence(sponsorship=answered(sponsorship(gift)))).decision is Decision.ELIGIBLE


def test_points_come_from_the_policy() -> None:
    policy = program(contribution=contribution_policy(points={"pull request": 1}))
    found = verdict(policy=policy)
    assert found.decision is Decision.NOT_YET
    assert [one.points for one in found.work] == [3, 3, 3]
    assert found.today == TODAY
