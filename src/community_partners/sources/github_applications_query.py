"""The questions about a repository's applications, for GitHub's GraphQL."""

from ..model.funnel import STATUS

PULL = """
fragment Pull on PullRequest {
  number url title body state headRefName headRefOid baseRefName isCrossRepository viewerDidAuthor
  author { __typename login }
  files(first: 10) { nodes { path } }
}
"""

FUNNEL_QUERY = f"""
query (
  $owner: String!, $name: String!, $branch: String!, $ref: String!
  $onMain: String!, $onBranch: String!
  $issuesAsked: Boolean!, $issuesAfter: String, $pullsAsked: Boolean!, $pullsAfter: String
) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ name target {{ oid }} }}
    onMain: object(expression: $onMain) {{ oid ... on Blob {{ text isTruncated }} }}
    ours: ref(qualifiedName: $ref) {{
      target {{ oid ... on Commit {{
        status {{ context(name: "{STATUS}") {{ state description targetUrl }} }}
      }} }}
    }}
    onBranch: object(expression: $onBranch) {{ oid ... on Blob {{ text isTruncated }} }}
    before: pullRequests(first: 20, headRefName: $branch, states: [CLOSED, MERGED]) {{
      nodes {{ ...Pull }}
    }}
    issues(
      first: 100, after: $issuesAfter, states: [OPEN], labels: ["application"]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $issuesAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ number url body }}
    }}
    pulls: pullRequests(
      first: 100, after: $pullsAfter, states: [OPEN]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $pullsAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...Pull }}
    }}
  }}
}}
{PULL}"""

MERGE_QUERY = f"""
query ($owner: String!, $name: String!, $commit: String!, $path: String!) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ name }}
    commit: object(expression: $commit) {{
      ... on Commit {{
        associatedPullRequests(first: 20) {{
          nodes {{
            ...Pull
            commits(last: 1) {{
              nodes {{
                commit {{
                  oid
                  status {{ context(name: "{STATUS}") {{ state targetUrl }} }}
                  file(path: $path) {{ oid }}
                }}
              }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
{PULL}"""


def files_query(count: int) -> str:
    """The text of as many files: `$file0` is `<commit>:<path>`."""
    variables = " ".join(f"$file{at}: String!" for at in range(count))
    files = "\n".join(
        f"    f{at}: object(expression: $file{at}) {{ ... on Blob {{ text isTruncated }} }}"
        for at in range(count)
    )
    return f"""
query ($owner: String!, $name: String!, {variables}) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
{files}
  }}
}}
"""
