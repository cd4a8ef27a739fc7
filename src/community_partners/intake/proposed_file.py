"""Decides which pull requests apply, and what is refused before any file is read.

One application is one file, added or modified, with its logo or without, and no other change. The
decision uses GitHub's list of changed files. `applications.py` checks the content of the file.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from enum import Enum, auto
from itertools import islice
from pathlib import PurePosixPath

from ..errors import InvalidInputError
from ..model.application import LABEL
from ..model.problem import Problem
from ..model.program import Program
from ..model.pull_request import MOST_LISTED, ChangedFile, FileAt, PullRequest
from ..model.submission import Submission
from .applications import LONGEST, build_application
from .event import Ignored
from .proposed_bytes import bytes_of, problem_at
from .proposed_logo import is_logo, odd_logos
from .yaml_document import LARGEST, read_yaml

THE_PULL_REQUEST = "this pull request"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.yml")
_EXAMPLE = "example.yml"
_ENDING = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE | re.ASCII)
_TELLING = {"sponsorship", "team"}  # keys that an application has, and hardly any other file
_MOST_READ = 3
_SMALLER = "Keep to what the program asks for."


class Kind(Enum):
    """The effect of a pull request on applications.

    REMOVAL: it removes files of applications, and adds or changes none.
    """

    APPLICATION = auto()
    REMOVAL = auto()
    OTHER = auto()


def not_looked_at(pull: PullRequest) -> Ignored | None:
    """Return the reason why a pull request is left alone; None if it must be judged.

    A closed pull request is left alone, and one for another branch than the default branch.
    """
    if not pull.open:
        return Ignored(reason="The pull request is closed.")
    if pull.base != pull.default_branch:
        return Ignored(reason=f"It asks to change {pull.base!r}, not {pull.default_branch!r}.")
    return None


def kind_of(pull: PullRequest, room: str) -> Kind:
    """Return what a pull request does to applications. `room`: their folder, as git names it.

    The example in the folder is documentation, and no application. A pull request with the label of
    an application was judged before, and stays an application: if its content is exchanged, its
    verdict must not stand.
    """
    # A file that GitHub does not list may be an application: `application_file` refuses such a
    # pull request.
    if not pull.whole or LABEL in pull.labels:
        return Kind.APPLICATION
    inside = [one for one in pull.files if _touches(one, room)]
    if not inside:
        return Kind.OTHER
    return Kind.REMOVAL if all(one.status == "removed" for one in inside) else Kind.APPLICATION


def perhaps_misplaced(pull: PullRequest, room: str) -> tuple[ChangedFile, ...]:
    """Return the added files that may be applications outside their folder, a few at most.

    These stand in a folder with a name like that of `room`, or beside it; `is_misplaced` decides.
    """
    if any(_touches(one, room) for one in pull.files):
        return ()
    added = (one for one in pull.files if one.status == "added" and _ENDING.search(one.path))
    near = (one for one in added if _is_near(one.path, room) and not _runs(one))
    return tuple(islice(near, _MOST_READ))


def is_misplaced(file: ChangedFile, room: str, content: FileAt | None) -> bool:
    """Tell whether a file from `perhaps_misplaced` is an application.

    `content`: as GitHub gives it. In a folder with a name like the right one it is, whatever it
    holds. Elsewhere it has to have the keys of an application: there are many YAML files at a
    repository's root.
    """
    if _resembles(PurePosixPath(file.path).parent.name, room):
        return True
    lines = content.content[:LARGEST].decode(errors="replace").splitlines() if content else ()
    return {line.partition(":")[0] for line in lines if ":" in line} >= _TELLING


def application_file(
    pull: PullRequest, room: str, misplaced: Collection[ChangedFile] = ()
) -> ChangedFile:
    """Return the one file that a pull request proposes. `room`: as in `kind_of`.

    `misplaced`: the applications outside their folder. Raises InvalidInputError with all problems
    of the list of changed files.
    """
    found = list(_refusals(pull, room, misplaced))
    if found:
        raise InvalidInputError(tuple(found))
    return next(one for one in pull.files if _touches(one, room))


def file_submission(
    title: str, file: ChangedFile, content: FileAt | None, today: date, program: Program
) -> Submission:
    """Return the application in a proposed file, or its problems.

    `title`: the pull request's title, which names an application that cannot be read. `content`:
    None if GitHub does not give the file.
    """
    try:
        document = read_yaml(bytes_of(file, content, LARGEST, _SMALLER), file.path)
        slug = PurePosixPath(file.path).stem
        application = build_application(
            document.data, document.locate, today, program, file_slug=slug
        )
    except InvalidInputError as error:
        return Submission(title=title, problems=error.problems)
    return Submission(title=title, application=application, data=document.data)


def _touches(file: ChangedFile, room: str) -> bool:
    """Tell whether a change is in the folder of applications, and not of the example.

    Upper and lower case are the same, since some file systems do not tell them apart.
    """
    paths = [path for path in (file.path, file.previous) if path and path != f"{room}/{_EXAMPLE}"]
    return any(f"{path}/".casefold().startswith(f"{room}/".casefold()) for path in paths)


def _is_near(path: str, room: str) -> bool:
    """Tell whether a file stands beside the folder of applications, or in one of a similar name."""
    folder = PurePosixPath(path).parent
    if folder == PurePosixPath(room) or len(folder.parts) > len(PurePosixPath(room).parts):
        return False
    beside = folder in (PurePosixPath(room).parent, PurePosixPath())
    return beside or _resembles(folder.name, room)


def _resembles(folder: str, room: str) -> bool:
    """Tell whether the name of a folder is almost that of `room`, such as `application`."""
    return bool(get_close_matches(folder.casefold(), [PurePosixPath(room).name], cutoff=0.9))


def _refusals(
    pull: PullRequest, room: str, misplaced: Collection[ChangedFile]
) -> Iterator[Problem]:
    if not pull.whole:
        message = f"This changes more files than GitHub lists, which is {MOST_LISTED:,} at most."
        yield problem_at(THE_PULL_REQUEST, message, "Propose one application, and nothing else.")
    logos = [one for one in pull.files if is_logo(one, room)]
    known = (*misplaced, *logos)
    others = [one for one in pull.files if not _touches(one, room) and one not in known]
    yield from (_other(one) for one in sorted(others, key=_by_weight))
    inside = [one for one in pull.files if _touches(one, room)]
    for one in inside:
        yield from list(_odd_change(one)) or _odd_name(one, room)
    for one in misplaced:
        yield from _odd_name(one, room)
    if pull.whole and not inside and not misplaced:
        message = f"This changes no application in {room}/ any more."
        yield problem_at(THE_PULL_REQUEST, message, "Add the file of your application again.")
    yield from odd_logos(logos, (*inside, *misplaced), room)
    if len(inside) > 1:
        message = f"This changes {len(inside)} files in {room}/: one application is one file."
        remedy = "Keep one, and propose each other in a pull request of its own."
        yield problem_at(THE_PULL_REQUEST, message, remedy)


def _by_weight(file: ChangedFile) -> tuple[bool, str]:
    """Return a sort key: files that decide what runs in this repository come first."""
    return not _runs(file), file.path


def _runs(file: ChangedFile) -> bool:
    paths = (file.path, file.previous or "")
    return any(path.startswith(".github/") or path == "action.yml" for path in paths)


def _other(file: ChangedFile) -> Problem:
    if _runs(file):
        message = "This file decides what runs in this repository; an application leaves it alone."
    elif file.path.endswith(f"/{_EXAMPLE}"):
        message = "This is the example for everybody; an application leaves it as it is."
    else:
        message = (
            "This is neither an application nor its logo: nothing else is taken together with one."
        )
    return problem_at(file.path, message, "Take it out of this pull request.")


def _odd_change(file: ChangedFile) -> Iterator[Problem]:
    match file.status:
        case "added" | "modified":
            return
        case "removed":
            message = "This takes the file away."
            remedy = "Put it back. To withdraw an application, say so in a comment."
        case "renamed":
            message = f"This moves {(file.previous or 'another file')[:200]} to a new name."
            remedy = "Leave that file where it is, and add one of your own."
        case _:
            message = f"GitHub calls this change {file.status[:60]!r}: it is not of the text alone."
            remedy = "Make it a plain file again, and change nothing but its text."
    yield problem_at(file.path, message, remedy)


def _odd_name(file: ChangedFile, room: str) -> Iterator[Problem]:
    folder, _, name = file.path.rpartition("/")
    if folder == room and _is_name(name):
        return
    better = _ENDING.sub(".yml", name.lower())
    remedy = (
        f"Name it {room}/{better}."
        if _is_name(better) and better != _EXAMPLE
        else f"Name it {room}/<slug>.yml: small letters from a to z, digits, and hyphens between."
    )
    yield problem_at(file.path, "This is not the name of an application's file.", remedy)


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and len(name) <= LONGEST + len(".yml")
