"""Ask Open Collective whether it has the collective that a program names.

https://github.com/opencollective/opencollective-api/blob/main/server/middleware/authentication.ts
The question checks our token as well: Open Collective refuses every request with a bad token.
"""

from ..model.evidence import Answer
from ..wire.answers import Clock, answer, decoding, maybe, text
from ..wire.graphql import GraphQL
from ..wire.judgment import NoAnswerError, tells_of_rights
from .ledger import SITE

COLLECTIVE_QUERY = """
query ($collective: String!) {
  account(slug: $collective, throwIfMissing: false) { slug }
}
"""


def has_collective(graphql: GraphQL, collective: str, clock: Clock) -> Answer[bool]:
    """Tell whether Open Collective has this collective, by one request.

    `False` is a fact; silence and refusals are failures.
    """

    def ask() -> bool:
        reply = graphql.ask(COLLECTIVE_QUERY, {"collective": collective})
        codes = {error.code for error in reply.errors}
        if codes:
            sentence = f"{graphql.name} answered only in part ({', '.join(sorted(codes))})."
            raise NoAnswerError(sentence, codes, lasting=tells_of_rights(codes))
        with decoding(graphql.name):
            return maybe(lambda account: text(account["slug"]), reply.data["account"]) is not None

    return answer(graphql.name, f"{SITE}/{collective}", clock, ask)
