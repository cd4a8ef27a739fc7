"""Each request of a review, an admission, a daily run and a month fails in each way.

`make test` runs a thousand of these faults, chosen so that each request fails before and after it
took effect, once and from then on, and that each way comes up. With FAULTS=all in the environment
all of them run, and pairs of them: more than 10,000.
"""

import os
from collections.abc import Iterator

import pytest

from fakes.faults import WAYS
from fault_plan import Fault, Rehearse, Rehearsed, carry_out, pairs, sample, whole_plan
from fault_stories import STORIES
from fault_world import Story
from promises import table

ALL = os.environ.get("FAULTS") == "all"
SEED = 20261128
PAIRS = 400
AT_A_TIME = 25
MANY = {
    "an issue opened": 250,
    "an issue edited": 125,
    "an issue edited for the worse": 100,
    "a pull request opened": 100,
    "a command": 125,
    "a daily run": 150,
    "an admission": 75,
    "a month": 75,
}
# A client drops its connection when the answer to it is cut off.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def plan(of: Rehearsed) -> list[Fault]:
    whole = whole_plan(of.asked)
    if ALL:
        return [*whole, *pairs(of.asked, PAIRS, SEED)]
    return sample(whole, MANY[of.story.name], SEED)


def parts() -> Iterator[tuple[Story, int, int]]:
    """Each story in so many parts that all processors have something to do."""
    for story in STORIES:
        many = 40 if ALL else MANY[story.name] // AT_A_TIME
        yield from ((story, part, many) for part in range(many))


@pytest.mark.parametrize(
    ("story", "part", "many"),
    [pytest.param(*one, id=f"{one[0].name}, {one[1]}") for one in parts()],
)
def test_no_fault_tells_moves_loses_or_repeats_anything(
    rehearsed: Rehearse, story: Story, part: int, many: int
) -> None:
    world, of = rehearsed(story)
    broken = [one for fault in plan(of)[part::many] for one in carry_out(fault, of, world)]
    assert not broken, table(broken)


@pytest.mark.parametrize("story", [pytest.param(one, id=one.name) for one in STORIES])
def test_the_plan_has_each_request_before_and_after_it_took_effect(
    rehearsed: Rehearse, story: Story
) -> None:
    _, of = rehearsed(story)
    chosen = plan(of)
    assert len(chosen) >= MANY[story.name]
    failed = {(one.asked, one.after) for one in chosen}
    assert failed >= {(one, after) for one in of.asked for after in {False, one.writes}}
    used = {one.way.name for one in chosen}
    assert used == {way.name for way in WAYS}
