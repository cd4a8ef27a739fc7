"""Odd answers of the platforms: no traceback, and none is taken for an empty list.

`make test` makes some hundreds of them; with FAULTS=all in the environment there are 30,000.
"""

import json
import os
from functools import partial
from typing import Any

import pytest
from graphql import GraphQLSchema

from fakes.faults import is_graphql
from fakes.mutations import conforms
from fakes.server import Failure, Request, changed, contract
from fault_plan import Rehearse, kind_of
from fault_stories import CHECKS, STORIES
from fault_world import Story
from mutation_plan import SCHEMAS, carry_out, mutations
from promises import table

ALL = os.environ.get("FAULTS") == "all"
SEED = 20261128
PARTS = 40 if ALL else 1
# By story, with FAULTS=all and without.
MANY = {
    "a check": (8000, 80),
    "a check of a sponsor": (8000, 80),
    "a check abroad": (1000, 20),
    "a check far away": (1000, 20),
    "an issue opened": (3000, 60),
    "an issue edited": (1500, 30),
    "a pull request opened": (2000, 40),
    "a command": (1500, 30),
    "a daily run": (2000, 30),
    "an admission": (1000, 20),
    "a month": (1000, 20),
}
TOLD = [one for one in (*CHECKS, *STORIES) if one.name in MANY]
# A client drops its connection when the answer to it is cut off.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.parametrize("story", [pytest.param(one, id=one.name) for one in TOLD])
def test_an_honest_answer_has_the_schema_s_shape(rehearsed: Rehearse, story: Story) -> None:
    """Else no alteration of it would count as one that the platform could have sent."""
    world, of = rehearsed(story)
    world.renew()
    checked: list[tuple[str, bool]] = []

    def listen(schema: GraphQLSchema, request: Request) -> Failure | None:
        def check(body: Any) -> None:
            told = json.loads(json.dumps(body))
            if "errors" not in told:
                whole = conforms(schema, request, told["data"], told["data"])
                checked.append((kind_of(request), whole))

        return changed(check) if is_graphql(request) else None

    for server, schema in zip(world.servers.all, SCHEMAS, strict=True):
        server.intercept = partial(listen, contract(*schema))
    world.run(of.start)
    world.forget()
    assert checked
    assert not [kind for kind, whole in checked if not whole]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("story", [pytest.param(one, id=one.name) for one in TOLD])
def test_no_odd_answer_breaks_or_misleads_anything(
    rehearsed: Rehearse, story: Story, part: int
) -> None:
    world, of = rehearsed(story)
    chosen = mutations(of.asked, MANY[story.name][not ALL], SEED)[part::PARTS]
    broken = [one for mutation in chosen for one in carry_out(mutation, of, world)]
    assert not broken, table(broken)
