"""What a proposal of newer prices says, beside golden files; `BLESS=1` writes them."""

import os
from pathlib import Path

import pytest

from community_partners.words.price_pull import PriceRow, edition_pull, table_pull
from community_partners.words.reply import LONGEST

GOLDEN = Path(__file__).parent / "golden"
ROWS = (
    PriceRow(
        organizations=("Acme GmbH", "Bolt | <b>Labs</b> @everyone"),
        country="Germany",
        now="EUR 99",
        then="EUR 101",
        percent="+2.0 %",
    ),
    PriceRow(
        organizations=("Cedar",), country="Albania", now="no price", then="ALL 9804", percent=None
    ),
)
CASES = {
    "price-edition": edition_pull("2026-01", "2027-01", ROWS, 40, "main", "program.yml"),
    "price-edition-elsewhere": edition_pull("2026-01", "2027-01", (), 1, "main", "program.yml"),
    "price-table": table_pull(["2026-07", "2027-01"], "main"),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    pull = CASES[name]
    text = f"{pull.head}: {pull.title}\n\n{pull.body}"
    path = GOLDEN / f"{name}.md"
    if os.environ.get("BLESS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_names_make_it_longer_than_github_takes() -> None:
    """Whoever applies is in the table, whatever name the form gives."""
    row = PriceRow(
        organizations=("&" * 5000,), country="Bosnia", now="EUR 9", then="EUR 10", percent=None
    )
    pull = edition_pull("2026-01", "2027-01", [row] * 120, 0, "main", "program.yml")
    assert len(pull.body) <= LONGEST
    assert "**Partners keep their terms**" in pull.body
