"""The laws of the address by which claims of one page are found, however people write it."""

from collections.abc import Callable
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import claimed
from community_partners.rules.repeats import address
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
