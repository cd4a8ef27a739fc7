"""The hidden line of our texts: it reads back, and nothing else is taken for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.hidden_line import Memory, file_digest, is_of_kind, memory_in, our_comments
from community_partners.model.command import About
from community_partners.model.thread import Comment, Issue, Thread
from community_partners.model.verdict import Decision

ABOUT = About(identity="0a" * 32, since=1234567890123)
VERDICT = Memory(
    kind="verdict", decision=Decision.NOT_YET, change=2, again=date(2027, 1, 1), about=ABOUT
)
PROPOSED = Memory(kind="application", issue=12, decision=Decision.ELIGIBLE, file=file_digest(b"x"))
MEMORIES = st.builds(
    Memory,
    kind=st.text(max_size=60),
    decision=st.none() | st.sampled_from(Decision),
    change=st.integers(0, 10**6),
    again=st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    about=st.none() | st.builds(About, identity=st.text(max_size=64), since=st.integers(0, 2**63)),
    closes=st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    issue=st.none() | st.integers(1, 2**63),
    file=st.none() | st.text(max_size=80),
    withdrawn=st.booleans(),
)


def test_it_is_one_line_of_html_comment() -> None:
    assert str(Memory(kind="verdict", decision=Decision.NOT_YET, closes=date(2027, 1, 1))) == (
        '<!-- community-partners {"closes": "2027-01-01", "decision": "not yet", "kind": "verdict"}'
        " -->\n"
    )


ABOUT = About(identity="0a" * 32, since=1234567890123)
WRITTEN = {
    '{"about": {"identity": "'
    + "0a" * 32
    + '", "since": 1234567890123}, "again": "2027-01-01", "change": 2, "decision": "not yet", '
    '"kind": "verdict"}': Memory(
        kind="verdict", decision=Decision.NOT_YET, change=2, again=date(2027, 1, 1), about=ABOUT
    ),
    '{"decision": "eligible", "file": "sha256:0", "issue": 12, "kind": "application"}': Memory(
        kind="application", decision=Decision.ELIGIBLE, file="sha256:0", issue=12
    ),
    '{"issue": 12, "kind": "application", "withdrawn": true}': Memory(
        kind="application", issue=12, withdrawn=True
    ),
    '{"closes": "2027-01-23", "kind": "reminder"}': Memory(
        kind="reminder", closes=date(2027, 1, 23)
    ),
    '{"kind": "standing a --\\u003e b"}': Memory(kind="standing a --> b"),
}


@pytest.mark.parametrize(("value", "memory"), WRITTEN.items())
def test_what_stands_in_threads_is_read_as_long_as_they_are_open(
    value: str, memory: Memory
) -> None:
    """Another name for a field would lose what we know of every open thread."""
    line = f"<!-- community-partners {value} -->\n"
    assert str(memory) == line
    assert memory_in(f"{line}Text") == memory


@given(MEMORIES, st.text())
def test_it_reads_back_whatever_follows(memory: Memory, text: str) -> None:
    assert str(memory).count("\n") == 1
    assert str(memory).count("-->") == 1
    assert memory_in(f"{memory}{text}") == memory


@pytest.mark.parametrize("memory", [VERDICT, PROPOSED], ids=["verdict", "proposal"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_githubs_line_ends_are_no_difference(memory: Memory, ends: str) -> None:
    assert memory_in(f"{memory}### Eligible\nMore".replace("\n", ends)) == memory
    assert is_of_kind(f"{memory}### Eligible".replace("\n", ends), memory.kind)


NOT_OURS = (  # values that a reader could convert, and nobody here would write
    '"withdrawn": "false"',
    '"withdrawn": 1',
    '"issue": 1.5',
    '"issue": "7"',
    '"change": true',
    '"closes": "2027-W01-1"',
    '"closes": "20270101"',
    '"file": {}',
    '"file": 7',
    '"about": {"identity": 7, "since": 1}',
)


def test_a_key_of_a_newer_version_is_left_out() -> None:
    newer = str(VERDICT).replace('"kind"', '"fresh": [1], "kind"')
    assert memory_in(newer) == VERDICT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "### Eligible",
        f"### Eligible\n{VERDICT}",
        f"Somebody wrote: {VERDICT}",
        str(VERDICT).replace(" -->", ""),
        "<!-- community-partners -->\n",
        "<!-- community-partners verdict eligible 0 -->\n",
        "<!-- community-partners {} -->\n",
        "<!-- community-partners [1] -->\n",
        *(f'<!-- community-partners {{"kind": "verdict", {one}}} -->\n' for one in NOT_OURS),
        '<!-- community-partners {"kind": "verdict", "decision": "rejected"} -->\n',
        '<!-- community-partners {"kind": "verdict", "again": "2027-13-41"} -->\n',
        f"<!-- community-partners {'[' * 20000} -->\n",
    ],
)
def test_another_first_line_says_nothing(text: str) -> None:
    assert memory_in(text) is None
    assert not is_of_kind(text, "verdict")


def test_only_in_a_comment_of_ours() -> None:
    comments = tuple(
        Comment(id=at, url="", body=f"{VERDICT}Text", author="ada", ours=ours)
        for at, ours in enumerate((False, True, False, True))
    )
    issue = Issue(title="", body="", author="ada", open=True, labels=())
    thread = Thread(issue=issue, comments=comments)
    assert [one.id for one, _ in our_comments(thread, "verdict")] == [1, 3]
    assert our_comments(thread, "notice") == []
