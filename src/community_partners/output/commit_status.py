"""The verdict as a status of the commit that was judged: a rule of the branch can ask for it.

The latest status of a name is the one that counts. So it is written only where it differs.
"""

import re
from dataclasses import dataclass

from ..model.funnel import STATUS
from ..model.verdict import Decision, Verdict
from .github_answers import object_in, text_in
from .github_client import GitHubRepository, sentences
from .verdict_words import headline

LONGEST = 139  # characters; GitHub takes 140
_REFUSED = re.compile(r"[^\u0000-\uffff]")  # by GitHub: what needs four bytes in UTF-8
_REMEDIES = {403: "The workflow needs the permission `statuses: write`."}
_STATES = {
    Decision.ELIGIBLE: "success",
    Decision.NOT_YET: "failure",
    Decision.INVALID: "failure",
    Decision.NEEDS_REVIEW: "pending",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitStatus:
    """`url`: of the comment that says why; None where it is not known."""

    state: str
    description: str
    url: str | None


NO_APPLICATION = CommitStatus(
    state="success", description="No application in this pull request: nothing to judge", url=None
)
"""Where a rule of the branch asks for our status, what is none of ours must not wait for ever."""


def status_of(verdict: Verdict, url: str | None) -> CommitStatus:
    """What the commit of an application is told."""
    line = _REFUSED.sub("\ufffd", headline(verdict))
    words = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return CommitStatus(state=_STATES[verdict.decision], description=words, url=url)


def status_as_judged(decision: Decision, issue: int, url: str) -> CommitStatus:
    """What another commit with the same file is told. `url`: of the issue that it is judged in."""
    words = f"As judged in #{issue}: {decision.value}"
    return CommitStatus(state=_STATES[decision], description=words, url=url)


def read_status(there: GitHubRepository, commit: str) -> CommitStatus | None:
    """Ours on a commit, as it stands; None if there is none. Raises UserError."""
    with sentences("reading the commit's status", _REMEDIES):
        for one in there.listed(f"commits/{commit}/statuses", {}):
            if one.get("context") == STATUS:
                return CommitStatus(
                    state=text_in(one, "state"),
                    description=text_in(one, "description"),
                    url=text_in(one, "target_url") or None,
                )
        return None


def write_status(there: GitHubRepository, commit: str, status: CommitStatus) -> None:
    """The same again does no harm: it is tried again where GitHub stumbles. Raises UserError."""
    body = {"state": status.state, "description": status.description, "context": STATUS}
    if status.url:
        body["target_url"] = status.url
    with sentences("writing the commit's status", _REMEDIES):
        object_in(there.ask("POST", f"statuses/{commit}", body), state=str)
