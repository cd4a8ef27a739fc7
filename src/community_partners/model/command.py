"""A command in a comment, such as `/waive amount because ...`, and the answer to the command."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    HELP = "help"
    RECHECK = "recheck"
    WAIVE = "waive"
    UNWAIVE = "unwaive"


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
class About:
    """The organization, or the commit, that waivers in a thread are for.

    `identity`: a digest of the organization's fields, or the commit's name. `since`: the id of the
    newest comment when `identity` was first judged, or became another one. A waiver in that comment
    or an older one does not apply.
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
    """The answer to a command. DONE and HELP are carried out; all others are refused."""

    DONE = "done"
    HELP = "help"
    NOT_ALLOWED = "not allowed"
    NO_SUCH_CRITERION = "no such criterion"
    NO_REASON = "no reason"
    NOT_READABLE = "not readable"
    TO_BE_MENDED = "to be mended"
    FOR_ANOTHER = "for another organization"
