"""Reads the command in a comment: its first line, of which LONGEST characters are read.

In Markdown, four spaces before a command make it code and `>` makes it a quotation: neither is a
command. Any other comment is conversation, and gets no answer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.command import Command, Verb
from ..model.length import LONGEST
from ..model.month import Month

_LINE = re.compile(r" {0,3}/([A-Za-z]+)(?:[ \t]+(.*))?")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_ENDS = re.compile(r"[\r\n]")
SPEAKS = "spokesperson"  # the id of the criterion for which somebody vouches
_TAKES_A_CRITERION = (Verb.WAIVE, Verb.UNWAIVE)
_OF_A_SEAT = (Verb.CONFIRM, Verb.LEAVE)  # with words behind it, it asks to be written alone


def command_line(body: str) -> tuple[str, str]:
    """Return the word behind the slash in lower case, and the rest of the line; "" if none."""
    found = _LINE.fullmatch(_ENDS.split(body[:LONGEST], maxsplit=1)[0].rstrip())
    return (found[1].lower(), (found[2] or "").strip()) if found else ("", "")


def read_command(body: str, criteria: Mapping[str, str]) -> Command | None:
    """Return the command that a comment gives, or None if the comment is conversation.

    `criteria`: titles by id. A command may name a criterion by id or by title.
    """
    word, rest = command_line(body)
    verb = next((one for one in Verb if one == word), None)
    if verb is None:
        return None
    if verb is Verb.VOUCH:
        return Command(verb=verb, criterion=SPEAKS, reason=rest)
    if verb in _OF_A_SEAT:
        return Command(verb=verb, reason=rest)
    if verb not in _TAKES_A_CRITERION:
        return None if rest else Command(verb=verb)
    for name, criterion in _names(criteria):
        if rest[: len(name)].lower() == name.lower() and _ends(rest[len(name) :]):
            reason = rest[len(name) :].removeprefix(":").strip()
            return Command(verb=verb, criterion=criterion, reason=reason)
    return Command(verb=verb)


@dataclass(frozen=True, kw_only=True, slots=True)
class Explain:
    """`/explain`, in a partner's thread. `month`: the one that it names; None: the last one."""

    month: Month | None


def explain_in(body: str) -> Explain | None:
    """Return the question of a comment `/explain` or `/explain 2026-10`; None for any other."""
    word, month = command_line(body)
    if word != "explain":
        return None
    if not month:
        return Explain(month=None)
    return Explain(month=Month.parse(month)) if _MONTH.fullmatch(month) else None


def _ends(rest: str) -> bool:
    """Tell whether a name has ended where `rest` begins."""
    return not rest or rest[0] == ":" or rest[0].isspace()


def _names(criteria: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return pairs of name and id, longer names first: a name may begin with another name."""
    both = [(name, one) for one, title in criteria.items() for name in (one, title)]
    return iter(sorted(both, key=lambda pair: len(pair[0]), reverse=True))
