"""Ask GitHub which person asked a coding agent for a pull request.

https://docs.github.com/en/copilot/concepts/agents/cloud-agent/risks-and-mitigations
The author of such a pull request, and of its commits, is the agent's account. GitHub names who
asked in two places: the agent assigns its pull request to that person, and that person is a
co-author of the agent's commits. A commit's text is anybody's who may push, and people assign each
other. So who asked is the one person whom the agent itself assigned and who is such a co-author.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..model.contribution import Account
from ..wire.answers import decoding, maybe, text
from ..wire.graphql import GraphQL, nodes_of, refuse_errors
from ..wire.judgment import NoAnswerError
from .accounts import account_of
from .batches import in_batches
from .work_search import AUTHOR

Node = dict[str, Any]

# https://docs.github.com/en/copilot/concepts/agents/cloud-agent/about-cloud-agent
# https://docs.github.com/en/copilot/concepts/agents/about-third-party-agents
# Only a bot with one of these numbers is an agent: people can have such a login. The number stands
# in the address of an agent's commits, such as `198982749+Copilot@users.noreply.github.com`.
AGENTS = {
    198982749: "copilot-swe-agent",
    242468646: "anthropic-code-agent",
    242516109: "openai-code-agent",
}
"""The logins of the coding agents that GitHub runs for the person who asks them, by number."""

AT_ONCE = 25  # pull requests of one question

# https://docs.github.com/en/graphql/reference/objects#assignedevent
# https://docs.github.com/en/graphql/reference/objects#commit
# The agent assigns its pull request when it opens it. Its first commit is an empty plan without a
# co-author. The author of a commit in git is the first of its authors.
REQUESTERS_QUERY = f"""
query ($ids: [ID!]!) {{
  rateLimit {{ cost }}
  nodes(ids: $ids) {{ ... on PullRequest {{
    id
    author {{ ...Author }}
    assigned: timelineItems(first: 10, itemTypes: [ASSIGNED_EVENT]) {{
      nodes {{ ... on AssignedEvent {{ actor {{ ...Author }} assignee {{ ...Author }} }} }}
    }}
    commits(first: 10) {{
      nodes {{ commit {{ authors(first: 5) {{ nodes {{ email user {{ ...Author }} }} }} }} }}
    }}
  }} }}
}}
{AUTHOR}"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The people whom GitHub names beside a coding agent's pull request, sorted by login.

    `sure`: there is one, and this person asked for it.
    """

    people: tuple[Account, ...]
    sure: bool


def is_agents(pull: Node) -> bool:
    """Tell whether a coding agent opened the pull request. Raises one of ODD for another shape."""
    author = account_of(pull["author"])
    return author is not None and author.bot and author.id in AGENTS


def who_asked(graphql: GraphQL, pulls: Sequence[str]) -> Mapping[str, Asked]:
    """Return who asked for each of these pull requests of coding agents, by its id.

    One request asks for up to 25 of them. Raises NoAnswerError if one of them cannot be read.
    """
    return dict(in_batches(partial(_ask, graphql), pulls, AT_ONCE))


def _ask(graphql: GraphQL, pulls: Sequence[str]) -> Sequence[tuple[str, Asked]]:
    reply = graphql.ask(REQUESTERS_QUERY, {"ids": list(pulls)})
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        told = [(text(node["id"]), _asked(node)) for node in nodes_of(reply.data)]
    if [number for number, _ in told] != list(pulls):
        raise NoAnswerError(f"{graphql.name} left out parts of its answer.")
    return told


def _asked(pull: Node) -> Asked:
    agent = account_of(pull["author"])
    if agent is None:
        raise ValueError(pull)
    assigned, co_authors = set(_assigned(pull, agent)), set(_co_authors(pull, agent))
    both = assigned & co_authors
    sure = len(both) == 1
    named = both if sure else assigned | co_authors
    by_login = sorted(named, key=lambda one: (one.login.casefold(), one.id or 0))
    return Asked(people=tuple(by_login), sure=sure)


def _assigned(pull: Node, agent: Account) -> Iterator[Account]:
    """Yield the people whom the agent itself assigned."""
    for event in nodes_of(pull["assigned"]):
        by, who = account_of(event["actor"]), account_of(event["assignee"])
        if by is not None and by.bot and by.id == agent.id and who is not None and not who.bot:
            yield who


def _co_authors(pull: Node, agent: Account) -> Iterator[Account]:
    """Yield the people who are co-authors of the agent's own commits."""
    for node in nodes_of(pull["commits"]):
        own, *others = nodes_of(node["commit"]["authors"]) or [{"email": None}]
        if _number_in(maybe(text, own["email"])) != agent.id:
            continue
        for other in others:
            who = account_of(other["user"])
            if who is not None and not who.bot:
                yield who


# https://docs.github.com/en/account-and-profile/reference/email-addresses-reference
_NO_REPLY = re.compile(r"([0-9]{1,20})\+[^@]+@users\.noreply\.github\.com", re.ASCII)


def _number_in(email: str | None) -> int | None:
    """Return the number of the account whose address this is; None for any other address."""
    found = _NO_REPLY.fullmatch(email or "")
    return int(found[1]) if found else None
