"""The set-up of a program: what its folder, its repository and its tokens show, and each check.

A check that could not be made is `unknown`, with the reason: it never says that something is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .evidence import AccountCheck, Answer
from .program import Program

COMMAND = "partners"


class Health(StrEnum):
    IN_ORDER = "in order"
    TO_MEND = "to mend"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """`sentence` says what was found, `remedy` what to do about it; of what is in order, advice."""

    title: str
    outcome: Health
    sentence: str
    remedy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkflowText:
    """What a workflow file says. `problem`: why it cannot be read; all else is empty then.

    `triggers`: filters by event. `bare`: is nothing granted at the top? `writes`: scopes that some
    job may write to. `uses`: how its steps name this action, such as `./`; COMMAND for a script.
    """

    problem: str | None = None
    triggers: Mapping[str, Mapping[str, object]]
    bare: bool = False
    writes: frozenset[str] = frozenset()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FormText:
    """The application form. `problem`: why it cannot be read. `ids` of its questions."""

    problem: str | None = None
    ids: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The program's files. `form` and values of `workflows` are None where there is no file.

    `program_problems` and `record_problems`: a sentence each. `code_owners`: patterns of that file,
    None without one. `editions`: those of the price table at hand, the earliest first.
    """

    program: Program | None
    program_problems: tuple[str, ...]
    record_problems: tuple[str, ...]
    form: FormText | None
    workflows: Mapping[str, WorkflowText | None]
    code_owners: tuple[str, ...] | None
    editions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RepositoryFacts:
    """What GitHub shows of the repository to whoever may read it."""

    issues: bool
    default_branch: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRules:
    """Of the default branch. `closed`: something keeps workflows from pushing to it.

    `checks`: what has to succeed on whatever is merged into it.
    """

    closed: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsAllowed:
    """`which` may be used: `all`, `selected`, or `local_only`, those of the repository's owner."""

    enabled: bool
    which: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorsView:
    """What SPONSORS_TOKEN can do. `login`: whose it is.

    `administers`: the sponsored account. `scopes`: of a classic token; None for any other.
    """

    login: str
    administers: bool
    organization: bool
    scopes: frozenset[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPlatforms:
    """What the platforms say of tokens and accounts. None or nothing: the program has no use of it.

    `login`: GITHUB_TOKEN's owner. `accounts`: of the owners whose work counts, and the sponsored
    one. `places`: whether each repository that counts is there. `collective`: is it there?
    """

    login: Answer[str]
    accounts: Answer[tuple[AccountCheck, ...]] | None
    places: Mapping[str, Answer[bool]]
    sponsors: Answer[SponsorsView] | None
    collective: Answer[bool] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OnGitHub:
    """What GitHub says of the repository. `labels` case-folded; `workflow_states` by file name."""

    repository: Answer[RepositoryFacts]
    labels: Answer[frozenset[str]]
    may_open_pulls: Answer[bool]
    actions: Answer[ActionsAllowed]
    branch: Answer[BranchRules]
    workflow_states: Answer[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class TokensSet:
    """Which tokens the environment has."""

    github: bool
    sponsors: bool
    open_collective: bool
