"""What a partner is told of its month: outcome and sentence, one row each."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    TODAY,
    accounts,
    answered,
    busy,
    day,
    failed,
    member,
    month,
    payer,
    payment,
    program,
    rate,
    required,
    sponsorship,
)
from community_partners.model.application import Platform
from community_partners.model.evidence import AccountCheck, AccountKind, Answer, MonthEvidence
from community_partners.model.partner import Partner
from community_partners.model.ranking import MonthFinding
from community_partners.model.sponsorship import Rhythm, Settlement, Sponsorship
from community_partners.model.verdict import Outcome
from community_partners.rules.coverage import withhold
from month_builders import OCTOBER, act, faithful, month_evidence, month_work, partner, result

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
SEPTEMBER = payment("2026-09-01", began=day("2026-09-01"))
FROZEN = "has paused the project's own account; that is not acme's doing."
NOVEMBER = payment("2026-11-01", began=day("2026-09-01"))
LATE = payment("2026-11-20", began=day("2026-09-01"))


def findings(
    seen: MonthEvidence | None = None, partners: tuple[Partner, ...] = ()
) -> dict[str, MonthFinding]:
    """Those of the first partner, by criterion."""
    here = partners or (partner(),)
    [row] = [one for one in result(here, seen).partners if one.slug == here[0].slug]
    return {one.criterion: one for one in row.findings}


def told(criterion: str, *args: Any) -> tuple[Outcome, str]:
    found = findings(*args)[criterion]
    return found.outcome, found.reason


def paid(*payments: Any, **fields: Any) -> MonthEvidence:
    given_rates = fields.pop("rates", answered(()))
    answer: Answer[Sponsorship] = answered(sponsorship(*payments, **fields), "Open Collective")
    return month_evidence(sponsorships={"acme": answer}, rates=given_rates)


def euros(on: str) -> Any:
    return payment(on, "EUR 90")


@pytest.mark.parametrize(
    ("why", "seen", "outcome", "sentence"),
    [
        ("paid", month_evidence(), MET, "USD 100 asked, USD 100 paid."),
        (
            "more than asked, in two parts",
            paid(payment("2026-10-02", "USD 60"), payment("2026-10-09", "USD 60.50")),
            MET,
            "USD 100 asked, USD 120.50 paid.",
        ),
        ("nothing", paid(SEPTEMBER), NOT_MET, "USD 100 asked, USD 0 paid."),
        ("short", paid(payment("2026-10-02", "USD 99")), NOT_MET, "USD 100 asked, USD 99 paid."),
        (
            "refunded",
            paid(payment("2026-10-02", settlement=Settlement.VOID)),
            NOT_MET,
            "USD 100 asked, USD 0 paid.",
        ),
        (
            "in review",
            paid(payment("2026-10-02", settlement=Settlement.PENDING)),
            UNKNOWN,
            "USD 100 asked. October 2026: a payment is not settled yet, or could not be compared.",
        ),
        (
            "a charge that came late: November has another for itself",
            paid(SEPTEMBER, NOVEMBER, LATE),
            MET,
            "USD 100 asked, USD 100 paid.",
        ),
        (
            "November needs its only one",
            paid(SEPTEMBER, LATE),
            NOT_MET,
            "USD 100 asked, USD 0 paid.",
        ),
        (
            "no such account",
            paid(payer=None),
            UNKNOWN,
            "Open Collective shows no payment of acme: it may be renamed or private.",
        ),
        (
            "the platform failed",
            month_evidence(
                sponsorships={"acme": failed("Open Collective did not answer.", "Open Collective")}
            ),
            UNKNOWN,
            "Open Collective did not answer.",
        ),
        (
            "the platform shows us no payments",
            month_evidence(sponsorships={"acme": answered(replace(sponsorship(), payments=None))}),
            UNKNOWN,
            "USD 100 asked. Open Collective does not show us the amounts of October 2026.",
        ),
        (
            "rates missing, and why",
            paid(euros("2026-10-02"), rates=failed("The bank did not answer.")),
            UNKNOWN,
            "USD 100 asked. October 2026: The bank did not answer.",
        ),
        (
            "a rate that nobody has",
            paid(euros("2026-10-02")),
            UNKNOWN,
            "USD 100 asked. October 2026: a payment is not settled yet, or could not be compared.",
        ),
        (
            "converted",
            paid(
                euros("2026-10-02"), rates=answered((rate("2026-10-02", "EUR", "USD", "1.0899"),))
            ),
            MET,
            "USD 100 asked, USD 98.09 paid.",
        ),
        (
            "what does not add up",
            paid(payment("2026-10-02"), conflict="The lists disagree."),
            UNKNOWN,
            "USD 100 asked. The lists disagree. A maintainer will check October 2026.",
        ),
        (
            "the project's own account is paused, which is not the partner's doing",
            paid(SEPTEMBER, receiver_paused=True),
            UNKNOWN,
            f"USD 100 asked. Open Collective {FROZEN}",
        ),
        (
            "paid before it was",
            paid(payment("2026-10-02"), receiver_paused=True),
            MET,
            "USD 100 asked, USD 100 paid.",
        ),
    ],
)
def test_amount(why: str, seen: MonthEvidence, outcome: Outcome, sentence: str) -> None:
    assert told("amount", seen) == (outcome, sentence), why


def private(*amounts: int, **fields: Any) -> Sponsorship:
    """Payments of October that only the project may see, reduced as gathering does it."""
    gifts = [
        payment("2026-10-05", f"USD {amount}", order=f"order-{number}", rhythm=Rhythm.ONE_TIME)
        for number, amount in enumerate(amounts)
    ]
    seen = sponsorship(*gifts, platform=Platform.GITHUB_SPONSORS, public=False, **fields)
    return withhold(seen, required(), (OCTOBER,), {}, program().sponsorship, TODAY)


@pytest.mark.parametrize(
    ("kept", "outcome", "sentence"),
    [
        (private(250), MET, "USD 100 asked: reached."),
        (private(99), NOT_MET, "USD 100 asked: not reached."),
        (
            private(250, conflict="The lists disagree."),
            UNKNOWN,
            "USD 100 asked. The lists disagree. A maintainer will check October 2026.",
        ),
        (private(250, unexplained="More was paid."), MET, "USD 100 asked: reached."),
        (
            private(99, unexplained="More was paid."),
            UNKNOWN,
            "USD 100 asked. More was paid. A maintainer will check October 2026.",
        ),
        (
            private(99, receiver_paused=True),
            UNKNOWN,
            f"USD 100 asked. GitHub Sponsors {FROZEN}",
        ),
    ],
)
def test_private_amounts(kept: Sponsorship, outcome: Outcome, sentence: str) -> None:
    assert told("amount", month_evidence(sponsorships={"acme": answered(kept)})) == (
        outcome,
        sentence,
    )


@given(st.lists(st.integers(1, 999_999), max_size=4))
def test_no_sentence_depends_on_a_private_figure(amounts: list[int]) -> None:
    """Whatever was paid, only whether it was enough can be read."""
    seen = month_evidence(sponsorships={"acme": answered(private(*amounts))})
    enough = "reached" if sum(amounts) >= 100 else "not reached"
    [amount, *others] = findings(seen).values()
    assert amount.reason == f"USD 100 asked: {enough}."
    assert others == [*findings().values()][1:]


TWO = (partner("acme", member("example-ada")), partner("globex", member("example-ada")))
GONE = AccountCheck(login="example-gone", kind=AccountKind.MISSING)


def worked(*days: str, login: str = "acme-1", points: str = "pull request") -> MonthEvidence:
    acts = [act(on, login, number, kind=points) for number, on in enumerate(days)]
    return month_evidence(work=month_work(*acts))


def unseen(*days: str, **fields: Any) -> tuple[MonthEvidence, tuple[Partner, ...]]:
    """A team of two, one of whom GitHub does not know."""
    here = (partner("acme", member("acme-1"), member("example-gone", **fields)),)
    acts = [act(on, "acme-1", number) for number, on in enumerate(days)]
    checks = answered((*accounts("acme-1"), GONE))
    return month_evidence(here, work=month_work(*acts), accounts=checks), here


REGULAR: list[tuple[str, tuple[Any, ...], Outcome, str]] = [
    ("enough", (), MET, "15 points, 10 asked."),
    ("just enough", (worked("2026-10-01", "2026-10-31"),), MET, "10 points, 10 asked."),
    ("too little", (worked("2026-10-01"),), NOT_MET, "5 points, 10 asked."),
    (
        "only in other months",
        (worked("2026-09-30", "2026-09-30"),),
        NOT_MET,
        "0 points, 10 asked.",
    ),
    (
        "contested points could be enough",
        (month_evidence(TWO, work=month_work(*busy("2026-10", by="example-ada"))), TWO),
        UNKNOWN,
        "0 points, 10 asked. Contested: 15 more, of people whom two partners name.",
    ),
    (
        "contested points could not be enough",
        (month_evidence(TWO, work=month_work(act("2026-10-03", "example-ada"))), TWO),
        NOT_MET,
        "0 points, 10 asked.",
    ),
    (
        "a login that is not there, and whose id nobody kept",
        unseen("2026-10-03"),
        UNKNOWN,
        "5 points, 10 asked. GitHub has no account named example-gone.",
    ),
    (
        "enough without it",
        unseen("2026-10-03", "2026-10-04"),
        MET,
        "10 points, 10 asked.",
    ),
    (
        "its id was kept, so that its work is found",
        unseen("2026-10-03", id=77),
        NOT_MET,
        "5 points, 10 asked.",
    ),
    (
        "who had left before the month can lack in it no more",
        unseen("2026-10-03", until=day("2026-09-30")),
        NOT_MET,
        "5 points, 10 asked.",
    ),
    (
        "nor who came after it",
        unseen("2026-10-03", since=day("2026-11-01")),
        NOT_MET,
        "5 points, 10 asked.",
    ),
]


@pytest.mark.parametrize(("why", "given_", "outcome", "sentence"), REGULAR)
def test_regular(why: str, given_: tuple[Any, ...], outcome: Outcome, sentence: str) -> None:
    assert told("contributions-regular", *given_) == (outcome, sentence), why


MEANINGFUL: list[tuple[str, tuple[Any, ...], Outcome, str]] = [
    ("enough", (), MET, "45 points in 3 months, 40 asked."),
    (
        "a quiet month between busy ones",
        (worked(*["2026-08-03"] * 4, *["2026-10-03"] * 4),),
        MET,
        "40 points in 3 months, 40 asked.",
    ),
    ("too little", (worked("2026-08-03"),), NOT_MET, "5 points in 3 months, 40 asked."),
    (
        "before the window",
        (worked(*["2026-07-31"] * 9),),
        NOT_MET,
        "0 points in 3 months, 40 asked.",
    ),
    (
        "contested in the months before",
        (
            month_evidence(
                TWO, work=month_work(*busy("2026-08", "2026-09", "2026-10", by="example-ada"))
            ),
            TWO,
        ),
        UNKNOWN,
        "0 points in 3 months, 40 asked. Contested: 45 more, of people whom two partners name.",
    ),
    (
        "somebody unseen who left in the window",
        unseen("2026-10-03", until=day("2026-09-30")),
        UNKNOWN,
        "5 points in 3 months, 40 asked. GitHub has no account named example-gone.",
    ),
    (
        "and before it",
        unseen("2026-10-03", until=day("2026-07-31")),
        NOT_MET,
        "5 points in 3 months, 40 asked.",
    ),
]


@pytest.mark.parametrize(("why", "given_", "outcome", "sentence"), MEANINGFUL)
def test_meaningful(why: str, given_: tuple[Any, ...], outcome: Outcome, sentence: str) -> None:
    assert told("contributions-meaningful", *given_) == (outcome, sentence), why


def test_a_late_charge_is_of_the_month_that_lacked_it_and_never_of_two() -> None:
    """Each month is judged alone, at its own time: they agree on whose payment it is."""
    gifts = sponsorship(SEPTEMBER, NOVEMBER, LATE, payer=payer(account="acme"))
    outcomes = {}
    for one in ("2026-09", "2026-10", "2026-11", "2026-12"):
        at = month(one)
        seen = month_evidence(
            month=at,
            today=(at + 1).last_day,
            sponsorships={"acme": answered(gifts)},
            work=month_work(last=at),
        )
        outcomes[one] = findings(seen)["amount"].outcome
    assert list(outcomes.values()) == [MET, MET, MET, NOT_MET]


def test_the_titles_and_their_order() -> None:
    assert [(one.criterion, one.title) for one in findings().values()] == [
        ("amount", "Required amount"),
        ("contributions-regular", "Regular contributions"),
        ("contributions-meaningful", "Meaningful contributions"),
    ]


def test_the_builders_partner_is_faithful() -> None:
    assert faithful().payments
    assert {one.outcome for one in findings().values()} == {MET}


@pytest.mark.parametrize(
    ("today", "outcome", "words"),
    [
        ("2026-11-25", UNKNOWN, "USD 100 asked: a late charge may come until 25 November 2026."),
        ("2026-11-26", NOT_MET, "USD 100 asked, USD 0 paid."),
    ],
)
def test_a_charge_that_may_still_come_holds_nothing_against_anyone(
    today: str, outcome: Outcome, words: str
) -> None:
    gifts = sponsorship(SEPTEMBER, payer=payer(account="acme"))
    seen = month_evidence(today=day(today), sponsorships={"acme": answered(gifts)})
    found = findings(seen)["amount"]
    assert (found.outcome, found.reason) == (outcome, words)
