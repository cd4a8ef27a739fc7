"""The code of a website's proof is bound to program, application and author."""

import re

from hypothesis import given
from hypothesis import strategies as st

from community_partners.model.website_proof import code_for

NUMBERS = st.integers(min_value=0)


def test_the_code_is_the_same_in_each_run() -> None:
    assert code_for(4711, "issue 12", 99) == "mrr4itzu5vy3pavzwb6v"


@given(NUMBERS, st.text(), NUMBERS)
def test_a_code_is_short_and_safe_to_type(program: int, application: str, author: int) -> None:
    assert re.fullmatch("[a-z2-7]{20}", code_for(program, application, author))


CASES = st.tuples(NUMBERS, st.text(), NUMBERS)


@given(CASES, CASES)
def test_another_program_application_or_author_has_another_code(
    one: tuple[int, str, int], other: tuple[int, str, int]
) -> None:
    assert (code_for(*one) == code_for(*other)) is (one == other)


def test_no_part_flows_into_the_next() -> None:
    codes = {code_for(1, "2", 3), code_for(12, "", 3), code_for(1, "2, 3", 3), code_for(1, "", 23)}
    assert len(codes) == 4
