"""Problems are cut: each of their texts, and the list, which then says how many more there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.errors import InvalidInputError
from community_partners.model.problem import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    MOST,
    Place,
    Problem,
    first_of,
    number_of,
)


def problem(text: str = "No.", line: int = 1) -> Problem:
    return Problem(place=Place(document=text, line=line, field=text), message=text, remedy=text)


@given(st.text() | st.text(min_size=LONGEST_NAME - 2, max_size=500), st.sampled_from([1, 300]))
def test_each_text_is_cut_and_shows(text: str, times: int) -> None:
    one = problem(text * times)
    assert max(len(one.message), len(one.remedy)) <= LONGEST_MESSAGE
    assert max(len(one.place.document), len(one.place.field or "")) <= LONGEST_NAME
    assert str(one).isprintable()


def test_a_cut_text_says_so() -> None:
    assert problem("a" * 60_000).message == "a" * (LONGEST_MESSAGE - 1) + "…"
    assert problem("a" * LONGEST_MESSAGE).message == "a" * LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, None),
        (MOST, None),
        (MOST + 1, "There are 2 more problems."),
        (12_000, "There are 11,951 more problems."),
    ],
)
def test_a_list_is_cut_and_says_how_many_more(number: int, said: str | None) -> None:
    error = InvalidInputError([problem(line=at) for at in range(1, number + 1)])
    assert len(error.problems) == min(number, MOST)
    assert number_of(error.problems) == number
    assert str(error).count("\n") == min(number, MOST) - 1
    assert error.problems[-1].message == (said or "No.")


@given(st.lists(st.integers(1, 200), min_size=1, max_size=5), st.integers(1, MOST))
def test_lists_of_cut_lists_lose_nobody(numbers: list[int], most: int) -> None:
    lists = [first_of([problem()] * number) for number in numbers]
    together = first_of([one for some in lists for one in some], most)
    assert len(together) <= most
    assert number_of(together) == sum(numbers)
