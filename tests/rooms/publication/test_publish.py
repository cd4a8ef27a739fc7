"""What becomes of files in real repositories, whatever others do, wherever it stops."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from community_partners.checkout.git import Git
from community_partners.errors import UserError
from community_partners.github.rest import GitHubRepository
from community_partners.model.file import File
from community_partners.model.publication import (
    Committed,
    Proposed,
    Publication,
    Published,
    UpToDate,
)
from community_partners.publication.place import Place
from community_partners.publication.publish import TRIES, publish
from community_partners.wire.tries import Meter, Pace
from community_partners.words.publication import describe
from fakes.github import ACTIONS_BOT, FakeGitHub
from fakes.github_rules import rule, unruled
from fakes.server import (
    Failure,
    FakeServer,
    Request,
    Response,
    done_but,
    garbage,
    refused,
    reset,
    silence,
    status,
)
from git_world import Clone, World
from program_folder import REPOSITORY

AGAIN = UpToDate(branch="main")
TOKEN = "ghs_0123456789"
ASKED = "createCommitOnBranch"
Texts = dict[str, str | None]


@dataclass(frozen=True)
class Plan:
    publication: Publication


@dataclass
class Scene:
    """An origin on GitHub, and runs of the real function in clones of it."""

    world: World
    github: FakeGitHub
    decided: list[Texts] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.github.rest.repository(REPOSITORY)
        self.rest.origin = self.world.origin.path

    def clone(self, *options: str) -> Clone:
        return self.world.clone(f"clone-{len(list(self.world.folder.iterdir()))}", *options)

    def place(self, clone: Clone, root: str = "rankings", timeout: float = 60) -> Place:
        pace = Pace(timeout=5, backoff=0, longest_wait=0)
        there = GitHubRepository.connect(TOKEN, self.github.url, REPOSITORY, Meter(), pace)
        git = Git(root=clone.path / root, environ=clone.environ, timeout=timeout, token=TOKEN)
        return Place(git=git, repository=there, web_url="https://github.example/p")

    def run(
        self,
        clone: Clone,
        texts: Texts | Callable[[], Texts],
        *,
        message: str = "Rank\n",
        root: str = "rankings",
        timeout: float = 60,
    ) -> Published:
        """Publish files by their names, such as `october.json`; None removes one."""

        def decide() -> Plan:
            now = texts() if callable(texts) else texts
            self.decided.append(now)
            files = tuple(File(path=name, text=text) for name, text in now.items())
            return Plan(Publication(files=files, message=message, own="rankings"))

        return publish(decide, self.place(clone, root, timeout), pause=0)[1]

    def person(self, subject: str = "Mend", **texts: str) -> None:
        """Somebody else commits to main and pushes."""
        other = self.clone()
        other.commit(subject, **texts)
        other.git("push", "--quiet", "origin", "main")

    def race(self, times: int, **texts: str) -> None:
        """Somebody else is faster by a moment, at this many commits."""
        numbers = iter(range(times))

        def faster(honest: Callable[[], Response]) -> Response:
            number = next(numbers)
            self.person(f"Race {number}", **(texts or {"race": f"{times}-{number}"}))
            return honest()

        self.github.fail(faster, on=ASKED, times=times)

    @property
    def log(self) -> list[str]:
        return self.world.origin.log("main")

    @property
    def files(self) -> dict[str, str]:
        return self.world.origin.files("main")


@pytest.fixture
def scene(tmp_path: Path, fake_github: FakeGitHub) -> Scene:
    return Scene(World(tmp_path, os.environ["PATH"]), fake_github)


def test_new_files_arrive_in_one_commit_and_once(scene: Scene) -> None:
    clone = scene.clone()
    texts: Texts = {"october.json": "1\n", "table.json": "2\n", "old.json": None, "never": None}
    done = scene.run(clone, texts, message="Rank\n\n# No comment\n  `$(x)`\n")
    assert done == Committed(branch="main", commit=clone.git("rev-parse", "HEAD"))
    assert scene.log == ["First", "Rank"]
    assert sorted(scene.files) == [f"rankings/{one}.json" for one in ("october", "other", "table")]
    shown = scene.world.origin.git("log", "-1", "--format=%an%n%cn%n%B", "main").splitlines()
    assert shown[:3] == [ACTIONS_BOT, "GitHub", "Rank"]
    assert [line for line in shown[3:] if line] == ["# No comment", "  `$(x)`"]
    asked = len(scene.github.requests)
    assert scene.run(clone, texts) == AGAIN
    assert len(scene.github.requests) == asked, "a run without news asks nobody"
    assert clone.state() == ([], [])
    assert (clone.path / "rankings/october.json").read_text() == "1\n"


def test_nothing_to_say_is_nothing_to_do(scene: Scene) -> None:
    assert scene.run(scene.clone(), {}) == AGAIN
    assert describe(AGAIN) == "Nothing to publish: main has it all."


def test_paths_are_no_patterns_and_no_options(scene: Scene) -> None:
    clone = scene.clone()
    (clone.path / "rankings/*").write_text("3")
    scene.run(clone, {"*": "1", "--all": "2", ":(top)x": "3", "ü b": "4"})
    assert scene.files == {
        "rankings/*": "1",
        "rankings/--all": "2",
        "rankings/:(top)x": "3",
        "rankings/ü b": "4",
        "rankings/old.json": "old",
        "rankings/other.json": "other",
    }


def test_other_peoples_changes_stay_what_they_were(scene: Scene) -> None:
    clone = scene.clone()
    clone.write(old="staged", other="changed", unknown="new", staged="new", october="1")
    clone.git("add", "rankings/old.json", "rankings/staged.json")
    before = [line for line in clone.state()[0] if "october" not in line]
    assert isinstance(scene.run(clone, {"october.json": "1\n"}), Committed)
    assert scene.files["rankings/october.json"] == "1"
    assert scene.files["rankings/old.json"] == "old"
    assert clone.state() == (before, [])
    assert scene.run(clone, {"october.json": "1\n"}) == AGAIN


def test_a_subfolder_is_where_its_files_go(scene: Scene) -> None:
    assert isinstance(scene.run(scene.clone(), {"a/b.json": "1"}, root="."), Committed)
    assert "a/b.json" in scene.files


# The branch moves.


@pytest.mark.parametrize("depth", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_what_was_read_is_read_again(scene: Scene, depth: Sequence[str]) -> None:
    """Else the files would rest on a state that is no more."""
    clone = scene.clone(*depth)

    def count() -> Texts:
        there = sorted(one.stem for one in (clone.path / "rankings").glob("*.json"))
        return {"table.json": " ".join(one for one in there if one != "table")}

    scene.race(1, partner="new")
    assert isinstance(scene.run(clone, count), Committed)
    assert scene.files["rankings/table.json"] == "old other partner"
    assert scene.log == ["First", "Race 0", "Rank"]
    assert len(scene.decided) == 2
    assert clone.git("rev-parse", "HEAD") == scene.world.origin.git("rev-parse", "main")
    assert clone.state() == ([], [])


def test_two_clones_with_the_same_files_give_one_commit(scene: Scene) -> None:
    one, two = scene.clone(), scene.clone()
    assert isinstance(scene.run(one, {"october.json": "1"}), Committed)
    assert scene.run(two, {"october.json": "1"}) == AGAIN
    assert scene.log == ["First", "Rank"]
    assert two.git("rev-parse", "HEAD") == one.git("rev-parse", "HEAD")


LOST = {
    "502": status(502),
    "a limit": status(429, Retry_After="0"),
    "reset": reset,
    "a page": garbage(),
    "no data": refused({"message": "Something went wrong."}),
}


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_a_commit_whose_answer_was_lost_is_made_once(
    scene: Scene, lost: Failure, done: bool
) -> None:
    scene.github.fail(done_but(lost) if done else lost, on=ASKED)
    clone = scene.clone()
    assert scene.run(clone, {"october.json": "1"}) == Committed(
        branch="main", commit=str(scene.rest.git.find("refs/heads/main"))
    )
    assert scene.log == ["First", "Rank"]
    assert clone.state() == ([], [])
    asked = [one for one in scene.github.requests if ASKED in str(one)]
    assert len(asked) == (1 if done else 2)


def test_a_lost_answer_makes_nobody_elses_commit_ours(scene: Scene) -> None:
    """Somebody else is faster by a moment, and that is not told either."""

    def faster(honest: Callable[[], Response]) -> Response:
        scene.person("Rank", other="mended")
        return status(502)(honest)

    scene.github.fail(faster, on=ASKED)
    assert isinstance(scene.run(scene.clone(), {"october.json": "1"}), Committed)
    assert scene.log == ["First", "Rank", "Rank"]
    assert len(scene.decided) == 2


def test_a_race_is_run_again_and_one_without_an_end_given_up(scene: Scene) -> None:
    scene.race(TRIES)
    clone = scene.clone()
    with pytest.raises(UserError, match=r"moved during each of 5 tries\. Run it again"):
        scene.run(clone, {"october.json": "1"})
    scene.race(TRIES - 1)
    assert isinstance(scene.run(clone, {"october.json": "1"}), Committed)


def test_a_change_in_the_way_is_left_and_told(scene: Scene) -> None:
    clone = scene.clone()
    scene.person(other="mended")
    clone.write(other="in the way")
    with pytest.raises(UserError, match="changed files in the checkout are in the way"):
        scene.run(clone, {"october.json": "1"})
    assert clone.state() == (["M rankings/other.json"], [])
    assert scene.log == ["First", "Mend"]


def test_a_change_in_the_way_stops_no_commit_that_was_made(scene: Scene) -> None:
    """The checkout cannot follow then; its files are written all the same."""
    clone = scene.clone()
    clone.write(october="mine", other="mine")
    clone.git("add", "--all")
    assert isinstance(scene.run(clone, {"october.json": "1\n"}), Committed)
    assert (clone.path / "rankings/october.json").read_text() == "1\n"
    assert scene.files["rankings/other.json"] == "other"


@pytest.mark.parametrize("news", [{}, {"november.json": "2"}])
def test_commits_that_were_never_pushed_are_not_taken_for_published(
    scene: Scene, news: Texts
) -> None:
    clone = scene.clone()
    clone.commit("By hand", october="1")
    with pytest.raises(UserError, match="push them; else go to the branch") as caught:
        scene.run(clone, {"october.json": "1\n", **news})
    assert "`git reset --keep origin/main`" in str(caught.value)
    assert scene.log == ["First"]
    clone.git("push", "--quiet", "origin", "main")
    assert scene.run(clone, {"october.json": "1\n"}) == AGAIN


def test_a_branch_with_a_new_history_is_not_mixed_with_the_old(scene: Scene) -> None:
    clone, person = scene.clone("--depth=1"), scene.clone()
    person.git("checkout", "--quiet", "--orphan", "new")
    person.commit("New history", other="new")
    person.git("push", "--quiet", "--force", "origin", "new:main")
    with pytest.raises(UserError, match="has commits that main on GitHub has not"):
        scene.run(clone, {"october.json": "1"})
    assert scene.log == ["New history"]


# A file that GitHub does not take in one commit.


def test_many_files_are_several_commits_and_the_last_makes_them_true(scene: Scene) -> None:
    large: Texts = {f"part-{number}.jsonl": str(number) * 1_200_000 for number in range(3)}
    scene.run(scene.clone(), {**large, "october.json": "1"}, message="Rank\n\nAll.\n")
    assert scene.log == ["First", "Rank (part 1 of 3)", "Rank (part 2 of 3)", "Rank"]
    last = scene.world.origin.git("show", "--format=", "--name-only", "main").splitlines()
    assert last[-1].endswith("part-2.jsonl")
    assert "rankings/october.json" in last


def test_several_commits_that_were_cut_off_are_completed(scene: Scene) -> None:
    large: Texts = {f"part-{number}.jsonl": str(number) * 1_200_000 for number in range(3)}
    clone = scene.clone()
    scene.github.fail(status(422), on=ASKED, after=1)
    with pytest.raises(UserError):
        scene.run(clone, {**large, "october.json": "1"})
    assert "rankings/october.json" not in scene.files, "so the month did not happen"
    assert isinstance(scene.run(clone, {**large, "october.json": "1"}), Committed)
    assert len(scene.files) == 6
    assert clone.state() == ([], [])


# Rules of branches.

RULES = ["pull request", "status check", "signature"]
PULL = "The branch main is protected: a rule asks that changes come by pull request."


@pytest.mark.parametrize("classic", [False, True])
@pytest.mark.parametrize("asks", [("pull request",), ("pull request", "signature")])
def test_a_protected_branch_gets_a_pull_request(
    scene: Scene, asks: Sequence[str], classic: bool
) -> None:
    for one in asks:
        rule(scene.rest, one, classic=classic)
    clone = scene.clone()
    head = clone.git("rev-parse", "HEAD")
    done = scene.run(clone, {"october.json": "1"})
    assert isinstance(done, Proposed)
    assert done.commit == scene.world.origin.git("rev-parse", "rankings")
    [pull] = scene.rest.pulls
    assert describe(done) == (
        f"{PULL} The branch rankings has the files instead. Merge its pull request: "
        f"{pull['html_url']}"
    )
    parents = scene.world.origin.git("rev-parse", "main", "rankings^").splitlines()
    assert parents == [head, head]
    assert (clone.git("rev-parse", "HEAD"), clone.state()[0]) == (
        head,
        ["?? rankings/october.json"],
    )
    assert (pull["head"]["ref"], pull["base"]["ref"], pull["title"]) == ("rankings", "main", "Rank")


def test_a_rule_is_named_by_its_words_where_the_error_has_no_type(scene: Scene) -> None:
    told = "Repository rule violations found\n\nChanges must be made through a pull request."
    body = {"data": {ASKED: None}, "errors": [{"message": told}]}
    scene.github.fail(lambda _: Response(body=body), on=ASKED)
    done = scene.run(scene.clone(), {"october.json": "1"})
    assert isinstance(done, Proposed)
    assert describe(done).startswith(PULL)


@pytest.mark.parametrize("branch", ["fix#7", "ü/100%41"])
def test_a_branch_whose_name_is_no_part_of_an_address(scene: Scene, branch: str) -> None:
    clone = scene.clone()
    clone.git("checkout", "--quiet", "-b", branch)
    clone.git("push", "--quiet", "--set-upstream", "origin", branch)
    rule(scene.rest, "pull request", branch)
    assert isinstance(scene.run(clone, {"october.json": "1"}), Proposed)
    assert [pull["base"]["ref"] for pull in scene.rest.pulls] == [branch]


def test_signed_commits_are_what_github_makes(scene: Scene) -> None:
    rule(scene.rest, "signature", "*")
    clone = scene.clone()
    clone.commit("By hand", other="mine")
    with pytest.raises(UserError):
        clone.git("push", "--quiet", "origin", "main")
    assert isinstance(scene.run(scene.clone(), {"october.json": "1"}), Committed)


@pytest.mark.parametrize("asks", ["pull request", "status check"])
def test_a_rule_for_all_branches_is_named_with_its_remedy(scene: Scene, asks: str) -> None:
    rule(scene.rest, asks, "*")
    with pytest.raises(UserError) as caught:
        scene.run(scene.clone(), {"october.json": "1"})
    wanted = {"pull request": "changes come by pull request", "status check": "checks have passed"}
    for words in (wanted[asks], "The branch rankings is protected", "`rankings*`"):
        assert words in str(caught.value)
    for never in ("permission", "idden", "violation"):
        assert never not in str(caught.value)
    assert scene.rest.pulls == []


def test_a_second_run_changes_nothing_and_a_third_keeps_the_pull_request(scene: Scene) -> None:
    rule(scene.rest, "pull request")
    commits = []
    for text in ("1", "1", "2"):
        done = scene.run(scene.clone(), {"october.json": text}, message=f"Rank {text}\n")
        assert isinstance(done, Proposed)
        assert done.commit == scene.world.origin.git("rev-parse", "rankings")
        assert scene.world.origin.files("rankings")["rankings/october.json"] == text
        commits.append(done.commit)
    assert commits[0] == commits[1] != commits[2]
    [pull] = scene.rest.pulls
    assert (pull["state"], pull["title"]) == ("open", "Rank 2")
    assert scene.world.origin.log("rankings") == ["First", "Rank 2"]
    branches = scene.world.origin.git("for-each-ref", "--format=%(refname)").splitlines()
    assert branches == ["refs/heads/main", "refs/heads/rankings"]


def test_our_branch_is_never_where_its_base_is(scene: Scene) -> None:
    """GitHub closes such a pull request, and does not let it be opened again."""
    rule(scene.rest, "pull request")
    scene.run(scene.clone(), {"october.json": "1"})
    asked = len(scene.github.requests)
    scene.run(scene.clone(), {"october.json": "2"})
    main = scene.world.origin.git("rev-parse", "main")
    moves = [one for one in scene.github.requests[asked:] if one.path.endswith("heads/rankings")]
    assert main not in [one.body["sha"] for one in moves if one.method == "PATCH"]


def test_a_protected_branch_that_moved_is_read_again(scene: Scene) -> None:
    clone = scene.clone()
    scene.person(other="mended")
    rule(scene.rest, "pull request")
    assert isinstance(scene.run(clone, {"october.json": "1"}), Proposed)
    assert scene.world.origin.log("rankings") == ["First", "Mend", "Rank"]
    assert len(scene.decided) == 2


def test_after_the_merge_the_checkout_follows(scene: Scene) -> None:
    rule(scene.rest, "pull request")
    clone = scene.clone()
    texts: Texts = {"october.json": "1", "old.json": None}
    scene.run(clone, texts)
    unruled(scene.rest)
    scene.world.origin.git("update-ref", "refs/heads/main", "refs/heads/rankings")
    assert scene.run(clone, texts) == AGAIN
    assert clone.state() == ([], [])


def test_what_people_added_to_our_branch_is_not_overwritten(scene: Scene) -> None:
    rule(scene.rest, "pull request")
    scene.run(scene.clone(), {"october.json": "1"})
    other = scene.clone()
    other.git("checkout", "--quiet", "-b", "rankings", "origin/rankings")
    other.commit("By hand", october="3")
    other.git("push", "--quiet", "origin", "rankings")
    with pytest.raises(UserError, match="Somebody else has committed to the branch rankings"):
        scene.run(scene.clone(), {"october.json": "2"})
    assert scene.world.origin.log("rankings")[-1] == "By hand"


@pytest.mark.parametrize("write", ["git/refs", ASKED, "/pulls", "/statuses", "PATCH", "DELETE"])
def test_a_proposal_that_was_cut_off_is_completed(scene: Scene, write: str) -> None:
    rule(scene.rest, "pull request")
    for text in ("1", "2"):
        scene.github.fail(status(403, "Resource not accessible by integration"), on=write)
        with suppress(UserError):
            scene.run(scene.clone(), {"october.json": text})
        scene.github.recover()
        scene.run(scene.clone(), {"october.json": text})
        assert scene.world.origin.files("rankings")["rankings/october.json"] == text
        assert scene.world.origin.log("rankings") == ["First", "Rank"]
    assert [one["state"] for one in scene.rest.pulls] == ["open"]


# Rights, servers, checkouts.


def test_a_right_that_is_missing_is_named(scene: Scene) -> None:
    scene.github.readers.add(TOKEN)
    with pytest.raises(UserError, match="needs the permission `contents: write`") as caught:
        scene.run(scene.clone(), {"october.json": "1"})
    assert "fork" in str(caught.value)
    assert "rule" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("checkout", "--quiet", "--detach"), "is on no branch"),
        (("config", "core.bare", "true"), "is in no checkout of a git repository"),
        (("checkout", "--quiet", "--orphan", "new"), "has no commit yet"),
        (("checkout", "--quiet", "-b", "elsewhere"), "has no branch elsewhere"),
    ],
)
def test_what_a_checkout_lacks_is_a_sentence(
    scene: Scene, command: Sequence[str], sentence: str
) -> None:
    clone = scene.clone()
    clone.git(*command)
    with pytest.raises(UserError, match=sentence):
        scene.run(clone, {"october.json": "1"})


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("remote", "remove", "origin"), "`git remote --verbose`"),
        (("remote", "set-url", "origin", "/nowhere/secret"), "`git remote --verbose`"),
    ],
)
def test_a_remote_that_is_gone_is_a_sentence_where_it_is_needed(
    scene: Scene, command: Sequence[str], sentence: str
) -> None:
    clone = scene.clone()
    scene.person(other="mended")
    clone.git(*command)
    with pytest.raises(UserError, match=sentence) as caught:
        scene.run(clone, {"october.json": "1"})
    assert "secret" not in str(caught.value)


def test_a_checkout_without_what_it_can_do_without(scene: Scene) -> None:
    clone = scene.clone()
    clone.git("rm", "--quiet", "--cached", "-r", ".")
    clone.git("update-ref", "-d", "refs/remotes/origin/main")
    clone.git("config", "--unset", "branch.main.remote")
    assert isinstance(scene.run(clone, {"october.json": "1"}), Committed)
    clone.git("update-ref", "-d", "refs/remotes/origin/main")
    assert scene.run(clone, {"october.json": "1"}) == AGAIN


def test_no_git_no_repository_no_folder(scene: Scene) -> None:
    clone = scene.clone()
    for root in ("..", "nowhere"):
        with pytest.raises(UserError, match="is in no checkout of a git repository"):
            scene.run(clone, {"october.json": "1"}, root=root)
    clone.environ = {**clone.environ, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    with pytest.raises(UserError, match=r"safe\.directory"):
        scene.run(clone, {"october.json": "1"})
    clone.environ = {**clone.environ, "PATH": "/nowhere"}
    with pytest.raises(UserError, match="no git on the PATH"):
        scene.run(clone, {"october.json": "1"})


def test_hooks_variables_do_not_lead_elsewhere(scene: Scene) -> None:
    clone, other = scene.clone(), scene.clone()
    clone.environ = {**clone.environ, "GIT_DIR": str(other.path / ".git")}
    assert isinstance(scene.run(clone, {"october.json": "1"}), Committed)
    assert other.log() == ["First"]


class Server(FakeServer):
    """A git server that answers with one status whatever it is asked."""

    code = 403

    def answer(self, request: Request) -> Response:
        headers = {"WWW-Authenticate": "Basic"} if self.code == 401 else {}
        return Response(status=self.code, body={"secret": "words"}, headers=headers)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(401, "`contents: read`"), (403, "`contents: read`"), (500, "Run it again in a while")],
)
def test_the_token_is_handed_to_the_server_and_nowhere_else(
    scene: Scene, code: int, sentence: str
) -> None:
    """A private repository is fetched with it; nothing of it is written or printed."""
    clone = scene.clone()
    scene.person(other="mended")
    with Server() as server:
        server.code = code
        clone.git("remote", "set-url", "origin", f"{server.url}/project/partners.git")
        kept = (clone.path / ".git/config").read_text()
        clone.git("config", f"http.{server.url}/.extraheader", "AUTHORIZATION: basic kept")
        place = scene.place(clone)
        place = replace(place, git=replace(place.git, server=server.url))
        plan = Plan(Publication(files=(File(path="x", text="1"),), message="Rank", own="rankings"))
        with pytest.raises(UserError, match=f"could not fetch .*{sentence}") as caught:
            publish(lambda: plan, place, pause=0)
        [first, *_] = server.requests
    assert first.headers["authorization"] == "basic eC1hY2Nlc3MtdG9rZW46Z2hzXzAxMjM0NTY3ODk="
    assert "secret" not in str(caught.value)
    assert TOKEN not in kept + repr(place)


def test_a_silent_server_is_not_waited_for(scene: Scene) -> None:
    clone = scene.clone()
    scene.person(other="mended")
    with Server() as server:
        server.fail(silence, times=9)
        clone.git("remote", "set-url", "origin", f"{server.url}/project/partners.git")
        with pytest.raises(UserError, match="`git fetch` did not end within 1 seconds"):
            scene.run(clone, {"october.json": "1"}, timeout=1)
