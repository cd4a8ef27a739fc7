"""A month in which people asked a coding agent for pull requests, from GitHub to the pages."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from acme import ACME, write_record
from community_partners.intake.schema import schema_folder
from fakes.github_agents import COPILOT, said
from program_folder import POLICY, ProgramFolder

ADA, BEN, EVE = "example-user-1", "example-user-2", "example-eve"
SCOPE = "github: {organizations: [project]}"


def fill(folder: ProgramFolder) -> None:
    """Ada asked four times; Eve, of another partner, reviewed one, and Ben and Ada merged two."""
    github = folder.github
    ada, ben, agent = github.actor(ADA), github.actor(BEN), github.actor(COPILOT)
    assert ada
    assert ben
    assert agent
    own = said(agent, assigned=[ada], co_authors=[ada])
    both = said(agent, assigned=[ada, ben], co_authors=[ada, ben])
    reviews = [github.review(EVE, "2026-10-04T12:00:00Z"), github.review(BEN)]
    github.pull_request("2026-10-05T12:00:00Z", COPILOT, reviews=reviews, **own)
    github.pull_request("2026-10-06T12:00:00Z", COPILOT, **{**own, "mergedBy": ben})
    github.pull_request("2026-10-07T12:00:00Z", COPILOT, **{**own, "mergedBy": ada})
    github.pull_request("2026-10-08T12:00:00Z", COPILOT, **both)
    github.pull_request("2026-10-09T12:00:00Z", "dependabot[bot]", **own)
    github.pull_request("2026-10-10T12:00:00Z", ADA, **own)


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    program_folder.github.organization("project")
    program_folder.github.spokesperson("example-applicant", ADA, BEN)
    for slug in ("acme", "globex"):
        program_folder.open_collective.faithful(slug, "2026-08-01", "2026-09-01", "2026-10-01")
    write_record(program_folder.path, "acme", ADA, BEN)
    write_record(program_folder.path, "globex", EVE)
    fill(program_folder)
    return program_folder


def month(folder: ProgramFolder) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The ranked partners of October by slug, and Acme's lines."""
    ran = folder.run("month", "2026-10", "--today", "2026-11-26")
    assert ran.code == 0, ran.err
    rankings = folder.path / "rankings"
    partners = json.loads((rankings / "2026-10.json").read_text())["partners"]
    lines = (rankings / "2026-10.contributions.jsonl").read_text().splitlines()
    return {row["slug"]: row for row in partners}, list(map(json.loads, lines))


def test_a_month_in_which_agents_count_for_who_asked(acme: ProgramFolder) -> None:
    policy = POLICY.replace(SCOPE, f"{SCOPE}\n  agents: requester")
    (acme.path / "program.yml").write_text(f"{policy}site: {{url: 'https://site.example/'}}\n")
    rows, lines = month(acme)
    assert (rows["acme"]["points"], rows["globex"]["points"]) == (15, 2)
    assert rows["acme"]["uncounted"] == {
        "pull request of a coding agent that no other person accepted": 1,
        "pull request of a coding agent, and GitHub does not say who asked for it": 2,
        "review of the team's own work": 1,
    }
    by_agent = [one for one in lines if "agent" in one]
    assert {one["agent"] for one in by_agent} == {"copilot-swe-agent"}
    assert [one["member"] for one in by_agent] == [ADA, ADA, ADA, ADA, BEN]
    assert [one["points"] for one in by_agent] == [5, 5, 0, 0, 0]

    mark = "(done by the coding agent copilot-swe-agent)"
    assert acme.run("explain", "acme", "2026-10").out.count(mark) == 5
    comment = acme.run("explain", "acme", "2026-10", "--format", "markdown").out
    assert comment.count("(done by the coding agent `copilot-swe-agent`)") == 5
    told = json.loads(acme.run("explain", "acme", "2026-10", "--format", "json").out)
    schema = json.loads((schema_folder() / "explanation.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(told)
    assert [one.get("agent") for one in told["counted"][0]["contributions"]] == [
        *("copilot-swe-agent", "copilot-swe-agent"),
        None,
    ]

    assert acme.run("site", "--out", str(acme.path / "site")).code == 0
    page = (acme.path / "site/partner/acme/index.html").read_text()
    assert page.count("done by the coding agent <bdi>copilot-swe-agent</bdi>") == 5
    assert "A coding agent's pull request counts for" in (
        acme.path / "site/how/index.html"
    ).read_text().replace("&#39;", "'")
    data = json.loads((acme.path / "site/v1/partners/acme.json").read_text())
    schema = json.loads((schema_folder() / "published-partner.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)
    [october] = data["months"]
    assert sum("agent" in one for one in october["contributions"]) == 2


def test_the_same_month_in_which_they_count_for_nobody(acme: ProgramFolder) -> None:
    rows, lines = month(acme)
    assert (rows["acme"]["points"], rows["globex"]["points"]) == (5, 0)
    assert (
        rows["acme"]["uncounted"]
        == rows["globex"]["uncounted"]
        == {"review of a bot's pull request": 1}
    )
    assert all("agent" not in one for one in lines)
    assert not any("ASSIGNED_EVENT" in str(one) for one in acme.github.requests)


def test_an_application_is_read_by_the_same_rule(acme: ProgramFolder) -> None:
    (acme.path / "program.yml").write_text(POLICY.replace(SCOPE, f"{SCOPE}\n  agents: requester"))
    (acme.path / "partners/acme.yml").unlink()
    (acme.path / "applications").mkdir()
    team = f"team:\n  - {{name: Ben Example, github: {BEN}, since: 2025-01-15}}"
    (acme.path / "applications/acme.yml").write_text(ACME.replace("team:", team))
    ran = acme.run("check", "applications/acme.yml", "--format", "json", "--today", "2026-11-24")
    verdict = json.loads(ran.out)
    assert [one["points"] for one in verdict["contribution_months"]] == [0, 0, 15]
    assert sum(verdict["uncounted"].values()) == 4
    asked = [one for one in acme.github.requests if "ASSIGNED_EVENT" in str(one)]
    assert len(asked) == 1
