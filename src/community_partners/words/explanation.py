"""Says why a partner has its result in a month: for a terminal, a comment, or a program.

The three say the same. Decides words and order only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..model.directory import Line, Neighbor, OneMore, TieBreak
from ..model.explanation import Explanation, KindResult
from ..model.month import counted, listed
from ..stored import in_lines
from .escape import code, defuse, defuse_json, link, text
from .verdict_terminal import plain

RULES = {
    "pull request": "merged into a branch that is released",
    "review": "of somebody else's pull request that was merged",
    "issue": "closed as completed by somebody else",
    "answer": "chosen in a discussion",
}
CLAIM = "a claim that somebody who may approve it approved"
_MOST = 50
"""Contributions of one kind or reason in a comment; the page has all."""
_HIDDEN = "a page whose address names somebody who is not listed"
_NAMED = 3  # partners that one more contribution would pass


def explanation_text(one: Explanation) -> str:
    """Return the explanation for a terminal. Control characters of outside texts are left out."""
    return defuse("\n".join(plain(line).plain for line in _lines(one)))


def explanation_markdown(one: Explanation, page: str | None) -> str:
    """Return the explanation for a comment. `page`: the address of the partner's page."""
    return "\n".join(_paragraphs(one, page)) + "\n"


def explanation_json(one: Explanation) -> str:
    """Return the explanation as `schemas/explanation.schema.json` describes it."""
    position = one.position
    whole = in_lines(
        {
            "partner": one.slug,
            "name": one.name,
            "month": str(position.month),
            "policy": {"version": one.version, "same_today": one.same_policy},
            "person": one.person,
            "rank": position.line.rank,
            "of": position.of,
            "points": one.points,
            "ahead": _neighbor(position.ahead),
            "behind": _neighbor(position.behind),
            "counted": [
                {
                    "kind": kind.kind,
                    "rule": rule(kind.kind),
                    "worth": kind.worth,
                    "points": kind.points,
                    "contributions": [_data(line) | {"points": line.points} for line in kind.lines],
                }
                for kind in one.counted
            ],
            "not_counted": [
                {"reason": each.reason, "contributions": [_data(line) for line in each.lines]}
                for each in one.uncounted
            ],
            "one_more": [
                {
                    "kind": more.kind,
                    "points": more.points,
                    "rank": more.rank,
                    "passes": list(more.passes),
                }
                for more in one.one_more
            ],
        }
    )
    return defuse_json(whole)


def rule(kind: str) -> str:
    """Return what a contribution of a kind is."""
    return RULES.get(kind, CLAIM)


def result(one: Explanation) -> str:
    """Return the sentence that all forms begin with."""
    line, of = one.position.line, one.position.of
    points = counted(one.points, "point")
    who = f"{one.name}, {one.position.month.title}"
    if one.person:
        whole = counted(line.points, "point")
        return f"{who}: {points} of the team's {whole} are the work of {one.person}."
    if line.rank is None:
        return f"{who}: {points}, not ranked ({line.standing.standing.value})."
    return f"{who}: rank {line.rank} of {of}, with {points}."


def neighbors(one: Explanation) -> Iterator[tuple[str, str, str]]:
    """Yield the partners next to it: what stands before the name, the name, and what follows."""
    if one.position.line.rank is None or one.person:
        return
    ahead, behind = one.position.ahead, one.position.behind
    if ahead is None:
        yield "Nobody has more points.", "", ""
    elif ahead.shares:
        yield "As many points as ", ahead.name, f", which is listed first: {_because(ahead)}."
    else:
        yield "Behind ", ahead.name, f", which has {counted(ahead.difference, 'point')} more."
    if behind and behind.shares:
        yield "As many points as ", behind.name, f", and is listed first: {_because(behind)}."
    elif behind:
        yield "Before ", behind.name, f", which has {counted(behind.difference, 'point')} less."


def _because(neighbor: Neighbor) -> str:
    return {
        TieBreak.CONTRIBUTORS: f"it has {counted(neighbor.difference, 'contributor')} more",
        TieBreak.KINDS: f"it has {counted(neighbor.difference, 'kind')} of contribution more",
        TieBreak.ACCEPTED: "it has been a partner for longer",
    }.get(neighbor.by, "by the alphabet")


def one_more_in_words(more: OneMore) -> str:
    """Return what one more contribution of a kind would have changed, without the kind's name."""
    if not more.points:
        return "nothing: the limit of this kind is reached"
    told = f"{counted(more.points, 'point')} more"
    if more.rank is None:
        return told
    return f"{told}, rank {more.rank}{_passing(more.passes)}"


def _passing(names: Sequence[str]) -> str:
    if not names:
        return ""
    hidden = len(names) - _NAMED
    shown = [*names[-_NAMED:], *([f"{hidden} more"] if hidden > 0 else [])]
    return f", before {listed(shown)}"


_Item = tuple[str, str, Sequence[Line]]
"""A name, what is said of it, and the contributions below it."""


def _sections(one: Explanation) -> Iterator[tuple[str, list[_Item]]]:
    """Yield the title of each part with its items: what all forms for people say."""
    counted_items: list[_Item] = [_of_kind(kind) for kind in one.counted]
    yield "What counted", [*counted_items, ("Sum", counted(one.points, "point"), ())]
    if one.uncounted:
        yield (
            "What was seen and did not count",
            [(each.reason, "", each.lines) for each in one.uncounted],
        )
    if not one.person:
        by = "" if one.same_policy else ", by the policy of today"
        yield (
            f"What one more contribution that counts in full would have added{by}",
            [(more.kind, one_more_in_words(more), ()) for more in one.one_more],
        )


def _of_kind(kind: KindResult) -> _Item:
    each = "" if kind.worth is None else f", {counted(kind.worth, 'point')} each"
    return kind.kind, f"{counted(kind.points, 'point')} ({rule(kind.kind)}{each})", kind.lines


def _computed(one: Explanation) -> str:
    return f"Computed by version {one.version} of the policy."


def _lines(one: Explanation) -> Iterator[str]:
    yield result(one)
    for before, name, after in neighbors(one):
        yield f"  {before}{name}{after}"
    for title, items in _sections(one):
        yield ""
        yield title
        for name, told, lines in items:
            yield f"  {name}: {told}" if told else f"  {name}"
            for line in lines:
                who = f"{line.member}  " if line.member else ""
                yield f"    {line.day}  {_worth(line):9}  {who}{line.url or _HIDDEN}{_how(line)}"
    yield ""
    yield _computed(one)


def _paragraphs(one: Explanation, page: str | None) -> Iterator[str]:
    yield f"**{text(result(one))}**"
    yield ""
    for before, name, after in neighbors(one):
        yield f"* {before}{text(name)}{after}"
    for title, items in _sections(one):
        yield ""
        yield f"### {title}"
        yield ""
        for name, told, lines in items:
            yield f"* **{text(name)}**: {text(told)}" if told else f"* **{text(name)}**"
            yield from map(_item, lines[:_MOST])
            if len(lines) > _MOST:
                yield f"  * and {len(lines) - _MOST} more"
    yield ""
    yield str(text(_computed(one)))
    if page:
        yield f"{link('The page of this partner', page)} has all months."


def _item(line: Line) -> str:
    who = f", {code(line.member)}" if line.member else ""
    address = link(_short(line.url), line.url) if line.url else _HIDDEN
    return f"  * {line.day}, {text(_worth(line))}{who}: {address}{_how(line, code)}"


def _worth(line: Line) -> str:
    """Return the points; of what did not count, the kind."""
    return counted(line.points, "point") if line.not_counted is None else line.kind


def _how(line: Line, name: Callable[[str], str] = str) -> str:
    """Return how it was done or where it came from, in brackets; "" for most contributions.

    `name` writes a login or a source.
    """
    if line.agent:
        return f" (done by the coding agent {name(line.agent)})"
    if line.source:
        return f" (from {name(line.source)})"
    if line.approved_by:
        return f" (approved by {name(line.approved_by)})"
    return " (merged by its author alone)" if line.alone else ""


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("github.com/")


def _data(line: Line) -> dict[str, Any]:
    told = {"day": line.day.isoformat(), "kind": line.kind, "member": line.member, "url": line.url}
    more = {
        "agent": line.agent,
        "merged_alone": line.alone,
        "source": line.source,
        "approved_by": line.approved_by,
    }
    return told | {key: value for key, value in more.items() if value}


def _neighbor(one: Neighbor | None) -> Mapping[str, Any] | None:
    if one is None:
        return None
    return {
        "partner": one.slug,
        "by": one.by.value,
        "difference": one.difference,
        "same_rank": one.shares,
    }
