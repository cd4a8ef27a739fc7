"""GitHub's side of coding agents: what a pull request says of who asked for it."""

from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]

COPILOT = "copilot-swe-agent[bot]"
AGENTS = {"copilot-swe-agent": 198982749, "openai-code-agent": 242516109}
NOTHING_SAID: Node = {
    "timelineItems": lambda _, **__: {"nodes": []},
    "commits": lambda _, **__: {"nodes": []},
}


def said(
    agent: Node,
    *,
    assigned: Sequence[Node | None] = (),
    co_authors: Sequence[Node] = (),
    assigned_by: Node | None = None,
    written_by: Node | None = None,
) -> Node:
    """The fields of an agent's pull request: its first commit is a plan without co-authors.

    The agent assigns people and writes the commits, unless `assigned_by` and `written_by` say so.
    """
    writer = written_by or agent
    own: Node = {"email": f"{writer['databaseId']}+{writer['login']}@users.noreply.github.com"}
    own |= {"user": None if writer["__typename"] == "Bot" else writer}
    others = [{"email": f"{one['login']}@mail.example", "user": one} for one in co_authors]
    events = [
        {"__typename": "AssignedEvent", "actor": assigned_by or agent, "assignee": one}
        for one in assigned
    ]

    def commit(*authors: Node) -> Node:
        return {"commit": {"authors": lambda _, first: {"nodes": list(authors[:first])}}}

    return {
        "timelineItems": lambda _, **asked: {"nodes": events[: asked["first"]]},
        "commits": lambda _, first: {"nodes": [commit(own), commit(own, *others)][:first]},
    }
