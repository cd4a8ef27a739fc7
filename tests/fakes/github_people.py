"""GitHub's side of people: accounts by node id, roles in a repository, reactions to comments."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from graphql import GraphQLError

from .github_store import Node, Repository, Store, missing, user
from .server import Request, Response

REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
# The older of the two fields knows four words only.
_PERMISSIONS = {"maintain": "write", "triage": "read"}


MOST_NODES = 100
GHOST = 10137


def node_ids(kind: str, number: int) -> tuple[str, str]:
    """The two ids under which GitHub knows an account, the older one first."""
    older = b64encode(f"0{len(kind)}:{kind}{number}".encode()).decode()
    forms = ((2**7, b"", 1), (2**8, b"\xcc", 1), (2**16, b"\xcd", 2), (2**32, b"\xce", 4))
    start, size = next((start, size) for end, start, size in forms if number < end)
    packed = urlsafe_b64encode(b"\x92\x00" + start + number.to_bytes(size, "big"))
    return older, f"{kind[0]}_{packed.decode().rstrip('=')}"


def nodes(known: Iterable[Node], ids: Sequence[str]) -> list[Node | GraphQLError]:
    """What `nodes(ids:)` gives: null with an error in the place of each that does not exist."""
    if len(ids) > MOST_NODES:
        raise GraphQLError(f"You may not provide more than 100 node ids; you provided {len(ids)}.")
    by_id = {node["id"]: node for node in known}
    by_id |= {
        one: node
        for node in by_id.values()
        if node["__typename"] in ("User", "Organization")
        for one in node_ids(node["__typename"], node["databaseId"])
    }
    gone = {"code": "NOT_FOUND"}
    return [
        by_id.get(one) or GraphQLError(f"Could not resolve to a node {one!r}.", extensions=gone)
        for one in ids
    ]


class People(Store):
    """Roles are a test's to give; reactions are there to be counted."""

    def _get_permission(
        self, request: Request, login: str, of: Repository, who: str | int
    ) -> Response:
        name = unquote(str(who))
        role = of.roles.get(name.casefold(), "read")
        permission = _PERMISSIONS.get(role, role)
        body = {"permission": permission, "role_name": role, "user": user(name)}
        return Response(body=body)

    def _get_membership(self, team: str, login: str) -> Response:
        """404 for who is in no such team, and for each team that the token may not see."""
        state = self.teams.get(team, {}).get(login)
        return missing() if state is None else Response(body={"state": state, "role": "member"})

    def _react(self, request: Request, login: str, of: Repository, comment: int) -> Response:
        """One of a kind from each account: 200 and the first one where it is there already."""
        if all(one["id"] != comment for thread in of.comments.values() for one in thread):
            return missing()
        content = request.body["content"]
        if content not in REACTIONS:
            return Response(status=422, body={"message": "Validation Failed"})
        known, given = self.add_reaction(of, login, comment, content)
        return Response(status=200 if known else 201, body=given)

    def add_reaction(
        self, of: Repository, login: str, comment: int, content: str
    ) -> tuple[bool, Node]:
        """The reaction, and whether it was there before."""
        given = of.reactions.setdefault(comment, [])
        for one in given:
            if (one["user"]["login"], one["content"]) == (login, content):
                return True, one
        given.append({"id": self.number(), "user": user(login), "content": content})
        return False, given[-1]
