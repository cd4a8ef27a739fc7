"""Read the versions of the application form, and when an issue was written, by one question.

The files come with their commits. If an issue was edited, only its author's edits count: a
maintainer who corrects a word does not fill in the form again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..model.form_history import FormHistory, FormVersion
from ..wire.answers import decoding, moment, text
from ..wire.graphql import GraphQL, refuse_errors
from ..wire.judgment import NoAnswerError

MOST_VERSIONS = 20


def form_history(graphql: GraphQL, repository: str, path: str, number: int) -> FormHistory:
    """Return the last versions of the file `path`, beside the issue or pull request `number`.

    `repository`: owner and name. Raises NoAnswerError.
    """
    owner, _, name = repository.partition("/")
    asked = {"owner": owner, "name": name, "path": path, "number": number}
    reply = graphql.ask(FORM_QUERY, asked)
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        found = reply.data["repository"]
        if found is None or found["defaultBranchRef"] is None or found["issue"] is None:
            raise NoAnswerError(f"{graphql.name} shows no history of {path}.")
        commits = found["defaultBranchRef"]["target"]["history"]["nodes"]
        written = moment(found["issue"]["createdAt"])
        return FormHistory(
            versions=tuple(map(_version, commits)),
            written=written,
            edited=max([written, *_own_edits(found["issue"])]),
        )


def _version(commit: Any) -> FormVersion:
    file = commit["file"] and commit["file"]["object"]
    whole = file and file.get("text") is not None and not file["isTruncated"]
    return FormVersion(
        since=moment(commit["committedDate"]), text=text(file["text"]) if whole else None
    )


def _own_edits(issue: Any) -> Sequence[datetime]:
    edits = issue["userContentEdits"]
    return [
        moment(one["editedAt"])
        for one in (edits["nodes"] if edits else ())
        if _login(one["editor"]) == _login(issue["author"])
    ]


def _login(actor: Any) -> str | None:
    """Return a login; None for a deleted account."""
    return text(actor["login"]) if actor else None


# https://docs.github.com/en/graphql/reference/objects#commit: `history` with `path` has the commits
# that changed the file, the newest first.
_WRITTEN = """createdAt author { login }
      userContentEdits(first: 100) { nodes { editedAt editor { login } } }"""
FORM_QUERY = f"""
query ($owner: String!, $name: String!, $path: String!, $number: Int!) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ target {{ ... on Commit {{
      history(first: {MOST_VERSIONS}, path: $path) {{
        nodes {{
          committedDate
          file(path: $path) {{ object {{ ... on Blob {{ text isTruncated }} }} }}
        }}
      }}
    }} }} }}
    issue: issueOrPullRequest(number: $number) {{
      ... on Issue {{ {_WRITTEN} }}
      ... on PullRequest {{ {_WRITTEN} }}
    }}
  }}
}}
"""
