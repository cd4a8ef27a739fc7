"""Which country a person means, by whatever they wrote."""

import pycountry
import pytest
from babel import Locale, localedata
from babel.languages import get_official_languages
from hypothesis import given
from hypothesis import strategies as st

from community_partners.intake import countries

EVERY_CODE = sorted({*(entry.alpha_3 for entry in pycountry.countries), "XKX"})


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        # Codes and names, in any case, with or without accents and punctuation.
        ("DE", "DEU", "Germany"),
        ("deu", "DEU", "Germany"),
        ("  gErMaNy ", "DEU", "Germany"),
        ("ＧＥＲＭＡＮＹ", "DEU", "Germany"),
        ("Federal Republic of Germany", "DEU", "Germany"),
        ("NO", "NOR", "Norway"),
        ("Cote d'Ivoire", "CIV", "Côte d’Ivoire"),
        ("CÔTE D’IVOIRE", "CIV", "Côte d’Ivoire"),
        ("Curacao", "CUW", "Curaçao"),
        ("Guinea Bissau", "GNB", "Guinea-Bissau"),
        ("Bosnia and Herzegovina", "BIH", "Bosnia & Herzegovina"),
        ("The Gambia", "GMB", "Gambia"),
        ("Gambia, The", "GMB", "Gambia"),
        ("Saint Lucia", "LCA", "St. Lucia"),
        ("St Vincent and the Grenadines", "VCT", "St. Vincent & Grenadines"),
        # What people write besides.
        ("UK", "GBR", "United Kingdom"),
        ("U.K.", "GBR", "United Kingdom"),
        ("Britain", "GBR", "United Kingdom"),
        ("Great Britain", "GBR", "United Kingdom"),
        ("England", "GBR", "United Kingdom"),
        ("USA", "USA", "United States"),
        ("u.s.a.", "USA", "United States"),
        ("America", "USA", "United States"),
        ("the United States of America", "USA", "United States"),
        ("Holland", "NLD", "Netherlands"),
        ("The Netherlands", "NLD", "Netherlands"),
        ("Czechia", "CZE", "Czechia"),
        ("Czech Republic", "CZE", "Czechia"),
        ("Turkey", "TUR", "Türkiye"),
        ("TÜRKİYE", "TUR", "Türkiye"),
        ("UAE", "ARE", "United Arab Emirates"),
        ("Ivory Coast", "CIV", "Côte d’Ivoire"),
        ("Kosovo", "XKX", "Kosovo"),
        ("xk", "XKX", "Kosovo"),
        ("Viet Nam", "VNM", "Vietnam"),
        ("Burma", "MMR", "Myanmar (Burma)"),
        ("Myanmar", "MMR", "Myanmar (Burma)"),
        ("Holy See", "VAT", "Vatican City"),
        ("East Timor", "TLS", "Timor-Leste"),
        ("Republic of Ireland", "IRL", "Ireland"),
        ("Slovak Republic", "SVK", "Slovakia"),
        ("Hong Kong", "HKG", "Hong Kong"),
        ("Macau", "MAC", "Macao"),
        ("Deutschland", "DEU", "Germany"),
        ("Brasil", "BRA", "Brazil"),
        # Of two countries with a name in common, the one that is meant.
        ("Republic of Korea", "KOR", "South Korea"),
        ("North Korea", "PRK", "North Korea"),
        ("Democratic Republic of the Congo", "COD", "Congo - Kinshasa"),
        ("DR Congo", "COD", "Congo - Kinshasa"),
        ("Republic of the Congo", "COG", "Congo - Brazzaville"),
        ("Congo-Brazzaville", "COG", "Congo - Brazzaville"),
        ("Guinea", "GIN", "Guinea"),
        ("Georgia", "GEO", "Georgia"),
        ("Ireland", "IRL", "Ireland"),
        ("Samoa", "WSM", "Samoa"),
    ],
)
def test_a_country_is_found(text: str, code: str, name: str) -> None:
    found = countries.find(text)
    assert found is not None
    assert (found.code, found.name) == (code, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "the",
        "_",
        "\x00",
        "EU",
        "EUZ",
        "Europe",
        "Atlantis",
        "日本",
        "Korea",
        "Congo",
        "276",
    ],
)
def test_what_is_no_country_or_not_plain_is_none(text: str) -> None:
    assert countries.find(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Germny", ("Germany", "Guernsey")),
        ("Korea", ("South Korea", "North Korea")),
        ("Congo", ("Congo - Kinshasa", "Congo - Brazzaville")),
        ("virgin islands", ("U.S. Virgin Islands", "British Virgin Islands")),
        ("Trinidad", ("Trinidad & Tobago",)),
        ("United", ("United States", "United Kingdom", "United Arab Emirates")),
        ("Falklands", ("Falkland Islands", "Åland Islands", "Faroe Islands")),
        ("", ()),
        ("日本", ("Japan",)),
        ("a" * 100_000, ()),
    ],
)
def test_suggestions(text: str, names: tuple[str, ...]) -> None:
    assert countries.suggestions(text) == names


MEANT = {
    "Norway": ("Norge", "Noreg", "Norga", "Norvège", "Noruega"),
    "Poland": ("Polska",),
    "Sweden": ("Sverige", "Ruotsi"),
    "Finland": ("Suomi",),
    "Denmark": ("Danmark",),
    "Iceland": ("Ísland",),
    "Ireland": ("Éire", "Eire"),
    "Greece": ("Hellas", "Ελλάδα", "Ellada"),
    "Germany": ("Deutschland", "Allemagne", "Alemania", "Germania"),
    "Spain": ("España", "Espanya"),
    "Brazil": ("Brasil",),
    "Japan": ("Nippon", "Nihon", "日本"),
    "China": ("中国", "Zhongguo"),
    "South Korea": ("대한민국", "Hanguk", "ROK"),
    "North Korea": ("DPRK",),
    "India": ("भारत", "Bharat"),
    "Egypt": ("مصر", "Misr"),
    "Russia": ("Россия",),
    "Ukraine": ("Україна",),
    "Serbia": ("Србија", "Srbija"),
    "Croatia": ("Hrvatska",),
    "Slovakia": ("Slovensko",),
    "Slovenia": ("Slovenija",),
    "Hungary": ("Magyarország",),
    "Czechia": ("Česko",),
    "Albania": ("Shqipëria",),
    "Lithuania": ("Lietuva",),
    "Latvia": ("Latvija",),
    "Estonia": ("Eesti",),
    "Austria": ("Österreich",),
    "Switzerland": ("Schweiz", "Suisse", "Svizzera", "Svizra"),
    "Belgium": ("Belgique", "België", "Belgien"),
    "Netherlands": ("Nederland", "Holland", "Pays-Bas"),
    "United Kingdom": ("UK", "Royaume-Uni", "Reino Unido"),
    "United States": ("USA", "U.S.", "Vereinigte Staaten", "Estados Unidos"),
    "United Arab Emirates": ("UAE", "Emirates"),
    "Saudi Arabia": ("KSA",),
    "South Africa": ("RSA", "Suid-Afrika"),
    "New Zealand": ("Aotearoa", "NZ"),
    "Côte d’Ivoire": ("Côte d'Ivoire", "Ivory Coast"),
}


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, several in MEANT.items() for text in several]
)
def test_a_name_in_another_language_means_its_country(text: str, name: str) -> None:
    found = countries.find(text)
    assert (found.name if found else countries.suggestions(text)[0]) == name


AT_HOME = [
    (code, language)
    for code in sorted(entry.alpha_2 for entry in pycountry.countries)
    for language in get_official_languages(code, regional=True, de_facto=True)
    if localedata.exists(language) and code in Locale.parse(language).territories
]


@pytest.mark.parametrize(("code", "language"), AT_HOME)
def test_every_country_is_meant_by_its_name_at_home(code: str, language: str) -> None:
    name = Locale.parse(language).territories[code]
    found = countries.find(name)
    meant = (found.name,) if found else countries.suggestions(name)
    country = countries.find(code)
    assert country is not None
    assert country.name in meant


@pytest.mark.parametrize("code", EVERY_CODE)
def test_every_country_is_found_by_its_code_and_its_name(code: str) -> None:
    country = countries.by_code(code)
    assert country.code == code
    assert countries.known_code(code)
    assert countries.find(code) == country
    assert countries.find(country.name.upper()) == country


@pytest.mark.parametrize("code", ["EUZ", "deu", "DE", ""])
def test_what_is_no_alpha_3_code_is_none(code: str) -> None:
    assert not countries.known_code(code)
    with pytest.raises(KeyError):
        countries.by_code(code)


@given(st.text(max_size=60))
def test_a_suggestion_is_always_a_name_that_is_found(text: str) -> None:
    suggested = countries.suggestions(text)
    assert len(suggested) <= 3
    for name in suggested:
        found = countries.find(name)
        assert found is not None
        assert found.name == name
