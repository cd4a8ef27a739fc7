"""Reading files by name, with a sentence for whoever named one that cannot be read.

Decides which files of a folder are records: those whose names end in .yml. One that ends in .yaml
was meant to be one, so it is refused and not passed over.
"""

from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.problem import Place, Problem
from .yaml_document import Document, read_yaml

ENDING = ".yml"
EXAMPLE = "example"  # of applications/: to be copied, and nobody's


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises UserError with the place and the remedy."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder. Name a file in it.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error


def read_text(path: Path) -> str:
    """The same as text; what is not UTF-8 is replaced, since parsers say what is wrong with it."""
    return read_bytes(path).decode("utf-8", errors="replace")


def read_record(path: Path) -> Document:
    """The YAML of a record. Raises InvalidInputError, also for a name that nobody would find."""
    if path.suffix != ENDING and path.suffix.lower() in (".yml", ".yaml"):
        message = f"The name of this file ends in {path.suffix}, so that nothing reads it."
        remedy = f"Rename it to {path.stem}{ENDING}."
        place = Place(document=str(path))
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),))
    return read_yaml(read_bytes(path), str(path))


def yaml_files(folder: Path) -> list[Path]:
    """The records in a folder by name, and what was meant to be one; none without a folder."""
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in files if path.suffix.lower() in (".yml", ".yaml"))
