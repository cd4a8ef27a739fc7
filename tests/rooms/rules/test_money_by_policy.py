"""Law: the rules say what a second reading of the policy says, over random histories."""

import pytest

from many_cases import PARTS, chances
from money_by_policy import History, by_policy, by_rules, random_history

CASES = 500


@pytest.mark.parametrize("part", PARTS)
def test_the_rules_say_what_the_policy_says(part: int) -> None:
    for number, _ in chances(CASES, part):
        told: History = random_history(number)
        assert by_rules(told) == by_policy(told), number
