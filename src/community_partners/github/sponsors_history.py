"""Compute which payments of one account follow from the events that GitHub Sponsors lists.

No request is sent here: `sponsors` reads the events. A renewal leaves no event, so a monthly price
counts as charged on every billing day until an event ends it. If the events cannot explain the
sponsorship, `doubt` says so in a sentence without an amount, and a maintainer checks it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..model.month import Month
from ..model.sponsorship import Rhythm
from ..wire.answers import flag, integer, maybe, utc_day

Node = dict[str, Any]
CUT_OFF = "GitHub's list of events does not reach back to the start of this sponsorship."
AT_ODDS = "GitHub's list of events and the state of the sponsorship do not agree."
UNDATED = "GitHub does not say on which day something about this sponsorship changed."
# https://docs.github.com/en/graphql/reference/enums#sponsorsactivityaction
# By action, whether such an event tells of payments.
_TOLD = {
    "NEW_SPONSORSHIP": True,
    "TIER_CHANGE": True,
    "CANCELLED_SPONSORSHIP": True,
    "REFUND": True,
    "PENDING_CHANGE": False,
    "SPONSOR_MATCH_DISABLED": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """One payment that follows from the events. `cents`: US cents."""

    day: date
    cents: int
    rhythm: Rhythm


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """The charges of one account by day, without refunded ones.

    `doubt`: a sentence on why charges may be missing or wrong; None if there is no doubt.
    """

    charges: tuple[Charge, ...]
    doubt: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """A monthly price in US cents, charged on `billing_day` of each month from `start`.

    `end`: the day from which the price was no longer charged; None if the price is still charged.
    """

    start: date
    cents: int
    billing_day: int
    end: date | None = None


def history(sponsorships: Sequence[Node], events: Sequence[Node], today: date) -> History:
    """Return one account's charges up to `today`, from its sponsorships and its events.

    `events`: the oldest first. The nodes have the shape of GitHub's schema, every tier visible.
    Raises KeyError, TypeError or ValueError for nodes of another shape.
    """
    dated = [event for event in events if event["timestamp"] is not None]
    runs = tuple(_runs(dated))
    running = [
        one for one in sponsorships if flag(one["isActive"]) and not flag(one["isOneTimePayment"])
    ]
    undated = any(_TOLD[event["action"]] for event in events if event["timestamp"] is None)
    doubt = UNDATED if undated else _doubt(sponsorships, dated, runs, running)
    if not runs:
        runs = tuple(_without_events(one) for one in running)
    monthly = [
        Charge(day=day, cents=run.cents, rhythm=Rhythm.MONTHLY)
        for run in runs
        for day in _billing_days(run, today)
    ]
    charges = sorted((*monthly, *_single(dated)), key=lambda charge: charge.day)
    return History(charges=tuple(_without_refunded(charges, dated)), doubt=doubt)


def shows_a_price(event: Node) -> bool:
    """Tell whether the event carries a tier with a price: a new sponsorship or a change of tier.

    The tier may be monthly or one-time.
    """
    return _TOLD[event["action"]] and event["action"] in ("NEW_SPONSORSHIP", "TIER_CHANGE")


def _runs(events: Iterable[Node]) -> Iterator[_Run]:
    running: _Run | None = None
    for event in filter(_moves_a_run, events):
        day, tier = utc_day(event["timestamp"]), event["sponsorsTier"]
        if running is not None:
            yield replace(running, end=day)
        if event["action"] == "CANCELLED_SPONSORSHIP" or flag(tier["isOneTime"]):
            running = None
            continue
        # After a change of tier, the price is charged on the same day of the month as before.
        kept = running.billing_day if running and event["action"] == "TIER_CHANGE" else day.day
        running = _Run(start=day, cents=integer(tier["monthlyPriceInCents"]), billing_day=kept)
    if running is not None:
        yield running


def _moves_a_run(event: Node) -> bool:
    if event["action"] == "NEW_SPONSORSHIP":
        return not flag(event["sponsorsTier"]["isOneTime"])
    return event["action"] in ("TIER_CHANGE", "CANCELLED_SPONSORSHIP")


def _single(events: Iterable[Node]) -> Iterator[Charge]:
    for event in filter(shows_a_price, events):
        tier = event["sponsorsTier"]
        if flag(tier["isOneTime"]):
            yield Charge(
                day=utc_day(event["timestamp"]),
                cents=integer(tier["monthlyPriceInCents"]),
                rhythm=Rhythm.ONE_TIME,
            )


def _without_events(sponsorship: Node) -> _Run:
    """Return the run of a sponsorship that is older than the events that GitHub keeps.

    The present price counts as charged since the sponsor chose it.
    """
    began = utc_day(sponsorship["createdAt"])
    return _Run(
        start=maybe(utc_day, sponsorship["tierSelectedAt"]) or began,
        cents=integer(sponsorship["tier"]["monthlyPriceInCents"]),
        billing_day=began.day,
    )


def _doubt(
    sponsorships: Sequence[Node],
    events: Sequence[Node],
    runs: Sequence[_Run],
    running: Sequence[Node],
) -> str | None:
    first = next(filter(_moves_a_run, events), None)
    if first is None:
        # Only an event tells the day and the price of an ended or one-time sponsorship.
        untold = bool(sponsorships) and not running and not any(map(shows_a_price, events))
        changed = any(_without_events(one).start > utc_day(one["createdAt"]) for one in running)
        return CUT_OFF if untold or changed else None
    if first["action"] != "NEW_SPONSORSHIP":
        return CUT_OFF
    by_events = [run.cents for run in runs[-1:] if run.end is None]
    present = [integer(one["tier"]["monthlyPriceInCents"]) for one in running]
    return AT_ODDS if by_events != present else None


def _billing_days(run: _Run, today: date) -> Iterator[date]:
    """Yield each day on which the run is charged, up to `today`.

    https://github.com/github/docs/blob/main/data/reusables/sponsors/sponsorship-details.md
    GitHub charges on the billing day of the sponsor's account; we take the day on which the monthly
    price began, or the last day of a shorter month. On the run's `end` nothing is charged.
    """
    month = Month.of(run.start)
    while True:
        charged = month.on(run.billing_day)
        if charged > today or (run.end is not None and charged >= run.end):
            return
        if charged >= run.start:
            yield charged
        month += 1


def _without_refunded(charges: Sequence[Charge], events: Iterable[Node]) -> list[Charge]:
    """Return the charges that were not refunded.

    A refund takes back the last charge before it. If the refund names a tier, it takes back the
    last charge of that tier, if there is one.
    """
    left = list(charges)
    for event in events:
        if event["action"] != "REFUND":
            continue
        before = [one for one in left if one.day <= utc_day(event["timestamp"])]
        alike = [one for one in before if _is_of(one, event["sponsorsTier"])]
        for refunded in (alike or before)[-1:]:
            left.remove(refunded)
    return left


def _is_of(charge: Charge, tier: Node | None) -> bool:
    return (
        tier is not None
        and charge.cents == integer(tier["monthlyPriceInCents"])
        and (charge.rhythm is Rhythm.ONE_TIME) == flag(tier["isOneTime"])
    )
