"""Lists of helpers: which entries are new, when, for whom, and who accepted them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import month, program
from community_partners.intake.all_contributors import read_list
from community_partners.model.all_contributors import REACH, ListCommit
from community_partners.model.contribution import Account, MonthOfWork
from community_partners.model.program import AllContributors
from community_partners.rules.all_contributors import MOST, listed_work
from community_partners.rules.repeats import address
from list_of_helpers import entry, listing, people
from many_cases import many

RULE = AllContributors(
    repository="project/core",
    approved_by="example-maintainer",
    kinds={"doc": "documentation", "tutorial": "documentation", "talk": "event", "code": None},
)
POLICY = program().contribution
MERGER = Account(login="example-merger", id=7)
OCTOBER = month("2026-10")
ADA, BEN = "example-ada", "example-ben"


def commit(at: str, text: str | None, number: int = 0, **fields: Any) -> ListCommit:
    """`at`: a day, or a moment."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    made = {"committed": moment, "accepted": moment, "by": MERGER, **fields}
    return ListCommit(id=f"{number:040x}", text=text, **made)


def history(*versions: tuple[str, str | None] | ListCommit) -> list[ListCommit]:
    """The oldest first, as people tell it; numbered from 1."""
    return [
        replace(one, id=f"{at:040x}")
        if isinstance(one, ListCommit)
        else commit(one[0], one[1], number=at)
        for at, one in enumerate(versions, 1)
    ]


def work(commits: Sequence[ListCommit], of: str = "2026-10", **changes: Any) -> MonthOfWork:
    rule = replace(RULE, **changes)
    versions = [read_list(one, rule) for one in reversed(commits)]
    return listed_work(versions, month(of), rule, POLICY)


def found(commits: Sequence[ListCommit], of: str = "2026-10") -> list[str]:
    """What counts, as `day login type`."""
    entries = work(commits, of).contributions
    return [f"{one.day} {one.by.login} {one.title.split()[0]}" for one in entries]


EMPTY = listing()
_ADA = people(example_ada=["doc"])
BEFORE = ("2026-09-01", EMPTY)
MOVED = listing(entry(BEN, "doc"), entry(ADA, "doc"))
FIVE = [f"example-{at}" for at in range(5)]

STORIES: dict[str, tuple[list[Any], list[str]]] = {
    "a person": ([BEFORE, ("2026-10-05", _ADA)], ["2026-10-05 example-ada doc"]),
    "a type": (
        [("2026-09-01", _ADA), ("2026-10-05", people(example_ada=["doc", "talk"]))],
        ["2026-10-05 example-ada talk"],
    ),
    "several in one commit": (
        [BEFORE, ("2026-10-05", people(example_ada=["doc", "talk"], example_ben=["doc"]))],
        [
            "2026-10-05 example-ada doc",
            "2026-10-05 example-ada talk",
            "2026-10-05 example-ben doc",
        ],
    ),
    "types that are not mapped": (
        [BEFORE, ("2026-10-05", people(example_ada=["code", "bug", "design"]))],
        [],
    ),
    "another month": ([BEFORE, ("2026-09-30T23:59:59", _ADA), ("2026-11-01", MOVED)], []),
    "the list is begun": ([("2026-10-05", _ADA)], []),
    "the list is begun, and then goes on": (
        [("2026-10-05", _ADA), ("2026-10-06", MOVED)],
        ["2026-10-06 example-ben doc"],
    ),
    "an old list, begun long ago": (
        [("2021-03-01", _ADA), ("2026-10-06", MOVED)],
        ["2026-10-06 example-ben doc"],
    ),
    "moved": (
        [("2026-09-01", MOVED), ("2026-10-05", people(example_ada=["doc"], example_ben=["doc"]))],
        [],
    ),
    "reformatted": ([("2026-09-01", MOVED), ("2026-10-05", json.dumps(json.loads(MOVED)))], []),
    "the login in other letters": (
        [("2026-09-01", _ADA), ("2026-10-05", listing(entry("Example-ADA", "doc")))],
        [],
    ),
    "removed, and added again": (
        [("2026-08-01", _ADA), ("2026-09-05", EMPTY), ("2026-10-06", _ADA)],
        [],
    ),
    "added, removed and added again": (
        [BEFORE, ("2026-10-05", _ADA), ("2026-10-06", EMPTY), ("2026-10-07", _ADA)],
        ["2026-10-05 example-ada doc"],
    ),
    "added by mistake": ([BEFORE, ("2026-10-05", _ADA), ("2026-11-06", EMPTY)], []),
    "the whole list is gone": (
        [BEFORE, ("2026-10-05", _ADA), ("2026-10-06", None)],
        ["2026-10-05 example-ada doc"],
    ),
    "gone, and there again": (
        [("2026-09-01", _ADA), ("2026-10-05", None), ("2026-10-06", MOVED)],
        ["2026-10-06 example-ben doc"],
    ),
    "twice in one version": (
        [BEFORE, ("2026-10-05", listing(entry(ADA, "doc", "doc"), entry(ADA, "doc")))],
        ["2026-10-05 example-ada doc"],
    ),
    "broken, and mended": (
        [BEFORE, ("2026-10-05", f"{_ADA}]"), ("2026-10-06", _ADA)],
        ["2026-10-06 example-ada doc"],
    ),
    "broken before: the first that can be read begins the list": (
        [("2026-06-01", "oops"), ("2026-10-05", _ADA), ("2026-10-06", MOVED)],
        ["2026-10-06 example-ben doc"],
    ),
    "of an app, and of nobody": (
        [
            BEFORE,
            ("2026-10-05", listing(entry("dependabot[bot]", "doc"), entry("", "doc", name=""))),
        ],
        [],
    ),
    "the address of the account": (
        [BEFORE, ("2026-10-05", listing(entry("https://github.com/example-ada", "doc")))],
        ["2026-10-05 example-ada doc"],
    ),
    "merged in this month, committed in another": (
        [BEFORE, commit("2026-09-20", _ADA, accepted=datetime(2026, 10, 2, tzinfo=UTC))],
        ["2026-10-02 example-ada doc"],
    ),
    "committed in this month, merged in another": (
        [BEFORE, commit("2026-10-20", _ADA, accepted=datetime(2026, 11, 2, tzinfo=UTC))],
        [],
    ),
    "the first merge counts": (
        [
            BEFORE,
            commit("2026-10-01", _ADA, accepted=datetime(2026, 10, 20, tzinfo=UTC)),
            commit("2026-10-02", _ADA, accepted=datetime(2026, 10, 10, tzinfo=UTC)),
        ],
        ["2026-10-10 example-ada doc"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("versions", "expected"), STORIES.values(), ids=STORIES)
def test_what_is_new_in_a_month(versions: list[Any], expected: list[str]) -> None:
    assert found(history(*versions)) == expected


PICTURE = "https://avatars.githubusercontent.com/u/{}?v=4"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"name": "Ada", "profile": "https://ada.example"}, {}, True),
        ({"avatar_url": PICTURE.format(501)}, {"name": "A.", "profile": "https://a.example"}, True),
        ({"name": "Ada"}, {}, False),
        ({"name": "Ada", "profile": ""}, {}, False),
        ({"name": "", "profile": "https://ada.example"}, {}, False),
        ({"avatar_url": "https://ada.example/u/501"}, {}, False),
        ({"avatar_url": PICTURE.format(501)}, {"avatar_url": PICTURE.format(502)}, False),
    ],
)
def test_a_new_login_of_the_same_person(
    before: dict[str, str], after: dict[str, str], same: bool
) -> None:
    old = entry(ADA, "doc", **before)
    new = {**entry("example-new", "doc"), **before, **after}
    if not same:  # the tools write the page of the new login, where the person has named no other
        new = {**new, "profile": after.get("profile", before.get("profile") or "https://b.example")}
        new |= {} if "profile" in before else {"profile": "https://b.example"}
    versions = history(("2026-09-01", listing(old)), ("2026-10-05", listing(new)))
    assert found(versions) == ([] if same else ["2026-10-05 example-new doc"])


def crowd(people_in_all: int) -> str:
    return listing(
        *(entry(f"example-{at}", "doc" if at < 3 else "code") for at in range(people_in_all))
    )


@pytest.mark.parametrize("many_people", [MOST, MOST + 1])
def test_many_people_at_once(many_people: int) -> None:
    """Whatever they did: ten years of a project may come in one commit."""
    one = work(history(BEFORE, ("2026-10-05", crowd(many_people))))
    if many_people <= MOST:
        assert (len(one.contributions), one.left_out) == (3, ())
        return
    assert len(one.contributions) == 0
    assert [str(each) for each in one.left_out] == [
        (
            "project/core/.all-contributorsrc of 2026-10-05: This commit adds entries of 21 people;"
            " at most 20 count at once. Claim by hand what is of this month, in contributions/."
        )
    ]
    later = history(
        BEFORE, ("2026-10-05", crowd(many_people)), ("2026-10-06", crowd(many_people + 1))
    )
    assert found(later) == [], "and they are no news later"


def test_a_list_that_never_was() -> None:
    [problem] = work([]).left_out
    assert str(problem) == (
        "project/core/.all-contributorsrc: There is no such file on the default branch, and never "
        "was one. Correct `repository` in program.yml, or take this list away."
    )


def test_who_accepted_it() -> None:
    def by(account: Account | None) -> Account | None:
        commits = history(BEFORE, commit("2026-10-05", _ADA, by=account))
        [one] = work(commits).contributions
        assert one.accepted
        assert one.accepted.source == ".all-contributorsrc of project/core"
        return one.accepted.by

    named = Account(login="example-maintainer")
    assert by(MERGER) == MERGER
    assert by(None) == named
    assert by(Account(login="mergify", id=8, bot=True)) == named
    assert by(Account(login=POLICY.ignored_accounts[0])) == named


def test_the_page_and_the_address_of_each_entry() -> None:
    versions = history(
        BEFORE, ("2026-10-05", people(example_ada=["doc", "tutorial"], example_ben=["doc"]))
    )
    entries = work(versions).contributions
    assert entries[0].url == f"https://github.com/project/core/commit/{2:040x}#example-ada-doc"
    assert len({address(one) for one in entries}) == 3
    assert all(one.repository is None for one in entries)


PROBLEMS = {
    "not JSON": ("oops", ": This is not JSON."),
    "deep": ("[" * 100_000, ": This is not JSON."),
    "a large number": ('{"contributors": ' + "1" * 5000 + "}", ": This is not JSON."),
    "no object": ("[]", ", contributors: This is no list."),
    "no list": ('{"contributors": {}}', ", contributors: This is no list."),
    "too large": (" " * 1_000_001, ": GitHub does not show all of this file, or it has more than"),
    "no person": (listing(5), ", contributors[0]: This entry has no list `contributions`."),
    "no types": (
        listing({"login": ADA}),
        ", contributors[0]: 'example-ada' has no list `contributions`.",
    ),
    "no login": (
        listing(entry("Ada Example", "doc")),
        ", contributors[0].login: 'Ada Example' is no login of a person on GitHub.",
    ),
    "no login at all": (
        listing(entry("", "doc", name="Ada Example")),
        ", contributors[0].login: 'Ada Example' is no login of a person on GitHub.",
    ),
    "markup": (
        listing(entry("@all\n::error::<b>", "doc")),
        ", contributors[0].login: '@all\\n::error::<b>' is no login of a person on GitHub.",
    ),
    "a type that nobody knows": (
        listing(entry(ADA, "docs")),
        ", contributors[0].contributions: 'example-ada' has the type 'docs', which nobody knows.",
    ),
    "a type that is none": (
        listing(entry(ADA, {"a": 1})),  # type: ignore[arg-type]
        ", contributors[0].contributions: 'example-ada' has the type '', which nobody knows.",
    ),
}


@pytest.mark.parametrize(("text", "told"), PROBLEMS.values(), ids=PROBLEMS)
def test_what_nobody_can_read_is_told_once_with_place_and_remedy(text: str, told: str) -> None:
    bad, mended = ("2026-10-05", text), ("2026-10-06", MOVED)
    [problem] = work(history(BEFORE, bad, bad, mended)).left_out
    assert str(problem).startswith(f"project/core/.all-contributorsrc of 2026-10-05{told}")
    assert problem.remedy
    assert work(history(("2026-09-01", text), bad)).left_out == (), "nor in a later month"


@pytest.mark.parametrize("fields", [{"types": {"docs": {"symbol": "x"}}}, {}])
def test_types_of_its_own(fields: dict[str, Any]) -> None:
    versions = history(BEFORE, ("2026-10-05", listing(entry(ADA, "docs"), **fields)))
    assert bool(work(versions).left_out) == (not fields)
    mapped = work(versions, kinds={"docs": "documentation"})
    assert (len(mapped.contributions), mapped.left_out) == (1, ())


def test_good_entries_are_kept_beside_bad_ones() -> None:
    bad: list[Any] = [
        5,
        None,
        [],
        {},
        {"login": 5, "contributions": [5]},
        entry("not a login", "doc"),
    ]
    text = listing(*bad, entry(ADA, "doc", "strange"), *bad)
    versions = history(BEFORE, ("2026-10-05", text))
    assert found(versions) == ["2026-10-05 example-ada doc"]
    assert len(work(versions).left_out) > 6


def test_a_hundred_thousand_entries() -> None:
    versions = history(BEFORE, ("2026-10-05", listing(*[{"login": "?"}] * 100_000)))
    one = work(versions)
    assert (len(one.contributions), len(one.left_out)) == (0, 1)


_DAYS = st.integers(0, 200).map(lambda days: datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days))
_TYPES = st.lists(st.sampled_from(["doc", "talk", "code"]), max_size=3)
_LISTS = st.dictionaries(st.sampled_from(FIVE), _TYPES, max_size=5).map(
    lambda one: listing(*(entry(login, *types) for login, types in one.items()))
)


@st.composite
def histories(draw: st.DrawFn) -> list[ListCommit]:
    """The oldest first, by their own times; some are merged later."""
    days = sorted(draw(st.lists(_DAYS, max_size=12)))
    texts = draw(st.lists(_LISTS | st.sampled_from([None, "oops"]), min_size=12, max_size=12))
    late = draw(st.lists(st.integers(0, 40), min_size=12, max_size=12))
    return [
        ListCommit(
            id=f"{at:040x}",
            committed=day,
            accepted=day + timedelta(days=waited if at % 3 == 0 else 0),
            by=MERGER,
            text=text,
        )
        for at, (day, text, waited) in enumerate(zip(days, texts, late, strict=False))
    ]


MONTHS = [f"2026-{number:02}" for number in range(5, 13)]


@settings(max_examples=many(100), deadline=None)
@given(histories())
def test_a_month_alone_is_the_same_as_among_others(commits: list[ListCommit]) -> None:
    for of in MONTHS:
        start = (month(of) - REACH).first_day
        asked = [one for one in commits if one.committed.date() >= start]
        before = [one for one in commits if one.committed.date() < start][-1:]
        assert work([*before, *asked], of) == work(commits, of)


@settings(max_examples=many(100), deadline=None)
@given(histories(), st.randoms())
def test_each_entry_counts_once_whatever_the_order_of_entries(
    commits: list[ListCommit], chance: Any
) -> None:
    def mixed(one: ListCommit) -> ListCommit:
        data = json.loads(one.text) if one.text and one.text != "oops" else None
        if data is None:
            return one
        chance.shuffle(data["contributors"])
        return replace(one, text=json.dumps(data))

    shuffled = [mixed(one) for one in commits]
    for of in MONTHS:
        entries = found(commits, of)
        assert sorted(found(shuffled, of)) == sorted(entries)
        assert len({one.split(maxsplit=1)[1] for one in entries}) == len(entries)


_PIECES = st.sampled_from(
    [
        *("{", "}", "[", "]", ",", ":", '"contributors"', '"login"', '"contributions"', '"types"'),
        *('"example-ada"', '"doc"', "null", "1e999", "NaN", '"\\ud800"', " ", _ADA),
    ]
)


@settings(max_examples=many(300), deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_told(text: str) -> None:
    one = work(history(BEFORE, ("2026-10-05", text)))
    for each in one.contributions:
        assert each.by.login == ADA
    for problem in one.left_out:
        assert str(problem).isprintable()


@pytest.mark.parametrize("value", [None, True, 5, 1.5, "x", "\ud800", [], [[]], {}, {"a": []}])
@pytest.mark.parametrize("key", ["login", "name", "profile", "avatar_url", "contributions"])
def test_any_value_of_a_key(key: str, value: Any) -> None:
    odd = {**entry(ADA, "doc"), key: value}
    versions = history(BEFORE, ("2026-10-05", listing(odd, entry(BEN, "doc"))))
    assert "2026-10-05 example-ben doc" in found(versions)
