"""Read from GitHub how a repository is set up. The package `rules` judges it.

If the token may not see a setting, the answer is a failure with the reason, never a guessed value.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from ..model.evidence import Answer
from ..model.setup import ActionsAllowed, BranchRules, PagesSetting, RepositoryFacts
from ..wire.answers import Clock, answer, decoding, flag, text
from ..wire.judgment import NoAnswerError
from ..wire.session import Session, refusal
from .names import repository_name

T = TypeVar("T")
# Rules of a branch of these kinds refuse a direct push.
_CLOSING = {"pull_request", "required_status_checks", "update"}


class RepositorySetUp:
    """Reads the set-up of the repository `name`, such as `acme/partners`, by REST at `api_url`.

    `home`: the address of the repository's page, for people.
    """

    def __init__(self, rest: Session, api_url: str, name: str, clock: Clock) -> None:
        self._rest, self._clock, self.name = rest, clock, name
        self._url = f"{api_url}/repos/{quote(name)}"
        self.home = f"https://github.com/{name}"

    def facts(self) -> Answer[RepositoryFacts]:
        """Return the repository's name now, whether issues are on, and its default branch.

        GitHub leads on from the name that a repository had before a rename or transfer.
        https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
        """
        return self._ask(lambda: _facts(_object(self._rest, self._url, "metadata: read")))

    def labels(self) -> Answer[frozenset[str]]:
        """Return the names of all labels, case-folded."""
        return self._ask(lambda: frozenset(_label_names(self._rest, f"{self._url}/labels")))

    def may_open_pulls(self) -> Answer[bool]:
        """Tell whether workflows may open pull requests.

        GitHub tells this only to an administrator's token.
        """
        url = f"{self._url}/actions/permissions/workflow"
        setting = "can_approve_pull_request_reviews"
        return self._ask(lambda: _told(_object(self._rest, url, "administration: read"), setting))

    def actions(self) -> Answer[ActionsAllowed]:
        """Return whether GitHub Actions are switched on, and which actions may run.

        GitHub tells this only to an administrator's token.
        """
        url = f"{self._url}/actions/permissions"

        def ask() -> ActionsAllowed:
            found = _object(self._rest, url, "administration: read")
            which = found.get("allowed_actions", "all")  # GitHub leaves it out if Actions are off
            return ActionsAllowed(enabled=_told(found, "enabled"), which=text(which))

        return self._ask(ask)

    def branch_rules(self, branch: str) -> Answer[BranchRules]:
        """Return whether a branch refuses direct pushes, and which status checks it requires.

        Branch protection and rulesets are read together.
        """

        def ask() -> BranchRules:
            name = quote(branch, safe="")
            found = _object(self._rest, f"{self._url}/branches/{name}", "contents: read")
            url = f"{self._url}/rules/branches/{name}"
            rules = _checked(self._rest, self._rest.get(url), "metadata: read")
            closed = _told(found, "protected") or any(one["type"] in _CLOSING for one in rules)
            checks = (*_checks_of_protection(found), *_checks_of_rules(rules))
            return BranchRules(closed=closed, checks=tuple(dict.fromkeys(checks)))

        return self._ask(ask)

    def workflow_states(self) -> Answer[Mapping[str, str]]:
        """Return each workflow's state by its file name, such as `active` or `disabled_inactivity`.

        Only the first 100 workflows are read.
        """

        def ask() -> Mapping[str, str]:
            url = f"{self._url}/actions/workflows?per_page=100"
            listed = _object(self._rest, url, "actions: read")["workflows"]
            return {PurePosixPath(text(one["path"])).name: text(one["state"]) for one in listed}

        return self._ask(ask)

    def pages(self) -> Answer[tuple[PagesSetting, ...]]:
        """Return the setting on GitHub Pages; none if GitHub shows none.

        A classic token needs the scope `repo`, another one `pages: read`. GitHub answers 404 if
        Pages is off, and if the token may not see it.
        https://docs.github.com/en/rest/pages/pages
        """

        def ask() -> tuple[PagesSetting, ...]:
            response = self._rest.get(f"{self._url}/pages")
            if response.status_code == 404:
                return ()
            found = _mapping(_checked(self._rest, response, "pages: read"))
            # GitHub leaves `build_type` out for a site that a branch makes since long ago.
            by_workflow = found.get("build_type") == "workflow"
            return (PagesSetting(by_workflow=by_workflow, url=text(found["html_url"])),)

        return self._ask(ask)

    def _ask(self, question: Callable[[], T]) -> Answer[T]:
        decoded = decoding(self._rest.name)(question)
        return answer(self._rest.name, self.home, self._clock, decoded)


def _facts(found: Mapping[str, Any]) -> RepositoryFacts:
    return RepositoryFacts(
        name=repository_name(found["full_name"]),
        issues=_told(found, "has_issues"),
        default_branch=text(found["default_branch"]),
    )


def _told(found: Mapping[str, Any], name: str) -> bool:
    """Return a boolean field; raises KeyError if GitHub leaves it out, which is not `false`."""
    return flag(found[name])


def _checks_of_protection(branch: Mapping[str, Any]) -> Iterator[str]:
    """Yield the status checks that branch protection requires, if GitHub shows the protection."""
    required = branch.get("protection", {}).get("required_status_checks")
    if required is not None:
        yield from map(text, required.get("contexts", ()))


def _checks_of_rules(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        if rule["type"] == "required_status_checks":
            yield from (text(one["context"]) for one in rule["parameters"][rule["type"]])


def _label_names(rest: Session, url: str) -> Iterator[str]:
    """Yield the names of all labels, case-folded.

    Pages are asked for by number, because a link to the next page could lead to another server.
    """
    for page in range(1, 101):
        response = rest.get(f"{url}?per_page=100&page={page}")
        listed = _checked(rest, response, "issues: read")
        if not isinstance(listed, list):
            raise TypeError(type(listed))
        yield from (text(one["name"]).casefold() for one in listed)
        if len(listed) < 100:
            return
    raise NoAnswerError(f"{rest.name} lists more labels than can be read.")


def _object(rest: Session, url: str, needed: str) -> Mapping[str, Any]:
    return _mapping(_checked(rest, rest.get(url), needed))


def _mapping(found: Any) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise TypeError(type(found))
    return found


def _checked(rest: Session, response: requests.Response, needed: str) -> Any:
    """Return the JSON of an answer with HTTP status 200; else raise NoAnswerError.

    GitHub sends 404 as well as 403 if the token lacks a right. `needed`: that right, such as
    `issues: read`.
    """
    status = response.status_code
    if status in (403, 404):
        raise NoAnswerError(
            f"{rest.name} does not show this to the token (HTTP {status}; it needs `{needed}`).",
            lasting=True,
        )
    if status != 200:
        raise refusal(rest.name, response)
    return response.json()
