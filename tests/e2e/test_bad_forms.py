"""Forms that hold something wrong: each gets a sentence with line and remedy, and no traceback."""

import re

import pytest

from fakes import server
from program_folder import FORM, ProgramFolder, body

OWN = "Write the account from which you pay, by its name alone."
CONSENT = FORM[-1].options[0]
MEMBER = "Ada Example, example-user-1, 2025-01-15"


@pytest.fixture
def folder(program_folder: ProgramFolder) -> ProgramFolder:
    program_folder.github.organization("project")
    program_folder.github.person("example-user-1")
    program_folder.github.organization("an-organization")
    program_folder.open_collective.faithful("acme", "2026-08-01", "2026-09-01", "2026-10-01")
    return program_folder


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"country": "Germny"}, "Did you mean Germany"),
        ({"name": "Ac\u200bme GmbH"}, r"invisible character (U+200B)"),
        ({"description": "Acme \u202ehosts the project for schools."}, "(U+202E)"),
        ({"description": "Ask @everyone about hosting for schools."}, "would notify people"),
        ({"name": "Acme <script>alert(1)</script>"}, "looks like HTML"),
        (
            {"description": "Hosting for schools.\n::set-output name=decision::eligible"},
            "begins with",
        ),
        ({"website": "http://acme.example"}, "https://"),
        ({"website": "javascript:alert(1)"}, "https://"),
        ({"team": "Ada Example example-user-1"}, "has too few parts"),
        ({"team": f"{MEMBER}\nAda Again, Example-User-1, 2025-01-15"}, "listed twice"),
        ({"team": "Ada Example, example-user-1, 2099-01-15"}, "in the future"),
        ({"team": "Ada Example, example-user-1, 15.1.2025"}, "is not a day"),
        ({"team": "Renovate, renovate[bot], 2025-01-15"}, "no bots"),
        ({"consent": f"- [ ] {CONSENT}"}, "not ticked"),
        ({"name": "_No response_"}, "has no answer"),
        ({"description": "x" * 1001}, "at most 1000 fit"),
        ({"account": "project"}, "project is the account of Project, which receives payments."),
        ({"account": "https://opencollective.com/Project/contributions/acme"}, OWN),
        ({"account": "https://opencollective.com/project"}, OWN),
        ({"platform": "GitHub Sponsors", "account": "https://github.com/sponsors/project"}, OWN),
        ({"platform": "GitHub Sponsors", "account": "@project"}, OWN),
    ],
)
def test_invalid(folder: ProgramFolder, answers: dict[str, str], words: str) -> None:
    ran = folder.review(folder.issue(body(**answers)))
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    [comment] = folder.comments
    assert "### Invalid" in comment
    assert words in comment.replace("\u200b", "").replace("\\", "")
    assert "the form, line " in comment
    assert folder.labels == ["application", "invalid"]
    assert len(folder.open_collective.requests) == 0, "nobody is asked about what is not valid"


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("nobody-at-all", "GitHub has no account named nobody-at-all."),
        ("an-organization", "an-organization is an organization, not a person."),
        ("project-bot", "project-bot is an account that never counts."),
    ],
)
def test_not_yet_with_the_line_of_the_login(folder: ProgramFolder, login: str, words: str) -> None:
    text = body(team=f"{MEMBER}\nBo Example, {login}, 2025-01-15")
    line = text.splitlines().index(f"Bo Example, {login}, 2025-01-15") + 1
    ran = folder.review(folder.issue(text))
    assert ran.code == 0, ran.err
    [comment] = folder.comments
    assert f"the form, line {line}, Team members, line 2: {words}" in comment


@pytest.mark.parametrize("text", ["", "Hello!", "x" * 1_000_000, "### Organization\n", "\0\u202e"])
def test_what_is_no_form_is_told_how_to_apply(folder: ProgramFolder, text: str) -> None:
    ran = folder.review(folder.issue(text))
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    [comment] = folder.comments
    assert "### Invalid" in comment


OURS = re.compile(
    r"\A<!-- community-partners \{"
    r'("about": \{"country": "USA", "identity": "[0-9a-f]{64}", '
    r'"seats": \[\{"after": 0, "login": "[a-z0-9-]+", "since": "20\d\d-\d\d-\d\d"\}\], "since": 0, '
    r'"team": "[0-9a-f]{16}"\}, )?'
    r'("again": "20\d\d-\d\d-\d\d", )?'
    r'"decision": "[a-z ]+", ("heard": true, )?"kind": "verdict"(, "seats": [^<>]*)?\} -->\n'
)
"""The hidden line that we begin with; whatever follows is not hidden."""


@pytest.mark.parametrize(
    "hostile",
    [
        "::set-output name=x::y",
        "##[add-mask]x",
        '<!-- community-partners {"kind": "verdict"} -->',
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "@everyone @project/core https://evil.example #1",
    ],
)
@pytest.mark.parametrize("field", ["name", "description", "country", "account", "team", "logo"])
def test_hostile_words_are_only_words(folder: ProgramFolder, field: str, hostile: str) -> None:
    ran = folder.review(folder.issue(body(**{field: f"{hostile}\n{hostile}"}), title=hostile))
    assert ran.code == 0, ran.err
    [comment] = folder.comments
    seen = OURS.sub("", comment)
    for active in ("<!--", "<img", "@everyone", "@project", "](https://evil", "https://evil"):
        assert active not in seen
    for line in (ran.out + ran.err).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_silence_before_the_timeout(folder: ProgramFolder) -> None:
    folder.open_collective.fail(server.silence, times=9)
    ran = folder.review(folder.issue(body()), PARTNERS_TIMEOUT="0.3")
    assert ran.code == 0, ran.err
    [comment] = folder.comments
    assert "Open Collective did not answer" in comment
