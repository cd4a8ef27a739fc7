"""What becomes of published files in real repositories, whatever others do, wherever it stops."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from community_partners.checkout.publish import BOT, BOT_EMAIL, TRIES
from community_partners.errors import UserError
from community_partners.model.publication import Protected, Pushed, UpToDate
from community_partners.words.publication import describe
from fakes.server import FakeServer, Request, Response, silence
from git_world import FALLBACK, Clone, Repository, World

AGAIN = UpToDate(branch="main")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, os.environ["PATH"])


def test_new_files_arrive_in_one_commit_and_once(world: World) -> None:
    clone = world.clone("runner")
    clone.write(october="1", table="2")
    done = clone.publish("october.json", "table.json")
    assert done == Pushed(branch="main", commit=clone.git("rev-parse", "HEAD"))
    assert world.origin.log("main") == ["First", "Rank"]
    assert world.origin.files("main")["rankings/october.json"] == "1"
    assert clone.publish("october.json", "table.json") == AGAIN
    assert clone.publish() == AGAIN
    assert clone.state() == ([], [])


def test_a_file_that_is_gone_is_published_as_gone(world: World) -> None:
    clone = world.clone("runner")
    (clone.path / "rankings/old.json").unlink()
    assert isinstance(clone.publish("old.json"), Pushed)
    assert list(world.origin.files("main")) == ["rankings/other.json"]


def test_the_first_commit_of_a_repository(world: World) -> None:
    world.origin.git("update-ref", "-d", "refs/heads/main")
    clone = world.clone("runner")
    clone.write(october="1")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert world.origin.log("main") == ["Rank"]


@pytest.mark.parametrize("depth", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_two_clones_publish_in_turn_and_both_files_land(
    world: World, depth: tuple[str, ...]
) -> None:
    person = world.clone("person")
    person.commit("Mend", other="mended")
    person.git("push", "--quiet")
    one, two = world.clone("one", *depth), world.clone("two", *depth)
    one.write(october="1")
    two.write(november="2")
    one.publish("october.json", message="October")
    done = two.publish("november.json", message="November")
    assert isinstance(done, Pushed)
    assert world.origin.log("main") == ["First", "Mend", "October", "November"]
    assert {"rankings/october.json", "rankings/november.json"} < set(world.origin.files("main"))
    assert done.commit == two.git("rev-parse", "HEAD") == world.origin.git("rev-parse", "main")
    assert (two.path / "rankings/october.json").exists()
    assert two.state() == ([], [])


def test_two_clones_with_the_same_files_give_one_commit(world: World) -> None:
    one, two = world.clone("one"), world.clone("two")
    for clone in (one, two):
        clone.write(october="1")
    assert isinstance(one.publish("october.json"), Pushed)
    assert two.publish("october.json") == AGAIN
    assert world.origin.log("main") == ["First", "Rank"]
    assert two.git("rev-parse", "HEAD") == one.git("rev-parse", "HEAD")


@pytest.mark.parametrize("moved", [False, True], ids=["at once", "after a rebase"])
def test_other_peoples_changes_stay_what_they_were(world: World, moved: bool) -> None:
    clone = world.clone("runner")
    clone.write(old="staged", other="changed", unknown="new", staged="new", october="1")
    clone.git("add", "rankings/old.json", "rankings/staged.json")
    before = [line for line in clone.state()[0] if "october" not in line]
    if moved:
        faster = world.clone("faster")
        faster.write(november="2")
        faster.publish("november.json")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert world.origin.files("main")["rankings/october.json"] == "1"
    assert world.origin.files("main")["rankings/old.json"] == "old"
    assert clone.state() == (before, [])
    assert clone.publish("october.json") == AGAIN


def test_a_change_in_the_way_is_left_and_the_file_is_published(world: World) -> None:
    clone, person = world.clone("runner"), world.clone("person")
    person.commit("Mend", other="mended")
    person.git("push", "--quiet")
    clone.write(other="in the way", october="1")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert world.origin.log("main") == ["First", "Mend", "Rank"]
    assert clone.state() == (["M rankings/other.json"], [])
    assert clone.publish("october.json") == AGAIN
    assert world.origin.log("main") == ["First", "Mend", "Rank"]


@pytest.mark.parametrize("named", [False, True])
def test_who_commits(world: World, named: bool) -> None:
    clone = world.clone("runner")
    clone.environ = {**world.environ, "EMAIL": "guessed@example.org"}
    if named:
        clone.git("config", "user.name", "Cy Example")
        clone.git("config", "user.email", "cy@example.org")
    config = (clone.path / ".git/config").read_text()
    clone.write(october="1")
    clone.publish("october.json")
    who = f"{BOT} {BOT_EMAIL}" if not named else "Cy Example cy@example.org"
    shown = clone.git("log", "-1", "--format=%an %ae%n%cn %ce")
    assert shown.splitlines() == [who, who]
    assert (clone.path / ".git/config").read_text() == config


@pytest.mark.parametrize("moved", [False, True], ids=["at once", "after a rebase"])
@pytest.mark.parametrize("message", ["Rank\n\n# No comment\n  `$(x)`\n", "--amend\n"])
def test_a_message_is_taken_as_it_is(world: World, message: str, moved: bool) -> None:
    clone = world.clone("runner")
    if moved:
        world.race(1)
    clone.write(october="1")
    clone.publish("october.json", message=message)
    assert world.origin.git("log", "-1", "--format=%B", "main") == message.strip()


def test_paths_are_no_patterns_and_no_options(world: World) -> None:
    clone = world.clone("runner")
    clone.write(**{"*": "1", "--all": "2", ":(top)x": "3", "other": "changed"})
    clone.publish("*.json", "--all.json", ":(top)x.json")
    assert world.origin.files("main") == {
        "rankings/*.json": "1",
        "rankings/--all.json": "2",
        "rankings/:(top)x.json": "3",
        "rankings/old.json": "old",
        "rankings/other.json": "other",
    }


# Cut off: what git and a killed run leave behind.


@pytest.mark.parametrize("paths", [(), ("october.json",), ("november.json",)])
def test_killed_between_commit_and_push(world: World, paths: tuple[str, ...]) -> None:
    clone = world.clone("runner")
    clone.commit("Rank October", october="1")
    clone.write(november="2")
    assert isinstance(clone.publish(*paths), Pushed)
    assert "rankings/october.json" in world.origin.files("main")


def test_killed_between_add_and_commit(world: World) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    (clone.path / "rankings/old.json").unlink()
    clone.git("add", "rankings/october.json", "rankings/old.json")
    assert isinstance(clone.publish("october.json", "old.json"), Pushed)
    assert "rankings/old.json" not in world.origin.files("main")


def test_killed_between_push_and_following_it(world: World) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    world.race(1)
    clone.publish("october.json")
    clone.git("reset", "--quiet", "--hard", "main@{1}")
    clone.git("update-ref", "-d", "refs/remotes/origin/main")
    assert clone.publish("october.json") == AGAIN
    assert world.origin.log("main") == ["First", "Race 0", "Rank"]
    assert clone.log() == ["First", "Race 0", "Rank"]


@pytest.mark.parametrize("left", ["conflict", "locked", "locked, gone", "folder"])
def test_killed_in_a_rebase(world: World, left: str) -> None:
    clone, person = world.clone("runner"), world.clone("person")
    person.commit("Mend", other="mended")
    person.git("push", "--quiet")
    clone.commit("Rank", october="1")
    aside = clone.path / ".git/community-partners-rebase"
    if left == "folder":
        aside.mkdir()
        (aside / "rubbish").touch()
    else:
        clone.git("worktree", "add", "--quiet", "--detach", str(aside), "HEAD")
    if left.startswith("locked"):
        clone.git("worktree", "lock", str(aside))
    if left == "locked, gone":
        shutil.rmtree(aside)
    if left == "conflict":
        (aside / "rankings/other.json").write_text("conflicting")
        killed = Repository(aside, world.environ)
        killed.git("commit", "--quiet", "--all", "--message", "Conflict")
        clone.git("fetch", "--quiet")
        with pytest.raises(UserError):
            killed.git("rebase", "--quiet", "origin/main")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert world.origin.log("main") == ["First", "Mend", "Rank"]
    assert not aside.exists()
    assert clone.state() == ([], [])


def test_a_rebase_that_a_person_has_under_way_is_left_to_the_person(world: World) -> None:
    clone = world.clone("runner")
    clone.commit("Mine", other="mine")
    clone.git("checkout", "--quiet", "-b", "side", "HEAD^")
    clone.commit("Theirs", other="theirs")
    with pytest.raises(UserError):
        clone.git("rebase", "--quiet", "main")
    clone.write(october="1")
    before = clone.state()
    with pytest.raises(UserError, match="an unfinished rebase"):
        clone.publish("october.json")
    assert clone.state() == before
    assert (clone.path / ".git/rebase-merge").exists()


# The remote branch moves.


def test_several_at_once(world: World) -> None:
    clones = [world.clone(f"runner-{number}") for number in range(3)]

    def run(clone: Clone) -> object:
        clone.write(**{clone.path.name: "1"})
        return clone.publish(f"{clone.path.name}.json")

    with ThreadPoolExecutor() as pool:
        assert all(isinstance(done, Pushed) for done in pool.map(run, clones))
    assert world.origin.log("main") == ["First", *["Rank"] * 3]
    assert len(world.origin.files("main")) == 5


def test_a_race_is_run_again(world: World) -> None:
    world.race(TRIES - 1)
    clone = world.clone("runner")
    clone.write(october="1")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert world.origin.log("main")[-2:] == [f"Race {TRIES - 2}", "Rank"]


def test_a_race_without_an_end_is_given_up(world: World) -> None:
    world.race(TRIES)
    clone = world.clone("runner")
    clone.write(october="1")
    with pytest.raises(UserError, match=r"moved during each of 5 tries\. Run it again"):
        clone.publish("october.json")
    assert isinstance(clone.publish("october.json"), Pushed)


def test_a_conflict_leaves_the_checkout_at_our_commit(world: World) -> None:
    clone, person = world.clone("runner"), world.clone("person")
    person.commit("By hand", october="2")
    person.git("push", "--quiet")
    clone.write(october="1")
    with pytest.raises(UserError, match="changed the same files on main") as caught:
        clone.publish("october.json")
    assert "run it again" in str(caught.value)
    assert clone.log() == ["First", "Rank"]
    assert clone.state() == ([], [])
    assert world.origin.log("main") == ["First", "By hand"]
    clone.git("fetch", "--quiet")
    clone.git("reset", "--quiet", "--keep", "origin/main")
    clone.write(october="1")
    assert isinstance(clone.publish("october.json"), Pushed)


def test_a_branch_with_a_new_history_is_not_mixed_with_the_old(world: World) -> None:
    clone, person = world.clone("runner", "--depth=1"), world.clone("person")
    person.git("checkout", "--quiet", "--orphan", "new")
    person.commit("New history", other="new")
    person.git("push", "--quiet", "--force", "origin", "new:main")
    clone.write(october="1")
    with pytest.raises(UserError, match=r"main has a new history.*reset --keep origin/main"):
        clone.publish("october.json")
    assert world.origin.log("main") == ["New history"]


# The branch is protected.


def test_a_protected_branch_leads_to_the_fallback(world: World) -> None:
    world.protect("main")
    clone = world.clone("runner")
    clone.write(october="1")
    commit = world.origin.git("rev-parse", "main")
    done = clone.publish("october.json")
    assert done == Protected(
        branch="main", fallback=FALLBACK, commit=world.origin.git("rev-parse", FALLBACK)
    )
    assert world.origin.git("rev-parse", "main", f"{FALLBACK}^").splitlines() == [commit] * 2
    assert "main is protected: published to the branch community-partners" in describe(done)


def test_the_fallback_is_the_same_after_a_second_run_and_ours_to_overwrite(world: World) -> None:
    world.protect("main")
    commits = []
    for name, text in (("one", "1"), ("two", "1"), ("three", "2")):
        clone = world.clone(name)
        clone.write(october=text)
        done = clone.publish("october.json", message=f"Rank {name}\n")
        assert isinstance(done, Protected)
        commits.append(done.commit)
        assert done.commit == world.origin.git("rev-parse", FALLBACK)
        assert clone.publish("october.json") == done
        assert world.origin.files(FALLBACK)["rankings/october.json"] == text
        assert len(world.origin.log(FALLBACK)) == 2
    assert commits[0] == commits[1] != commits[2]


def test_a_protected_branch_that_moved(world: World) -> None:
    clone, person = world.clone("runner"), world.clone("person")
    person.commit("Mend", other="mended")
    person.git("push", "--quiet")
    world.protect("main")
    clone.write(october="1")
    assert isinstance(clone.publish("october.json"), Protected)
    assert world.origin.log(FALLBACK) == ["First", "Mend", "Rank"]
    assert clone.log() == ["First", "Rank"]


def test_a_remote_that_refuses_both(world: World) -> None:
    world.origin.hook("pre-receive", 'echo "secret words" >&2', "exit 1")
    clone = world.clone("runner")
    clone.write(october="1")
    with pytest.raises(UserError, match="`contents: write`") as caught:
        clone.publish("october.json")
    assert "secret" not in str(caught.value)
    assert clone.state() == ([], [])


# What is not there, or goes wrong outside.


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("checkout", "--quiet", "--detach"), "is on no branch"),
        (("remote", "remove", "origin"), "no remote origin. Add one"),
        (("config", "core.bare", "true"), "is in no checkout of a git repository"),
        (("remote", "set-url", "origin", "/nowhere/secret"), "did not answer"),
    ],
)
def test_what_a_checkout_lacks_is_a_sentence(
    world: World, command: tuple[str, ...], sentence: str
) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    clone.git(*command)
    with pytest.raises(UserError, match=sentence) as caught:
        clone.publish("october.json")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "command",
    [
        ("rm", "--quiet", "--cached", "-r", "."),
        ("update-ref", "-d", "refs/remotes/origin/main"),
        ("config", "--unset", "branch.main.remote"),
    ],
)
def test_what_a_checkout_can_do_without(world: World, command: tuple[str, ...]) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    clone.git(*command)
    assert isinstance(clone.publish("october.json"), Pushed)
    clone.git("update-ref", "-d", "refs/remotes/origin/main")
    assert clone.publish("october.json") == AGAIN


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("missing.json", "A file does not exist"),
        ("../../outside.json", "outside of the repository"),
        ("ignored.json", "listed in .gitignore"),
    ],
)
def test_a_file_that_cannot_be_added(world: World, path: str, sentence: str) -> None:
    clone = world.clone("runner")
    (clone.path / ".gitignore").write_text("ignored.json\n")
    clone.write(ignored="1")
    with pytest.raises(UserError, match=rf"could not add the files\. .*{sentence}"):
        clone.publish(path)


def test_no_git_no_repository_no_folder(world: World) -> None:
    clone = world.clone("runner")
    for root in ("..", "nowhere"):
        with pytest.raises(UserError, match="is in no checkout of a git repository"):
            clone.publish("october.json", root=root)
    clone.environ = {**world.environ, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    with pytest.raises(UserError, match=r"safe\.directory"):
        clone.publish("old.json")
    clone.environ = {**world.environ, "PATH": "/nowhere"}
    with pytest.raises(UserError, match="no git on the PATH"):
        clone.publish("old.json")


def test_another_git_at_work(world: World) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    (clone.path / ".git/index.lock").touch()
    with pytest.raises(UserError, match=r"delete index\.lock"):
        clone.publish("october.json")


def test_hooks_variables_do_not_lead_elsewhere(world: World) -> None:
    clone, other = world.clone("runner"), world.clone("other")
    clone.environ = {**world.environ, "GIT_DIR": str(other.path / ".git")}
    (clone.path / "rankings/october.json").write_text("1\n")
    assert isinstance(clone.publish("october.json"), Pushed)
    assert other.log() == ["First"]


class Server(FakeServer):
    """A git server that answers with one status whatever it is asked."""

    code = 403

    def answer(self, request: Request) -> Response:
        headers = {"WWW-Authenticate": "Basic"} if self.code == 401 else {}
        return Response(status=self.code, body={"secret": "words"}, headers=headers)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(401, "`contents: write`"), (403, "`contents: write`"), (500, "Run it again in a while")],
)
def test_a_server_that_refuses_is_not_quoted(world: World, code: int, sentence: str) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    with Server() as server:
        server.code = code
        url = server.url.replace("//", "//x-access-token:ghs_secret@")
        clone.git("remote", "set-url", "origin", f"{url}/project/partners.git")
        with pytest.raises(UserError, match=f"could not push. .*{sentence}") as caught:
            clone.publish("october.json")
    assert "secret" not in str(caught.value)


def test_a_silent_server_is_not_waited_for(world: World) -> None:
    clone = world.clone("runner")
    clone.write(october="1")
    with Server() as server:
        server.fail(silence, times=9)
        clone.git("remote", "set-url", "origin", f"{server.url}/project/partners.git")
        with pytest.raises(UserError, match="`git push` did not end within 1 seconds"):
            clone.publish("october.json", timeout=1)


def test_a_run_without_news_asks_nobody(world: World) -> None:
    """A token that may only read is enough for it."""
    clone = world.clone("runner")
    clone.git("remote", "set-url", "origin", "/nowhere")
    assert clone.publish("old.json") == AGAIN
    assert describe(AGAIN) == "Nothing to publish: main has it all."
