"""What a silent applicant is told, beside golden files; `BLESS=1` writes what is rendered now."""

import os
from pathlib import Path

import pytest

from builders import TODAY, day, program
from community_partners.model.problem import Place, Problem
from community_partners.model.verdict import Decision, Finding, Outcome, Verdict
from community_partners.rules.decision import invalid
from community_partners.words.reminder import farewell, reminder

GOLDEN = Path(__file__).parent / "golden"
URL = "https://github.com/project/partners/issues/7#issuecomment-1001"
ANEW = "https://github.com/project/partners/issues/new/choose"
CLOSES = day("2027-01-23")


def finding(title: str, outcome: Outcome) -> Finding:
    return Finding(criterion=title, title=title, outcome=outcome, reason="For a reason.")


def not_yet(**fields: object) -> Verdict:
    findings = (
        finding("Sponsorship", Outcome.MET),
        finding("Amount in each of 3 months", Outcome.NOT_MET),
        finding("Payer", Outcome.UNKNOWN),
        finding("Regular contributions", Outcome.NOT_MET),
    )
    return Verdict(
        application="acme",
        name="Acme GmbH",
        decision=Decision.NOT_YET,
        today=TODAY,
        findings=findings,
        **fields,  # type: ignore[arg-type]
    )


PROBLEM = Problem(place=Place(document="the form", line=3), message="Odd.", remedy="Mend it.")
CASES = {
    "reminder-from-a-day": reminder(not_yet(earliest=day("2027-01-01")), URL, CLOSES, program()),
    "reminder-at-once": reminder(not_yet(earliest=TODAY), URL, CLOSES, program()),
    "reminder-invalid": reminder(invalid("Acme", (PROBLEM,) * 2, TODAY), URL, CLOSES, program()),
    "farewell": farewell(URL, ANEW, program()),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    path = GOLDEN / f"{name}.md"
    if os.environ.get("BLESS"):
        path.write_text(CASES[name], encoding="utf-8")
    assert CASES[name] == path.read_text(encoding="utf-8")


def test_a_programs_name_is_only_words() -> None:
    odd = program(name="Acme <!-- --> @everyone")
    for comment in (reminder(not_yet(), URL, CLOSES, odd), farewell(URL, ANEW, odd)):
        assert comment.count("<!--") == 1
        assert "@everyone" not in comment
