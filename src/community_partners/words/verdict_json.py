"""Writes a verdict as JSON. Its schema, schemas/verdict.schema.json, is a published contract.

So its names stay the same when the names in our code change.
"""

import json
from typing import Any

from ..model.plan import Plan
from ..model.points import in_json
from ..model.program import Program
from ..model.verdict import Coverage, Finding, MonthPoints, Required, Verdict, Waiver
from .escape import defuse_json


def verdict_json(verdict: Verdict, program: Program) -> str:
    """Return the verdict as JSON: keys in the schema's order, two spaces, a newline at the end."""
    data = {
        "decision": verdict.decision.value,
        "application": {"slug": verdict.application, "name": verdict.name},
        "today": verdict.today.isoformat(),
        "findings": [_finding(finding) for finding in verdict.findings],
        "problems": [
            {
                "document": problem.place.document,
                "line": problem.place.line,
                "field": problem.place.field,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in verdict.problems
        ],
        "required": _required(verdict.required) if verdict.required else None,
        "earliest": verdict.earliest.isoformat() if verdict.earliest else None,
        "plan": _plan(verdict.plan) if verdict.plan else None,
        "sponsorship_months": [_coverage(entry) for entry in verdict.coverage],
        "contribution_months": [_points(entry) for entry in verdict.work],
        "uncounted": verdict.uncounted or {},
        "unanswered": list(verdict.unanswered),
        "evidence": verdict.evidence,
        "policy": {
            "program": program.name,
            "version": program.policy.version,
            "date": program.policy.date.isoformat(),
        },
    }
    return defuse_json(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "title": finding.title,
        "outcome": finding.outcome.value,
        "waived": _waiver(finding.waived) if finding.waived else None,
        "reason": finding.reason,
        "remedy": finding.remedy,
        "ways": [{"words": way.words, "copy": way.copy} for way in finding.ways],
        "earliest": finding.earliest.isoformat() if finding.earliest else None,
        "sources": [{"title": source.title, "url": source.url} for source in finding.sources],
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {"by": waiver.by, "reason": waiver.reason, "url": waiver.url}


def _required(required: Required) -> dict[str, Any]:
    """Return the required amount for JSON.

    Amounts are text, since most readers take a JSON number for a binary fraction.
    """
    return {
        "currency": required.amount.currency,
        "amount": str(required.amount.amount),
        "edition": required.edition,
        "basis": required.basis,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "day": plan.day.isoformat(),
        "payments": [
            {
                "month": str(one.month),
                "currency": one.amount.currency,
                "amount": str(one.amount.amount),
                "charge": one.charge.isoformat() if one.charge else None,
            }
            for one in plan.payments
        ],
        "points": [
            {"month": str(one.month), "points": one.points, "so_far": in_json(one.so_far)}
            for one in plan.points
        ],
        "assumed": list(plan.assumed),
        "if_late": _late(plan),
    }


def _late(plan: Plan) -> dict[str, Any] | None:
    """Return the plan that holds if a late charge still comes."""
    if plan.if_late is None or plan.late_until is None:
        return None
    late = {"month": str(plan.late_month), "until": plan.late_until.isoformat()}
    return {**late, "plan": _plan(plan.if_late)}


def _coverage(entry: Coverage) -> dict[str, Any]:
    paid = str(entry.paid) if entry.paid is not None else None
    return {"month": str(entry.month), "outcome": entry.outcome.value, "paid": paid}


def _points(entry: MonthPoints) -> dict[str, Any]:
    return {
        "month": str(entry.month),
        "outcome": entry.outcome.value,
        "points": in_json(entry.points),
        "contributions": [
            {
                "day": one.contribution.day.isoformat(),
                "kind": one.contribution.kind,
                "member": one.member,
                "points": in_json(one.points),
                "title": one.contribution.title,
                "url": one.contribution.url,
            }
            for one in entry.counted
        ],
    }
