"""A contribution: a dated act that the project accepted. The rules decide points and owners."""

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, overload

from .month import Month
from .problem import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A GitHub account, as GitHub showed the account with the act.

    `id`: the account's number, which stays the same when the login changes; None if not shown.
    `bot`: the account belongs to a program, not to a person.
    """

    login: str
    id: int | None = None
    bot: bool = False


class Opinion(StrEnum):
    """The last word of a reviewer on a pull request before its merge.

    COMMENTED: the reviewer never approved and never asked for changes. DISMISSED: somebody with
    rights took the opinion back. HIDDEN: somebody with rights hid it, for example as spam.
    """

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes requested"
    COMMENTED = "commented"
    DISMISSED = "dismissed"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """The facts on who accepted an act, and how. `rules/acceptance.py` decides whether it counts.

    `by`: who merged the pull request, closed the issue, chose the answer or approved the claim;
    None if the account was deleted. `branch`, `head`, `approved_by`, `agent`, `asked`: of the pull
    request that was merged, that was reviewed or that closed the issue. `branch`: where it was
    merged; None without a pull request. `head`: the branch from which it was merged; None if that
    was in a fork. `approved_by`: the accounts, other than its author's, whose last word was an
    approval, whether or not they may approve. `agent`: the coding agent that made it, for its
    author; None if a person made it. `asked`: False if GitHub does not say who asked the agent, and
    its author is only one of those whom GitHub names. `opinion`: of a review. `author`: who wrote
    the pull request or commit that closed an issue; None if it was closed by hand. `source`: the
    dashboard from whose export a claim came; None for any other act. `no_credit`: the project
    labeled it so.
    """

    by: Account | None
    branch: str | None = None
    head: str | None = None
    approved_by: tuple[Account, ...] = ()
    opinion: Opinion | None = None
    author: Account | None = None
    source: str | None = None
    no_credit: bool = False
    agent: Account | None = None
    asked: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Repository:
    """The facts on a repository that GitHub shows only as of today, kept with a month of its work.

    `default_branch`: None if there is none. `merged_into`: the branches into which pull requests of
    the month were merged, sorted. `may_push`: ids of the reviewers of the month with push rights,
    sorted.
    """

    default_branch: str | None
    merged_into: tuple[str, ...] = ()
    may_push: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """One act of the account `by`.

    `kind`: the name in program.yml. `day`: the UTC day on which the project accepted the act, by
    the server's clock: day of merge, of closing, of the answer. `of`: the author of the reviewed
    pull request or of the answered question; None for other kinds, or if the account was deleted.
    `repository`: `owner/name`; None for an approved claim. `accepted`: None for a claim of evidence
    that was stored before claims named who approved them.
    """

    kind: str
    day: date
    by: Account
    of: Account | None = None
    title: str
    url: str
    repository: str | None = None
    accepted: Acceptance | None = None

    @property
    def made_by(self) -> Account | None:
        """The coding agent that did it for `by`; None if a person did it."""
        how = self.accepted if self.kind == "pull request" else None
        return how.agent if how else None


class Row(NamedTuple):
    """A contribution as a tuple, which is made in a third of the time of a Contribution."""

    kind: str
    day: date
    by: Account
    of: Account | None
    title: str
    url: str
    repository: str | None
    accepted: Acceptance | None


class Contributions(Sequence[Contribution]):
    """Contributions that are held packed: a million take 60 MB, and as values 480 MB.

    A contribution is made anew each time it is asked for.
    """

    __slots__ = ("_ends", "_rows", "_shared")

    def __init__(self, rows: Iterable[bytes], shared: Iterable[Any]) -> None:
        """Take rows as `_packed` makes them, at most 4 GB.

        `shared`: what many rows have in common, once. It is read last, since making the rows may
        add to it.
        """
        whole, self._ends = bytearray(), array("I")
        for row in rows:
            whole += row
            self._ends.append(len(whole))
        self._rows, self._shared = bytes(whole), tuple(shared)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> Contribution: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Contribution, ...]: ...
    def __getitem__(self, at: int | slice) -> Contribution | tuple[Contribution, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(len(self))[at])
        found = range(len(self))[at]
        start = self._ends[found - 1] if found else 0
        return self._unpacked(self._rows[start : self._ends[found]])

    def __iter__(self) -> Iterator[Contribution]:
        return map(self._unpacked, self._each())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Contributions) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Contributions({tuple(self)!r})"

    def chosen(
        self, wanted: Callable[[Account], object], titled: Callable[[str], object]
    ) -> "Contributions":
        """Return those whose author or title is wanted, without unpacking any of them."""
        known = [isinstance(one, Account) and bool(wanted(one)) for one in self._shared]

        def keeps(row: bytes) -> bool:
            _, by, *_, title = marshal.loads(row)  # noqa: S302  ours
            return known[by] or bool(titled(title))

        return Contributions(filter(keeps, self._each()), self._shared)

    def deciding(self) -> frozenset[Account]:
        """Return the accounts that may have chosen an answer to a question of their own."""
        asked = {
            what[1] for what in self._shared if isinstance(what, tuple) and what[0] == "answer"
        }
        chose = {how.by for how in self._shared if isinstance(how, Acceptance) and not how.branch}
        return frozenset(one for one in asked & chose if one is not None)

    def rows(self) -> Iterator[Row]:
        """Yield each contribution as a tuple."""
        return map(self._row, self._each())

    def _each(self) -> Iterator[bytes]:
        start = 0
        for end in self._ends:
            yield self._rows[start:end]
            start = end

    def _row(self, packed: bytes) -> Row:
        day, by, what, how, last, title = marshal.loads(packed)  # noqa: S302  ours
        kind, of, folder, repository = self._shared[what]
        shared = self._shared
        return Row(kind, shared[day], shared[by], of, title, folder + last, repository, shared[how])

    def _unpacked(self, packed: bytes) -> Contribution:
        return Contribution(**self._row(packed)._asdict())


def pack(contributions: Iterable[Contribution]) -> Contributions:
    """Pack the contributions one after the other."""
    places: dict[object, int] = {}
    return Contributions((_packed(one, places) for one in contributions), places)


def _packed(one: Contribution, places: dict[object, int]) -> bytes:
    """Return one contribution as bytes. `places`: where the common values stand; may grow."""

    def place(value: object) -> int:
        return places.setdefault(value, len(places))

    cut = one.url.rfind("/") + 1
    return marshal.dumps(
        (
            place(one.day),
            place(one.by),
            place((one.kind, one.of, one.url[:cut], one.repository)),
            place(one.accepted),
            one.url[cut:],
            one.title,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthOfWork:
    """All contributions of one month that one source shows. They are packed.

    `repositories`: the repositories of these contributions, by case-folded `owner/name`.
    `left_out`: what the source shows and nobody can read or take, for maintainers.
    """

    month: Month
    contributions: Sequence[Contribution]
    repositories: dict[str, Repository] = field(default_factory=dict, hash=False)
    left_out: tuple[Problem, ...] = ()

    @property
    def packed(self) -> Contributions:
        """The contributions, which can be chosen by author without unpacking."""
        if not isinstance(self.contributions, Contributions):
            raise AssertionError(self.contributions)
        return self.contributions

    def __post_init__(self) -> None:
        if not isinstance(self.contributions, Contributions):
            object.__setattr__(self, "contributions", pack(self.contributions))
