"""Random and mutated forms, records, events, price tables and stored evidence, all harmless."""

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from community_partners.intake.price_table import shipped_table
from example_world import EXAMPLES
from program_folder import ANSWERS, FORM, POLICY, body

ACTIVE = (
    *("@everyone", "@a/b", "a@b.example", "a@_b.example", "#12", "GH-3", "a/b#4", "a/b@abcdef0"),
    *(
        "abcdef0123",
        "1234567",
        "www.a.example",
        "http://a.example",
        "ftp://a.example",
        "xmpp:a@b.c",
    ),
    *(
        "mailto:a@b.example",
        "https://evil.example/?a=b&c=d",
        ":tada:",
        ":+1:",
        ":octocat:",
        "a" * 40,
    ),
)
"""What GitHub makes a link or a picture of."""
MARKUP = (
    *"@#:/<>`|[]()!*_~&\\$-+=.^'\"{}%,; \t\n\r",
    *("](", "![", "[^1]: ", "[a]: ", "**", "__", "~~", "```", "$$", "---", "===", "- [ ] ", "1. "),
    *("<!--", "-->", "<script>", "</details>", "<img src=x>", "<a href=x>", "&#64;", "&commat;"),
    *("::error::", "##[group]", "/waive payer a", "### Organization\n", "\n\n", "\r\n", "\u200b"),
)
LETTERS = (
    "aZ09ü日яم١２\u0301\u200d\u202e\u00a0\u3000\ufeff\ufdfa\0\x1b\x7f\x85\u2028\ud800\U0001f600"
)
SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
VALUES = (
    *(
        "null",
        "true",
        "12",
        "-1",
        "1e99",
        "1_000",
        "0000-02-01",
        "9999-12-31",
        "2026-02",
        "{}",
        "[]",
    ),
    *(
        "0001-01-01",
        "20260101",
        "2026-W01-1",
        "NaN",
        "Infinity",
        "'",
        '"',
        "https://a.example",
        "~",
    ),
    *(
        "https://xn--a-kva.example:99999",
        "https://[::1]/",
        "https://a\\b",
        "open-collective",
        "&a",
        "*a",
    ),
)


def piece(chance: random.Random) -> str:
    """A few characters, words or marks of any kind."""
    kinds: tuple[Sequence[str], ...] = (ACTIVE, MARKUP, LETTERS, VALUES)
    return "".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(1, 6)))


def words(chance: random.Random) -> str:
    """Pieces, with marks and letters of any script around what GitHub looks for."""
    between = (*MARKUP, *LETTERS, "", "", " ")
    parts = [
        chance.choice(between) + chance.choice(ACTIVE) + chance.choice(between)
        for _ in range(chance.randint(1, 5))
    ]
    return "".join(parts if chance.random() < 0.8 else [piece(chance), *parts])


def changed(text: str, chance: random.Random) -> str:
    """A text with up to six changes."""
    for _ in range(chance.randint(1, 6)):
        text = _once(text, chance)
    return text


def _once(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    end = min(len(text), at + chance.randint(0, 30))
    ways: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + piece(chance) + text[at:],
        lambda: text[:at] + piece(chance) + text[end:],
        lambda: text[:at] + text[end:],
        lambda: text[:end] + text[at:],
        lambda: _digits(text, chance),
        lambda: _lines(text, chance),
        lambda: text[:at] + piece(chance) * chance.choice((3, 300, 9000)) + text[at:],
        lambda: text[:at],
    )
    return chance.choices(ways, (6, 6, 4, 2, 3, 3, 0.5, 0.5))[0]()


def _digits(text: str, chance: random.Random) -> str:
    """One number of the text in another script's digits."""
    numbers = list(re.finditer("[0-9]+", text))
    if not numbers:
        return text
    one, script = chance.choice(numbers), chance.choice(SCRIPTS)
    other = "".join(script[int(digit)] for digit in one[0])
    return text[: one.start()] + other + text[one.end() :]


def _lines(text: str, chance: random.Random) -> str:
    """One line moved, twice there, or with another value behind its colon."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines.pop(at) if chance.random() < 0.5 else lines[at]
    if chance.random() < 0.5:
        line = f"{line.partition(': ')[0]}: {chance.choice(VALUES)}"
    lines.insert(chance.randint(0, len(lines)), line)
    return "\n".join(lines)


def a_form(chance: random.Random) -> str:
    """A form as GitHub writes it, with a changed answer, or changed anywhere."""
    if chance.random() < 0.1:
        return piece(chance)
    answers = dict(ANSWERS)
    for field in chance.sample(FORM, chance.randint(0, 3)):
        old = answers.get(field.id, "")
        answers[field.id] = chance.choice((changed(old, chance), words(chance), piece(chance)))
    whole = body(**answers)
    return changed(whole, chance) if chance.random() < 0.5 else whole


CLAIMS = """\
claims:
- kind: event
  person: example-user-1
  date: '2026-10-05'
  title: A talk about the project
  url: https://a.example/talk
  approved_by: example-user-2
"""
RECORDS: Mapping[str, Sequence[str]] = {
    "applications": [one.read_text("utf-8") for one in sorted(EXAMPLES.glob("applications/*.yml"))],
    "partners": [one.read_text("utf-8") for one in sorted(EXAMPLES.glob("partners/*.yml"))],
    "contributions": [CLAIMS],
    "program.yml": [POLICY, (EXAMPLES / "program.yml").read_text("utf-8")],
}


def a_record(folder: str, chance: random.Random) -> str:
    return changed(chance.choice(RECORDS[folder]), chance)


EVENTS: Mapping[str, object] = {
    "issues": {
        "action": "opened",
        "issue": {
            "number": 7,
            "title": "An application",
            "body": body(),
            "state": "open",
            "labels": [{"name": "application"}],
        },
    },
    "issue_comment": {
        "action": "created",
        "issue": {"number": 7, "state": "open", "pull_request": {}},
        "comment": {"id": 9, "body": "/waive payer known to us"},
    },
    "pull_request_target": {
        "action": "opened",
        "pull_request": {
            "number": 8,
            "head": {"ref": "main", "repo": {"full_name": "c/b"}},
        },
    },
}


def an_event(name: str, chance: random.Random) -> str:
    common = {"sender": {"type": "User"}, "repository": {"full_name": "a/b"}}
    data = json.loads(json.dumps({**EVENTS[name], **common}))  # type: ignore[dict-item]
    if chance.random() < 0.5:
        _exchange(data, chance)
        return json.dumps(data)
    return changed(json.dumps(data, indent=1), chance)


def _exchange(data: dict[str, object], chance: random.Random) -> None:
    """Another value somewhere inside."""
    inside: list[dict[str, object]] = [data]
    for one in inside:
        inside.extend(value for value in one.values() if isinstance(value, dict))
    one = chance.choice(inside)
    if one:
        others: tuple[object, ...] = (None, True, 1.5, -1, 10**30, [], {}, [1], "١٢", "12")
        one[chance.choice(list(one))] = chance.choice((*others, piece(chance)))


_HEAD = "date,iso_a3,currency_code,local_price,dollar_ex,dollar_price"


def a_price_table(chance: random.Random) -> str:
    rows = shipped_table().read_text("utf-8").splitlines()[1:]
    first = chance.randrange(len(rows) - 60)
    table = [_HEAD, *(f"{row},1" for row in rows[first : first + 60])]
    return changed("\n".join(table), chance)


EVIDENCE = sorted(EXAMPLES.glob("evidence/[a-z]*.json"))


def an_evidence(chance: random.Random) -> str:
    return changed(Path(chance.choice(EVIDENCE)).read_text("utf-8"), chance)
