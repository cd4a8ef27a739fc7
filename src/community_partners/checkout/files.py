"""Write files into the program's folder, so that a file is complete or unchanged.

A run that is killed leaves at most one hidden draft, which the next run overwrites.
"""

from collections.abc import Iterable
from pathlib import Path

from ..errors import UserError
from ..model.file import File


def changed(root: Path, files: Iterable[File]) -> tuple[File, ...]:
    """Return the files whose content on disk differs."""
    return tuple(one for one in files if _differs(root / one.path, one))


def write(root: Path, files: Iterable[File]) -> None:
    """Write each file, complete or not at all; a file without text is deleted.

    Raises UserError with the place and the remedy.
    """
    for one in files:
        path = root / one.path
        draft = path.with_name(f".{path.name}.draft")
        try:
            if one.is_removal:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as content:
                content.writelines(one.pieces())
            draft.replace(path)
        except OSError as error:
            raise UserError(
                f"{path} cannot be written: {error.strerror}. Check the folder, then run it again."
            ) from error


def _differs(path: Path, file: File) -> bool:
    if not path.is_file():
        return not file.is_removal
    if file.is_removal:
        return True
    with path.open("rb") as content:
        return any(content.read(len(one)) != one for one in file.pieces()) or bool(content.read(1))
