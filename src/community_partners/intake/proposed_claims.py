"""Decides which pull requests propose claims, and reads the claims in the proposed file.

Such a pull request adds one file with claims, and changes nothing else. Nobody merges it: the
program writes the file itself, with the name of who approved the claims. So the keys that the
program writes must not stand in the proposed file.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..errors import InvalidInputError
from ..model.problem import Problem
from ..model.pull_request import ChangedFile, FileAt, PullRequest
from .claim_form import QUESTIONS
from .claims import claim_of
from .handed_in import FilledClaim, HandedIn
from .proposed_bytes import bytes_of, problem_at
from .proposed_file import THE_PULL_REQUEST
from .schema import problems
from .yaml_document import LARGEST, Document, read_yaml

MOST = 20  # claims that somebody looks at before one word approves them
_ENDINGS = (".yml", ".yaml")


def touches_claims(pull: PullRequest, folder: str) -> bool:
    """Tell whether a pull request changes the folder of claims. `folder`: as git names it.

    One whose files GitHub does not list to the end may.
    """
    return not pull.whole or any(_is_inside(one, folder) for one in pull.files)


def odd_changes(pull: PullRequest, folder: str) -> tuple[Problem, ...]:
    """Return what is wrong with the list of changed files; nothing if it is one added file."""
    return tuple(_odd_changes(pull, folder))


def read_proposed(file: ChangedFile, content: FileAt | None) -> HandedIn:
    """Return the claims in a proposed file, or all its problems.

    `content`: as GitHub gives the file; None if it gives none.
    """
    try:
        text = bytes_of(file, content, LARGEST, "Propose fewer claims at once.")
        document = read_yaml(text, file.path)
        if found := tuple(_problems(document)):
            raise InvalidInputError(found)
    except InvalidInputError as error:
        return HandedIn(problems=error.problems, text=(file.blob or "").encode())
    return HandedIn(claims=tuple(_filled(document, at) for at in range(_count(document))))


def _is_inside(file: ChangedFile, folder: str) -> bool:
    paths = (file.path, file.previous)
    return any(PurePosixPath(path).is_relative_to(folder) for path in paths if path)


def _odd_changes(pull: PullRequest, folder: str) -> Iterator[Problem]:
    if not pull.whole or len(pull.files) > 1:
        message = f"This changes {len(pull.files)} files: claims are one file, and nothing else."
        remedy = "Put all your claims into one file, and take the other changes out."
        yield problem_at(THE_PULL_REQUEST, message, remedy)
        return
    file = pull.files[0]
    if file.status != "added":
        message = "This changes a file that is there: only a maintainer corrects what was approved."
        yield problem_at(file.path, message, "Put it back, and add a file of your own.")
    elif not file.path.endswith(_ENDINGS):
        message = "This is no file of claims."
        yield problem_at(file.path, message, "Write them in YAML, in a file that ends in .yml.")


def _problems(document: Document) -> Iterator[Problem]:
    if found := problems(document.data, "claims", document.locate):
        yield from found
        return
    if not 1 <= _count(document) <= MOST:
        message = f"This file has {_count(document)} claims; it can have 1 to {MOST}."
        remedy = "Propose the others in a pull request of their own."
        yield problem_at(document.name, message, remedy)
    for at, one in enumerate(document.data["claims"]):
        for key in sorted(one.keys() - {*QUESTIONS}):
            yield Problem(
                place=document.locate(("claims", at, key)),
                message=f"The program writes {key!r} itself once the claim is approved.",
                remedy="Take this line out.",
            )


def _count(document: Document) -> int:
    return len(document.data["claims"])


def _filled(document: Document, at: int) -> FilledClaim:
    return FilledClaim(
        claim=claim_of(document.data["claims"][at]),
        places={name: document.locate(("claims", at, name)) for name in QUESTIONS},
    )
