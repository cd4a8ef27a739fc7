"""Ask GitHub which account has a login, and which login an account number has now.

People can change their login, and somebody else can take the old login; the account number
(`databaseId`) stays.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import Any

from ..errors import UserError
from ..model.contribution import Account
from ..model.evidence import AccountCheck, AccountKind, Answer
from ..wire.answers import Clock, answer, decoding, follow, integer, maybe, moment
from ..wire.graphql import GraphQL, GraphQLResult, refuse_errors
from ..wire.judgment import parse, utf_8
from ..wire.session import Session, refusal
from ..wire.side_by_side import side_by_side
from .batches import in_batches
from .names import login as login_like
from .names import login_of

GHOST = "ghost"  # the account that stands for deleted ones: https://github.com/ghost
LOGINS_AT_ONCE = 100
IDS_AT_ONCE = 100  # by GitHub's limit: https://docs.github.com/en/graphql/reference/queries#nodes


def accounts_by_login(
    graphql: GraphQL, logins: Sequence[str], clock: Clock
) -> Answer[tuple[AccountCheck, ...]]:
    """Return for each login whether it belongs to a person, to an organization or to nobody.

    The checks are in the order of `logins`. One request asks for up to 100 logins.
    """

    def ask() -> tuple[AccountCheck, ...]:
        return tuple(in_batches(partial(_accounts, graphql), logins, LOGINS_AT_ONCE))

    return answer("GitHub", "https://github.com", clock, ask)


def checked_accounts(
    graphql: GraphQL, logins: Sequence[str], clock: Clock
) -> tuple[AccountCheck, ...]:
    """Return what `accounts_by_login` finds. Raises UserError if GitHub does not answer."""
    told = accounts_by_login(graphql, logins, clock)
    if told.value is None:
        raise UserError(f"{told.failure} Run this again in a while.")
    return told.value


def _accounts(graphql: GraphQL, logins: Sequence[str]) -> Sequence[AccountCheck]:
    reply = graphql.ask(accounts_query(len(logins)), account_variables(logins))
    return accounts_in(graphql, reply, logins)


def accounts_in(
    graphql: GraphQL, reply: GraphQLResult, logins: Sequence[str]
) -> Sequence[AccountCheck]:
    """Return a check for each login, from the reply to a query that has `account_fields`.

    Raises NoAnswerError for an incomplete reply.
    """
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        return [_of_login(login, reply.data[f"a{at}"]) for at, login in enumerate(logins)]


def _of_login(login: str, found: Mapping[str, Any] | None) -> AccountCheck:
    if found is None:
        return AccountCheck(login=login, kind=AccountKind.MISSING)
    return AccountCheck(
        login=login,
        kind=_KINDS[found["__typename"]],
        id=database_id(found),
        created=moment(found["createdAt"]).date() if "createdAt" in found else None,
    )


NODES_QUERY = """
query ($people: [ID!]!, $organizations: [ID!]!) {
  rateLimit { cost }
  people: nodes(ids: $people) { ... on User { login databaseId } }
  organizations: nodes(ids: $organizations) { ... on Organization { login databaseId } }
}
"""
_NODE_IDS = 2**32  # larger numbers are written in another way
_NODES = {
    AccountKind.PERSON: ("people", "U_"),
    AccountKind.ORGANIZATION: ("organizations", "O_"),
}


def accounts_by_id(
    graphql: GraphQL,
    rest: Session,
    api_url: str,
    numbers: Sequence[int],
    known: Sequence[AccountCheck],
    clock: Clock,
) -> tuple[Answer[AccountCheck], ...]:
    """Return the account with each number and its present login, in the order of `numbers`.

    If an account was deleted, its kind is `MISSING` and its login is empty. `known`: accounts that
    GitHub has just named. `api_url`: the address of GitHub's REST API, without a slash at the end.

    https://github.blog/changelog/2022-11-10-graphql-legacy-global-id-deprecation-message
    https://docs.github.com/en/graphql/guides/migrating-graphql-global-node-ids
    REST finds one account by its number, and GraphQL up to a hundred by their node ids. GitHub
    shows which node id a number has (`U_kgDOADP9xw` for user 3407303), but does not promise that
    this stays so. So nothing rests on it alone. An account that is found tells its number, which
    must be the one that was asked for. An account that is not found was deleted only if a person
    and an organization were found by the same question; each question asks for one of both that
    exist. REST is asked for all others, one by one.
    """
    controls = [
        next((check.id for check in known if check.kind is kind and check.id), None)
        for kind in _NODES
    ]

    def ask() -> tuple[AccountCheck, ...]:
        small = [number for number in numbers if number < _NODE_IDS]
        batched = partial(_by_node_id, graphql, [number for number in controls if number])
        found = dict(
            zip(small, in_batches(batched, small, IDS_AT_ONCE - len(controls)), strict=True)
        )
        left = [number for number in numbers if found.get(number) is None]
        found |= zip(left, side_by_side(partial(_by_number, rest, api_url), left), strict=True)
        return tuple(check for number in numbers if (check := found[number]))

    told = answer("GitHub", "https://github.com", clock, ask)
    return tuple(follow(told, itemgetter(at)) for at in range(len(numbers)))


def _by_node_id(
    graphql: GraphQL, controls: Sequence[int], numbers: Sequence[int]
) -> Sequence[AccountCheck | None]:
    """Return the account with each number; None if nothing proves that it does not exist."""
    asked = [*numbers, *controls]
    ids = {name: [_node_id(start, number) for number in asked] for name, start in _NODES.values()}
    reply = graphql.ask(NODES_QUERY, ids)
    # GitHub sends null and an error for each account that does not exist.
    others = tuple(error for error in reply.errors if error.code != "NOT_FOUND")
    refuse_errors(graphql, replace(reply, errors=others))
    with decoding(graphql.name):
        found: dict[int, AccountCheck] = {}
        for kind, (name, _) in _NODES.items():
            for number, node in zip(asked, reply.data[name], strict=True):
                if node is not None:
                    found[number] = _of_number(node, number, kind)
    proven = {check.kind for check in found.values()} == set(_NODES)
    gone = partial(AccountCheck, login="", kind=AccountKind.MISSING)
    return [found.get(number) or (gone(id=number) if proven else None) for number in numbers]


def _node_id(start: str, number: int) -> str:
    """Return the node id of an account: its number in MessagePack, in a list after a zero.

    https://github.com/msgpack/msgpack/blob/master/spec.md#int-format-family
    A number is written in the shortest form that holds it: `O_kgDNJr8` is organization 9919.
    """
    if number < 2**7:
        packed = number.to_bytes(1, "big")
    elif number < 2**8:
        packed = b"\xcc" + number.to_bytes(1, "big")
    elif number < 2**16:
        packed = b"\xcd" + number.to_bytes(2, "big")
    else:
        packed = b"\xce" + number.to_bytes(4, "big")
    return start + urlsafe_b64encode(b"\x92\x00" + packed).decode().rstrip("=")


def _of_number(found: Mapping[str, Any], number: int, kind: AccountKind) -> AccountCheck:
    if isinstance(found["databaseId"], bool) or found["databaseId"] != number:
        raise ValueError(number)
    return AccountCheck(login=login_like(found["login"]), kind=kind, id=number)


_GONE = "Not Found"
_KINDS = {"User": AccountKind.PERSON, "Organization": AccountKind.ORGANIZATION}


def _by_number(rest: Session, api_url: str, number: int) -> AccountCheck:
    """Return the account with this number, by one REST request.

    https://docs.github.com/en/rest/users/users#get-a-user-using-their-id
    """
    response = rest.get(f"{api_url}/user/{number}")
    body = parse(utf_8(response.content))
    if response.status_code == 404 and isinstance(body, dict) and body.get("message") == _GONE:
        # Only GitHub's own 404 counts: a proxy's 404 page would make every account look deleted.
        return AccountCheck(login="", kind=AccountKind.MISSING, id=number)
    if response.status_code != 200:
        raise refusal(rest.name, response)
    with decoding(rest.name):
        named = {"databaseId": body["id"], "login": body["login"]}
        return _of_number(named, number, _KINDS[body["type"]])


def accounts_query(count: int) -> str:
    """Return the GraphQL query for `count` logins; its variables are `account_variables`."""
    asked = account_fields(count)
    return f"query ({declared(count)}) {{\n  rateLimit {{ cost }}\n{asked}\n}}"


def declared(count: int) -> str:
    """Return the declarations of the variables `login0`, `login1` and so on.

    The logins are variables, never part of the query's text, because strangers write them.
    """
    return ", ".join(f"$login{at}: String!" for at in range(count))


def account_fields(count: int, of_people: str = "") -> str:
    """Return the fields of a query about `count` accounts, which come back as `a0`, `a1`...

    `of_people`: more fields of a person's account, such as `createdAt`.
    """
    return "\n".join(
        f"  a{at}: repositoryOwner(login: $login{at}) "
        f"{{ __typename login ... on User {{ databaseId {of_people} }} "
        "... on Organization { databaseId } }"
        for at in range(count)
    )


def account_variables(logins: Sequence[str]) -> Mapping[str, str]:
    """Return the values of the variables that `declared` declares."""
    return {f"login{at}": login for at, login in enumerate(logins)}


def database_id(node: Mapping[str, Any]) -> int | None:
    """Return an account's number; None for an account that has none.

    Only people, organizations and bots have a number. Raises one of ODD for anything else.
    """
    if node["__typename"] not in ("User", "Organization", "Bot"):
        return None
    number = maybe(integer, node["databaseId"])
    if number is not None and number <= 0:
        raise ValueError(number)
    return number


# https://docs.github.com/en/graphql/reference/interfaces#actor
_PERSONS = {
    "User": True,
    "EnterpriseUserAccount": True,
    "Bot": False,
    "Mannequin": False,
    "Organization": False,
}


def account_of(actor: Mapping[str, Any] | None) -> Account | None:
    """Return the account of GraphQL's `actor`; None if it was deleted."""
    if actor is None:
        return None
    person = _PERSONS[actor["__typename"]]
    return Account(login=login_of(actor), id=database_id(actor), bot=not person)
