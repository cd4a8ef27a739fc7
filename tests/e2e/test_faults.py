"""Each request of a review, an admission, a daily run and a month fails in each way.

`make test` runs a thousand of them, chosen so that each request fails before and after it took
effect, once and from then on, and each way comes up. With FAULTS=all in the environment all of them
run, and ten thousand pairs of faults.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from fault_plan import Broken, Fault, Rehearsed, carry_out, pairs, rehearse, sample, whole_plan
from fault_stories import STORIES
from fault_world import Servers, Story, World

ALL = os.environ.get("FAULTS") == "all"
SEED = 20261128
PAIRS = 400
AT_A_TIME = 25
MANY = {
    "an issue opened": 200,
    "an issue edited": 125,
    "an issue edited for the worse": 100,
    "a command": 175,
    "a daily run": 150,
    "an admission": 125,
    "a month": 125,
}
Rehearse = Callable[[Story], tuple[World, Rehearsed]]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearse]:
    """Makes a story's world and runs it without a fault, at its first test; one at a time."""
    known: dict[str, tuple[World, Rehearsed]] = {}
    servers: list[Servers] = []

    def of(story: Story) -> tuple[World, Rehearsed]:
        if story.name not in known:
            servers.append(Servers().__enter__())
            world = World(tmp_path_factory.mktemp("world"), servers[-1])
            known[story.name] = world, rehearse(story, world)
        return known[story.name]

    yield of
    for one in servers:
        one.__exit__(None, None, None)


def parts() -> Iterator[tuple[Story, int]]:
    for story in STORIES:
        many = 40 * AT_A_TIME if ALL else MANY[story.name]
        yield from ((story, part) for part in range(many // AT_A_TIME))


def faults_of(of: Rehearsed, part: int) -> list[Fault]:
    if not ALL:
        chosen = sample(whole_plan(of.asked), MANY[of.story.name], SEED)
        return chosen[part * AT_A_TIME : (part + 1) * AT_A_TIME]
    return [*whole_plan(of.asked), *pairs(of.asked, PAIRS, SEED)][part::40]


@pytest.mark.parametrize(
    ("story", "part"), [pytest.param(*one, id=f"{one[0].name}, {one[1]}") for one in parts()]
)
def test_no_fault_tells_moves_loses_or_repeats_anything(
    rehearsed: Rehearse, story: Story, part: int
) -> None:
    world, of = rehearsed(story)
    faults = faults_of(of, part)
    assert faults, "the plan is shorter than the test thinks"
    broken = [one for fault in faults for one in carry_out(fault, of, world)]
    assert not broken, table(broken)


def table(broken: list[Broken]) -> str:
    """The promises that were broken, each with its first fault."""
    first = {one.promise: one for one in reversed(broken)}
    counts = {promise: sum(one.promise == promise for one in broken) for promise in first}
    return "\n".join(
        f"{counts[promise]} times not: {promise}. First by {one.fault}: {one.detail}"
        for promise, one in first.items()
    )
