"""The application form changes: each issue is read by the form as it was when it was written.

The form's history is in the fake's git repository, and asked over GraphQL.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from acme import ACME, PATH, make_eligible
from changed_forms import (
    CHANGES,
    CODE,
    SHIPPED,
    attribute,
    box,
    changed,
    label,
    question,
    questions,
    without,
)
from community_partners.intake.program_form import TEMPLATE
from fakes import server
from fakes.filled_form import fill
from program_folder import ANSWERS, REPOSITORY, ProgramFolder, Ran, body, headline
from pull_folder import PullFolder

FIRST, SECOND = "2026-09-01T09:00:00Z", "2026-11-10T09:00:00Z"
BEFORE, AFTER = "2026-10-20T09:00:00Z", "2026-11-20T09:00:00Z"
OTHERWISE = {
    "other names of platforms": {"platform": "By Open Collective"},
    "rendered": {name: f"```text\n{ANSWERS[name]}\n```" for name in ("team", "services")},
}
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Everything that makes Acme, which applies by issue 7, eligible."""
    make_eligible(program_folder.github, program_folder.open_collective)
    return program_folder


def form_is(folder: ProgramFolder, text: str, since: str) -> None:
    """The form on the default branch, and in the checkout, from that moment on."""
    git = folder.github.rest.repository(REPOSITORY).git
    git.commit("main", TEMPLATE.as_posix(), text.encode(), "Change the form", when=since)
    (folder.path / TEMPLATE).write_text(text, encoding="utf-8")


def written(text: str, **answers: str) -> str:
    """Acme's form, filled in by this version."""
    template = questions(text)
    required = {
        one.id: one.options[0] if one.options else "Yes" for one in template if one.required
    }
    for boxes in ("consent", "rules"):
        required.pop(boxes, None)
    return fill(template, {**required, **ANSWERS, **answers})


def asked(folder: ProgramFolder) -> int:
    """How often the form's history was asked for."""
    return len([one for one in folder.github.requests if "history(" in str(one.body)])


def judged(folder: ProgramFolder, text: str, when: str, action: str = "opened", **of: Any) -> Ran:
    return folder.review(folder.issue(text, action, created_at=when, **of))


def verdict(folder: ProgramFolder) -> str:
    return headline(folder.comments[0])


@pytest.mark.parametrize("change", CHANGES)
def test_an_old_issue_keeps_its_verdict(acme: ProgramFolder, change: str) -> None:
    form_is(acme, SHIPPED, FIRST)
    assert judged(acme, written(SHIPPED), BEFORE).code == 0
    [before] = acme.comments
    assert headline(before) == ELIGIBLE
    assert asked(acme) == 0
    form_is(acme, changed(*CHANGES[change]), SECOND)
    ran = acme.say("example-applicant", "/recheck")
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert acme.comments[0] == before
    assert acme.labels == ["application", "eligible"]
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["state"] == "open"
    assert asked(acme) <= 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_new_issue_is_read_by_the_new_form(acme: ProgramFolder, change: str) -> None:
    new = changed(*CHANGES[change])
    form_is(acme, SHIPPED, FIRST)
    form_is(acme, new, SECOND)
    text = written(new, **OTHERWISE.get(change, {}))
    if change == "default values":
        text = text.replace("Acme hosts", "<!-- In your own words -->\n### In short\n\nAcme hosts")
    ran = judged(acme, text, AFTER)
    assert ran.code == 0, ran.err
    assert verdict(acme) == ELIGIBLE
    assert asked(acme) == 0
    [pull] = acme.github.rest.repository(REPOSITORY).pulls
    assert pull["state"] == "open"


@pytest.mark.parametrize("change", CHANGES)
def test_back_again(acme: ProgramFolder, change: str) -> None:
    """What was added goes, what went comes back; a page may be open since before the change."""
    old = changed(*CHANGES[change])
    form_is(acme, old, FIRST)
    form_is(acme, SHIPPED, SECOND)
    text = written(old, **OTHERWISE.get(change, {}))
    ran = judged(acme, text, "2026-11-12T09:00:00Z")
    assert ran.code == 0, ran.err
    assert verdict(acme) == ELIGIBLE


NEW = changed(CODE)


def test_a_question_that_was_there_must_be_answered(acme: ProgramFolder) -> None:
    """By hand, one could leave out what the form has asked for months."""
    form_is(acme, SHIPPED, FIRST)
    form_is(acme, NEW, SECOND)
    judged(acme, written(SHIPPED), "2026-11-18T09:00:00Z")
    assert verdict(acme).startswith("### Invalid")
    assert "Do you follow our code?" in acme.comments[0]
    assert "is missing" in acme.comments[0]


def edited(folder: ProgramFolder, *by: str | None, when: str = AFTER) -> None:
    """Who edited the issue's text, the newest edit first."""
    rest = folder.github.rest.repository(REPOSITORY)
    rest.edits[7] = [
        {"editedAt": when, "editor": {"__typename": "User", "login": login} if login else None}
        for login in by
    ]
    rest.edited[7] = when


AUTHOR, MAINTAINER = "example-applicant", "example-maintainer"


@pytest.mark.parametrize(
    ("by", "reads"),
    [((AUTHOR,), True), ((MAINTAINER, AUTHOR), True), ((MAINTAINER,), False), ((None,), False)],
    ids=["the author", "both", "a maintainer", "a deleted account"],
)
def test_the_last_edit_by_the_author_counts(
    acme: ProgramFolder, by: tuple[str | None, ...], reads: bool
) -> None:
    """A form that came and went between: only who edited while it was in force can mean it."""
    form_is(acme, SHIPPED, FIRST)
    form_is(acme, NEW, SECOND)
    form_is(acme, changed(label("country", "Country")), "2026-11-22T09:00:00Z")
    event = acme.issue(written(NEW), "edited", created_at=BEFORE)
    edited(acme, *by)
    assert acme.review(event).code == 0
    assert (verdict(acme) == ELIGIBLE) is reads


def test_an_edit_by_hand_keeps_the_old_headings(acme: ProgramFolder) -> None:
    form_is(acme, SHIPPED, FIRST)
    form_is(acme, changed(label("country", "Country")), SECOND)
    event = acme.issue(written(SHIPPED), "edited", created_at=BEFORE)
    edited(acme, AUTHOR)
    acme.review(event)
    assert verdict(acme) == ELIGIBLE


def test_what_it_costs(acme: ProgramFolder) -> None:
    """Nothing where today's form fits, one request where it does not."""
    form_is(acme, SHIPPED, FIRST)
    judged(acme, written(SHIPPED), BEFORE)
    before = len(acme.github.requests)
    acme.say(AUTHOR, "/recheck")
    ordinary, before = len(acme.github.requests) - before, len(acme.github.requests)
    form_is(acme, changed(label("country", "Country")), SECOND)
    acme.say(AUTHOR, "/recheck")
    assert len(acme.github.requests) - before == ordinary + 1
    assert asked(acme) == 1


def test_a_text_without_questions_asks_for_no_history(acme: ProgramFolder) -> None:
    form_is(acme, SHIPPED, FIRST)
    judged(acme, "Please take us.", AFTER)
    assert "This issue was not written with the application form." in acme.comments[0]
    assert asked(acme) == 0


@pytest.mark.parametrize(
    "failure",
    [server.status(502), server.garbage(), server.refused({"type": "INTERNAL", "message": "x"})],
    ids=["502", "garbage", "refused"],
)
def test_a_history_that_github_does_not_show_decides_nothing(
    acme: ProgramFolder, failure: server.Failure
) -> None:
    form_is(acme, SHIPPED, FIRST)
    judged(acme, written(SHIPPED), BEFORE)
    [before] = acme.comments
    form_is(acme, changed(label("country", "Country")), SECOND)
    acme.github.fail(failure, on="history(", times=99)
    ran = acme.review(acme.issue(written(SHIPPED), "edited"))
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "nobody can tell by which form this issue was written" in ran.err
    assert acme.comments == [before]
    assert acme.labels == ["application", "eligible"]


HEADING = "### What else we want to say"


@pytest.mark.parametrize("form", [None, changed(label("country", "Country"))])
def test_a_heading_that_no_version_has_is_named(acme: ProgramFolder, form: str | None) -> None:
    form_is(acme, SHIPPED, FIRST)
    if form:
        form_is(acme, form, SECOND)
    text = written(SHIPPED, description=f"{ANSWERS['description']}\n\n{HEADING}\n\nHello.")
    judged(acme, text, BEFORE)
    assert verdict(acme).startswith("### Invalid")
    line = text.splitlines().index(HEADING) + 1
    assert f"| the form, line {line} | The heading" in acme.comments[0]
    assert "is no question of the form" in acme.comments[0]
    assert "is missing" not in acme.comments[0], "the old form fits best, and tells that alone"
    assert "Hello" not in acme.comments[0]


def test_an_earlier_application_by_an_earlier_form_is_seen(acme: ProgramFolder) -> None:
    form_is(acme, SHIPPED, FIRST)
    new = changed(label("name", "Company"))
    form_is(acme, new, SECOND)
    fields = {"labels": ["application"], "body": written(SHIPPED)}
    acme.github.rest.add_issue(REPOSITORY, 3, "example-other", **fields)
    judged(acme, written(new), AFTER)
    assert "(#3) has the same" in acme.comments[0].replace("\u200b", "")


def test_without_the_history_the_earlier_ones_are_not_known(acme: ProgramFolder) -> None:
    new = changed(label("name", "Company"))
    form_is(acme, new, SECOND)
    fields = {"labels": ["application"], "body": written(SHIPPED)}
    acme.github.rest.add_issue(REPOSITORY, 3, "example-other", **fields)
    acme.github.fail(server.status(502), on="history(", times=99)
    judged(acme, written(new), AFTER)
    assert verdict(acme).startswith("### Needs review")
    assert "GitHub" in acme.comments[0].split("could not be checked:")[1]


BOXES = changed(box("Tell us about events."), box("We keep the rules.", required=True))
BOX = "- [x] We keep the rules."


@pytest.mark.parametrize(
    ("form", "tick", "eligible"),
    [
        (BOXES, "- [x] We keep the rules.", True),
        (BOXES, "- [X] We keep the rules.\n- [x] Tell us about events.", True),
        (BOXES, "- [ ] We keep the rules.\n- [x] Tell us about events.", False),
        (BOXES, "- [x] Tell us about events.", False),
        (BOXES, "- [x] We keep the rules.\n- [x] Send us a cake.", False),
    ],
)
def test_only_required_boxes_must_be_ticked(
    acme: ProgramFolder, form: str, tick: str, eligible: bool
) -> None:
    form_is(acme, form, FIRST)
    consent = questions(SHIPPED)[-1].options[0]
    judged(acme, written(form, consent=f"- [x] {consent}\n{tick}"), AFTER)
    assert (verdict(acme) == ELIGIBLE) is eligible


def test_no_box_marked_as_required_means_all_of_the_consent(acme: ProgramFolder) -> None:
    form = changed(attribute("consent", options=[{"label": "One."}, {"label": "Two."}]))
    form_is(acme, form, FIRST)
    judged(acme, written(form, consent="- [x] One.\n- [ ] Two."), AFTER)
    assert verdict(acme).startswith("### Invalid")
    acme.review(acme.issue(written(form, consent="- [x] One.\n- [x] Two."), "edited"))
    assert verdict(acme) == ELIGIBLE


BROKEN = SHIPPED.replace("label: Website\n", "label: Website: yours\n")
UNUSABLE: Mapping[str, tuple[str, int]] = {
    "no YAML": (BROKEN, 1 + BROKEN.splitlines().index("      label: Website: yours")),
    "a label twice": (SHIPPED.replace("label: Website", "label: Organization"), 5),
    "an id twice": (SHIPPED.replace("id: logo", "id: website"), 5),
    "no list": (SHIPPED.replace("body:", "questions:"), 1),
    "no label": (SHIPPED.replace("label: Website", "title: Website"), 18),
    "no question for the website": (changed(without("website")), 1),
    "a question without its id": (SHIPPED.replace("    id: team\n", ""), 1),
    "an empty file": ("", 1),
    "no UTF-8": ("\udcff", 1),
}


def notices(folder: ProgramFolder) -> list[dict[str, Any]]:
    issues = folder.github.rest.repository(REPOSITORY).issues
    return [one for number, one in issues.items() if number != 7 and "form" in one["title"]]


def form_breaks(folder: ProgramFolder, text: str) -> None:
    (folder.path / TEMPLATE).write_bytes(text.encode(errors="surrogateescape"))


@pytest.mark.parametrize("why", UNUSABLE)
def test_a_form_that_cannot_be_used_is_told_once(acme: ProgramFolder, why: str) -> None:
    form, line = UNUSABLE[why]
    form_is(acme, SHIPPED, FIRST)
    form_breaks(acme, form)
    for _ in range(2):
        ran = judged(acme, "### Organization\n\nAcme", AFTER)
        assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
        assert "The application form cannot be used now: " in ran.out
    assert acme.comments == [], "the issue is left alone"
    assert acme.labels == ["application"]
    [notice] = notices(acme)
    assert notice["title"] == "The application form cannot be used"
    assert [one["name"] for one in notice["labels"]] == ["partners-form"]
    assert f"partner-application.yml, line {line}" in notice["body"].replace("\\", "")
    notice["state"] = "closed"
    judged(acme, "### Organization\n\nAcme", AFTER, "edited")
    acme.env["GITHUB_REPOSITORY"] = REPOSITORY
    ran = acme.run("waiting", "--today", "2026-11-25")
    assert ran.code == 0, ran.err
    assert "#7: left as it is. The application form cannot be used now" in ran.out
    assert len(notices(acme)) == 1


def test_meanwhile_an_issue_is_read_by_the_form_that_it_was_written_by(
    acme: ProgramFolder,
) -> None:
    form_is(acme, SHIPPED, FIRST)
    judged(acme, written(SHIPPED), BEFORE)
    [before] = acme.comments
    form_is(acme, BROKEN, SECOND)
    acme.say(AUTHOR, "/recheck")
    assert acme.comments[0] == before
    acme.review(acme.issue(written(SHIPPED, country="Atlantis"), "edited"))
    assert verdict(acme).startswith("### Invalid")
    assert "Atlantis" in acme.comments[0]


def test_meanwhile_a_comment_and_another_issue_are_as_ever(acme: ProgramFolder) -> None:
    form_is(acme, BROKEN, FIRST)
    event = acme.issue("It does not work.", labels=[])
    assert "The issue has no label 'application'." in acme.review(event).out
    assert notices(acme) == []
    assert acme.say("example-visitor", "Hello!").code == 0
    assert acme.comments == ["Hello!"]


def test_a_dry_run_tells_and_writes_nothing(acme: ProgramFolder) -> None:
    form_breaks(acme, BROKEN)
    ran = acme.review(acme.issue(written(SHIPPED)), "--dry-run")
    assert "The application form cannot be used: .github/" in ran.out
    assert notices(acme) == []


def test_a_corrected_form_that_breaks_again_is_told_again(acme: ProgramFolder) -> None:
    for text in (BROKEN, SHIPPED.replace("body:", "questions:"), BROKEN):
        form_breaks(acme, text)
        judged(acme, "### Organization\n\nAcme", AFTER)
    assert len(notices(acme)) == 2


def test_a_required_question_of_another_type_must_be_answered(acme: ProgramFolder) -> None:
    form = changed(question("upload", "Certificate", "team", id="certificate"))
    form_is(acme, form, FIRST)
    judged(acme, fill(questions(form), ANSWERS), AFTER)
    assert verdict(acme).startswith("### Invalid")
    assert "This question has no answer." in acme.comments[0]


NO_TEXT: Mapping[str, str] = {
    "a mark of byte order": "\ufeff" + body(),
    "a comment before": "<!-- Filled in by a tool -->\n" + body(),
    "a comment behind": body() + "\n<!-- tracker: 4711 -->\n",
    "a comment over lines": body().replace(
        "### Website", "<!--\n### Website\n\nx\n-->\n### Website"
    ),
    "a comment in an answer": body(name="Acme <!-- the old name --> GmbH"),
    "a badge": body() + "\n[![Tracked](https://t.example/b.svg)](https://t.example/7)\n",
    "a tag": body() + '\n<a href="https://t.example/7"><img src="https://t.example/b.svg"></a>\n',
    "a tracker's line": body() + "\n---\n\nTracked as ACME-42\n",
    "a tracker's link": body() + "\nFrom [Tracker](https://tracker.example) | PAR-12\n",
    "no-break spaces": body().replace("### Paying account", "###\u00a0Paying\u00a0account"),
    "narrow no-break spaces": body().replace("### Paying account", "### Paying\u202faccount  "),
    "joined pictographs": body(description="\U0001f469\u200d\U0001f4bb We host it for schools."),
    "a flag": body(description="\U0001f3f3\ufe0f\u200d\U0001f308 We host it for schools."),
    "all at once": "\ufeff<!-- a -->\r\n" + body().replace("\n", "\r\n") + "\r\n<!-- b\r\n-->",
}


@pytest.mark.parametrize("what", NO_TEXT)
def test_what_is_no_text(acme: ProgramFolder, what: str) -> None:
    form_is(acme, SHIPPED, FIRST)
    ran = judged(acme, NO_TEXT[what], AFTER)
    assert ran.code == 0, ran.err
    assert verdict(acme) == ELIGIBLE
    assert asked(acme) == 0


def test_a_pull_request_is_judged_as_ever(pull_folder: PullFolder) -> None:
    make_eligible(pull_folder.github, pull_folder.open_collective)
    (pull_folder.path / TEMPLATE).write_text(BROKEN, encoding="utf-8")
    pull_folder.propose({PATH: ACME})
    ran = pull_folder.pull(action="opened")
    assert ran.code == 0, ran.err
    assert verdict(pull_folder) == ELIGIBLE
    assert len(notices(pull_folder)) == 1
