"""Reads one version of `.all-contributorsrc`: which people it names, and for what.

https://allcontributors.org/docs/en/bot/configuration
An entry that cannot be read takes no other entry along. `rules/all_contributors.py` decides which
entries are new.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from ..model.all_contributors import Helper, ListCommit, ListVersion
from ..model.problem import Place, Problem, first_of, quoted
from ..model.program import AllContributors
from .profile_address import read_account

# https://allcontributors.org/docs/en/emoji-key
TYPES = (
    *("a11y", "audio", "blog", "bug", "business", "code", "content", "data", "design", "doc"),
    *("eventOrganizing", "example", "financial", "fundingFinding", "ideas", "infra", "maintenance"),
    *("mentoring", "platform", "plugin", "projectManagement", "promotion", "question", "research"),
    *("review", "security", "talk", "test", "tool", "translation", "tutorial", "userTesting"),
    "video",
)
LARGEST = 1_000_000  # characters; GitHub shows half of that
# As in the records; and an app's, which is no person.
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]{1,10})?")
_APP = re.compile(r"[A-Za-z0-9-]{1,100}\[bot\]")
# The picture of an account has its number: https://avatars.githubusercontent.com/u/583231?v=4
_PICTURE = re.compile(r"https://avatars[0-9]*\.githubusercontent\.com/u/([0-9]{1,20})(?:\?|$)")


def read_list(commit: ListCommit, rule: AllContributors) -> ListVersion:
    """Return the people in the list as a commit left it, with the problems of that version."""
    if commit.text is None:
        return ListVersion(commit=commit, helpers=None)
    told = _Told(commit.named(rule.repository))
    entries, known = _entries(commit.text, told, whole=commit.whole)
    known |= {*TYPES, *rule.kinds}
    if entries is None:
        return ListVersion(commit=commit, helpers=None, problems=told.all())
    helpers = tuple(_helpers(entries, known, told))
    return ListVersion(commit=commit, helpers=helpers, problems=told.all())


class _Told:
    """The problems of one version. `document`: its name in them."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._problems: list[Problem] = []

    def add(self, field: str | None, message: str, remedy: str) -> None:
        place = Place(document=self._document, field=field)
        self._problems.append(Problem(place=place, message=message, remedy=remedy))

    def all(self) -> tuple[Problem, ...]:
        return first_of(self._problems)


def _entries(text: str, told: _Told, *, whole: bool) -> tuple[list[Any] | None, set[str]]:
    """Return the entries of the list, None if it is none, and the types that it defines itself."""
    if not whole or len(text) > LARGEST:
        message = (
            f"GitHub does not show all of this file, or it has more than {LARGEST:,} characters."
        )
        told.add(None, message, "Keep it smaller; claim what this commit added by hand.")
        return None, set()
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        told.add(None, "This is not JSON.", "Correct it: the next commit then brings what is new.")
        return None, set()
    entries = data.get("contributors", []) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        told.add("contributors", "This is no list.", "Write a list of people.")
        return None, set()
    own = data.get("types")
    return entries, set(own) if isinstance(own, dict) else set()


def _helpers(entries: list[Any], known: Collection[str], told: _Told) -> Iterator[Helper]:
    for at, entry in enumerate(entries):
        field = f"contributors[{at}]"
        types = entry.get("contributions") if isinstance(entry, dict) else None
        if not isinstance(types, list):
            message = f"{_named(entry)} has no list `contributions`."
            told.add(field, message, "Write what the person did, such as `[doc]`.")
            continue
        written = entry.get("login")
        login = read_account(written, "github.com") if isinstance(written, str) else ""
        is_login = _LOGIN.fullmatch(login) is not None
        if not is_login and not _APP.fullmatch(login):
            message = f"{_named(entry)} is no login of a person on GitHub."
            told.add(f"{field}.login", message, "Write the login, such as example-user-1.")
        named = tuple(dict.fromkeys(one if isinstance(one, str) else "" for one in types))
        for one in named:
            if one not in known:
                message = f"{_named(entry)} has the type {quoted(one)}, which nobody knows."
                remedy = "Correct it, or add it to the `kinds` of this list in program.yml."
                told.add(f"{field}.contributions", message, remedy)
        if keys := _keys(login, entry):
            yield Helper(keys=keys, login=login if is_login else None, types=named)


def _named(entry: Any) -> str:
    """Return the login of an entry, or the name, in quotation marks."""
    found = [entry.get("login"), entry.get("name")] if isinstance(entry, dict) else [entry]
    return next((quoted(one) for one in found if one and isinstance(one, str)), "This entry")


def _keys(login: str, entry: dict[str, Any]) -> frozenset[str]:
    """Return what tells a person in all versions of the list, also after a change of the login."""
    found = {f"login {login.casefold()}"} if login else set()
    picture, name, page = (entry.get(key) for key in ("avatar_url", "name", "profile"))
    if isinstance(picture, str) and (number := _PICTURE.match(picture)):
        found.add(f"number {int(number[1])}")
    if isinstance(name, str) and isinstance(page, str) and name and page:
        found.add(f"name {name.casefold()} {page.casefold()}")
    return frozenset(found)
