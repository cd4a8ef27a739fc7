"""The laws of the address by which claims of one page are found, however people write it.

What is told of a claim in an issue is what the month does with it.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import claimed, contribution_policy, day, member, month, month_of_work
from community_partners.model.claim import Claim
from community_partners.model.problem import Place
from community_partners.model.program import Claims, KindOfContribution, Once
from community_partners.rules.claim import claims_problems
from community_partners.rules.project import projects
from community_partners.rules.repeats import address, repeats
from community_partners.rules.roster import roster_of
from many_cases import many

_WORD = st.text("abcxyz0189é", min_size=1, max_size=6)
_PATH = st.lists(_WORD, min_size=1, max_size=3)
_QUERY = st.lists(st.tuples(_WORD, _WORD), max_size=3)


def _at(url: str) -> str:
    return address(claimed("2026-10-01", "example-user-1", url=url))


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


_HOSTS = ("events.example", "www.events.example", "EVENTS.example", "events.example:443")
_SEGMENTS: tuple[Callable[[str], str], ...] = (str, str.upper, _encoded, quote)
_BETWEEN = ("/", "//", "/./", "/x/../")
_BEHIND = ("", "#top", "#pullrequestreview-5")
_SEEN = ("utm_source=a", "fbclid=b", "utm_medium=", "")


@settings(max_examples=many(1_000), deadline=None)
@given(st.data(), _PATH, _QUERY)
def test_one_page_has_one_address(
    data: st.DataObject, path: list[str], query: list[tuple[str, str]]
) -> None:
    def one(*choices: str) -> str:
        return data.draw(st.sampled_from(choices))

    def written(segment: str) -> str:
        return data.draw(st.sampled_from(_SEGMENTS))(segment)

    plain = "https://events.example/events/" + "/".join(path)
    asked = [f"{name}={value}" for name, value in query]
    shuffled = [*data.draw(st.permutations(asked)), one(*_SEEN)]
    other = f"https://{one(*_HOSTS)}{one(*_BETWEEN)}events"
    for segment in path:
        other += one(*_BETWEEN) + written(segment)
    other += one("", "/") + "?" + "&".join(shuffled) + one(*_BEHIND)
    assert _at(other) == _at(f"{plain}?{'&'.join(asked)}")
    assert _at(f"{plain}/more") != _at(plain)


@settings(max_examples=many(1_000), deadline=None)
@given(
    st.data(),
    st.integers(1, 99_999),
    st.sampled_from(["pull", "pulls", "issues", "discussions"]),
    st.sampled_from(["", "/", "/files", ".diff", ".patch", "?w=1", "#issuecomment-1", "/x?y#z"]),
)
def test_one_thread_of_github_has_one_address(
    data: st.DataObject, number: int, room: str, behind: str
) -> None:
    host = data.draw(st.sampled_from(["github.com", "www.github.com", "GitHub.com"]))
    name = data.draw(st.sampled_from(["project/core", "Project/Core", "project//core"]))
    url = f"https://{host}/{name}/{room}/{number}{behind}"
    assert _at(url) == f"github.com/project/core/{number}"


@settings(max_examples=many(1_000), deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_an_address(text: str) -> None:
    for url in (text, f"https://{text}", f"https://github.com/{text}"):
        assert isinstance(_at(url), str)


FIRMS = {"example-user-1": "acme", "example-user-2": "acme", "example-user-3": "globex"}
POLICY = contribution_policy(
    points={
        "event": KindOfContribution(points=10),
        "talk": KindOfContribution(points=5, once=Once.PERSON),
        "leadership": KindOfContribution(points=10, once=Once.MONTH),
    },
    claims=Claims(
        folder="contributions",
        approvers=dict.fromkeys(("event", "talk", "leadership"), ("example-maintainer",)),
        months_back=3,
    ),
)
ROSTER = roster_of(
    {
        slug: [member(login) for login, firm in FIRMS.items() if firm == slug]
        for slug in FIRMS.values()
    },
    (),
)
PLACES = dict.fromkeys(("kind", "person", "date", "url", "title"), Place(document="the form"))
MONTHS = tuple(map(month, ("2026-08", "2026-09", "2026-10")))


@settings(max_examples=many(300), deadline=None)
@given(
    *2
    * [
        st.builds(
            Claim,
            kind=st.sampled_from(list(POLICY.points)),
            person=st.sampled_from(list(FIRMS)),
            day=st.sampled_from([day("2026-08-01"), day("2026-08-31"), day("2026-09-30")]),
            title=st.just("The meetup"),
            url=st.sampled_from(["https://a.example/1", "https://a.example/2"]),
        )
    ]
)
def test_a_claim_is_told_to_repeat_another_one_if_only_one_counts(one: Claim, two: Claim) -> None:
    works = [
        claimed(str(each.day), each.person, kind=each.kind, url=each.url) for each in (one, two)
    ]
    known = projects({each: month_of_work(each, *works) for each in MONTHS}, POLICY)
    repeated = any(repeats(works, known, lambda work: [FIRMS[work.by.login]], ROSTER))
    told = claims_problems(
        [(replace(two, number=1), PLACES)], POLICY, ROSTER, works[:1], day("2026-10-20")
    )
    assert [problem.message[:31] for problem in told] == (
        ["This page was approved already:"] if repeated else []
    )
