"""Labels: made where a repository lacks them, put on an issue and taken off by REST."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from github import GithubException

from ..model.application import LABEL
from ..model.changes import ChangeLabels
from ..model.verdict import DECISIONS, Decision
from .rest import GitHubRepository
from .rest_answers import OddAnswerError, object_in

Look = tuple[str, str]  # color, six hexadecimal digits; description
LABELS: Mapping[str, Look] = {
    "application": ("0e8a16", "An organization applies to become a partner"),
    "eligible": ("2ea44f", "Meets all criteria; a maintainer confirms"),
    "not-yet": ("fbca04", "Criteria are missing; the comment says which"),
    "needs-review": ("d93f0b", "Something could not be checked; a person looks"),
    "invalid": ("b60205", "Some details cannot be read"),
}
DIGEST = "partners-digest"  # of the maintainers' issue of a month
_PLAIN: Look = ("ededed", "")


def swapped(present: Sequence[str], decision: Decision) -> ChangeLabels:
    """Return how the label of the last verdict is swapped for that of `decision`.

    GitHub gives a form's label only if the repository has it: whatever is judged gets that one too.
    `present`: in small letters.
    """
    return ChangeLabels(
        add=tuple(name for name in (LABEL, decision.label) if name not in present),
        remove=tuple(name for name in present if name in DECISIONS and name != decision.label),
    )


def make_label(repository: GitHubRepository, name: str) -> None:
    """With our color and description; one that is there already stays as it is."""
    color, description = LABELS.get(name, _PLAIN)
    body = {"name": name, "color": color, "description": description}
    try:
        object_in(repository.ask("POST", "labels", body), name=str)
    except GithubException as error:
        if not _exists(error):
            raise


def add_labels(repository: GitHubRepository, number: int, names: Sequence[str]) -> None:
    """To those that the issue has."""
    if names:
        body = {"labels": list(names)}
        present = _names(repository.ask("POST", f"issues/{number}/labels", body))
        if not {name.casefold() for name in names} <= present:
            raise OddAnswerError


def remove_label(repository: GitHubRepository, number: int, name: str) -> None:
    """If the issue has it; somebody may have been faster."""
    try:
        answer = repository.ask("DELETE", f"issues/{number}/labels/{quote(name, safe='')}")
    except GithubException as error:
        if error.status != 404:
            raise
    else:
        if name.casefold() in _names(answer):
            raise OddAnswerError


def _names(labels: Any) -> set[str]:
    """Of the labels that the issue has then, case-folded."""
    if not isinstance(labels, list):
        raise OddAnswerError
    return {object_in(one, name=str)["name"].casefold() for one in labels}


def _exists(error: GithubException) -> bool:
    """Another run was faster, or the first try was stored after all."""
    errors = error.data.get("errors") if isinstance(error.data, dict) else None
    codes = [one.get("code") for one in errors or () if isinstance(one, dict)]
    return error.status == 422 and "already_exists" in codes
