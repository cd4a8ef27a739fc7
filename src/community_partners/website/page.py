"""Read a page as a browser does, and tell whether it carries a proof. Pure.

https://html.spec.whatwg.org/multipage/parsing.html
The page is hostile. The parser is Python alone, builds the tree that a browser with scripts builds,
and takes time by the length of the page. Nothing but yes and no leaves this file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from justhtml import Element, JustHTML, Node

from ..model.length import too_long
from ..model.website_proof import META_NAME, Obstacle
from .fetch import Page
from .names import NoLookError
from .place import Place, place_of

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
    """What a page says of its owner. `codes`: of the tags in its head. `links`: all."""

    codes: frozenset[str]
    links: tuple[Link, ...]


def read(page: Page) -> Contents:
    """Return the codes and links of a page. Raises NoLookError if it cannot be parsed.

    A tag counts in the head itself, and not in a template or another element there. A link counts
    anywhere but in a template. What stands in a comment, a script, a style, a noscript, a title or
    a field of a form is text.
    """
    try:
        root = JustHTML(page.body, encoding=page.charset, sanitize=False).root
    except Exception as error:  # no page may stop the run, whatever the parser raises
        raise NoLookError(Obstacle.UNREADABLE) from error
    elements = tuple(_elements(root))
    heads = [one for one in elements if one.name == "head" and _is_root(one.parent)]
    codes = frozenset(code for head in heads for code in _codes(head))
    links = tuple(link for one in elements for link in _links(one, page.place))
    return Contents(codes=codes, links=links)


def leads_to(link: Link, wanted: str) -> bool:
    """Tell whether a link leads to an address: the same host, port and path.

    The case of letters, `www.`, a slash at the end and the query make no difference, as on GitHub.
    """
    place = place_of(wanted)
    return place is not None and _key(place) == _key(link.target)


def _key(place: Place) -> tuple[str, int, str]:
    return *place.site, urlsplit(place.path).path.casefold().rstrip("/")


def _elements(root: Node) -> Iterator[Element]:
    """Yield the HTML elements of a document in any order, without the contents of templates."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element) and node.namespace == "html":
            yield node
        waiting.extend(child for child in node.children or () if isinstance(child, Node))


def _is_root(node: Node | None) -> bool:
    """Tell whether a node is the `html` element of its document."""
    return node is not None and node.name == "html" and not isinstance(node.parent, Element)


def _codes(head: Element) -> Iterator[str]:
    for child in head.children:
        if isinstance(child, Element) and child.name == "meta" and child.namespace == "html":
            name, content = (_attribute(child, one) for one in ("name", "content"))
            if name.strip().lower() == META_NAME and not too_long(content):
                yield content.strip().lower()


def _links(element: Element, page: Place) -> Iterator[Link]:
    if element.name not in ("a", "link"):
        return
    target = page.link(_attribute(element, "href"))
    if target is not None:
        words = set(_SPACES.split(_attribute(element, "rel").lower()))
        yield Link(target=target, me="me" in words and _BY_STRANGERS not in words)


def _attribute(element: Element, name: str) -> str:
    return element.attrs.get(name) or ""
