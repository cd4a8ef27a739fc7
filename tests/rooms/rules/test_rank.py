"""Laws of the ranking, for any partners; and who goes first among equals."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import day
from community_partners.model.points import Points, of_json
from community_partners.model.standing import Standing
from community_partners.rules.rank import Contender, Places, rank


def contender(slug: str = "acme", points: Points = 10, **fields: Any) -> Contender:
    defaults: dict[str, Any] = {
        "name": slug.title(),
        "accepted": day("2026-01-15"),
        "standing": Standing.ACTIVE,
        "hidden": False,
        "contributors": 1,
        "kinds": 1,
    }
    return Contender(slug=slug, points=points, **{**defaults, **fields})


def listed(one: Contender) -> bool:
    return not one.hidden and one.standing in (Standing.ACTIVE, Standing.AT_RISK)


SLUGS = st.text("abcdef", min_size=1, max_size=3)
CONTENDERS = st.lists(
    st.builds(
        contender,
        SLUGS,
        st.integers(0, 12).map(lambda halves: of_json(halves / 2)),
        name=st.sampled_from(["Acme", "acme", "Globex", "Ångström"]),
        accepted=st.sampled_from([day("2025-01-01"), day("2026-01-01")]),
        standing=st.sampled_from(list(Standing)),
        hidden=st.booleans(),
        contributors=st.integers(0, 3),
        kinds=st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda one: one.slug,
)
SLOTS = st.integers(0, 5)


@given(CONTENDERS, SLOTS, st.randoms())
def test_the_order_of_reading_does_not_matter(
    partners: list[Contender], slots: int, shuffle: Any
) -> None:
    mixed = list(partners)
    shuffle.shuffle(mixed)
    found, again = rank(partners, slots), rank(mixed, slots)
    assert (list(found.ranks.items()), found.homepage) == (
        list(again.ranks.items()),
        again.homepage,
    )


@given(CONTENDERS.filter(bool), SLOTS, st.data())
def test_one_more_point_never_lowers_a_partner(
    partners: list[Contender], slots: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(partners) - 1))
    one = partners[at]
    more = replace(
        one,
        points=one.points + data.draw(st.integers(1, 3)),
        contributors=one.contributors + data.draw(st.integers(0, 1)),
        kinds=one.kinds + data.draw(st.integers(0, 1)),
    )
    before, after = rank(partners, slots), rank([*partners[:at], more, *partners[at + 1 :]], slots)
    if not listed(one):
        assert after == before
        return
    assert after.ranks[one.slug] <= before.ranks[one.slug]
    assert list(after.ranks).index(one.slug) <= list(before.ranks).index(one.slug)
    if one.slug in before.homepage:
        assert after.homepage.index(one.slug) <= before.homepage.index(one.slug)


@given(CONTENDERS, SLOTS)
def test_a_rank_is_one_more_than_those_with_more_points(
    partners: list[Contender], slots: int
) -> None:
    """So equal points share a rank, and the next one counts all of them."""
    ranked = [one for one in partners if listed(one)]
    assert rank(partners, slots).ranks == {
        one.slug: 1 + sum(other.points > one.points for other in ranked) for one in ranked
    }


@given(CONTENDERS.filter(bool), SLOTS, st.data())
def test_without_one_the_others_keep_their_order(
    partners: list[Contender], slots: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(partners))
    before = rank(partners, slots)
    after = rank([one for one in partners if one is not gone], slots)
    assert list(after.ranks) == [slug for slug in before.ranks if slug != gone.slug]
    kept = [slug for slug in before.homepage if slug != gone.slug]
    assert list(after.homepage[: len(kept)]) == kept


@given(CONTENDERS, SLOTS)
def test_who_is_listed_and_who_is_on_the_homepage(partners: list[Contender], slots: int) -> None:
    found = rank(partners, slots)
    points = {one.slug: one.points for one in partners if listed(one)}
    assert found.ranks.keys() == points.keys()
    assert len(found.homepage) <= slots
    assert len(set(found.homepage)) == len(found.homepage)
    assert all(points.get(slug) for slug in found.homepage)
    assert len(found.homepage) == min(slots, sum(map(bool, points.values())))
    assert list(found.homepage) == list(found.ranks)[: len(found.homepage)]
    assert all(one <= other for one, other in pairwise(found.ranks.values()))


def test_equal_points_share_a_rank() -> None:
    order = rank(
        [contender(slug, points) for slug, points in zip("dcba", (9, 7, 7, 1), strict=True)], 2
    )
    assert order == Places(ranks={"d": 1, "b": 2, "c": 2, "a": 4}, homepage=("d", "b"))


EARLIER = day("2025-06-01")


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("more contributors", {"contributors": 2}),
        ("more kinds", {"kinds": 2}),
        ("accepted earlier", {"accepted": EARLIER}),
        ("the name", {"name": "aaa"}),
        ("contributors before kinds", ({"contributors": 2}, {"kinds": 9})),
        ("kinds before acceptance", ({"kinds": 2}, {"accepted": EARLIER})),
        ("acceptance before the name", ({"accepted": EARLIER}, {"name": "aaa"})),
        ("points before all", ({"points": 11}, {"contributors": 9, "kinds": 9})),
    ],
)
def test_among_equals_goes_first(why: str, fields: Any) -> None:
    first, second = fields if isinstance(fields, tuple) else (fields, {})
    partners: Sequence[Contender] = [contender("b", **second), contender("z", **first)]
    assert rank(partners, 1).homepage == ("z",), why


def test_the_very_same_go_by_their_records_names() -> None:
    same = [contender(slug, name="Acme") for slug in ("b", "a", "c")]
    assert rank(same, 2) == Places(ranks={"a": 1, "b": 1, "c": 1}, homepage=("a", "b"))
