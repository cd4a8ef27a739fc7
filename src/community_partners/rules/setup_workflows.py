"""Checks a workflow file: its triggers, its permissions and its use of our action.

The permissions of all jobs are checked together; which job needs which permission is not checked.
But no job may have both secrets and the permission to write files.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.setup import Check, Health, WorkflowText


@dataclass(frozen=True, kw_only=True, slots=True)
class _Needed:
    """The needs of one workflow.

    `triggers`: the events that the file must have, all of them. `writes`: permissions that at least
    one job must have for writing. `purpose`: a sentence for people.
    """

    triggers: tuple[str, ...]
    writes: tuple[str, ...]
    purpose: str


NEEDED: Mapping[str, _Needed] = {
    "application.yml": _Needed(
        triggers=("issues", "issue_comment", "pull_request_target"),
        writes=("contents", "issues", "pull-requests", "statuses"),
        purpose="It answers applications.",
    ),
    "admit.yml": _Needed(
        triggers=("push",),
        writes=("contents", "issues", "pull-requests", "statuses"),
        purpose="It makes partners of what was merged.",
    ),
    "monthly.yml": _Needed(
        triggers=("schedule",),
        writes=("contents", "issues", "pull-requests", "statuses"),
        purpose="It ranks partners every month.",
    ),
    "waiting.yml": _Needed(
        triggers=("schedule",),
        writes=("contents", "issues", "pull-requests", "statuses"),
        purpose="It looks after applications that wait.",
    ),
    "publish.yml": _Needed(
        triggers=("workflow_call", "push"),
        writes=("pages", "id-token"),
        purpose="It publishes the site.",
    ),
    "claims.yml": _Needed(
        triggers=("issues", "issue_comment", "pull_request_target"),
        writes=("contents", "issues", "pull-requests", "statuses"),
        purpose="It answers claims.",
    ),
}
CLAIMS = "claims.yml"  # optional: rules/setup_claims.py says when it is needed
WORKFLOWS = tuple(name for name in NEEDED if name != CLAIMS)
_PLACEHOLDER = "OWNER/"  # as docs/set-up.md writes it
_COMMIT = re.compile(r"[0-9a-f]{40}")


def of_workflow(name: str, workflow: WorkflowText | None) -> Check:
    """Check the file `name`, one of `NEEDED`. `workflow` None: the file is missing."""
    title, needed = f"Workflow {name}", NEEDED[name]
    if workflow is None:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"There is no .github/workflows/{name}. {needed.purpose}",
            remedy="Copy it from docs/set-up.md.",
        )
    if workflow.problem:
        return Check(
            title=title,
            outcome=Health.UNKNOWN,
            sentence=f"It cannot be read here. {workflow.problem}",
            remedy="Compare it with the one in docs/set-up.md.",
        )
    faults = list(_faults(workflow, needed))
    if faults:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(faults),
            remedy="Compare it with the one in docs/set-up.md.",
        )
    if any(one.startswith(_PLACEHOLDER) for one in workflow.uses):
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"It still says {_PLACEHOLDER}.",
            remedy="Write the account there that you have the action from.",
        )
    return Check(
        title=title, outcome=Health.IN_ORDER, sentence=needed.purpose, remedy=_pin(workflow.uses)
    )


def _faults(workflow: WorkflowText, needed: _Needed) -> Iterator[str]:
    """Yield a sentence for each fault of the file."""
    missing = [one for one in needed.triggers if one not in workflow.triggers]
    if missing:
        yield f"Nothing starts it on {', '.join(missing)}."
    if "schedule" in workflow.triggers and not workflow.triggers["schedule"].get("cron"):
        yield "Its schedule names no time (cron)."
    if not workflow.bare:
        yield "It does not say `permissions: {}` at the top, so that each job may do more."
    short = [one for one in needed.writes if one not in workflow.writes]
    if short:
        yield f"No job of it has the permission {', '.join(f'`{one}: write`' for one in short)}."
    for job in workflow.exposed:
        yield f"Its job `{job}` has secrets and `contents: write`: a stranger's event may start it."
    if not workflow.uses:
        yield "No step of it uses the action community-partners."


def _pin(uses: tuple[str, ...]) -> str | None:
    """Return the advice to pin the action to a commit; None if all uses are pinned.

    The owner of an action can move a tag to another commit at any time.
    """
    movable = [one for one in uses if "@" in one and not _COMMIT.fullmatch(one.split("@")[-1])]
    if not movable:
        return None
    return f"Pin `{movable[0]}` to a full commit, so that what runs is what you have read."
