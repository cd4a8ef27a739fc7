"""Checks a program's set-up, for `partners doctor`.

Gather: the folder's files, then the answers of the platforms. Decide: each check. Writes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ..intake.setup_files import read_folder
from ..model.program import Program
from ..model.setup import Check, OnGitHub, OnPlatforms, TokensSet
from ..rules.setup_claims import has_approvers, of_claims
from ..rules.setup_folder import of_folder
from ..rules.setup_repository import of_repository
from ..rules.setup_site import of_site
from ..rules.setup_tokens import of_tokens
from ..rules.setup_workflows import CLAIMS, WORKFLOWS

Gather = Callable[[Program | None], tuple[OnPlatforms, OnGitHub]]


def examine(
    program_file: Path, tokens: TokensSet, labels: Sequence[str], today: date, gather: Gather
) -> tuple[Check, ...]:
    """Return all checks, in the order in which a maintainer sets a program up.

    `tokens`: which tokens are set. `labels`: the labels that our runs put on issues. `gather`: asks
    the platforms; its argument is None if the program cannot be read.
    """
    folder = read_folder(program_file, (*WORKFLOWS, CLAIMS), today)
    platforms, on_github = gather(folder.program)
    wanted = (*WORKFLOWS, CLAIMS) if has_approvers(folder.program) else WORKFLOWS
    return (
        *of_folder(folder),
        *of_claims(folder, platforms),
        *of_tokens(folder.program, tokens, platforms),
        *of_repository(on_github, folder.program, labels, wanted),
        *of_site(platforms, on_github, folder.program),
    )
