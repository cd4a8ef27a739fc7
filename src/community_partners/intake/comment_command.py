"""The command in a comment, if it is one. Decides that by its first line alone.

Four spaces before it make it code and a `>` a quotation; whatever else is there is conversation,
and none of our business.
"""

import re
from collections.abc import Iterator, Mapping

from ..model.command import Command, Verb

_LINE = re.compile(r" {0,3}/([A-Za-z]+)(?:[ \t]+(.*))?")
_ENDS = re.compile(r"[\r\n]")
_TAKES_A_CRITERION = (Verb.WAIVE, Verb.UNWAIVE)


def read_command(body: str, criteria: Mapping[str, str]) -> Command | None:
    """What a comment asks for; None for conversation. `criteria`: titles by id, both are names."""
    found = _LINE.fullmatch(_ENDS.split(body, maxsplit=1)[0].rstrip())
    verb = found and next((one for one in Verb if one == found[1].lower()), None)
    if not found or verb is None:
        return None
    rest = (found[2] or "").strip()
    if verb not in _TAKES_A_CRITERION:
        return None if rest else Command(verb=verb)
    for name, criterion in _names(criteria):
        if after := re.match(rf"{re.escape(name)}(?::|(?=\s|$))", rest, re.IGNORECASE):
            reason = rest[after.end() :].strip()
            return Command(verb=verb, criterion=criterion, reason=reason)
    return Command(verb=verb)


def _names(criteria: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Longer ones first: one may begin with another."""
    both = [(name, one) for one, title in criteria.items() for name in (one, title)]
    return iter(sorted(both, key=lambda pair: len(pair[0]), reverse=True))
