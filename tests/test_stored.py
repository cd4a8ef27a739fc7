"""Stored evidence: the same value, the same bytes; and a digest of facts, not of moments."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import ASKED_AT, answered, evidence, failed, member, payment, sponsorship
from community_partners.intake.evidence_file import (
    read_evidence,
    read_month_evidence,
    write_evidence,
)
from community_partners.model.evidence import Evidence, MonthEvidence
from community_partners.model.partner import Partner
from community_partners.model.problem import Place
from community_partners.stored import EvidenceDigests, digest, digest_of, dump, keep, load
from month_builders import month_evidence, partner

EXAMPLES = Path(__file__).parents[1] / "examples" / "evidence"


def test_it_reads_back_to_the_same_value(tmp_path: Path) -> None:
    stored = evidence()
    write_evidence(stored, tmp_path / "e.json")
    assert read_evidence(tmp_path / "e.json") == stored


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("[a-z]*.json")), ids=lambda path: path.stem)
def test_what_ships_is_written_as_we_write(path: Path) -> None:
    stored: Evidence | MonthEvidence
    of_a_month = path.stem[0].isdigit()
    stored = read_month_evidence(path) if of_a_month else read_evidence(path)
    assert dump(stored, type(stored)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("2*.json")), ids=lambda path: path.stem)
def test_so_is_a_month(path: Path) -> None:
    assert dump(read_month_evidence(path), MonthEvidence) == path.read_text(encoding="utf-8")


def test_the_digest_is_of_facts_not_of_moments() -> None:
    stored = evidence()
    later = replace(
        stored, accounts=replace(stored.accounts, asked_at=ASKED_AT + timedelta(hours=1))
    )
    other = replace(stored, sponsorship=answered(sponsorship(payment("2026-08-02"))))
    assert digest(later) == digest(stored)
    assert digest(other) != digest(stored)


def test_a_partner_may_be_called_like_one_of_our_fields() -> None:
    """Only the moment and the place of our own values are left out, not what others name so."""
    paid = month_evidence([partner("place")])
    unpaid = replace(paid, sponsorships={"place": answered(sponsorship())})
    digests = EvidenceDigests()
    assert digests.of(paid) != digests.of(unpaid)


def test_where_a_record_stands_is_no_fact() -> None:
    here = partner("acme", member(place=Place(document="a.yml", line=3)))
    there = partner("acme", member(place=Place(document="b.yml", line=4)))
    assert digest_of(here, Partner) == digest_of(there, Partner)
    assert digest_of(here, Partner) != digest_of(partner("acme", member("other")), Partner)


def test_an_unknown_key_is_refused() -> None:
    data = json.loads(dump(evidence(), Evidence))
    with pytest.raises(Exception, match=r"surprise|Evidence"):
        load({**data, "surprise": 1}, Evidence)


def test_a_failure_that_may_pass_says_no_more_than_it_did() -> None:
    """Evidence that was stored before there was a word for those that last keeps its bytes."""
    passing = replace(evidence(), sponsorship=failed("Silence."))
    lasting = replace(passing, sponsorship=replace(passing.sponsorship, lasting=True))
    assert "lasting" not in dump(passing, Evidence)
    assert load(json.loads(dump(lasting, Evidence)), Evidence) == lasting


def test_a_draft_of_a_run_that_was_killed_is_removed(tmp_path: Path) -> None:
    """Killed before the draft became the file: neither it nor a folder stays."""
    path = tmp_path / "cache" / "rates.json"
    path.parent.mkdir()
    (path.parent / ".rates.json.0123456789abcdef.draft").write_text("{", "utf-8")
    (path.parent / "another.json").write_text("{}", "utf-8")
    keep(path, b"{}\n")
    keep(path, b"[]\n")
    assert sorted(one.name for one in path.parent.iterdir()) == ["another.json", "rates.json"]
    assert path.read_bytes() == b"[]\n"


def test_what_cannot_be_kept_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    keep(tmp_path / "file" / "rates.json", b"{}")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
