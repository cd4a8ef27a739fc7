"""Checks that a stranger's text is plain: no invisible characters, mentions, HTML or commands.

A text that is not plain is refused with a sentence when it is read. A plain text is still escaped
when it is printed (`words/escape.py`).
"""

import re
import unicodedata

# The zero-width non-joiner and joiner. Persian, Hindi and other scripts use them between letters;
# between Latin letters they only hide something.
_JOINERS = {"\u200c", "\u200d"}
# Two pictographs with a zero-width joiner between are shown as one, such as a woman technologist.
# The first may have a color of skin (a pictograph too) or the sign for a picture behind it.
# https://unicode.org/reports/tr51/#Emoji_ZWJ_Sequences
_PICTOGRAPH = r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_JOINED = re.compile(rf"{_PICTOGRAPH}\ufe0f?\u200d{_PICTOGRAPH}")
# Fillers, blanks and joiners: Unicode counts them as letters, marks or symbols, but they show
# nothing.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Strict: an @ is harmless only after a letter or a digit of ASCII, as in an e-mail address. A `_`
# may be the markup of emphasis.
_MENTION = re.compile(r"(?<![A-Za-z0-9])@[A-Za-z0-9][A-Za-z0-9_/-]{0,60}")
_TAG = re.compile(r"<\s{0,40}[A-Za-z/!?][^>\n]{0,40}>?")
# Commands to a workflow that prints the text: `::` at the start of a line, `##[` anywhere.
_COMMAND = re.compile(r"^[^\S\n]*(::)|##\[", re.MULTILINE)


def trouble(text: str, *, lines: bool) -> tuple[str, str] | None:
    """Return what is wrong with a text, and the remedy; None for plain text.

    `lines`: the text may have several lines. The first part ends a sentence that the caller begins,
    such as `has nothing but spaces.`; the remedy is a whole sentence.
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
        return (
            f'has "{found[0]}", which would notify people on GitHub.',
            "Write it without the @.",
        )
    if found := _TAG.search(text):
        return f'has "{found[0]}", which looks like HTML.', "Use plain words."
    if found := _COMMAND.search(text):
        begins, remedy = "a line that begins with ", "Begin the line with a word."
        if not found[1]:
            begins, remedy = "", "Leave it out: it is a command to a workflow."
        return f'has {begins}"{found[0].strip()}".', remedy
    return None


def invisible(character: str) -> bool:
    """Tell whether a character shows nothing.

    These are blanks, control and format characters (zero-width, right-to-left override), line
    separators, and private or unassigned characters.
    """
    category = unicodedata.category(character)
    return character in _BLANK or category[0] == "C" or category in ("Zl", "Zp")


def _joins(text: str, position: int) -> bool:
    """Tell whether the character at `position` is a joiner between letters, marks or pictographs.

    Letters of ASCII do not count: their script has no joiners.
    """
    if any(_JOINED.match(text, at) for at in range(max(0, position - 2), position)):
        return text[position] == "\u200d"
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    return (
        text[position] in _JOINERS
        and len(around) == 2
        and all(not one.isascii() and unicodedata.category(one)[0] in "LM" for one in around)
    )
