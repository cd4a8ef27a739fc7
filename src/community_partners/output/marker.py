"""The hidden first line by which what we wrote is found again; anyone can type it."""

_START = "<!-- community-partners "


def marker(kind: str) -> str:
    """The line for a kind of text, such as `digest 2026-10`; the text follows it."""
    return f"{_START}{kind} -->\n"


def marked(text: str) -> bool:
    """Does it begin as what we write begins?"""
    return text.startswith(_START)


def has_marker(text: str, kind: str) -> bool:
    """Does it begin with this kind's marker? GitHub may give back other line ends."""
    return f"{text}\n".replace("\r\n", "\n").startswith(marker(kind))
