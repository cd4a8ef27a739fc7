"""A website, https://acme.example/, and its name server."""

from collections.abc import Iterator

import pytest

from fakes.websites import HOSTS, PUBLIC, FakeDns, FakeWebsite, World


@pytest.fixture
def world() -> Iterator[World]:
    with FakeWebsite() as site, FakeDns() as dns:
        for host in HOSTS:
            dns.records[host, "A"] = [PUBLIC]
        yield World(site=site, dns=dns)
