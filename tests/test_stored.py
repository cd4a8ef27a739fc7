"""Stored evidence: the same value, the same bytes; and a digest of facts, not of moments."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import (
    ASKED_AT,
    MAINTAINER,
    accepted,
    answered,
    claimed,
    contribution,
    day,
    evidence,
    failed,
    member,
    payment,
    sponsorship,
    work,
)
from community_partners.intake.evidence_file import (
    read_evidence,
    read_month_evidence,
    write_evidence,
)
from community_partners.model.contribution import Acceptance, Account, Contribution
from community_partners.model.evidence import Evidence, MonthEvidence
from community_partners.model.partner import Partner
from community_partners.model.problem import Place
from community_partners.model.ranking import Ranking
from community_partners.stored import (
    MonthDigests,
    digest,
    digest_of,
    dump,
    dump_lines,
    keep,
    load,
)
from month_builders import act, month_evidence, month_work, partner, ranking, row

EXAMPLES = Path(__file__).parents[1] / "examples" / "evidence"


def test_it_reads_back_to_the_same_value(tmp_path: Path) -> None:
    stored = evidence()
    write_evidence(stored, tmp_path / "e.json")
    assert read_evidence(tmp_path / "e.json") == stored


def test_so_does_work_however_it_was_accepted(tmp_path: Path) -> None:
    agent = Account(login="copilot-swe-agent", id=198982749, bot=True)
    asked = accepted("pull request", agent=agent, no_credit=True)
    imported = Acceptance(by=MAINTAINER, source="Savannah")
    acts = (
        contribution("2026-10-05", accepted=asked),
        contribution("2026-10-06", accepted=replace(asked, asked=False, approved_by=(agent,))),
        claimed("2026-10-07", accepted=imported),
    )
    stored = evidence(work=work(*acts))
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
    digests = MonthDigests()
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


MONTH = month_evidence()


def with_work(*contributions: Contribution) -> MonthEvidence:
    return replace(MONTH, work=month_work(*contributions))


DONE = act("2026-10-03", "acme-1")
OTHERS: tuple[dict[str, Any], ...] = (
    {"title": "Another"},
    {"url": "https://a.example/1"},
    {"kind": "issue"},
    {"day": day("2026-10-04")},
    {"repository": "project/other"},
    {"by": Account(login="acme-1", id=7)},
    {"by": Account(login="acme-1", bot=True)},
    {"of": Account(login="acme-1")},
)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: next(iter(other)))
def test_each_fact_of_a_contribution_is_in_the_digest(other: dict[str, Any]) -> None:
    digests = MonthDigests()
    assert digests.of(with_work(DONE)) != digests.of(with_work(replace(DONE, **other)))


def test_the_digest_of_a_month_is_the_same_alone_and_after_others() -> None:
    """Also if more contributions are in a month than go into the digest at once."""
    many = [act("2026-09-03", "acme-1", number) for number in range(1200)]
    first, second = with_work(*many), with_work(*many, DONE)
    digests = MonthDigests()
    found = [digests.of(one) for one in (first, second, first, second)]
    assert found == [MonthDigests().of(one) for one in (first, second)] * 2
    assert found[0] != found[1]


def test_when_a_month_of_work_was_asked_is_no_fact() -> None:
    later = {
        month: replace(answer, asked_at=ASKED_AT + timedelta(hours=1))
        for month, answer in MONTH.work.items()
    }
    assert MonthDigests().of(replace(MONTH, work=later)) == MonthDigests().of(MONTH)
    silent = dict.fromkeys(MONTH.work, failed("Silence.", "GitHub"))
    assert MonthDigests().of(replace(MONTH, work=silent)) != MonthDigests().of(MONTH)


def test_a_ranking_has_a_line_for_each_partner() -> None:
    shown = dump_lines(ranking(row("acme"), row("globex", 2)), Ranking)
    assert sum(line.startswith('{"accepted":') for line in shown.splitlines()) == 2
    assert load(json.loads(shown), Ranking) == ranking(row("acme"), row("globex", 2))
