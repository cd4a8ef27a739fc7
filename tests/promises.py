"""What holds for every run, whatever the platforms answer."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fault_world import TOKENS
from program_folder import Ran

Found = Iterator[tuple[str, str]]
_LABELS = {"not-yet", "invalid"}
_WORSE = re.compile("### (Not |.*[Ii]nvalid|.*cannot be)")


@dataclass(frozen=True, kw_only=True)
class Broken:
    """`promise` and what was there instead; by which fault, in which story."""

    promise: str
    detail: str
    fault: str
    story: str


def table(broken: list[Broken]) -> str:
    """The promises that were broken, each with its first fault."""
    first = {one.promise: one for one in reversed(broken)}
    counts = {promise: sum(one.promise == promise for one in broken) for promise in first}
    return "\n".join(
        f"{counts[promise]} times not: {promise}. First by {one.fault}: {one.detail}"
        for promise, one in first.items()
    )


def of_any_run(ran: Ran) -> Found:
    """It ends well or with a sentence, and shows neither a secret nor a command of others."""
    if ran.code not in (0, 1, 2) or "Traceback" in ran.said:
        yield "no traceback", _place(ran.err)
    elif ran.code and not re.search(r"(?m)^partners: .+\.$", ran.err):
        yield "a sentence", ran.err[-300:]
    if told := [name for name, one in TOKENS.items() if one in ran.said]:
        yield "no secret", str(told)
    if re.search(r"(?m)^::error::(gh|example|x)", ran.said):
        yield "no workflow command of others", ""


def _place(err: str) -> str:
    """The last lines of a traceback that are ours, and the error."""
    ours = re.findall(r'File ".*/(community_partners/.*)", line (\d+), in (\w+)', err)
    error = re.findall(r"(?m)^(\w[\w.]*(?:Error|Exception|Warning)\b.*)$", err)
    place = " < ".join(f"{file}:{name}" for file, _, name in ours[-1:-3:-1])
    return f"{place}: {error[-1][:120] if error else err[-200:]}"


def no_secret(state: Mapping[str, Any]) -> Found:
    """Nor is there one on GitHub."""
    if told := [name for name, one in TOKENS.items() if one in json.dumps(state)]:
        yield "no secret on GitHub", str(told)


def twice(state: Mapping[str, Any]) -> Found:
    """Nothing is there a second time."""
    for repository in state.values():
        threads = [one["comments"] for one in repository["threads"].values()]
        pulls = [one["comments"] for one in repository["pulls"].values()]
        for comments in (*threads, *pulls):
            if again := {one for one in comments if comments.count(one) > 1}:
                yield "no comment twice", str(again)[:200]
            kinds = [kind for one in comments if (kind := _kind(one)) not in (None, "notice")]
            if again := {one for one in kinds if kinds.count(one) > 1}:
                yield "no two comments of a kind", str(again)
        if pairs := [one for one in repository["pulls"] if one.endswith(", again")]:
            yield "no pull request twice", str(pairs)


def _kind(comment: str) -> str | None:
    found = re.search(r'^<!-- community-partners .*"kind": "([^"]+)"', json.loads(comment)[1])
    return found[1] if found else None


def fair(now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Found:
    """Whoever is well in the end hears nothing worse in between than was said before."""
    for name, thread in _threads(now):
        was, will = dict(_threads(before)).get(name, {}), dict(_threads(after)).get(name, {})
        if any(map(_WORSE.search, will.get("comments", ()))):
            continue
        if bad := _LABELS.intersection(thread["labels"]) - {*was.get("labels", ())}:
            yield "an eligible applicant is never told not yet", f"label {bad} in {name}"
        said = [one for one in thread["comments"] if one not in was.get("comments", ())]
        if any(map(_WORSE.search, said)):
            yield "an eligible applicant is never told not yet", f"comment in {name}"


def _threads(state: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for repository, one in state.items():
        yield from ((f"{repository} {name}", thread) for name, thread in one["threads"].items())


def fairly_decided(ran: Ran) -> Found:
    """What a run says of an applicant who is eligible."""
    decided = re.findall(r"decision<<.*\n(.*)\n", ran.outputs)
    decided += re.findall(r'(?m)^  "decision": "(.*)"', ran.out)
    if worse := set(decided) - {"eligible", "needs review"}:
        yield "an eligible applicant is never told not yet", f"decision {worse}"


def whole_or_not_at_all(
    now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], ran: Ran
) -> Found:
    """A month is written as without a fault, or not at all; then the run says so."""
    if is_another_month(now, before, after):
        yield "no month is written with evidence missing", ""
    elif rankings(now) != rankings(after) and ran.code != 1:
        yield "a month that is not written ends with 1", str(ran.code)


def is_another_month(
    now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """One was written, and it is not that of a run without a fault."""
    return rankings(now) not in (rankings(before), rankings(after))


def nobody_sinks(now: Mapping[str, str], clean: Mapping[str, str]) -> Found:
    """Nobody's standing is worse than in a run without a fault."""
    if worse := [slug for slug in clean if _depth(now.get(slug)) > _depth(clean[slug])]:
        yield "no partner sinks for what is unknown", str(worse)


def _depth(standing: str | None) -> int:
    return ("active", "at risk", "suspended", "lapsed", None).index(standing)


def rankings(state: Mapping[str, Any]) -> list[str]:
    """The files that a month writes, each with its digest, on each branch."""
    return [
        f"{branch} {line}"
        for repository in state.values()
        for branch, (files, _) in repository["branches"].items()
        for line in files
        if line.startswith(("rankings/", "directory/"))
    ]
