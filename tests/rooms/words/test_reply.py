"""The comment, whole, beside golden files; `BLESS=1` writes what is rendered now."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import (
    TODAY,
    answered,
    application,
    busy,
    contribution,
    evidence,
    failed,
    member,
    month,
    payment,
    program,
    required,
    sponsorship,
    work,
)
from community_partners.model.application import DoorKind, Platform
from community_partners.model.problem import Place, Problem
from community_partners.model.sponsorship import Rhythm, Settlement
from community_partners.model.verdict import Verdict, Waiver
from community_partners.rules.coverage import withhold
from community_partners.rules.decision import decide, invalid
from community_partners.rules.required_amount import NoAmount
from community_partners.words.reply import LONGEST, Commit, compose

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "Acme | <script>alert(1)</script> @everyone [x](http://evil.example) <!-- --> `"


COMMENT = "https://github.com/project/partners/issues/7#issuecomment-1"


def verdict(**fields: Any) -> Verdict:
    who, waived = fields.pop("who", application()), fields.pop("waived", {})
    given = [
        Waiver(criterion=one, by="example-maintainer", reason=why, url=COMMENT)
        for one, why in waived.items()
    ]
    digest = "sha256:0123456789abcdef"
    return decide(who, evidence(**fields), program(), required(), digest, given)


def not_yet(**waived: str) -> Verdict:
    payments = [
        payment("2026-08-01"),
        payment("2026-09-01", settlement=Settlement.VOID, note="refunded"),
        payment("2026-02-01", "USD 240", rhythm=Rhythm.YEARLY, order="order-2"),
        payment("2026-10-01"),
    ]
    acts = [*busy("2026-08", "2026-10"), contribution("2026-09-03", kind="painting")]
    paid = answered(sponsorship(*payments))
    return verdict(sponsorship=paid, work=work(*acts), waived=waived)


def private() -> Verdict:
    paid = sponsorship(payment("2026-08-01"), platform=Platform.GITHUB_SPONSORS, public=False)
    months = tuple(month(f"2026-{number}") for number in ("08", "09", "10", "11"))
    kept = withhold(paid, required(), months, {}, program().sponsorship, TODAY)
    return verdict(sponsorship=answered(kept, "GitHub Sponsors"))


def without_price() -> Verdict:
    gifts = [payment("2026-08-01", "EUR 40"), payment("2026-10-01", "EUR 45")]
    seen = evidence(sponsorship=answered(sponsorship(*gifts)))
    reason = NoAmount(reason="No price for Cambodia.", remedy="Show one.")
    return decide(application(), seen, program(), reason, "sha256:0123456789abcdef")


def problems(count: int) -> tuple[Problem, ...]:
    place = Place(document="the form", line=3, field="Organization")
    return tuple(
        Problem(place=place, message=f"{number}: {HOSTILE}", remedy="Write another name.")
        for number in range(count)
    )


def all_waived() -> Verdict:
    acts = busy("2026-08", "2026-10")
    hopes = {
        "contributions-regular": "They ran the camp in September.",
        "contributions-meaningful": HOSTILE * 9,
    }
    return verdict(work=work(*acts), waived=hopes)


CASES: dict[str, Callable[[], Verdict]] = {
    "eligible": verdict,
    "not-yet": not_yet,
    "without-price": without_price,
    "needs-review": lambda: verdict(
        sponsorship=failed("Open Collective did not answer (ReadTimeout, 3 tries).")
    ),
    "private": private,
    "invalid": lambda: invalid(HOSTILE, problems(2), TODAY),
    "waived-in-part": lambda: not_yet(amount="The refund was our mistake."),
    "waived": all_waived,
    "hostile": lambda: verdict(who=application(name=HOSTILE, team=(member(name=HOSTILE),))),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    body = compose(CASES[name](), program()).body
    path = GOLDEN / f"{name}.md"
    if os.environ.get("BLESS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    assert body == path.read_text(encoding="utf-8")


def todo(body: str) -> str:
    """The steps of a reply."""
    [found] = re.findall(r"\n\*\*(?:What to do next|Your plan for [^*]+)\*\*\n([^<]*)", body)
    return str(found)


@pytest.mark.parametrize("case", ["eligible", "not-yet", "needs-review", "invalid"])
def test_each_door_has_its_words(case: str) -> None:
    """Who checks a file sees no issue and no form."""
    file, form = (
        compose(CASES[case](), program(), door).body for door in (DoorKind.FILE, DoorKind.FORM)
    )
    said = todo(file)
    assert "form" not in said
    assert " here" not in said
    assert file.replace(said, "") == form.replace(todo(form), "")


def test_what_is_waived_is_no_next_step() -> None:
    body = compose(not_yet(amount="The refund was our mistake."), program()).body
    missed = compose(not_yet(), program()).body
    assert "Pay USD " in todo(missed)
    assert "Pay USD " not in todo(body)
    assert "2 things are missing" in body
    assert "3 things are missing" in missed


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("eligible", "confirms the admission by merging this pull request."),
        ("not-yet", "Edit the file in this pull request when something has changed: it is checked"),
        (
            "needs-review",
            (
                "will check the open criteria and answer here. To ask a source that did not answer "
                "once more, comment /recheck."
            ),
        ),
        ("invalid", "change this pull request as the table says. It is checked again at once."),
    ],
)
def test_a_pull_request_is_answered_in_its_words_and_names_the_commit(
    case: str, words: str
) -> None:
    commit = Commit(name="0123456789abcdef" * 2 + "01234567", url="https://x.example/c")
    body = compose(CASES[case](), program(), DoorKind.PULL, commit).body
    assert words in body
    assert "form" not in todo(body)
    assert " · commit [0123456789ab](https://x.example/c) · [policy]" in body


def test_private_months_have_no_figure() -> None:
    body = compose(private(), program()).body
    assert "USD 0" not in body
    assert "| August 2026 | reached |" in body


@pytest.mark.parametrize("many", [1, 5000])
def test_no_input_makes_it_too_long(many: int) -> None:
    acts = [
        contribution(
            "2026-10-03", title=f"{number} {HOSTILE * 20}", url=f"https://x.example/{number}"
        )
        for number in range(many)
    ]
    team = tuple(member(f"example-user-{number}", name=HOSTILE * 3) for number in range(50))
    seen = verdict(who=application(name=HOSTILE * 9, team=team), work=work(*acts))
    longest = [
        replace(finding, reason=HOSTILE * 200, remedy=f"{finding.criterion} {HOSTILE * 200}")
        for finding in seen.findings
    ]
    body = compose(replace(seen, findings=tuple(longest)), program()).body
    assert len(body) <= LONGEST
    assert body.endswith("</sub>\n"), "the end is there"
    assert compose(invalid(HOSTILE, problems(many), TODAY), program()).body.endswith("</sub>\n")


@pytest.mark.parametrize(
    ("earliest", "words"),
    [
        (date(2027, 1, 1), "can be a partner from 1 January 2027"),
        (TODAY, "could be eligible as soon as this is corrected"),
        (None, "### Not yet: Acme GmbH\n"),
    ],
)
def test_from_when(earliest: date | None, words: str) -> None:
    body = compose(replace(not_yet(), earliest=earliest), program()).body
    assert words in body
