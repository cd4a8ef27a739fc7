"""Ask GitHub which account has a login, and which login an account number has now.

People can change their login, and somebody else can take the old login; the account number
(`databaseId`) stays. GraphQL has no query by account number, so REST is asked for that.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model.evidence import AccountCheck, AccountKind, Answer
from ..wire.answers import Clock, answer, decoding, text
from ..wire.graphql import GraphQL, GraphQLResult, refuse_errors
from ..wire.session import NoAnswerError, Session, refusal

LOGINS_AT_ONCE = 100


def accounts_by_login(
    graphql: GraphQL, logins: Sequence[str], clock: Clock
) -> Answer[tuple[AccountCheck, ...]]:
    """Return for each login whether it belongs to a person, to an organization or to nobody.

    The checks are in the order of `logins`. One request asks for up to 100 logins.
    """

    def ask() -> tuple[AccountCheck, ...]:
        batches = [
            logins[start : start + LOGINS_AT_ONCE]
            for start in range(0, len(logins), LOGINS_AT_ONCE)
        ]
        return tuple(check for batch in batches for check in _accounts(graphql, batch))

    return answer("GitHub", "https://github.com", clock, ask)


def _accounts(graphql: GraphQL, logins: Sequence[str]) -> Iterator[AccountCheck]:
    reply = graphql.ask(accounts_query(len(logins)), account_variables(logins))
    return accounts_in(graphql, reply, logins)


def accounts_in(
    graphql: GraphQL, reply: GraphQLResult, logins: Sequence[str]
) -> Iterator[AccountCheck]:
    """Yield a check for each login, from the reply to a query that has `account_fields`.

    Raises NoAnswerError for an incomplete reply.
    """
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        for at, login in enumerate(logins):
            found = reply.data[f"a{at}"]
            if found is None:
                yield AccountCheck(login=login, kind=AccountKind.MISSING)
                continue
            person = found["__typename"] == "User"
            kind = AccountKind.PERSON if person else AccountKind.ORGANIZATION
            yield AccountCheck(login=login, kind=kind, id=database_id(found))


_KINDS = {"User": AccountKind.PERSON, "Organization": AccountKind.ORGANIZATION}


def account_by_id(
    rest: Session, api_url: str, account_id: int, clock: Clock
) -> Answer[AccountCheck]:
    """Return the account with this number and its present login, by one REST request.

    If the account was deleted, its kind is `MISSING` and its login is empty. `api_url`: the address
    of GitHub's REST API, without a slash at the end.
    """
    url = f"{api_url}/user/{account_id}"
    return answer("GitHub", "https://github.com", clock, lambda: _ask(rest, url, account_id))


def _ask(rest: Session, url: str, account_id: int) -> AccountCheck:
    response = rest.get(url)
    status = response.status_code
    try:
        body = response.json()
    except (ValueError, RecursionError):
        body = None
    if status == 404 and isinstance(body, dict) and body.get("message") == "Not Found":
        # Only GitHub's own 404 counts: a proxy's 404 page would make every account look deleted.
        return AccountCheck(login="", kind=AccountKind.MISSING, id=account_id)
    if status != 200:
        raise refusal(rest.name, response, "no data")
    if not isinstance(body, dict):
        raise NoAnswerError(f"{rest.name} sent something that is not an answer (HTTP {status}).")
    with decoding(rest.name):
        return _decode(body, account_id)


def _decode(body: dict[str, Any], account_id: int) -> AccountCheck:
    if body["id"] != account_id or not body["login"]:
        raise ValueError(account_id)
    return AccountCheck(login=text(body["login"]), kind=_KINDS[body["type"]], id=account_id)


def accounts_query(count: int) -> str:
    """Return the GraphQL query for `count` logins; its variables are `account_variables`."""
    asked = account_fields(count)
    return f"query ({declared(count)}) {{\n  rateLimit {{ cost }}\n{asked}\n}}"


def declared(count: int) -> str:
    """Return the declarations of the variables `login0`, `login1` and so on.

    The logins are variables, never part of the query's text, because strangers write them.
    """
    return ", ".join(f"$login{at}: String!" for at in range(count))


def account_fields(count: int) -> str:
    """Return the fields of a query about `count` accounts, which come back as `a0`, `a1`..."""
    return "\n".join(
        f"  a{at}: repositoryOwner(login: $login{at}) "
        "{ __typename login ... on User { databaseId } ... on Organization { databaseId } }"
        for at in range(count)
    )


def account_variables(logins: Sequence[str]) -> Mapping[str, str]:
    """Return the values of the variables that `declared` declares."""
    return {f"login{at}": login for at, login in enumerate(logins)}


def database_id(node: dict[str, Any]) -> int | None:
    number = node.get("databaseId")
    return number if isinstance(number, int) else None
