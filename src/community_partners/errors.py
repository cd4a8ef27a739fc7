"""The errors that a person can correct. Any other exception is a bug of ours."""

from collections.abc import Sequence

from .model.length import cut
from .model.problem import LONGEST_MESSAGE, MOST, Problem, first_of


class UserError(Exception):
    """A full sentence for the person who ran the command, with the remedy; the exit code is 1.

    A sentence is at most LONGEST_MESSAGE characters long, and a longer one is cut.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(cut(sentence, LONGEST_MESSAGE))


class FailuresError(UserError):
    """Several things that failed, a sentence for each: the first MOST, if there are more."""

    def __init__(self, sentences: Sequence[str]) -> None:
        shown = [cut(one, LONGEST_MESSAGE) for one in sentences[:MOST]]
        more = len(sentences) - len(shown)
        Exception.__init__(self, " ".join([*shown, *([f"And {more} more."] if more else [])]))


class InvalidInputError(UserError):
    """The problems of one or more documents, reported together: the first ones, if many."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = first_of(problems)
        Exception.__init__(self, "\n".join(map(str, self.problems)))
