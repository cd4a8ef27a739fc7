"""What happened in a run of act, read from its `--json`: one object a line."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]
Step = tuple[str, ...]
"""The job, the step, and for a step of a composite action the step within it."""

LEVELS = ("error", "warning", "notice")


@dataclass(frozen=True, kw_only=True)
class Annotation:
    level: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Run:
    """`jobs`: success, failure or skipped by id; empty if no job was started. `site/render`: the
    job `render` of the workflow that the job `site` calls.

    `outputs` by step: what the step itself set. `leaked`: outputs within a composite action that
    act gives to the outside as well, and GitHub does not. `said`: lines of the steps, in order;
    `raw`: all that act printed.
    """

    code: int
    jobs: dict[str, str]
    annotations: tuple[Annotation, ...]
    summaries: tuple[str, ...]
    outputs: dict[Step, dict[str, str]]
    leaked: dict[Step, dict[str, str]]
    said: tuple[str, ...]
    raw: str

    @property
    def log(self) -> str:
        return "\n".join(self.said)


def read_run(code: int, out: str, err: str, jobs: Collection[str]) -> Run:
    """`jobs`: all of the workflow. One whose `if` is false prints nothing at all."""
    entries = list(_entries(out))
    outputs, leaked = _outputs(entries)
    summaries = [str(one["content"]) for one in entries if one.get("command") == "summary"]
    return Run(
        code=code,
        jobs=dict.fromkeys(jobs, "skipped") | _results(entries, jobs),
        annotations=tuple(
            Annotation(level=one["command"], message=one["arg"])
            for one in entries
            if one.get("command") in LEVELS
        ),
        # The summary of a composite action comes again with the step that uses it.
        summaries=tuple(dict.fromkeys(summaries)),
        outputs=outputs,
        leaked=leaked,
        said=tuple(one["msg"].rstrip("\n") for one in entries if one.get("raw_output")),
        raw=out + err,
    )


def _entries(out: str) -> Iterator[Entry]:
    for line in out.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _results(entries: Iterable[Entry], jobs: Collection[str]) -> dict[str, str]:
    """One leg of a matrix that fails is enough."""
    results: dict[str, str] = {}
    for one in entries:
        if "jobResult" in one:
            called = f"{one['job'].partition('/')[0]}/{one['jobID']}"
            job = called if called in jobs else one["jobID"]
            if results.get(job) != "failure":
                results[job] = one["jobResult"]
    return results


def _outputs(
    entries: Iterable[Entry],
) -> tuple[dict[Step, dict[str, str]], dict[Step, dict[str, str]]]:
    """Set and leaked. When a composite action has ended, act reads its last step's file again, as
    if it were the action's own: that would hide an output that action.yml forgets to declare.
    """
    outputs: dict[Step, dict[str, str]] = defaultdict(dict)
    leaked: dict[Step, dict[str, str]] = defaultdict(dict)
    composites: set[Step] = set()
    ended: set[Step] = set()
    for one in entries:
        if not isinstance(one.get("stepID"), list):
            continue
        step: Step = (one["jobID"], *one["stepID"])
        composites |= {step[:depth] for depth in range(2, len(step))}
        if "stepResult" in one and one.get("stage") == "Main":
            ended.add(step)
        if one.get("command") == "set-output":
            late = step in ended and step in composites
            if not late:
                outputs[step][one["name"]] = one["arg"]
            elif outputs[step].get(one["name"]) != one["arg"]:
                leaked[step][one["name"]] = one["arg"]
    return dict(outputs), dict(leaked)
