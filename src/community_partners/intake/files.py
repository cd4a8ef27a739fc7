"""Reading files by name, with a sentence for whoever named one that cannot be read."""

from pathlib import Path

from ..errors import UserError


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


def yaml_files(folder: Path) -> list[Path]:
    """The records in a folder, by name; none where there is no folder."""
    return sorted(folder.glob("*.yml")) if folder.is_dir() else []
