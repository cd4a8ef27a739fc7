"""Each request of a review, an admission, a daily run and a month fails in each way.

`make test` runs a thousand of them, chosen so that each request fails before and after it took
effect, once and from then on, and each way comes up. With FAULTS=all in the environment all of them
run, and ten thousand pairs of faults.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from fault_plan import Fault, Rehearsed, Stage, carry_out, pairs, sample, whole_plan
from fault_stories import STORIES
from fault_world import Story, World
from promises import table

ALL = os.environ.get("FAULTS") == "all"
SEED = 20261128
PAIRS = 400
AT_A_TIME = 25
MANY = {
    "an issue opened": 200,
    "an issue edited": 125,
    "an issue edited for the worse": 100,
    "a pull request opened": 75,
    "a command": 125,
    "a daily run": 125,
    "an admission": 125,
    "a month": 125,
}
# A client drops its connection when the answer to it is cut off.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
Rehearse = Callable[[Story], tuple[World, Rehearsed]]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearse]:
    """Makes a story's world and runs it without a fault, at its first test."""
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage.rehearse


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
