"""Outside words in a comment stay words, whatever they are, once GitHub has rendered them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from community_partners.words.escape import Markdown, link, text

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TRICKS = (
    *("@", "#", "://", "<", ">", "`", "```", "|", "[", "](", "![", "*", "_", "~~", "&", "\\", "$"),
    *("\n", "\n\n", "\r", "- ", "1. ", "# ", "> ", "===", "---", "www.", "http", "mailto:", "a"),
    *("b1", " ", "\u202e", "\0", "<!--", "-->", "<script>", "@everyone", "#12", "GH-3"),
)
HOSTILE = st.lists(st.sampled_from(TRICKS) | st.text(max_size=5), max_size=12).map("".join)


def rendered(markdown: str) -> str:
    return str(RENDERER.render(f"| a |\n|---|\n| {markdown} |\n\n{markdown}\n"))


@given(HOSTILE)
def test_nothing_becomes_more_than_words(words: str) -> None:
    html = rendered(text(words))
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"table", "thead", "tr", "th", "tbody", "td", "p"}
    assert html.count("<td>") == 1, "it stays in its cell"
    seen = re.sub(r"<[^>]*>", "", html)
    assert not re.search(r"@[A-Za-z0-9]|#\d|\bGH-\d|://|\bwww\.|\bmailto:", seen), (
        "nothing is active"
    )


@given(HOSTILE)
def test_a_title_stays_in_its_link(words: str) -> None:
    html = rendered(link(words or "x", "https://a.example/(x)?q=<b>|`"))
    assert set(re.findall(r"<(\w+)", html)) <= {
        *("table", "thead", "tr", "th", "tbody", "td", "p", "a"),
    }
    assert set(re.findall(r'href="([^"]*)"', html)) == {"https://a.example/%28x%29?q=%3Cb%3E%7C%60"}


@pytest.mark.parametrize(
    "url",
    ["http://a.example", "javascript:alert(1)", "data:text/html,x", "", "https://a\u202eb", "//x"],
)
def test_other_addresses_are_only_their_titles(url: str) -> None:
    assert link("here", url) == "here"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plain words, with (brackets)!", "plain words, with (brackets)!"),
        ("a\u202eb", "a[U+202E]b".replace("[", r"\[").replace("]", r"\]")),
        ("x" * 400, "x" * 299 + "…"),
        ("two\nlines", "two lines"),
        ("می\u200cخواهیم", "می\u200cخواهیم"),
    ],
)
def test_words(words: str, expected: str) -> None:
    assert text(words) == expected


def test_what_we_wrote_is_left_alone() -> None:
    assert text(Markdown("**bold**")) == "**bold**"
