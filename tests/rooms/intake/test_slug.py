"""The short name of an organization: of its name, or of its website where letters would be lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.intake.applications import agrees, slug_for


@pytest.mark.parametrize(
    ("name", "website", "slug"),
    [
        ("Acme GmbH", "https://acme.example", "acme-gmbh"),
        ("Müller & Söhne", "https://mueller.example", "muller-sohne"),
        ("Groß und Łódź", "https://a.example", "gross-und-lodz"),
        ("Bjørn Ægir Œuvre", "https://a.example", "bjorn-aegir-oeuvre"),
        ("Café №1 — “Acme”", "https://a.example", "cafe-no1-acme"),
        ("株式会社アクメ", "https://www.akume.example/ja", "akume"),
        ("株式会社アクメ Inc.", "https://akume.example", "akume"),
        ("ООО Ромашка IT", "https://romashka.example", "romashka"),
        ("北京 Mautic 科技 Co., Ltd.", "https://beijing.example", "beijing"),
        ("上海 Mautic 网络 Co., Ltd.", "https://shanghai.example", "shanghai"),
        ("アクメ", "https://アクメ.example", "xn-cck0a4k"),
        ("アクメ", "https://xn--cck0a4k.example", "xn-cck0a4k"),
        ("ООО Ромашка IT", "", "it"),
        ("", "", ""),
    ],
)
def test_slugs(name: str, website: str, slug: str) -> None:
    assert slug_for(name, website) == slug
    assert not slug or agrees(slug, name, website)


def test_the_leading_words_agree() -> None:
    assert agrees("acme", "Acme GmbH", "https://a.example")
    assert not agrees("gmbh", "Acme GmbH", "https://a.example")
    assert not agrees("inc", "株式会社アクメ Inc.", "https://akume.example")


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_slug_is_short_and_ascii(name: str, website: str) -> None:
    slug = slug_for(name, website)
    assert len(slug) <= 60
    assert slug == slug.strip("-")
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
