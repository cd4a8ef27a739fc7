"""`partners doctor`: a set-up in, what is to be mended out. `BLESS=1` writes what is printed now.

The healthy set-up is the one that docs/set-up.md tells a stranger to make.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from community_partners.rules.setup_workflows import NEEDED
from community_partners.rules.setup_workflows import WORKFLOWS as CHECKED
from fakes.server import Failure, Response, garbage, partial, rate_limited, silence, status
from fakes.sponsors import Sponsors
from fakes.websites import World, html, redirect
from operate_document import write_files
from program_folder import ROOT, ProgramFolder, Ran

GOLDEN = Path(__file__).parent / "golden"
NAME = "acme/partners"
ACTION = "example-org/community-partners@v1"
GITHUB, SPONSORS, COLLECTIVE = "ghp_exampleOfAPerson", "ghp_exampleOfAnOwner", "example-oc-token"
WORKFLOWS = [f".github/workflows/{name}" for name in NEEDED]
Break = Callable[[ProgramFolder], object]


@pytest.fixture
def healthy(program_folder: ProgramFolder) -> ProgramFolder:
    """All is in order: nothing to mend, and nothing unknown."""
    shutil.rmtree(program_folder.path / ".github")
    write_files(program_folder.path, action=ACTION)
    program_folder.path.joinpath(".github/CODEOWNERS").write_text("* @acme/maintainers\n", "utf-8")
    github, collective = program_folder.github, program_folder.open_collective
    Sponsors(github, "lantern-project")
    github.scopes[SPONSORS] = "read:org, read:user"
    github.viewers[SPONSORS] = "example-owner"
    collective.account("lantern-project", type="COLLECTIVE")
    collective.tokens.add(COLLECTIVE)
    there = github.rest.repository(NAME)
    there.administrators.add("example-maintainer")
    there.workflow_states.update(dict.fromkeys(WORKFLOWS, "active"))
    for label in ("application", "eligible", "not-yet", "needs-review", "invalid"):
        there.label(label)
    there.label("partners-digest")
    program_folder.env |= {
        "GITHUB_TOKEN": GITHUB,
        "SPONSORS_TOKEN": SPONSORS,
        "OPENCOLLECTIVE_TOKEN": COLLECTIVE,
    }
    return program_folder


def examine(folder: ProgramFolder, *options: str, **env: str) -> Ran:
    return folder.run("doctor", "--repository", NAME, "--today", "2026-11-24", *options, **env)


def checks(ran: Ran) -> dict[str, Any]:
    return {one["title"]: one for one in json.loads(ran.out)["checks"]}


def golden(name: str, ran: Ran) -> None:
    path = GOLDEN / name
    if os.environ.get("BLESS"):
        path.write_text(ran.out, "utf-8")
    assert ran.out == path.read_text("utf-8")


def test_a_healthy_set_up(healthy: ProgramFolder) -> None:
    ran = examine(healthy)
    assert ran.code == 0, ran.out + ran.err
    golden("doctor-healthy.txt", ran)


def test_it_writes_nothing(healthy: ProgramFolder) -> None:
    before = sorted(path for path in healthy.path.rglob("*") if path.is_file())
    examine(healthy)
    after = sorted(path for path in healthy.path.rglob("*") if path.is_file())
    assert {path.name for path in set(after) - set(before)} <= {"summary.md", "outputs"}
    asked = {(one.method, one.path) for one in healthy.github.requests if one.method != "GET"}
    assert asked == {("POST", "/graphql")}
    assert not [one for one in healthy.github.requests if "mutation" in str(one)]


def test_a_broken_set_up(program_folder: ProgramFolder) -> None:
    """An empty folder but for a policy of another age, and nothing switched on."""
    shutil.rmtree(program_folder.path / ".github")
    policy = program_folder.path / "program.yml"
    policy.write_text(policy.read_text("utf-8").replace("2026-01\n", "2021-01\n"), "utf-8")
    records = program_folder.path / "partners"
    records.mkdir()
    (records / "acme.yml").write_text("slug: acme\n", "utf-8")
    there = program_folder.github.rest.repository(NAME)
    there.has_issues, there.bots_may_open_pulls, there.protected = False, False, True
    there.administrators.add("example-maintainer")
    there.workflow_states[".github/workflows/monthly.yml"] = "disabled_inactivity"
    Sponsors(program_folder.github, "project", outsider=True)
    program_folder.open_collective.accounts.pop("project")
    tokens = {"GITHUB_TOKEN": GITHUB, "SPONSORS_TOKEN": SPONSORS}
    ran = examine(program_folder, **tokens, OPENCOLLECTIVE_TOKEN="revoked-example")
    assert ran.code == 1
    golden("doctor-broken.txt", ran)
    for token in (GITHUB, SPONSORS, "revoked-example"):
        assert token not in ran.out + ran.err


def _edit(name: str, old: str, new: str) -> Break:
    def edit(folder: ProgramFolder) -> None:
        path = folder.path / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return edit


def _there(**fields: Any) -> Break:
    def change(folder: ProgramFolder) -> None:
        there = folder.github.rest.repository(NAME)
        for name, value in fields.items():
            setattr(there, name, value)

    return change


def _renamed(folder: ProgramFolder, key: str, owner: str) -> None:
    _edit("program.yml", f"{key}: []", f"{key}: [{owner}/old]")(folder)
    folder.github.repository(f"{owner}/old")
    folder.github.rename_repository(f"{owner}/old", f"{owner}/new")


def _gone(name: str) -> Break:
    return lambda folder: (folder.path / name).unlink()


def _scopes(scopes: str) -> Break:
    return lambda folder: folder.github.scopes.update({SPONSORS: scopes})


def _checks(*contexts: str) -> dict[str, Any]:
    """A rule of the branch that asks for them."""
    kind = "required_status_checks"
    return {"type": kind, "parameters": {kind: [{"context": one} for one in contexts]}}


LIST = """\
  claims:
    folder: contributions
    all_contributors:
      - {repository: lantern-project/gone, approved_by: example-a, kinds: {doc: event}}"""
SPONSORS_OPTION = "        - GitHub Sponsors\n"
FORM = ".github/ISSUE_TEMPLATE/partner-application.yml"
CRON = '    - cron: "17 5 2-5,26 * *"\n'
MONTHLY, ADMIT = ".github/workflows/monthly.yml", ".github/workflows/admit.yml"
TO_MEND = [
    ("Policy", _gone("program.yml"), "There is no file program.yml."),
    ("Policy", _edit("program.yml", "base: USD 100", "base: EUR 100"), "sponsorship.base"),
    ("Application form", _gone(FORM), f"There is no {FORM}."),
    ("Application form", _edit(FORM, "labels: [application]", "labels: [bug]"), "`application`"),
    ("Application form", _edit(FORM, "id: team", "id: people"), "It does not ask for: team."),
    ("Application form", _edit(FORM, "label: Website", "labels: Website"), "not the template"),
    ("Workflow admit.yml", _gone(ADMIT), "There is no .github/workflows/admit.yml."),
    ("Workflow monthly.yml", _edit(MONTHLY, "schedule:", "watch:"), "on schedule."),
    ("Workflow monthly.yml", _edit(MONTHLY, CRON, ""), "no time (cron)."),
    ("Workflow monthly.yml", _edit(MONTHLY, "permissions: {}\n", ""), "`permissions: {}`"),
    ("Workflow monthly.yml", _edit(MONTHLY, "contents: write", "contents: read"), "`contents: w"),
    ("Workflow monthly.yml", _edit(MONTHLY, "/community-", "/other-"), "No step of it"),
    ("Workflow monthly.yml", _edit(MONTHLY, "example-org/", "OWNER/"), "It still says OWNER"),
    ("Workflow monthly.yml", _edit(MONTHLY, "contents: read", "contents: write"), "job `month`"),
    ("Workflow monthly.yml", _edit(MONTHLY, "\njobs:", "\nenv: {A: '${{ secrets.A }}'}\njobs:"),
     "Its job `publish` has secrets and `contents: write`"),
    ("Workflow admit.yml", _edit(ADMIT, "pull-requests: write", "pull-requests: read"), "`pull-r"),
    (
        "Application form",
        _edit("program.yml", "  github_sponsors: {login: lantern-project}\n", ""),
        "It offers 'GitHub Sponsors', through which",
    ),
    (
        "Application form",
        _edit(FORM, SPONSORS_OPTION, ""),
        "It does not offer GitHub Sponsors, through which the program collects.",
    ),
    (
        "Application form",
        _edit(FORM, SPONSORS_OPTION, SPONSORS_OPTION + "        - Patreon\n"),
        "It offers 'Patreon', through which",
    ),
    ("Policy", _edit("program.yml", "2026-01\n", "2019-07\n"), "no edition 2019-07 here"),
    ("GITHUB_TOKEN", lambda folder: folder.github.revoked.add(GITHUB), "does not accept"),
    ("SPONSORS_TOKEN", lambda folder: folder.github.revoked.add(SPONSORS), "does not accept"),
    ("SPONSORS_TOKEN", lambda folder: Sponsors(folder.github, "lantern-project", outsider=True),
     "of example-owner, who does not administer lantern-project."),
    ("SPONSORS_TOKEN", _scopes("read:user"), "without the scope read:org."),
    ("SPONSORS_TOKEN", _scopes(""), "without the scope read:user and read:org."),
    ("OPENCOLLECTIVE_TOKEN", lambda folder: folder.open_collective.tokens.clear(), "not accept"),
    ("Collective", lambda folder: folder.open_collective.accounts.pop("lantern-project"), "no acc"),
    ("Accounts on GitHub", lambda folder: folder.github.delete("lantern-project"), "no account"),
    ("Repositories",
     _edit("program.yml", "repositories: []", "repositories: [acme/nowhere]"), "'acme/nowhere'"),
    ("Repositories",
     lambda folder: _renamed(folder, "repositories", "acme"), "renamed to acme/new: write"),
    ("Repositories",
     lambda folder: _renamed(folder, "exclude", "lantern-project"), "-project/old, which"),
    ("Repositories",
     _edit("program.yml", "exclude: []", "exclude: [lantern-project/nowhere]"), "but GitHub"),
    ("Repositories",
     _edit("program.yml", "  claims: {folder: contributions}", LIST), "project/gone'"),
    ("Repository", _edit("program.yml", "repository:", "repository: acme/old"), "in acme/old;"),
    ("Issues", _there(has_issues=False), "switched off"),
    ("Actions", _there(actions={"enabled": False}), "switched off"),
    ("Actions", _there(actions={"enabled": True, "allowed_actions": "local_only"}), "only those"),
    ("Default branch", _there(checks=["build"], protected=True), "asks for build, which"),
    ("Default branch", _there(rules=[_checks("lint", "partners/verdict")]), "asks for lint, which"),
    ("Pull requests by workflows", _there(bots_may_open_pulls=False), "may not open any"),
    ("Workflows on GitHub", _there(workflow_states={}), "GitHub knows no workflow"),
    ("Workflows on GitHub",
     _there(workflow_states={**dict.fromkeys(WORKFLOWS, "active"), MONTHLY: "disabled_inactivity"}),
     "monthly.yml: GitHub switched it off after 60 days without activity."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "broken", "words"), TO_MEND)
def test_what_is_to_be_mended(
    healthy: ProgramFolder, title: str, broken: Break, words: str
) -> None:
    broken(healthy)
    ran = examine(healthy, "--format", "json")
    assert ran.code == 1
    found = checks(ran)[title]
    assert found["outcome"] == "to mend"
    assert words in found["sentence"]
    assert found["remedy"]


ADVICE = [
    ("Workflow monthly.yml", lambda folder: None, "to a full commit"),
    ("Repository", lambda folder: None, "Write `repository: acme/partners` there"),
    ("Policy", lambda folder: None, "`home` is https://lantern.example"),
    ("Actions", _there(actions={"enabled": True, "allowed_actions": "selected"}), "setup-uv"),
    ("Code owners", _gone(".github/CODEOWNERS"), "CODEOWNERS"),
    ("Price edition", _edit("program.yml", "2026-01\n", "2021-01\n"), "edition: 2026-01"),
    ("SPONSORS_TOKEN", _scopes("read:user, admin:org, repo"), "(admin:org, repo): leave"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "change", "words"), ADVICE)
def test_advice_about_what_is_in_order(
    healthy: ProgramFolder, title: str, change: Break, words: str
) -> None:
    change(healthy)
    ran = examine(healthy, "--format", "json")
    assert ran.code == 0, ran.out
    assert checks(ran)[title]["outcome"] == "in order"
    assert words in checks(ran)[title]["remedy"]


@pytest.mark.parametrize(
    ("change", "title", "words"),
    [
        (
            _edit("program.yml", "repository:", "repository: ACME/Partners"),
            "Repository",
            "lives here",
        ),
        (_there(labels={}), "Labels", "The first run makes those that are missing: application"),
        (_there(protected=True), "Default branch", "main is protected: rankings"),
        (_there(rules=[{"type": "pull_request"}]), "Default branch", "main is protected"),
        (_there(rules=[_checks("partners/verdict")]), "Default branch", "main is protected"),
        (_there(rules=[{"type": "deletion"}]), "Default branch", "push to main themselves"),
        (lambda folder: folder.env.pop("OPENCOLLECTIVE_TOKEN"), "OPENCOLLECTIVE_TOKEN", "not set"),
        (_edit(MONTHLY, ACTION, "./"), "Workflow monthly.yml", "It ranks"),
        (
            _edit(MONTHLY, f"uses: {ACTION}", "run: partners month --commit"),
            "Workflow monthly.yml",
            "It ranks",
        ),
    ],
)
def test_what_else_is_in_order(
    healthy: ProgramFolder, change: Break, title: str, words: str
) -> None:
    change(healthy)
    ran = examine(healthy, "--format", "json")
    assert ran.code == 0, ran.out
    assert words in checks(ran)[title]["sentence"]


@pytest.mark.parametrize(("seen", "outcome"), [(True, "in order"), (False, "unknown")])
def test_teams_that_approve_claims(seen: bool, outcome: str, healthy: ProgramFolder) -> None:
    """One request for each team."""
    if seen:
        healthy.github.rest.teams["acme/meetups"] = {}
    teams = "approvers: {event: ['@acme/meetups'], talk: ['@acme/meetups', example-maintainer]}"
    old = "claims: {folder: contributions"
    _edit("program.yml", old, f"{old}, {teams}")(healthy)
    ran = examine(healthy, "--format", "json")
    found = checks(ran)
    assert found["Teams of approvers"]["outcome"] == outcome
    assert found["Claim form"]["sentence"].startswith("There is no .github/ISSUE_TEMPLATE/contrib")
    asked = [one.path for one in healthy.github.requests if "/teams/" in one.path]
    assert asked == ["/orgs/acme/teams/meetups"]
    if not seen:
        healthy.env.pop("GITHUB_TOKEN")
        assert checks(examine(healthy, "--format", "json"))["Teams of approvers"][
            "sentence"
        ].startswith("GitHub was not asked")


def test_a_renamed_repository_that_does_not_know_its_name(healthy: ProgramFolder) -> None:
    """GitHub leads on from the old name, which a maintainer's machine may still have."""
    _edit("program.yml", "repository:", f"repository: {NAME}")(healthy)
    _there(name="acme/moved")(healthy)
    ran = examine(healthy, "--format", "json")
    found = checks(ran)["Repository"]
    assert (ran.code, found["outcome"]) == (1, "to mend")
    assert found["remedy"].endswith("write `repository: acme/moved` into program.yml.")


def test_where_a_program_lives_is_unknown_without_github(healthy: ProgramFolder) -> None:
    healthy.env.pop("GITHUB_TOKEN")
    asked = checks(examine(healthy, "--format", "json"))["Repository"]
    assert (asked["outcome"], "`repository: owner/name`" in asked["remedy"]) == ("in order", True)
    _edit("program.yml", "repository:", f"repository: {NAME}")(healthy)
    assert checks(examine(healthy, "--format", "json"))["Repository"]["outcome"] == "unknown"


def test_whose_account_has_the_action_is_not_written_in_the_document(
    healthy: ProgramFolder,
) -> None:
    _edit(MONTHLY, "example-org/", "OWNER/")(healthy)
    found = checks(examine(healthy, "--format", "json"))["Workflow monthly.yml"]
    assert found["sentence"] == "It still says OWNER/."
    assert found["remedy"] == "Write the account there that you have the action from."


def test_more_labels_than_a_page(healthy: ProgramFolder) -> None:
    there = healthy.github.rest.repository(NAME)
    ours = dict(there.labels)
    there.labels.clear()
    for number in range(150):
        there.label(f"other-{number}")
    there.labels |= ours
    assert "All are there" in checks(examine(healthy, "--format", "json"))["Labels"]["sentence"]


def test_a_token_that_names_no_scopes_may_see_nothing(healthy: ProgramFolder) -> None:
    """A fine-grained one: its owner may administer the account, and it may see no payment."""
    healthy.github.scopes.clear()
    ran = examine(healthy, "--format", "json")
    assert ran.code == 0
    found = checks(ran)["SPONSORS_TOKEN"]
    assert found["outcome"] == "unknown"
    assert "GitHub does not say what it may read" in found["sentence"]
    assert "classic token" in found["remedy"]


SITE = "https://acme.example/partners/"
LIST = "acme.example/partners/v1/partners.json"
PAGES = {"build_type": "workflow", "html_url": "https://acme.example/partners/"}
JSON = {"Content-Type": "application/json; charset=utf-8"}


@pytest.fixture
def with_site(
    healthy: ProgramFolder, world: World, monkeypatch: pytest.MonkeyPatch
) -> ProgramFolder:
    """The program of the document, and its site on GitHub Pages, as `partners site` renders it."""
    monkeypatch.setattr(
        "community_partners.commands.wiring._web", lambda meter: replace(world.web, meter=meter)
    )
    _edit("program.yml", "\nsite: {", f"\nsite: {{url: {SITE}, ")(healthy)
    assert healthy.run("site", "--output", "public").code == 0
    rendered = (healthy.path / "public/v1/partners.json").read_bytes()
    world.site.pages[LIST] = Response(body=rendered, headers=JSON)
    healthy.github.rest.repository(NAME).pages = PAGES
    return healthy


def test_a_site_that_is_published(with_site: ProgramFolder, world: World) -> None:
    ran = examine(with_site, "--format", "json")
    assert ran.code == 0, ran.out
    found = checks(ran)
    assert (found["GitHub Pages"]["outcome"], found["Site"]["outcome"]) == ("in order", "in order")
    assert world.asked() == [LIST]


def test_without_an_address_there_is_a_word_on_how_to_have_a_site(healthy: ProgramFolder) -> None:
    found = checks(examine(healthy, "--format", "json"))
    assert "GitHub Pages" not in found
    assert found["Site"]["outcome"] == "in order"
    assert "docs/set-up.md" in found["Site"]["remedy"]


@pytest.mark.parametrize(
    ("pages", "administrator", "outcome", "words"),
    [
        (None, True, "to mend", "It is off"),
        (None, False, "unknown", "Not checked: GitHub shows it only to a token"),
        (PAGES, False, "unknown", "Not checked"),
        ({**PAGES, "build_type": "legacy"}, True, "to mend", "It publishes a branch"),
        ({"html_url": SITE}, True, "to mend", "It publishes a branch"),
        ({**PAGES, "html_url": "https://acme.github.io/x/"}, True, "to mend", "acme.github.io/x/,"),
        ({**PAGES, "html_url": "http://acme.example/partners/"}, True, "to mend", "at http://acme"),
        ({**PAGES, "html_url": "https://ACME.example/partners"}, True, "in order", "publish at"),
        ({"build_type": "workflow"}, True, "unknown", "something unexpected"),
        ([], True, "unknown", "something unexpected"),
    ],
)
def test_pages_as_github_has_it(
    with_site: ProgramFolder, pages: Any, administrator: bool, outcome: str, words: str
) -> None:
    there = with_site.github.rest.repository(NAME)
    there.pages = pages
    if not administrator:
        there.administrators.clear()
    found = checks(examine(with_site, "--format", "json"))["GitHub Pages"]
    assert (found["outcome"], words in found["sentence"]) == (outcome, True), found


def _list(text: str, **headers: str) -> Response:
    return Response(body=text.encode(), headers={**JSON, **headers})


OTHERS = json.dumps(
    {"schema": "urn:community-partners:v1:partners", "program": {"name": "Another program"}}
)


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (None, "to mend", "it answered with an error"),
        (_list(OTHERS), "to mend", "is no list of this program's partners."),
        (_list("{"), "to mend", "is no list"),
        (_list("[" * 100_000), "to mend", "is no list"),
        (_list("[]"), "to mend", "is no list"),
        (
            _list('{"schema": "urn:community-partners:v1:partners", "program": 1}'),
            "to mend",
            "no li",
        ),
        (_list("\xff" * 4_200_000), "to mend", "is no list"),
        (html("", "A page for what is not found"), "to mend", "is no list"),
        (redirect("https://other.example/v1/partners.json"), "to mend", "leads to another address"),
    ],
)
def test_a_site_that_does_not_show_the_partners(
    with_site: ProgramFolder, world: World, answer: Response | None, outcome: str, words: str
) -> None:
    world.site.pages.clear()
    if answer:
        world.site.pages[LIST] = answer
    ran = examine(with_site, "--format", "json")
    found = checks(ran)["Site"]
    assert (found["outcome"], words in found["sentence"]) == (outcome, True), found
    assert found["remedy"]
    assert len(world.asked()) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", None])
def test_a_site_in_a_private_network_is_not_asked(
    with_site: ProgramFolder, world: World, address: str | None
) -> None:
    world.dns.records.clear()
    if address:
        world.dns.records["acme.example", "A"] = [address]
    found = checks(examine(with_site, "--format", "json"))["Site"]
    assert (found["outcome"], "no answer came" in found["sentence"]) == ("unknown", True)
    assert (world.asked(), world.dialed) == ([], [])


OF_GITHUB = ["Accounts on GitHub", "Issues", "Actions", "Labels", "Pull requests by workflows",
             "Default branch", "Workflows on GitHub"]  # fmt: skip


def test_without_a_token_it_is_unknown_and_says_why(healthy: ProgramFolder) -> None:
    for token in ("GITHUB_TOKEN", "SPONSORS_TOKEN", "OPENCOLLECTIVE_TOKEN"):
        healthy.env.pop(token)
    ran = examine(healthy, "--format", "json")
    assert ran.code == 0
    assert healthy.github.requests == []
    found = checks(ran)
    for title in ("GITHUB_TOKEN", *OF_GITHUB):
        assert found[title]["outcome"] == "unknown"
        assert "no token is set (GITHUB_TOKEN)" in found[title]["sentence"]
        assert "administrator" not in str(found[title]["remedy"]), "who cannot help here"
    assert found["SPONSORS_TOKEN"]["outcome"] == "unknown"
    assert "SPONSORS_TOKEN: Settings >" in found["SPONSORS_TOKEN"]["remedy"]
    assert found["Collective"]["outcome"] == "in order"


def test_without_a_repository_its_settings_are_unknown(healthy: ProgramFolder) -> None:
    ran = healthy.run("doctor", "--format", "json")
    assert ran.code == 0
    found = checks(ran)
    assert "--repository owner/name" in found["Issues"]["sentence"]
    assert found["GITHUB_TOKEN"]["outcome"] == "in order"


@pytest.mark.parametrize(
    "failure",
    [status(502), garbage(), rate_limited(), silence],
    ids=["502", "garbage", "rate limit", "silence"],
)
def test_a_server_that_does_not_answer_is_nobodys_fault(
    healthy: ProgramFolder, failure: Failure
) -> None:
    healthy.github.fail(failure, times=1000)
    healthy.open_collective.fail(failure, times=1000)
    ran = examine(healthy, "--format", "json", PARTNERS_TIMEOUT="0.2")
    assert ran.code == 0, ran.out
    outcomes = {title: one["outcome"] for title, one in checks(ran).items()}
    for title in ("GITHUB_TOKEN", "SPONSORS_TOKEN", "OPENCOLLECTIVE_TOKEN", "Collective"):
        assert outcomes[title] == "unknown"
    assert {outcomes[title] for title in OF_GITHUB} == {"unknown"}
    assert "partners: this is a bug" not in ran.err


@pytest.mark.parametrize(
    "on", ["/labels", "/actions/workflows", "/branches/", "/permissions/workflow", "/permissions "]
)
@pytest.mark.parametrize("failure", [status(403), status(404), garbage(), garbage(b"null")])
def test_what_github_does_not_show_is_unknown_alone(
    healthy: ProgramFolder, on: str, failure: Failure
) -> None:
    healthy.github.fail(failure, on=on, times=1000)
    ran = examine(healthy, "--format", "json")
    assert ran.code == 0
    assert [one["outcome"] for one in checks(ran).values()].count("unknown") == 1


def test_half_an_answer_about_sponsors_is_unknown(healthy: ProgramFolder) -> None:
    healthy.github.fail(partial("maintainer", type="SERVICE_UNAVAILABLE"), on="viewerCanAdminister")
    found = checks(examine(healthy, "--format", "json"))["SPONSORS_TOKEN"]
    assert found["outcome"] == "unknown"


def test_a_hostile_name_gives_the_log_no_command(healthy: ProgramFolder) -> None:
    healthy.github.viewers[GITHUB] = "evil\n::set-output name=x::y ##[error]\x1b[2J"
    for form in ("text", "json"):
        ran = examine(healthy, "--format", form)
        lines = [line.strip() for line in ran.out.splitlines()]
        assert not [line for line in lines if re.match(r"::\w", line) or "##[" in line]
        assert "\x1b" not in ran.out


def test_this_repository_ships_what_the_doctor_asks_for(healthy: ProgramFolder) -> None:
    """What this repository has of the four workflows; the others are named."""
    ran = examine(healthy, "--program", str(ROOT / "program.yml"), "--format", "json")
    for name in CHECKED:
        title = f"Workflow {name}"
        there = (ROOT / ".github/workflows" / name).exists()
        expected = "in order" if there else "to mend"
        assert checks(ran)[title]["outcome"] == expected, checks(ran)[title]
