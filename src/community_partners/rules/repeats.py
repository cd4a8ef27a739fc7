"""Decides which work of several months is the same act, or the same change, as another one.

An act counts once, even if an issue was closed several times or two claims name one pull request.
A page that only claims name counts once for a person, whatever the kinds, and once for a firm
unless its kind says `once: person`; with `once: month` once in each month.
A change that its author brought to several branches, or again after its revert, counts once, too.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from urllib.parse import unquote

from ..model.contribution import Contribution, Row
from ..model.month import Month
from ..model.program import ContributionPolicy, Once
from ..model.website import website_address
from .project import Project
from .roster import AccountKey, Roster, account_key
from .titles import plain_title

Act = str | tuple[str, str, AccountKey, str]
Change = tuple[str, AccountKey, str]


Firms = Callable[[Contribution], Iterable[str]]
"""Gives the slugs of the organizations for which a contribution counts."""


def repeats(
    contributions: Iterable[Contribution],
    known: Mapping[Month, Project],
    firms: Firms,
    roster: Roster,
) -> tuple[frozenset[str], ...]:
    """Return for each contribution the organizations for which it repeats an earlier one.

    `contributions`: those that count otherwise, from all sources and all months that are added up.
    `known`: what acceptance rests on in each of these months.
    """
    entries = tuple(contributions)
    shown = {address(entry) for entry in entries if not _claimed(entry)}
    taken: set[Act] = set()
    found: list[frozenset[str]] = [frozenset()] * len(entries)
    again = set(map(id, _changes_again(entries, known)))
    for at in sorted(range(len(entries)), key=lambda at: _order(entries[at])):
        one, project = entries[at], known[Month.of(entries[at].day)]
        acts = {firm: _acts(one, shown, project, firm, roster) for firm in firms(one)}
        new = {firm for firm, of in acts.items() if taken.isdisjoint(of)}
        taken.update(*(acts[firm] for firm in new))
        found[at] = frozenset(acts) if id(one) in again else frozenset(acts) - new
    return tuple(found)


def _changes_again(
    entries: Iterable[Contribution], known: Mapping[Month, Project]
) -> Iterator[Contribution]:
    """Yield the pull requests that bring a change again: to another branch, or after its revert.

    In one month, what its author merged alone takes nothing away from what somebody else accepted.
    """
    of: dict[Change, list[Contribution]] = defaultdict(list)
    for entry in entries:
        if change := change_of(entry):
            of[change].append(entry)
    for same in of.values():
        if len(same) < 2:
            continue
        same.sort(key=lambda one: (Month.of(one.day), _alone(one, known), _order(one)))
        first = same[0]
        for entry in same[1:]:
            if _branch(first) != _branch(entry) or _reverted_between(first, entry, known):
                yield entry


def _reverted_between(
    one: Contribution, other: Contribution, known: Mapping[Month, Project]
) -> bool:
    before, after = sorted((one, other), key=lambda each: each.day)
    return _project(after, known).reverted(after, before.day)


def _alone(entry: Contribution, known: Mapping[Month, Project]) -> bool:
    return entry.accepted is None or _project(entry, known).month.merged_alone(
        entry, entry.by, entry.accepted
    )


def _project(entry: Contribution, known: Mapping[Month, Project]) -> Project:
    return known[Month.of(entry.day)]


def change_of(entry: Contribution | Row) -> Change | None:
    """Return what the pull requests of one change have in common: place, author and title.

    None for all other work.
    """
    if entry.kind != "pull request" or entry.repository is None:
        return None
    title = plain_title(entry.title)
    return (entry.repository.casefold(), account_key(entry.by), title) if title else None


def _branch(entry: Contribution) -> str | None:
    return entry.accepted.branch if entry.accepted else None


def _acts(
    entry: Contribution, shown: Collection[str], known: Project, firm: str, roster: Roster
) -> Set[Act]:
    """Return the keys of the acts: the address; of what only claims name, those of a claim."""
    at = address(entry)
    if at in shown:
        return {at}
    return claimed_acts(entry, known.month.policy, firm, roster)


def claimed_acts(
    entry: Contribution, policy: ContributionPolicy, slug: str, roster: Roster
) -> Set[Act]:
    """Return the keys of a claim. Two claims are one act if they have a key in common.

    `slug`: of the firm that the claim counts for. A kind with `once: month` meets other kinds of
    the same person in the same month only.
    """
    kind = policy.points.get(entry.kind)
    once = kind.once if kind else Once.FIRM
    at, who, month = address(entry), roster.person(entry.by), str(Month.of(entry.day))
    when = month if once is Once.MONTH else ""
    person = {(at, "person", who, when), (at, "person", who, month)}
    return person if once is Once.PERSON else {*person, (at, "firm", slug, when)}


def address(entry: Contribution | Row) -> str:
    """Return the address to compare. People write one page in several ways, GitHub writes one.

    Issues, pull requests and discussions of a repository share their numbers, and GitHub redirects
    between them.
    https://docs.github.com/en/rest/issues/issues
    """
    if not _claimed(entry):
        return _THREAD.sub(r"\1/\2", entry.url.removeprefix("https://").casefold(), count=1)
    page, _, part = entry.url.casefold().partition("#")
    path, _, query = (website_address(page) or page).partition("?")
    at = _MIRROR.sub("github.com/", posixpath.normpath(unquote(path).casefold()), count=1)
    if thread := _THREAD.match(at):
        at = f"{thread[1]}/{thread[2]}"
        return f"{at}#{part}" if _PART.fullmatch(part) else at
    asked = "&".join(
        sorted(unquote(one) for one in query.split("&") if one and not _TRACKING.match(one))
    )
    whole = f"{at}?{asked}" if asked else at
    return f"{whole}#{part}" if part and at.startswith("github.com/") else whole


# Other addresses of what github.com shows.
_MIRROR = re.compile(
    r"(?:redirect\.github\.com|api\.github\.com/repos|patch-diff\.githubusercontent\.com/raw)/",
    re.ASCII,
)
_THREAD = re.compile(
    r"(github\.com/[^/]+/[^/]+)/(?:pulls?|issues|discussions)/0*([0-9]+)", re.ASCII
)
# What stands in a thread, and counts by itself.
_PART = re.compile(r"(?:pullrequestreview|discussioncomment)-[0-9]+", re.ASCII)
# What programs add to an address to see who came by it.
_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|msclkid|mc_[ce]id|igshid|si|ref(?:_src)?)(?:=|$)", re.ASCII
)


def _order(entry: Contribution) -> tuple[bool, date, str, str]:
    """Return the sort key: a claim of what GitHub shows never takes its place."""
    return _claimed(entry), entry.day, entry.url, entry.kind


def _claimed(entry: Contribution | Row) -> bool:
    """Tell whether the entry is an approved claim: only entries from GitHub have a repository."""
    return entry.repository is None
