"""The answer to a command: a reaction to its comment, and words only where they are of use.

Decides the words, and that nobody can make us talk: strangers get a reaction alone, a command one
reply at most, and a thread one help. What was answered is found again by marker.
"""

from collections.abc import Mapping

from ..model.command import Command, Ruling
from .conversation import Comment, Thread
from .markdown import text
from .marker import has_marker, marker
from .thread_writes import PostComment, React, Reaction, Write

_REACTIONS = {Ruling.DONE: Reaction.DONE, Ruling.HELP: Reaction.DONE}
_REACTIONS |= {Ruling.NOT_ALLOWED: Reaction.NO}


def answer(
    thread: Thread,
    comment: Comment,
    command: Command,
    ruling: Ruling,
    criteria: Mapping[str, str],
    *,
    reply: bool,
) -> tuple[Write, ...]:
    """What the thread lacks for a command to be answered. `criteria`: titles by id.

    `reply`: may the comment's author have words?
    """
    react = React(comment=comment.id, content=_REACTIONS.get(ruling, Reaction.CONFUSED))
    if ruling is Ruling.DONE:
        return (react,)
    if ruling is Ruling.HELP:
        return (*_once(thread, "help", _help(criteria)), react)
    words = f"{_refusal(command, ruling, criteria)} ([The command]({comment.url}).)"
    said = _once(thread, _kind(comment), words) if reply else ()
    return (*said, react)


def is_told(thread: Thread, comment: Comment) -> bool:
    """Were there words for the command in this comment?"""
    return _is_there(thread, _kind(comment))


def _kind(comment: Comment) -> str:
    return f"answer {comment.id}"


def _once(thread: Thread, kind: str, body: str) -> tuple[Write, ...]:
    return () if _is_there(thread, kind) else (PostComment(body=marker(kind) + body),)


def _is_there(thread: Thread, kind: str) -> bool:
    return any(one.ours and has_marker(one.body, kind) for one in thread.comments)


def _help(criteria: Mapping[str, str]) -> str:
    named = ", ".join(f"`{one}` ({text(title)})" for one, title in criteria.items())
    return (
        "A command stands alone on the first line of a comment:\n\n"
        "* `/recheck` checks the application again: for the applicant and for people with write "
        "permission.\n"
        "* `/waive CRITERION reason` lets a criterion count as met, and `/unwaive CRITERION` takes "
        "that back: for people with write permission. Who did it and why stands in the verdict.\n"
        "* `/help` shows this.\n\n"
        f"The criteria are {named}.\n"
    )


def _refusal(command: Command, ruling: Ruling, criteria: Mapping[str, str]) -> str:
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
                "mended, comment this again."
            )
        case Ruling.FOR_ANOTHER:
            return (
                "This waiver may have meant another organization: when it was written, there was "
                "no verdict on the name, website, country and paying account that stand here now. "
                "If it is for these, comment it again."
            )
        case _:
            return (
                f"*{title}* cannot be waived as it stands, since the record would be wrong: the "
                "verdict says what to mend. Only what could not be checked of it can be."
            )
