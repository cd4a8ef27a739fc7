"""When a month may be ranked: what failed for now is asked again, what lasts moves nobody."""

from dataclasses import replace
from typing import Any

import pytest

from builders import answered, application, evidence, failed, program, required
from community_partners.model.evidence import Answer
from community_partners.model.verdict import Decision
from community_partners.rules.decision import decide
from community_partners.rules.failed_sources import held, lasting_failures, missing
from month_builders import OCTOBER, month_evidence, partner

SILENCE = "It was silent."


def lasting(source: str = "GitHub") -> Answer[Any]:
    return replace(failed(SILENCE, source), lasting=True)


def passing(source: str = "GitHub") -> Answer[Any]:
    return failed(SILENCE, source)


@pytest.mark.parametrize(
    ("before", "decision", "later", "kept"),
    [
        (Decision.ELIGIBLE, Decision.NEEDS_REVIEW, True, True),
        (Decision.NOT_YET, Decision.NOT_YET, True, True),
        (Decision.NOT_YET, Decision.ELIGIBLE, True, False),
        (Decision.ELIGIBLE, Decision.NOT_YET, False, False),
        (None, Decision.NEEDS_REVIEW, True, False),
        (None, Decision.ELIGIBLE, False, False),
    ],
)
def test_when_the_daily_run_keeps_the_verdict_that_stands(
    before: Decision | None, decision: Decision, later: bool, kept: bool
) -> None:
    found = decide(application(), evidence(), program(), required(), "sha256:0")
    assert held(before, replace(found, decision=decision, may_answer_later=later)) is kept


TOLD = f"GitHub: {SILENCE}"
WORK = month_evidence().work


@pytest.mark.parametrize(
    ("why", "fields", "again", "until_mended"),
    [
        ("all answered", {}, (), ()),
        ("payments, for now", {"sponsorships": {"acme": passing()}}, (TOLD,), ()),
        ("payments, for good", {"sponsorships": {"acme": lasting()}}, (), (TOLD,)),
        ("rates, for now", {"rates": passing()}, (TOLD,), ()),
        ("rates, for good", {"rates": lasting()}, (), (TOLD,)),
        ("some rates", {"rates": replace(passing(), value=())}, (TOLD,), ()),
        ("accounts, for now", {"accounts": passing()}, (TOLD,), ()),
        ("accounts, for good", {"accounts": lasting()}, (TOLD,), ()),
        ("who is behind an id", {"identities": (answered(None), passing())}, (TOLD,), ()),
        ("the month's work", {"work": {**WORK, OCTOBER: passing()}}, (TOLD,), ()),
        ("work of a month before", {"work": {**WORK, OCTOBER - 2: passing()}}, (TOLD,), ()),
        (
            "work, for good: no ranking without it",
            {"work": {**WORK, OCTOBER: lasting()}},
            (TOLD,),
            (),
        ),
        ("claims", {"claims": passing()}, (TOLD,), ()),
        (
            "many, each said once",
            {
                "sponsorships": {
                    "acme": passing("Open Collective"),
                    "globex": passing("Open Collective"),
                    "initech": lasting("GitHub Sponsors"),
                    "umbrella": lasting("GitHub Sponsors"),
                },
                "work": dict.fromkeys(WORK, passing()),
                "accounts": passing(),
            },
            (TOLD, f"Open Collective: {SILENCE}"),
            (f"GitHub Sponsors: {SILENCE}",),
        ),
    ],
)
def test_what_has_to_be_asked_again(
    why: str, fields: Any, again: tuple[str, ...], until_mended: tuple[str, ...]
) -> None:
    seen = month_evidence([partner()], **fields)
    assert missing(seen) == again, why
    assert lasting_failures(seen) == until_mended, why
