"""The set-up of a program: facts on its folder, repository and tokens, and the checks on them.

A check that could not be made is `unknown` and gives the reason. Such a check never says that
something is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .application import Platform
from .evidence import AccountCheck, Answer, PlaceCheck
from .program import Program
from .website_proof import Look

COMMAND = "partners"


class Health(StrEnum):
    IN_ORDER = "in order"
    TO_MEND = "to mend"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The result of one check.

    `sentence`: what was found. `remedy`: what to do; if the outcome is `in order`, advice only.
    """

    title: str
    outcome: Health
    sentence: str
    remedy: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkflowText:
    """The content of a workflow file.

    `problem`: why the file cannot be read; the other fields are empty then. `triggers`: the filters
    of each event, by event name. `bare`: the file says `permissions: {}` at the top. `writes`: the
    permissions that at least one job has for writing. `exposed`: the jobs that have both secrets
    and the permission to write files. `uses`: how the steps name this action, such as `./`; COMMAND
    if a step runs our command in a script.
    """

    problem: str | None = None
    triggers: Mapping[str, Mapping[str, object]]
    bare: bool = False
    writes: frozenset[str] = frozenset()
    exposed: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FormText:
    """The application form, or that of claims.

    `problem`: why it cannot be used. `labels`: of its issues. `kinds`: the options of the question
    on the kind of a claim. In the application form, `platforms`: the options of the question on the
    platform, each with the platform that is read; None for another option. `no_countries`: the
    options that are no country, of the questions on the country of headquarters and on a comparable
    one.
    """

    problem: str | None = None
    labels: tuple[str, ...] = ()
    platforms: Mapping[str, Platform | None] = field(default_factory=dict)
    no_countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The program's files. A form, and a value of `workflows`, is None if the file is missing.

    `program` None: it cannot be read; `program_there`: the file is there. `program_problems`,
    `record_problems`: one sentence per problem. `code_owners`: the patterns in CODEOWNERS; None
    without that file. `editions`: names of the editions in the price table, the earliest first.
    """

    program: Program | None
    program_there: bool
    program_problems: tuple[str, ...]
    record_problems: tuple[str, ...]
    form: FormText | None
    workflows: Mapping[str, WorkflowText | None]
    code_owners: tuple[str, ...] | None
    editions: tuple[str, ...]
    claim_form: FormText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RepositoryFacts:
    """Facts that GitHub shows to every reader of the repository.

    `name`: owner and name now, which differ from those asked for after a rename or transfer.
    `issues`: issues are on.
    """

    name: str
    issues: bool
    default_branch: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRules:
    """The rules of the default branch.

    `closed`: a rule keeps workflows from pushing to the branch. `checks`: names of the status
    checks that must succeed before a merge.
    """

    closed: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsAllowed:
    """The repository's setting on GitHub Actions.

    https://docs.github.com/en/rest/actions/permissions
    `enabled`: Actions may run. `which`: the actions that may be used: `all`, `selected`, or
    `local_only` (only those of the repository's owner).
    """

    enabled: bool
    which: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PagesSetting:
    """The repository's setting on GitHub Pages.

    https://docs.github.com/en/rest/pages/pages
    `by_workflow`: a workflow publishes, not a branch. `url`: where people find what is published.
    """

    by_workflow: bool
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorsView:
    """The rights of SPONSORS_TOKEN.

    `login`: the owner of the token. `administers`: the owner administers the sponsored account.
    `organization`: the sponsored account is an organization. `scopes`: the scopes of a classic
    token; None for other tokens, whose scopes GitHub does not show.
    """

    login: str
    administers: bool
    organization: bool
    scopes: frozenset[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPlatforms:
    """The platforms' answers on tokens and accounts. None: the program needs no answer.

    `login`: the owner of GITHUB_TOKEN. `accounts`: the owners of the repositories that count, and
    the sponsored account. `places`: the repositories that count, and those that are excluded.
    `collective`: whether Open Collective has the collective. `site`: whether the site shows the
    program's partners; None if the program names no address of a site. `unseen_teams`: those of the
    teams that may approve claims which the token does not see.
    """

    login: Answer[str]
    accounts: Answer[tuple[AccountCheck, ...]] | None
    places: Answer[tuple[PlaceCheck, ...]] | None
    sponsors: Answer[SponsorsView] | None
    collective: Answer[bool] | None
    site: Look | None = None
    unseen_teams: Answer[tuple[str, ...]] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OnGitHub:
    """GitHub's answers on the repository's settings.

    `labels`: names, case-folded. `may_open_pulls`: workflows may open pull requests.
    `workflow_states`: GitHub's words, such as `active`, by the name of the workflow's file.
    `pages`: one setting, or none if GitHub shows none; None if the program needs no answer.
    """

    repository: Answer[RepositoryFacts]
    labels: Answer[frozenset[str]]
    may_open_pulls: Answer[bool]
    actions: Answer[ActionsAllowed]
    branch: Answer[BranchRules]
    workflow_states: Answer[Mapping[str, str]]
    pages: Answer[tuple[PagesSetting, ...]] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TokensSet:
    """The tokens that the environment has: True if the variable of the token is set."""

    github: bool
    sponsors: bool
    open_collective: bool
