"""Text that is only text. Decides what a stranger's words may not hold: characters and tricks.

It is refused with a sentence where it is read; whatever passes is escaped all the same in output.
"""

import re
import unicodedata

# Persian, Hindi and others join letters with these two.
_JOINERS = {"\u200c", "\u200d"}
_MENTION = re.compile(r"(?<![\w.+-])@(?=[A-Za-z0-9])[\w/-]+")
_TAG = re.compile(r"<\s*[A-Za-z/!?][^>\n]{0,40}>?")
_COMMAND = re.compile(r"^\s*(::|##\[)", re.MULTILINE)


def trouble(text: str, *, lines: bool) -> tuple[str, str] | None:
    """What is wrong with a text, and the remedy; None for plain text. `lines`: may it have several?

    Both are sentences that go on after the name of the field, such as `has a line break.`
    """
    for position, character in enumerate(text):
        if character == "\n" and lines:
            continue
        if _invisible(character):
            where = f' after "{text[max(0, position - 12) : position]}"' if position else ""
            name = f"U+{ord(character):04X}"
            return f"has an invisible character ({name}){where}.", "Remove it."
    if found := _MENTION.search(text):
        return f'has "{found[0]}", which would notify people on GitHub.', "Write it without the @."
    if found := _TAG.search(text):
        return f'has "{found[0]}", which looks like HTML.', "Use plain words."
    if found := _COMMAND.search(text):
        return f'has a line that begins with "{found[1]}".', "Begin the line with a word."
    return None


def _invisible(character: str) -> bool:
    """Control, format (zero-width, right-to-left override), private and unassigned characters."""
    category = unicodedata.category(character)
    return character not in _JOINERS and (category[0] == "C" or category in ("Zl", "Zp"))
