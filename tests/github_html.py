"""A comment as GitHub shows it: rendered by GitHub's own library, and read for what it makes alive.

cmark-gfm, which GitHub publishes, makes links of bare addresses. What GitHub adds after that is not
published: mentions, references, commits and short names of pictures are looked for here, in more
places than GitHub is known to look.

https://github.github.com/gfm/
https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

# Behind anything but a letter or a digit of ASCII: GitHub may take other scripts' letters for a
# space, and has taken markup away.
ALIVE = re.compile(
    r"@[A-Za-z0-9_-]|(?<![A-Za-z0-9])(?:GH-[0-9]|(?<![A-Z]{3} )[0-9a-f]{7,40}(?![A-Za-z0-9]))"
    r"|#[0-9]|:[a-z0-9_+-]{1,60}:|://|www\.|mailto:|xmpp:",
    re.IGNORECASE | re.ASCII,
)
QUIET = {"a", "code", "pre"}  # GitHub looks for nothing inside these


@dataclass(kw_only=True)
class Shown:
    """`tags` and `addresses`: how often each stands there. `alive`: what GitHub would link to."""

    tags: Counter[str] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)
    alive: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = Shown()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shown.tags[tag] += 1
        values = dict(attrs)
        for name in ("href", "src"):
            if name in values:
                self.shown.addresses[values[name] or ""] += 1
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not QUIET & set(self._open):
            self.shown.alive.extend(found[0] for found in ALIVE.finditer(data))


def on_github(markdown: str) -> Shown:
    """What GitHub would show of a comment. HTML is kept, to see what is there."""
    reader = _Reader()
    reader.feed(github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))
    reader.close()
    return reader.shown
