"""The errors that a person can mend. Anything else that is raised is our bug."""

from .model.problem import Problem


class UserError(Exception):
    """A full sentence for the one who ran the command, with the remedy; exit code 1."""


class InvalidInputError(UserError):
    """All problems of one or more documents, reported together."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
