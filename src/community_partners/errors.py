"""The errors that a person can correct. Any other exception is a bug of ours."""

from .model.problem import Problem


class UserError(Exception):
    """A full sentence for the person who ran the command, with the remedy; the exit code is 1."""


class InvalidInputError(UserError):
    """All problems of one or more documents, reported together."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
