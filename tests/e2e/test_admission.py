"""`partners admit`, whole: a merged application in a real repository becomes a partner, once."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from community_partners.hidden_line import Memory
from community_partners.model.application import Confirmation, ConfirmedBy, ConfirmedSeat
from community_partners.model.commit_status import RECHECKED
from community_partners.model.verdict import Decision
from fakes.github import FakeGitHub
from fakes.github_rules import COMBINATIONS, LEAVE_OUT, in_force, rule, unruled
from fakes.server import Response, status
from fakes.websites import World as Web
from fakes.websites import image
from git_world import Repository, World
from images import png
from processes import Ended, Processes
from program_folder import POLICY, REPOSITORY

PATH, RECORD = "applications/acme.yml", "partners/acme.yml"
ACME = """\
# As the form says it.
slug: acme
name: Acme GmbH
website: https://acme.example
country: Germany
description: Acme hosts the project for schools.
services:
- Hosting
contact: https://acme.example/contact
sponsorship:
  platform: open-collective
  account: acme
team:
- name: Ada Example
  github: Example-User-1
  since: '2025-01-15'
- name: Bela Example
  github: example-user-2
  since: '2026-01-01'
consent: true
"""
ADDRESS = "https://acme.example/logo"
WITH_LOGO = ACME.replace("sponsorship:", f"logo: {ADDRESS}\nsponsorship:")
ADMITTED = """\
slug: acme
name: Acme GmbH
website: https://acme.example
country: Germany
description: Acme hosts the project for schools.
services:
- Hosting
contact: https://acme.example/contact
sponsorship:
  platform: open-collective
  account: acme
team:
- name: Ada Example
  github: Example-User-1
  id: 4711
  since: '2025-01-15'
- name: Bela Example
  github: example-user-2
  id: 4712
  since: '2026-01-01'
consent: true
accepted: '2026-11-24'
terms:
  edition: 2026-01
  amount: EUR 99
  base: USD 115
issue: 7
work:
  2026-08: 0
  2026-09: 0
  2026-10: 0
"""
REQUIRED, ADVISED = "contribution:\n", "contribution:\n  confirmation: advised\n"
VERDICT = f"https://github.com/{REPOSITORY}/issues/7#issuecomment-1"


class Admission:
    """A repository of the program; issue 7 applies, and its pull request waits to be merged."""

    def __init__(self, folder: Path, github: FakeGitHub, processes: Processes) -> None:
        files = {
            "program.yml": POLICY.replace(REQUIRED, ADVISED),
            "applications/example.yml": ACME.replace("slug: acme", "slug: example"),
            "applications/legacy.yml": ACME.replace("slug: acme", "slug: legacy"),
        }
        self.world, self.github = World(folder, os.environ["PATH"], files), github
        self._processes = processes
        self.env: dict[str, str] = {}
        self.rest = github.rest.repository(REPOSITORY)
        self.rest.origin = self.world.origin.path
        self.person = self.world.person
        self.before = self.person.git("rev-parse", "HEAD")
        github.rest.add_issue(REPOSITORY, 7, "example-applicant", labels=["application"])
        github.places("project")
        github.person("Example-User-1", databaseId=4711)
        github.person("example-user-2", databaseId=4712)

    def shows(self, web: Web, answer: Response) -> None:
        """The website has this at the logo's address, and the command can ask it."""
        web.site.pages["acme.example/logo"] = answer
        self.env = {"FAKE_WEBSITE": web.for_process(self.world.folder)}

    @property
    def origin(self) -> Repository:
        return self.world.origin

    def put(self, path: str, text: str) -> None:
        file = self.person.path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def push(self, subject: str) -> str:
        self.person.git("add", "--all")
        self.person.git("commit", "--quiet", "--message", subject)
        self.person.git("pull", "--quiet", "--rebase", "origin", "main")
        self.person.git("push", "--quiet", "origin", "main")
        return self.person.git("rev-parse", "HEAD")

    def propose(
        self, text: str = ACME, path: str = PATH, issue: int = 7, judged: str | None = "success"
    ) -> dict[str, Any]:
        """Our pull request, as a review leaves it. `judged`: its commit's status."""
        branch = f"application-{Path(path).stem}"
        git = self.rest.git
        git.git("update-ref", f"refs/heads/{branch}", "refs/heads/main")
        head = git.commit(branch, path, text.encode(), "Application")
        memory = Memory(
            kind="application", issue=issue, decision=Decision.ELIGIBLE, file="sha256:0"
        )
        body = f"{memory}Proposes."
        bot = "github-actions[bot]"
        pull = self.github.rest.add_pull(REPOSITORY, branch, "main", bot, body=body)
        pull["head"]["sha"] = head
        if judged:
            self.judge(head, judged)
        return pull

    def judge(self, head: str, state: str, **fields: str) -> None:
        told = {"context": "partners/verdict", "state": state, "target_url": VERDICT}
        self.rest.statuses[head] = [{**told, **fields}]

    def merge(self, pull: dict[str, Any], how: str = "merge") -> None:
        """A person does, on GitHub."""
        self.person.git("fetch", "--quiet", "origin")
        self.person.git("reset", "--quiet", "--hard", "origin/main")
        head = pull["head"]["sha"]
        if how == "merge":
            self.person.git("merge", "--quiet", "--no-ff", "-m", "Merge", head)
        else:
            self.person.git("merge", "--quiet", "--squash", head)
            self.person.git("commit", "--quiet", "-m", "Squashed")
        self.person.git("push", "--quiet", "origin", "HEAD:main")
        merged = self.person.git("rev-parse", "HEAD")
        pull.update(state="closed", merged=True, merge_commit_sha=merged)

    def run(
        self, *arguments: str, before: str | None = None, kill_at: int = 0, fresh: bool = True
    ) -> Ended:
        """In a new clone of the default branch, as a workflow has it."""
        number = len(list(self.world.folder.glob("run-*")))
        name = f"run-{number}" if fresh else f"run-{number - 1}"
        clone = self.world.clone(name) if fresh else self.world.folder / name
        path = clone if isinstance(clone, Path) else clone.path
        event = self.world.folder / "event.json"
        after = self.origin.git("rev-parse", "main")
        told = {
            "ref": "refs/heads/main",
            "before": before or self.before,
            "after": after,
            "repository": {"full_name": REPOSITORY, "default_branch": "main"},
        }
        event.write_text(json.dumps(told))
        return self._processes.run(
            "admit",
            "--today",
            "2026-11-24",
            *arguments,
            folder=path,
            environ={
                **self.world.environ,
                "GITHUB_TOKEN": "ghs_0123456789",
                "GITHUB_API_URL": self.github.url,
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_EVENT_NAME": "push",
                "GITHUB_EVENT_PATH": str(event),
                "GITHUB_STEP_SUMMARY": str(self.world.folder / "summary.md"),
                "PARTNERS_TIMEOUT": "5",
                **self.env,
            },
            kill_at=kill_at,
        )

    def said(self, number: int = 7) -> list[str]:
        return [one["body"] for one in self.rest.comments.get(number, [])]

    def state(self) -> tuple[dict[str, str], list[str], list[str], str]:
        """Files and log of the origin, what was said, whether the issue is open.

        The log has no order: commits of two branches in one second have none.
        """
        files = self.origin.files("main")
        return files, sorted(self.origin.log("main")), self.said(), self.rest.issues[7]["state"]


@pytest.fixture
def admission(tmp_path: Path, fake_github: FakeGitHub, processes: Processes) -> Admission:
    return Admission(tmp_path, fake_github, processes)


@pytest.mark.parametrize("how", ["merge", "squash"])
def test_a_merge_makes_a_partner(admission: Admission, how: str) -> None:
    admission.merge(admission.propose(), how)
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    assert admission.origin.files("main")[RECORD] + "\n" == ADMITTED
    changed = admission.origin.git("show", "--format=%an%n%B", "--name-only", "main").splitlines()
    assert changed[:2] == ["github-actions[bot]", "Admit acme"]
    assert "acme: EUR 99 a month (edition 2026-01), by application #7." in changed
    assert changed[-1] == RECORD
    [said] = admission.said()
    memory = Memory(kind="welcome acme 2026-11-24")
    assert said.startswith(f"{memory}### Welcome, Acme GmbH!")
    assert f"https://github.com/{REPOSITORY}/blob/main/{RECORD}" in said
    for link in ("blob/main/directory/acme.md", "raw/main/directory/acme.svg"):
        assert f"(https://github.com/{REPOSITORY}/{link})" in said
        assert link.split("/", 2)[2] in admission.origin.files("main")
    issue = admission.rest.issues[7]
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")


SITE = "https://partners.project.example/"
OTHER_PAGE = "directory/other.md"


def with_site(admission: Admission, *, directory: bool) -> None:
    """The program names the address of a site, which no test of this file can see."""
    policy = POLICY.replace(REQUIRED, ADVISED) + f"site: {{url: {SITE}}}\n"
    admission.put("program.yml", policy)
    if directory:
        admission.put(OTHER_PAGE, "# Other\n\nThis one: [record](../partners/other.yml).\n")
    admission.before = admission.push("A site")


def test_a_program_with_a_site_writes_no_page(admission: Admission) -> None:
    with_site(admission, directory=False)
    admission.merge(admission.propose())
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    changed = admission.origin.git("show", "--format=", "--name-only", "main").splitlines()
    assert changed == [RECORD]
    [said] = admission.said()
    assert f"[partners.project.example/partner/acme/]({SITE}partner/acme/)" in said
    assert f"({SITE}badge/acme.svg)" in said
    assert "directory/" not in said


def test_while_the_site_is_silent_an_admission_writes_its_page(admission: Admission) -> None:
    with_site(admission, directory=True)
    admission.merge(admission.propose())
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    files = admission.origin.files("main")
    assert {"directory/acme.md", "directory/acme.svg", OTHER_PAGE, RECORD} <= {*files}
    [said] = admission.said()
    assert "blob/main/directory/acme.md" in said


def test_a_territory_is_admitted_on_the_terms_of_its_state(admission: Admission) -> None:
    admission.merge(admission.propose(ACME.replace("Germany", "Réunion")))
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    expected = ADMITTED.replace("Germany", "Réunion")
    assert admission.origin.files("main")[RECORD] + "\n" == expected


def test_who_is_admitted_anew_is_welcomed_anew(admission: Admission) -> None:
    """As docs/undo.md undoes an admission: both files go, the same issue is opened again."""
    admission.merge(admission.propose())
    admission.run()
    admission.person.git("pull", "--quiet", "--rebase", "origin", "main")
    for path in (PATH, RECORD):
        (admission.person.path / path).unlink()
    undone = admission.push("Undone")
    admission.rest.issues[7]["state"] = "open"
    pull = admission.propose(ACME.replace("country: Germany", "country: France"))
    admission.judge(pull["head"]["sha"], "success", created_at="2026-12-01T08:00:00Z")
    admission.merge(pull)
    for _ in range(2):
        ran = admission.run("--today", "2026-12-01", before=undone)
        assert ran.returncode == 0, ran.stderr
    first, again = admission.said()
    assert ("24 November 2026" in first, "1 December 2026" in again) == (True, True)


def test_a_name_gives_github_no_order(admission: Admission) -> None:
    """`Closes #1` in a commit's message would close the issue, `[skip ci]` skip a workflow."""
    hostile = "Acme [skip ci], closes #1"
    admission.merge(admission.propose(ACME.replace("Acme GmbH", f"'{hostile}'")))
    assert admission.run().returncode == 0
    assert f"name: '{hostile}'" in admission.origin.files("main")[RECORD]
    message = admission.origin.git("show", "--no-patch", "--format=%B", "main")
    assert "closes" not in message
    assert "[skip" not in message


def test_again_changes_nothing(admission: Admission) -> None:
    admission.merge(admission.propose())
    admission.run()
    before, asked = admission.state(), len(admission.github.requests)
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    assert admission.state() == before
    again = admission.github.requests[asked:]
    assert [one.path for one in again if one.method != "GET" and one.path != "/graphql"] == []


def test_the_example_and_what_was_there_before_are_nobody(admission: Admission) -> None:
    admission.put("applications/example.yml", ACME.replace("slug: acme", "slug: example\n# new"))
    admission.put("README.md", "More\n")
    admission.push("Words")
    ran = admission.run()
    assert (ran.returncode, ran.stdout) == (0, "| Nothing to do. No application was added.\n")
    assert not [name for name in admission.origin.files("main") if name.startswith("partners/")]
    assert admission.github.requests == []


@pytest.mark.parametrize("whose", ["a person's", "a fork's"])
def test_a_pull_request_that_is_not_ours_is_answered_there(
    admission: Admission, whose: str
) -> None:
    pull = admission.propose()
    admission.github.rest.add_issue(REPOSITORY, pull["number"], "example-applicant")
    if whose == "a person's":
        pull.update(user={"login": "example-applicant", "type": "User"})
    else:
        pull["head"]["repo"] = {"full_name": "example-applicant/partners"}
    admission.merge(pull)
    ran = admission.run()
    assert ran.returncode == 0, ran.stderr
    record = admission.origin.files("main")[RECORD]
    assert record.count(f"\nissue: {pull['number']}\n") == 1, (
        "whatever a stranger's first line says"
    )
    assert "### Welcome, Acme GmbH!" in admission.said(pull["number"])[0]
    assert (admission.said(), admission.rest.issues[7]["state"]) == ([], "open")


RACES = {
    "pushed after the verdict": ("was changed after the verdict", True),
    "told to be no application": ("was changed after the verdict", True),
    "with another verdict": ("was merged against its verdict", True),
    "changed on the way": ("is not what was judged", True),
    "without a pull request": ("came without a pull request", False),
}


@pytest.mark.parametrize("why", RACES)
def test_what_was_not_judged_is_not_admitted_but_by_name(admission: Admission, why: str) -> None:
    sentence, told = RACES[why]
    if why == "without a pull request":
        admission.put(PATH, ACME)
        admission.push("By hand")
    else:
        states = {"pushed after the verdict": None, "with another verdict": "failure"}
        pull = admission.propose(judged=states.get(why, "success"))
        if why == "told to be no application":
            admission.rest.statuses[pull["head"]["sha"]][0]["target_url"] = None
        admission.merge(pull)
    if why == "changed on the way":
        text = ACME.replace("account: acme", "account: rich")
        admission.put(PATH, text)
        pull["merge_commit_sha"] = admission.push("Another account")
    ran = admission.run()
    assert ran.returncode == 1
    assert sentence in ran.stderr
    assert RECORD not in admission.origin.files("main")
    assert [sentence in one for one in admission.said()] == [True] * told
    assert admission.run().returncode == 1
    assert len(admission.said()) == told, "said once"

    ran = admission.run(PATH)
    assert ran.returncode == 0, ran.stderr
    assert RECORD in admission.origin.files("main")


@pytest.mark.parametrize(
    "old", [{"created_at": "2026-10-31T23:59:59Z"}, {"description": RECHECKED}], ids=str
)
def test_what_was_merged_on_an_old_verdict_is_judged_again_first(
    admission: Admission, old: dict[str, str]
) -> None:
    pull = admission.propose()
    admission.judge(pull["head"]["sha"], "success", **old)
    admission.merge(pull)
    ran = admission.run()
    assert ran.returncode == 1
    assert f"{PATH} was merged on an old verdict: a month has closed since." in ran.stderr
    assert RECORD not in admission.origin.files("main")
    assert "is judged again before it is admitted" in admission.said()[-1]
    admission.judge(pull["head"]["sha"], "success", created_at="2026-11-01T00:00:00Z")
    assert admission.run().returncode == 0
    assert RECORD in admission.origin.files("main")


def test_where_a_person_had_to_look_the_merge_says_that_one_has(admission: Admission) -> None:
    admission.merge(admission.propose(judged="pending"))
    assert admission.run().returncode == 0
    assert RECORD in admission.origin.files("main")


def other(**changes: str) -> str:
    """A partner's record that is Acme's but for these."""
    text = (
        ADMITTED.replace("acme", "other").replace("Acme", "Other").replace("issue: 7", "issue: 9")
    )
    text = text.replace("4711", "5711").replace("4712", "5712")
    text = text.replace("xample-User-1", "xample-o-1").replace("xample-user-2", "xample-o-2")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("text", "partner", "sentence"),
    [
        (ACME.replace("Germany", "Atlantis"), None, "'Atlantis' is not a country known to us."),
        (ACME.replace("Example-User-1", "nobody"), None, "GitHub has no account named nobody."),
        (ACME.replace("Germany", "Cambodia"), None, "has no price for Cambodia"),
        (ACME, other(**{"https://other.example": "https://acme.example"}), "is a partner already"),
        (ACME, other(**{"account: other": "account: ACME"}), "is a partner already"),
        (ACME, other(**{"5711": "4711"}), "Example-User-1 is in the team of Other GmbH too"),
        (ACME, "acme", "partners/acme.yml is there already"),
    ],
)
def test_a_refusal_says_why_and_stops_nobody_else(
    admission: Admission, text: str, partner: str | None, sentence: str
) -> None:
    if partner:
        known = ADMITTED.replace("issue: 7", "issue: 3") if partner == "acme" else partner
        admission.put("partners/acme.yml" if partner == "acme" else "partners/other.yml", known)
        admission.push("A partner")
    bolt = BOLT.replace("ser-1", "ser-3").replace("example-user-2", "example-user-4")
    for login in ("Example-User-3", "example-user-4"):
        admission.github.person(login)
    admission.github.rest.add_issue(REPOSITORY, 8, "example-applicant")
    admission.merge(admission.propose(text))
    admission.merge(admission.propose(bolt, "applications/bolt.yml", 8))
    ran = admission.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
    assert sentence in ran.stderr
    [told] = admission.said()
    assert told.splitlines()[1].startswith("### Not admitted yet: ")
    assert admission.rest.issues[7]["state"] == "open"
    assert "partners/bolt.yml" in admission.origin.files("main")
    assert admission.rest.issues[8]["state"] == "closed"


BOLT = ACME.replace("acme", "bolt").replace("Acme", "Bolt")


def test_what_one_pull_request_brought_is_answered_there_once(admission: Admission) -> None:
    """Such as a formatter's, over all files; it may be that nobody can answer there."""
    pull = admission.propose(judged="failure")
    pull.update(user={"login": "example-maintainer", "type": "User"})
    head = admission.rest.git.commit("application-acme", "applications/bolt.yml", BOLT.encode(), "")
    pull["head"]["sha"] = head
    admission.judge(head, "failure")
    admission.merge(pull, "squash")
    admission.github.fail(status(403), on=f"POST /repos/{REPOSITORY}/issues/{pull['number']}")
    ran = admission.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "(HTTP 403)" in ran.stderr
    for _ in range(2):
        ran = admission.run()
        assert ran.stderr.count("was merged against its verdict") == 2
    [said] = admission.said(pull["number"])
    assert "### Not admitted yet: Acme GmbH" in said
    assert "### Not admitted yet: Bolt GmbH" in said
    assert not [name for name in admission.origin.files("main") if name.startswith("partners/")]


def test_a_protected_branch_gets_a_pull_request_and_the_welcome_comes_after_its_merge(
    admission: Admission,
) -> None:
    admission.merge(admission.propose())
    merged = admission.origin.git("rev-parse", "main")
    rule(admission.rest, "pull request")
    for _ in range(2):
        ran = admission.run()
        assert ran.returncode == 0, ran.stderr
        [pull] = [one for one in admission.rest.pulls if one["state"] == "open"]
        assert (pull["head"]["ref"], pull["title"]) == ("admit-acme", "Admit acme")
        assert (admission.said(), admission.rest.issues[7]["state"]) == ([], "open")

    unruled(admission.rest)
    pull["head"]["sha"] = admission.origin.git("rev-parse", "admit-acme")
    admission.merge(pull)
    ran = admission.run(before=merged)
    assert ran.returncode == 0, ran.stderr
    assert "### Welcome, Acme GmbH!" in admission.said()[0]
    assert admission.rest.issues[7]["state"] == "closed"


@pytest.mark.parametrize("name", COMBINATIONS)
def test_rules_of_branches_are_kept_or_named(admission: Admission, name: str) -> None:
    admission.merge(admission.propose())
    outcome = in_force(admission.rest, name)
    ran = admission.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (outcome == "told", False), ran.stderr
    branch = {"committed": "main", "proposed": "admit-acme"}.get(outcome, "")
    if branch:
        assert RECORD in admission.origin.files(branch)
    else:
        for words in LEAVE_OUT:
            assert words in ran.stderr
    assert (RECORD in admission.origin.files("main")) == (outcome == "committed")
    opened = [one["head"]["ref"] for one in admission.rest.pulls if one["state"] == "open"]
    assert opened == ["admit-acme" for _ in "1" if outcome == "proposed"]
    assert bool(admission.said()) == (outcome == "committed")


def test_what_comes_meanwhile_is_looked_at_before_the_record_is_committed(
    admission: Admission,
) -> None:
    """Another partner with the same website is in the way, whoever was faster."""

    def faster(honest: Callable[[], Response]) -> Response:
        admission.person.git("pull", "--quiet", "--rebase", "origin", "main")
        rival = other(**{"https://other.example": "https://acme.example"})
        admission.put("partners/other.yml", rival)
        admission.push("A partner")
        return honest()

    admission.merge(admission.propose())
    admission.github.fail(faster, on="createCommitOnBranch")
    ran = admission.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "is a partner already" in ran.stderr
    assert RECORD not in admission.origin.files("main")
    [said] = admission.said()
    assert "### Not admitted yet: Acme GmbH" in said


def test_github_is_silent(admission: Admission) -> None:
    admission.merge(admission.propose())
    admission.github.fail(status(502), on="/graphql", times=99)
    ran = admission.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "Nobody was admitted; run it again." in ran.stderr
    assert RECORD not in admission.origin.files("main")


@pytest.mark.parametrize("named", [(), (PATH,)], ids=["push", "named"])
def test_github_does_not_tell_of_the_merge(admission: Admission, named: tuple[str, ...]) -> None:
    """Then nobody knows which issue to answer, by whose word ever."""
    admission.merge(admission.propose())
    admission.github.fail(status(502), on="associatedPullRequests", times=99)
    ran = admission.run(*named)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert RECORD not in admission.origin.files("main")


def test_a_dry_run_writes_nothing(admission: Admission) -> None:
    admission.merge(admission.propose())
    before = admission.state()
    ran = admission.run("--dry-run")
    assert f"write {RECORD}:\n| slug: acme" in ran.stdout
    assert "commit, or propose from the branch admit-acme:\n| Admit acme\n" in ran.stdout
    assert "tell Acme GmbH in #7, once:\n| ### Welcome, Acme GmbH!" in ran.stdout
    assert "\nclose issue #7\n" in ran.stdout
    assert admission.state() == before


@pytest.mark.parametrize("protected", [False, True])
def test_killed_at_any_write_the_next_run_does_the_rest(
    tmp_path: Path, fake_github: FakeGitHub, processes: Processes, world: Web, protected: bool
) -> None:
    """The logo, which is fetched again if no commit has it yet, has the same bytes."""

    def start(name: str) -> Admission:
        fake_github.rest.repositories.clear()
        admission = Admission(tmp_path / name, fake_github, processes)
        admission.shows(world, image(png()))
        admission.merge(admission.propose(WITH_LOGO))
        if protected:
            rule(admission.rest, "pull request")
        return admission

    def state(admission: Admission) -> object:
        proposed = admission.origin.files("admit-acme") if protected else {}
        branches = ["main", *(["admit-acme"] if protected else [])]
        trees = [admission.origin.git("rev-parse", f"{one}^{{tree}}") for one in branches]
        opened = [one["head"]["ref"] for one in admission.rest.pulls if one["state"] == "open"]
        return admission.state(), proposed, trees, opened

    undisturbed = start("0")
    counted = undisturbed.run()
    expected = state(undisturbed)
    assert "logos/acme.png" in undisturbed.origin.files("admit-acme" if protected else "main")
    writes = int(counted.stderr.splitlines()[-1])
    assert writes > 5, counted.stderr
    for at in range(1, writes + 1):
        admission = start(str(at))
        merged = admission.origin.git("rev-parse", "main")
        killed = admission.run(kill_at=at)
        assert killed.returncode == -9, f"write {at}: {killed.stderr}"
        pushed = admission.origin.git("rev-parse", "main") != merged
        ran = admission.run(fresh=pushed or at % 2 == 0)
        assert ran.returncode == 0, f"after write {at}: {ran.stderr}"
        assert state(admission) == expected, f"killed at write {at}"


def test_the_record_keeps_the_points_of_the_months_that_were_judged(admission: Admission) -> None:
    """Within the limits of a month, and with claims; later months add these up."""
    for merged in ("2026-08-03", "2026-08-04", "2026-10-30", "2026-11-03"):
        admission.github.pull_request(f"{merged}T12:00:00Z", "example-user-2")
    alone: dict[str, Any] = {"mergedBy": admission.github.actor("example-user-2")}
    for number in range(4):
        admission.github.pull_request(f"2026-09-0{number + 1}T12:00:00Z", "example-user-2", **alone)
    admission.merge(admission.propose())
    assert admission.run().returncode == 0
    record = admission.origin.files("main")[RECORD]
    assert record.endswith("work:\n  2026-08: 10\n  2026-09: 10\n  2026-10: 5")


def test_nobody_is_admitted_while_the_work_is_not_told(admission: Admission) -> None:
    admission.merge(admission.propose())
    admission.github.intercept = lambda one: status(502) if "search(" in str(one.body) else None
    ran = admission.run()
    assert ran.returncode == 1
    assert "Nobody was admitted; run it again." in ran.stderr
    assert RECORD not in admission.origin.files("main")


def test_nobody_is_admitted_while_the_settings_are_at_fault(admission: Admission) -> None:
    admission.github.delete("project")
    admission.merge(admission.propose())
    ran = admission.run()
    assert ran.returncode == 1
    assert "GitHub has no account 'project'" in ran.stderr
    assert RECORD not in admission.origin.files("main")


def seats(*numbers: int) -> tuple[ConfirmedSeat, ...]:
    """Each confirmed by a comment on 20 November, and counting from 2 February."""
    how = Confirmation(by=ConfirmedBy.COMMENT, on=date(2026, 11, 20))
    return tuple(ConfirmedSeat(id=one, since=date(2026, 2, 2), how=how) for one in numbers)


@pytest.fixture
def asked(admission: Admission) -> Admission:
    """The members have to confirm."""
    admission.put("program.yml", POLICY)
    admission.before = admission.push("Ask the members")
    return admission


def judged(asked: Admission, *numbers: int, by: str = "github-actions[bot]") -> str:
    """The new record after a verdict with these seats, or what the run says instead."""
    memory = Memory(kind="verdict", decision=Decision.ELIGIBLE, seats=seats(*numbers))
    asked.github.rest.add_comment(REPOSITORY, 7, by, f"{memory}### Eligible")
    asked.merge(asked.propose())
    ran = asked.run()
    return asked.origin.files("main").get(RECORD, ran.stdout + ran.stderr)


def test_the_record_has_who_has_confirmed_how_and_when(asked: Admission) -> None:
    record = judged(asked, 4711)
    assert (
        "  since: '2026-02-02'\n  confirmation:\n    by: comment\n    date: '2026-11-20'" in record
    )
    assert "example-user-2" not in record
    said = asked.rest.comments[7][-1]["body"]
    assert "**Not in the record yet:** example-user-2, who did not confirm" in said


@pytest.mark.parametrize(
    ("numbers", "by"), [((), "github-actions[bot]"), ((4711, 4712), "example-applicant")]
)
def test_without_anybody_who_has_confirmed_there_is_no_record(
    asked: Admission, numbers: tuple[int, ...], by: str
) -> None:
    """Nor by a verdict that somebody else has typed."""
    assert "Nobody in the team has confirmed to be in it." in judged(asked, *numbers, by=by)


def test_a_file_that_a_maintainer_names_is_taken_as_it_stands(asked: Admission) -> None:
    asked.merge(asked.propose())
    assert asked.run(PATH).returncode == 0
    assert "example-user-2" in asked.origin.files("main")[RECORD]
