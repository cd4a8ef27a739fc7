"""Pages and badges move from `directory/` to the site, once the site shows the partners.

The command runs in this process, with real git and a site on loopback.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from community_partners.hidden_line import Memory
from fakes.github import FakeGitHub
from fakes.github_rules import rule, unruled
from fakes.server import Response, status
from fakes.websites import HOSTS, PUBLIC, FakeDns, FakeWebsite, World, certificate
from month_repository import EVIDENCE, GONE, NEW, PAGES_GONE, REPOSITORY, THEIRS, Program
from processes import Processes
from program_folder import ProgramFolder, Ran

HOST = "partners.lantern.example"
SITE, LIST = f"https://{HOST}/", f"{HOST}/v1/partners.json"
JSON = {"Content-Type": "application/json"}
MOVED = str(Memory(kind="pages-moved"))
DIGEST = "Partners in October 2026"


class Moving:
    """The example program, which names the address of its site; `world` has the site."""

    def __init__(self, program: Program, folder: ProgramFolder, world: World) -> None:
        self.program, self.world, self._folder = program, world, folder
        policy = program.clone.path / "program.yml"
        text = policy.read_text("utf-8").replace("\nsite:\n", f"\nsite:\n  url: {SITE}\n")
        policy.write_text(text, "utf-8")
        self.push("The address of the site")

    def push(self, subject: str) -> None:
        clone = self.program.clone
        clone.git("add", "--all")
        clone.git("commit", "--quiet", "--allow-empty", "--message", subject)
        clone.git("push", "--quiet", "origin", "main")
        self.start = clone.git("rev-parse", "HEAD")

    def deploy(self) -> None:
        """The site is published, as `partners site` renders it."""
        target = self._folder.path / "public"
        program = self.program.clone.path / "program.yml"
        assert (
            self._folder.run("site", "--program", str(program), "--output", str(target)).code == 0
        )
        text = (target / "v1/partners.json").read_bytes()
        self.world.site.pages[LIST] = Response(body=text, headers=JSON)

    def month(self, *options: str) -> Ran:
        """`partners month` in the checkout, as a workflow runs it."""
        self._folder.env |= {
            **self.program.world.environ,
            "GITHUB_REPOSITORY": REPOSITORY,
        }
        root = self._folder.path
        try:
            self._folder.path = self.program.clone.path
            return self._folder.run("month", "--today", "2026-11-26", *options)
        finally:
            for name in ("summary.md", "outputs"):
                (self._folder.path / name).unlink(missing_ok=True)
            self._folder.path = root

    def commit(self, *options: str) -> Ran:
        return self.month("--evidence", str(EVIDENCE), "--commit", *options)

    @property
    def changed(self) -> list[str]:
        """What differs on the branch since the last push of a person."""
        return self.program.origin.git("diff", "--name-only", self.start, "main").splitlines()

    @property
    def directory(self) -> list[str]:
        files = self.program.origin.files("main")
        return [path for path in files if path.startswith("directory/")]

    @property
    def asked(self) -> list[str]:
        return self.world.asked()

    def notices(self) -> list[str]:
        """What maintainers are told in the digest's issue."""
        [number] = [
            number for number, one in self.program.rest.issues.items() if one["title"] == DIGEST
        ]
        return [one["body"] for one in self.program.rest.comments.get(number, [])]


@pytest.fixture
def moving(
    tmp_path: Path,
    processes: Processes,
    fake_github: FakeGitHub,
    program_folder: ProgramFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    with FakeWebsite(certificate(HOST, *HOSTS)) as site, FakeDns() as dns:
        dns.records[HOST, "A"] = [PUBLIC]
        world = World(site=site, dns=dns)
        monkeypatch.setattr(
            "community_partners.commands.wiring._web", lambda meter: replace(world.web, meter=meter)
        )
        yield Moving(Program(tmp_path / "git", fake_github, processes), program_folder, world)


def test_a_site_that_answers_takes_the_pages(moving: Moving) -> None:
    moving.deploy()
    ran = moving.commit()
    assert ran.code == 0, ran.err
    assert moving.asked == [LIST], "once"
    assert moving.directory == sorted(THEIRS), "what people wrote stays"
    message = moving.program.origin.git("log", "-1", "--format=%B", "main")
    assert "2026-10: pages and badges are on the site from now on;" in message
    assert "rankings/README.md" not in moving.program.origin.files("main")
    [notice] = moving.notices()
    assert notice.startswith(MOVED)
    for words in (f"`{SITE}badge/SLUG.svg`", f"`{SITE}partner/SLUG/`", "`…/directory/SLUG.svg`"):
        assert words in notice

    before = moving.program.state()
    again = moving.commit()
    assert again.code == 0, again.err
    assert (moving.program.state(), moving.asked) == (before, [LIST]), "it is not asked any more"


def test_once_it_is_gone_it_stays_gone(moving: Moving) -> None:
    moving.deploy()
    assert moving.commit().code == 0
    moving.world.site.pages.clear()
    moving.push("Something else")
    less = moving.program.clone.path.parent / "less.json"
    data = json.loads(EVIDENCE.read_text("utf-8"))
    del data["work"]["2026-10"]["value"]["contributions"][0]
    less.write_text(json.dumps(data), "utf-8")
    ran = moving.month("2026-10", "--evidence", str(less), "--commit")
    assert ran.code == 0, ran.err
    assert "rankings/2026-10.json" in moving.changed
    assert (moving.directory, moving.asked) == (sorted(THEIRS), [LIST])
    assert len(moving.notices()) == 1


def _silent(moving: Moving) -> None:
    moving.world.dns.records.clear()


def _empty(moving: Moving) -> None:
    moving.world.site.pages.clear()


def _another(moving: Moving) -> None:
    moving.world.site.pages[LIST] = Response(body=b"{}", headers=JSON)


@pytest.mark.parametrize("trouble", [_silent, _empty, _another])
def test_while_the_site_does_not_answer_pages_are_written(
    moving: Moving, trouble: Callable[[Moving], None]
) -> None:
    moving.deploy()
    trouble(moving)
    ran = moving.commit()
    assert ran.code == 0, ran.err
    assert len(moving.asked) == (trouble is not _silent)
    assert {"directory/aurora-digital.md", *PAGES_GONE} <= {*moving.changed}
    assert "directory/aurora-digital.md" in moving.directory
    page = moving.program.origin.files("main")["rankings/README.md"]
    assert "[Aurora Digital](../directory/aurora-digital.md)" in page
    assert moving.notices() == []


def test_a_dry_run_asks_and_removes_nothing(moving: Moving) -> None:
    moving.deploy()
    before = moving.program.state()
    ran = moving.commit("--dry-run")
    assert ran.code == 0, ran.err
    assert (moving.program.state(), moving.asked) == (before, [LIST])
    for words in (
        "remove directory/aurora-digital.md\n",
        "tell the maintainers there, once:\n| ### Pages and badges have moved to the site",
    ):
        assert words in ran.out


def test_on_disk_without_a_commit_nobody_is_asked(moving: Moving) -> None:
    moving.deploy()
    page = moving.program.clone.path / "directory/aurora-digital.md"
    before = page.read_text("utf-8")
    assert moving.month("--evidence", str(EVIDENCE)).code == 0
    assert page.read_text("utf-8") != before, "written as ever"
    shutil.rmtree(page.parent)
    assert moving.month("2026-10", "--evidence", str(EVIDENCE)).code == 0
    assert (page.parent.exists(), moving.asked) == (False, [])


def test_the_job_that_publishes_asks_and_the_one_that_judges_does_not(moving: Moving) -> None:
    moving.deploy()
    folder = moving.program.clone.path.parent / "handed-on"
    assert moving.month("--evidence", str(EVIDENCE), "--hand-on", str(folder)).code == 0
    assert moving.asked == []
    ran = moving.month("--handed-on", str(folder), "--commit")
    assert ran.code == 0, ran.err
    assert (moving.asked, moving.directory) == ([LIST], sorted(THEIRS))


def test_a_branch_that_moves_asks_once(moving: Moving) -> None:
    moving.deploy()
    other = moving.program.world.clone("maintainer")
    other.git("pull", "--quiet")
    other.git("commit", "--quiet", "--allow-empty", "--message", "Something else")
    other.git("push", "--quiet", "origin", "main")
    assert moving.commit().code == 0
    assert (moving.asked, moving.directory) == ([LIST], sorted(THEIRS))


def test_what_a_run_could_not_tell_the_next_one_tells(moving: Moving) -> None:
    """The commit is there, and names what it removes."""
    moving.deploy()
    moving.program.github.fail(
        status(502), on="POST /repos/lantern-project/partners/issues ", times=9
    )
    assert moving.commit().code == 1
    assert moving.directory == sorted(THEIRS)
    moving.program.github.recover()
    ran = moving.commit()
    assert ran.code == 0, ran.err
    assert len(moving.notices()) == 1
    assert moving.commit().code == 0
    assert len(moving.notices()) == 1


def test_on_a_protected_branch_the_proposal_has_the_removal(moving: Moving) -> None:
    moving.deploy()
    rule(moving.program.rest, "pull request")
    for _ in range(2):
        assert moving.commit().code == 0
        moving.program.clone.git("reset", "--quiet", "--hard")  # a workflow's checkout is new
    proposed = moving.program.origin.files("rankings")
    assert [path for path in proposed if path.startswith("directory/")] == sorted(THEIRS)
    assert "directory/aurora-digital.md" in moving.directory
    unruled(moving.program.rest)
    moving.program.origin.git("update-ref", "refs/heads/main", "refs/heads/rankings")
    assert moving.commit().code == 0
    assert len(moving.notices()) == 1


@pytest.mark.parametrize("count", [3, 30])
def test_a_month_commits_the_same_files_whatever_the_number_of_partners(
    moving: Moving, count: int
) -> None:
    """The three of the month: its ranking, its contributions, its repositories."""
    shutil.rmtree(moving.program.clone.path / "directory")
    (moving.program.clone.path / "rankings/README.md").unlink()
    evidence = partners(moving, count)
    moving.push(f"{count} partners")
    ran = moving.month("--evidence", str(evidence), "--commit")
    assert ran.code == 0, ran.err
    month = json.loads(moving.program.origin.git("show", "main:rankings/2026-10.json"))
    assert len(month["partners"]) == count
    added = [path for path in moving.changed if path in NEW]
    assert (added, moving.asked) == (NEW[:-1], [])
    assert {*moving.changed} - {*NEW[:-1]} == {GONE[-1]}, "of a run that was cut off before"
    assert moving.program.origin.git("rev-list", "--count", f"{moving.start}..main") == "1"


def partners(moving: Moving, count: int) -> Path:
    """Records of so many partners, and evidence of their payments."""
    folder = moving.program.clone.path / "partners"
    data = json.loads(EVIDENCE.read_text("utf-8"))
    records = sorted(folder.glob("*.yml"))
    for path in records[count:]:
        path.unlink()
    like = yaml.safe_load((folder / "aurora-digital.yml").read_text("utf-8"))
    for number in range(count - len(records)):
        slug = f"partner-{number}"
        record = {
            **{key: value for key, value in like.items() if key != "issue"},
            "slug": slug,
            "name": f"Partner {number}",
            "website": f"https://{slug}.example",
            "contact": f"https://{slug}.example/contact",
            "sponsorship": {"platform": "open-collective", "account": slug},
            "team": [{**like["team"][0], "github": f"example-{slug}", "id": 9000 + number}],
        }
        (folder / f"{slug}.yml").write_text(
            yaml.safe_dump(record, sort_keys=False, default_flow_style=False), "utf-8"
        )
        data["sponsorships"][slug] = data["sponsorships"]["aurora-digital"]
    path = folder.parent.parent / "evidence.json"
    path.write_text(json.dumps(data), "utf-8")
    return path
