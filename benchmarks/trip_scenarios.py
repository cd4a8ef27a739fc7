"""What `round_trips.py` measures, and the targets."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Self

import trip_worlds as worlds
from trip_worlds import Run, World


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a run cost, or the least of several. `lists`: of issues, however many pages each."""

    requests: float
    trips: float
    seconds: float
    points: float
    lists: float

    @classmethod
    def least(cls, runs: Sequence[Self]) -> Self:
        """Of each figure: a busy machine only adds."""
        return cls(**{one.name: min(getattr(run, one.name) for run in runs) for one in fields(cls)})

    def __str__(self) -> str:
        counts = f"{self.requests:9,.0f}{self.trips:7,.0f}{self.points:8,.0f}"
        return f"{counts}{self.seconds:8.1f}"


@dataclass(frozen=True)
class Target:
    """At most `limit` of the figure `of`: a number, or with `ratio` a part of the other build's."""

    of: str
    limit: float
    ratio: bool = False

    def verdict(self, ours: Measured, base: Measured | None) -> str:
        """`met` or `OVER` with the figure, unless there is nothing to compare it with."""
        figure, asked = getattr(ours, self.of), f"{self.of} at most {self.limit:g}"
        if self.ratio and base is None:
            return f"target: {asked} of the other build's"
        if self.ratio:
            figure /= getattr(base, self.of)
        return f"{'met' if figure <= self.limit else 'OVER'}: {figure:.3g}; {asked}"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is measured: a `command` in a `world`.

    `says`: what the command must say to count as done. `pairs`: at most so many, for one that takes
    minutes and whose target is a count.
    """

    name: str
    world: Callable[[World, Run], None]
    command: tuple[str, ...]
    says: str
    target: Target | None = None
    pairs: int = sys.maxsize


def months(first: str, last: str) -> tuple[str, ...]:
    return ("month", "--from", first, "--to", last, "--today", "2026-11-26")


def waiting(today: str) -> tuple[str, ...]:
    return ("waiting", "--today", today)


CHECK = ("check", "applications/acme.yml", "--today", "2026-11-24")
REVIEW = ("review", "--today", "2026-11-24")

SCENARIOS = (
    Scenario(
        name="check, 10 members, cold",
        world=worlds.application,
        command=CHECK,
        says="Eligible",
        target=Target("trips", 2),
    ),
    Scenario(
        name="check, 10 members, warm",
        world=worlds.checked_application,
        command=CHECK,
        says="Eligible",
    ),
    Scenario(
        name="issue opened, to its verdict",
        world=worlds.issue_not_eligible,
        command=REVIEW,
        says=": not yet; ",
        target=Target("requests", 9),
    ),
    Scenario(
        name="issue opened, with its proposal",
        world=worlds.eligible_issue,
        command=REVIEW,
        says="project/partners/pull/",
        target=Target("requests", 12),
    ),
    Scenario(
        name="a month",
        world=worlds.month,
        command=months("2026-10", "2026-10"),
        says="Partner 9  50 points",
    ),
    Scenario(
        name="12 months",
        world=worlds.year,
        command=months("2025-11", "2026-10"),
        says="Partner 9  50 points",
        target=Target("seconds", 0.5, ratio=True),
    ),
    Scenario(
        name="a month of 14 listed repositories",
        world=worlds.listed_repositories,
        command=months("2026-10", "2026-10"),
        says="Partner 9  25 points",
        target=Target("requests", 6),
    ),
    Scenario(
        name="22 months, 100 answers each",
        world=worlds.answers,
        command=months("2025-01", "2026-10"),
        says="Partner 9  45 points",
        target=Target("requests", 0.2, ratio=True),
        pairs=1,
    ),
    Scenario(
        name="300 partners, 1,500 logins lost",
        world=worlds.lost_logins,
        command=months("2026-10", "2026-10"),
        says="Partner 298  5 points",
        target=Target("requests", 0.1, ratio=True),
        pairs=1,
    ),
    Scenario(
        name="daily: 40 due of 250 open",
        world=worlds.open_applications,
        command=waiting("2026-12-01"),
        says="#40: checked again",
        target=Target("lists", 1),
        pairs=1,
    ),
    Scenario(
        name="daily: none due of 250 open",
        world=worlds.open_applications,
        command=waiting("2026-11-30"),
        says=" requests (",
        target=Target("requests", 5),  # one list of them, by fifties or more
        pairs=1,
    ),
)
