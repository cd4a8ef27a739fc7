"""Reactions to comments. GitHub keeps one of a kind from each account: twice is once."""

from github import GithubException

from .github_answers import OddAnswerError, object_in
from .github_client import GitHubRepository


def react(there: GitHubRepository, comment: int, content: str) -> None:
    """To a comment of an issue or pull request; it may have been deleted meanwhile."""
    path = f"issues/comments/{comment}/reactions"
    try:
        made = object_in(there.ask("POST", path, {"content": content}), id=int, content=str)
    except GithubException as error:
        if error.status != 404:
            raise
    else:
        if made["content"] != content:
            raise OddAnswerError
