"""Writes the answer to a command in a comment: the help, or why the command did nothing."""

from collections.abc import Mapping

from ..model.command import Command, Ruling
from .escape import text

_OTHER_ORGANIZATION = (
    "This comment is older than the first verdict on the name, website, country, accounts or days "
    "that stand there now. If you still agree, write it once more."
)
_OTHER_COMMIT = (
    "This waiver is for one commit. Look at the commit that the verdict names, then write in a new "
    "comment: `/waive record-owner COMMIT reason`, with at least 7 digits of the commit."
)


def help_text(criteria: Mapping[str, str]) -> str:
    named = ", ".join(f"`{one}` ({text(title)})" for one, title in criteria.items())
    return (
        "A command stands alone on the first line of a comment:\n\n"
        "* `/recheck` checks the application again: for the applicant and for people with write "
        "permission.\n"
        "* `/waive CRITERION reason` lets a criterion count as met, and `/unwaive CRITERION` takes "
        "that back: for people with write permission. The verdict shows who did it, and why.\n"
        "* `/vouch` says that the application is really the organization's: for public members of "
        "its GitHub organization, and with a reason behind it for people with write permission.\n"
        "* `/confirm` says that you are in the team, and `/leave` that you are not, or not any "
        "more: for the people whom the application names, each from the own account.\n"
        "* `/explain` or `/explain 2026-10` says why a partner has its result in a month: in the "
        "thread where it applied, for its people.\n"
        "* `/help` shows this.\n\n"
        f"The criteria are {named}.\n"
    )


def refusal(command: Command, ruling: Ruling, criteria: Mapping[str, str]) -> str:
    """Return a sentence on why the command was not carried out, and on what to do.

    `criteria`: titles by id.
    """
    title = text(criteria.get(command.criterion or "", "That criterion"))
    of_a_record = command.criterion == "record-owner"
    words = {
        Ruling.NOT_ALLOWED: f"`/{command.verb}` is for people with write permission to this "
        "repository; a maintainer who agrees can write it here.",
        Ruling.NO_SUCH_CRITERION: "There is no criterion of that name. There are "
        f"{', '.join(f'`{one}`' for one in criteria)}.",
        Ruling.NO_REASON: "Please add why, for everyone to read: "
        f"`/waive {command.criterion}{' COMMIT' if of_a_record else ''} reason`.",
        Ruling.NO_MEMBER: "`/vouch` counts from a public member of the GitHub organization whose "
        "website this is, and with a reason behind it from people with write permission: see "
        f"*{title}* in the verdict.",
        Ruling.NOT_ALONE: f"Please write `/{command.verb}` alone on the first line: with more "
        "words on it we cannot tell what is meant.",
        Ruling.NO_SEAT: "`/confirm` and `/leave` are for people whom the application names as its "
        "team, each from their own account.",
        Ruling.NOT_READABLE: "There is nothing to decide on yet: some details could not be read. "
        "Once they are corrected, write this comment again.",
        Ruling.NOT_ASKED: f"The verdict has no criterion *{title}*, so there is nothing to waive.",
        Ruling.FOR_ANOTHER: _OTHER_COMMIT if of_a_record else _OTHER_ORGANIZATION,
        Ruling.TO_BE_MENDED: f"*{title}* cannot be waived as it stands, since the record would be "
        "wrong: the verdict says what to correct. It can be waived only if we could not check it.",
    }
    return words[ruling]
