"""Lines for a workflow's log. Decides that no outside text can give the runner a command.

The runner trims a line before it looks for `::command::`, and finds `##[command]` anywhere in it.
"""


def quote(text: str) -> str:
    """Text of any origin, each line behind a bar."""
    lines = text.replace("\r", "\n").replace("##[", "##\u200b[").split("\n")
    return "\n".join(f"| {line}" for line in lines)
