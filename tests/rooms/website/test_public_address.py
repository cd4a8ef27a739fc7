"""Only addresses of the public internet are connected to."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_partners.website.public_address import is_public
from fakes.websites import PRIVATE
from many_cases import many


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["", "acme.example", "0x7f.1", "127.1", "2130706433", "010.8.8.8"]
)
def test_what_is_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "140.82.121.4", "2606:4700::6810:84e5"])
def test_usual_addresses_are_public(address: str) -> None:
    assert is_public(address)


@settings(max_examples=many(1000))
@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_nothing_is_public_that_python_holds_for_special(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@settings(max_examples=many(1000))
@given(st.ip_addresses(v=4))
def test_no_ipv4_address_within_ipv6_is_public(inner: IPv4Address) -> None:
    number = int(inner)
    for prefix, shift in (("::", 0), ("::ffff:0:0", 0), ("64:ff9b::", 0), ("2002::", 80)):
        outer = IPv6Address(int(ip_address(prefix)) | number << shift)
        assert not is_public(str(outer))
