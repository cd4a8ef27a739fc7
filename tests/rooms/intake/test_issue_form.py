"""The parser of issue forms, on a form of its own, and the form that ships, on GitHub's rules."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from community_partners.errors import InvalidInputError
from community_partners.intake.form_template import Field, FieldKind, read_template
from community_partners.intake.issue_form import parse
from community_partners.intake.issue_text import code_fences, read_heading
from community_partners.intake.program_form import TEMPLATE
from fakes.filled_form import fill

FILE = Path(__file__).parents[3] / TEMPLATE
FORM = (
    Field(id="name", label="Name", kind=FieldKind.INPUT, required=True),
    Field(id="story", label="Story (long)", kind=FieldKind.TEXTAREA, required=True),
    Field(
        id="tools",
        label="Tools",
        kind=FieldKind.DROPDOWN,
        options=("Saw", "Saw, electric", "Hammer", "Nails, screws"),
    ),
    Field(id="more", label="More", kind=FieldKind.TEXTAREA),
    Field(id="rules", label="Rules", kind=FieldKind.CHECKBOXES, options=("Be kind", "Be on time")),
)


def sentences(body: str) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        parse(body, FORM)
    return [str(problem) for problem in caught.value.problems]


def test_answers_have_their_text_and_line() -> None:
    body = "### Name\n\nAcme\n\n### Story (long)\n\n\n  One.\n\nTwo.\n\n### More\n\n_No response_\n"
    answers = parse(body, FORM)
    assert {key: (one.text, one.line) for key, one in answers.items()} == {
        "name": ("Acme", 3),
        "story": ("  One.\n\nTwo.", 8),
        "more": ("", 14),
    }


@pytest.mark.parametrize("nothing", ["_No response_", "_no response_", "None", "none", "", " \n "])
def test_empty(nothing: str) -> None:
    body = (
        f"### Name\n\nA\n\n### Story (long)\n\nB\n\n### Tools\n\n{nothing}\n\n### More\n\n{nothing}"
    )
    answers = parse(body, FORM)
    assert (answers["tools"].chosen, answers["more"].text) == ((), "")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Saw", ("Saw",)),
        ("Saw, Hammer", ("Saw", "Hammer")),
        ("Saw, electric", ("Saw, electric",)),
        ("Saw, electric, Hammer", ("Saw, electric", "Hammer")),
        ("Nails, screws, Saw", ("Nails, screws", "Saw")),
    ],
)
def test_options_may_hold_commas(text: str, chosen: tuple[str, ...]) -> None:
    body = fill(FORM, {"name": "A", "story": "B", "tools": text})
    assert parse(body, FORM)["tools"].chosen == chosen


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Drill", "'Drill' is not one of the choices."),
        ("Saw, Drill", "'Saw, Drill' is not one of the choices."),
        ("Saw\n\nand more", r"'Saw\n\nand more' is not one of the choices."),
    ],
)
def test_what_is_no_option(text: str, problem: str) -> None:
    told = sentences(fill(FORM, {"name": "A", "story": "B", "tools": text}))
    remedy = "Write Saw or Saw, electric or Hammer or Nails, screws."
    assert told == [f"the form, line 11, Tools: {problem} {remedy}"]


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("- [x] Be kind\n- [ ] Be on time", ("Be kind",)),
        ("- [X] Be kind\n* [x] Be on time", ("Be kind", "Be on time")),
        ("- [ ] Be kind\n- [ ] Be on time", ()),
    ],
)
def test_boxes(text: str, ticked: tuple[str, ...]) -> None:
    body = fill(FORM, {"name": "A", "story": "B", "rules": text})
    assert parse(body, FORM)["rules"].chosen == ticked


def test_a_label_that_order_cannot_tell_apart() -> None:
    body = fill(FORM, {"name": "A", "story": "B\n### Tools\nSaw\n" * 6})
    (told,) = sentences(body)
    assert told == (
        'the form, line 8, Tools: "### Tools" stands here 7 times (lines 8, 11, 14 and 17), so that'
        " nobody can tell which one is the form's question. Take the ### away from the line that"
        " you typed."
    )


def test_order_is_told_step_by_step() -> None:
    """`Story` settles which is `Tools`, and `Tools` then which is `More`."""
    body = (
        "### Name\nA\n### Tools\n### Story (long)\nB\n### More\nC\n"
        "### Tools\nSaw\n### More\nD\n### Rules\n- [x] Be kind\n"
    )
    texts = {key: answer.text for key, answer in parse(body, FORM).items()}
    assert texts == {
        "name": "A\n### Tools",
        "story": "B\n### More\nC",
        "tools": "Saw",
        "more": "D",
        "rules": "- [x] Be kind",
    }


def test_too_large() -> None:
    body = fill(FORM, {"name": "A", "story": "é" * 2**19})
    told = "the form, line 1: The form has more than 65,536 bytes. Keep to what it asks for."
    assert sentences(body) == [told]


@pytest.mark.parametrize("line", ["~~~ a", "```", "### Tools", "- [ ] x", "````` `", "~" * 300])
def test_as_large_as_it_may_be_it_is_read_at_once(line: str) -> None:
    """Without care, thousands of fences that never close take minutes: pytest would hang here."""
    many = "\n".join([line] * (60_000 // (len(line) + 1)))
    body = fill(FORM, {"name": "A", "story": many})
    if line == "### Tools":
        (told,) = sentences(body)
        assert len(told) < 300
    else:
        assert parse(body, FORM)["story"].text == many


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a|```|b|```|c", {1, 2, 3}),
        ("```` py|```|````|b", {0, 1, 2}),
        ("~~~|```|~~~|```", {0, 1, 2}),
        ("```|~~~|``` no|`````", {0, 1, 2, 3}),
        ("   ```|    ```|  ```|b", {0, 1, 2}),
        ("    ```|b|    ```", set()),
        ("``` `|b|```", set()),
        ("~~~ ~`|b|~~~", {0, 1, 2}),
        ("````|b|```|c", set()),
        ("`````|```|b|```", {1, 2, 3}),
        ("~~~a|~~~|~~~", {0, 1}),
        ("", set()),
    ],
)
def test_code_fences(text: str, inside: set[int]) -> None:
    assert fenced_lines(text.split("|")) == inside


def fenced_lines(lines: list[str]) -> set[int]:
    """The lines that open or close a code fence or stand in one."""
    return {line for fence in code_fences(lines) for line in fence}


PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=80)
LINES = st.lists(
    PLAIN | st.sampled_from(["```", "~~~ x", "-->", "#### Tools", "###Tools", "- [x] y"]),
    max_size=8,
)


@given(name=PLAIN, story=LINES, more=LINES, tools=st.sampled_from([*FORM[2].options, ""]))
def test_answers_come_back(name: str, story: list[str], more: list[str], tools: str) -> None:
    """Unless a heading or a comment stands in them, or a fence of theirs hides a question."""
    answers = {"name": name, "story": "\n".join(story), "tools": tools, "more": "\n".join(more)}
    for text in answers.values():
        assume(text.strip().casefold() not in ("none", "_no response_"))
    body = fill(FORM, answers)
    lines = body.split("\n")
    hidden = fenced_lines(lines)
    assume(not any(field.heading in (lines[at] for at in hidden) for field in FORM))
    written = [line for text in answers.values() for line in text.split("\n")]
    assume(not any("<!--" in line or "\ufeff" in line or read_heading(line) for line in written))
    read = {key: one.text.strip() for key, one in parse(body, FORM).items() if key != "rules"}
    assert read == {key: unfenced(text.strip()) for key, text in answers.items()}


def unfenced(text: str) -> str:
    """An answer that stands in a code fence as a whole is what the fence holds."""
    lines = text.split("\n")
    whole = next(code_fences(lines), None) == range(len(lines))
    return "\n".join(lines[1:-1]).strip() if whole else text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("```yaml\na\n\nb\n```", "a\n\nb"),
        ("`````shell\n`````", ""),
        ("```text\n_No response_\n```", ""),
        ("~~~\na\n~~~\nb", "~~~\na\n~~~\nb"),
        ("```\na", "```\na"),
    ],
)
def test_an_answer_in_a_code_fence(written: str, read: str) -> None:
    answers = parse(fill(FORM, {"name": "A", "story": written}), FORM)
    assert answers["story"].text == read
    if read:
        assert answers["story"].line == 7 + (read != written)


@pytest.mark.parametrize(
    "text", ["", "body: 1", "body: [1]", "body: [{type: input}]", "body: [{type: input, id: a}]"]
)
def test_no_template(text: str) -> None:
    with pytest.raises(InvalidInputError, match="not the template of an issue form"):
        read_template(text)


class TestTheFormThatShips:
    """GitHub shows a form that breaks one of its rules as an error, and to everyone."""

    form: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    fields = read_template(FILE.read_text(encoding="utf-8"))

    def test_keys(self) -> None:
        known = {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
        assert {"name", "description", "body"} <= self.form.keys() <= known
        assert self.form["labels"] == ["application"]

    def test_ids_and_labels_are_unique(self) -> None:
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", field.id) for field in self.fields)
        assert len({field.id for field in self.fields}) == len(self.fields)
        labels = [field.label for field in self.fields]
        boxes = [
            one for field in self.fields if field.kind == "checkboxes" for one in field.options
        ]
        words = [re.sub(r"\W+", "", label).casefold() for label in [*labels, *boxes]]
        assert len(set(words)) == len(words), "labels must differ by more than punctuation"
        assert not any("password" in word for word in words)

    def test_options(self) -> None:
        for element in self.form["body"]:
            if element["type"] == "dropdown":
                options = element["attributes"]["options"]
                assert all(isinstance(one, str) for one in options), "quote yes, no, on and off"
                assert len(set(options)) == len(options)
                assert "none" not in {one.casefold() for one in options}
                assert not any("," in one for one in options), "GitHub joins options with commas"

    def test_config(self) -> None:
        config = yaml.safe_load(FILE.with_name("config.yml").read_text(encoding="utf-8"))
        assert config.keys() <= {"blank_issues_enabled", "contact_links"}
