"""Checks whether the repository's settings on GitHub let the workflows do their work.

Missing labels are in order, because the first run creates them.
"""

from collections.abc import Iterator, Sequence

from ..model.funnel import STATUS
from ..model.program import Program
from ..model.setup import Check, Health, OnGitHub
from .home import is_home
from .setup_tokens import unknown

# https://docs.github.com/en/actions/using-workflows/events-that-trigger-workflows#schedule
_ASLEEP = {
    "disabled_inactivity": "GitHub switched it off after 60 days without activity",
    "disabled_manually": "somebody switched it off",
    "disabled_fork": "workflows of a fork are off until its owner switches them on",
}
_ALLOW = (
    "Switch on Settings > Actions > General > Workflow permissions > `Allow GitHub Actions to "
    "create and approve pull requests` (an organization's settings may have to allow that first)."
)
_OFF = "they are switched off"
_ALLOW_ACTIONS = (
    "Under Settings > Actions > General > Actions permissions, allow this action and those that "
    "docs/set-up.md names there, such as `actions/checkout` and `astral-sh/setup-uv`."
)


def of_repository(
    seen: OnGitHub, program: Program | None, labels: Sequence[str], workflows: Sequence[str]
) -> Iterator[Check]:
    """Yield the checks. `labels`: the labels that runs use. `workflows`: names of their files.

    `program`: None if it cannot be read.
    """
    if program:
        yield _home(seen, program.repository)
    yield _issues(seen)
    yield _actions(seen)
    yield _labels(seen, labels)
    yield _pulls(seen)
    yield _branch(seen)
    yield _schedule(seen, workflows)


def _home(seen: OnGitHub, home: str | None) -> Check:
    """Check that the program publishes in this repository.

    After a rename or transfer it does not, and runs only say so in a log that nobody may read.
    """
    title, facts = "Repository", seen.repository.value
    here = facts.name if facts else "owner/name"
    if not home:
        return Check(
            title=title,
            outcome=Health.IN_ORDER,
            sentence="program.yml does not say in which repository the program lives.",
            remedy=f"Write `repository: {here}` there, so that no fork publishes anything.",
        )
    if facts is None:
        return unknown(title, seen.repository)
    if is_home(home, here):
        sentence = f"The program lives here, in {here}."
        return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)
    return Check(
        title=title,
        outcome=Health.TO_MEND,
        sentence=f"By program.yml, the program lives in {home}; this is {here}, where no month, no "
        "partner and no price is published, and nobody is reminded.",
        remedy=f"If the program lives here, write `repository: {here}` into program.yml.",
    )


def _issues(seen: OnGitHub) -> Check:
    title = "Issues"
    facts = seen.repository.value
    if facts is None:
        return unknown(title, seen.repository)
    if not facts.issues:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence="They are switched off, so that nobody can apply with the form.",
            remedy="Switch on Settings > General > Features > Issues.",
        )
    return Check(title=title, outcome=Health.IN_ORDER, sentence="They are switched on.")


def _labels(seen: OnGitHub, wanted: Sequence[str]) -> Check:
    title, known = "Labels", seen.labels.value
    if known is None:
        return unknown(title, seen.labels)
    missing = [one for one in wanted if one.casefold() not in known]
    sentence = f"All are there: {', '.join(wanted)}."
    if missing:
        sentence = f"The first run makes those that are missing: {', '.join(missing)}."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _pulls(seen: OnGitHub) -> Check:
    title, allowed = "Pull requests by workflows", seen.may_open_pulls
    if allowed.value is None:
        return unknown(title, allowed, _ask_administrators(seen, _ALLOW))
    if not allowed.value:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence="Workflows may not open any, so that no eligible applicant gets one.",
            remedy=_ALLOW,
        )
    return Check(title=title, outcome=Health.IN_ORDER, sentence="Workflows may open them.")


def _ask_administrators(seen: OnGitHub, what: str) -> str | None:
    """Return the remedy `what` for an administrator, because only administrators see the setting.

    Returns None if GitHub shows nothing of the repository: then an administrator sees no more.
    """
    return f"Ask an administrator of the repository. {what}" if seen.repository.value else None


def _actions(seen: OnGitHub) -> Check:
    title, told = "Actions", seen.actions
    if told.value is None:
        return unknown(title, told, _ask_administrators(seen, _ALLOW_ACTIONS))
    if not told.value.enabled or told.value.which == "local_only":
        why = "only those of the repository's owner may run" if told.value.enabled else _OFF
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"No workflow can do its part: {why}.",
            remedy=_ALLOW_ACTIONS,
        )
    if told.value.which == "selected":
        sentence = "They are switched on, those that are selected."
        remedy = f"Compare the selection: {_ALLOW_ACTIONS}"
        return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence, remedy=remedy)
    return Check(title=title, outcome=Health.IN_ORDER, sentence="They are switched on.")


def _branch(seen: OnGitHub) -> Check:
    title, facts, rules = "Default branch", seen.repository.value, seen.branch.value
    if facts is None or rules is None:
        return unknown(title, seen.branch)
    branch = facts.default_branch
    others = [check for check in rules.checks if check != STATUS]
    if others:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"{branch} asks for {', '.join(others)}, which the pull requests of "
            "rankings and new partners never get: what a workflow proposes starts no other one.",
            remedy="Take it out of the rule, or let those who merge bypass it. "
            f"{STATUS} may stay: every pull request gets that one.",
        )
    sentence = f"Workflows push to {branch} themselves."
    if rules.closed:
        sentence = (
            f"{branch} is protected: rankings and new partners come by pull request "
            "where a push is refused, and take effect once you merge it."
        )
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _schedule(seen: OnGitHub, workflows: Sequence[str]) -> Check:
    title, states = "Workflows on GitHub", seen.workflow_states.value
    if states is None:
        return unknown(title, seen.workflow_states)
    absent = [name for name in workflows if name not in states]
    faults = [
        f"{name}: {_ASLEEP.get(states[name], 'it is off')}."
        for name in workflows
        if name in states and states[name] != "active"
    ]
    if absent:
        faults.append(f"GitHub knows no workflow {', '.join(absent)} on the default branch yet.")
    if faults:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(faults),
            remedy="Push the files to the default branch; under Actions, choose the workflow, then "
            "`Enable workflow`.",
        )
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence="All are active. GitHub switches schedules off after 60 days without a commit; "
        "a month that is published is one.",
    )
