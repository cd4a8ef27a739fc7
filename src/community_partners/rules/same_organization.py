"""Compares two organizations field by field. The criteria decide what an agreement means."""

from typing import Protocol

from ..model.application import Platform
from ..model.website import one_within_other, website_address
from .alike_names import names_alike, spelled_alike


class Organization(Protocol):
    """The fields of an organization that an application, a partner and a form have in common."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def website(self) -> str: ...
    @property
    def platform(self) -> Platform | str: ...
    @property
    def account(self) -> str: ...


def same_website(one: Organization, other: Organization) -> bool:
    """Tell whether host and path of the two websites are equal."""
    address = website_address(one.website)
    return bool(address) and address == website_address(other.website)


def websites_alike(one: Organization, other: Organization) -> bool:
    """Tell whether the two websites are equal or look alike, or one address contains the other."""
    mine, theirs = website_address(one.website), website_address(other.website)
    return one_within_other(mine, theirs) or spelled_alike(mine, theirs)


def same_account(one: Organization, other: Organization) -> bool:
    """Tell whether both pay from the same account on the same platform."""
    mine, theirs = ((a.platform, a.account.casefold()) for a in (one, other))
    return bool(one.account) and mine == theirs


def same_name(one: Organization, other: Organization) -> bool:
    """Tell whether the two names look alike to people."""
    return names_alike(one.name, other.name)


def same_slug(one: Organization, other: Organization) -> bool:
    return bool(one.slug) and one.slug == other.slug


def in_common(one: Organization, other: Organization) -> tuple[str, ...]:
    """Return the fields in which two organizations agree, in words; empty if in none."""
    agrees = {
        "short name": same_slug(one, other),
        "name": same_name(one, other),
        "website": same_website(one, other),
        "domain": websites_alike(one, other) and not same_website(one, other),
        "paying account": same_account(one, other),
    }
    return tuple(word for word, same in agrees.items() if same)
