"""What is said of a workflow file, whose reading is tested with `partners doctor`."""

from typing import Any

import pytest

from community_partners.model.setup import Health, WorkflowText
from community_partners.rules.setup_workflows import of_workflow

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PINNED = f"example-org/community-partners@{COMMIT}"
TAG = "example-org/community-partners@v1"


def admit(**fields: Any) -> WorkflowText:
    defaults: dict[str, Any] = {
        "triggers": {"push": {}},
        "bare": True,
        "writes": frozenset({"contents", "issues", "pull-requests", "statuses"}),
        "uses": (PINNED,),
    }
    return WorkflowText(**{**defaults, **fields})


@pytest.mark.parametrize(
    ("uses", "pin"),
    [
        ((PINNED,), None),
        (("./",), None),
        ((TAG,), TAG),
        ((PINNED, TAG), TAG),
        ((TAG, f"{TAG}.2", f"{TAG}.3"), TAG),
        ((f"example-org/community-partners@{COMMIT[1:]}",), PINNED.replace("@0", "@")),
        ((f"example-org/community-partners@{COMMIT}0",), f"{PINNED}0"),
    ],
)
def test_a_movable_name_of_the_action_is_advice_and_no_fault(
    uses: tuple[str, ...], pin: str | None
) -> None:
    found = of_workflow("admit.yml", admit(uses=uses))
    assert found.outcome is Health.IN_ORDER
    assert found.remedy == (
        f"Pin `{pin}` to a full commit, so that what runs is what you have read." if pin else None
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"triggers": {"issues": {}}}, "Nothing starts it on push."),
        ({"triggers": {"push": {}, "schedule": {}}}, "Its schedule names no time (cron)."),
        (
            {"bare": False},
            "It does not say `permissions: {}` at the top, so that each job may do more.",
        ),
        (
            {"writes": frozenset({"contents", "issues"})},
            "No job of it has the permission `pull-requests: write`, `statuses: write`.",
        ),
        (
            {"exposed": ("check",)},
            "Its job `check` has secrets and `contents: write`: a stranger's event may start it.",
        ),
        ({"uses": ()}, "No step of it uses the action community-partners."),
        ({"uses": (PINNED, f"OWNER/community-partners@{COMMIT}")}, "It still says OWNER/."),
    ],
)
def test_each_fault_alone(fields: dict[str, Any], sentence: str) -> None:
    found = of_workflow("admit.yml", admit(**fields))
    assert (found.outcome, found.sentence) == (Health.TO_MEND, sentence)


def test_a_schedule_with_a_time_is_no_fault() -> None:
    found = of_workflow(
        "admit.yml", admit(triggers={"push": {}, "schedule": {"cron": "7 2 * * *"}})
    )
    assert found.outcome is Health.IN_ORDER


def test_a_file_that_is_missing_or_cannot_be_read() -> None:
    assert of_workflow("admit.yml", None).outcome is Health.TO_MEND
    found = of_workflow("admit.yml", WorkflowText(problem="It is no YAML.", triggers={}))
    assert found.outcome is Health.UNKNOWN
    assert found.sentence == "It cannot be read here. It is no YAML."
