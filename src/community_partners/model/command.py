"""A command in a comment: what is asked, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    HELP = "help"
    RECHECK = "recheck"
    WAIVE = "waive"
    UNWAIVE = "unwaive"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """`criterion`: the id of one that there is, else None. `reason`: one line; "" if none."""

    verb: Verb
    criterion: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A command in the comment at `url`. `by`: the login of its author."""

    command: Command
    by: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """Whom the waivers of a thread are for: the organization that was judged there last.

    `identity`: a digest; another one is another organization. `since`: the number of the last
    comment that may have meant somebody else.
    """

    identity: str
    since: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The organization and the commit that waivers in a thread are for.

    `about` None: no application could ever be read. `judged` None: an issue has no commits. A
    waiver for the change of a record is for one commit, every other one for the organization.
    """

    about: About | None = None
    judged: About | None = None


class Ruling(StrEnum):
    """What becomes of a command; but for the first two nothing is done."""

    DONE = "done"
    HELP = "help"
    NOT_ALLOWED = "not allowed"
    NO_SUCH_CRITERION = "no such criterion"
    NO_REASON = "no reason"
    NOT_READABLE = "not readable"
    TO_BE_MENDED = "to be mended"
    FOR_ANOTHER = "for another organization"
