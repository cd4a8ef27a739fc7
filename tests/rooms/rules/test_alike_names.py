"""Names that people take for one, and names that they tell apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.rules.alike_names import names_alike


@pytest.mark.parametrize(
    "other",
    [
        "Nova Systems",
        "NOVA SYSTEMS",
        "Nоva Systems",
        "Νova Systems",
        "Nova Ѕуѕtеmѕ",
        "Ｎｏｖａ Ｓｙｓｔｅｍｓ",
        "Nova\u00a0Systems",
        "Nova  Systems",
        "Nova Systems.",
        "Nova-Systems",
        "NovaSystems",
        "Nova Systems GmbH",
        "Nova Systems, Inc.",
        "Nova Systems B.V.",
        "Nova Systems GmbH & Co. KG",
        "Nóva Systems",
        "N0va Systems",
    ],
)
def test_these_are_one_to_people(other: str) -> None:
    assert names_alike("Nova Systems", other)
    assert names_alike(other, "Nova Systems")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nova Systems", "Nova System"),
        ("Nova Systems", "Vova Systems"),
        ("Nova Systems", "Nova"),
        ("Acme", "Acne"),
        ("Costa", "Coast"),
        ("Ada & Co", "Ben & Co"),
        ("", ""),
        ("...", "---"),
        ("Nova" * 300, "Nova" * 300),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not names_alike(one, other)


@pytest.mark.parametrize("name", ["AG", "Co", "SE", "Company"])
def test_a_name_that_is_an_ending_stays(name: str) -> None:
    assert names_alike(name, name)
    assert not names_alike(name, "Other")


@given(st.text(max_size=50), st.text(max_size=50))
def test_it_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert names_alike(one, other) is names_alike(other, one)
    assert names_alike(one, f" {one} ") is names_alike(one, one)
