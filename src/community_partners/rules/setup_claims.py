"""Checks whether claims in issues are answered: the workflow, the form, and who may approve them.

All of it is optional. A program that names approvers needs workflow and form.
"""

from collections.abc import Iterator

from ..model.claim import FORM, LABEL
from ..model.evidence import Answer
from ..model.problem import quoted
from ..model.program import Program
from ..model.setup import Check, Folder, FormText, Health, OnPlatforms
from .claim import approvers_of_any, kinds
from .setup_tokens import unknown
from .setup_workflows import CLAIMS, of_workflow

_COPY = "Copy it from the repository of Community Partners, as docs/set-up.md says."
_NAME = "Name them in `contribution.claims.approvers` of program.yml"
_LOGINS = "name logins in `contribution.claims.approvers`"


def teams_of(program: Program) -> tuple[str, ...]:
    """Return the teams that may approve claims, such as `@acme/events-team`, each once."""
    named = approvers_of_any(program.contribution)
    return tuple(name for name in named if name.startswith("@"))


def has_approvers(program: Program | None) -> bool:
    """Tell whether somebody may approve claims. `program`: None if it cannot be read."""
    return program is not None and bool(program.contribution.approvers)


def of_claims(folder: Folder, platforms: OnPlatforms) -> Iterator[Check]:
    """Yield the checks; none for a program that takes no claims in issues."""
    workflow = folder.workflows.get(CLAIMS)
    if folder.program is None or not has_approvers(folder.program):
        if workflow or folder.claim_form:
            yield _without_approvers(folder)
        return
    yield of_workflow(CLAIMS, workflow)
    yield _form(folder.claim_form, folder.program)
    if platforms.unseen_teams:
        yield _teams(teams_of(folder.program), platforms.unseen_teams)


def _without_approvers(folder: Folder) -> Check:
    """Return the check if program.yml, as far as it can be read, names nobody who approves."""
    title = "Claims"
    if not folder.workflows.get(CLAIMS):
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"{FORM} lets people claim, and no workflow answers them.",
            remedy=f"Copy {CLAIMS} from docs/set-up.md, and name who may approve claims in "
            "`contribution.claims.approvers` of program.yml; or take the form away.",
        )
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence=f"{CLAIMS} is there, and program.yml names nobody who may approve a claim: the "
        "answer to each claim says so.",
        remedy=f"{_NAME}, or take the workflow and the form away.",
    )


def _form(form: FormText | None, program: Program) -> Check:
    title = "Claim form"
    if form is None:
        return Check(
            title=title, outcome=Health.TO_MEND, sentence=f"There is no {FORM}.", remedy=_COPY
        )
    faults = [form.problem] if form.problem else []
    if not form.problem and LABEL not in form.labels:
        faults.append(f"It does not put the label `{LABEL}` on its issues.")
    if faults:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(faults),
            remedy=f"Keep the ids of the form as it ships. {_COPY}",
        )
    if strange := tuple(_strange_kinds(form, kinds(program.contribution))):
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(strange),
            remedy=f"Correct the options in {FORM}, or `approvers` in program.yml.",
        )
    sentence = f"{FORM} asks for all that a claim needs."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _strange_kinds(form: FormText, known: tuple[str, ...]) -> Iterator[str]:
    """Yield a sentence for each kind that only the form has, or only the approvers.

    A form that asks for the kind in words has no options.
    """
    offered = {one.casefold(): one for one in form.kinds}
    for kind, option in offered.items():
        if kind not in known:
            yield f"It offers {quoted(option)}, which nobody may approve."
    for kind in known:
        if offered and kind not in offered:
            yield f"It does not offer {quoted(kind)}, which has approvers."


def _teams(named: tuple[str, ...], unseen: Answer[tuple[str, ...]]) -> Check:
    """Check the teams. What this token sees, the one of the workflow may not see."""
    title = "Teams of approvers"
    if unseen.value is None:
        return unknown(title, unseen)
    if unseen.value:
        return Check(
            title=title,
            outcome=Health.UNKNOWN,
            sentence=f"GitHub shows this token no team {', '.join(unseen.value)}: there is none, "
            "or the token may not see it. Nobody in a team that we cannot see can approve.",
            remedy=f"Correct the name, or {_LOGINS}.",
        )
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence=f"This token sees {', '.join(named)}.",
        remedy=f"The GITHUB_TOKEN of a workflow sees no team: if {CLAIMS} has no other token, "
        f"{_LOGINS}.",
    )
