"""No text of a partner becomes more than text, in no file of the site and no language.

A case is a site of some 150 texts, each of which tries something else; the twin has harmless ones.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from justhtml import JustHTML

from community_partners.intake.schema import schema_folder
from hostile_sites import Texts, harmless, hostile, site_of
from many_cases import PARTS, chances

CASES = 13  # ten sites by `make test`; 650 with 100,000 texts by TIMES=50
LANGUAGES = ("en", "de")
_TEXT_IN = frozenset(("content", "alt", "title", "aria-label", "label", "width", "href"))
"""Attributes that may say something else than in the twin."""
_JOINERS = "\u200c\u200d"


@pytest.mark.parametrize("part", PARTS)
def test_a_hostile_site_has_the_elements_of_its_harmless_twin(part: int) -> None:
    for number, chance in chances(CASES, part):
        language = LANGUAGES[number % len(LANGUAGES)]
        texts = hostile(chance)
        site = site_of(texts, language)
        twin = _twin(language)
        assert site.keys() == twin.keys()
        for path, content in site.items():
            about = f"case {number}: {path}"
            assert _hidden(content) == set(), about
            assert _shape(path, content) == twin[path], about


def test_the_twin_is_a_site_of_many_texts() -> None:
    texts = _quiet()
    twin = site_of(texts, "en")
    assert texts.given > 100
    assert len(_pages(twin)) > 10


def _quiet() -> Texts:
    return harmless(lambda: "https://quiet.example")


@cache
def _twin(language: str) -> dict[str, object]:
    return {path: _shape(path, text) for path, text in site_of(_quiet(), language).items()}


def _pages(site: dict[str, str]) -> list[str]:
    return [path for path in site if path.endswith(".html")]


def _hidden(content: str) -> set[str]:
    """The characters that show nothing, such as those that turn the direction of a text."""
    seen = {one for one in {*content} - {*"\r\n"} if unicodedata.category(one)[0] == "C"}
    return seen - {*_JOINERS}


def _shape(path: str, content: str) -> object:
    """What a file is without its texts. Raises an AssertionError if it is none of its kind."""
    content.encode()
    if path.endswith(".html"):
        return list(_elements(path, content))
    if path.endswith((".xml", ".svg")):
        return [
            (one.tag, sorted(one.attrib))
            for one in ElementTree.fromstring(content).iter()  # noqa: S314  our own
        ]
    if path.endswith(".json"):
        data = json.loads(content)
        assert not [*_validator(data).iter_errors(data)]
        return _keys(data)
    if path.endswith(".csv"):
        table = list(csv.reader(content.splitlines()))
        assert not [cell for row in table for cell in row if re.match(r"[=+\-@\t\r]", cell)]
        return [len(row) for row in table]
    return content


def _elements(path: str, page: str) -> Iterator[tuple[str, object]]:
    """The elements of a page in order, with their attributes, and the values that are no text.

    An address that is none of the web is shown as text: a link of a partner is left out, and must
    lead to the web. So are the paragraphs of a description, of which there can be any number.
    """
    whole = path != "homepage.html"
    document = JustHTML(page, sanitize=False, collect_errors=whole)
    assert not document.errors
    for node in document.root.query("*"):
        attributes = {name: value or "" for name, value in (node.attrs or {}).items()}
        if node.name == "a" and attributes.keys() <= {"href", "class"}:
            assert re.match(r"https://|[A-Za-z0-9./?=#-]*$", attributes["href"]), attributes
            continue
        if node.name in ("p", "bdi") and not attributes:
            continue
        yield (
            node.name,
            sorted((name, "" if name in _TEXT_IN else value) for name, value in attributes.items()),
        )


def _keys(data: object) -> object:
    """The keys of JSON, without those that are texts, and without addresses that are none."""
    if isinstance(data, dict):
        own = data.keys() - {"by_kind", "criteria", "website", "contact"}
        return {key: _keys(data[key]) for key in own}
    return [_keys(one) for one in data] if isinstance(data, list) else type(data).__name__


@cache
def _schemas() -> dict[str, Draft202012Validator]:
    found = {}
    for path in schema_folder().glob("published-*.schema.json"):
        schema = json.loads(path.read_text("utf-8"))
        found[schema["$id"]] = Draft202012Validator(schema)
    return found


def _validator(data: dict[str, str]) -> Draft202012Validator:
    return _schemas()[data.get("schema", "urn:community-partners:v1:badge")]
