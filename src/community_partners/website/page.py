"""Read a page as a browser does, and tell whether it carries a proof. Pure.

The page is hostile. It is read tag by tag, in time and memory by its length, and no tree is built:
https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements makes
a tree that grows with the square of a page. Nothing but yes and no leaves this room.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from justhtml import stream

from ..model.website_proof import META_NAME, Obstacle
from .fetch import Page
from .names import NoLookError
from .place import Place, place_of

_Attributes = dict[str, str | None]

# https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
_HOLD_TEXT = frozenset({"title", "style", "script", "noscript", "noframes"})
_IN_HEAD = frozenset({"meta", "base", "basefont", "bgsound", "link", "template", *_HOLD_TEXT})
_SHELL = frozenset({"html", "head"})
_END_HEAD = frozenset({"body", "html", "br"})  # as end tags
_TEXT_ONLY = _HOLD_TEXT | {"textarea", "iframe", "noembed", "xmp", "plaintext"}
# The parser looks for each comment's end up to the end of the page: with so many, for a second.
_MOST_COMMENTS = 5_000
_SPACES = re.compile(r"[ \t\n\f\r]+")  # what HTML calls ASCII whitespace
# A page that sets `ugc` says that its users wrote the link:
# https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
_BY_STRANGERS = "ugc"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a page: the place that it leads to, and whether its `rel` says `me`."""

    target: Place
    me: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """The signs on a page of its owner. `codes`: of the tags in its head. `links`: all."""

    codes: frozenset[str]
    links: tuple[Link, ...]


def read(page: Page) -> Contents:
    """Return the codes and links of a page. Raises NoLookError if it cannot be parsed.

    A tag counts in the head itself, and not in a template there. A link counts anywhere but in a
    template. What stands in a comment, a script, a style, a noscript, a title or a field of a form
    is text.
    """
    if page.body.replace(b"\0", b"").count(b"<!--") > _MOST_COMMENTS:
        raise NoLookError(Obstacle.UNREADABLE)
    reader = _Reader(place=page.place)
    try:
        for event in stream(page.body, encoding=page.charset):
            if event[0] == "start":
                reader.start(*event[1])
            elif event[0] == "end":
                reader.end(event[1])
            elif event[0] == "text":
                reader.text(event[1])
    except Exception as error:  # no page may stop the run, whatever the parser raises
        raise NoLookError(Obstacle.UNREADABLE) from error
    return Contents(codes=frozenset(reader.codes), links=tuple(reader.links))


def leads_to(link: Link, wanted: str) -> bool:
    """Tell whether a link leads to an address: the same host, port and path.

    The case of letters, `www.`, a slash at the end and the query make no difference, as on GitHub.
    """
    place = place_of(wanted)
    return place is not None and _key(place) == _key(link.target)


def _key(place: Place) -> tuple[str, int, str]:
    return *place.site, urlsplit(place.path).path.casefold().rstrip("/")


@dataclass(kw_only=True)
class _Reader:
    """Follows the tags of a page, as far as it matters where its head ends.

    `in_head`: the head has not ended. `head_closed`: its end tag was there; a meta tag still
    belongs to it, a noscript does not. `text_of`: the element that holds text alone, in which we
    are. `templates`: how many are open.
    """

    place: Place
    codes: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    in_head: bool = True
    head_closed: bool = False
    text_of: str | None = None
    templates: int = 0

    def start(self, name: str, attributes: _Attributes) -> None:
        if self.text_of:  # a drawing may have tags there, and another browser text
            return
        if name in _TEXT_ONLY:
            self.text_of = name
        if self.templates:
            self.templates += name == "template"
            return
        late = self.head_closed and name == "noscript"
        self.in_head = self.in_head and (name in _IN_HEAD or name in _SHELL) and not late
        if name == "template":
            self.templates = 1
        elif name == "meta" and self.in_head:
            self.codes.update(_codes(attributes))
        elif name in ("a", "link"):
            self.links.extend(_links(attributes, self.place))

    def end(self, name: str) -> None:
        if self.text_of:
            self.text_of = None if name == self.text_of else self.text_of
        elif self.templates:
            self.templates -= name == "template"
        elif name == "head":
            self.head_closed = True
        elif name in _END_HEAD:
            self.in_head = False

    def text(self, text: str) -> None:
        if not self.text_of and not self.templates and _SPACES.sub("", text):
            self.in_head = False


def _codes(attributes: _Attributes) -> Iterator[str]:
    name, content = (attributes.get(one) or "" for one in ("name", "content"))
    if name.strip().lower() == META_NAME:
        yield content.strip().lower()


def _links(attributes: _Attributes, page: Place) -> Iterator[Link]:
    target = page.link(attributes.get("href") or "")
    if target is not None:
        words = set(_SPACES.split((attributes.get("rel") or "").lower()))
        yield Link(target=target, me="me" in words and _BY_STRANGERS not in words)
