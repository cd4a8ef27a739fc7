"""The rules of branches: what they refuse, to the API and to `git push`."""

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from .github_store import Repository

ASKS = {
    "pull request": "Changes must be made through a pull request.",
    "signature": "Commits must have verified signatures.",
    "status check": 'Required status check "ci" is expected.',
    "creation": "Cannot create ref due to creations being restricted.",
}


@dataclass(frozen=True, kw_only=True)
class BranchRule:
    """`asks`: a key of ASKS. `branches`: a glob. `classic`: of a branch protection, no ruleset."""

    asks: str
    branches: str = "main"
    classic: bool = False


def refuse(of: Repository, branch: str, *, made: bool = False) -> BranchRule | None:
    """The rule that refuses a commit of GitHub's own, which is signed, or that `branch` is made."""
    asked = {"creation"} if made else ASKS.keys() - {"creation", "signature"}
    for rule in of.branch_rules:
        if rule.asks in asked and fnmatch(branch, rule.branches):
            return rule
    return None


def rule(of: Repository, asks: str, branches: str = "main", *, classic: bool = False) -> None:
    """A rule from now on, for the API and for `git push`, whose commits nobody signs."""
    of.branch_rules.append(BranchRule(asks=asks, branches=branches, classic=classic))
    patterns = "|".join(f"refs/heads/{one.branches}" for one in of.branch_rules)
    hook = of.git.path / "hooks/update"
    told = 'echo "GH013: Repository rule violations found: hidden words" >&2'
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\ncase "$1" in {patterns}) {told}; exit 1;; esac\n')
    hook.chmod(0o755)


def unruled(of: Repository) -> None:
    """No rule any more."""
    of.branch_rules.clear()
    (of.git.path / "hooks/update").unlink()


def in_force(of: Repository, name: str) -> str:
    """The rules of a combination from now on; what becomes of a commit to main."""
    for asks, branches in COMBINATIONS[name][:-1]:
        rule(of, asks, branches)
    return str(COMBINATIONS[name][-1])


COMBINATIONS: dict[str, tuple[Any, ...]] = {
    "signed on main": (("signature", "main"), "committed"),
    "signed everywhere": (("signature", "*"), "committed"),
    "by pull request on main": (("pull request", "main"), "proposed"),
    "both on main": (("signature", "main"), ("pull request", "main"), "proposed"),
    "signed everywhere, by pull request on main": (
        ("signature", "*"),
        ("pull request", "main"),
        "proposed",
    ),
    "by pull request everywhere": (("pull request", "*"), "told"),
    "both everywhere": (("signature", "*"), ("pull request", "*"), "told"),
}
"""Rules, each with its branches, and what a run makes of them: the files are on the branch itself,
or proposed, or the run says what the rule asks."""
LEAVE_OUT = (
    "a rule asks that changes come by pull request. That rule must not hold for our own branches",
    "leave the names `rankings*`, `admit-*`, `application-*`, `claim-*` and `price-*` out of it",
)
