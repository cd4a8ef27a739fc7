"""Checks an SVG image of a stranger: refuses every element, attribute and reference not known.

The image is shown by `<img>` only, where no script runs. But an image that is opened by its own
address is a page of our host, so nothing in it may run, load, or lead anywhere.

https://developer.mozilla.org/en-US/docs/Web/SVG/Guides/SVG_as_an_image
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
MOST_ELEMENTS, DEEPEST = 2000, 32
_EXPORT = "Export the logo as an optimized or plain SVG, or send a PNG."
_NAMES = """
    svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient
    radialGradient stop clipPath mask title desc use symbol style
"""
_OTHERS = """
    id class style transform viewBox preserveAspectRatio version width height x y x1 x2 y1 y2 cx cy
    r rx ry fx fy dx dy d points offset gradientUnits gradientTransform spreadMethod clipPathUnits
    maskUnits maskContentUnits role aria-label aria-labelledby aria-hidden focusable data-name fill
    fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity
    clip-path clip-rule mask mask-type display visibility font-family font-size font-weight
    font-style text-anchor letter-spacing word-spacing dominant-baseline textLength lengthAdjust
    vector-effect paint-order shape-rendering enable-background overflow href
    {http://www.w3.org/XML/1998/namespace}space
"""
_CALLED = """
    rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx skewy
"""
_ELEMENTS, _ATTRIBUTES = frozenset(_NAMES.split()), frozenset(_OTHERS.split())
_FUNCTIONS = frozenset(_CALLED.split())
_FUNCTION = re.compile(r"([\w-]*)\s*\(", re.ASCII)
_OWN_PART = re.compile(r"\s*['\"]?#[\w.:-]+['\"]?\s*\)", re.ASCII)
_PART = re.compile(r"#[\w.:-]+", re.ASCII)


def svg_trouble(content: bytes) -> str | None:
    """Return why an SVG image is not taken, with the remedy; None if it is."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return f"This image is not written in UTF-8. {_EXPORT}"
    if re.search(r"<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)", text, re.IGNORECASE | re.ASCII):
        return f"This image has a DOCTYPE or an instruction for programs. {_EXPORT}"
    if re.search(r"encoding\s*=\s*['\"](?!utf-8['\"])", text[:200], re.IGNORECASE | re.ASCII):
        return f"This image names another encoding than UTF-8. {_EXPORT}"
    try:
        root = fromstring(text)  # noqa: S314  without a DOCTYPE there are no entities to expand
    except (ParseError, ValueError):
        return f"This image is no well-formed XML. {_EXPORT}"
    return next(_troubles(root), None)


def _troubles(root: Element) -> Iterator[str]:
    if root.tag != f"{SVG}svg":
        yield f"This file is no SVG image: its root is not `svg`. {_EXPORT}"
    elif "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        yield f"This image has no size: it needs `viewBox`, or `width` and `height`. {_EXPORT}"
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        yield f"This image has more than {MOST_ELEMENTS} elements. Simplify it, or send a PNG."
    elif _depth(root) > DEEPEST:
        yield f"Elements of this image are nested more than {DEEPEST} deep. {_EXPORT}"
    else:
        for element in root.iter():
            yield from _of_element(element)
        yield from _uses(root)


def _depth(root: Element) -> int:
    level, depth = [root], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
    return depth


def _of_element(element: Element) -> Iterator[str]:
    name = str(element.tag).removeprefix(SVG)
    if name not in _ELEMENTS:
        yield f"This image has the element `{_short(name)}`, which is not taken. {_EXPORT}"
    if name == "style" and not _stays_inside(element.text or ""):
        yield f"A style of this image refers to something outside. {_EXPORT}"
    for key, value in element.attrib.items():
        attribute = key.removeprefix(XLINK)
        if attribute not in _ATTRIBUTES:
            yield f"This image has the attribute `{_short(attribute)}`, not taken here. {_EXPORT}"
        elif attribute == "href" and not _PART.fullmatch(value):
            yield f"This image refers to something outside: `{_short(value)}`. {_EXPORT}"
        elif attribute != "href" and not _stays_inside(value):
            yield f"`{attribute}` of this image refers to something outside. {_EXPORT}"


def _stays_inside(style: str) -> bool:
    """Tell whether a style names nothing but colors, measures and parts of the image itself.

    A backslash could spell `url` in another way, and `@import` loads without it.
    """
    plain = style.casefold()
    if re.search(r"[\\@<]", plain):
        return False
    return all(
        found[1] in _FUNCTIONS or (found[1] == "url" and _OWN_PART.match(plain, found.end()))
        for found in _FUNCTION.finditer(plain)
    )


def _uses(root: Element) -> Iterator[str]:
    """Yield a trouble if a part that is used again uses parts itself: a few could be millions."""
    by_id = {element.get("id"): element for element in root.iter()}
    uses = [one for one in root.iter() if one.tag == f"{SVG}use"]
    for use in uses:
        target = by_id.get((use.get(f"{XLINK}href") or use.get("href") or "#")[1:])
        if target is None or any(one.tag == f"{SVG}use" for one in target.iter()):
            yield f"This image uses a part again that is not there, or uses parts itself. {_EXPORT}"
    if len(uses) > 100:
        yield f"This image uses parts again more than 100 times. {_EXPORT}"


def _short(text: str) -> str:
    return text.rpartition("}")[2][:40]
