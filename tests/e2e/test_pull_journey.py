"""`partners review` on a pull request, whole: a fork's commit in, the thread and its status out."""

import re
from dataclasses import replace
from typing import Any

import pytest

from acme import ACME, PATH, make_eligible
from builders import program
from community_partners.hidden_line import Memory, file_digest
from community_partners.model.verdict import Decision
from community_partners.rules.criteria import criteria_of
from fakes import server
from fakes.github_changes import commit
from images import BAD_SVG, SVG
from program_folder import REPOSITORY, Ran, headline
from pull_folder import FORK, NUMBER, PullFolder

BAD = ACME.replace("country: United States", "country: Atlantis").replace("2025-01-15", "soon")
LEFT_ALONE = "| Nothing to do. The pull request proposes no application in applications/.\n"
SPLIT = {"applications/acme.yml": ACME, "applications/bolt.yml": ACME}


@pytest.fixture
def acme(pull_folder: PullFolder) -> PullFolder:
    """Everything that makes Acme eligible, and nothing proposed yet."""
    make_eligible(pull_folder.github, pull_folder.open_collective)
    return pull_folder


def commands(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if line.startswith("::")]


def test_one_comment_the_label_and_a_status_that_names_the_commit(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    ran = acme.pull(action="opened")
    assert (ran.code, ran.err.count("Traceback")) == (0, 0), ran.err
    [comment] = acme.comments
    assert headline(comment) == "### Eligible: Acme GmbH meets all criteria"
    shown = f"https://github.com/{REPOSITORY}/pull/7/commits/{commit(1)}"
    assert f" · commit [{commit(1)[:12]}]({shown}) · " in comment
    assert "confirms the admission by merging this pull request." in comment
    assert acme.labels == ["application", "eligible"]
    [(state, words, url)] = acme.statuses()
    assert (state, words) == ("success", "Eligible: Acme GmbH meets all criteria")
    assert url is not None
    assert "#issuecomment-" in url
    assert url in ran.outputs
    assert commands(ran) == []
    assert re.search(r"\d+ requests \(GitHub \d+, Open Collective 1\), \d+ points", ran.summary)


ODD_NAME = "This is not the name of an application's file."


@pytest.mark.parametrize(
    "path",
    [
        "application/acme.yml",
        "Application/acme.yaml",
        "aplications/acme.yml",
        "acme.yml",
        "Acme.YAML",
        "acme.yml.txt",
        "applications/acme.yml.txt",
        "applications/acme/acme.yml",
    ],
)
@pytest.mark.parametrize("text", [ACME, ACME.replace("name:", "name: :")], ids=["", "no YAML"])
def test_a_wrong_folder_is_a_near_miss(acme: PullFolder, path: str, text: str) -> None:
    acme.propose({path: text})
    for _ in range(2):
        ran = acme.pull()
        assert ran.code == 0, ran.err
    [comment] = acme.comments
    assert headline(comment).startswith("### Invalid")
    assert ODD_NAME in comment
    assert "Name it applications/acme.yml." in comment
    assert "nothing else is taken together" not in comment
    assert "any more" not in comment
    assert acme.labels == ["application", "invalid"]
    assert [one for one, _, _ in acme.statuses()] == ["failure"]


def test_moved_to_its_folder_it_is_judged(acme: PullFolder) -> None:
    acme.propose({"application/acme.yml": ACME})
    acme.pull()
    acme.github.rest.repository(REPOSITORY).changes[NUMBER].clear()
    acme.propose({PATH: ACME}, 2)
    acme.pull()
    assert headline(acme.comments[0]) == "### Eligible: Acme GmbH meets all criteria"


@pytest.mark.parametrize(
    "path",
    [
        "tests/application/acme.yml",
        "publications/acme.yml",
        "mkdocs.yml",
        "program.yml",
        "application/notes.md",
    ],
)
def test_another_file_is_no_near_miss(acme: PullFolder, path: str) -> None:
    acme.propose({path: "name: x\nteam: []\n"})
    assert acme.pull().out == LEFT_ALONE
    assert acme.comments == []


def test_an_application_beside_one_in_its_folder_is_another_file(acme: PullFolder) -> None:
    acme.propose({PATH: ACME, "application/acme.yml": ACME})
    acme.pull()
    assert "nothing else is taken together with one" in acme.comments[0]


JUDGED_IN_3 = Memory(
    kind="application", issue=3, decision=Decision.ELIGIBLE, file=file_digest(ACME.encode())
)


@pytest.mark.parametrize("ours", [True, False])
def test_what_we_propose_for_an_issue_is_judged_there(acme: PullFolder, ours: bool) -> None:
    """Here it would get a second verdict, without the waivers of its thread; whoever has it looked
    at, such as by opening it again. Anybody can type our lines.
    """
    login = "github-actions[bot]" if ours else "example-applicant"
    text = f"{replace(JUDGED_IN_3, file=file_digest(b''))}More"
    acme.propose({PATH: ACME}, login=login, body=text, fork=REPOSITORY)
    ran = acme.pull(action="reopened")
    assert ran.code == 0, ran.err
    assert ("proposes the application of #3, which is judged there" in ran.out) is ours
    assert (acme.written == [], acme.statuses() == []) == (ours, ours)


JUDGED = {
    "brought up to date": (ACME, Decision.ELIGIBLE, {}, ["success"]),
    "for a person to look": (ACME, Decision.NEEDS_REVIEW, {}, ["pending"]),
    "changed by hand": (ACME.replace("acme.example", "rich.example"), Decision.ELIGIBLE, {}, []),
    "with another file": (ACME, Decision.ELIGIBLE, {"README.md": "x"}, []),
    "with its logo": (ACME, Decision.ELIGIBLE, {"logos/acme.svg": SVG}, ["success"]),
    "with no image": (ACME, Decision.ELIGIBLE, {"logos/acme.svg": BAD_SVG["a script"]}, []),
    "with a logo of another": (ACME, Decision.ELIGIBLE, {"logos/bolt.svg": SVG}, []),
    "taken back": (ACME, None, {}, []),
}


@pytest.mark.parametrize("what", JUDGED)
def test_a_push_to_our_proposal_keeps_the_verdict_on_the_same_file(
    acme: PullFolder, what: str
) -> None:
    """*Update branch* makes a commit that no run of the issue has seen; it is merged, or waits."""
    text, decision, more, states = JUDGED[what]
    mark = replace(JUDGED_IN_3, decision=decision, withdrawn=decision is None)
    acme.propose({PATH: text, **more}, login="github-actions[bot]", body=f"{mark}", fork=REPOSITORY)
    for _ in range(2):
        ran = acme.pull()
        assert ran.code == 0, ran.err
        assert [state for state, _, _ in acme.statuses()] == states
    assert (acme.comments, acme.labels) == ([], [])
    for _, words, url in acme.statuses():
        assert "#3" in words
        assert url == f"https://github.com/{REPOSITORY}/issues/3"


def test_sent_twice_it_is_still_one(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    acme.pull()
    before = list(acme.written)
    assert acme.pull().code == 0
    assert acme.written == before
    assert (len(acme.comments), len(acme.statuses())) == (1, 1)


def test_a_push_edits_the_comment_and_gets_its_own_status(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    acme.pull()
    acme.propose({PATH: ACME.replace("account: acme", "account: nobody")}, 2)
    acme.pull()
    verdict, notice = acme.comments
    assert headline(verdict).startswith("### Not yet: Acme GmbH")
    assert "Edit the file in this pull request when something has changed" in verdict
    assert "The verdict changed from *eligible* to *not yet*" in notice
    assert acme.labels == ["application", "not-yet"]
    assert [one[0] for one in acme.statuses(1)] == ["success"]
    assert [one[0] for one in acme.statuses(2)] == ["failure"]


def test_what_is_wrong_with_the_file_is_shown_on_its_lines(acme: PullFolder) -> None:
    acme.propose({PATH: BAD})
    ran = acme.pull()
    assert ran.code == 0, ran.err
    [comment] = acme.comments
    assert headline(comment).startswith("### Invalid")
    assert "change this pull request as the table says. It is checked again at once." in comment
    assert [one.split("::")[1] for one in commands(ran)] == [
        f"error file={PATH},line={line},title=Partner application" for line in (4, 11)
    ]
    assert acme.statuses()[0][0] == "failure"
    assert acme.open_collective.requests == [], "nobody is asked about what cannot be read"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"README.md": "x"},
        {"applications/example.yml": "x", "src/a.py": ""},
        {"docs/applications/acme.yml": ACME, "applications.yml": "x"},
    ],
)
def test_what_applies_for_nothing_is_left_alone_and_not_held_up(
    acme: PullFolder, files: dict[str, str]
) -> None:
    """A rule of the branch may ask for our status: it is there for every pull request."""
    acme.propose(files)
    for _ in range(2):
        ran = acme.pull()
        assert ran.code == 0, ran.err
        assert ran.out == LEFT_ALONE
        assert (len(acme.written), acme.comments, acme.labels) == (1, [], [])
    assert [state for state, _, _ in acme.statuses()] == ["success"]
    assert "No application in this pull request" in acme.statuses()[0][1]


@pytest.mark.parametrize("where", ["{}/program.yml", "applications/../program.yml"])
def test_however_the_program_is_named_an_application_is_one(acme: PullFolder, where: str) -> None:
    (acme.path / "applications").mkdir()
    acme.propose({PATH: ACME})
    ran = acme.pull("--program", where.format(acme.path))
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "eligible"]


def test_the_checkout_may_be_a_folder_of_the_workspace(acme: PullFolder) -> None:
    """As with `path` of actions/checkout: git knows its files by other names than we."""
    (acme.path / "checkout/.git").mkdir(parents=True)
    (acme.path / "program.yml").rename(acme.path / "checkout/program.yml")
    acme.propose({PATH: ACME})
    ran = acme.pull("--program", "checkout/program.yml")
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "eligible"]


def test_a_program_elsewhere_is_none_of_this_repository(
    acme: PullFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = tmp_path_factory.mktemp("elsewhere") / "program.yml"
    program.write_text((acme.path / "program.yml").read_text())
    acme.propose({PATH: ACME})
    ran = acme.pull("--program", str(program))
    assert (ran.code, acme.written) == (1, [])
    assert "is not in this checkout" in ran.err


@pytest.mark.parametrize(("role", "state"), [("write", "success"), ("read", "failure")])
def test_maintainers_take_files_away_and_nobody_else(
    acme: PullFolder, role: str, state: str
) -> None:
    """As when an admission is undone."""
    stand(acme)
    acme.propose({}, login="example-maintainer")
    acme.github.rest.repository(REPOSITORY).roles = {"example-maintainer": role}
    for path in (PATH, "partners/acme.yml"):
        acme.change(path, status="removed")
    ran = acme.pull()
    assert ran.code == 0, ran.err
    assert [one for one, _, _ in acme.statuses()] == [state]
    assert (ran.out == LEFT_ALONE, acme.comments == []) == ((role == "write",) * 2)


def test_whose_removal_it_is_has_to_be_known(acme: PullFolder) -> None:
    """A refusal brings a label, by which it would stay an application, and refused, for ever."""
    stand(acme)
    acme.propose({}, login="example-maintainer")
    acme.github.rest.repository(REPOSITORY).roles = {"example-maintainer": "write"}
    acme.change(PATH, status="removed")
    acme.github.fail(server.status(500), on="/permission", times=99)
    ran = acme.pull(PARTNERS_TIMEOUT="0.4")
    assert (ran.code, acme.written, acme.labels) == (1, [], [])
    acme.github.recover()
    assert acme.pull().out == LEFT_ALONE
    assert [one for one, _, _ in acme.statuses()] == ["success"]


def test_a_dry_run_leaves_even_the_status_alone(acme: PullFolder) -> None:
    acme.propose({"README.md": "x"})
    assert acme.pull("--dry-run").out == LEFT_ALONE
    assert acme.written == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "closed"}, "The pull request is closed."),
        (
            {"base": {"ref": "v1", "repo": {"default_branch": "main"}}},
            "It asks to change 'v1', not 'main'.",
        ),
    ],
)
def test_which_pull_requests_are_not_looked_at(
    acme: PullFolder, fields: dict[str, Any], words: str
) -> None:
    acme.propose({PATH: ACME}, **fields)
    assert acme.pull().out == f"| Nothing to do. {words}\n"
    assert acme.written == []


def test_a_draft_is_judged(acme: PullFolder) -> None:
    acme.propose({PATH: ACME}, draft=True)
    acme.pull()
    assert acme.labels == ["application", "eligible"]


@pytest.mark.parametrize("files", [{}, {"src/x.py": "print('PWNED')"}])
def test_an_application_that_becomes_something_else_loses_its_verdict(
    acme: PullFolder, files: dict[str, str]
) -> None:
    acme.propose({PATH: ACME})
    acme.pull()
    acme.propose(files, 2)
    acme.pull()
    assert "This changes no application in applications/ any more." in acme.comments[0]
    assert acme.labels == ["application", "invalid"]
    assert acme.statuses(2)[0][0] == "failure"


REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "a workflow": (
        {PATH: ACME, "a.md": "", ".github/workflows/application.yml": "run: echo PWNED"},
        "This file decides what runs in this repository",
    ),
    "another file": ({PATH: ACME, "src/x.py": ""}, "nothing else is taken together with one"),
    "two": (SPLIT, "one application is one file"),
    "a folder": ({"applications/a/b.yml": ACME}, "not the name of an application"),
    "a way out": ({"applications/../x.yml": ACME}, "not the name of an application"),
    "capitals": ({"applications/Acme.yml": ACME}, "Name it applications/acme.yml."),
    "yaml": ({"applications/acme.yaml": ACME}, "Name it applications/acme.yml."),
    "the folder itself": ({"applications": "x"}, "not the name of an application"),
    "capitals of the folder": ({"Applications/acme.yml": ACME}, "Name it applications/acme.yml."),
    "the example too": ({PATH: ACME, "applications/example.yml": ""}, "the example for everybody"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_plain_refusal_before_any_byte_is_read(acme: PullFolder, name: str) -> None:
    files, words = REFUSED[name]
    acme.propose(files)
    ran = acme.pull()
    assert (ran.code, ran.err) == (0, "")
    [comment] = acme.comments
    assert headline(comment).startswith("### Invalid")
    assert words in comment.replace("\u200b", "").replace("\\", "")
    assert acme.labels == ["application", "invalid"]
    assert acme.statuses()[0][0] == "failure"
    assert not [one for one in acme.github.requests if "/contents/" in one.path]
    assert "PWNED" not in ran.out + comment


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "renamed", "previous_filename": "partners/bolt.yml"}, "moves partners/bolt"),
        ({"status": "removed"}, "This takes the file away."),
        ({"status": "changed"}, "GitHub calls this change 'changed'"),
        ({"status": "copied", "previous_filename": "a"}, "GitHub calls this change 'copied'"),
    ],
)
def test_other_kinds_of_change(acme: PullFolder, fields: dict[str, str], words: str) -> None:
    acme.propose({})
    acme.change(PATH, ACME, **fields)
    acme.pull()
    [comment] = acme.comments
    assert words in comment
    assert acme.labels == ["application", "invalid"]


@pytest.mark.parametrize(
    "path",
    ["::error::x", "a\n::add-mask::b", "a,line=1::stop", "##[group]x", "\u202eyml.x", "%0A::x"],
)
def test_a_path_commands_nothing(acme: PullFolder, path: str) -> None:
    acme.propose({PATH: ACME, path: "", f"applications/{path}": ""})
    ran = acme.pull()
    assert ran.code == 0, ran.err
    found = commands(ran)
    assert len(found) == 3
    assert all(one.startswith(("::error file=", "::error title=")) for one in found)
    assert not [one for one in found if "::" in one.split("::", 2)[2] or "##[" in one]
    assert acme.labels == ["application", "invalid"]


def test_an_author_who_is_gone(acme: PullFolder) -> None:
    stand(acme)
    acme.propose({}, user=None)
    acme.change(PATH, ACME, status="modified")
    ran = acme.pull()
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "needs-review"]


def test_workflows_are_named_first(acme: PullFolder) -> None:
    acme.propose({"a.md": "", PATH: ACME, ".github/workflows/x.yml": "", "action.yml": ""})
    ran = acme.pull()
    named = [re.sub(r".*file=([^,]+),.*", r"\1", one) for one in commands(ran)]
    assert named == [".github/workflows/x.yml", "action.yml", "a.md"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"type": "symlink", "target": "../program.yml"}, "what GitHub calls 'symlink'"),
        ({"type": "submodule", "submodule_git_url": "https://x.example"}, "calls 'submodule'"),
        ({"size": 65537}, "This has 65,537 bytes; at most 65,536 are read."),
        ({"size": 2_000_000, "content": "", "encoding": "none"}, "This has 2,000,000 bytes"),
        ({"content": "c2x1ZzogYm9sdAo="}, "This is a link to another file"),
    ],
)
def test_what_is_no_file_to_be_read(acme: PullFolder, answer: dict[str, Any], words: str) -> None:
    acme.propose({})
    acme.change(PATH, ACME).update(answer)
    acme.pull()
    [comment] = acme.comments
    assert words in comment
    assert acme.labels == ["application", "invalid"]


def test_more_files_than_are_listed(acme: PullFolder) -> None:
    acme.propose({f"site/{number}.html": "" for number in range(3001)})
    acme.pull()
    [comment] = acme.comments
    assert "This changes more files than GitHub lists" in comment
    asked = [one for one in acme.github.requests if one.path.endswith("/files")]
    assert len(asked) == 30
    assert len(comment) < 60_000


def test_what_the_base_does_not_have_is_read_from_the_fork(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    rest = acme.github.rest
    rest.repository(FORK).contents = rest.repository(REPOSITORY).contents
    rest.repository(REPOSITORY).contents = {}
    acme.pull()
    assert acme.labels == ["application", "eligible"]


def test_a_fork_that_is_gone(acme: PullFolder) -> None:
    acme.propose({PATH: ACME}, fork=None)
    acme.github.rest.repository(REPOSITORY).contents = {}
    acme.pull()
    [comment] = acme.comments
    assert "as if its fork were gone" in comment


def test_a_list_that_belongs_to_another_commit(acme: PullFolder) -> None:
    """And no push that would explain it."""
    acme.propose({PATH: ACME})
    entry = acme.github.rest.repository(REPOSITORY).changes[NUMBER][0]
    entry["contents_url"] = f"https://api.github.com/x?ref={commit(9)}"
    ran = acme.pull()
    assert (ran.code, acme.written) == (1, [])
    assert "sent something unexpected while reading the pull request" in ran.err


@pytest.mark.parametrize(
    "change",
    [
        lambda pull: pull.update(head=None),
        lambda pull: pull.update(head={**pull["head"], "sha": None}),
        lambda pull: pull.update(base={"ref": "main", "repo": None}),
        lambda pull: pull.update(changed_files="many"),
        lambda pull: pull.update(changed_files=2),
        lambda pull: pull.update(labels=[None]),
        lambda pull: pull.update(html_url=None),
    ],
)
def test_an_odd_answer_is_a_sentence(acme: PullFolder, change: Any) -> None:
    acme.propose({PATH: ACME})
    acme.github.fail(server.changed(change), on=f"/pulls/{NUMBER} ", times=9)
    ran = acme.pull()
    assert (ran.code, "Traceback" in ran.err, acme.written) == (1, False, [])
    assert "GitHub sent something unexpected" in ran.err


ODD_FILES: dict[str, Any] = {
    "no encoding": lambda file: file.pop("encoding"),
    "an encoding that is null": lambda file: file.update(encoding=None),
    "an encoding that is 0": lambda file: file.update(encoding=0),
    "an encoding in a list": lambda file: file.update(encoding=["base64"]),
    "an encoding in an object": lambda file: file.update(encoding={"nodes": None}),
    "an encoding that nobody knows": lambda file: file.update(encoding="utf-8"),
    "too large, with a content": lambda file: file.update(encoding="none"),
    "no content": lambda file: file.update(content=None),
    "a content that is no base64": lambda file: file.update(content="c2x!"),
    "a content that is cut off": lambda file: file.update(content="c2xyz"),
    "a size that is true": lambda file: file.update(size=True),
}


@pytest.mark.parametrize("change", ODD_FILES.values(), ids=ODD_FILES)
def test_a_file_that_is_sent_oddly_is_no_empty_file(acme: PullFolder, change: Any) -> None:
    acme.propose({PATH: ACME})
    acme.github.fail(server.changed(change), on="/contents/", times=9)
    cannot_be_read(acme)


@pytest.mark.parametrize("body", [[None], [1, "a"], [[]], [{}], "file", 7, True], ids=str)
def test_a_file_that_is_something_else_is_no_folder(acme: PullFolder, body: Any) -> None:
    acme.propose({PATH: ACME})
    acme.github.fail(server.instead(body), on="/contents/", times=9)
    cannot_be_read(acme)


def cannot_be_read(acme: PullFolder) -> None:
    ran = acme.pull()
    assert (ran.code, "Traceback" in ran.err, acme.written) == (1, False, [])
    assert "GitHub sent something unexpected while reading the pull request" in ran.err


def test_a_file_whose_content_the_list_does_not_name(acme: PullFolder) -> None:
    """GitHub's description of its API allows null there; it is not the applicant's fault."""
    acme.propose({PATH: ACME})
    acme.github.rest.repository(REPOSITORY).changes[NUMBER][0]["sha"] = None
    ran = acme.pull()
    assert (ran.code, acme.written) == (1, [])
    assert f"GitHub does not tell which content of {PATH} is proposed, so the file could" in ran.err


@pytest.mark.parametrize("at", ["between the pages", "before the writing"])
def test_a_push_in_between_writes_nothing(acme: PullFolder, at: str) -> None:
    acme.propose({PATH: ACME})
    after = {"between the pages": 0, "before the writing": 1}[at]
    other = server.changed(lambda pull: pull.update(head={**pull["head"], "sha": commit(9)}))
    acme.github.fail(other, on=f"/pulls/{NUMBER} ", after=after)
    ran = acme.pull()
    assert ran.code == 0, ran.err
    assert "A newer commit was pushed meanwhile: its own run answers" in ran.out
    assert (acme.written, acme.comments) == ([], [])


def stand(acme: PullFolder, text: str = ACME) -> None:
    """The record is in the default branch already."""
    record = acme.path / PATH
    record.parent.mkdir()
    record.write_text(text)


RECORDS: dict[str, tuple[str, dict[str, str], str, str]] = {
    "of the team": ("Example-User-1", {}, "", "success"),
    "who has left": ("example-user-1", {}, "until: 2026-01-31", "pending"),
    "a maintainer": (
        "example-maintainer",
        {"example-maintainer": "write"},
        "",
        "success",
    ),
    "an administrator": ("example-boss", {"example-boss": "admin"}, "", "success"),
    "a stranger": ("example-applicant", {}, "", "pending"),
    "a record that nobody can read": ("example-user-1", {}, "", "pending"),
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("status", ["modified", "added"])
def test_whose_record_it_is(acme: PullFolder, name: str, status: str) -> None:
    """`added` where the branch is older than the record."""
    login, permissions, more, state = RECORDS[name]
    seat = ACME.replace("2025-01-15}", f"2025-01-15, {more}}}" if more else "2025-01-15}")
    stand(acme, "no record" if name == "a record that nobody can read" else seat)
    acme.propose({}, login=login)
    acme.change(PATH, ACME.replace("Hosting", "Training"), status=status)
    acme.github.rest.repository(REPOSITORY).roles = permissions
    ran = acme.pull()
    assert ran.code == 0, ran.err
    [comment] = acme.comments
    assert "Change of a record" in comment
    assert acme.statuses()[0][0] == state


@pytest.mark.parametrize(
    ("fork", "state"),
    [
        ("example-applicant/partners", "success"),
        ("acme/partners", "success"),
        ("example-other/partners", "pending"),
        (None, "pending"),
    ],
)
def test_who_speaks_for_a_branch(acme: PullFolder, fork: str | None, state: str) -> None:
    """Whose branch it is pushes there later, whatever the author meant."""
    acme.propose({PATH: ACME}, fork=fork)
    assert acme.pull().code == 0
    assert acme.statuses()[0][0] == state


def test_nobody_puts_themselves_into_a_team(acme: PullFolder) -> None:
    stand(acme)
    acme.propose({}, login="example-thief")
    mine = ACME.replace("example-user-1", "example-thief")
    acme.change(PATH, mine, status="modified")
    acme.pull()
    assert "example-thief is not in its team" in acme.comments[0]
    assert acme.statuses()[0][0] != "success"


def test_when_github_does_not_tell_whose_permission_it_is(acme: PullFolder) -> None:
    stand(acme)
    acme.propose({})
    acme.change(PATH, ACME, status="modified")
    acme.github.fail(server.status(403), on="/permission", times=9)
    assert acme.pull().code == 0
    assert acme.labels == ["application", "needs-review"]


def test_a_dry_run_prints_and_writes_nothing(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    ran = acme.pull("--dry-run")
    assert "post a comment:" in ran.out
    assert f"set the status of {commit(1)[:12]}: success" in ran.out
    assert (acme.written, acme.comments) == ([], [])


def test_others_labels_and_comments_stay(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    acme.github.rest.repository(REPOSITORY).issues[NUMBER]["labels"] = [{"name": "help wanted"}]
    forged = f"{Memory(kind='verdict', decision=Decision.ELIGIBLE)}Mine."
    acme.github.rest.add_comment(REPOSITORY, NUMBER, "example-thief", forged)
    acme.pull()
    assert acme.comments[0] == forged
    assert acme.labels == ["application", "eligible", "help wanted"]


def test_a_status_that_is_refused_comes_with_the_next_run(acme: PullFolder) -> None:
    acme.propose({PATH: ACME})
    acme.github.fail(server.status(403), on=f"POST /repos/{REPOSITORY}/statuses/")
    ran = acme.pull()
    assert ran.code == 1
    assert "needs the permission `statuses: write`" in ran.err
    assert acme.pull().code == 0
    assert (len(acme.comments), len(acme.statuses())) == (1, 1)


def test_a_source_that_fails_goes_to_a_person(acme: PullFolder) -> None:
    """And the thread is read by REST then."""
    acme.propose({PATH: ACME})
    acme.github.fail(server.status(502), on="/graphql", times=99)
    assert acme.pull(PARTNERS_TIMEOUT="0.4").code == 0
    assert headline(acme.comments[0]) == "### Needs review: a maintainer will check Acme GmbH"
    assert acme.labels == ["application", "needs-review"]
    assert acme.statuses()[0][0] == "pending"


@pytest.mark.parametrize("on", ["/pulls/7 ", "/files", "/contents/", "/statuses"])
@pytest.mark.parametrize(
    "failure", [server.status(500), server.garbage(), server.rate_limited(), server.silence]
)
def test_github_fails_with_a_sentence(acme: PullFolder, on: str, failure: server.Failure) -> None:
    acme.propose({PATH: ACME})
    acme.github.fail(failure, on=on, times=99)
    ran = acme.pull(PARTNERS_TIMEOUT="0.4")
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert ran.err.startswith("partners: GitHub ")
    acme.github.recover()
    assert acme.pull().code == 0
    assert (len(acme.comments), len(acme.statuses())) == (1, 1)


def say(folder: PullFolder, login: str, text: str) -> Ran:
    event = folder.comment(login, text)
    return folder.review(event, name="issue_comment")


def test_a_maintainer_waives_whose_record_it_is_for_the_commit_that_they_name(
    acme: PullFolder,
) -> None:
    """Another commit is another change, which the maintainer may not have seen."""
    acme.github.rest.repository(REPOSITORY).roles = {"example-maintainer": "write"}
    stand(acme)
    acme.propose({}, login="example-stranger")
    acme.change(PATH, ACME.replace("Hosting", "Training"), status="modified")
    acme.pull()
    first, second = commit(1), commit(2)
    assert say(acme, "example-stranger", f"/waive record-owner {first} It is me.").code == 0
    assert acme.labels == ["application", "needs-review"], "without permission"
    for unsaid in ("I know them.", f"{first[:6]} I know them.", f"{second[:7]} I know them."):
        assert say(acme, "example-maintainer", f"/waive record-owner {unsaid}").code == 0
        assert acme.labels == ["application", "needs-review"], unsaid
        assert "This waiver is for one commit." in acme.comments[-1]
    say(acme, "example-maintainer", f"/waive record-owner {first[:7]}")
    assert "`/waive record-owner COMMIT reason`" in acme.comments[-1], "without a reason"
    ran = say(acme, "example-maintainer", f"/waive record-owner {first[:7].upper()} I know them.")
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "eligible"]
    assert "I know them." in acme.comments[0]
    assert acme.pull().code == 0
    assert acme.labels == ["application", "eligible"], "the same commit"
    acme.propose({}, 2, login="example-stranger")
    acme.change(PATH, ACME.replace("Hosting", "Gambling"), status="modified")
    assert acme.pull().code == 0
    assert acme.labels == ["application", "eligible"], "a waiver of the second was said before"
    acme.propose({}, 3, login="example-stranger")
    acme.change(PATH, ACME.replace("Hosting", "Betting"), status="modified")
    assert acme.pull().code == 0
    assert acme.labels == ["application", "needs-review"]


@pytest.mark.parametrize("criterion", sorted(criteria_of(program())))
def test_only_a_criterion_of_the_verdict_can_be_waived(acme: PullFolder, criterion: str) -> None:
    acme.github.rest.repository(REPOSITORY).roles = {"example-maintainer": "write"}
    acme.propose({PATH: ACME})
    acme.pull(action="opened")
    asked = criterion != "record-owner"
    before = len(acme.comments)
    assert say(acme, "example-maintainer", f"/waive {criterion} {commit(1)} So.").code == 0
    refused = [one for one in acme.comments[before:] if "The verdict has no criterion" in one]
    assert len(refused) == (not asked)


def test_commands_on_a_pull_request_are_obeyed_at_its_own_door(acme: PullFolder) -> None:
    acme.github.rest.repository(REPOSITORY).roles = {"example-maintainer": "maintain"}
    acme.open_collective.accounts["acme"]["website"] = None
    acme.propose({PATH: ACME})
    acme.pull(action="opened")
    assert acme.labels == ["application", "needs-review"]

    assert say(acme, "example-applicant", "/waive payer It is us.").code == 0
    assert acme.labels == ["application", "needs-review"], "without permission"
    ran = say(acme, "example-maintainer", "/waive payer They told us.")
    assert ran.code == 0, ran.err
    assert acme.labels == ["application", "eligible"]
    assert [state for state, _, _ in acme.statuses()] == ["pending", "success"]
    assert "waived" in acme.comments[0]
    assert acme.pull().code == 0
    assert acme.labels == ["application", "eligible"], "a later push keeps it"
    other = ACME.replace("https://acme.example\n", "https://acme-holding.example\n")
    for number, text, label in ((2, other, "not-yet"), (3, ACME, "needs-review")):
        acme.propose({"applications/acme.yml": text}, number)
        assert acme.pull().code == 0
        assert acme.labels == ["application", label], "but not for somebody else"
    say(acme, "example-maintainer", "/waive payer They told us again.")
    assert acme.labels == ["application", "eligible"]
    say(acme, "example-maintainer", "/unwaive payer")
    assert acme.labels == ["application", "needs-review"]
    assert say(acme, "example-applicant", "/recheck").code == 0
    assert say(acme, "example-stranger", "/help").code == 0
    assert say(acme, "example-stranger", "just a word").code == 0
