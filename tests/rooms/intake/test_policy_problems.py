"""A policy that fits its schema and cannot mean what it says is refused, with place and remedy."""

from datetime import date
from pathlib import Path

import pytest

from community_partners.errors import InvalidInputError
from community_partners.intake.program import read_program
from community_partners.intake.records import validate
from community_partners.intake.schema import fits
from community_partners.intake.yaml_document import read_yaml
from operate_document import is_explained
from program_folder import POLICY

TODAY = date(2026, 11, 24)
Edit = tuple[str, str]
KINDS = "{pull request: 5, review: 2, issue: 1, answer: 2, event: 10}"
CLAIMS = "  claims: {folder: contributions}\n"
GITHUB = "{organizations: [project]}"
LATER = "  partner_editions: [{edition: 2026-12, since: 2027-01}]\n"
NO_CLAIMS = (CLAIMS, "")
LIST = """\
  claims:
    folder: contributions
    all_contributors:
      - {repository: project/core, approved_by: example-a, kinds: {doc: event, code: null}}
"""
LISTED = (CLAIMS, LIST)
IN_LIST = "contribution.claims.all_contributors[0]."
DECISIONS = """\
comparable_countries:
  - {country: Cambodia, like: India, reason: a neighbor, date: 2026-11-02, decided_by: example-a}
  - {country: Laos, price: LAK 60000, per_dollar: 21600, reason: was shown, date: 2026-11-02,
     decided_by: example-a}
"""

DECIDED = ("ranking:", f"{DECISIONS}ranking:")

# what is changed, where the problem is, what it says
REFUSED: dict[str, tuple[list[Edit], str, str]] = {
    **{
        kind: (
            [(KINDS, f"{{{kind}: 5}}")],
            f"contribution.points.{kind}: ",
            f"Nobody counts the kind '{kind}'. Did you mean `{meant}`?",
        )
        for kind, meant in {
            "pull requests": "pull request",
            "pull-request": "pull request",
            "pull-requests": "pull request",
            "pul request": "pull request",
            "pull reqest": "pull request",
            "merge request": "pull request",
            "merge requests": "pull request",
            "pr": "pull request",
            "prs": "pull request",
            "mr": "pull request",
            "pulls": "pull request",
            "reviews": "review",
            "code review": "review",
            "reveiw": "review",
            "issues": "issue",
            "closed issues": "issue",
            "isue": "issue",
            "answers": "answer",
            "anwser": "answer",
            "accepted answer": "answer",
        }.items()
    },
    "event without claims": (
        [NO_CLAIMS],
        "contribution.points.event: ",
        (
            "'event'. Counted are pull request, review, issue, answer; "
            "for others, name the folder of "
            "`claims`."
        ),
    ),
    "capital letters": (
        [(KINDS, "{Pull Request: 5}")],
        "contribution.points: ",
        (
            '"Pull Request" is not right. Write a kind of contribution in small letters, such as '
            "pull request."
        ),
    ),
    "no platform": (
        [
            ("  open_collective: {collective: project}\n", ""),
            ("  github_sponsors: {login: project}\n", ""),
        ],
        "sponsorship: ",
        (
            "No platform is named, so nobody can sponsor. Add `open_collective` with `collective`, "
            "`github_sponsors` with `login`, or both."
        ),
    ),
    **{
        f"no place: {scope}": (
            [(GITHUB, scope)],
            "contribution.github: ",
            "No organization and no repository is named, so no work counts. Name at least one",
        )
        for scope in ("{}", "{organizations: [], repositories: []}", "{exclude: [project/a]}")
    },
    "excluded elsewhere": (
        [(GITHUB, "{organizations: [project], exclude: [other/a]}")],
        "contribution.github.exclude[0]: ",
        (
            "other/a does not count anyway, so that there is nothing to "
            "leave out. Name a repository "
            "of one of `organizations`, or take this line away."
        ),
    ),
    "excluded by a mistyped owner": (
        [(GITHUB, "{organizations: [project], exclude: [projet/a]}")],
        "contribution.github.exclude[0]: ",
        (
            "projet/a does not count anyway, so that there is nothing to leave out. Did you mean "
            "project/a?"
        ),
    ),
    "excluded beside a repository": (
        [(GITHUB, "{repositories: [project/a], exclude: [project/b]}")],
        "contribution.github.exclude[0]: ",
        "project/b does not count anyway",
    ),
    "excluded and named": (
        [(GITHUB, "{organizations: [project], repositories: [Project/A], exclude: [project/a]}")],
        "contribution.github.exclude[0]: ",
        "project/a is left out here, and named in `repositories`. Keep it in one of the two.",
    ),
    "a list elsewhere": (
        [LISTED, ("project/core", "other/core")],
        f"{IN_LIST}repository: ",
        (
            "other/core is no repository that counts. Name one of `contribution.github`, or add it "
            "there."
        ),
    ),
    "an excluded list": (
        [LISTED, (GITHUB, "{organizations: [project], exclude: [Project/Core]}")],
        f"{IN_LIST}repository: ",
        "project/core is no repository that counts.",
    ),
    "a list twice": (
        [LISTED, (LIST, LIST + LIST.split("\n")[3].replace("project/core", "Project/Core") + "\n")],
        "contribution.claims.all_contributors[1].repository: ",
        "Another entry names Project/Core, too. Keep one of the two: a list is read once.",
    ),
    **{
        f"a type that GitHub shows: {type_}": (
            [LISTED, ("code: null", f"{type_}: {kind}")],
            f"{IN_LIST}kinds.{type_}: ",
            (
                f"GitHub shows every {kind_of_github} by itself: '{type_}' would count it twice. "
                "Take this line away, or write `null`."
            ),
        )
        for type_, kind, kind_of_github in (
            ("code", "event", "pull request"),
            ("review", "review", "review"),
            ("review", "event", "review"),
            ("bug", "issue", "issue"),
            ("question", "answer", "answer"),
        )
    },
    "a type in other words": (
        [LISTED, ("code: null", "docs: event")],
        f"{IN_LIST}kinds.docs: ",
        "all-contributors has no type 'docs'. Did you mean `doc`?",
    ),
    "a type in British English": (
        [LISTED, ("code: null", "eventOrganising: event")],
        f"{IN_LIST}kinds.eventOrganising: ",
        "Did you mean `eventOrganizing`?",
    ),
    "a kind without points": (
        [LISTED, ("doc: event", "doc: documentation")],
        f"{IN_LIST}kinds.doc: ",
        "`points` has no kind 'documentation'. Write one of answer, event, issue",
    ),
    "a type that is none": (
        [LISTED, ("code: null", "'a b': event")],
        f"{IN_LIST}kinds: ",
        '"a b" is not right. Write a type of `.all-contributorsrc`, such as doc.',
    ),
    "tomorrow": (
        [("date: 2026-01-01", "date: 2026-11-25")],
        "policy.date: ",
        (
            "This policy applies from 25 November 2026: until then "
            "nothing is judged by it. Keep the "
            "policy that applies today in program.yml, and merge this one on its day."
        ),
    ),
    "in ten years": (
        [("date: 2026-01-01", "date: 2036-12-01")],
        "policy.date: ",
        "1 December 2036",
    ),
    "an edition that was never": (
        [("edition: 2026-01\n", "edition: 2026-07\n")],
        "sponsorship.edition: ",
        "The Big Mac index has no edition 2026-07 here. Write one that is there, such as 2026-01",
    ),
    "an edition of a year that has not come: the nearest, then the newest": (
        [("edition: 2026-01\n", "edition: 2031-01\n")],
        "sponsorship.edition: ",
        "Write one that is there, such as 2023-01 or 2026-01.",
    ),
    "no country": (
        [DECIDED, ("Cambodia", "Germny")],
        "comparable_countries[0].country: ",
        "'Germny' is not a country known to us. Did you mean Germany or Guernsey?",
    ),
    "no country to compare with": (
        [DECIDED, ("like: India", "like: Atlantis")],
        "comparable_countries[0].like: ",
        "'Atlantis' is not a country known to us.",
    ),
    "a country that was decided twice": (
        [DECIDED, ("country: Laos", "country: KHM")],
        "comparable_countries[1].country: ",
        (
            "Cambodia stands here twice, and only its first price would apply. Keep the decision "
            "that applies, and take the other one away."
        ),
    ),
    "no currency": (
        [DECIDED, ("LAK 60000", "LKA 60000")],
        "comparable_countries[1].price: ",
        "'LKA' is not the code of a currency. Write the code of ISO 4217, such as KHR.",
    ),
    "a number in quotes": (
        [("tolerance_percent: 3", "tolerance_percent: '3'")],
        "sponsorship.tolerance_percent: ",
        '"3" is not a number.',
    ),
    "a later edition that was never": (
        [("  months: 3\n  tol", f"{LATER}  months: 3\n  tol")],
        "sponsorship.partner_editions[0].edition: ",
        "The Big Mac index has no edition 2026-12 here.",
    ),
}


def written(folder: Path, *edits: Edit) -> Path:
    text = POLICY
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "program.yml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(("edits", "place", "says"), REFUSED.values(), ids=REFUSED)
def test_refused(edits: list[Edit], place: str, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, *edits)
    with pytest.raises(InvalidInputError) as caught:
        read_program(path, TODAY)
    [problem] = caught.value.problems
    assert f"{problem.place}: ".endswith(place)
    assert problem.place.line
    assert says in str(problem)
    assert validate([tmp_path], TODAY) == (problem,)
    if fits(read_yaml(path.read_bytes(), path.name).data, "program"):
        assert is_explained(problem.message), "a row of docs/messages.md"


ACCEPTED: dict[str, list[Edit]] = {
    "as it is": [],
    **{
        f"claims of {kind}": [(KINDS, f"{{pull request: 5, {kind}: 2}}")]
        for kind in (
            *("event", "talk", "leadership", "translation", "interview", "case study", "blog post"),
            *("meetup", "documentation", "security report", "mentoring", "code of conduct"),
        )
    },
    "only the kinds of GitHub": [(", event: 10", ""), NO_CLAIMS],
    "a list": [LISTED],
    "a list with types of its own": [LISTED, ("code: null", "podcast: event, a-b_1: event")],
    "today": [("date: 2026-01-01", "date: 2026-11-24")],
    "one platform": [("  github_sponsors: {login: project}\n", "")],
    "the other platform": [("  open_collective: {collective: project}\n", "")],
    "a repository": [(GITHUB, "{repositories: [project/a]}")],
    "decisions on two countries": [DECIDED],
    "excluded in other letters": [(GITHUB, "{organizations: [project], exclude: [Project/a]}")],
}


@pytest.mark.parametrize("edits", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(edits: list[Edit], tmp_path: Path) -> None:
    path = written(tmp_path, *edits)
    assert read_program(path, TODAY)
    assert validate([tmp_path], TODAY) == ()
