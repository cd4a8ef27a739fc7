"""Limits the length of values. A longer text is refused before anything else looks at it.

Some checks of a text take time with the square of its length, or more: Unicode's normal forms,
punycode, similar names. GitHub lets strangers write 65,536 characters.
"""

LONGEST = 1_000  # characters: a description, the longest value that a schema takes


def too_long(text: str) -> bool:
    """Tell whether a text is longer than any value may be, so that nothing may look at it."""
    return len(text) > LONGEST


def cut(text: str, most: int) -> str:
    """Return a text of at most `most` characters; the last one is `…` if the text was longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
