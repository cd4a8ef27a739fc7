"""The edition in a program's text: replaced where it stands, and nothing else of the file.

Comments and layout are people's, so the text is changed and not written anew; what comes out is
read again, and refused if anything else has changed.
"""

import re

from ..errors import InvalidInputError, UserError
from .yaml_document import read_yaml

_KEY = ("sponsorship", "edition")


def with_edition(text: str, name: str, edition: str) -> str:
    """The text of a valid program that asks by `edition`. `name`: of its file, for people.

    Raises UserError where that takes more than another word in one line.
    """
    document = read_yaml(text, name)
    line, now = document.lines[_KEY], document.data[_KEY[0]][_KEY[1]]
    lines = text.split("\n")
    pattern = rf"(\bedition:\s+['\"]?){re.escape(now)}\b"
    lines[line - 1] = re.sub(pattern, rf"\g<1>{edition}", lines[line - 1], count=1)
    changed = "\n".join(lines)
    sponsorship = {**document.data[_KEY[0]], _KEY[1]: edition}
    try:
        as_asked = read_yaml(changed, name).data == {**document.data, _KEY[0]: sponsorship}
    except InvalidInputError:
        as_asked = False
    if not as_asked:
        raise UserError(
            f"{name}, line {line}: the edition {now} cannot be replaced there by a program. Write "
            f"{edition} by hand."
        )
    return changed
