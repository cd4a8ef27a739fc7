"""`partners month --commit`: into the repository, to partners and maintainers, and never twice."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github import FakeGitHub
from fakes.github_rules import COMBINATIONS, LEAVE_OUT, in_force, rule, unruled
from fakes.server import Response, status
from git_world import Repository
from month_repository import EVIDENCE, GONE, NEW, PAGES_GONE, REPOSITORY, THEIRS, Program
from processes import Processes

IMPORTED = """    folder: contributions
    imports:
      - file: savannah.csv
        source: Savannah
        approved_by: example-maintainer
        columns: {person: Who, date: Day, kind: What, url: Page, title: Words}
        kinds: {Talk: event}
"""


@pytest.fixture
def program(tmp_path: Path, fake_github: FakeGitHub, processes: Processes) -> Program:
    return Program(tmp_path, fake_github, processes)


def test_a_month_is_committed_and_told(program: Program) -> None:
    ran = program.run()
    assert ran.returncode == 0, ran.stderr
    changed = program.origin.git("diff", "--name-only", program.start, "main").splitlines()
    assert [path for path in changed if path.startswith("rankings/")] == [GONE[-1], *NEW]
    assert {*GONE, "directory/aurora-digital.md", "directory/glacier-studio.svg"} <= {*changed}
    files = program.origin.files("main")
    assert [path for path in (*GONE, *THEIRS) if path in files] == THEIRS
    message = program.origin.git("log", "-1", "--format=%B", "main")
    assert message.startswith("Rankings of October 2026\n")
    assert "fjord-collective: at risk, was active." in message
    assert "aurora-digital (35)" in message

    told = program.told()
    assert sorted(told) == ["#14", "#15", "#16", "Partners in October 2026"]
    [again], [at_risk], [suspended] = told["#14"], told["#15"], told["#16"]
    assert "### Inlet Partners: active again" in again
    assert "### Fjord Collective: at risk since October 2026" in at_risk
    assert "5 points, 10 asked." in at_risk
    assert "with these steps it is January 2027, until 31 January 2027." in at_risk
    assert "you are *suspended* from 1 January 2027" in at_risk
    assert "### Glacier Studio: suspended since October 2026" in suspended
    [digest] = told["Partners in October 2026"]
    for words in ("Fjord Collective: **at risk**, was active", "told in #15", "example-bhanu"):
        assert words in digest


def test_again_changes_nothing(program: Program) -> None:
    program.run()
    before = program.state()
    requests = len(program.github.requests)
    ran = program.run()
    assert ran.returncode == 0, ran.stderr
    assert program.state() == before
    writes = [one for one in program.github.requests[requests:] if one.method != "GET"]
    assert [one.path for one in writes if one.path != "/graphql"] == []


def test_a_branch_that_moved(program: Program) -> None:
    other = program.world.clone("maintainer")
    other.git("pull", "--quiet")
    other.git("commit", "--quiet", "--allow-empty", "--message", "Something else")
    other.git("push", "--quiet", "origin", "main")
    ran = program.run()
    assert ran.returncode == 0, ran.stderr
    assert program.origin.log("main")[-2:] == ["Something else", "Rankings of October 2026"]


def test_a_protected_branch_gets_a_pull_request_and_partners_hear_after_the_merge(
    program: Program,
) -> None:
    rule(program.rest, "pull request")
    ran = program.run()
    assert ran.returncode == 0, ran.stderr
    [pull] = program.github.rest.repository(REPOSITORY).pulls
    assert (pull["head"]["ref"], pull["title"]) == ("rankings", "Rankings of October 2026")
    assert program.origin.log("rankings")[-1] == "Rankings of October 2026"
    proposed = program.origin.git("rev-parse", "rankings")
    [status] = program.github.rest.repository(REPOSITORY).statuses[proposed]
    assert status["state"] == "success", "a rule of the branch may ask for it"
    assert list(program.told()) == ["Partners in October 2026"]
    program.run()
    assert len(program.github.rest.repository(REPOSITORY).pulls) == 1

    unruled(program.rest)
    program.origin.git("update-ref", "refs/heads/main", "refs/heads/rankings")
    assert program.run().returncode == 0
    assert sorted(program.told()) == ["#14", "#15", "#16", "Partners in October 2026"]


@pytest.mark.parametrize("name", COMBINATIONS)
def test_rules_of_branches_are_kept_or_named(program: Program, name: str) -> None:
    outcome = in_force(program.rest, name)
    main = program.origin.git("rev-parse", "main")
    ran = program.run()
    assert (ran.returncode, "Traceback" in ran.stderr) == (outcome == "told", False), ran.stderr
    branch = {"committed": "main", "proposed": "rankings"}.get(outcome, "")
    if branch:
        assert "rankings/2026-10.json" in program.origin.files(branch)
    else:
        for words in LEAVE_OUT:
            assert words in ran.stderr
    assert (program.origin.git("rev-parse", "main") == main) == (outcome != "committed")
    assert [pull["head"]["ref"] for pull in program.rest.pulls] == [
        "rankings" for _ in "1" if outcome == "proposed"
    ]
    partners = [one for one in program.told() if one.startswith("#")]
    assert bool(partners) == (outcome == "committed"), "what is only proposed does not hold yet"


def test_a_partner_whose_record_comes_meanwhile_is_in_the_month(program: Program) -> None:
    """Decided on what was read before, the month would say that nobody has left."""

    def leave(honest: Callable[[], Response]) -> Response:
        other = program.world.clone("maintainer")
        (other.path / "partners/juniper-web.yml").unlink()
        other.git("commit", "--quiet", "--all", "--message", "Juniper has left")
        other.git("push", "--quiet", "origin", "main")
        return honest()

    program.github.fail(leave, on="createCommitOnBranch")
    ran = program.run()
    assert ran.returncode == 0, ran.stderr
    month = json.loads(program.origin.git("show", "main:rankings/2026-10.json"))
    assert "juniper-web" not in [one["slug"] for one in month["partners"]]
    files = program.origin.files("main")
    assert "directory/juniper-web.md" not in files
    assert program.origin.log("main")[-2:] == ["Juniper has left", "Rankings of October 2026"]
    assert program.clone.git("status", "--porcelain") == ""


def test_a_dry_run_shows_all_that_would_be_written(program: Program) -> None:
    before, asked = program.state(), len(program.github.requests)
    ran = program.run("--dry-run")
    assert ran.returncode == 0, ran.stderr
    assert program.state() == before
    assert {one.method for one in program.github.requests[asked:]} == {"GET"}
    lines = ran.stdout.splitlines()
    assert [line for line in lines if line.startswith("remove ")] == [
        f"remove {path}" for path in (*reversed(PAGES_GONE), GONE[-1])
    ]
    written = [line.split(" ")[1].rstrip(",") for line in lines if line.startswith("write ")]
    assert written[0] == "rankings/2026-10.contributions.jsonl"
    assert written[-1] == "rankings/2026-10.json"
    assert "directory/aurora-digital.md" in written
    for words in (
        "commit, or propose from the branch rankings:\n| Rankings of October 2026\n",
        "tell fjord-collective in #15, once:\n| ### Fjord Collective: at risk since October 2026",
        "keep the issue `Partners in October 2026`:\n| Ranked: ",
        "told in #15",
    ):
        assert words in ran.stdout
    outputs = program.outputs.read_text().splitlines()
    assert {"rankings/2026-10.json", "true"} < set(outputs), "a later step reads them as ever"

    assert program.run().returncode == 0
    changed = program.origin.git("diff", "--name-only", program.start, "main").splitlines()
    assert sorted(changed) == sorted([*written, *GONE]), "nothing else is committed"


def test_an_issue_that_is_gone_stops_nobody_else(program: Program) -> None:
    rest = program.github.rest.repository(REPOSITORY)
    del rest.issues[15]
    ran = program.run()
    assert ran.returncode == 1
    assert "#15" in ran.stderr
    assert "#16" in program.told()
    assert "Partners in October 2026" in program.told()


def test_killed_at_any_write_the_next_run_does_the_rest(
    tmp_path: Path, fake_github: FakeGitHub, processes: Processes
) -> None:
    undisturbed = Program(tmp_path / "0", fake_github, processes)
    counted = undisturbed.run()
    writes = int(counted.stderr.splitlines()[-1])
    expected = undisturbed.state()
    assert writes > 8, counted.stderr
    for at in range(1, writes + 1):
        fake_github.rest.repositories.clear()
        program = Program(tmp_path / str(at), fake_github, processes)
        killed = program.run(kill_at=at)
        assert killed.returncode == -9, f"write {at}: {killed.stderr}"
        ran = program.run()
        assert ran.returncode == 0, f"after write {at}: {ran.stderr}"
        assert program.state() == expected, f"killed at write {at}"


def large_evidence(path: Path, pulls: str) -> Path:
    """Write the example's evidence with 13,000 pull requests more: two files of contributions."""
    data = json.loads(EVIDENCE.read_text("utf-8"))
    acts = data["work"]["2026-10"]["value"]["contributions"]
    acts += [{**acts[0], "url": f"{pulls}/{number}"} for number in range(10_000, 23_000)]
    path.write_text(json.dumps(data), "utf-8")
    return path


def whole_month(origin: Repository) -> None:
    """The ranking on the branch names the files that are there, by their digests."""
    month = json.loads(origin.git("show", "main:rankings/2026-10.json"))
    for one in month["contributions"]:
        text = origin.git("show", f"main:rankings/{one['name']}")
        assert hashlib.sha256(f"{text}\n".encode()).hexdigest() == one["sha256"], one["name"]


def test_a_large_correction_that_is_cut_off_between_its_commits(
    tmp_path: Path, fake_github: FakeGitHub, processes: Processes
) -> None:
    """The month stands as it was until the last commit, and the next run does the rest."""
    there = "https://github.com/lantern-project/lantern"
    first = large_evidence(tmp_path / "first.json", f"{there}/pull")
    other = large_evidence(tmp_path / "other.json", f"{there}/issues")
    results, commits, at = [], 1, 0
    while at < commits:
        fake_github.rest.repositories.clear()
        program = Program(tmp_path / str(at), fake_github, processes)
        assert program.run(evidence=first).returncode == 0
        before = len(program.origin.log("main"))
        if at:
            fake_github.fail(status(403, "Not now."), on="createCommitOnBranch", after=at, times=99)
            ran = program.run("2026-10", evidence=other)
            assert ran.returncode == 1, ran.stderr
            assert len(program.origin.log("main")) == before + at
            whole_month(program.origin)
            fake_github.recover()
        ran = program.run("2026-10", evidence=other)
        assert ran.returncode == 0, ran.stderr
        whole_month(program.origin)
        results.append((program.origin.files("main"), program.told()))
        if not at:
            commits = len(program.origin.log("main")) - before
            assert commits > 1
        at += 1
    assert all(one == results[0] for one in results)


@pytest.mark.parametrize(
    ("decision", "day", "reminds"),
    [
        (Decision.ELIGIBLE, "2026-11-12", True),
        (Decision.ELIGIBLE, "2026-11-13", False),
        (Decision.NEEDS_REVIEW, "2026-11-12", True),
        (Decision.NOT_YET, "2026-01-12", False),
    ],
)
def test_maintainers_are_reminded_of_what_waits_for_them(
    program: Program, decision: Decision, day: str, reminds: bool
) -> None:
    """By the verdict, and not by the day on which the issue was opened."""
    rest, labels = program.github.rest, ["application", decision.label]
    opened = {"title": "Application of Acme", "created_at": "2026-01-02T09:00:00Z"}
    rest.add_issue(REPOSITORY, 40, "example-applicant", labels=labels, **opened)
    rest.now = f"{day}T09:00:00Z"
    verdict = f"{Memory(kind='verdict', decision=decision)}### The verdict"
    rest.add_comment(REPOSITORY, 40, "github-actions[bot]", verdict)
    assert program.run().returncode == 0
    [digest] = program.told()["Partners in October 2026"]
    assert ("### Waiting for you for 14 days" in digest) is reminds
    assert (f"{decision} since 12 November 2026" in digest) is reminds
    assert digest.count("Application of Acme") == 1


def test_rows_and_entries_that_cannot_be_read_stop_no_month(
    program: Program, tmp_path: Path
) -> None:
    """The digest names them; what is on disk for the others is as without them."""
    evidence = json.loads(EVIDENCE.read_text("utf-8"))
    place = {"document": "project/core/.all-contributorsrc of 2026-10-05", "field": "x"}
    told = {"place": place, "message": "'@all' is no login.", "remedy": "Write it."}
    listed = {"month": "2026-10", "contributions": [], "left_out": [told]}
    evidence["claims"]["value"].append(listed)
    stored = tmp_path / "evidence.json"
    stored.write_text(json.dumps(evidence), "utf-8")
    policy = program.clone.path / "program.yml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("    folder: contributions\n", IMPORTED), "utf-8")
    folder = program.clone.path / "contributions/imports"
    folder.mkdir(parents=True)
    (folder / "savannah.csv").write_bytes(b"Who,Day,What,Page,Words\n=@all,x,Talk,\xff,a\nb\n")
    program.clone.git("add", "--all")
    program.clone.git("commit", "--quiet", "--message", "An export")
    program.clone.git("push", "--quiet", "origin", "main")
    ran = program.run(evidence=stored)
    assert ran.returncode == 0, ran.stderr
    [digest] = program.told()["Partners in October 2026"]
    assert ".all-contributorsrc of 2026-10-05, x: '@\u200ball' is no login. Write it." in digest
    assert "### Rows and entries that were left out" in digest
    assert "savannah.csv, line 2, Who: '=@\u200ball' would be a formula in a spreadsheet." in digest
    assert "savannah.csv, line 3: This row has 1 columns, and the first line has 5." in digest


def test_two_halves_publish_what_one_run_publishes(program: Program, tmp_path: Path) -> None:
    before = program.state()
    judged = program.judge(tmp_path / "months")
    assert judged.returncode == 0, judged.stderr
    assert program.state() == before, "it writes nothing"
    assert "handed-on<<" in program.outputs.read_text()
    published = program.publish(tmp_path / "months")
    assert published.returncode == 0, published.stderr
    halves = program.state()
    assert "rankings/2026-10.json" in halves[0]
    assert program.run().returncode == 0
    assert program.state() == halves, "nothing is left to do"


def test_no_evidence_is_handed_on(program: Program, tmp_path: Path) -> None:
    """Everybody can download it: so it is what is published, and a digest."""
    program.judge(tmp_path / "months")
    program.publish(tmp_path / "months")
    files = {
        path.relative_to(tmp_path / "months").as_posix(): path.read_text("utf-8")
        for path in (tmp_path / "months").rglob("*")
        if path.is_file()
    }
    beside = json.loads(files.pop("handed-on.json"))
    assert beside.keys() <= {"rests_on", "lasting_failures", "left_out"}
    public = program.origin.files("main")
    assert {path: text.strip() for path, text in files.items()} == {
        path: public[path].strip() for path in NEW[:3]
    }


def _edit(path: str, old: str, new: str) -> Callable[[Program, Path], None]:
    def edit(_: Program, folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), "utf-8")

    return edit


def _gone(path: str) -> Callable[[Program, Path], None]:
    return lambda _, folder: (folder / path).unlink()


def _record(program: Program, _: Path) -> None:
    """A record is edited between the two jobs."""
    path = program.clone.path / "partners/aurora-digital.yml"
    path.write_text(path.read_text("utf-8").replace("hide: false", "") + "hide: true\n", "utf-8")


def _policy(program: Program, _: Path) -> None:
    path = program.clone.path / "program.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("homepage_slots: 3", "homepage_slots: 4"), "utf-8")


def _open_month(_: Program, folder: Path) -> None:
    old = folder / "rankings/2026-10.json"
    old.rename(old.with_name("2026-11.json"))


JSON, LINES = NEW[1], NEW[0]


@pytest.mark.parametrize(
    "change",
    [
        _edit(JSON, '"slug":"aurora-digital"', '"slug":"somebody-else"'),
        _edit(JSON, '"name":"2026-10.contributions.jsonl"', '"name":"../program.yml"'),
        _edit(JSON, '"name":"2026-10.contributions.jsonl"', '"name":"2026-09.contributions.jsonl"'),
        _edit(JSON, '"month":"2026-10"', '"month":"2026-09"'),
        _edit(JSON, "{", "["),
        _edit(LINES, '"points":5', '"points":500'),
        _edit("handed-on.json", '"rests_on": "sha256:', '"rests_on": "sha256:0'),
        _gone("handed-on.json"),
        _gone(JSON),
        _gone(LINES),
        _record,
        _policy,
        _open_month,
    ],
)
def test_what_does_not_hold_together_is_not_published(
    program: Program, tmp_path: Path, change: Callable[[Program, Path], None]
) -> None:
    folder = tmp_path / "months"
    assert program.judge(folder).returncode == 0
    change(program, folder)
    before = program.state()
    published = program.publish(folder)
    assert published.returncode == 1, published.stdout
    assert program.state() == before
