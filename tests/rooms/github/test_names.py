"""Logins, names of repositories and addresses: what GitHub makes is read, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from community_partners.github.names import address, login, login_of, repository_name, rest_login_of
from community_partners.wire.judgment import ODD

ODD_EVERYWHERE = ["", "a\0b", "a b", "a\nb", "a\x1bb", "\ud83d", "a\u202eb", "日本", "x" * 3000]
NO_TEXT: list[Any] = [None, True, 0, 7, [], ["acme"], {}, {"login": "acme"}, b"acme"]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (login, "acme"),
        (login, "Example-User-1"),
        (login, "octocat_acme"),
        (login, "-old-"),
        (login, "7"),
        (login, "github-actions[bot]"),
        (repository_name, "acme/site"),
        (repository_name, "acme/.github"),
        (repository_name, "acme_x/a.b-c_d"),
        (address, "https://github.com/acme/site/pull/7#issuecomment-1"),
        (address, "https://github.com/acme/site/blob/main/%20a"),
    ],
)
def test_what_github_makes_is_read(read: Callable[[Any], str], value: str) -> None:
    assert read(value) == value


@pytest.mark.parametrize("value", [*ODD_EVERYWHERE, *NO_TEXT], ids=lambda one: ascii(one)[:20])
@pytest.mark.parametrize("read", [login, repository_name, address])
def test_what_is_odd_is_refused(read: Callable[[Any], str], value: Any) -> None:
    with pytest.raises(ODD):
        read(value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (login, "acme/site"),
        (login, "::error::x"),
        (login, "[bot]"),
        (login, "acme[bot]x"),
        (login, "acme\n"),
        (repository_name, "acme"),
        (repository_name, "acme/site/x"),
        (repository_name, "/site"),
        (repository_name, "0000-13-45T99:99:99Z"),
        (address, "http://github.com/acme"),
        (address, "javascript:alert(1)"),
        (address, "https://"),
        (address, "https://github.com/a\u2028b"),
    ],
)
def test_what_has_another_form_is_refused(read: Callable[[Any], str], value: str) -> None:
    with pytest.raises(ODD):
        read(value)


def test_a_login_that_an_import_brought() -> None:
    """Such an account never counts, so it must not hinder those that do."""
    assert login_of({"__typename": "Mannequin", "login": "john.doe@x"}) == "john.doe@x"
    for odd in ("a\0b", "\ud83d", ""):
        with pytest.raises(ODD):
            login_of({"__typename": "Mannequin", "login": odd})
    with pytest.raises(ODD):
        login_of({"__typename": "User", "login": "john.doe@x"})


def test_an_app_is_told_from_a_person_of_its_name() -> None:
    assert rest_login_of({"__typename": "Bot", "login": "helper"}) == "helper[bot]"
    assert rest_login_of({"__typename": "User", "login": "helper"}) == "helper"
