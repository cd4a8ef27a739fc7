"""Two open applications for one organization, whole: the later one goes to a person."""

import pytest

from acme import make_eligible
from community_partners.hidden_line import Memory
from community_partners.model.verdict import Decision
from fakes.github_changes import commit
from fakes.server import partial
from program_folder import REPOSITORY, ProgramFolder, body

OTHERS = {
    "name": "Other GmbH",
    "website": "https://other.example",
    "account": "other",
    "team": "Bela Example, example-user-2, 2025-01-15",
}
FILE = """\
slug: {slug}
name: {name}
website: {website}
country: Germany
sponsorship: {{platform: {platform}, account: {account}}}
"""


@pytest.fixture
def acme(program_folder: ProgramFolder) -> ProgramFolder:
    """Everything that makes Acme, which applies by issue 7, eligible."""
    make_eligible(program_folder.github, program_folder.open_collective)
    return program_folder


def applies(
    folder: ProgramFolder, number: int, text: str, *, heard: bool = True, **fields: object
) -> None:
    """Somebody is shown to speak for it, unless `heard` says otherwise."""
    labels = ["application"]
    folder.github.rest.add_issue(
        REPOSITORY, number, "example-other", labels=labels, body=text, **fields
    )
    judged(folder, number, heard=heard)


def judged(folder: ProgramFolder, number: int, *, heard: bool) -> None:
    memory = Memory(kind="verdict", decision=Decision.NOT_YET, heard=heard)
    folder.github.rest.add_comment(REPOSITORY, number, "github-actions[bot]", f"{memory}### Not")


def proposes(folder: ProgramFolder, number: int, slug: str = "other", **said: str) -> None:
    """By the pull-request door."""
    named = {"name": "Other GmbH", "website": "https://other.example", "account": "other"}
    text = FILE.format(slug=slug, **{"platform": "open-collective", **named, **said})
    path = {f"applications/{slug}.yml": text}
    folder.github.rest.propose(REPOSITORY, number, "example-other", path, commit(number))
    judged(folder, number, heard=True)


def found(folder: ProgramFolder) -> str:
    """What the criterion says in the comment."""
    lines = folder.comments[0].splitlines()
    [line] = [one for one in lines if one.startswith("| ") and "New to the program" in one]
    return line


SAME = {
    "short name": {"name": "Acme gmbh!"},
    "name": {"name": "ACME GmbH"},
    "website": {"website": "https://www.acme.example/en"},
    "domain": {"website": "https://acme.example/agency"},
    "paying account": {"account": "Acme"},
}


@pytest.mark.parametrize("agrees", SAME)
@pytest.mark.parametrize("door", ["issue", "pull request"])
def test_the_later_one_goes_to_a_person(acme: ProgramFolder, agrees: str, door: str) -> None:
    if door == "issue":
        applies(acme, 3, body(**{**OTHERS, **SAME[agrees]}))
    else:
        slug = "acme-gmbh" if agrees == "short name" else "other"
        proposes(acme, 3, slug, **({} if agrees == "short name" else SAME[agrees]))
    ran = acme.review(acme.issue(body()))
    assert (ran.code, acme.labels) == (0, ["application", "needs-review"])
    line = found(acme)
    assert "❔" in line
    assert "has the same" in line
    assert agrees in line
    kind = "issues" if door == "issue" else "pull"
    assert f"https://github.com/{REPOSITORY}/{kind}/3" in line
    assert not [one for one in acme.github.rest.repository(REPOSITORY).pulls if one["number"] > 7]


@pytest.mark.parametrize("door", ["issue", "pull request"])
def test_the_earlier_one_goes_on(acme: ProgramFolder, door: str) -> None:
    if door == "issue":
        applies(acme, 9, body())
    else:
        proposes(acme, 9, "acme-gmbh", account="acme")
    acme.review(acme.issue(body()))
    assert acme.labels == ["application", "eligible"]


@pytest.mark.parametrize("copied", [{}, {"account": "acme"}, {"name": "ACME GmbH"}])
def test_a_copy_for_which_nobody_speaks_holds_up_nobody(
    acme: ProgramFolder, copied: dict[str, str]
) -> None:
    """Anybody can open a form in a name that is not theirs."""
    applies(acme, 3, body(**{**OTHERS, **copied} if copied else {}), heard=False)
    acme.review(acme.issue(body()))
    assert acme.labels == ["application", "eligible"]
    assert "and nobody is shown to speak for it." in found(acme)


def test_a_name_that_another_speaker_took_first_is_for_a_maintainer(acme: ProgramFolder) -> None:
    """Nothing of the other application is shown but its name."""
    told = {"description": "We hate them.", "team": "Ada Example, example-user-9, 2025-01-15"}
    applies(acme, 3, body(**{**OTHERS, **told, "name": "ACME GmbH"}))
    acme.review(acme.issue(body()))
    assert acme.labels == ["application", "needs-review"]
    assert "ACME GmbH (#\u200b3) has the same short name and name." in found(acme)
    assert "A maintainer will check which of them goes on." in found(acme)
    for private in ("We hate them", "example-user-9", "other.example"):
        assert private not in acme.comments[0]
    assert "close one of the two. Once only one is open, comment /recheck." in acme.comments[0]

    acme.github.rest.repository(REPOSITORY).issues[3]["state"] = "closed"
    acme.say("example-applicant", "/recheck")
    assert acme.labels == ["application", "eligible"]


@pytest.mark.parametrize("why", ["others", "closed", "no application", "unreadable", "platform"])
def test_what_is_no_other_application_of_it(acme: ProgramFolder, why: str) -> None:
    match why:
        case "others":
            applies(acme, 3, body(**OTHERS))
        case "closed":
            applies(acme, 3, body(), state="closed")
        case "no application":
            acme.github.rest.add_issue(REPOSITORY, 3, "example-other", body=body())
        case "unreadable":
            applies(acme, 3, "Acme GmbH https://acme.example")
            acme.github.rest.propose(
                REPOSITORY, 4, "x", {"applications/a.yml": "&a [*a]"}, commit(4)
            )
        case "platform":
            applies(
                acme, 3, body(**OTHERS, platform="GitHub Sponsors").replace("other\n", "acme\n")
            )
    acme.review(acme.issue(body()))
    assert acme.labels == ["application", "eligible"]


def test_our_own_pull_request_is_nobody_elses(acme: ProgramFolder) -> None:
    acme.review(acme.issue(body()))
    acme.review(acme.issue(body(services="Hosting\nTraining"), "edited"))
    assert acme.labels == ["application", "eligible"]


def test_github_that_does_not_tell_who_else_applies(acme: ProgramFolder) -> None:
    acme.github.fail(partial("repository", "issues", type="SOMETHING"), on="$onMain", times=9)
    ran = acme.review(acme.issue(body()))
    assert (ran.code, acme.labels) == (0, ["application", "needs-review"])
    assert "GitHub answered only in part (SOMETHING)." in found(acme)


def test_many_applications_are_read_to_the_end(acme: ProgramFolder) -> None:
    for number in range(100, 230):
        applies(acme, number, body(**OTHERS), created_at=f"2026-01-01T00:00:{number - 100:03}Z")
    applies(acme, 3, body(**{**OTHERS, "name": "Acme GmbH"}), created_at="2026-11-01T00:00:00Z")
    acme.review(acme.issue(body()))
    assert "short name and name" in found(acme)
