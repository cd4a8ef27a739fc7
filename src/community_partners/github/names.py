"""Read logins, repositories' names and addresses in GitHub's answers, and refuse what is none.

They stand in sentences, addresses and files, so one that does not look as GitHub makes it is odd.
Titles and texts may hold anything: they are escaped where they are shown. Raises TypeError or
ValueError for anything odd.
"""

import re
from collections.abc import Mapping
from typing import Any

# https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
# Letters, digits and hyphens; `_` before the short code of an enterprise. An app's account ends in
# `[bot]`, but not in GraphQL.
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}(?:\[bot\])?")
# An account that an import made stands for one elsewhere, and has the login from there.
_MANNEQUIN = re.compile(r"[!-~]{1,255}")
_REPOSITORY = re.compile(r"[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}")
_ADDRESS = re.compile(r"https://[!-~]{1,2000}")


def login(value: Any) -> str:
    """Return the login of a person, an organization or an app."""
    return _like(_LOGIN, value)


def login_of(actor: Mapping[str, Any]) -> str:
    """Return the login of GraphQL's `actor`, of any type; its `__typename` was asked for."""
    return _like(_MANNEQUIN if actor["__typename"] == "Mannequin" else _LOGIN, actor["login"])


def rest_login_of(actor: Mapping[str, Any]) -> str:
    """Return the login as REST writes it: an app's ends in `[bot]`, which no person's can."""
    return login_of(actor) + ("[bot]" if actor["__typename"] == "Bot" else "")


def repository_name(value: Any) -> str:
    """Return the name of a repository: `owner/name`."""
    return _like(_REPOSITORY, value)


def address(value: Any) -> str:
    """Return the address of a page on GitHub: it begins with `https://` and has no space."""
    return _like(_ADDRESS, value)


def _like(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(value)
    return str(value)
