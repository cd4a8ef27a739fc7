"""An admitted application's record, and the words with which it is welcomed."""

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from builders import day, member, money, month, program
from community_partners.admission.partner_record import partner_record
from community_partners.intake.partners import read_partner
from community_partners.intake.yaml_document import read_yaml, write_yaml
from community_partners.model.application import Confirmation, ConfirmedBy
from community_partners.model.partner import Terms
from community_partners.words.welcome import Links, not_admitted, welcome

GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = Path(__file__).parents[3] / "applications/example.yml"
BY_COMMENT = Confirmation(by=ConfirmedBy.COMMENT, on=day("2026-11-20"))
TERMS = Terms(edition="2026-01", amount=money("EUR 99"))

OCTOBER, HALF = month("2026-10"), Decimal("7.5")


def same_as(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("BLESS"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_a_record_keeps_the_order_and_is_a_valid_one(tmp_path: Path) -> None:
    data = read_yaml(EXAMPLE.read_bytes(), "example").data
    ids = {"example-user-1": 11, "example-user-2": 12}
    work = {month("2026-08"): 0, month("2026-09"): 30, month("2026-10"): 15}
    team = [
        member("example-user-1", since=day("2025-01-15"), confirmation=BY_COMMENT),
        member("example-user-2", since=day("2024-06-01"), until=day("2025-12-31")),
    ]
    text = write_yaml(partner_record(data, team, ids, day("2026-11-24"), TERMS, 7, work))
    same_as("partner-record.yml", text)
    file = tmp_path / "example.yml"
    file.write_text(text, "utf-8")
    partner = read_partner(file, day("2026-11-24")).partner
    assert (partner.accepted, partner.terms, partner.issue) == (day("2026-11-24"), TERMS, 7)
    assert partner.work == work
    assert [member.id for member in partner.organization.team] == [11, 12]
    links = Links(
        record="https://github.com/x/y/blob/main/partners/p.yml",
        page="https://github.com/x/y/blob/main/directory/p.md",
        badge="https://github.com/x/y/raw/main/directory/p.svg",
    )
    same_as("welcome.md", welcome(partner, program(), links))
    site = "https://partners.example"
    links = replace(links, page=f"{site}/partner/p/", badge=f"{site}/badge/p.svg", on_site=True)
    same_as("welcome-with-a-site.md", welcome(partner, program(), links))


def test_without_a_thread_or_work_there_is_no_number() -> None:
    data = read_yaml(EXAMPLE.read_bytes(), "example").data
    ids = {"example-user-1": 11, "example-user-2": 12}
    record = partner_record(data, (), ids, day("2026-11-24"), TERMS, None, {})
    assert not {"issue", "work"} & record.keys()


def test_hostile_words_are_only_words() -> None:
    said = not_admitted([("@admin <b>\n::error::x", "See #1\n## [x](https://evil.example)")])
    assert "@admin" not in said
    assert "<b>" not in said
    assert "\n##" not in said.split("\n", 1)[1]
    assert "[x](" not in said


def test_each_time_of_a_person_stands_in_the_record_as_it_was_written() -> None:
    data = read_yaml(EXAMPLE.read_bytes(), "example").data
    back = {"name": "Bela", "github": "example-user-2", "since": "2026-02-01", "share": 50}
    data = {**data, "team": [*data["team"], {**back, "listed": False}]}
    team = [
        member("example-user-2", since=day("2024-06-01"), until=day("2025-12-31")),
        member("example-user-2", since=day("2026-02-03"), share=50),
    ]
    ids = {"example-user-2": 12}
    record = partner_record(data, team, ids, day("2026-11-24"), TERMS, None, {})
    first, second = record["team"]
    assert (first["since"], first["until"]) == ("2024-06-01", "2025-12-31")
    assert (second["since"], second["share"], second["listed"]) == ("2026-02-03", 50, False)
    half = partner_record(data, team, ids, day("2026-11-24"), TERMS, None, {OCTOBER: HALF})
    assert "2026-10: 7.5\n" in write_yaml(half)
