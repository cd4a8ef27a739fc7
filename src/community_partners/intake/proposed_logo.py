"""Decides which logo may come along with an application in one pull request.

It is one file, `logos/<slug>.<ending>`, of the slug that the application has, added or modified.
`logos.py` checks its bytes, as it checks every file of a logo.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from ..errors import InvalidInputError
from ..model.problem import Problem
from ..model.pull_request import ChangedFile, FileAt, PullRequest
from .logos import ENDINGS, FOLDER, LARGEST, LOGO_NAME, SMALLER, logo_trouble
from .proposed_bytes import bytes_of, problem_at

_PLAIN = ("added", "modified")


def logo_of(pull: PullRequest, room: str) -> ChangedFile | None:
    """Return the logo that a pull request brings, if it brings one. `room`: of applications."""
    return next((one for one in pull.files if is_logo(one, room)), None)


def is_logo(file: ChangedFile, room: str) -> bool:
    """Tell whether a change is of a file in the folder of logos, which is beside `room`."""
    path = PurePosixPath(file.path)
    return path.parent == _folder(room) and file.status != "removed" and file.previous is None


def odd_logos(
    logos: Sequence[ChangedFile], applications: Collection[ChangedFile], room: str
) -> Iterator[Problem]:
    """Yield the problems of the logos beside the applications of one pull request."""
    slugs = {PurePosixPath(one.path).stem for one in applications}
    for one in logos:
        if one.status not in _PLAIN:
            message = f"GitHub calls this change {one.status[:60]!r}: it is not of the image alone."
            yield problem_at(one.path, message, "Make it a plain file again.")
            continue
        named = LOGO_NAME.fullmatch(PurePosixPath(one.path).name)
        if not named or named[1] not in slugs:
            slug = next(iter(slugs)) if len(slugs) == 1 else "<slug>"
            message = "This is not the name of this application's logo."
            remedy = f"Name it {_folder(room) / slug}.png, or one of {', '.join(ENDINGS)}."
            yield problem_at(one.path, message, remedy)
    if len(logos) > 1:
        message = f"This brings {len(logos)} logos: an application has one at most."
        yield problem_at(logos[1].path, message, "Keep one of them.")


def logo_problems(file: ChangedFile, content: FileAt | None) -> tuple[Problem, ...]:
    """Return what is wrong with a proposed logo: one problem, or none.

    `content`: None if GitHub does not give the file.
    """
    try:
        why = logo_trouble(PurePosixPath(file.path), bytes_of(file, content, LARGEST, SMALLER))
    except InvalidInputError as error:
        return error.problems
    if why is None:
        return ()
    message, _, remedy = why.partition(". ")
    return (problem_at(file.path, f"{message}.", remedy),)


def _folder(room: str) -> PurePosixPath:
    return PurePosixPath(room).parent / FOLDER
