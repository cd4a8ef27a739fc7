"""Reads what GitHub's REST answered: its JSON, or an error where the shape is not as documented."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from github.Repository import Repository
from requests.utils import parse_header_links

Json = Mapping[str, Any]
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]


class OddAnswerError(Exception):
    """An answer that is none, such as a page of HTML with the status of success."""


def call(
    of: Repository, verb: Method, path: str, body: Any = None, query: Json | None = None
) -> tuple[Json, Any]:
    """Headers by lower-case name, and the JSON. `path` begins behind the repository's.

    Raises what PyGithub raises for refusals, and OddAnswerError.
    """
    asked = dict(query) if query else None
    try:
        return of.requester.requestJsonAndCheck(verb, f"{of.url}/{path}", asked, input=body)
    except (ValueError, AttributeError, TypeError):  # PyGithub stumbles over what was sent
        raise OddAnswerError from None


def object_in(answer: Any, **kinds: type) -> Json:
    """The answer, if it is an object whose fields have these types."""
    if isinstance(answer, dict) and all(isinstance(answer.get(k), kinds[k]) for k in kinds):
        return answer
    raise OddAnswerError


def text_in(answer: Json, name: str) -> str:
    """A text that may be null, as bodies are.

    Half a surrogate pair is legal in JSON, but nothing could print it.
    """
    value = answer.get(name) or ""
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace").decode()
    raise OddAnswerError


def next_page(headers: Json) -> Json | None:
    """The query of the page that follows; only its query: a link could lead anywhere."""
    links = parse_header_links(headers.get("link", ""))
    url = next((one["url"] for one in links if one.get("rel") == "next"), None)
    return None if url is None else dict(parse_qsl(urlsplit(url).query))


def login_in(data: Json) -> str | None:
    """Whose it is, by REST; None where the account is gone."""
    account = data.get("user")
    if account is None:
        return None
    return str(object_in(account, login=str)["login"])
