"""Make several changes to a thread by one GraphQL mutation, and tell which of them are made.

https://spec.graphql.org/October2021/#sec-Mutation
The fields of a mutation are carried out one after the other, and one that fails does not stop the
next. So a change that another change relies on never stands in the same mutation.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model.changes import (
    ChangeLabels,
    Close,
    CreateLabel,
    EditComment,
    PostComment,
    React,
    Reaction,
    ThreadChange,
)
from ..wire.graphql import GraphQL
from ..wire.judgment import NoAnswerError, OddAnswerError
from .labels import look_of
from .rest_answers import object_in
from .thread_query import Found

Step = tuple[str, Mapping[str, Any]]  # a field of Mutation, and its input
SHOWN = {  # what is asked of the payload of each field of Mutation
    "createLabel": "label { id }",
    "addComment": "commentEdge { node { url } }",
    "updateIssueComment": "clientMutationId",
    "addLabelsToLabelable": "clientMutationId",
    "removeLabelsFromLabelable": "clientMutationId",
    "addReaction": "clientMutationId",
    "closeIssue": "clientMutationId",
    "closePullRequest": "clientMutationId",
}
_REACTIONS = {
    Reaction.DONE: "THUMBS_UP",
    Reaction.NO: "THUMBS_DOWN",
    Reaction.CONFUSED: "CONFUSED",
}
_LABELING = ("addLabelsToLabelable", "removeLabelsFromLabelable")


def together(changes: Sequence[ThreadChange]) -> Iterator[tuple[ThreadChange, ...]]:
    """Split changes into groups, in order; the changes of a group may be made by one request."""
    group: tuple[ThreadChange, ...] = ()
    for one in changes:
        if group and not _fits(group, one):
            yield group
            group = ()
        group = (*group, one)
    if group:
        yield group


def _fits(group: Sequence[ThreadChange], one: ThreadChange) -> bool:
    """Tell whether a change may follow the group in one request.

    What a run takes for done waits until a comment is posted: an edit of the verdict is the memory
    of what was told, a reaction says that a comment is answered, and nobody looks at a closed
    thread again. A label that is created in the same request has no id yet.
    """
    if isinstance(one, EditComment | React | Close):
        return not any(isinstance(each, PostComment) for each in group)
    if isinstance(one, ChangeLabels):
        return not {each.name for each in group if isinstance(each, CreateLabel)} & {*one.add}
    return not any(isinstance(each, React | Close) for each in group)


def requests(change: ThreadChange) -> int:
    """Return how many REST requests this change takes."""
    return bool(change.add) + len(change.remove) if isinstance(change, ChangeLabels) else 1


def change(
    github: GraphQL, found: Found, changes: Sequence[ThreadChange]
) -> tuple[str | None, ...] | None:
    """Make the changes of one group by one request, in order; None if nothing was sent.

    For each change: the address of a comment that was posted, an empty text for another change that
    was made, and None if the change is not known to be made. The request is never repeated.
    """
    try:
        steps = [tuple(_steps(found, one)) for one in changes]
    except KeyError:
        return None
    flat = [step for each in steps for step in each]
    inputs = {f"in{at}": given for at, (_, given) in enumerate(flat)}
    try:
        reply = github.ask(changes_query([name for name, _ in flat]), inputs, once=True)
    except NoAnswerError:
        return (None,) * len(changes)
    told = (reply.data.get(f"c{at}") for at in range(len(flat)))
    return tuple(
        _made(one, [next(told) for _ in each]) for one, each in zip(changes, steps, strict=True)
    )


def _made(one: ThreadChange, told: Sequence[Any]) -> str | None:
    """Return what `change` returns for one change, from the payloads of its fields."""
    if not all(isinstance(each, dict) for each in told):
        return None
    if not isinstance(one, PostComment):
        return ""
    try:
        edge = object_in(told[0].get("commentEdge"), node=dict)
        return str(object_in(edge["node"], url=str)["url"])
    except OddAnswerError:
        return None


def changes_query(names: Sequence[str]) -> str:
    """Return the mutation with these fields, in order; `$in0`, `$in1` and so on are their inputs.

    The results come back as `c0`, `c1` and so on.
    """
    kinds = (f"{name[0].upper()}{name[1:]}Input!" for name in names)
    variables = ", ".join(f"$in{at}: {kind}" for at, kind in enumerate(kinds))
    fields = (
        f"  c{at}: {name}(input: $in{at}) {{ {SHOWN[name]} }}" for at, name in enumerate(names)
    )
    return f"mutation ({variables}) {{\n{chr(10).join(fields)}\n}}\n"


def _steps(found: Found, one: ThreadChange) -> Iterator[Step]:
    """Yield the fields that make a change. Raises KeyError if an id is not known."""
    match one:
        case CreateLabel():
            color, description = look_of(one.name)
            looks = {"name": one.name, "color": color, "description": description}
            yield "createLabel", {"repositoryId": found.repository, **looks}
        case PostComment():
            yield "addComment", {"subjectId": found.issue, "body": one.body}
        case EditComment():
            yield "updateIssueComment", {"id": found.comments[one.id], "body": one.body}
        case ChangeLabels():
            for name, labels in zip(_LABELING, (one.add, one.remove), strict=True):
                if labels:
                    ids = [found.labels[label] for label in labels]
                    yield name, {"labelableId": found.issue, "labelIds": ids}
        case React():
            subject = {"subjectId": found.comments[one.comment]}
            yield "addReaction", {**subject, "content": _REACTIONS[one.content]}
        case Close(pull=True):
            yield "closePullRequest", {"pullRequestId": found.issue}
        case Close():
            reason = "COMPLETED" if one.done else "NOT_PLANNED"
            yield "closeIssue", {"issueId": found.issue, "stateReason": reason}
