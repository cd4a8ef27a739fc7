"""What the environment says, read once by cli. No other module reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Tokens are None where unset or empty; they never show in repr."""

    github_token: str | None = field(repr=False)
    sponsors_token: str | None = field(repr=False)
    open_collective_token: str | None = field(repr=False)
    github_api_url: str
    github_graphql_url: str
    github_server_url: str
    open_collective_api_url: str
    exchange_rates_url: str
    repository: str | None
    event_path: Path | None
    event_name: str | None
    step_summary: Path | None
    output: Path | None
    cache: Path | None
    timeout: float
    in_actions: bool

    @property
    def web_url(self) -> str:
        """The repository's page, for people."""
        return f"{self.github_server_url}/{self.repository}"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Names as GitHub Actions sets them, and ours. An empty value counts as none."""
        get = {name: value for name, value in environ.items() if value}.get
        path = {
            name: Path(value)
            for name in (
                "GITHUB_EVENT_PATH",
                "GITHUB_STEP_SUMMARY",
                "GITHUB_OUTPUT",
                "PARTNERS_CACHE",
            )
            if (value := get(name))
        }.get
        api = get("GITHUB_API_URL") or "https://api.github.com"
        return cls(
            github_token=get("GITHUB_TOKEN"),
            sponsors_token=get("SPONSORS_TOKEN"),
            open_collective_token=get("OPENCOLLECTIVE_TOKEN"),
            github_api_url=api,
            github_graphql_url=get("GITHUB_GRAPHQL_URL") or f"{api}/graphql",
            github_server_url=get("GITHUB_SERVER_URL") or "https://github.com",
            open_collective_api_url=get("OPENCOLLECTIVE_API_URL")
            or "https://api.opencollective.com/graphql/v2",
            exchange_rates_url=get("EXCHANGE_RATES_URL")
            or "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
            repository=get("GITHUB_REPOSITORY"),
            event_path=path("GITHUB_EVENT_PATH"),
            event_name=get("GITHUB_EVENT_NAME"),
            step_summary=path("GITHUB_STEP_SUMMARY"),
            output=path("GITHUB_OUTPUT"),
            cache=path("PARTNERS_CACHE"),
            timeout=float(get("PARTNERS_TIMEOUT") or 20),
            in_actions=get("GITHUB_ACTIONS") == "true",
        )
