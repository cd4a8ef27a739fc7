"""Contributions are held packed: what is put in comes out, and equal ones are equal."""

from hypothesis import given
from hypothesis import strategies as st

from builders import month
from community_partners.model.contribution import (
    Account,
    Contribution,
    MonthOfWork,
    pack,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ACCOUNTS = st.builds(Account, login=TEXT, id=st.none() | st.integers(0, 2**63), bot=st.booleans())
ONES = st.builds(
    Contribution,
    kind=TEXT,
    day=st.dates(),
    by=ACCOUNTS,
    of=st.none() | ACCOUNTS,
    title=TEXT,
    url=TEXT | st.sampled_from(["", "/", "//", "https://a.example/", "https://a.example/b?c=/d"]),
    repository=st.none() | TEXT,
)


@given(st.lists(ONES, max_size=8))
def test_what_is_put_in_comes_out(ones: list[Contribution]) -> None:
    packed = pack(iter(ones))
    assert list(packed) == ones
    assert len(packed) == len(ones)
    assert [packed[at] for at in range(len(ones))] == ones
    assert packed[1:] == tuple(ones[1:])


@given(st.lists(ONES, max_size=8), st.integers(0, 3), st.integers(0, 2))
def test_some_are_chosen_by_their_author_or_title(
    ones: list[Contribution], at: int, named: int
) -> None:
    wanted, titles = {one.by for one in ones[:at]}, {one.title for one in ones[-named or 9 :]}
    chosen = pack(ones).chosen(wanted.__contains__, titles.__contains__)
    assert list(chosen) == [one for one in ones if one.by in wanted or one.title in titles]


@given(st.lists(ONES, max_size=4), st.lists(ONES, max_size=4))
def test_equal_ones_are_equal(some: list[Contribution], others: list[Contribution]) -> None:
    here, there = (MonthOfWork(month=month("2026-10"), contributions=one) for one in (some, others))
    assert (here == there) == (some == others)
    same = MonthOfWork(month=month("2026-10"), contributions=tuple(some))
    assert (here, hash(here)) == (same, hash(same))
    assert str(tuple(some)) in repr(here)
