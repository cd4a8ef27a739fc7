"""What GitHub shows of a repository's set-up. Whether that will do is for rules.

Whatever the token may not see is a failure with its reason, never the worse of two answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from ..model.evidence import Answer
from ..model.setup import ActionsAllowed, BranchRules, RepositoryFacts
from ..wire.answers import Clock, answer, decoding, text
from ..wire.session import NoAnswerError, Session, is_rate_limit, refusal

T = TypeVar("T")
_CLOSING = {"pull_request", "required_status_checks", "update"}  # kinds of rules of a branch


class RepositorySetUp:
    """The repository `name`, such as `acme/partners`, by REST at `api_url`.

    `home`: its page, for people.
    """

    def __init__(self, rest: Session, api_url: str, name: str, clock: Clock) -> None:
        self._rest, self._clock, self.name = rest, clock, name
        self._url = f"{api_url}/repos/{quote(name)}"
        self.home = f"https://github.com/{name}"

    def facts(self) -> Answer[RepositoryFacts]:
        """Whether issues are on, and which branch is the default one."""
        return self._ask(lambda: _facts(_object(self._rest, self._url, "metadata: read")))

    def labels(self) -> Answer[frozenset[str]]:
        """Names of all labels, case-folded."""
        return self._ask(lambda: frozenset(_label_names(self._rest, f"{self._url}/labels")))

    def may_open_pulls(self) -> Answer[bool]:
        """May workflows open pull requests? Only an administrator's token is told."""
        url = f"{self._url}/actions/permissions/workflow"
        setting = "can_approve_pull_request_reviews"
        return self._ask(lambda: _told(_object(self._rest, url, "administration: read"), setting))

    def actions(self) -> Answer[ActionsAllowed]:
        """May any run, and which? Only an administrator's token is told."""
        url = f"{self._url}/actions/permissions"

        def ask() -> ActionsAllowed:
            found = _object(self._rest, url, "administration: read")
            which = found.get("allowed_actions", "all")  # nothing is said of it where all are off
            return ActionsAllowed(enabled=_told(found, "enabled"), which=text(which))

        return self._ask(ask)

    def branch_rules(self, branch: str) -> Answer[BranchRules]:
        """By protection and by rules together."""

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
        """`active`, `disabled_inactivity` or another word, by the workflow's file name."""

        def ask() -> Mapping[str, str]:
            url = f"{self._url}/actions/workflows?per_page=100"
            listed = _object(self._rest, url, "actions: read")["workflows"]
            return {PurePosixPath(text(one["path"])).name: text(one["state"]) for one in listed}

        return self._ask(ask)

    def _ask(self, question: Callable[[], T]) -> Answer[T]:
        decoded = decoding(self._rest.name)(question)
        return answer(self._rest.name, self.home, self._clock, decoded)


def is_there(rest: Session, api_url: str, name: str, clock: Clock) -> Answer[bool]:
    """Is there a repository of that name that the token can read?"""

    @decoding(rest.name)
    def ask() -> bool:
        response = rest.get(f"{api_url}/repos/{quote(name)}")
        if response.status_code == 404:
            return False
        return bool(_checked(rest, response, "metadata: read"))

    return answer(rest.name, f"https://github.com/{name}", clock, ask)


def _facts(found: Mapping[str, Any]) -> RepositoryFacts:
    return RepositoryFacts(
        issues=_told(found, "has_issues"), default_branch=text(found["default_branch"])
    )


def _told(found: Mapping[str, Any], name: str) -> bool:
    """What is not told is no `false`."""
    value = found[name]
    if not isinstance(value, bool):
        raise TypeError(name)
    return value


def _checks_of_protection(branch: Mapping[str, Any]) -> Iterator[str]:
    """Where the branch shows its protection."""
    required = branch.get("protection", {}).get("required_status_checks") or {}
    yield from map(text, required.get("contexts", ()))


def _checks_of_rules(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        if rule["type"] == "required_status_checks":
            yield from (text(one["context"]) for one in rule["parameters"][rule["type"]])


def _label_names(rest: Session, url: str) -> Iterator[str]:
    """All pages, by their number: a link could lead anywhere."""
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
    found = _checked(rest, rest.get(url), needed)
    if not isinstance(found, dict):
        raise TypeError(type(found))
    return found


def _checked(rest: Session, response: requests.Response, needed: str) -> Any:
    """The JSON of an answer. GitHub says 404 as well where a right is missing."""
    status = response.status_code
    if status in (403, 404) and not is_rate_limit(response):
        raise NoAnswerError(
            f"{rest.name} does not show this to the token (HTTP {status}; it needs `{needed}`).",
            lasting=True,
        )
    if status != 200:
        raise refusal(rest.name, response, "no data")
    return response.json()
