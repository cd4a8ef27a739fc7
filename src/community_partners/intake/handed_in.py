"""Claims as somebody hands them in, by form or by pull request, before they are checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.claim import Claim
from ..model.problem import Place, Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledClaim:
    """A claim as it was filled in. `places`: of its answers, by question."""

    claim: Claim
    places: Mapping[str, Place]


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """The claims of one thread, or all problems of a text that cannot be read.

    `text`: that text, or what else tells one such hand-in from another; "" if it could be read.
    """

    claims: tuple[FilledClaim, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: bytes = b""
