"""Every malicious pull request that we thought of, made of a real commit in a real fork.

Of each the same is held: the tree, the labels and other people's comments stay as they are, and one
plain refusal is said, in a comment and as the commit's status.
"""

import copy
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acme import ACME, PATH, make_eligible
from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import FakeGitHub
from fakes.github_fork import Fork
from fakes.open_collective import FakeOpenCollective
from git_world import Repository
from images import BAD_SVG, SVG, png
from program_folder import REPOSITORY, headline
from pull_folder import NUMBER, PullFolder

BOLT = ACME.replace("Acme", "Bolt").replace("acme", "bolt").replace("user-1", "user-2")
THEIRS = "applications/bolt.yml"
BASE = {
    THEIRS: BOLT,
    "applications/example.yml": ACME,
    "rankings/2026-10.json": "{}\n",
    ".github/workflows/application.yml": "on: pull_request_target\n",
    "logos/bolt.svg": SVG,
    "README.md": "Partners\n",
}
FORGED = f"{Memory(kind='verdict', decision=Decision.ELIGIBLE)}### Eligible: Acme GmbH"
OTHERS = {"help wanted", "Eligible!"}
UNTRACKED = ["event.json", "summary.md", "outputs", "cache"]
_ENVIRON = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8"}

Edit = Callable[[Fork], None]


def with_acme(edit: Edit) -> Edit:
    """A good application, and something beside it."""
    return both(file(PATH), edit)


def file(path: str, content: str | bytes = ACME) -> Edit:
    return lambda fork: fork.put(path, content)


def says(old: str, new: str) -> Edit:
    """The application with other words in it."""
    assert old in ACME
    return file(PATH, ACME.replace(old, new))


def both(*edits: Edit) -> Edit:
    def edit(fork: Fork) -> None:
        for one in edits:
            one(fork)

    return edit


BESIDE = {
    "a workflow": (file(".github/workflows/x.yml"), "decides what runs in this repository"),
    "the workflow": (file(".github/workflows/application.yml"), "decides what runs"),
    "a code owner": (file(".github/CODEOWNERS"), "decides what runs"),
    "the action": (file("action.yml"), "decides what runs"),
    "code": (file("src/community_partners/cli.py"), "nothing else is taken together"),
    "the policy": (file("program.yml"), "nothing else is taken"),
    "its own admission": (file("partners/acme.yml"), "nothing else is taken"),
    "a ranking": (file("rankings/2026-10.json"), "nothing else is taken"),
    "a claim": (file("contributions/acme.yml"), "nothing else is taken"),
    "the example": (file("applications/example.yml", BOLT), "the example for everybody"),
    "a file taken away": (lambda fork: fork.take("README.md"), "nothing else is taken"),
    "a file moved": (lambda fork: fork.move("README.md", "R.md"), "nothing else is taken"),
    "a workflow moved": (
        lambda fork: fork.move(".github/workflows/application.yml", "a.txt"),
        "decides what runs",
    ),
    "a link": (lambda fork: fork.link("src", "/etc"), "nothing else is taken"),
    "a submodule": (lambda fork: fork.submodule("src"), "nothing else is taken"),
    "a second application": (file("applications/coil.yml"), "one application is one file"),
    "somebody else's": (file(THEIRS, BOLT + "# PWNED\n"), "one application is one file"),
    "a command by its name": (file("a\n::error::PWNED,line=1"), "nothing else is taken"),
}
LOGO = "logos/acme.png"
LOGOS = {
    "another's": (file("logos/bolt.png", png()), "not the name of this application's logo"),
    "a second one": (
        both(file(LOGO, png()), file("logos/acme.svg", SVG)),
        "an application has one at most",
    ),
    "in a folder": (file("logos/acme/acme.png", png()), "nothing else is taken"),
    "a word about logos": (file("logos/README.md"), "Name it logos/acme.png, or one of svg"),
    "capitals": (file("logos/Acme.PNG", png()), "Name it logos/acme.png, or one of svg"),
    "a page": (file("logos/acme.html", "<script>alert(1)</script>"), "Name it logos/acme.png"),
    "a page as a picture": (file(LOGO, "<script>alert(1)</script>"), "is no PNG, JPEG or WebP"),
    "a script": (file("logos/acme.svg", BAD_SVG["a script"]), "which is not taken."),
    "another kind": (file("logos/acme.svg", png()), "is not written in UTF-8"),
    "a memory full": (file(LOGO, png(width=2**31 - 1)), "Make it smaller than 64 kB"),
    "too much": (file(LOGO, png(more=65_536)), "at most 65,536 are read"),
    "far too much": (file(LOGO, png(more=2_000_000)), "at most 65,536 are read"),
    "a link": (lambda fork: fork.link(LOGO, "../applications/bolt.yml"), "This is a link"),
    "a link out of here": (lambda fork: fork.link(LOGO, "/etc/passwd"), "GitHub calls 'symlink'"),
    "a submodule": (lambda fork: fork.submodule(LOGO), "GitHub calls 'submodule'"),
    "a program": (lambda fork: fork.put("logos/bolt.svg", SVG, "100755"), "of the image alone"),
    "another's taken away": (lambda fork: fork.take("logos/bolt.svg"), "nothing else is taken"),
    "another's moved": (lambda fork: fork.move("logos/bolt.svg", LOGO), "nothing else is taken"),
    "the folder is a link": (
        both(lambda fork: fork.take("logos"), lambda fork: fork.link("logos", "rankings")),
        "nothing else is taken",
    ),
}
FILES: dict[str, tuple[Edit, str]] = {
    "a folder within": (file("applications/a/acme.yml"), "not the name of an application"),
    "capitals": (file("applications/Acme.yml"), "Name it applications/acme.yml"),
    "capitals of the ending": (file("applications/acme.YML"), "Name it applications/acme.yml"),
    "capitals of the folder": (file("Applications/acme.yml"), "Name it applications/acme.yml"),
    "another ending": (file("applications/acme.yaml"), "Name it applications/acme.yml"),
    "two endings": (file("applications/acme.yml.sh"), "not the name of an application"),
    "no name": (file("applications/.yml"), "not the name of an application"),
    "an option": (file("applications/-rf.yml"), "not the name of an application"),
    "a letter that looks like another": (file("applications/\u0430cme.yml"), "not the name"),
    "a letter that hides": (file("applications/acme\u200b.yml"), "not the name"),
    "the other direction": (file("applications/\u202elmy.emca"), "not the name"),
    "a long name": (file(f"applications/{'a' * 200}.yml"), "not the name"),
    "a command": (file("applications/a\n::add-mask::b.yml"), "not the name"),
    "spaces": (file("applications/acme .yml"), "not the name"),
    "a link": (lambda fork: fork.link(PATH, "../program.yml"), "This is a link"),
    "a link to an application": (lambda fork: fork.link(PATH, "bolt.yml"), "This is a link"),
    "a link to a link": (
        both(lambda fork: fork.link(PATH, "a.yml"), lambda fork: fork.link("a.yml", PATH)),
        "nothing else is taken",
    ),
    "a link out of here": (lambda fork: fork.link(PATH, "../../etc/passwd"), "GitHub calls"),
    "a link in a circle": (lambda fork: fork.link(PATH, "acme.yml"), "GitHub calls 'symlink'"),
    "a link with an application as its target": (lambda fork: fork.link(PATH, ACME), "symlink"),
    "the folder is a link": (
        both(
            lambda fork: fork.take("applications"),
            lambda fork: fork.link("applications", "rankings"),
        ),
        "not the name of an application",
    ),
    "a submodule": (lambda fork: fork.submodule(PATH), "GitHub calls 'submodule'"),
    "a submodule as a folder": (lambda fork: fork.submodule("applications/a"), "not the name"),
    "somebody else's is taken away": (lambda fork: fork.take(THEIRS), "takes the file away"),
    "somebody else's is moved": (lambda fork: fork.move(THEIRS, PATH), "This moves"),
    "and moved out": (lambda fork: fork.move(THEIRS, "bolt.yml"), "This moves"),
    "the policy moved in": (lambda fork: fork.move("program.yml", PATH), "This moves"),
    "somebody else's becomes a link": (lambda fork: fork.link(THEIRS, "example.yml"), "changed"),
    "somebody else's becomes a program": (
        lambda fork: fork.put(THEIRS, BOLT, "100755"),
        "GitHub calls this change 'changed'",
    ),
}
CONTENTS: dict[str, tuple[Edit, str]] = {
    "nothing": (file(PATH, ""), "null is not a mapping"),
    "too much": (file(PATH, ACME + "#" * 65_536), "at most 65,536 are read"),
    "far too much": (file(PATH, ACME + "#" * 2_000_000), "at most 65,536 are read"),
    "not text": (file(PATH, b"\x7fELF\x02\x01\xff"), "not UTF-8"),
    "another encoding": (file(PATH, ACME.encode("utf-16")), "not UTF-8"),
    "a null byte": (says("GmbH", "\0"), "U+0000"),
    "a bomb": (file(PATH, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"), "aliases"),
    "a merge": (file(PATH, f"x: &x {{a: 1}}\n<<: *x\n{ACME}"), "aliases"),
    "a tag": (says("true", "!!python/object/apply:os.system [echo PWNED]"), "Tags"),
    "a key twice": (file(PATH, f"{ACME}slug: bolt\n"), "stands here again"),
    "two documents": (file(PATH, f"{ACME}---\n{BOLT}"), "second document"),
    "depth": (file(PATH, "[" * 60_000), "nested more than"),
    "length": (file(PATH, ACME.replace("[Hosting]", f"[{'a, ' * 9_000}a]")), "at most 20"),
    "the name of another": (says("slug: acme", "slug: bolt"), "is not the file's name"),
    "a way out": (says("slug: acme", "slug: ../../program"), "slug"),
    "script": (says("https://acme.example\n", "javascript:alert(1)\n"), "https"),
    "a mention": (says("for schools", "for @project/maintainers"), "would notify people"),
    "HTML": (says("for schools", "<img src=x onerror=alert(1)>"), "looks like HTML"),
    "our marker": (
        says("for schools", '\'<!-- community-partners {"kind":"verdict"} -->\''),
        "looks like HTML",
    ),
    "our marker as a name": (
        says("Acme GmbH", '\'<!-- community-partners {"kind":"verdict"} -->\''),
        "looks like HTML",
    ),
    "a command": (file(PATH, f"::error::PWNED\n{ACME}"), "not YAML"),
    "a command in a name": (says("Acme GmbH", "'::set-output name=decision::eligible'"), "begins"),
    "a command in a key": (
        file(PATH, f'"\\n::error::PWNED%0A::stop": 1\n{ACME}'),
        "not known here",
    ),
    "the other kind of command": (says("Acme GmbH", "'##[add-mask]a'"), "##"),
    "keys of the record": (file(PATH, f"{ACME}accepted: 2020-01-01\n"), "not known here"),
}
REFUSED = {
    **{f"beside it, {name}": (with_acme(edit), words) for name, (edit, words) in BESIDE.items()},
    **{f"a logo, {name}": (with_acme(edit), words) for name, (edit, words) in LOGOS.items()},
    **{f"as a file, {name}": case for name, case in FILES.items()},
    **{f"in the file, {name}": case for name, case in CONTENTS.items()},
}


class Attack:
    """A program in git, a stranger's fork of it, and a thread in which others have spoken."""

    def __init__(self, folder: PullFolder, fork: Fork, origin: Repository) -> None:
        self.folder, self.fork, self._origin = folder, fork, origin
        self._checkout = Repository(folder.path, origin.environ)
        self.rest = folder.github.rest.repository(REPOSITORY)
        for number in (3, NUMBER):
            made: dict[str, Any] = {"title": "Ours", "labels": ["help wanted"]}
            if number == NUMBER:
                made["pull_request"] = {}
            author = "example-stranger" if number == NUMBER else "example-other"
            folder.github.rest.add_issue(REPOSITORY, number, author, **made)
            for login in ("example-stranger", "example-maintainer"):
                folder.github.rest.add_comment(REPOSITORY, number, login, FORGED)
        self.rest.label("Eligible!")

    def run(self, edit: Edit, sender: str = "example-stranger") -> str:
        """Propose, review; the commit. Whatever is not this thread's own has to be as before."""
        edit(self.fork)
        head = self.fork.propose(self.folder.github.rest, REPOSITORY, NUMBER, "example-stranger")
        before = self._kept()
        ran = self.folder.pull(sender=sender)
        assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
        assert self._kept() == before
        commands = [line for line in re.split("[\r\n]", ran.out) if line.lstrip().startswith("::")]
        assert all(line.startswith("::error ") and line.count("::") == 2 for line in commands)
        assert "##[" not in ran.out
        return head

    def answer(self, head: str) -> tuple[str, str, list[str]]:
        """Our verdict's comment, the state of the one status, and our labels."""
        ours, *_ = [one["body"] for one in self._comments() if one["user"]["type"] == "Bot"]
        [status] = self.rest.statuses[head]
        labels = [one["name"] for one in self.rest.issues[NUMBER]["labels"]]
        return ours, status["state"], [one for one in labels if one not in OTHERS]

    def _comments(self) -> list[Any]:
        return self.rest.comments[NUMBER]

    def _kept(self) -> Any:
        """The tree here and on GitHub, others' words and labels, and where anything was written."""
        untouched = copy.deepcopy(
            (
                self.rest.issues[3],
                self.rest.comments[3],
                [one for one in self._comments() if one["user"]["type"] != "Bot"],
                [one for one in self.rest.issues[NUMBER]["labels"] if one["name"] in OTHERS],
                [one for one in self.rest.labels.values() if one["name"] in OTHERS],
                self.rest.pulls,
            )
        )
        ours = [str(one["id"]) for one in self._comments() if one["user"]["type"] == "Bot"]
        written = {
            re.sub("|".join(("[0-9a-f]{40}", *ours)), "OURS", one.path)
            for one in self.folder.github.requests
            if one.method != "GET" and one.path != "/graphql"
        }
        there = f"/repos/{REPOSITORY}"
        assert written <= {
            f"{there}/labels",
            f"{there}/issues/{NUMBER}/comments",
            f"{there}/issues/{NUMBER}/labels",
            f"{there}/issues/comments/OURS",
            f"{there}/statuses/OURS",
        }
        trees = (
            self._origin.git("for-each-ref"),
            self._checkout.git("for-each-ref"),
            self._checkout.git("status", "--porcelain"),
            sorted(str(one) for one in self._checkout.path.parent.iterdir()),
        )
        return untouched, trees


@pytest.fixture
def attack(
    tmp_path: Path,
    fake_github: FakeGitHub,
    fake_open_collective: FakeOpenCollective,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Attack:
    """A stranger who has all that makes Acme eligible, but for what is proposed."""
    make_eligible(fake_github, fake_open_collective)
    path = tmp_path / "program"
    path.mkdir()
    folder = PullFolder(path, fake_github, fake_open_collective, monkeypatch, capfd)
    fake_github.spokesperson("example-stranger")
    for name, text in BASE.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    (path / ".gitignore").write_text("\n".join((*UNTRACKED, "")))
    program = Repository(path, {**_ENVIRON, "HOME": str(tmp_path)})
    program.git("init", "--quiet", "--initial-branch=main")
    program.git("add", "--all")
    program.git("commit", "--quiet", "--message", "The program")
    origin = Repository(tmp_path / "origin.git", program.environ)
    program.git("clone", "--quiet", "--bare", ".", str(origin.path))
    fake_github.rest.repository(REPOSITORY).origin = origin.path
    return Attack(folder, Fork(tmp_path / "fork", origin.path), origin)


@pytest.mark.parametrize("name", REFUSED)
def test_a_plain_refusal_and_all_else_as_it_was(attack: Attack, name: str) -> None:
    edit, words = REFUSED[name]
    head = attack.run(edit)
    comment, state, labels = attack.answer(head)
    assert headline(comment).startswith("### Invalid: some details must be corrected")
    assert words in comment.replace("\u200b", "").replace("\\", "").replace("&#35;", "#")
    assert "change this pull request as the table says" in comment
    assert (state, labels) == ("failure", ["application", "invalid"])
    assert attack.folder.open_collective.requests == [], "nobody is asked about what is refused"


@pytest.mark.parametrize("sender", ["example-stranger", "example-app[bot]"])
def test_what_is_exchanged_after_its_verdict_loses_it(attack: Attack, sender: str) -> None:
    """Whoever pushes: an app that the stranger has in the fork is the stranger's."""
    good = attack.run(file(PATH))
    assert attack.answer(good)[1:] == ("success", ["application", "eligible"])
    evil = attack.run(both(lambda fork: fork.take(PATH), file("action.yml")), sender)
    comment, state, labels = attack.answer(evil)
    assert "This changes no application in applications/ any more." in comment
    assert (state, labels) == ("failure", ["application", "invalid"])


OF_OTHERS = {
    "their words": BOLT.replace("for schools", "for nobody"),
    "their money": BOLT.replace("account: bolt", "account: acme"),
    "their team": BOLT.replace("example-user-2", "example-stranger"),
}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_is_said_of_somebody_else_is_never_the_strangers_to_change(
    attack: Attack, name: str
) -> None:
    """It is read like any application; and whose it is, is asked by the record that stands."""
    head = attack.run(file(THEIRS, OF_OTHERS[name]))
    comment, state, labels = attack.answer(head)
    assert "example-stranger is not in its team" in comment.replace("\\", "")
    assert state in ("failure", "pending")
    assert "eligible" not in labels


def test_the_same_stranger_with_nothing_malicious_is_eligible(attack: Attack) -> None:
    """So each refusal above has its own cause."""
    comment, state, labels = attack.answer(attack.run(file(PATH)))
    assert headline(comment) == "### Eligible: Acme GmbH meets all criteria"
    assert (state, labels) == ("success", ["application", "eligible"])


@pytest.mark.parametrize(
    ("path", "image"), [(LOGO, png()), ("logos/acme.svg", SVG)], ids=["png", "svg"]
)
def test_so_is_one_with_its_logo_beside_it(attack: Attack, path: str, image: str | bytes) -> None:
    comment, state, labels = attack.answer(attack.run(with_acme(file(path, image))))
    assert headline(comment) == "### Eligible: Acme GmbH meets all criteria"
    assert (state, labels) == ("success", ["application", "eligible"])
    asked = [one.path for one in attack.folder.github.requests if "/contents/" in one.path]
    assert asked == [f"/repos/{REPOSITORY}/contents/{one}" for one in (PATH, path)]
