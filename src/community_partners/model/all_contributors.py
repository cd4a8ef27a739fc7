"""The list of helpers in a repository: `.all-contributorsrc`, as the commits of it tell.

https://allcontributors.org/docs/en/bot/configuration
"""

from dataclasses import dataclass
from datetime import datetime

from .contribution import Account
from .problem import Problem

FILE = ".all-contributorsrc"
REACH = 3
"""The months before a month in which the list is read too: what was there is not new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListCommit:
    """One commit that changed the list.

    `id`: git's. `committed`: its own time, by which git lists it. `accepted`: when the project took
    it: the merge of its pull request, else `committed`. `by`: who accepted it; None if GitHub shows
    nobody. `text`: of the file; None if there is none. `whole`: False if GitHub does not show all
    of the text. All times are in UTC.
    """

    id: str
    committed: datetime
    accepted: datetime
    by: Account | None
    text: str | None
    whole: bool = True

    def named(self, repository: str) -> str:
        """Return the name of this version of the list, for people."""
        return f"{repository}/{FILE} of {self.accepted.date()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Helper:
    """One person in the list.

    `keys`: the login, the number of the account and the name with the page: who shares one with
    a helper of another version is the same person. `login`: None if the entry names no person's.
    `types`: what the person did, such as `doc`; each once.
    """

    keys: frozenset[str]
    login: str | None
    types: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListVersion:
    """The list as one commit left it.

    `helpers`: None if there is no list, or if nobody can read it. `problems`: what cannot be read.
    """

    commit: ListCommit
    helpers: tuple[Helper, ...] | None
    problems: tuple[Problem, ...] = ()
