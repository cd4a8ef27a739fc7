"""A GraphQL question over HTTP. Decides what is an answer: JSON with `data`, in part or whole.

Errors come back as values beside the partial data; whether they matter is for the source to say.
Of a server's words only codes are kept: a message may echo a token or whatever a stranger wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from requests import Response

from .session import NoAnswerError, Session, is_rate_limit, refusal

_CODE = re.compile(r"[A-Za-z_]{1,60}")


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLError:
    """`code`: GitHub's `type` or Open Collective's `extensions.code`; `path`: where in the data."""

    code: str
    path: tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """`data` as sent, with null where an error stands in `errors`."""

    data: dict[str, Any]
    errors: tuple[GraphQLError, ...]


class GraphQL:
    """One endpoint. Every call is one question; GitHub's points are read from `rateLimit.cost`."""

    def __init__(self, session: Session, url: str) -> None:
        self.url = url
        self._session = session

    @property
    def name(self) -> str:
        return self._session.name

    def ask(self, query: str, variables: Mapping[str, Any]) -> Reply:
        """Raises NoAnswerError with a sentence for silence, refusal, garbage and empty data."""
        response = self._session.post(self.url, {"query": query, "variables": dict(variables)})
        body = {} if is_rate_limit(response) else self._body(response)
        errors = tuple(_error(entry) for entry in _list(body.get("errors")))
        data = body.get("data")
        if response.status_code != 200 or not isinstance(data, dict):
            codes = {error.code for error in errors}
            what = ", ".join(sorted(codes)) or "no data"
            raise refusal(self.name, response, what, codes)
        self._count(data)
        return Reply(data=data, errors=errors)

    def _body(self, response: Response) -> dict[str, Any]:
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        if isinstance(body, dict):
            return body
        status = response.status_code
        raise NoAnswerError(
            f"{self.name} sent something that is not an answer (HTTP {status}).", {f"HTTP_{status}"}
        )

    def _count(self, data: dict[str, Any]) -> None:
        limit = data.get("rateLimit")
        if isinstance(limit, dict) and isinstance(limit.get("cost"), int):
            self._session.meter.points += limit["cost"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _error(entry: Any) -> GraphQLError:
    entry = entry if isinstance(entry, dict) else {}
    extensions = entry.get("extensions")
    code = entry.get("type") or (extensions.get("code") if isinstance(extensions, dict) else None)
    path = tuple(step for step in _list(entry.get("path")) if isinstance(step, (str, int)))
    known = isinstance(code, str) and _CODE.fullmatch(code)
    return GraphQLError(code=str(code) if known else "error", path=path)
