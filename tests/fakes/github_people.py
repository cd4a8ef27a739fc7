"""GitHub's side of REST: what people may do in a repository, and how they react to comments."""

from urllib.parse import unquote

from .github_store import Repository, Store, missing, user
from .server import Request, Response

REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
# The older of the two fields knows four words only.
_PERMISSIONS = {"maintain": "write", "triage": "read"}


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

    def _react(self, request: Request, login: str, of: Repository, comment: int) -> Response:
        """One of a kind from each account: 200 and the first one where it is there already."""
        if all(one["id"] != comment for thread in of.comments.values() for one in thread):
            return missing()
        content = request.body["content"]
        if content not in REACTIONS:
            return Response(status=422, body={"message": "Validation Failed"})
        given = of.reactions.setdefault(comment, [])
        for one in given:
            if (one["user"]["login"], one["content"]) == (login, content):
                return Response(body=one)
        given.append({"id": self.number(), "user": user(login), "content": content})
        return Response(status=201, body=given[-1])
