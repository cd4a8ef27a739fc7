"""Looks at the logo that comes along with an application in a pull request, by its bytes."""

from ..github.pull_changes import read_file
from ..github.rest import GitHubRepository
from ..intake.proposed_logo import logo_of, logo_problems
from ..model.problem import Problem
from ..model.pull_request import PullRequest


def problems_of_logo(
    repository: GitHubRepository, pull: PullRequest, room: str
) -> tuple[Problem, ...]:
    """Return what is wrong with the logo; () if it is right, or if none comes along.

    GitHub is asked only for a logo. `room`: the folder of applications, as git names it. Raises
    UserError.
    """
    logo = logo_of(pull, room)
    return logo_problems(logo, read_file(repository, pull, logo)) if logo else ()
