"""Create labels in a repository, put labels on an issue and take them off, by REST."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from github import GithubException

from ..model.application import LABEL
from ..model.changes import ChangeLabels
from ..model.verdict import DECISIONS, Decision
from ..wire.judgment import OddAnswerError
from .rest import GitHubRepository
from .rest_answers import object_in

Look = tuple[str, str]  # color, six hexadecimal digits; description
LABELS: Mapping[str, Look] = {
    "application": ("0e8a16", "An organization applies to become a partner"),
    "eligible": ("2ea44f", "Meets all criteria; a maintainer confirms"),
    "not-yet": ("fbca04", "Criteria are missing; the comment says which"),
    "needs-review": ("d93f0b", "Something could not be checked; a maintainer will check it"),
    "invalid": ("b60205", "Some details cannot be read"),
}
DIGEST = "partners-digest"  # the label of the maintainers' monthly issue
FORM = "partners-form"  # of the issue about a form that cannot be used
_PLAIN: Look = ("ededed", "")


def swapped(present: Sequence[str], decision: Decision) -> ChangeLabels:
    """Return which labels to add and remove, so that the issue shows this verdict alone.

    `present`: the labels of the issue, in small letters. The label `application` is added if it is
    missing: GitHub sets the label of an issue form only if the repository has that label.
    """
    return ChangeLabels(
        add=tuple(name for name in (LABEL, decision.label) if name not in present),
        remove=tuple(name for name in present if name in DECISIONS and name != decision.label),
    )


def look_of(name: str) -> Look:
    """Return the color and the description of a label that we create."""
    return LABELS.get(name, _PLAIN)


def make_label(repository: GitHubRepository, name: str) -> None:
    """Create a label with our color and description. A label that exists stays as it is."""
    color, description = look_of(name)
    body = {"name": name, "color": color, "description": description}
    try:
        object_in(repository.ask("POST", "labels", body), name=str)
    except GithubException as error:
        if not _exists(error):
            raise


def add_labels(repository: GitHubRepository, number: int, names: Sequence[str]) -> None:
    """Add labels to an issue or pull request; the labels that it has stay."""
    if names:
        body = {"labels": list(names)}
        present = _names(repository.ask("POST", f"issues/{number}/labels", body))
        if not {name.casefold() for name in names} <= present:
            raise OddAnswerError


def remove_label(repository: GitHubRepository, number: int, name: str) -> None:
    """Take a label off an issue or pull request.

    A missing label is no error: another run may have taken it off.
    """
    try:
        answer = repository.ask("DELETE", f"issues/{number}/labels/{quote(name, safe='')}")
    except GithubException as error:
        if error.status != 404:
            raise
    else:
        if name.casefold() in _names(answer):
            raise OddAnswerError


def _names(labels: Any) -> set[str]:
    """Return the names of the labels in GitHub's answer, case-folded."""
    if not isinstance(labels, list):
        raise OddAnswerError
    return {object_in(one, name=str)["name"].casefold() for one in labels}


def _exists(error: GithubException) -> bool:
    """Tell whether GitHub refused to create a label because the label exists.

    Another run created the label, or GitHub stored our first try and only its answer was lost.
    """
    errors = error.data.get("errors") if isinstance(error.data, dict) else None
    codes = [one.get("code") for one in errors or () if isinstance(one, dict)]
    return error.status == 422 and "already_exists" in codes
