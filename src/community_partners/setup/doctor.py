"""The journey of `partners doctor`: a program's set-up in, one check after another out.

Gather: the folder's files, then what the platforms say. Decide: each check. It writes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ..intake.setup_files import read_folder
from ..model.program import Program
from ..model.setup import Check, OnGitHub, OnPlatforms, TokensSet
from ..rules.setup_folder import of_folder
from ..rules.setup_repository import of_repository
from ..rules.setup_tokens import of_tokens
from ..rules.setup_workflows import WORKFLOWS

Gather = Callable[[Program | None], tuple[OnPlatforms, OnGitHub]]


def examine(
    program_file: Path, tokens: TokensSet, labels: Sequence[str], today: date, gather: Gather
) -> tuple[Check, ...]:
    """All checks, in the order in which somebody sets a program up.

    `labels`: those that runs put on issues. `gather` asks the platforms.
    """
    folder = read_folder(program_file, WORKFLOWS, today)
    platforms, on_github = gather(folder.program)
    return (
        *of_folder(folder),
        *of_tokens(folder.program, tokens, platforms),
        *of_repository(on_github, labels, WORKFLOWS),
    )
