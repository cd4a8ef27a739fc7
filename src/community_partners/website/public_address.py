"""Tell public IP addresses from those of private networks and of special use.

https://www.iana.org/assignments/iana-ipv4-special-registry
https://www.iana.org/assignments/iana-ipv6-special-registry
"""

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

# Written out, since Python's own table differs between its versions:
# https://github.com/python/cpython/issues/113171
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a provider
        "127.0.0.0/8",  # loopback
        # https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
        "168.63.129.16/32",  # the inner side of Azure, where GitHub's runners are
        "169.254.0.0/16",  # link-local, with the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocols: Teredo, ORCHID, benchmarks, AS112
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
# https://www.iana.org/assignments/ipv6-address-space
# All else of IPv6 is special or unused: mapped IPv4, NAT64, unique local, link-local, multicast.
_GLOBAL_UNICAST = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet; False for any other text."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except (AddressValueError, ValueError):
        return False
    if found.version == 6 and (found not in _GLOBAL_UNICAST or "%" in address):
        return False
    return not any(found in network for network in _NOT_PUBLIC)
