"""`partners prices update --propose`: one pull request for newer prices, in real repositories."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from community_partners.intake.program_form import TEMPLATE
from fakes.github import ACTIONS_BOT as BOT
from fakes.github import FakeGitHub
from fakes.github_rules import COMBINATIONS, LEAVE_OUT, in_force, rule
from fakes.publisher import FakePublisher
from fakes.server import status
from git_world import Clone, World
from processes import Ended, Processes
from program_folder import POLICY, REPOSITORY, ROOT, body

OLD = POLICY.replace("edition: 2026-01", "edition: 2025-01  # reviewed like law")
BRANCH = "price-edition-2026-01"


@pytest.fixture
def publisher() -> Iterator[FakePublisher]:
    with FakePublisher() as fake:
        yield fake


class ProgramRepository:
    """A program's repository; `own`: it holds the code, and so the table, as well."""

    def __init__(
        self, folder: Path, github: FakeGitHub, publisher: FakePublisher, processes: Processes
    ) -> None:
        self.world, self._processes = World(folder, os.environ["PATH"]), processes
        self.github, self.publisher = github, publisher
        self.rest = github.rest.repository(REPOSITORY)
        self.rest.origin = self.world.origin.path
        self.clone = self.world.clone("checkout")
        self.code = ROOT

    def commit(self, policy: str, *, own: bool = False) -> None:
        path = self.clone.path
        (path / "program.yml").write_text(policy, encoding="utf-8")
        partner = ROOT / "examples/partners/aurora-digital.yml"
        (path / "partners").mkdir()
        shutil.copyfile(partner, path / "partners" / partner.name)
        if own:
            for name in ("src", "schemas"):
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, path / name, ignore=ignored)
            self.code = path
        for file in ("applications/example.yml", TEMPLATE):
            (path / file).parent.mkdir(parents=True)
            shutil.copyfile(ROOT / file, path / file)
        self.clone.git("add", "--all")
        self.clone.git("commit", "--quiet", "--message", "The program")
        self.clone.git("push", "--quiet", "origin", "main")

    def propose(self, *options: str) -> Ended:
        """As the action does."""
        arguments = ("prices", "update", "--propose", *options)
        environ = {
            **self.world.environ,
            "GITHUB_TOKEN": "ghs_0123456789",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": REPOSITORY,
            "BIG_MAC_PRICES_URL": self.publisher.url,
            "PARTNERS_TIMEOUT": "5",
        }
        if self.code == ROOT:
            return self._processes.run(*arguments, folder=self.clone.path, environ=environ)
        own = {"PYTHONPATH": str(self.code / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(  # noqa: S603  our own command, of the repository's code
            [sys.executable, "-m", "community_partners", *arguments],
            cwd=self.clone.path,
            env={**environ, **own},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def state(self) -> object:
        """All that others see, and what lies about in the checkout."""
        pulls = [(one["title"], one["body"], one["state"]) for one in self.rest.pulls]
        return self.world.origin.git("for-each-ref"), pulls, self.clone.state()


@pytest.fixture
def there(
    tmp_path: Path, fake_github: FakeGitHub, publisher: FakePublisher, processes: Processes
) -> ProgramRepository:
    return ProgramRepository(tmp_path, fake_github, publisher, processes)


def changed(clone: Clone, branch: str) -> list[str]:
    """Lines of what a branch changes, with their sign."""
    clone.git("fetch", "--quiet", "origin")
    diff = clone.git("diff", "--unified=0", "origin/main", f"origin/{branch}")
    return [
        line for line in diff.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_one_line_of_the_program_is_proposed_once(there: ProgramRepository) -> None:
    there.commit(OLD)
    main = there.world.origin.git("rev-parse", "main")
    ran = there.propose()
    assert ran.returncode == 0, ran.stderr
    assert changed(there.clone, BRANCH) == [
        "-  edition: 2025-01  # reviewed like law",
        "+  edition: 2026-01  # reviewed like law",
    ]
    assert there.world.origin.git("rev-parse", "main") == main
    [pull] = there.rest.pulls
    assert (pull["head"]["ref"], pull["base"]["ref"]) == (BRANCH, "main")
    assert "| Aurora Digital | " in pull["body"]
    assert "**Partners keep their terms**" in pull["body"]
    assert there.publisher.requests == [], "the table comes with the action"

    before = there.state()
    assert there.propose().returncode == 0
    assert there.state() == before
    assert there.clone.state() == ([], [])


def test_who_applied_by_an_earlier_form_is_concerned(there: ProgramRepository) -> None:
    there.commit(OLD)
    text = body(name="Bolt", country="Germany")
    fields = {"labels": ["application"], "body": text}
    there.github.rest.add_issue(REPOSITORY, 1, "example-applicant", **fields)
    path = there.clone.path / TEMPLATE
    path.write_text(path.read_text("utf-8").replace("Country of headquarters", "Country"), "utf-8")
    there.clone.git("commit", "--quiet", "--all", "--message", "Another title")
    there.clone.git("push", "--quiet", "origin", "main")
    ran = there.propose()
    assert ran.returncode == 0, ran.stderr
    [pull] = there.rest.pulls
    assert "Bolt" in pull["body"]


def test_who_applies_is_concerned_and_the_example_is_nobody(there: ProgramRepository) -> None:
    answers = {"name": "Bolt | @admin", "country": "Germany"}
    for number, text in enumerate([body(**answers), body(country="Atlantis"), "?", ""], 1):
        fields = {"labels": ["application"], "body": text}
        there.github.rest.add_issue(REPOSITORY, number, "example-applicant", **fields)
    there.commit(OLD)
    hidden = there.clone.path / "partners/aurora-digital.yml"
    other = hidden.read_text("utf-8").replace("Aurora Digital", "Hidden")
    (hidden.parent / "other.yml").write_text(f"{other}hidden: true\n", "utf-8")
    ran = there.propose()
    assert ran.returncode == 0, ran.stderr
    [pull] = there.rest.pulls
    assert "| Aurora Digital, Bolt \\| @\u200badmin | Germany |" in pull["body"]
    assert "Example GmbH" not in pull["body"]
    assert "Hidden" not in pull["body"]


def test_what_people_add_to_the_branch_stays(there: ProgramRepository) -> None:
    there.commit(OLD)
    there.propose()
    there.clone.git("fetch", "--quiet", "origin")
    other = there.world.clone("maintainer")
    other.git("checkout", "--quiet", BRANCH)
    other.git("commit", "--quiet", "--allow-empty", "--message", "And for partners from April")
    other.git("push", "--quiet", "origin", BRANCH)
    there.rest.pulls[0]["body"] = "An older text."
    assert there.propose().returncode == 0
    assert there.world.origin.log(BRANCH)[-1] == "And for partners from April"
    tip = there.world.origin.git("rev-parse", BRANCH)
    assert tip not in there.rest.statuses, "nobody has looked what they add"
    assert "Once this pull request is merged" in there.rest.pulls[0]["body"]


@pytest.mark.parametrize("deleted", [False, True])
def test_a_closed_one_is_not_opened_again(there: ProgramRepository, deleted: bool) -> None:
    there.commit(OLD)
    there.propose()
    there.rest.pulls[0]["state"] = "closed"
    if deleted:
        there.world.origin.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    before = there.state()
    ran = there.propose()
    assert (ran.returncode, "closed or merged already" in ran.stdout) == (0, True), ran.stderr
    assert there.state() == before


def test_a_run_that_was_cut_off_is_completed(there: ProgramRepository) -> None:
    there.commit(OLD)
    there.github.fail(status(403), on=f"POST /repos/{REPOSITORY}/pulls")
    ran = there.propose()
    assert ran.returncode == 1
    assert "`pull-requests: write`" in ran.stderr
    tip = there.world.origin.git("rev-parse", BRANCH)
    assert there.propose().returncode == 0
    assert len(there.rest.pulls) == 1
    assert there.world.origin.git("rev-parse", BRANCH) == tip
    assert [one["state"] for one in there.rest.statuses[tip]] == ["success"], "a rule may wait"


def test_nothing_is_new(there: ProgramRepository) -> None:
    there.commit(POLICY)
    before = there.state()
    ran = there.propose()
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "The table of prices comes with the action: nothing to propose for it.",
        "The program asks by the newest edition at hand, 2026-01.",
    ]
    assert there.state() == before


def test_the_table_first_and_the_program_after_its_merge(there: ProgramRepository) -> None:
    there.commit(POLICY, own=True)
    there.publisher.publish("2027-01-01")
    ran = there.propose()
    assert ran.returncode == 0, ran.stderr
    [pull] = there.rest.pulls
    assert (pull["head"]["ref"], pull["title"]) == (
        "price-table-2027-01",
        "Big Mac prices of 2027-01",
    )
    assert changed(there.clone, "price-table-2027-01") == [
        "+2027-01-01,EUZ,EUR,6.50,0.86",
        "+2027-01-01,IND,INR,250,90.3",
        "+2027-01-01,USA,USD,6.30,1",
    ]
    assert there.clone.state() == ([], [])

    there.clone.git("merge", "--quiet", "--ff-only", "origin/price-table-2027-01")
    there.clone.git("push", "--quiet", "origin", "main")
    pull["state"] = "closed"
    assert there.propose().returncode == 0
    assert [one["head"]["ref"] for one in there.rest.pulls if one["state"] == "open"] == [
        "price-edition-2027-01"
    ]
    assert len(changed(there.clone, "price-edition-2027-01")) == 2


def test_a_newer_edition_takes_the_place_of_what_is_open(there: ProgramRepository) -> None:
    """Of ours alone, and once it is proposed itself; what people added to the branch stays."""
    there.commit(OLD, own=True)
    assert there.propose().returncode == 0
    older = there.rest.pulls[0]
    strangers = ("price-edition-2025-07", "example-maintainer"), ("price-edition-what-if", BOT)
    for branch, login in strangers:
        there.github.rest.add_pull(REPOSITORY, branch, "main", login, body=older["body"])
    there.publisher.publish("2027-01-01")
    there.propose()
    assert older["state"] == "open", "its prices are the newest until the table is merged"

    there.clone.git("fetch", "--quiet", "origin")
    there.clone.git("merge", "--quiet", "--ff-only", "origin/price-table-2027-01")
    there.clone.git("push", "--quiet", "origin", "main")
    next(one for one in there.rest.pulls if "table" in one["head"]["ref"])["state"] = "closed"
    there.github.fail(status(502), on=f"PATCH /repos/{REPOSITORY}/pulls/{older['number']}", times=9)
    assert there.propose().returncode == 1
    there.github.recover()
    for _ in range(2):
        assert there.propose().returncode == 0
    *_, newer = there.rest.pulls
    assert (newer["head"]["ref"], newer["state"]) == ("price-edition-2027-01", "open")
    assert older["state"] == "closed"
    assert f"Closed: #{newer['number']} proposes a newer edition." in older["body"]
    assert older["body"].count("Closed:") == 1
    still = [one["head"]["ref"] for one in there.rest.pulls if one["state"] == "open"]
    assert still == [*(branch for branch, _ in strangers), "price-edition-2027-01"]
    older["state"] = "open"
    there.propose()
    assert older["state"] == "open", "a person's word stays"
    assert f"refs/heads/{BRANCH}" in there.world.origin.git("for-each-ref")


def test_a_publisher_that_is_silent_stops_no_other_proposal(there: ProgramRepository) -> None:
    there.commit(OLD, own=True)
    there.publisher.fail(status(500), times=9)
    ran = there.propose()
    assert ran.returncode == 1
    assert "The Big Mac index refused the question (HTTP 500" in ran.stderr
    assert [one["head"]["ref"] for one in there.rest.pulls] == [BRANCH]


def test_a_dry_run_proposes_nothing(there: ProgramRepository) -> None:
    there.commit(OLD)
    before = there.state()
    ran = there.propose("--dry-run")
    assert f"would be proposed from the branch {BRANCH}.\nwrite program.yml" in ran.stdout
    assert "\n| <!--" in ran.stdout
    assert there.state() == before


@pytest.mark.parametrize("name", COMBINATIONS)
def test_rules_of_branches_are_kept_or_named(there: ProgramRepository, name: str) -> None:
    there.commit(OLD)
    outcome = in_force(there.rest, name)
    ran = there.propose()
    assert (ran.returncode, "Traceback" in ran.stderr) == (outcome == "told", False), ran.stderr
    if outcome == "told":
        for words in LEAVE_OUT:
            assert words in ran.stderr
    assert [one["head"]["ref"] for one in there.rest.pulls] == [
        BRANCH for _ in "1" if outcome != "told"
    ]


@pytest.mark.parametrize("on", ["git/refs", "createCommitOnBranch", "/pulls", "/statuses"])
def test_a_run_that_is_refused_anywhere_is_completed(there: ProgramRepository, on: str) -> None:
    there.commit(OLD)
    there.github.fail(status(403, "Resource not accessible by integration"), on=on)
    ran = there.propose()
    assert ran.returncode == 1
    assert "The workflow needs the permission `" in ran.stderr
    assert there.propose().returncode == 0
    assert there.world.origin.log(BRANCH)[-1].startswith("Required amounts by edition 2026-01")
    assert len(there.world.origin.log(BRANCH)) == 3
    assert len(there.rest.pulls) == 1


def test_a_remote_that_takes_no_branch(there: ProgramRepository) -> None:
    there.commit(OLD)
    rule(there.rest, "creation", "price-*")
    ran = there.propose()
    assert ran.returncode == 1
    assert f"The branch {BRANCH} is protected: a rule asks something" in ran.stderr
    assert "leave the names `rankings*`, `admit-*`," in ran.stderr
    assert "hidden" not in ran.stderr
    assert there.rest.pulls == []
