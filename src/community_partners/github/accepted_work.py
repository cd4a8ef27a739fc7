"""Read one pull request, issue or discussion: the work in it, and who accepted it.

https://docs.github.com/en/graphql/reference/objects#pullrequest
https://docs.github.com/en/graphql/reference/objects#closedevent
https://docs.github.com/en/graphql/reference/objects#discussion
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ..model.contribution import (
    Acceptance,
    Account,
    Contribution,
    MonthOfWork,
    Opinion,
    Repository,
    pack,
)
from ..model.month import Month
from ..wire.answers import brief, flag, integer, maybe, moment, text
from ..wire.graphql import nodes_of
from ..wire.judgment import NoAnswerError
from .accounts import account_of
from .agents import Asked
from .names import address, repository_name
from .work_search import DISCUSSIONS, ISSUES, PULLS, Kind

Node = dict[str, Any]
NO_CREDIT = "no-credit"
"""The label that takes out a pull request with its reviews, an issue, or a discussion."""
Given = Sequence[Node] | NoAnswerError
"""The reviews of one pull request."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """The contributions in one pull request, issue or discussion, and what they rest on.

    `repository`: `owner/name`. `merged_into`: the branch of a pull request. `may_push`: ids of its
    reviewers with push rights. `closer`: the address of the pull request that closed an issue.
    """

    contributions: Sequence[Contribution]
    repository: str = ""
    default_branch: str | None = None
    merged_into: str | None = None
    may_push: frozenset[int] = frozenset()
    closer: str | None = None


_AT_ONCE = 1000  # contributions that are packed together, and share what they have in common


class Found:
    """Gathers what a month shows. The contributions are packed, some at a time."""

    def __init__(self) -> None:
        self._packed: list[Sequence[Contribution]] = []
        self._loose: list[Contribution] = []
        self._default: dict[str, str | None] = {}
        self._merged_into: dict[str, set[str]] = defaultdict(set)
        self._may_push: dict[str, set[int]] = defaultdict(set)
        self._closers: dict[str, str] = {}

    def add(self, items: Items) -> None:
        """Add what one item shows."""
        if not items.repository:
            return
        self._loose += items.contributions
        if len(self._loose) >= _AT_ONCE:
            self._packed.append(pack(self._loose))
            self._loose = []
        where = items.repository.casefold()
        self._default[where] = items.default_branch
        self._may_push[where] |= items.may_push
        if items.merged_into is not None:
            self._merged_into[where].add(items.merged_into)
        if items.closer is not None:
            self._closers |= {entry.url: items.closer for entry in items.contributions}

    def work(self, month: Month) -> MonthOfWork:
        """Return the month, sorted by day and address, each act once."""
        each = {_act(entry): entry for several in (*self._packed, self._loose) for entry in several}
        for url, closer in self._closers.items():
            each[url] = _closed_by(each[url], each.get(closer))
        return MonthOfWork(
            month=month,
            contributions=sorted(each.values(), key=lambda entry: (entry.day, entry.url)),
            repositories={
                where: Repository(
                    default_branch=branch,
                    merged_into=tuple(sorted(self._merged_into[where])),
                    may_push=tuple(sorted(self._may_push[where])),
                )
                for where, branch in sorted(self._default.items())
            },
        )


def _act(entry: Contribution) -> str:
    """Return the address; with the login where one act stands for each person whom GitHub names."""
    named = entry.accepted is not None and not entry.accepted.asked and entry.kind == "pull request"
    return f"{entry.url} {entry.by.login}" if named else entry.url


def _closed_by(issue: Contribution, pull: Contribution | None) -> Contribution:
    """Return the issue with what is known of the pull request that closed it.

    A pull request of another repository, of another month, without credit, or of which GitHub does
    not say who asked an agent for it says nothing: then whoever closed the issue decides.
    """
    if not (pull and pull.accepted and issue.accepted and pull.repository == issue.repository):
        return issue
    if pull.accepted.no_credit:
        return issue
    own = issue.accepted
    closed = replace(pull.accepted, by=own.by, author=pull.by, no_credit=own.no_credit)
    return replace(issue, accepted=closed)


def items(
    kind: Kind,
    node: Node,
    left_out: Collection[str],
    given: Mapping[str, Given],
    asked: Mapping[str, Asked] | None = None,
) -> Items:
    """Return what a result of a search shows; nothing if its repository does not count.

    `left_out`: repositories that do not count, case-folded. `given`: the reviews of pull requests
    with many, by id. `asked`: who asked for pull requests of coding agents, by id. Raises
    NoAnswerError if reviews are missing, and TypeError, KeyError or ValueError for a node of
    another shape.
    """
    place = node["repository"]
    if not _is_public(place, left_out):
        return Items(contributions=())
    found = _of_kind(kind, node, given, asked or {})
    return replace(
        found,
        repository=repository_name(place["nameWithOwner"]),
        default_branch=maybe(lambda branch: text(branch["name"]), place["defaultBranchRef"]),
    )


def _of_kind(
    kind: Kind, node: Node, given: Mapping[str, Given], asked: Mapping[str, Asked]
) -> Items:
    if kind is PULLS:
        return _of_pull(node, given.get(node["id"], ()), asked.get(node["id"]))
    if kind is ISSUES:
        return _of_issue(node)
    if kind is not DISCUSSIONS:
        raise AssertionError(kind)
    return _of_discussion(node)


def _is_public(place: Node, left_out: Collection[str]) -> bool:
    """Tell whether the repository is public, not excluded, and no fork.

    Forks hold other people's work.
    """
    named = repository_name(place["nameWithOwner"]).casefold() in left_out
    apart = [flag(place["isPrivate"]), flag(place["isFork"])]
    return not (named or any(apart))


def _of_pull(pull: Node, given: Given, asked: Asked | None) -> Items:
    """Return a pull request and its reviews.

    A coding agent's is the work of who asked for it. If GitHub does not say who did, it stands
    there for each person whom GitHub names, so that the reason can be told to them.
    """
    if isinstance(given, NoAnswerError):
        raise given
    merged, maker = moment(pull["mergedAt"]), account_of(pull["author"])
    authors = asked.people if asked and asked.people else (maker,)
    author = maker if asked and not asked.sure else authors[0]
    last = list(_last_words(given or _reviews(pull), merged))
    accepted = Acceptance(
        by=account_of(pull["mergedBy"]),
        branch=text(pull["baseRefName"]),
        head=None if flag(pull["isCrossRepository"]) else text(pull["headRefName"]),
        approved_by=tuple(
            by for by, _, opinion in last if opinion is Opinion.APPROVED and by != author
        ),
        no_credit=_no_credit(pull),
        agent=maker if asked else None,
        asked=asked is None or asked.sure,
    )
    read = [
        # Dated by the merge: only accepted work counts.
        *(
            entry
            for one in authors
            for entry in _contributions("pull request", merged, one, pull, accepted)
        ),
        *(
            entry
            for by, review, opinion in last
            for entry in _contributions(
                "review",
                merged,
                by,
                {**pull, "url": review["url"]},
                replace(accepted, opinion=opinion),
                author,
            )
        ),
    ]
    may_push = (by.id for by, review, _ in last if flag(review["authorCanPushToRepository"]))
    return Items(
        contributions=read,
        merged_into=accepted.branch,
        may_push=frozenset(number for number in may_push if number is not None),
    )


def _last_words(
    reviews: Sequence[Node], merged: datetime
) -> Iterator[tuple[Account, Node, Opinion]]:
    """Yield each reviewer's last review before the merge with its opinion, sorted by login.

    A comment takes no opinion back. A review after the merge does not count: it could change a
    month that is closed. Nor does one that its author has not sent.
    """
    last: dict[Account, tuple[bool, datetime, Node]] = {}
    for review in reviews:
        by, submitted = account_of(review["author"]), maybe(moment, review["submittedAt"])
        if by is None or submitted is None or submitted > merged:
            continue
        word = (_STATES[review["state"]] is not Opinion.COMMENTED, submitted, review)
        known = last.get(by)
        if known is None or known[:2] <= word[:2]:
            last[by] = word
    for by in sorted(last, key=lambda one: (one.login.casefold(), one.id or 0)):
        review = last[by][2]
        hidden = flag(review["isMinimized"])
        yield by, review, Opinion.HIDDEN if hidden else _STATES[review["state"]]


# https://docs.github.com/en/graphql/reference/enums#pullrequestreviewstate
# A pending review has not been sent.
_STATES = {
    "APPROVED": Opinion.APPROVED,
    "CHANGES_REQUESTED": Opinion.CHANGES_REQUESTED,
    "COMMENTED": Opinion.COMMENTED,
    "DISMISSED": Opinion.DISMISSED,
    "PENDING": Opinion.COMMENTED,
}


def _reviews(pull: Node) -> Sequence[Node]:
    """Return the reviews of a pull request whose first page holds them all."""
    page = pull["reviews"]
    nodes, total = nodes_of(page), integer(page["total"])
    if len(nodes) < total or flag(page["pageInfo"]["hasNextPage"]):
        raise NoAnswerError(f"GitHub gave {len(nodes)} of {total} reviews.")
    return nodes


# https://docs.github.com/en/graphql/reference/enums#issuestatereason
_COMPLETED = {"COMPLETED": True, "DUPLICATE": False, "NOT_PLANNED": False, "REOPENED": False}


def _of_issue(issue: Node) -> Items:
    if not maybe(_COMPLETED.__getitem__, issue["stateReason"]):
        return Items(contributions=())
    by, author, pull = None, None, None
    for event in nodes_of(issue["closings"]):
        by, closer = account_of(event["actor"]), event["closer"]
        kind = _CLOSERS[closer["__typename"]] if closer is not None else None
        if kind == "commit":
            author = account_of(closer["author"]["user"]) if closer["author"] is not None else None
        pull = address(closer["url"]) if kind == "pull request" else None
    accepted = Acceptance(by=by, author=author, no_credit=_no_credit(issue))
    closed, reporter = moment(issue["closedAt"]), account_of(issue["author"])
    return Items(
        contributions=list(_contributions("issue", closed, reporter, issue, accepted)),
        closer=pull,
    )


# https://docs.github.com/en/graphql/reference/unions#closer
# A project's automation closes in the name of whoever moved the issue.
_CLOSERS = {"Commit": "commit", "PullRequest": "pull request", "ProjectV2": "project"}


def _of_discussion(discussion: Node) -> Items:
    answer = discussion["answer"]
    if answer is None:
        return Items(contributions=())
    chosen = moment(discussion["answerChosenAt"])
    chosen_by, out = account_of(discussion["answerChosenBy"]), _no_credit(discussion)
    accepted = Acceptance(by=chosen_by, no_credit=out)
    read = {**discussion, "url": answer["url"]}
    by, of = account_of(answer["author"]), account_of(discussion["author"])
    return Items(contributions=list(_contributions("answer", chosen, by, read, accepted, of)))


def _no_credit(node: Node) -> bool:
    """Tell whether the label `no-credit` is set. Labels are the same in capital letters."""
    labels = maybe(nodes_of, node["labels"]) or ()
    return NO_CREDIT in {text(label["name"]).casefold() for label in labels}


def _contributions(
    kind: str,
    at: datetime,
    by: Account | None,
    what: Node,
    accepted: Acceptance,
    of: Account | None = None,
) -> Iterator[Contribution]:
    """Yield one contribution, or nothing if its author's account was deleted."""
    if by is not None:
        yield Contribution(
            kind=kind,
            day=at.date(),
            by=by,
            of=of,
            title=brief(what["title"]),
            url=address(what["url"]),
            repository=repository_name(what["repository"]["nameWithOwner"]),
            accepted=accepted,
        )
