"""Writes the answer to a command in a comment: the help, or why the command did nothing."""

from collections.abc import Mapping

from ..model.command import Command, Ruling
from .escape import text

_OTHER_ORGANIZATION = (
    "Name, website, country or paying account have changed since. If the waiver still applies, "
    "write it again."
)
_OTHER_CHANGE = (
    "The pull request has a newer commit since. If the waiver still applies, write it again."
)


def help_text(criteria: Mapping[str, str]) -> str:
    named = ", ".join(f"`{one}` ({text(title)})" for one, title in criteria.items())
    return (
        "A command stands alone on the first line of a comment:\n\n"
        "* `/recheck` checks the application again: for the applicant and for people with write "
        "permission.\n"
        "* `/waive CRITERION reason` lets a criterion count as met, and `/unwaive CRITERION` takes "
        "that back: for people with write permission. The verdict shows who did it, and why.\n"
        "* `/help` shows this.\n\n"
        f"The criteria are {named}.\n"
    )


def refusal(command: Command, ruling: Ruling, criteria: Mapping[str, str]) -> str:
    title = text(criteria.get(command.criterion or "", "That criterion"))
    match ruling:
        case Ruling.NOT_ALLOWED:
            return (
                f"`/{command.verb}` is for people with write permission to this repository; a "
                "maintainer who agrees can write it here."
            )
        case Ruling.NO_SUCH_CRITERION:
            ids = ", ".join(f"`{one}`" for one in criteria)
            return f"There is no criterion of that name. There are {ids}."
        case Ruling.NO_REASON:
            return f"Please add why, for everyone to read: `/waive {command.criterion} reason`."
        case Ruling.NOT_READABLE:
            return (
                "There is nothing to waive yet: some details could not be read. Once they are "
                "corrected, write this comment again."
            )
        case Ruling.FOR_ANOTHER:
            return _OTHER_CHANGE if command.criterion == "record-owner" else _OTHER_ORGANIZATION
        case _:
            return (
                f"*{title}* cannot be waived as it stands, since the record would be wrong: the "
                "verdict says what to correct. It can be waived only if we could not check it."
            )
