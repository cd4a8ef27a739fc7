"""The explanation of a partner's result in one committed month: each point, and what is missing."""

from dataclasses import dataclass

from .directory import Line, OneMore, Position
from .points import Points, total


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """The contributions that were seen and did not count for one reason."""

    reason: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindResult:
    """The counted contributions of one kind.

    `worth`: the points of each one by the policy, without limits; None if it has no such kind now.
    """

    kind: str
    worth: int | None
    lines: tuple[Line, ...]

    @property
    def points(self) -> Points:
        return total(line.points for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """A partner's month, explained from the committed files alone.

    `version`: of the policy by which the month was computed; `same_policy`: the policy counts the
    same today, by which `one_more` is computed. `person`: the login that it is only about; None:
    the whole team. `counted`: by kind, the most points first. `uncounted`: by reason.
    """

    name: str
    slug: str
    position: Position
    version: str
    same_policy: bool
    person: str | None
    counted: tuple[KindResult, ...]
    uncounted: tuple[Reason, ...]
    one_more: tuple[OneMore, ...]

    @property
    def points(self) -> Points:
        """The sum of the points that are listed."""
        return total(one.points for one in self.counted)
