"""One word of program.yml is replaced, and not a byte of the rest."""

import pytest

from community_partners.errors import UserError
from community_partners.intake.program import with_edition
from program_folder import POLICY, ROOT

LATER = "2027-01"
FLOW = "sponsorship: {base: USD 100, edition: 2026-01, months: 3}\n"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (POLICY, POLICY.replace("edition: 2026-01", "edition: 2027-01")),
        (FLOW, FLOW.replace("2026-01", LATER)),
        ('sponsorship:\n  edition: "2026-01"\n', 'sponsorship:\n  edition: "2027-01"\n'),
        (
            "# edition: 2026-01\r\nsponsorship:\r\n  edition:   2026-01   # of 2026-01\r\n",
            "# edition: 2026-01\r\nsponsorship:\r\n  edition:   2027-01   # of 2026-01\r\n",
        ),
        (
            "sponsorship:\n  edition: 2026-01\n  partner_editions:\n    - {edition: 2026-01}\n",
            "sponsorship:\n  edition: 2027-01\n  partner_editions:\n    - {edition: 2026-01}\n",
        ),
    ],
)
def test_what_is_replaced(text: str, changed: str) -> None:
    assert with_edition(text, "program.yml", LATER) == changed


def test_the_published_program_keeps_its_comments() -> None:
    text = (ROOT / "program.yml").read_text("utf-8")
    lines = zip(
        text.splitlines(), with_edition(text, "program.yml", LATER).splitlines(), strict=True
    )
    [(before, after)] = [(one, other) for one, other in lines if one != other]
    assert after == before.replace("edition: 2026-01", "edition: 2027-01")
    assert after.strip() != "edition: 2027-01", "the comment is there"


@pytest.mark.parametrize(
    "text",
    [
        "sponsorship: {editions: [{edition: 2026-01}], edition: 2026-01}\n",
        "sponsorship:\n  edition:\n    2026-01\n",
        'sponsorship:\n  edition: "2026\\x2d01"\n',
        'sponsorship: {"edition": 2026-01}\n',
    ],
)
def test_what_takes_a_person(text: str) -> None:
    with pytest.raises(UserError, match=r"program.yml, line \d: .* Write 2027-01 by hand"):
        with_edition(text, "program.yml", LATER)
