"""The hidden line that says whom waivers are for."""

import pytest

from community_partners.model.command import Holder
from community_partners.output.again import again_line, look_again_on
from community_partners.output.holder import holder_in, holder_line
from community_partners.output.marker import marker

HOLDER = Holder(identity="0a" * 32, since=1234567890123)
FIRST, TEXT = marker("verdict eligible 0"), "### Eligible\n"


@pytest.mark.parametrize("again", ["", marker("again 2026-12-01")])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_it_reads_back_beside_the_other_hidden_lines(again: str, ends: str) -> None:
    text = f"{FIRST}{again}{holder_line(HOLDER)}{TEXT}".replace("\n", ends)
    assert holder_in(text) == HOLDER
    assert bool(look_again_on(text)) is bool(again)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}{again_line(None)}{TEXT}",
        f"{FIRST}{TEXT}{holder_line(HOLDER)}",
        f"{FIRST}{marker('holder 0a 1')}{TEXT}",
        "",
    ],
    ids=["older", "below what others wrote", "not whole", "nothing"],
)
def test_what_does_not_say(text: str) -> None:
    assert holder_in(text) is None
    assert holder_line(None) == ""
