"""GitHub's side of REST: which route leads where."""

import re
from collections.abc import Callable, Mapping

from .github_changes import Changes
from .github_git import GitRest
from .github_people import People
from .github_pulls import Pulls
from .github_settings import Settings
from .github_store import Node, missing, user
from .server import Request, Response


class Rest(Changes, Pulls, People, Settings, GitRest):
    """The routes. `accounts`: people and organizations as GraphQL shows them."""

    def __init__(self, url: str, accounts: Mapping[str, Node]) -> None:
        super().__init__(url, accounts)
        repo, number = r"/repos/([^/]+/[^/]+)", r"/issues/(\d+)"
        self._routes: list[tuple[str, str, Callable[..., Response]]] = [
            ("GET", repo, self._get_repository),
            ("GET", repo + "/actions/permissions", self._get_actions_permissions),
            ("GET", repo + "/actions/permissions/workflow", self._get_workflow_permissions),
            ("GET", repo + "/actions/workflows", self._list_workflows),
            ("GET", repo + "/pages", self._get_pages),
            ("GET", repo + "/branches/([^/]+)", self._get_branch),
            ("GET", repo + "/rules/branches/([^/]+)", self._list_rules),
            ("GET", repo + "/issues", self._list_issues),
            ("POST", repo + "/issues", self._create_issue),
            ("GET", repo + number, self._get_issue),
            ("PATCH", repo + number, self._edit_issue),
            ("GET", repo + number + "/comments", self._list_comments),
            ("POST", repo + number + "/comments", self._post_comment),
            ("PATCH", repo + r"/issues/comments/(\d+)", self._edit_comment),
            ("POST", repo + r"/issues/comments/(\d+)/reactions", self._react),
            ("GET", repo + "/collaborators/([^/]+)/permission", self._get_permission),
            ("GET", repo + "/labels", self._list_labels),
            ("POST", repo + "/labels", self._create_label),
            ("GET", repo + number + "/labels", self._list_issue_labels),
            ("POST", repo + number + "/labels", self._add_labels),
            ("PUT", repo + number + "/labels", self._set_labels),
            ("DELETE", repo + number + "/labels/([^/]+)", self._remove_label),
            ("GET", repo + "/pulls", self._list_pulls),
            ("POST", repo + "/pulls", self._create_pull),
            ("PATCH", repo + r"/pulls/(\d+)", self._edit_pull),
            ("POST", repo + "/git/refs", self._create_ref),
            ("PATCH", repo + "/git/refs/heads/(.+)", self._move_ref),
            ("DELETE", repo + "/git/refs/heads/(.+)", self._delete_ref),
            ("GET", repo + "/git/ref/heads/(.+)", self._get_ref),
            ("GET", repo + r"/compare/(\w+)\.\.\.(.+)", self._compare),
            ("GET", repo + r"/pulls/(\d+)", self._get_pull),
            ("GET", repo + r"/pulls/(\d+)/files", self._list_changes),
            ("GET", repo + "/contents/(.+)", self._get_content),
            ("PUT", repo + "/contents/(.+)", self._put_file),
            ("GET", repo + r"/commits/(\w+)/statuses", self._list_statuses),
            ("POST", repo + r"/statuses/(\w+)", self._create_status),
        ]

    def answer(self, request: Request, login: str) -> Response:
        """`login`: whose token it is."""
        if match := re.fullmatch(r"/user/(\d+)", request.path):
            return self._get_account(int(match[1]))
        if match := re.fullmatch(r"/orgs/([^/]+)/teams/([^/]+)/memberships/([^/]+)", request.path):
            return self._get_membership("/".join(match.groups()[:2]), match[3])
        if match := re.fullmatch(r"/orgs/([^/]+/)teams/([^/]+)", request.path):
            return Response(body={}) if "".join(match.groups()) in self.teams else missing()
        for method, pattern, route in self._routes:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                name, *rest = match.groups()
                repository = self.repositories.get(name.casefold())
                if repository is None:
                    return missing()
                numbers = [
                    int(part) if len(part) < 40 and part.isdigit() else part for part in rest
                ]
                return route(request, login, repository, *numbers)
        return missing()

    def _get_account(self, number: int) -> Response:
        """By its id, whatever its login is by now."""
        for one in self.accounts.values():
            if one["databaseId"] == number:
                shown = {**user(one["login"]), "id": number, "type": one["__typename"]}
                return Response(body=shown)
        return missing()
