"""A pull request, as GitHub's API describes the pull request: changed files, commit and author.

No file of a pull request is ever checked out; the API gives the bytes of the application's file.
"""

from dataclasses import dataclass

from .file import blob_of

# https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
MOST_LISTED = 3000  # GitHub lists at most this many changed files


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile:
    """One changed file of a pull request.

    `status`: GitHub's word, such as `added`, `modified`, `removed` or `renamed`. `previous`: the
    path before a rename. `blob`: git's id of the content; for a symbolic link, of the link's text.
    """

    path: str
    status: str
    previous: str | None = None
    blob: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequest:
    """One pull request at one commit.

    `author`: the login; None if the account was deleted. `base`: the branch to merge into. `head`:
    the proposed commit, 40 hexadecimal digits; `files` belong to this commit. `fork`: `owner/name`
    of the repository that has the commit; None if that repository was deleted. `whole`: `files` are
    all changed files. `body`: the text, only if we opened the pull request.
    """

    title: str
    url: str
    open: bool
    author: str | None
    base: str
    default_branch: str
    head: str
    fork: str | None
    labels: tuple[str, ...]
    files: tuple[ChangedFile, ...]
    whole: bool = True
    body: str | None = None

    @property
    def owner(self) -> str:
        """The case-folded login of whoever owns the branch; "" if its repository was deleted."""
        return (self.fork or "").partition("/")[0].casefold()

    @property
    def is_authors(self) -> bool:
        """Tell whether the branch is in a repository of the author."""
        return self.owner != "" and self.owner == (self.author or "").casefold()

    def is_in(self, repository: str) -> bool:
        """Tell whether the branch is in this repository, such as `acme/partners`."""
        return (self.fork or "").casefold() == repository.casefold()

    def is_of_known_owner(self, repository: str) -> bool:
        """Tell whether only the author, or who may write to this repository, pushes to the branch.

        From the branch of another, that one pushes later what the author never saw.
        """
        return self.is_in(repository) or self.is_authors


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAt:
    """The content at one path of one commit.

    https://docs.github.com/en/rest/repos/contents
    `kind`: GitHub's word; only `file` can be read. `size`: in bytes. `content`: empty if the file
    is too large for one answer of the API.
    """

    kind: str
    size: int
    content: bytes

    @property
    def blob(self) -> str:
        """Git's blob id of `content`."""
        return blob_of(self.content)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPull:
    """A pull request that we want to open, from our branch `head` into `base`. `body`: Markdown.

    `commit`: the tip of `head`, if the pull request holds no application. We then set the commit's
    status ourselves, because a branch rule may require the status and pull requests opened with
    GITHUB_TOKEN start no workflow:
    https://docs.github.com/actions/concepts/security/github_token
    """

    head: str
    base: str
    title: str
    body: str
    commit: str | None = None
