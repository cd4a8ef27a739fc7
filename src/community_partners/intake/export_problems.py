"""Collects what is told of an export: few words, however many rows are wrong."""

from collections.abc import Iterable

from ..model.problem import MOST, Place, Problem, first_of, quoted


class Told:
    """The problems of one file: the first ones in words, the others as a number."""

    def __init__(self, name: str) -> None:
        """Begin with none. `name`: the file's name in problems."""
        self.name = name
        self._unknown: dict[str, tuple[int, int]] = {}
        self._problems: list[Problem] = []
        self._more = 0

    def add(self, line: int | None, field: str | None, message: str, remedy: str) -> None:
        """Add one problem. `line`: None for the whole file; `field`: the column."""
        place = Place(document=self.name, line=line, field=field)
        self.take((Problem(place=place, message=message, remedy=remedy),))

    def take(self, found: Iterable[Problem]) -> None:
        """Add problems that another reader found."""
        for problem in found:
            if len(self._problems) < MOST:
                self._problems.append(problem)
            else:
                self._more += problem.count

    @property
    def full(self) -> bool:
        """Whether further problems are only counted, so that nobody needs their words."""
        return len(self._problems) >= MOST

    def unknown_kind(self, kind: str, line: int) -> None:
        """Count one row of a kind that program.yml does not name."""
        first, rows = self._unknown.get(kind, (line, 0))
        self._unknown[kind] = (first, rows + 1)

    def all(self) -> tuple[Problem, ...]:
        """Return all problems by line, with one for each kind that program.yml does not name."""
        for kind, (line, rows) in self._unknown.items():
            how_many = f", here and in {rows - 1:,} more rows," if rows > 1 else ""
            message = f"The kind {quoted(kind)}{how_many} is not in `kinds`."
            remedy = (
                f"Add {quoted(kind)} to the `kinds` of this import in program.yml, with one of its "
                "kinds, or with `null` if it shall not count."
            )
            self.add(line, None, message, remedy)
        found = sorted(self._problems, key=lambda one: one.place.line or 0)
        if self._more:
            place, message = Place(document=self.name), f"There are {self._more:,} more problems."
            remedy = "Correct those above first."
            rest = Problem(place=place, message=message, remedy=remedy, count=self._more)
            return first_of((*found, rest))
        return tuple(found)
