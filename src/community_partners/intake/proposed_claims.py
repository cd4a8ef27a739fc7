"""Decides which pull requests propose claims, and reads the claims in the proposed file.

Such a pull request adds one file with claims, and changes nothing else. Nobody merges it: the
program writes the file itself, with the name of who approved the claims. So the keys that the
program writes must not stand in the proposed file.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..errors import InvalidInputError
from ..model.claim import LABEL
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

    One whose files GitHub does not list to the end may. One with the label of claims had claims
    before: our comment must not go on to show them.
    """
    return _changed(pull, folder) or not pull.whole or LABEL in pull.labels


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


def names_approver(content: FileAt | None) -> bool:
    """Tell whether a file says who approved its claims, as a maintainer writes it by hand."""
    return content is not None and b"approved_by" in content.content


def _changed(pull: PullRequest, folder: str) -> bool:
    return any(_is_inside(one, folder) for one in pull.files)


def _is_inside(file: ChangedFile, folder: str) -> bool:
    """Tell whether a change is in the folder; some file systems do not tell upper case apart."""
    paths = (PurePosixPath(path.casefold()) for path in (file.path, file.previous) if path)
    return any(path.is_relative_to(folder.casefold()) for path in paths)


def _odd_changes(pull: PullRequest, folder: str) -> Iterator[Problem]:
    if not pull.whole or len(pull.files) > 1:
        message = f"This changes {len(pull.files)} files: claims are one file, and nothing else."
        remedy = "Put all your claims into one file, and take the other changes out."
        yield problem_at(THE_PULL_REQUEST, message, remedy)
        return
    if not _changed(pull, folder):
        message = f"This changes no claims in {folder}/ any more."
        yield problem_at(THE_PULL_REQUEST, message, "Add the file with your claims again.")
        return
    file = pull.files[0]
    if file.status != "added":
        message = "This changes a file that is there: only a maintainer corrects what was approved."
        yield problem_at(file.path, message, "Put it back, and add a file of your own.")
    elif not file.path.endswith(_ENDINGS):
        message = "This is no file of claims."
        yield problem_at(file.path, message, "Write them in YAML, in a file that ends in .yml.")


def _problems(document: Document) -> Iterator[Problem]:
    if not isinstance(document.data, dict) or not isinstance(document.data.get("claims"), list):
        remedy = "Begin it with 'claims:', and each claim below that with '- kind:'."
        yield problem_at(document.name, "This file has no list of claims.", remedy)
        return
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
