"""Lines for a workflow's log. Decides that no outside text can give the runner a command.

The runner trims a line before it looks for `::command::`, and finds `##[command]` anywhere in it.
Where a line ends may be a terminal's to say: it wraps. So what is not quoted is defused.
"""

import re

_GAP = "\u200b"


_COMMAND = re.compile(r":(?=:)|##(?=\[)")


def quote(text: str) -> str:
    """Text of any origin, each line behind a bar."""
    lines = text.replace("\r", "\n").replace("##[", f"##{_GAP}[").split("\n")
    return "\n".join(f"| {line}" for line in lines)


def defuse_json(text: str) -> str:
    """JSON that is no command, since its lines begin with ours; it says the same as before."""
    return text.replace("##[", "#\\u0023[")


def defuse(text: str) -> str:
    """Text of any origin that is no command, wherever its lines are broken; for any terminal."""
    printable = text.encode(errors="backslashreplace").decode()
    return _COMMAND.sub(lambda found: found[0] + _GAP, printable)
