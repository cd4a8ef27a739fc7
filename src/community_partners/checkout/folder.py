"""Name folders as git names them: from the root of the checkout."""

from pathlib import Path

from ..errors import UserError


def in_checkout(folder: Path) -> str:
    """Return the path of a folder from the checkout's root, as git names it.

    Raises UserError if the folder is outside the checkout: no pull request could change it then.
    """
    here = folder.resolve()
    above = (one for one in here.parents if (one / ".git").exists())
    # A checkout that was made without git has no .git: it is the working directory.
    checkout = next(above, Path.cwd().resolve())
    try:
        return here.relative_to(checkout).as_posix()
    except ValueError:
        raise UserError(f"{folder.parent} is not in this checkout: name a program in it.") from None
