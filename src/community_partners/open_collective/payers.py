"""Ask Open Collective for the profiles of accounts of which the collective's ledger has no row.

"It exists and paid nothing" is not "there is no such account", nor "it is private".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..model.sponsorship import Payer
from ..wire.answers import decoding, maybe
from ..wire.graphql import GraphQL
from ..wire.judgment import NoAnswerError
from .ledger import payer_of
from .queries import accounts_query

Found = Mapping[str, Payer | NoAnswerError | None]
AT_ONCE = 90  # Open Collective allows 100 aliases in a question
PRIVATE = (
    "Open Collective does not let us see these payments: the account is private, "
    "or OPENCOLLECTIVE_TOKEN has not the scope 'transactions'."
)


def payers(graphql: GraphQL, accounts: Sequence[str]) -> Found:
    """Return each account's profile; None if there is none, an error if it is private.

    One request asks for 90 accounts. Raises NoAnswerError.
    """
    found: dict[str, Payer | NoAnswerError | None] = {}
    for at in range(0, len(accounts), AT_ONCE):
        found |= _ask(graphql, accounts[at : at + AT_ONCE])
    return found


def _ask(graphql: GraphQL, accounts: Sequence[str]) -> Found:
    asked = {f"slug{at}": account for at, account in enumerate(accounts)}
    reply = graphql.ask(accounts_query(len(accounts)), asked)
    private = {error.path for error in reply.errors if error.code == "Forbidden"}
    others = {error.code for error in reply.errors if error.code != "Forbidden"}
    fields = [(account, f"a{at}") for at, account in enumerate(accounts)]
    if others or not private <= {(field,) for _, field in fields}:
        codes = sorted({error.code for error in reply.errors})
        raise NoAnswerError(f"{graphql.name} answered only in part ({', '.join(codes)}).", codes)

    def read(node: dict[str, Any] | None, field: str) -> Payer | NoAnswerError | None:
        if node is None and (field,) in private:
            return NoAnswerError(PRIVATE, ["Forbidden"], lasting=True)
        return maybe(payer_of, node)

    with decoding(graphql.name):
        return {account: read(reply.data[field], field) for account, field in fields}
