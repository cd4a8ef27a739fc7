"""Read and write the thread of an issue or pull request. The callers decide what is written.

One GraphQL query reads the whole thread, and one mutation makes the changes that do not rely on
each other; REST does what GraphQL did not do. Before a comment is posted a second time, the code
looks whether it is there. Errors are sentences of ours with the remedy, never the server's words.
"""

from collections.abc import Iterator, Sequence

from github import GithubException

from ..hidden_line import Memory, is_of_kind, our_comments, same_text
from ..model.changes import (
    ChangeLabels,
    Close,
    CreateLabel,
    EditComment,
    PostComment,
    React,
    ThreadChange,
)
from ..model.thread import Comment, Issue, Thread
from ..wire.graphql import GraphQL, GraphQLResult
from ..wire.judgment import OddAnswerError
from .labels import LABELS, add_labels, make_label, remove_label
from .ours import Authorship
from .rest import GitHubRepository, make_one, sentences
from .rest_answers import Json, is_open, login_in, maybe_text_in, number_in, object_in, text_in
from .thread_changes import change, requests, together
from .thread_query import Found, ask_thread

_REMEDIES = {
    403: "The workflow needs the permission `issues: write`; for a pull request, "
    "`pull-requests: write` too.",
    404: "Check the repository, the issue's number and the token's permissions.",
    410: "Switch issues on in the repository's settings.",
}


class GitHubThread:
    """The thread of the issue or pull request `number`, read and written by GraphQL and REST."""

    def __init__(self, repository: GitHubRepository, github: GraphQL, number: int) -> None:
        self._repository = repository
        self._github = github
        self.number = number
        self._comments = GitHubComments(repository, number)
        self._found: Found | None = None
        self._seen: Thread | None = None

    @property
    def seen(self) -> Thread:
        """The thread as it was read last; the first access reads it."""
        return self._seen or self.read()

    def read(self, first: GraphQLResult | None = None) -> Thread:
        """Read the issue as it is now, all its comments, and which of our labels are missing.

        `first`: the reply that has the first page, if the caller has it already. Raises UserError
        with a sentence.
        """
        asked = (self._repository.name, self.number, self._repository.authorship)
        self._found = ask_thread(self._github, *asked, first)
        if self._found:
            self._seen = self._found.thread
        else:
            with sentences("reading the thread", _REMEDIES):
                self._seen = self._read_by_rest()
        return self._seen

    def apply(self, writes: Sequence[ThreadChange]) -> str | None:
        """Carry out the changes in order; return the address of the first comment posted, or None.

        Raises UserError with a sentence; a second run does the rest.
        """
        posted: list[str] = []
        for group in together(writes):
            made = self._at_once(group)
            for write, url in zip(group, made or (None,) * len(group), strict=True):
                if url is None:
                    with sentences("writing to the thread", _REMEDIES):
                        posted.extend(self._apply(write, tried=made is not None))
                elif url:
                    posted.append(url)
        return posted[0] if posted else None

    def _at_once(self, group: Sequence[ThreadChange]) -> tuple[str | None, ...] | None:
        """Make a group of changes by one GraphQL request, as `change` tells; None: nothing is sent.

        Nothing is sent if REST needs only one request.
        """
        if self._found is None or sum(map(requests, group)) < 2:
            return None
        return change(self._github, self._found, group)

    def _apply(self, write: ThreadChange, *, tried: bool) -> Iterator[str]:
        """Make one change by REST. `tried`: a request for it was sent, and may have made it."""
        match write:
            case CreateLabel():
                make_label(self._repository, write.name)
            case PostComment():
                yield self._comments.post(write.body, tried=tried)
            case EditComment():
                self._comments.edit(write.id, write.body)
            case ChangeLabels():
                self._change_labels(write)
            case Close():
                self._close(write)
            case React():
                react(self._repository, write.comment, write.content)

    def _change_labels(self, change: ChangeLabels) -> None:
        add_labels(self._repository, self.number, change.add)
        for name in change.remove:
            remove_label(self._repository, self.number, name)

    def _close(self, close: Close) -> None:
        change = {"state": "closed"}
        if not close.pull:
            change["state_reason"] = "completed" if close.done else "not_planned"
        room = "pulls" if close.pull else "issues"
        closed = self._repository.ask("PATCH", f"{room}/{self.number}", change)
        if is_open(object_in(closed)):
            raise OddAnswerError

    def _read_by_rest(self) -> Thread:
        answer = self._repository.ask("GET", f"issues/{self.number}")
        found = object_in(answer, title=str, state=str, labels=list)
        labels = [text_in(object_in(one), "name").casefold() for one in found["labels"]]
        issue = Issue(
            title=text_in(found, "title"),
            body=maybe_text_in(found, "body"),
            author=login_in(found),
            open=is_open(found),
            labels=tuple(labels),
            by=number_in(found),
        )
        thread = Thread(issue=issue, comments=self._comments.read())
        if our_comments(thread, "verdict"):
            return thread
        listed = self._repository.listed("labels", {})
        known = {text_in(one, "name").casefold() for one in listed}
        missing = tuple(name for name in LABELS if name not in known)
        return Thread(issue=issue, comments=thread.comments, missing=missing)


class GitHubComments:
    """The comments of the issue or pull request `number`, read and written by REST.

    Raises GitHub's refusals as PyGithub raises them: the caller turns them into sentences.
    """

    def __init__(self, repository: GitHubRepository, number: int) -> None:
        self._repository = repository
        self._path = f"issues/{number}/comments"

    def read(self) -> tuple[Comment, ...]:
        """Return all comments, the oldest first."""
        listed = self._repository.listed(self._path, {})
        return tuple(_comment(one, self._repository.authorship) for one in listed)

    def post(self, body: str, *, tried: bool = False) -> str:
        """Post a comment, and return its address; a retry never posts a second comment.

        `tried`: another request may have posted the comment already.
        """
        known = self._stored(body) if tried else None
        return known or make_one(
            lambda: str(self._repository.make(self._path, {"body": body})["html_url"]),
            lambda: self._stored(body),
        )

    def post_once(self, kind: str, body: str) -> str | None:
        """Post the one comment of this kind; return its address, or None if it is there already."""
        if any(one.ours and is_of_kind(one.body, kind) for one in self.read()):
            return None
        return self.post(str(Memory(kind=kind)) + body)

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
        body=maybe_text_in(one, "body"),
        author=login_in(one),
        ours=authorship.ours(one),
    )


def react(repository: GitHubRepository, comment: int, content: str) -> None:
    """Add a reaction of ours to a comment. A comment that was deleted meanwhile is no error."""
    path = f"issues/comments/{comment}/reactions"
    try:
        made = object_in(repository.ask("POST", path, {"content": content}), id=int, content=str)
    except GithubException as error:
        if error.status != 404:
            raise
    else:
        if made["content"] != content:
            raise OddAnswerError
