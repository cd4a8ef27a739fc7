"""Read the settings of a run from the environment, which only `commands/wiring.py` hands over.

Decides the value of a variable that is not set; an unusable value raises UserError.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import platformdirs

from .errors import UserError

BIG_MAC_PRICES = (
    "https://raw.githubusercontent.com/TheEconomist/big-mac-data/master"
    "/output-data/big-mac-raw-index.csv"
)
LONGEST_TIMEOUT = 600.0  # seconds; a longer wait for one answer brings nothing


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one run.

    Tokens are None where unset or empty, and never show in `repr`. `timeout`: seconds. `cache`: the
    folder that keeps public facts; None if nothing is kept, as in a workflow that names no folder.
    """

    github_token: str | None = field(repr=False)
    sponsors_token: str | None = field(repr=False)
    open_collective_token: str | None = field(repr=False)
    github_api_url: str
    github_graphql_url: str
    github_server_url: str
    open_collective_api_url: str
    exchange_rates_url: str
    big_mac_prices_url: str
    repository: str | None
    event_path: Path | None
    event_name: str | None
    step_summary: Path | None
    output: Path | None
    cache: Path | None
    timeout: float

    def token_for_github(self) -> str:
        """Return GITHUB_TOKEN. Raises UserError with the remedy if it is not set."""
        if self.github_token is None:
            raise UserError(
                "GITHUB_TOKEN is not set, and GitHub answers nobody without a token. In a workflow "
                "hand it over in `env`; elsewhere set it: `export GITHUB_TOKEN=$(gh auth token)`."
            )
        return self.github_token

    @property
    def web_url(self) -> str:
        """The address of the repository's page, for people."""
        return f"{self.github_server_url}/{self.repository}"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Read the variables that GitHub Actions sets, and our own. An empty value counts as unset.

        Raises UserError with the variable's name and the remedy, never with a token.
        """
        get = {name: value for name, value in environ.items() if value.strip()}.get

        def address(variable: str, otherwise: str) -> str:
            return _url(variable, get(variable) or otherwise)

        api = address("GITHUB_API_URL", "https://api.github.com")
        graphql = address("GITHUB_GRAPHQL_URL", f"{api}/graphql")
        return cls(
            github_token=_token("GITHUB_TOKEN", get("GITHUB_TOKEN")),
            sponsors_token=_token("SPONSORS_TOKEN", get("SPONSORS_TOKEN")),
            open_collective_token=_token("OPENCOLLECTIVE_TOKEN", get("OPENCOLLECTIVE_TOKEN")),
            github_api_url=api,
            github_graphql_url=graphql,
            github_server_url=address("GITHUB_SERVER_URL", "https://github.com"),
            open_collective_api_url=address(
                "OPENCOLLECTIVE_API_URL", "https://api.opencollective.com/graphql/v2"
            ),
            exchange_rates_url=address(
                "EXCHANGE_RATES_URL",
                "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
            ),
            big_mac_prices_url=address("BIG_MAC_PRICES_URL", BIG_MAC_PRICES),
            repository=get("GITHUB_REPOSITORY"),
            event_path=_path(get("GITHUB_EVENT_PATH")),
            event_name=get("GITHUB_EVENT_NAME"),
            step_summary=_path(get("GITHUB_STEP_SUMMARY")),
            output=_path(get("GITHUB_OUTPUT")),
            cache=_cache(environ.get("PARTNERS_CACHE"), get("GITHUB_ACTIONS") == "true", graphql),
            timeout=_timeout(get("PARTNERS_TIMEOUT") or "20"),
        )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _token(variable: str, value: str | None) -> str | None:
    """Return a token without the spaces and line breaks around it, or None if nothing is left.

    Secrets are often pasted with a line break at the end. Raises UserError, with the name of the
    `variable`, if another character than visible ASCII is left: it could break the HTTP header.
    """
    token = (value or "").strip()
    if not re.fullmatch(r"[!-~]*", token):
        raise UserError(
            f"{variable} holds a space or another character that is in no token. Set it to the "
            "token alone, without quotes or a second line."
        )
    return token or None


def _url(variable: str, value: str) -> str:
    """Return a server's address without a slash at the end; raises UserError for any other text."""
    url = value.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", url):
        raise UserError(
            f"{variable} is not the address of a server. Write one such as "
            "https://api.example.com, or leave it unset."
        )
    return url


def _timeout(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise UserError(
            "PARTNERS_TIMEOUT is not a time to wait. Write seconds, above 0 and up to "
            f"{LONGEST_TIMEOUT:.0f}, such as 20."
        )
    return seconds


def _cache(named: str | None, in_actions: bool, graphql_url: str) -> Path | None:
    """Return the folder that keeps public facts, or None if nothing is kept.

    `named`: the variable PARTNERS_CACHE; empty means that nothing is kept. On a person's machine,
    each server has its own folder, because the same name means another account there. A workflow's
    machine is thrown away, so its folder must be named, for a step that saves it.
    """
    if named is not None or in_actions:
        return _path(named)
    host = urlsplit(graphql_url).hostname or ""
    return platformdirs.user_cache_path("community-partners") / host
