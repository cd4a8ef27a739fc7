"""The comments of one issue or pull request: read whole, posted once, edited, reacted to."""

from github import GithubException

from ..memory import same_text
from ..model.thread import Comment
from .authorship import Authorship
from .rest import GitHubRepository, make_one
from .rest_answers import Json, OddAnswerError, login_in, object_in, text_in


class GitHubComments:
    """Of the issue or pull request `number`. GitHub's refusals are raised as they are."""

    def __init__(self, repository: GitHubRepository, number: int) -> None:
        self._repository = repository
        self._path = f"issues/{number}/comments"

    def read(self) -> tuple[Comment, ...]:
        """All, oldest first."""
        listed = self._repository.listed(self._path, {})
        return tuple(_comment(one, self._repository.authorship) for one in listed)

    def post(self, body: str) -> str:
        """Its address; a retry never posts a second one."""
        return make_one(
            lambda: str(self._repository.make(self._path, {"body": body})["html_url"]),
            lambda: self._stored(body),
        )

    def edit(self, comment: int, body: str) -> None:
        edited = self._repository.ask("PATCH", f"issues/comments/{comment}", {"body": body})
        if object_in(edited, id=int)["id"] != comment:
            raise OddAnswerError

    def _stored(self, body: str) -> str | None:
        found = (one for one in self.read() if one.ours and same_text(one.body, body))
        return next((one.url for one in found), None)


def _comment(data: Json, authorship: Authorship) -> Comment:
    one = object_in(data, id=int, html_url=str)
    return Comment(
        id=one["id"],
        url=one["html_url"],
        body=text_in(one, "body"),
        author=login_in(one),
        ours=authorship.ours(one),
    )


def react(repository: GitHubRepository, comment: int, content: str) -> None:
    """To a comment of an issue or pull request; it may have been deleted meanwhile."""
    path = f"issues/comments/{comment}/reactions"
    try:
        made = object_in(repository.ask("POST", path, {"content": content}), id=int, content=str)
    except GithubException as error:
        if error.status != 404:
            raise
    else:
        if made["content"] != content:
            raise OddAnswerError
