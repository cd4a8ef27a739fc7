"""What the environment says: defaults, and a sentence for what nobody could use."""

import math
from pathlib import Path

import platformdirs
import pytest

from community_partners.errors import UserError
from community_partners.settings import Settings


def test_nothing_is_set() -> None:
    settings = Settings.read({})
    assert settings.github_token is None
    assert settings.github_graphql_url == "https://api.github.com/graphql"
    assert math.isclose(settings.timeout, 20)


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"PARTNERS_CACHE": "here"}, Path("here")),
        ({"PARTNERS_CACHE": "here", "GITHUB_ACTIONS": "true"}, Path("here")),
        ({"GITHUB_ACTIONS": "true"}, None),
        ({"PARTNERS_CACHE": ""}, None),
        ({}, platformdirs.user_cache_path("community-partners") / "api.github.com"),
        (
            {"GITHUB_GRAPHQL_URL": "https://code.example/api/graphql"},
            platformdirs.user_cache_path("community-partners") / "code.example",
        ),
    ],
    ids=[
        "named",
        "named in Actions",
        "in Actions",
        "nowhere",
        "a person's machine",
        "another server",
    ],
)
def test_where_public_facts_are_kept(environ: dict[str, str], folder: Path | None) -> None:
    """A runner is thrown away: what it keeps is named, so that a step can save it."""
    assert Settings.read(environ).cache == folder


@pytest.mark.parametrize("text", ["20s", "0", "-1", "nan", "inf", "-inf", "601", "1e308", "x"])
def test_a_timeout_that_is_none(text: str) -> None:
    with pytest.raises(UserError) as caught:
        Settings.read({"PARTNERS_TIMEOUT": text})
    assert str(caught.value) == (
        "PARTNERS_TIMEOUT is not a time to wait. Write seconds, above 0 and up to 600, such as 20."
    )


@pytest.mark.parametrize("text", ["0.3", "20", " 20\n", "600"])
def test_a_timeout(text: str) -> None:
    assert math.isclose(Settings.read({"PARTNERS_TIMEOUT": text}).timeout, float(text))


URLS = [
    *("GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL"),
    *("OPENCOLLECTIVE_API_URL", "EXCHANGE_RATES_URL"),
]


@pytest.mark.parametrize("variable", URLS)
@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "api.github.com",
        "ftp://api.github.com",
        "https://",
        "https://[",
        "https://a.example:port",
        "https://a.example:99999",
        "https://a b.example",
        "https://a.example/\n::error::x",
        "https://\u2603.example",
    ],
)
def test_an_address_that_is_none(variable: str, text: str) -> None:
    with pytest.raises(UserError) as caught:
        Settings.read({variable: text})
    assert str(caught.value).startswith(f"{variable} is not the address of a server. ")


@pytest.mark.parametrize("spaced", ["{}", "{}/", " {}\n"])
def test_an_address(spaced: str) -> None:
    settings = Settings.read({"GITHUB_API_URL": spaced.format("https://a.example/api")})
    assert settings.github_api_url == "https://a.example/api"
    assert settings.github_graphql_url == "https://a.example/api/graphql"


TOKENS = ["GITHUB_TOKEN", "SPONSORS_TOKEN", "OPENCOLLECTIVE_TOKEN"]


@pytest.mark.parametrize("variable", TOKENS)
@pytest.mark.parametrize(
    "text", ["gh secret", "gh\nsecret", "gh\tsecret", "gh\u2013secret", "gh\x00secret", "gh\u00a0s"]
)
def test_a_token_that_is_none_is_not_repeated(variable: str, text: str) -> None:
    with pytest.raises(UserError) as caught:
        Settings.read({variable: text})
    assert str(caught.value) == (
        f"{variable} holds a space or another character that is in no token. Set it to the token "
        "alone, without quotes or a second line."
    )
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("text", ["ghs_1", " ghs_1", "ghs_1\n", "\tghs_1\r\n"])
def test_a_token(text: str) -> None:
    settings = Settings.read({"GITHUB_TOKEN": text})
    assert settings.github_token == "ghs_1"
    assert "ghs_1" not in repr(settings)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_token_is_none(text: str) -> None:
    assert Settings.read({"GITHUB_TOKEN": text}).github_token is None
