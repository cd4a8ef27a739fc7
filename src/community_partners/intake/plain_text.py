"""Text that is only text. Decides what a stranger's words may not hold: characters and tricks.

It is refused with a sentence where it is read; whatever passes is escaped all the same in output.
"""

import re
import unicodedata

# Persian, Hindi and others join letters with these two; between Latin letters they only hide.
_JOINERS = {"\u200c", "\u200d"}
# Fillers, blanks and joiners that count as letters, marks or symbols, yet show nothing.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Strict: only a letter, digit or _ before it, as in an e-mail address, makes the @ harmless.
_MENTION = re.compile(r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])[\w/-]+")
_TAG = re.compile(r"<\s*[A-Za-z/!?][^>\n]{0,40}>?")
# To a workflow that prints it: at the start of a line, or anywhere.
_COMMAND = re.compile(r"^\s*(::)|##\[", re.MULTILINE)


def trouble(text: str, *, lines: bool) -> tuple[str, str] | None:
    """What is wrong with a text, and the remedy; None for plain text. `lines`: may it have several?

    Both are sentences that go on after the name of the field, such as `has a line break.`
    """
    for position, character in enumerate(text):
        if character == "\n" and lines:
            continue
        if invisible(character) and not _joins(text, position):
            where = f' after "{text[max(0, position - 12) : position]}"' if position else ""
            name = f"U+{ord(character):04X}"
            return f"has an invisible character ({name}){where}.", "Remove it."
    if text.isspace():
        return "has nothing but spaces.", "Write words."
    if found := _MENTION.search(text):
        return f'has "{found[0]}", which would notify people on GitHub.', "Write it without the @."
    if found := _TAG.search(text):
        return f'has "{found[0]}", which looks like HTML.', "Use plain words."
    if found := _COMMAND.search(text):
        begins, remedy = "a line that begins with ", "Begin the line with a word."
        if not found[1]:
            begins, remedy = "", "Leave it out: it is a command to a workflow."
        return f'has {begins}"{found[0].strip()}".', remedy
    return None


def invisible(character: str) -> bool:
    """Control, format (zero-width, right-to-left override), private and unassigned characters."""
    category = unicodedata.category(character)
    return character in _BLANK or category[0] == "C" or category in ("Zl", "Zp")


def _joins(text: str, position: int) -> bool:
    """Is this a joiner, between two letters (or their marks) of a script that has joiners?"""
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    return (
        text[position] in _JOINERS
        and len(around) == 2
        and all(not one.isascii() and unicodedata.category(one)[0] in "LM" for one in around)
    )
