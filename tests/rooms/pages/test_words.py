"""The words of the site: a catalog for each language, and its own dates and numbers."""

import os
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import community_partners.pages
from builders import day, money, month, program
from community_partners.errors import UserError
from community_partners.model.country import Country
from community_partners.model.site import Site
from community_partners.pages.words import Words, bare, initials, plain, web
from month_builders import partner, ranking, row
from site_world import directory, files

PAGES = Path(community_partners.pages.__file__).parent
LOCALE = PAGES / "locale"
METHODS = [("**.py", "python"), ("templates/**.j2", "jinja2")]
LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))


def _template() -> Catalog:
    catalog = Catalog(project="Community Partners", version="1", charset="utf-8", fuzzy=False)
    options = {"templates/**.j2": {"trimmed": "true", "silent": "false"}}
    found = extract_from_dir(
        PAGES, METHODS, options, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
    )
    for path, _, message, comments, context in sorted(found, key=lambda one: (one[0], str(one[2]))):
        catalog.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalog


def _written(catalog: Catalog) -> bytes:
    text = BytesIO()
    write_po(text, catalog, width=100, sort_output=True, omit_header=True)
    head = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    if catalog.locale:
        forms = f'"Plural-Forms: {catalog.plural_forms}\\n"\n'.encode()
        head += f'"Language: {catalog.locale}\\n"\n'.encode() + forms
    return head + b"\n" + text.getvalue()


def test_the_template_of_the_catalogs_has_all_words() -> None:
    path = LOCALE / "site.pot"
    if os.environ.get("BLESS"):
        path.write_bytes(_written(_template()))
        for language in LANGUAGES:
            catalog = _catalog(language)
            catalog.update(_template(), no_fuzzy_matching=True)
            catalog.obsolete.clear()
            (LOCALE / f"{language}.po").write_bytes(_written(catalog))
    assert path.read_bytes() == _written(_template())


def _catalog(language: str) -> Catalog:
    return read_po(BytesIO((LOCALE / f"{language}.po").read_bytes()), locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_says_all_words_and_keeps_the_places(language: str) -> None:
    catalog, asked = _catalog(language), _template()
    assert {str(one.id) for one in catalog} == {str(one.id) for one in asked}
    for message in catalog:
        first = str(message.id[-1] if isinstance(message.id, tuple) else message.id)
        several = message.string if isinstance(message.string, tuple) else (message.string,)
        for said in map(str, several):
            if first:
                assert said, first
                named = set(re.findall(r"%\(\w+\)s", first))
                assert set(re.findall(r"%\(\w+\)s", said)) <= named, said
                assert re.findall(r"</?\w+", said) == re.findall(r"</?\w+", first), said
                assert "%" not in re.sub(r"%\(\w+\)s", "", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_is_rendered_in_each_language(language: str) -> None:
    of = program(site=Site(language=language))
    english = files(directory(partner(), months=(ranking(row()),)))
    other = files(directory(partner(), months=(ranking(row()),), policy=of))
    assert f'<html lang="{language}"' in other["index.html"]
    assert english["index.html"] != other["index.html"]
    assert english.keys() == other.keys()


def test_german_says_days_numbers_and_countries_in_german() -> None:
    german = Words("de")
    assert german.day(day("2026-05-04")) == "4. Mai 2026"
    assert german.short_day(day("2026-05-04")) == "4. Mai"
    assert german.month(month("2026-10")) == "Oktober 2026"
    assert german.money(money("INR 3709")) == "INR 3.709"
    assert german.country(Country("DEU", "Germany")) == "Deutschland"
    assert german.country(Country("XKX", "Kosovo")) == "Kosovo"
    assert Words("ar").direction == "rtl"
    assert Words("en").number(Decimal("1234.5")) == "1,234.5"


def test_a_language_without_a_catalog_is_refused_with_the_remedy() -> None:
    of = program(site=Site(language="fr"))
    with pytest.raises(UserError, match=r"not translated into French yet\. Write en"):
        files(directory(policy=of))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme", "Acme"),
        ("two\n\tlines", "two lines"),
        ("\u202eemca", "emca"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\x1b[31m", "[31m"),
    ],
)
def test_what_shows_nothing_is_left_out(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Juniper Web", "JW"),
        ("acme", "A"),
        ("«Ünal» & Söhne", "ÜS"),
        ("日本語", "日"),
        ("***", "?"),
    ],
)
def test_a_name_has_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://acme.example/", "acme.example"),
        ("https://acme.example/a/", "acme.example/a"),
        ("http://acme.example", ""),
        ("javascript:alert(1)", ""),
        ("https://acme.example/\u202e", ""),
    ],
)
def test_only_an_https_address_is_a_link(address: str, shown: str) -> None:
    assert bare(web(address)) == shown
