"""Read answers of GitHub's REST API. An answer of an undocumented shape raises OddAnswerError."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from requests.utils import parse_header_links

from ..wire.answers import integer, text
from ..wire.judgment import ODD, OddAnswerError
from .names import address, login, repository_name

Json = Mapping[str, Any]
T = TypeVar("T")
_RELATIONS = {"first", "prev", "next", "last"}
_STATES = {"open": True, "closed": False}
_LOOKS: Mapping[str, Callable[[Any], Any]] = {"html_url": address, "url": address, "login": login}
_PAGE = re.compile(r"[0-9]{1,9}")


def object_in(answer: Any, **kinds: type) -> Json:
    """Return the answer if it is a JSON object whose fields have these types.

    A login and an address must look like one, too. Raises OddAnswerError for any other answer.
    """
    if not isinstance(answer, dict):
        raise OddAnswerError
    for name, kind in kinds.items():
        value = answer.get(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise OddAnswerError
        _read(_LOOKS.get(name, kind), value)
    return answer


def text_in(answer: Json, name: str) -> str:
    """Return a text field of an answer.

    JSON allows half a surrogate pair, which nothing could print: `?` stands in its place. Raises
    OddAnswerError for a field that is missing, null or no text.
    """
    return _read(text, answer.get(name))


def maybe_text_in(answer: Json, name: str) -> str:
    """Return what `text_in` returns; an empty text for null, as in an issue without a body."""
    return "" if name in answer and answer[name] is None else text_in(answer, name)


def repository_in(answer: Json) -> str | None:
    """Return the `owner/name` of the answer's `repo`; None for null: the fork was deleted."""
    if "repo" in answer and answer["repo"] is None:
        return None
    return _read(repository_name, object_in(answer.get("repo")).get("full_name"))


def number_in(answer: Json) -> int | None:
    """Return the number of the account that wrote it; None for a bot's or a deleted account."""
    user = answer.get("user")
    if user is None or object_in(user).get("type") != "User":
        return None
    return _read(integer, user.get("id"))


def is_open(answer: Json) -> bool:
    """Tell whether an issue or pull request is open."""
    return _read(_STATES.__getitem__, answer.get("state"))


def _read(read: Callable[[Any], T], value: Any) -> T:
    try:
        return read(value)
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
        if "next" not in links:
            return None
        query = dict(parse_qsl(urlsplit(links["next"]).query))
        if not _PAGE.fullmatch(query.get("page", "1")):
            raise ValueError(query)
        return query
    except ODD:
        raise OddAnswerError from None


def login_in(data: Json) -> str | None:
    """Return the login of the author of an issue or comment; None for a deleted account.

    Raises OddAnswerError if the author is missing: that would look like a text of somebody else.
    """
    if "user" in data and data["user"] is None:
        return None
    return text_in(object_in(data.get("user"), login=str), "login")
