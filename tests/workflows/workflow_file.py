"""A workflow file, as GitHub reads it where act does not look.

act runs a workflow whatever its filters, activity types and `runs-on` say. So the tests ask here
first: a filter that this module does not know fails the test instead of passing unread.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

Payload = Mapping[str, Any]

RUNNER = "ubuntu-latest"  # act skips a job on an unknown runner without a word
PULL_REQUEST_TYPES = ["opened", "synchronize", "reopened"]  # where a file names none
_KNOWN_FILTERS = {"types", "branches", "paths", "inputs"}


@dataclass(frozen=True, kw_only=True)
class WorkflowFile:
    """`triggers`: what stands under `on`, filters by event; `jobs` by id."""

    name: str
    triggers: dict[str, Any]
    jobs: dict[str, Any]
    uses: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        document = read_yaml(path)
        return cls(
            name=path.name,
            triggers=_by_event(document["on"]),
            jobs=document["jobs"],
            uses=foreign_uses(document),
        )

    @property
    def calls(self) -> dict[str, Path]:
        """The workflows that its jobs call, by the job's id: paths in the repository."""
        called = {name: job["uses"] for name, job in self.jobs.items() if "uses" in job}
        assert all(one.startswith("./") for one in called.values()), "act would download others'"
        return {name: Path(one) for name, one in called.items()}

    def check_runners(self) -> None:
        for name, job in own_jobs(self.jobs).items():
            assert job["runs-on"] == RUNNER, f"{self.name}: act cannot run {name}"

    def starts_on(self, event: str, payload: Payload) -> bool:
        """Whether GitHub would start it; an event that the file never names is a test's mistake."""
        assert event in self.triggers, f"{self.name} is not started by {event}"
        if event == "schedule":
            assert payload["schedule"] in [one["cron"] for one in self.triggers[event]]
            return True
        filters = self.triggers[event] or {}
        unknown = set(filters) - _KNOWN_FILTERS
        assert not unknown, f"{self.name}: act ignores {unknown}, and so would the tests"
        if event == "workflow_dispatch":
            undeclared = set(payload["inputs"]) - set(filters.get("inputs", {}))
            assert not undeclared, f"GitHub refuses inputs that {self.name} does not declare"
        if event.startswith("pull_request"):
            filters = {"types": PULL_REQUEST_TYPES, **filters}
        return (
            payload.get("action") in filters.get("types", [payload.get("action")])
            and _any_matches([_branch(payload)], filters.get("branches"))
            and _any_matches(_changed(payload), filters.get("paths"))
        )

    def may_write(self, job: str) -> frozenset[str]:
        """Scopes. Only what stands at the job counts: at the top nothing is granted."""
        granted = self.jobs[job].get("permissions", {})
        return frozenset(scope for scope, level in granted.items() if level == "write")


def own_jobs(jobs: Mapping[str, Any]) -> dict[str, Any]:
    """The jobs with steps; a job without steps calls another workflow."""
    return {name: job for name, job in jobs.items() if "uses" not in job}


def read_yaml(path: Path) -> Any:
    """Every scalar stays a word: `on` as well, which YAML takes to be true."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  it makes no objects


def foreign_uses(document: Any) -> frozenset[str]:
    """Others' actions that a workflow or an action uses, each as `owner/name@ref`."""
    return frozenset(one for one in _uses(document) if not one.startswith("./"))


def _uses(document: Any) -> Iterator[str]:
    if isinstance(document, list):
        for item in document:
            yield from _uses(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from [value] if key == "uses" else _uses(value)


def _by_event(on: Any) -> dict[str, Any]:
    if isinstance(on, str):
        return {on: {}}
    return dict.fromkeys(on) if isinstance(on, list) else on


def _branch(payload: Payload) -> str:
    pull = payload.get("pull_request")
    if pull:
        return str(pull["base"]["ref"])
    return str(payload.get("ref", "")).removeprefix("refs/heads/")


def _changed(payload: Payload) -> list[str]:
    """Paths that the commits of a push touch, or that a test says a pull request changes."""
    if "pull_request" in payload:
        return list(payload["pull_request"].get("changes", ()))
    kinds = ("added", "modified", "removed")
    commits = payload.get("commits", ())
    return [path for commit in commits for kind in kinds for path in commit.get(kind, ())]


def _any_matches(names: Iterable[str], patterns: list[str] | None) -> bool:
    """GitHub's globs: `*` stays within a folder, `**` does not. Exclusions are not known here."""
    if patterns is None:
        return True
    assert not any(pattern.startswith("!") for pattern in patterns), patterns
    return any(re.fullmatch(_expression(one), name) for one in patterns for name in names)


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
