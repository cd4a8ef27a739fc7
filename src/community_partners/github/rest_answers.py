"""Read answers of GitHub's REST API. An answer of an undocumented shape raises OddAnswerError."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests.utils import parse_header_links

from ..wire.answers import text
from ..wire.judgment import ODD, OddAnswerError

Json = Mapping[str, Any]
_RELATIONS = {"first", "prev", "next", "last"}


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
    OddAnswerError for a field that is missing or no text.
    """
    try:
        return "" if answer[name] is None else text(answer[name])
    except ODD:
        raise OddAnswerError from None


def next_page(headers: Json) -> Json | None:
    """Return the query of the next page, from the `link` header; None on the last page.

    https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers
    Only the query of the link is used, because the link could lead to another server. Raises
    OddAnswerError for a header that cannot be read: it is not the end of the list.
    """
    if not headers.get("link"):
        return None
    try:
        links = {one["rel"]: one["url"] for one in parse_header_links(headers["link"])}
        if not links or not _RELATIONS.issuperset(links):
            raise ValueError(headers["link"])
        return dict(parse_qsl(urlsplit(links["next"]).query)) if "next" in links else None
    except ODD:
        raise OddAnswerError from None


def login_in(data: Json) -> str | None:
    """Return the login of the author of an issue or comment; None for a deleted account.

    Raises OddAnswerError if the author is missing: that would look like a text of somebody else.
    """
    if "user" in data and data["user"] is None:
        return None
    return text_in(object_in(data.get("user"), login=str), "login")
