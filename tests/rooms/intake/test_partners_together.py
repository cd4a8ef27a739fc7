"""Records of partners beside each other: what two of them cannot both say, and what they can."""

from pathlib import Path

import pytest

from builders import TODAY
from community_partners.errors import InvalidInputError
from community_partners.intake.partners import read_partners
from community_partners.intake.records import validate
from program_folder import POLICY

RECORD = """\
slug: {slug}
name: {slug}
website: https://acme.example
country: Germany
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
sponsorship: {{platform: {platform}, account: {account}}}
team:
  - {{name: Ada Example, github: example-user-1, id: 101, since: 2025-01-15}}
consent: true
accepted: 2026-03-14
terms: {{edition: 2026-01, amount: EUR 99}}
"""


def room(root: Path, **records: str) -> Path:
    """The folder of `acme="github-sponsors/one 7"`: platform, account and, if any, the issue."""
    folder = root / "partners"
    folder.mkdir(parents=True, exist_ok=True)
    for slug, told in records.items():
        platform, payer, *number = told.replace("/", " ").split()
        text = RECORD.format(slug=slug, platform=platform, account=payer)
        text += "".join(f"issue: {one}\n" for one in number)
        (folder / f"{slug}.yml").write_text(text, encoding="utf-8")
    (root / "program.yml").write_text(POLICY, "utf-8")
    return folder


def told(folder: Path) -> list[str]:
    """What is wrong, without the folder: validation and reading say the same."""
    found = [str(one) for one in validate([folder], TODAY)]
    if found:
        with pytest.raises(InvalidInputError) as caught:
            read_partners(folder, TODAY)
        assert str(caught.value).splitlines() == found
    return [one.replace(f"{folder}/", "") for one in found]


def account(slug: str, name: str) -> str:
    return (
        f"{slug}.yml, line 8, sponsorship.account: The account {name} is another partner's already "
        "(acme.yml, line 8). Keep it in one of the two: what an account pays is one partner's."
    )


def issue(slug: str, number: int) -> str:
    return (
        f"{slug}.yml, line 14, issue: The issue {number} is another partner's already "
        "(acme.yml, line 14). Write the number of this partner's own application, or leave it out."
    )


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"acme": "open-collective/one 7", "globex": "open-collective/two 8"}, []),
        ({"acme": "open-collective/one", "globex": "github-sponsors/one"}, []),
        (
            {"acme": "open-collective/one", "globex": "open-collective/ONE"},
            [account("globex", "ONE on Open Collective")],
        ),
        (
            {"acme": "open-collective/one 7", "globex": "open-collective/two 7"},
            [issue("globex", 7)],
        ),
        (
            {
                "acme": "github-sponsors/one 7",
                "globex": "github-sponsors/one 8",
                "initech": "github-sponsors/one 7",
            },
            [
                account("globex", "one on GitHub Sponsors"),
                account("initech", "one on GitHub Sponsors"),
                issue("initech", 7),
            ],
        ),
    ],
    ids=["nothing alike but a member", "platforms", "account", "issue", "three"],
)
def test_what_two_partners_cannot_share(
    tmp_path: Path, records: dict[str, str], expected: list[str]
) -> None:
    """A member whom both name is no error of the records: the rules count it for neither."""
    assert told(room(tmp_path, **records)) == expected


def test_a_file_that_is_named_twice_shares_nothing_with_itself(tmp_path: Path) -> None:
    folder = room(tmp_path, acme="open-collective/one 7")
    assert validate([tmp_path, folder, folder / "acme.yml"], TODAY) == ()


def test_partners_of_different_programs_may_be_the_same(tmp_path: Path) -> None:
    both = [tmp_path / "here", tmp_path / "there"]
    for root in both:
        room(root, acme="open-collective/one 7")
    assert validate(both, TODAY) == ()


def test_beside_a_record_that_cannot_be_read_the_others_are_still_compared(tmp_path: Path) -> None:
    folder = room(tmp_path, acme="open-collective/one", globex="open-collective/one")
    (folder / "broken.yml").write_text("slug: 1\n", encoding="utf-8")
    assert account("globex", "one on Open Collective") in told(folder)
