"""Odd answers to each request of a story, and what must hold all the same.

No answer ends in a traceback or shows a secret. One that the platform could not have sent tells
nothing: no eligible applicant hears anything worse than *needs review* from it, and no month is
written from it.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import promises
from fakes.github import CONTRACT
from fakes.mutations import Odd, mutated, plausible
from fakes.server import Failure, FakeServer, Request, Response, contract
from fault_plan import Asked, Rehearsed, kind_of
from fault_world import World, seen
from promises import Broken

SCHEMAS = (CONTRACT, ("opencollective.graphql",), CONTRACT)  # by server; the bank has none


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """Of the answer to one request of the dry pass, by chance from a seed."""

    asked: Asked
    seed: int


class Forger:
    """Changes the one answer. `odd`: as it was sent; None until then."""

    def __init__(self, servers: Sequence[FakeServer], mutation: Mutation) -> None:
        self.odd: Odd | None = None
        self.plausible = False
        self._mutation, self._number = mutation, 0
        for at, server in enumerate(servers):
            if at == mutation.asked.server:
                server.intercept = self._intercept

    def _intercept(self, request: Request) -> Failure | None:
        asked = self._mutation.asked
        if kind_of(request) != asked.kind:
            return None
        self._number += 1
        return self._answer(request) if self._number == asked.nth + 1 else None

    def _answer(self, request: Request) -> Failure:
        def answer(honest: Callable[[], Response]) -> Response:
            whole, asked = honest(), self._mutation.asked
            chance = random.Random(self._mutation.seed)  # noqa: S311  no secret
            # As it is sent: a test's world may have values that JSON knows no difference of.
            if not isinstance(whole.body, bytes):
                whole = Response(
                    status=whole.status,
                    body=json.loads(json.dumps(whole.body)),
                    headers=whole.headers,
                )
            self.odd = mutated(request, whole, chance)
            schema = contract(*SCHEMAS[asked.server])
            self.plausible = plausible(request, whole, self.odd.response, schema)
            return self.odd.response

        return answer


def mutations(asked: Sequence[Asked], many: int, seed: int) -> list[Mutation]:
    """So many, each request as often as any other."""
    return [Mutation(asked=asked[n % len(asked)], seed=seed + n) for n in range(many)]


def carry_out(mutation: Mutation, of: Rehearsed, world: World) -> list[Broken]:
    """The run with the odd answer; the promises that were broken."""
    world.renew()
    forger = Forger(world.servers.all, mutation)
    ran = world.run(of.start)
    if forger.odd is None:
        return []
    found = list(promises.of_any_run(ran))
    if not forger.plausible:
        now = seen(world)
        found += promises.fair(now, of.before, of.after)
        found += promises.fairly_decided(ran) if of.story.fair else ()
        found += promises.whole_or_not_at_all(now, of.before, of.after, ran)
    world.forget()
    asked = f"{mutation.asked.kind} (no. {mutation.asked.nth})"
    fault = f"{asked}, {forger.odd.what}, seed {mutation.seed}"
    return [
        Broken(promise=promise, detail=detail, fault=fault, story=of.story.name)
        for promise, detail in found
    ]
