"""Read answers of GitHub's REST API. An answer of an undocumented shape raises OddAnswerError."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from github.Repository import Repository
from requests.utils import parse_header_links

Json = Mapping[str, Any]
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]


class OddAnswerError(Exception):
    """Raised for an answer that cannot be used, such as an HTML page with HTTP status 200."""


def call(
    of: Repository, verb: Method, path: str, body: Any = None, query: Json | None = None
) -> tuple[Json, Any]:
    """Send a request, and return the answer's headers, by lower-case name, and its JSON.

    `path`: below the address of the repository. Raises what PyGithub raises for refusals and
    silence, and OddAnswerError.
    """
    asked = dict(query) if query else None
    try:
        return of.requester.requestJsonAndCheck(verb, f"{of.url}/{path}", asked, input=body)
    except (ValueError, AttributeError, TypeError):  # PyGithub could not read the answer
        raise OddAnswerError from None


def object_in(answer: Any, **kinds: type) -> Json:
    """Return the answer if it is a JSON object whose fields have these types.

    Raises OddAnswerError for any other answer.
    """
    if isinstance(answer, dict) and all(isinstance(answer.get(k), kinds[k]) for k in kinds):
        return answer
    raise OddAnswerError


def text_in(answer: Json, name: str) -> str:
    """Return a text field of an answer; an empty text for null, as in an issue without a body.

    JSON allows half a surrogate pair, which nothing could print: `?` stands in its place. Raises
    OddAnswerError for a field that is no text.
    """
    value = answer.get(name) or ""
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace").decode()
    raise OddAnswerError


def next_page(headers: Json) -> Json | None:
    """Return the query of the next page, from the `link` header; None on the last page.

    Only the query of the link is used, because the link could lead to another server.
    """
    links = parse_header_links(headers.get("link", ""))
    url = next((one["url"] for one in links if one.get("rel") == "next"), None)
    return None if url is None else dict(parse_qsl(urlsplit(url).query))


def login_in(data: Json) -> str | None:
    """Return the login of the author of an issue or comment; None for a deleted account."""
    account = data.get("user")
    if account is None:
        return None
    return str(object_in(account, login=str)["login"])
