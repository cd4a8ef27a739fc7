"""The lines of an issue's text: what is shown, what is code, what is a heading."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.errors import InvalidInputError
from community_partners.intake.issue_form import parse
from community_partners.intake.issue_text import read_issue_text
from community_partners.intake.plain_text import trouble
from program_folder import FORM, body


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <!-- b --> c", "a  c"),
        ("<!-- a -->|b", "|b"),
        ("<!-- a|b|c --> d|e", "|| d|e"),
        ("<!---->a<!-->b-->", "ab-->"),
        ("a <!-- b|c --> d", "a| d"),
        ("a <!-- b||c -->", "a <!-- b||c -->"),
        ("a <!-- b|### C|d -->", "a <!-- b|### C|d -->"),
        ("<!-- a||### B|-->|c", "||||c"),
        ("<!-- never closed|### B", "<!-- never closed|### B"),
        ("```|<!-- a -->|```", "```|<!-- a -->|```"),
        ("<!--|```|-->|b|```", "|||b|```"),
        ("`<!-- a -->` <!-- b -->", "`<!-- a -->` "),
        ("\ufeffa|\ufeffb|c\ufeff", "a|b|c\ufeff"),
    ],
)
def test_comments(text: str, shown: str) -> None:
    assert "|".join(read_issue_text(text.replace("|", "\n")).lines) == shown


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("### A", "### A"),
        ("###\u00a0A\u202fb  c ", "### A b c"),
        ("### A ###", "### A"),
        ("### C#", "### C#"),
        ("# A", "# A"),
        ("  ## A", "## A"),
        ("### A <!-- b -->", "### A"),
        ("#### A", None),
        ("###A", None),
        ("###", None),
        ("    ### A", None),
        ("<!-- b --> ### A", None),
    ],
)
def test_headings(line: str, heading: str | None) -> None:
    found = read_issue_text(line).headings
    assert [str(one) for one in found.values()] == ([heading] if heading else [])


LINES = st.lists(
    st.sampled_from(["<!--", "-->", "a <!-- b", "c --> d", "```", "~~~", "", "### A", "`<!--`"])
)


@given(LINES)
def test_each_line_keeps_its_number(lines: list[str]) -> None:
    """Nothing is added, and what no comment touches stays as it is."""
    found = read_issue_text("\n".join(lines))
    assert len(found.lines) == len(found.written) == max(1, len(lines))
    for written, shown in zip(found.written, found.lines, strict=True):
        assert len(shown) <= len(written)
        assert shown == written or "<!--" in "\n".join(lines)


UNITS = (
    "<!---->",
    "<!--",
    "`<!--",
    "a <!--\n",
    "<!--\n",
    "<!--\n-->",
    "### A\n",
    "### # #",
    "~~~ a\n",
)


@pytest.mark.parametrize("unit", UNITS)
def test_it_grows_with_the_text_and_no_faster(unit: str) -> None:
    def spent(size: int) -> float:
        text = unit * (size // len(unit))
        starts = []
        for _ in range(3):
            start = time.process_time()
            read_issue_text(text)
            starts.append(time.process_time() - start)
        return min(starts)

    assert spent(64_000) < 16 * spent(8_000) + 0.05


def test_a_question_in_a_comment_is_named() -> None:
    text = (
        body()
        .replace("### Website", "<!--\n### Website")
        .replace("### Country", "-->\n### Country")
    )
    with pytest.raises(InvalidInputError) as caught:
        parse(text, FORM)
    [told] = map(str, caught.value.problems)
    assert 'The question "### Website" stands inside a comment. Close the comment above it' in told


@pytest.mark.parametrize(
    "words",
    ["But we do not agree.", "\nBut we do not agree.", "\n[![b](https://b.example)]\n\nNot we."],
)
def test_words_behind_the_boxes_are_a_problem(words: str) -> None:
    with pytest.raises(InvalidInputError, match="stands where only boxes can be ticked"):
        parse(f"{body()}{words}\n", FORM)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\U0001f469\u200d\U0001f4bb", True),
        ("\U0001f469\U0001f3fd\u200d\U0001f52c", True),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", True),
        ("\u2764\ufe0f\u200d\U0001f525", True),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", True),
        ("\U0001f642\u200d\u2194\ufe0f", True),
        ("\U0001f469\u200d", False),
        ("\u200d\U0001f4bb", False),
        ("\U0001f469\u200d\u200d\U0001f4bb", False),
        ("\U0001f469\u200c\U0001f4bb", False),
        ("a\u200d\U0001f4bb", False),
        ("\U0001f469\u200db", False),
        ("Ac\u200dme", False),
    ],
)
def test_a_joiner_stands_between_two_pictographs(text: str, plain: bool) -> None:
    assert (trouble(text, lines=False) is None) is plain
