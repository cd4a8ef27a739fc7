"""What of a page is a proof: a tag in the head, as a browser sees it, and links."""

import random
import tracemalloc
from pathlib import Path

import pytest
from justhtml import Element, JustHTML, Node

from community_partners.model.website_proof import Obstacle
from community_partners.website.fetch import Page
from community_partners.website.names import NoLookError
from community_partners.website.page import Contents, leads_to, read
from community_partners.website.place import place_of
from length_table import KIB, too_slow
from many_cases import PARTS, chances

CODE = "abcdefghij234567abcd"
META = f'<meta name="community-partner" content="{CODE}">'


def contents(html: str | bytes, charset: str | None = "utf-8") -> Contents:
    place = place_of("https://acme.example/")
    assert place
    body = html if isinstance(html, bytes) else html.encode()
    return read(Page(place=place, body=body, charset=charset, whole=True))


@pytest.mark.parametrize(
    "html",
    [
        f"<!doctype html><html><head>{META}</head><body></body></html>",
        f"<title>Acme</title>{META}",
        f"{META}",
        f"<head><script>1 < 2</script><style>a > b</style><link rel=icon href=x>{META}",
        f"<head><noscript><img src=x></noscript>{META}",
        f"<head><template><p>Words</template>{META}",
        f"<head><!-- > -->{META}",
        '<META NAME="Community-Partner" CONTENT=" ABCDEFGHIJ234567ABCD ">',
        f"<meta content={CODE} name=community-partner />",
        f"<head></head>\n{META}<body>",
        f'<head><meta name="community-partner" content="another">{META}',
        f"\ufeff<head>{META}",
    ],
)
def test_a_tag_in_the_head_is_a_proof(html: str) -> None:
    assert CODE in contents(html).codes


OUTSIDE = {
    "body": f"<head></head><body>{META}",
    "body without tags": f"Hello {META}",
    "a heading ends the head": f"<head><h1>Acme</h1>{META}</head>",
    "an own element ends the head": f"<head><my-app></my-app>{META}</head>",
    "second head": f"<body><head>{META}</head>",
    "second html": f"<body></body></html><html><head>{META}</head></html>",
    "after html": f"<head></head><body></body></html>{META}",
    "comment": f"<head><!-- {META} --></head>",
    "comment with two ends": f"<head><!-- --!{META} --></head>",
    "bogus comment": '<head><!x <meta name="community-partner" content=abcdefghij234567abcd',
    "script": f"<head><script>{META}</script></head>",
    "script in script": f"<head><script><!--<script>{META}</script>{META}--></script></head>",
    "style": f"<head><style>{META}</style></head>",
    "title": f"<head><title>{META}</title></head>",
    "title without end": f"<head><title>{META}</head>",
    "noscript": f"<head><noscript>{META}</noscript></head>",
    "noframes": f"<head><noframes>{META}</noframes></head>",
    "template": f"<head><template>{META}</template></head>",
    "template without end": f"<head><template>{META}</head>",
    "template in template": f"<head><template><template></template>{META}</template></head>",
    "textarea": f"<head><textarea>{META}</textarea></head>",
    "iframe": f"<head><iframe>{META}</iframe></head>",
    "xmp": f"<head><xmp>{META}</xmp></head>",
    "select": f"<head><select>{META}</select></head>",
    "svg": f"<head><svg>{META}</svg></head>",
    "head of svg": f"<svg><head>{META}</head></svg>",
    "head in a foreign object": f"<body><svg><foreignObject><head>{META}</head></svg>",
    "attribute": f"<head><link title='{META}'></head>",
    "attribute without end": '<head><link title="<meta name=community-partner content=' + CODE,
    "escaped": f"<head>{META.replace('<', '&lt;')}</head>",
    "tag without end": f"<head>{META[:-1]}",
    "other name": f'<head><meta name="community-partners" content="{CODE}"></head>',
    "property": f'<head><meta property="community-partner" content="{CODE}"></head>',
    "first name counts": f'<head><meta name=x name="community-partner" content="{CODE}"></head>',
    "http-equiv": f'<head><meta http-equiv="community-partner" content="{CODE}"></head>',
    "more than the code": f'<head><meta name="community-partner" content="x{CODE}"></head>',
    "no content": '<head><meta name="community-partner"></head>',
    "frameset": f"<frameset>{META}</frameset>",
    "plaintext": f"<head><plaintext>{META}",
}


@pytest.mark.parametrize("html", OUTSIDE.values(), ids=OUTSIDE)
def test_elsewhere_it_is_none(html: str) -> None:
    assert CODE not in contents(html).codes


TEXTS = (
    "<title>{}</title>",
    "<style>{}</style>",
    "<script>{}</script>",
    "<script><!--<script>{}</script>{}--></script>",
    "<noscript>{}</noscript>",
    "<template>{}</template>",
    "<template><div>{}</div>{}</template>",
    "<!-- {} -->",
    "<noframes>{}</noframes>",
    "<link title='{}'>",
    "<base href=/>",
    "\n",
)
TAGS = """<p> </p> <div> </div> <b> </b> <a> </a> <table> <tr> <td> </table> <svg> </svg> <math>
<mi> <foreignObject> <template> </template> <head> </head> <body> </body> <html> </html> <select>
<option> </select> <form> </form> <textarea> </textarea> <title> </title> <script> </script> <style>
</style> <noscript> </noscript> <frameset> </frameset> <!-- --> <!x > <br> </br> <ul> <li> <button>
<iframe> </iframe> <desc> <caption> <col> <colgroup> <![CDATA[ ]]> <x-y> ' " &lt; text"""
SOUP = TAGS.split()


def page_with_metas_outside_its_head(chance: random.Random) -> str:
    """A page of random tags, whose head holds the tag as text only, and whose body anywhere."""
    head = "".join(chance.choice(TEXTS).replace("{}", META) for _ in range(chance.randrange(5)))
    body = "".join(chance.choice((*SOUP, META, META)) for _ in range(chance.randrange(40)))
    return f"<head>{head}</head><body>{body}"


@pytest.mark.parametrize("part", PARTS)
def test_whatever_the_tree_no_tag_outside_the_head_is_a_proof(part: int) -> None:
    for number, chance in chances(1_000, part):
        html = page_with_metas_outside_its_head(chance)
        cut = html[: chance.randrange(len(html) + 1)]
        for text in (html, cut):
            assert CODE not in contents(text).codes, number


LINK = '<a rel=me href="https://github.com/acme">'
EARLY = (*TEXTS, META, META, "<head>", "</head>", "<html>", "</html>", "</body>", "</br>", "</p>")
FRAMES, DRAWINGS = {"<frameset>"}, {"<svg>", "<math>"}


def any_page(chance: random.Random, without: set[str]) -> str:
    """Random tags, with the code in any place: often the first ones are those of a head."""
    tags = sorted({*TEXTS, *SOUP, META, LINK} - without)
    early = [chance.choice(EARLY) for _ in range(chance.randrange(6))]
    late = [chance.choice((*tags, LINK)) for _ in range(chance.randrange(20))]
    return "".join((*early, *late)).replace("{}", META)


def tree(html: str) -> tuple[set[str], bool]:
    """The second reading, by a whole tree: the codes in its head, and whether LINK is there."""
    root = JustHTML(html.encode(), sanitize=False).root
    waiting: list[object] = [root]
    codes, link = set(), False
    while waiting:
        one = waiting.pop()
        if isinstance(one, Node):
            waiting.extend(one.children or ())
        if isinstance(one, Element) and one.name == "meta" and one.parent:
            in_head = one.parent.name == "head" and one.parent.namespace == "html"
            codes |= {str(one.attrs.get("content"))} if in_head else set()
        link |= isinstance(one, Element) and one.name == "a" and "rel" in one.attrs
    return codes, link


@pytest.mark.parametrize("part", PARTS)
def test_a_whole_tree_has_each_proof_that_is_read(part: int) -> None:
    found = 0
    for number, chance in chances(1_000, part):
        html = any_page(chance, FRAMES)
        read_codes = contents(html).codes
        assert read_codes <= tree(html)[0], number
        found += CODE in read_codes
    assert found > 5


@pytest.mark.parametrize("part", PARTS)
def test_a_whole_tree_has_the_same_links(part: int) -> None:
    """Without drawings, in which a link between the tags of a script or style is never taken."""
    for number, chance in chances(1_000, part):
        html = any_page(chance, FRAMES | DRAWINGS)
        assert any(link.me for link in contents(html).links) is tree(html)[1], number


@pytest.mark.parametrize("part", PARTS)
def test_a_first_part_proves_nothing_that_the_page_does_not(part: int) -> None:
    for number, chance in chances(1_000, part):
        html = any_page(chance, set())
        first = contents(html[: chance.randrange(len(html) + 1)])
        whole = contents(html)
        assert first.codes <= whole.codes, number
        assert set(first.links) <= set(whole.links), number


ORGANIZATION = "https://github.com/acme"


@pytest.mark.parametrize(
    "html",
    [
        '<a rel="me" href="https://github.com/acme">GitHub</a>',
        '<link rel="me" href="https://github.com/acme">',
        '<a rel="nofollow ME noopener" href="https://github.com/Acme/">GitHub</a>',
        '<a rel="me\tnoopener" href="https://www.github.com/acme?tab=repositories#x">GitHub</a>',
        '<a rel=me href="//github.com/acme">GitHub</a>',
        '<footer><ul><li><p><a rel=me href="https://github.com/acme">GitHub',
        '<a href="https://github.com/acme">x</a><a rel=me href="https://github.com/acme">y</a>',
    ],
)
def test_a_link_that_says_me_is_a_proof(html: str) -> None:
    assert any(link.me for link in contents(html).links if leads_to(link, ORGANIZATION))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://github.com/acme">GitHub</a>',
        '<a rel="author" href="https://github.com/acme">GitHub</a>',
        '<a rel="menu" href="https://github.com/acme">GitHub</a>',
        '<a rel="me,author" href="https://github.com/acme">GitHub</a>',
        '<a rel="me\u00a0x" href="https://github.com/acme">GitHub</a>',
        '<a rel="me ugc" href="https://github.com/acme">GitHub</a>',
        '<a rev="me" href="https://github.com/acme">GitHub</a>',
    ],
)
def test_another_link_is_a_hint(html: str) -> None:
    assert [link.me for link in contents(html).links if leads_to(link, ORGANIZATION)] == [False]


@pytest.mark.parametrize(
    "html",
    [
        '<a rel=me href="https://github.com/acme/website">GitHub</a>',
        '<a rel=me href="https://github.com/acme-evil">GitHub</a>',
        '<a rel=me href="https://github.com/">GitHub</a>',
        '<a rel=me href="http://github.com/acme">GitHub</a>',
        '<a rel=me href="https://github.com:8443/acme">GitHub</a>',
        '<a rel=me href="https://github.com@acme.example/acme">GitHub</a>',
        '<a rel=me href="https://github.com.acme.example/acme">GitHub</a>',
        '<a rel=me href="https://gist.github.com/acme">GitHub</a>',
        '<a rel=me href="/acme">GitHub</a>',
        '<base href="https://github.com/"><a rel=me href="/acme">GitHub</a>',
        '<base href="https://github.com/"><a rel=me href="acme">GitHub</a>',
        "<a rel=me>GitHub</a>",
        '<area rel=me href="https://github.com/acme">',
        '<svg><style><a rel=me href="https://github.com/acme">GitHub</a></style></svg>',
        '<template><a rel=me href="https://github.com/acme">GitHub</a></template>',
        '<!-- <a rel=me href="https://github.com/acme">GitHub</a> -->',
        '<script><a rel=me href="https://github.com/acme">GitHub</a></script>',
        '<textarea><a rel=me href="https://github.com/acme">GitHub</a></textarea>',
        '<noscript><a rel=me href="https://github.com/acme">GitHub</a></noscript>',
        '<iframe><a rel=me href="https://github.com/acme">GitHub</a></iframe>',
    ],
)
def test_what_is_no_link_to_it_at_all(html: str) -> None:
    assert not any(leads_to(link, ORGANIZATION) for link in contents(html).links)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (f"<head>{META}".encode("utf-16"), None),
        (f"<head>{META}".encode("utf-16-le"), "utf-16le"),
        (f"<head><title>Grüße</title>{META}".encode("latin-1"), "iso-8859-1"),
        (f"<head><meta charset=latin1><title>Grüße</title>{META}".encode("latin-1"), None),
        (f"<head><title>日本</title>{META}".encode("shift_jis"), "shift_jis"),
        (f"<head>{META}".encode(), "no such charset"),
    ],
)
def test_letters_of_any_charset(body: bytes, charset: str | None) -> None:
    assert CODE in contents(body, charset).codes


SLOW = {
    "open links": "<a>",
    "bold in blocks": "<b><div>",
    "lists": "<ul><li>",
    "tables": "<table><tr><td>",
    "text in tables": "<table><a>x",
    "marks": "<b><i><u><s><em><p></b>",
    "left brackets": "<",
    "ampersands": "&amp",
    "comments": f"<!-- {'x' * 60} -->",
    "comments without end": f"<!--{'x' * 60}",
    "drawings": "<svg><desc>",
    "marks that are opened anew": "<p><b><p>x",
    "attributes": "<a b=c d=e>",
    "one tag of attributes": " a=b c",
    "templates": "<template>",
    "drawings with text": "<svg><title>",
    "scripts": f"<script><!--<script>{'x' * 60}",
    "CDATA": "<svg><![CDATA[",
    "end tags": "</p>",
    "NUL": "\0",
    "bytes that are no text": "\udcff",
}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_page_of_comments_is_not_read(charset: str) -> None:
    with pytest.raises(NoLookError) as refused:
        contents(f"<head>{META}{'<!---->' * 5_001}".encode(charset), charset)
    assert refused.value.obstacle is Obstacle.UNREADABLE


def test_memory_does_not_grow_with_the_square_of_a_page() -> None:
    """A tree would: each paragraph opens all marks anew."""
    many = 4_000
    marks = "".join(f"<b a={number}>" for number in range(many))
    tracemalloc.start()
    try:
        contents(f"<head>{META}</head><p>{marks}</p>{'<p>x</p>' * many}")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 30 * 2**20


@pytest.mark.parametrize("tag", SLOW.values(), ids=SLOW)
def test_a_page_is_read_in_time_by_its_length(tag: str, tmp_path: Path) -> None:
    start = "<a" if tag.startswith(" ") else ""
    small, large = (f"{start}{tag * (size * KIB // len(tag))}" for size in (8, 64))

    def look(page: str, _: Path) -> object:
        return contents(page.encode(errors="surrogateescape"))

    assert not too_slow(look, small, large, tmp_path)
