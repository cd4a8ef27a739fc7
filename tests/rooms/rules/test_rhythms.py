"""Whether a payment was monthly or yearly: the next payment of its order tells."""

from datetime import timedelta

import pytest

from builders import day, payment
from community_partners.model.sponsorship import Payment, Rhythm
from community_partners.rules.rhythms import ways

M, Y, ONCE, DOUBT = Rhythm.MONTHLY, Rhythm.YEARLY, Rhythm.ONE_TIME, None
BEGAN = day("2025-01-16")


def paid(after: int, amount: str, now: Rhythm = M, **fields: object) -> Payment:
    on = str(BEGAN + timedelta(days=after))
    return payment(on, amount, **{"rhythm": now, "began": BEGAN, **fields})


def told(*payments: Payment) -> list[Rhythm | None]:
    each = [[rhythm for _, rhythm in way] for way in ways(payments)]
    return [one[0] if len(set(one)) == 1 else DOUBT for one in zip(*each, strict=True)]


@pytest.mark.parametrize(
    ("apart", "first", "then", "now", "expected"),
    [
        (47, "USD 100", "USD 100", Y, [M, M]),
        (48, "USD 100", "USD 100", Y, [DOUBT, DOUBT]),
        (48, "USD 100", "USD 100", M, [M, M]),
        (48, "USD 599", "USD 100", M, [M, M]),
        (48, "USD 600", "USD 100", M, [Y, M]),
        (48, "USD 600", "EUR 100", M, [M, M]),
        (48, "EUR 600", "USD 100", M, [M, M]),
        (48, "USD 600", "USD 100", Y, [Y, Y]),
        (334, "USD 100", "USD 100", M, [M, M]),
        (335, "USD 100", "USD 100", M, [DOUBT, DOUBT]),
        (334, "USD 100", "USD 100", Y, [DOUBT, DOUBT]),
        (335, "USD 100", "USD 100", Y, [Y, Y]),
        (47, "USD 199", "USD 100", Y, [M, M]),
        (47, "USD 200", "USD 100", Y, [M, Y]),
        (47, "USD 100", "USD 199", Y, [M, M]),
        (47, "USD 100", "USD 200", Y, [M, Y]),
        (47, "USD 100", "EUR 100", Y, [M, Y]),
        (47, "EUR 100", "USD 100", Y, [M, Y]),
        (47, "USD 100", "USD 0", Y, [M, Y]),
        (47, "USD 0", "USD 100", Y, [M, Y]),
    ],
)
def test_two_payments_of_one_order(
    apart: int, first: str, then: str, now: Rhythm, expected: list[Rhythm | None]
) -> None:
    """`now`: the interval that the platform shows of the order, for both payments."""
    assert told(paid(0, first, now), paid(apart, then, now)) == expected


@pytest.mark.parametrize(
    ("why", "payments", "expected"),
    [
        ("alone: as the platform shows it", [paid(0, "USD 100", Y)], [Y]),
        ("months, then years", [paid(0, "USD 9", Y), paid(31, "USD 99", Y)], [M, Y]),
        (
            "three, of which the last is like the second",
            [paid(0, "USD 1200"), paid(60, "USD 100"), paid(90, "USD 100")],
            [Y, M, M],
        ),
        (
            "three, of which the last is unlike the second",
            [paid(0, "USD 100", Y), paid(31, "USD 100", Y), paid(62, "USD 1200", Y)],
            [M, M, Y],
        ),
        (
            "three alike in a row, each within 47 days",
            [paid(0, "USD 9", Y), paid(31, "USD 9", Y), paid(62, "USD 9", Y)],
            [M, M, M],
        ),
        (
            "payments of two orders say nothing of each other",
            [paid(0, "USD 9", Y), paid(31, "USD 9", Y, order="order-2")],
            [Y, Y],
        ),
        (
            "single payments are single",
            [paid(0, "USD 9", ONCE), paid(31, "USD 9", ONCE)],
            [ONCE, ONCE],
        ),
        (
            "an order whose first day is not known",
            [paid(0, "USD 9", Y, began=None), paid(31, "USD 9", Y, began=None)],
            [Y, Y],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_order(why: str, payments: list[Payment], expected: list[Rhythm | None]) -> None:
    assert told(*payments) == expected, why
    assert told(*payments[::-1]) == expected, "in whatever order they are read"
