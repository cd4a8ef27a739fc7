"""Renders the checks of `partners doctor`, for a terminal and as JSON.

Words and order come from the rules. Outside text becomes one line of visible characters, and no
command to the runner.
"""

import json
from collections.abc import Sequence

from ..model.problem import visible
from ..model.setup import Check, Health
from .escape import defuse, defuse_json

ICONS = {Health.IN_ORDER: "✅", Health.TO_MEND: "❌", Health.UNKNOWN: "❔"}


def checks_text(checks: Sequence[Check]) -> str:
    """Return a line for each check, its remedy on the next line, and counts on the last line."""
    lines = [line for check in checks for line in _lines(check)]
    return defuse("\n".join([*lines, "", _sum(checks)]))


def checks_json(checks: Sequence[Check]) -> str:
    """Return the checks as JSON, indented by two spaces, with a newline at the end."""
    data = [
        {
            "title": check.title,
            "outcome": check.outcome.value,
            "sentence": check.sentence,
            "remedy": check.remedy,
        }
        for check in checks
    ]
    return defuse_json(json.dumps({"checks": data}, indent=2, ensure_ascii=False) + "\n")


def _lines(check: Check) -> list[str]:
    line = f"{ICONS[check.outcome]} {check.title}: {visible(check.sentence)}"
    return [line, *([f"   → {visible(check.remedy)}"] if check.remedy else [])]


def _sum(checks: Sequence[Check]) -> str:
    counts = [
        f"{sum(check.outcome is health for check in checks)} {health.value}" for health in Health
    ]
    return f"{', '.join(counts)}."
