"""A command in a comment, such as `/waive amount because ...`, and the answer to the command."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .application import WHOLE


class Verb(StrEnum):
    HELP = "help"
    RECHECK = "recheck"
    WAIVE = "waive"
    UNWAIVE = "unwaive"
    VOUCH = "vouch"
    CONFIRM = "confirm"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command as a comment gives it.

    `criterion`: the id of a known criterion; None if the comment names none or an unknown one.
    `reason`: one line; "" if the comment gives no reason.
    """

    verb: Verb
    criterion: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A command, the login `by` of the comment's author, and the comment's address `url`."""

    command: Command
    by: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedSeat:
    """The days for which a text names a member. `login`: case-folded. `share`: as in Member.

    `after`: the id of the newest comment when the text first named the member with all these days,
    and no smaller share. A confirmation in that comment or an older one is not about them.
    """

    login: str
    since: date
    until: date | None = None
    share: int = WHOLE
    after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The organization that waivers in a thread are for.

    `identity`: a digest of the organization's fields. `since`: the id of the newest comment when
    `identity` was first judged, or became another one. A waiver in that comment or an older one
    does not apply. `country`: the code of the country that was judged first in this thread; "" if
    an older version wrote it. `team`: a digest of the team's logins; `team_since`: as `since`, of
    the team, for waivers of work. Both are empty if an older version wrote it. `seats`: of the
    team.
    """

    identity: str
    since: int
    country: str = ""
    team: str = ""
    team_since: int = 0
    seats: tuple[NamedSeat, ...] = ()

    @property
    def named(self) -> dict[str, int]:
        """The comment after which a confirmation of each seat counts, by case-folded login."""
        last = sorted(self.seats, key=lambda seat: seat.after)
        return {seat.login: seat.after for seat in last}


class Ruling(StrEnum):
    """The answer to a command. DONE and HELP are carried out; all others are refused."""

    DONE = "done"
    HELP = "help"
    NOT_ALLOWED = "not allowed"
    NO_SUCH_CRITERION = "no such criterion"
    NO_REASON = "no reason"
    NOT_READABLE = "not readable"
    TO_BE_MENDED = "to be mended"
    NOT_ASKED = "not asked here"
    NO_MEMBER = "not a public member"
    NO_SEAT = "not in the team"
    NOT_ALONE = "with more words"
    FOR_ANOTHER = "for another organization or commit"
