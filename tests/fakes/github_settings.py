"""A repository's settings in the fake GitHub, as REST shows them to those who may see them."""

from .github_store import Repository, Store, missing
from .server import Request, Response


class Settings(Store):
    """What a repository says of itself, of its branches and of its workflows."""

    def _get_repository(self, request: Request, login: str, repository: Repository) -> Response:
        shown = {
            "full_name": repository.name,
            "url": f"{self.url}/repos/{repository.name}",
            "has_issues": repository.has_issues,
            "default_branch": repository.default_branch,
        }
        return Response(body=shown)

    def _get_workflow_permissions(
        self, request: Request, login: str, repository: Repository
    ) -> Response:
        if login not in repository.administrators:
            message = "Resource not accessible by integration"
            return Response(status=403, body={"message": message})
        shown = {
            "default_workflow_permissions": "read",
            "can_approve_pull_request_reviews": repository.bots_may_open_pulls,
        }
        return Response(body=shown)

    def _get_actions_permissions(
        self, request: Request, login: str, repository: Repository
    ) -> Response:
        if login not in repository.administrators:
            return missing()
        return Response(body=repository.actions)

    def _get_pages(self, request: Request, login: str, repository: Repository) -> Response:
        """What is off, and what somebody may not see, are one answer."""
        if repository.pages is None or login not in repository.administrators:
            return missing()
        return Response(body=repository.pages)

    def _list_workflows(self, request: Request, login: str, repository: Repository) -> Response:
        listed = [
            {"name": path, "path": path, "state": state}
            for path, state in repository.workflow_states.items()
        ]
        return Response(body={"total_count": len(listed), "workflows": listed})

    def _get_branch(
        self, request: Request, login: str, repository: Repository, name: str
    ) -> Response:
        if name != repository.default_branch:
            return missing()
        required = {"contexts": repository.checks, "enforcement_level": "non_admins"}
        protection = {"enabled": repository.protected, "required_status_checks": required}
        shown = {"name": name, "protected": repository.protected, "protection": protection}
        return Response(body=shown)

    def _list_rules(
        self, request: Request, login: str, repository: Repository, name: str
    ) -> Response:
        return Response(body=list(repository.rules))
