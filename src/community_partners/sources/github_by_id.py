"""Who a GitHub account is by now: a login can be changed, and taken by somebody else; an id cannot.

Decides what is an answer; what a new login means is for others. GraphQL has no question by this id.
"""

from typing import Any

from ..model.evidence import AccountCheck, AccountKind, Answer
from ..wire.session import NoAnswerError, Session, refusal
from .answers import Clock, answer, decoding, text

_KINDS = {"User": AccountKind.PERSON, "Organization": AccountKind.ORGANIZATION}


def account_by_id(
    rest: Session, api_url: str, account_id: int, clock: Clock
) -> Answer[AccountCheck]:
    """The account with its present login; `missing`, with an empty login, once it is deleted.

    One request. `api_url`: of REST, without a slash at the end.
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
        # In GitHub's own words only: another server's page would make every account a deleted one.
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
