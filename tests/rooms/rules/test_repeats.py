"""One contribution counts once, over all months and sources."""

from typing import Any

import pytest

from builders import (
    TODAY,
    answered,
    application,
    claimed,
    contribution,
    contribution_policy,
    evidence,
    member,
    month,
    month_of_work,
    program,
    required,
    work,
)
from community_partners.model.contribution import Account, Contribution, MonthOfWork
from community_partners.model.program import KindOfContribution, Once
from community_partners.rules.decision import decide
from community_partners.rules.project import projects
from community_partners.rules.repeats import repeats
from community_partners.rules.roster import roster_of


def shown(on: str, **fields: Any) -> Contribution:
    """What GitHub showed."""
    return contribution(on, **fields)


ADA = "example-user-1"


def claim(on: str, by: str | Account = ADA, **fields: Any) -> Contribution:
    return claimed(on, by, **{"url": "https://events.example/1", **fields})


def told(entries: list[Contribution]) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    months = {
        one: month_of_work(one, *entries) for one in map(month, ("2026-08", "2026-09", "2026-10"))
    }
    points = {
        **{kind: KindOfContribution(points=5) for kind in ("pull request", "review", "issue")},
        "event": KindOfContribution(points=10),
        "talk": KindOfContribution(points=5, once=Once.PERSON),
        "leadership": KindOfContribution(points=10, once=Once.MONTH),
    }
    known = projects(months, contribution_policy(points=points))
    gone = repeats(entries, known, lambda one: [FIRMS[one.by.login]], ROSTER)
    pairs = list(zip(entries, gone, strict=True))
    return tuple(one for one, of in pairs if not of), tuple(one for one, of in pairs if of)


ROSTER = roster_of({"acme": [member(id=1)]}, ())
FIRMS = {"example-user-1": "acme", "example-user-2": "acme", "example-user-3": "globex"}
TALK, LED = {"kind": "talk"}, {"kind": "leadership"}
ISSUE = {"kind": "issue", "url": "https://github.com/project/core/issues/1"}
PULL = {"url": "https://github.com/project/core/pull/1"}


@pytest.mark.parametrize(
    ("why", "entries", "kept"),
    [
        ("two acts", [shown("2026-08-01"), shown("2026-09-01")], [0, 1]),
        (
            "closed, opened and closed again",
            [shown("2026-08-01", **ISSUE), shown("2026-09-01", **ISSUE)],
            [0],
        ),
        (
            "the other way round",
            [shown("2026-09-01", **ISSUE), shown("2026-08-01", **ISSUE)],
            [1],
        ),
        ("claimed again", [shown("2026-08-01", **PULL), claim("2026-10-01", **PULL)], [0]),
        (
            "claimed again for somebody else",
            [shown("2026-08-01", **PULL), claim("2026-08-01", "example-user-2", **PULL)],
            [0],
        ),
        (
            "claimed before GitHub showed it",
            [claim("2026-08-01", "example-user-3", **PULL), shown("2026-09-01", **PULL)],
            [1],
        ),
        ("one event, claimed twice", [claim("2026-08-01"), claim("2026-09-01")], [0]),
        ("by two of a firm", [claim("2026-08-01"), claim("2026-08-01", "example-user-2")], [0]),
        ("by two firms", [claim("2026-08-01"), claim("2026-08-01", "example-user-3")], [0, 1]),
        (
            "a talk by two of a firm",
            [claim("2026-08-01", **TALK), claim("2026-08-01", "example-user-2", **TALK)],
            [0, 1],
        ),
        (
            "a talk, told twice, with the number of the account since",
            [claim("2026-08-01", **TALK), claim("2026-09-01", Account(login=ADA, id=1), **TALK)],
            [0],
        ),
        ("a talk, told twice", [claim("2026-08-01", **TALK), claim("2026-09-01", **TALK)], [0]),
        (
            "a team, led in two months",
            [claim("2026-08-31", **LED), claim("2026-09-30", **LED)],
            [0, 1],
        ),
        (
            "a team, led by two of a firm in one month",
            [claim("2026-08-31", **LED), claim("2026-08-30", "example-user-2", **LED)],
            [1],
        ),
        (
            "an event and a talk by one person",
            [claim("2026-08-01"), claim("2026-09-01", **TALK)],
            [0],
        ),
        (
            "an event and a talk by two of a firm",
            [claim("2026-08-01"), claim("2026-08-01", "example-user-2", **TALK)],
            [0, 1],
        ),
        (
            "an event and a team that its organizer leads, in one month",
            [claim("2026-08-31", **LED), claim("2026-08-01")],
            [1],
        ),
        (
            "an event and a team that its organizer leads, in two months",
            [claim("2026-08-01"), claim("2026-09-30", **LED), claim("2026-08-31", **LED)],
            [0, 1],
        ),
        (
            "a repeat that takes nothing from others",
            [
                claim("2026-08-01"),
                claim("2026-08-02", **TALK),
                claim("2026-08-03", "example-user-2", **TALK),
            ],
            [0, 2],
        ),
        ("one entry, read twice", [shown("2026-08-01", **PULL)] * 2, [0]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_earliest_stays(why: str, entries: list[Contribution], kept: list[int]) -> None:
    first, repeated = told(entries)
    assert list(first) == [entries[at] for at in kept], why
    assert len(first) + len(repeated) == len(entries)


EVENT, AT = "https://events.example/1", "https://github.com/project/core/pull/1"
REVIEW = f"{AT}#pullrequestreview-5"
ANSWER = "https://github.com/project/core/discussions/9#discussioncomment-3"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (EVENT, "https://events.example/1/", True),
        (EVENT, "https://www.events.example/1", True),
        (EVENT, "https://Events.example/1?utm_source=a", True),
        (EVENT, "https://events.example/1?day=2", False),
        (EVENT, "https://events.example/1#october", True),
        (EVENT, "https://events.example/1?fbclid=x&utm_medium=b", True),
        (f"{EVENT}?a=1&b=2", f"{EVENT}?b=2&gclid=z&a=1#top", True),
        (f"{EVENT}?a=1&b=2", f"{EVENT}?a=2&b=1", False),
        (EVENT, "https://events.example/12", False),
        (EVENT, "https://events.example//./2/../1/?", True),
        (EVENT, "https://events.example:443/%31", True),
        (f"{EVENT}/a b", f"{EVENT}/A%20B", True),
        (f"{EVENT}?a=%31", f"{EVENT}?a=1", True),
        ("https://müller.example/1", "https://xn--mller-kva.example/1", True),
        (f"{AT}/files", "https://github.com/project/core/issues/1", True),
    ],
)
def test_one_page_in_other_words(first: str, second: str, same: bool) -> None:
    kept, _ = told([claim("2026-08-01", url=first), claim("2026-09-01", url=second)])
    assert len(kept) == (1 if same else 2)


@pytest.mark.parametrize(
    ("url", "named", "same"),
    [
        (AT, f"{AT}/files", True),
        (AT, f"{AT}/commits/1a2b3c4?w=1", True),
        (AT, f"{AT}#discussion_r1", True),
        (AT, "https://www.GitHub.com/Project/Core/pull/1/", True),
        (AT, f"{AT}.diff", True),
        (AT, f"{AT}?x=1#issuecomment-2", True),
        (AT, "https://github.com/project/core/pulls/1", True),
        (AT, "https://github.com/project/core/issues/1", True),
        (AT, "https://github.com/project/core/%70ull/1", True),
        (AT, "https://redirect.github.com/project/core/pull/1", True),
        (AT, "https://api.github.com/repos/project/core/pulls/1", True),
        (AT, "https://patch-diff.githubusercontent.com/raw/project/core/pull/1.diff", True),
        (AT, "https://github.com/project/core/commits/1", False),
        (ISSUE["url"], f"{ISSUE['url']}#issuecomment-2", True),
        (REVIEW, f"{AT}/files?x=1#pullrequestreview-5", True),
        (REVIEW, f"{AT}/#pullrequestreview-5", True),
        (REVIEW, f"{AT}#pullrequestreview-6", False),
        (ANSWER, ANSWER.replace("/discussions/", "/issues/"), True),
        (ANSWER, ANSWER.partition("#")[0], False),
        (AT, f"{AT}2", False),
        (AT, REVIEW, False),
        (REVIEW, REVIEW, True),
        (REVIEW, AT, False),
    ],
)
def test_a_claim_of_what_github_showed(url: str, named: str, same: bool) -> None:
    kept, _ = told([shown("2026-08-01", url=url), claim("2026-09-01", url=named)])
    assert len(kept) == (1 if same else 2)


def test_a_repeat_gives_no_points_and_is_said() -> None:
    acts = [shown(f"2026-{number}-03", **ISSUE) for number in ("08", "09", "10")]
    claims = answered(
        (MonthOfWork(month=month("2026-10"), contributions=(claim("2026-10-09", **ISSUE),)),)
    )
    seen = evidence(work=work(*acts), claims=claims)
    found = decide(application(), seen, program(), required(), "")
    assert found.today == TODAY
    assert [entry.points for entry in found.work] == [1, 0, 0]
    assert found.uncounted == {"the same contribution again": 3}
