"""GitHub's side of GraphQL for an issue's thread: what REST keeps, in GraphQL's words."""

from typing import Any

from graphql import GraphQLError

from .github_applications import funnel
from .github_graphql import connection
from .github_rest import Rest
from .github_store import Node, Repository, actor, user

_REACTIONS = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1", "CONFUSED": "confused"}


def conversation(rest: Rest, login: str) -> Node:
    """Fields of Query and Mutation, for whoever `login` is."""
    return {
        "repository": _repository(rest, login),
        **_labeling(rest),
        **_talking(rest, login),
        **_reacting(rest, login),
        **_closing(rest),
    }


def _repository(rest: Rest, login: str) -> Any:
    def repository(_: Any, owner: str, name: str) -> Node:
        of = rest.repositories.get(f"{owner}/{name}".casefold())
        if of is None:
            raise _missing("a Repository")
        return {
            **funnel(of, login, lambda number: _issue(of, number, login)),
            "id": _repository_id(of),
            "databaseId": of.number,
            "issueOrPullRequest": lambda _, number: _issue(of, number, login),
            "label": lambda _, name: next(
                (_label(one) for key, one in of.labels.items() if key == name.casefold()), None
            ),
        }

    return repository


def _labeling(rest: Rest) -> Node:
    def create(_: Any, input: Node) -> Node:  # noqa: A002
        of = next(
            one
            for one in rest.repositories.values()
            if _repository_id(one) == input["repositoryId"]
        )
        if input["name"].casefold() in of.labels:
            raise _unprocessable("Name has already been taken")
        looks = {name: input.get(name) for name in ("color", "description")}
        return {"label": _label(of.label(input["name"], **looks))}

    def add(_: Any, input: Node) -> Node:  # noqa: A002
        of, issue = _labeled(rest, input)
        ids = [_label_id(label) for label in issue["labels"]]
        issue["labels"] += [
            one
            for one in of.labels.values()
            if _label_id(one) in input["labelIds"] and _label_id(one) not in ids
        ]
        return {"clientMutationId": None}

    def remove(_: Any, input: Node) -> Node:  # noqa: A002
        _, issue = _labeled(rest, input)
        labels = issue["labels"]
        issue["labels"] = [one for one in labels if _label_id(one) not in input["labelIds"]]
        return {"clientMutationId": None}

    return {
        "createLabel": create,
        "addLabelsToLabelable": add,
        "removeLabelsFromLabelable": remove,
    }


def _talking(rest: Rest, login: str) -> Node:
    def comment(_: Any, input: Node) -> Node:  # noqa: A002
        of, number = _subject(rest, input["subjectId"])
        refusal = rest.refuse_comment(of, number, input["body"])
        if refusal:
            raise _unprocessable(refusal.body["message"])
        made = rest.add_comment(of.name, number, login, input["body"])
        return {"commentEdge": {"node": _comment(of, made, login)}}

    def edit(_: Any, input: Node) -> Node:  # noqa: A002
        for of in rest.repositories.values():
            for one in [comment for thread in of.comments.values() for comment in thread]:
                if _comment_id(one) == input["id"]:
                    one["body"] = input["body"]
                    return {"clientMutationId": None}
        raise _missing("a node")

    return {"addComment": comment, "updateIssueComment": edit}


def _reacting(rest: Rest, login: str) -> Node:
    def react(_: Any, input: Node) -> Node:  # noqa: A002
        for of in rest.repositories.values():
            for one in [comment for thread in of.comments.values() for comment in thread]:
                if _comment_id(one) == input["subjectId"]:
                    rest.add_reaction(of, login, one["id"], _REACTIONS[input["content"]])
                    return {"clientMutationId": None}
        raise _missing("a node")

    return {"addReaction": react}


def _closing(rest: Rest) -> Node:
    def issue(_: Any, input: Node) -> Node:  # noqa: A002
        of, number = _subject(rest, input["issueId"])
        reason = str(input.get("stateReason", "COMPLETED")).lower()
        of.issues[number] |= {"state": "closed", "state_reason": reason}
        return {"clientMutationId": None}

    def pull(_: Any, input: Node) -> Node:  # noqa: A002
        of, number = _subject(rest, input["pullRequestId"])
        for one in (of.issues[number], *(each for each in of.pulls if each["number"] == number)):
            one["state"] = "closed"
        return {"clientMutationId": None}

    return {"closeIssue": issue, "closePullRequest": pull}


def _issue(of: Repository, number: int, login: str) -> Node:
    issue = of.issues.get(number)
    if issue is None:
        raise _missing("an issue or pull request with that number")
    labels = [_label(one) for one in issue["labels"]]
    comments = [_comment(of, one, login) for one in of.comments[number]]
    return {
        "__typename": "PullRequest" if "pull_request" in issue else "Issue",
        "id": _id(of, number),
        "author": actor(of, issue["user"]),
        "title": issue["title"],
        "body": issue["body"] or "",
        "state": issue["state"].upper(),
        "createdAt": issue["created_at"],
        "lastEditedAt": of.edited.get(number),
        "userContentEdits": {"nodes": of.edits.get(number, [])},
        "timelineItems": {"nodes": _reopened(of, number)},
        "commits": {"nodes": [{"commit": _commit(of, number)}]},
        "labels": lambda _, first, after=None: connection(labels, first, after),
        "comments": lambda _, first, after=None: connection(comments, first, after),
    }


def _comment(of: Repository, comment: Node, login: str) -> Node:
    author = comment["user"]
    given = of.reactions.get(comment["id"], [])
    mine = {one["content"] for one in given if one["user"]["login"] == login}
    return {
        "id": _comment_id(comment),
        "fullDatabaseId": str(comment["id"]),
        "url": comment["html_url"],
        "body": comment["body"],
        "createdAt": comment["created_at"],
        "viewerDidAuthor": bool(author) and author["login"] == login,
        "authorAssociation": _association(of, author),
        "author": actor(of, author),
        "editor": actor(of, user(editor) if (editor := of.editors.get(comment["id"])) else None),
        "reactionGroups": [
            {"content": name, "viewerHasReacted": content in mine}
            for name, content in _REACTIONS.items()
        ],
    }


def _association(of: Repository, author: Node | None) -> str:
    """As GitHub tells a workflow: of people with a role it says so, of others nothing."""
    role = of.roles.get(author["login"].casefold()) if author else None
    return "COLLABORATOR" if role else "NONE"


def _comment_id(comment: Node) -> str:
    return f"IC_{comment['id']}"


def _reopened(of: Repository, number: int) -> list[Node]:
    moment = of.reopened.get(number)
    return [{"__typename": "ReopenedEvent", "id": "RE_1", "createdAt": moment}] if moment else []


def _commit(of: Repository, number: int) -> Node:
    return {"committedDate": of.pushed.get(number, of.issues[number]["created_at"])}


def _label(label: Node) -> Node:
    return {"id": _label_id(label), "name": label["name"]}


def _label_id(label: Node) -> str:
    """A test may put a bare label on an issue."""
    return str(label.get("node_id", label["name"]))


def _labeled(rest: Rest, asked: Node) -> tuple[Repository, Node]:
    of, number = _subject(rest, asked["labelableId"])
    return of, of.issues[number]


def _subject(rest: Rest, id: str) -> tuple[Repository, int]:  # noqa: A002
    for of in rest.repositories.values():
        for number in of.issues:
            if _id(of, number) == id:
                return of, number
    raise _missing("a node")


def _repository_id(of: Repository) -> str:
    return f"R_{of.name}"


def _id(of: Repository, number: int) -> str:
    return f"I_{of.name}_{number}"


def _missing(what: str) -> GraphQLError:
    return GraphQLError(f"Could not resolve to {what}.", extensions={"code": "NOT_FOUND"})


def _unprocessable(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "UNPROCESSABLE"})
