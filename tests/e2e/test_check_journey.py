"""`partners check`, whole: a file in, a verdict out; and what was stored decides the same again."""

import json

import pytest
from jsonschema import Draft202012Validator

from acme import MONTHS, do_the_work
from community_partners.intake.schema import schema_file
from community_partners.intake.yaml_document import read_yaml, write_yaml
from fakes.sponsors import Sponsors
from program_folder import ProgramFolder

APPLICATION = """\
slug: acme
name: Acme GmbH
website: https://acme.example
country: {country}
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
sponsorship: {{platform: {platform}, account: acme}}
team:
  - {{name: Ada Example, github: example-user-1, since: 2025-01-15}}
consent: true
"""
RECORD = {"accepted": "2026-06-01", "terms": {"edition": "2026-01", "amount": "USD 100"}}


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    folder = program_folder.path / "applications"
    folder.mkdir()
    text = APPLICATION.format(country="United States", platform="open-collective")
    (folder / "acme.yml").write_text(text)
    program_folder.github.organization("project")
    do_the_work(program_folder.github, MONTHS)
    program_folder.open_collective.faithful("acme", "2026-08-01", "2026-09-01", "2026-10-01")
    return program_folder


def check(folder: ProgramFolder, *options: str, **env: str) -> str:
    ran = folder.run("check", "applications/acme.yml", *options, **env)
    assert ran.code == 0, ran.err
    return ran.out


def decision(folder: ProgramFolder, *options: str, **env: str) -> str:
    verdict = json.loads(
        check(folder, "--format", "json", "--today", "2026-11-24", *options, **env)
    )
    return str(verdict["decision"])


def lasting(folder: ProgramFolder) -> list[str]:
    """The questions that would fail again, as stored evidence has them; it reads back as it is."""
    check(folder, "--today", "2026-11-24", "--save-evidence", "e.json")
    check(folder, "--evidence", "e.json")
    told = json.loads((folder.path / "e.json").read_text())
    told["work"] = next(iter(told["work"].values()))
    return [name for name, one in told.items() if isinstance(one, dict) and one.get("lasting")]


def test_json_follows_its_schema(acme: ProgramFolder) -> None:
    text = check(acme, "--format", "json", "--today", "2026-11-24")
    verdict = json.loads(text)
    schema = json.loads(schema_file("verdict").read_text())
    Draft202012Validator(schema).validate(verdict)
    assert verdict["decision"] == "eligible"
    assert verdict["required"]["currency"] == "USD"
    assert verdict["evidence"].startswith("sha256:")


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_stored_evidence_decides_the_same_byte_for_byte(acme: ProgramFolder, form: str) -> None:
    live = check(acme, "--format", form, "--today", "2026-11-24", "--save-evidence", "e.json")
    asked = len(acme.github.requests) + len(acme.open_collective.requests)
    assert check(acme, "--format", form, "--evidence", "e.json") == live
    assert len(acme.github.requests) + len(acme.open_collective.requests) == asked


def test_evidence_of_another_application_or_day_is_refused(acme: ProgramFolder) -> None:
    check(acme, "--today", "2026-11-24", "--save-evidence", "e.json")
    other = acme.run(
        "check", "applications/acme.yml", "--evidence", "e.json", "--today", "2026-11-25"
    )
    assert other.code == 1
    assert (
        "The stored evidence is about acme on 2026-11-24, not about acme on 2026-11-25."
        in other.err
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("open-collective", "github-sponsors", "the platform open-collective"),
        ("account: acme}", "account: nobody}", "the account acme"),
        ("example-user-1", "example-user-2", "the team example-user-1"),
    ],
)
def test_evidence_of_another_account_or_team_is_refused(
    acme: ProgramFolder, old: str, new: str, words: str
) -> None:
    """It would say of one what was seen of the other."""
    check(acme, "--today", "2026-11-24", "--save-evidence", "e.json")
    file = acme.path / "applications" / "acme.yml"
    file.write_text(file.read_text().replace(old, new))
    ran = acme.run("check", "applications/acme.yml", "--evidence", "e.json")
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert words in ran.err
    assert "Store it anew with --save-evidence." in ran.err


def test_evidence_stays_good_when_only_letters_change_their_size(acme: ProgramFolder) -> None:
    check(acme, "--today", "2026-11-24", "--save-evidence", "e.json")
    file = acme.path / "applications" / "acme.yml"
    file.write_text(file.read_text().replace("example-user-1", "Example-User-1"))
    assert decision(acme, "--evidence", "e.json") == "eligible"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"application": 3}', "\x00", '{"application": "\\ud83d"}', "[" * 100_000],
    ids=["empty", "list", "mapping", "type", "null", "half a character", "deep"],
)
def test_what_is_no_evidence_is_refused(acme: ProgramFolder, text: str) -> None:
    (acme.path / "e.json").write_text(text)
    ran = acme.run("check", "applications/acme.yml", "--evidence", "e.json")
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_evidence_edited_by_hand_is_a_sentence(acme: ProgramFolder) -> None:
    check(acme, "--today", "2026-11-24", "--save-evidence", "e.json")
    data = json.loads((acme.path / "e.json").read_text())
    del data["work"]["2026-09"]
    (acme.path / "e.json").write_text(json.dumps(data))
    ran = acme.run("check", "applications/acme.yml", "--evidence", "e.json")
    assert (ran.code, "Traceback" in ran.err) == (1, False)


def test_without_a_token_nobody_is_asked(acme: ProgramFolder) -> None:
    acme.env.pop("GITHUB_TOKEN")
    ran = acme.run("check", "applications/acme.yml", "--today", "2026-11-24")
    assert (ran.code, ran.out) == (1, "")
    assert "GITHUB_TOKEN is not set, and GitHub answers nobody without a token." in ran.err
    assert "`export GITHUB_TOKEN=$(gh auth token)`" in ran.err
    assert acme.github.requests == []


def test_what_is_no_application_is_told_without_a_token(acme: ProgramFolder) -> None:
    acme.env.pop("GITHUB_TOKEN")
    path = acme.path / "applications/acme.yml"
    path.write_text(path.read_text("utf-8").replace("country:", "county:"), "utf-8")
    ran = acme.run("check", "applications/acme.yml", "--today", "2026-11-24")
    assert ran.code == 1
    assert "Did you mean 'country'?" in ran.out


def test_an_organization_that_github_does_not_know_is_our_mistake(acme: ProgramFolder) -> None:
    del acme.github.owners["project"]
    text = check(acme, "--format", "markdown", "--today", "2026-11-24")
    assert "GitHub has no account 'project': the program's own settings are at fault." in text
    assert "Needs review" in text
    assert lasting(acme) == ["work"]


def test_a_platform_that_the_program_does_not_use(acme: ProgramFolder) -> None:
    file = acme.path / "program.yml"
    file.write_text(file.read_text().replace("  open_collective: {collective: project}\n", ""))
    text = check(acme, "--format", "markdown", "--today", "2026-11-24")
    assert "Project does not collect through Open Collective." in text
    page = "GitHub Sponsors (github.com/sponsors/project)"
    assert f"Sponsor on {page}, then name that platform" in text.replace("\u200b", "")
    assert "](https://github.com/sponsors/project)" in text
    assert "Not yet" in text
    assert "could not be checked" not in text
    assert "silent" not in text
    assert lasting(acme) == []


def on_github_sponsors(acme: ProgramFolder, months: int) -> Sponsors:
    text = APPLICATION.format(country="United States", platform="github-sponsors")
    (acme.path / "applications" / "acme.yml").write_text(text)
    acme.github.organization("acme", websiteUrl="https://acme.example")
    sponsors = Sponsors(acme.github)
    sponsors.faithful("acme", "2026-08-13", months=months, cents=12345)
    return sponsors


def test_private_figures_are_nowhere(acme: ProgramFolder) -> None:
    on_github_sponsors(acme, months=4)
    options = ("--today", "2026-11-24", "--save-evidence", "e.json")
    told = [check(acme, "--format", form, *options) for form in ("text", "markdown", "json")]
    stored = (acme.path / "e.json").read_text()
    assert '"2026-10": "yes"' in stored
    for text in (*told, stored):
        assert "123" not in text.replace("1234567890", "")
        assert "2026-08-13" not in text
    assert decision(acme) == "eligible"
    assert decision(acme, "--evidence", "e.json") == "eligible"


def test_more_than_the_events_explain_is_as_unknown_when_decided_again(acme: ProgramFolder) -> None:
    sponsors = on_github_sponsors(acme, months=4)
    sponsors.event("acme", "REFUND", "2026-10-20", 12345)
    options = ("--today", "2026-11-24", "--save-evidence", "e.json")
    told = check(acme, "--format", "text", *options)
    assert "lifetime total more was paid" in " ".join(told.split())
    assert '"2026-10": "unknown"' in (acme.path / "e.json").read_text()
    assert decision(acme) == decision(acme, "--evidence", "e.json") == "needs review"


def test_sponsors_that_a_token_cannot_see_go_to_a_person(acme: ProgramFolder) -> None:
    on_github_sponsors(acme, months=4).outsider = True
    assert decision(acme) == "needs review"


def test_euros_are_compared_at_the_rates_of_their_days(acme: ProgramFolder) -> None:
    text = APPLICATION.format(country="Germany", platform="open-collective")
    (acme.path / "applications" / "acme.yml").write_text(text)
    acme.open_collective.ledger.clear()
    for day in ("2026-08-03", "2026-09-01", "2026-10-01"):
        acme.open_collective.payment("acme", day, 13000, acme.open_collective.orders[0])
    assert decision(acme) == "eligible"


def test_an_approved_claim_fills_a_month(acme: ProgramFolder) -> None:
    acme.github.nodes[:] = [
        node for node in acme.github.nodes if not node["mergedAt"].startswith("2026-09")
    ]
    assert decision(acme) == "not yet"
    claims = acme.path / "contributions"
    claims.mkdir()
    event = {
        "kind": "event",
        "person": "Example-User-1",
        "date": "2026-09-20",
        "title": "Organized the meet-up",
        "url": "https://events.example/autumn",
        "approved_by": "example-maintainer",
    }
    (claims / "september.yml").write_text(json.dumps({"claims": [event]}))
    assert decision(acme) == "eligible"


def test_a_partner_already(acme: ProgramFolder) -> None:
    partners = acme.path / "partners"
    partners.mkdir()
    text = (acme.path / "applications" / "acme.yml").read_text()
    record = {**read_yaml(text, "acme.yml").data, **RECORD, "slug": "acme-gmbh"}
    (partners / "acme-gmbh.yml").write_text(write_yaml(record))
    assert decision(acme) == "not yet"


def test_a_member_of_a_partner_is_for_a_maintainer(acme: ProgramFolder) -> None:
    text = (acme.path / "applications" / "acme.yml").read_text()
    for old, new in (("Acme", "Other"), ("acme", "other"), ("example-user-1", "old-name")):
        text = text.replace(old, new)
    record = {**read_yaml(text, "other.yml").data, **RECORD}
    record["team"] = [
        {**record["team"][0], "id": acme.github.owners["example-user-1"]["databaseId"]}
    ]
    (acme.path / "partners").mkdir()
    (acme.path / "partners" / "other.yml").write_text(write_yaml(record))
    assert decision(acme, "--save-evidence", "e.json") == "needs review"
    assert decision(acme, "--evidence", "e.json") == "needs review"
    assert "is in the team of Other GmbH too" in check(
        acme, "--evidence", "e.json", "--format", "json"
    )


@pytest.mark.parametrize("folder", ["partners", "contributions"])
def test_a_record_of_ours_that_is_broken_refuses_nobody(acme: ProgramFolder, folder: str) -> None:
    (acme.path / folder).mkdir()
    (acme.path / folder / "broken.yml").write_text("name: [")
    text = check(acme, "--format", "markdown", "--today", "2026-11-24")
    assert f"{folder}/ cannot be read." in text
    assert lasting(acme) == [], "a commit mends it"
    assert decision(acme) == ("needs review" if folder == "partners" else "eligible")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nothing.yml"], "There is no file nothing.yml."),
        (["check", "."], "is a folder"),
        (["check", "applications/acme.yml", "--program", "x.yml"], "There is no file x.yml."),
        (["check", "applications/acme.yml", "--today", "tomorrow"], "write it as 2026-11-24"),
        (["required", "Atlantis"], "is not a country known to us"),
        (["required", "Germny"], "Did you mean Germany"),
        (["required", "Cambodia"], "has no price for Cambodia"),
        (["required", "India", "--edition", "1999-01"], "has no edition '1999-01'"),
        (["review"], "GITHUB_EVENT_PATH is not set"),
        (["chekc"], "Did you mean 'check'?"),
        (["form", "nothing.md"], "There is no file nothing.md."),
    ],
)
def test_what_a_user_can_mend_is_one_sentence(
    acme: ProgramFolder, arguments: list[str], words: str
) -> None:
    ran = acme.run(*arguments)
    assert ran.code == 1
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("country", "edition", "expected"),
    [
        ("INDIA", "2021-01", "INR 3357"),
        ("DE", "2021-01", "EUR 75"),
        ("IN", "2026-01", "INR 3709"),
        ("DE", "2026-01", "EUR 99"),
        ("GB", "2026-01", "GBP 86"),
        ("CH", "2026-01", "CHF 119"),
        ("JP", "2026-01", "JPY 7843"),
        ("CZ", "2026-01", "CZK 1879"),
        ("US", "2026-01", "USD 100"),
    ],
)
def test_published_amounts(
    program_folder: ProgramFolder, country: str, edition: str, expected: str
) -> None:
    ran = program_folder.run("required", country, "--edition", edition)
    assert f": {expected} a month" in ran.out
    as_json = program_folder.run("required", country, "--edition", edition, "--json")
    found = json.loads(as_json.out)
    assert f"{found['currency']} {found['amount']}" == expected


def test_validate(acme: ProgramFolder) -> None:
    assert acme.run("validate").out == "All records are in order.\n"
    (acme.path / "applications" / "acme.yml").write_text("slug: acme\n")
    ran = acme.run("validate")
    assert ran.code == 1
    assert "applications/acme.yml, line 1: 'name' is missing." in ran.out


@pytest.mark.parametrize("platform", ["open-collective", "github-sponsors"])
def test_the_projects_own_account_pays_nobody(acme: ProgramFolder, platform: str) -> None:
    file = acme.path / "applications" / "acme.yml"
    text = APPLICATION.format(country="United States", platform=platform)
    file.write_text(text.replace("account: acme", "account: Project"))
    words = "applications/acme.yml, line 8, sponsorship.account: Project is the account of Project"
    assert words in acme.run("validate").out
    ran = acme.run("check", "applications/acme.yml", "--format", "markdown")
    assert ran.code == 1
    assert "| Project is the account of Project" in ran.out
    assert acme.open_collective.requests + acme.github.requests == []


def test_evidence_that_cannot_be_stored_is_a_sentence(acme: ProgramFolder) -> None:
    ran = acme.run(
        *("check", "applications/acme.yml", "--today", "2026-11-24"),
        *("--save-evidence", "no/such/folder/e.json"),
    )
    assert ran.code == 1
    assert "no/such/folder/e.json cannot be written" in ran.err


def test_a_missing_owner_leaves_no_month_behind(acme: ProgramFolder) -> None:
    """GitHub is asked for the work and the owner at once, and finds no work of nobody."""
    owner = acme.github.owners.pop("project")
    work = acme.github.nodes[:]
    acme.github.nodes.clear()
    assert decision(acme) == "needs review"
    acme.github.owners["project"] = owner
    acme.github.nodes += work
    assert decision(acme) == "eligible"
