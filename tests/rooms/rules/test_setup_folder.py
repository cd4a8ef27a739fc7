"""What `partners doctor` says of the form's options, and of a folder without a policy."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from community_partners.intake.program_form import TEMPLATE
from community_partners.intake.setup_files import read_folder
from community_partners.model.setup import Check, Health
from community_partners.rules.setup_folder import of_folder
from program_folder import POLICY, ROOT

TODAY = date(2026, 11, 24)
BOTH = ("Open Collective", "GitHub Sponsors")
FORM = TEMPLATE.as_posix()
COLLECTIVE = "  open_collective: {collective: project}\n"
SPONSORS = "  github_sponsors: {login: project}\n"
OPTIONS = f"Correct the options in {FORM}, or `sponsorship` in program.yml."
NAMES = "Write each country as its name or its ISO code."


def question(form: str, name: str, *options: str) -> str:
    """The form with one question as a menu of these options; without options, as a line of text."""
    head, rest = form.split(f"    id: {name}\n", 1)
    head = head[: head.rindex("  - type: ")]
    end = rest.find("\n  - type: ")
    kind = "dropdown" if options else "input"
    asked = f"  - type: {kind}\n    id: {name}\n    attributes:\n      label: About {name}\n"
    listed = "".join(f"        - {option}\n" for option in options)
    return head + asked + (f"      options:\n{listed}" if options else "") + rest[end + 1 :]


def checks(folder: Path) -> dict[str, Check]:
    found = of_folder(read_folder(folder / "program.yml", (), TODAY))
    return {one.title: one for one in found}


def form_check(folder: Path, options: dict[str, tuple[str, ...]], left_out: str) -> Check:
    """The check of the form, with these options, by a policy without `left_out`."""
    form = (folder / TEMPLATE).read_text("utf-8")
    for name, offered in options.items():
        form = question(form, name, *offered)
    (folder / TEMPLATE).write_text(form, "utf-8")
    (folder / "program.yml").write_text(POLICY.replace(left_out, ""), "utf-8")
    return checks(folder)["Application form"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / TEMPLATE).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / TEMPLATE, tmp_path / TEMPLATE)
    (tmp_path / "program.yml").write_text(POLICY, "utf-8")
    return tmp_path


# the options of each question, what the policy leaves out, what is said, the remedy
OFFERED: dict[str, tuple[dict[str, tuple[str, ...]], str, list[str], str]] = {
    "a platform that the program does not use": (
        {"platform": BOTH},
        SPONSORS,
        ["It offers 'GitHub Sponsors', through which the program does not collect."],
        OPTIONS,
    ),
    "the other one": (
        {"platform": BOTH},
        COLLECTIVE,
        ["It offers 'Open Collective', through which the program does not collect."],
        OPTIONS,
    ),
    "a platform of another program": (
        {"platform": (*BOTH, "Patreon")},
        "",
        ["It offers 'Patreon', through which the program does not collect."],
        OPTIONS,
    ),
    "two in one option: nobody can tell which": (
        {"platform": (*BOTH, "Open Collective or GitHub")},
        "",
        ["It offers 'Open Collective or GitHub', through which the program does not collect."],
        OPTIONS,
    ),
    "a platform that nobody can choose": (
        {"platform": BOTH[:1]},
        "",
        ["It does not offer GitHub Sponsors, through which the program collects."],
        OPTIONS,
    ),
    "only the platform of another program": (
        {"platform": ("Patreon",)},
        SPONSORS,
        [
            "It offers 'Patreon', through which the program does not collect.",
            "It does not offer Open Collective, through which the program collects.",
        ],
        OPTIONS,
    ),
    "no country": (
        {"country": ("Germany", "Germny", "Réunion", "IN")},
        "",
        ["It offers 'Germny', which is not a country known to us."],
        NAMES,
    ),
    "no country, as a rest": (
        {"country": ("Germany", "Other")},
        "",
        ["It offers 'Other', which is not a country known to us."],
        NAMES,
    ),
    "a name of two countries": (
        {"country": ("Congo",)},
        "",
        ["It offers 'Congo', which is not a country known to us."],
        NAMES,
    ),
    "no country to compare with": (
        {"big-mac-comparable": ("Vietnam", "Atlantis")},
        "",
        ["It offers 'Atlantis', which is not a country known to us."],
        NAMES,
    ),
    "the same in both questions is said once": (
        {"country": ("Atlantis", "India"), "big-mac-comparable": ("Atlantis",)},
        "",
        ["It offers 'Atlantis', which is not a country known to us."],
        NAMES,
    ),
    "platforms and countries, the first three": (
        {"platform": (*BOTH, "Patreon"), "country": ("A1", "A2", "A3")},
        "",
        [
            "It offers 'Patreon', through which the program does not collect.",
            "It offers 'A1', which is not a country known to us.",
            "It offers 'A2', which is not a country known to us.",
            "And 1 more.",
        ],
        f"{OPTIONS} {NAMES}",
    ),
}


@pytest.mark.parametrize(
    ("options", "left_out", "sentences", "remedy"), OFFERED.values(), ids=OFFERED
)
def test_options_by_which_nobody_can_become_a_partner(
    folder: Path,
    options: dict[str, tuple[str, ...]],
    left_out: str,
    sentences: list[str],
    remedy: str,
) -> None:
    found = form_check(folder, options, left_out)
    assert (found.outcome, found.sentence) == (Health.TO_MEND, " ".join(sentences))
    assert found.remedy == remedy


@pytest.mark.parametrize(
    ("options", "left_out"),
    [
        ({}, ""),
        ({"platform": BOTH}, ""),
        ({"platform": ("github sponsors (monthly)", "OPEN COLLECTIVE")}, ""),
        ({"platform": BOTH[:1]}, SPONSORS),
        ({"platform": BOTH[1:]}, COLLECTIVE),
        ({"platform": ()}, SPONSORS),  # a line of text offers nothing
        ({"country": ("Germany", "india", "XK", "Åland", "Hong Kong")}, ""),
        ({"big-mac-comparable": ("Vietnam", "THA")}, ""),
    ],
)
def test_options_that_the_program_has(
    folder: Path, options: dict[str, tuple[str, ...]], left_out: str
) -> None:
    found = form_check(folder, options, left_out)
    assert (found.outcome, found.remedy) == (Health.IN_ORDER, None)


def test_a_policy_that_cannot_be_read_leaves_the_platforms_alone(folder: Path) -> None:
    (folder / "program.yml").write_text("name: x\n", "utf-8")
    form = question((folder / TEMPLATE).read_text("utf-8"), "platform", "Patreon")
    (folder / TEMPLATE).write_text(question(form, "country", "Atlantis"), "utf-8")
    found = checks(folder)["Application form"]
    assert found.sentence == "It offers 'Atlantis', which is not a country known to us."


@pytest.mark.parametrize(
    ("policy", "sentence", "remedy"),
    [
        (
            None,
            "There is no file {}. Check the name and the folder.",
            (
                "Go to the folder of the program, or name its file with --program; "
                "docs/set-up.md starts a new program."
            ),
        ),
        (
            "name: x\n",
            "{}, line 1: 'contribution' is missing. Write what must be contributed. ",
            "Correct program.yml; docs/policy.md says what each number means.",
        ),
    ],
)
def test_the_remedy_for_the_policy(
    tmp_path: Path, policy: str | None, sentence: str, remedy: str
) -> None:
    path = tmp_path / "program.yml"
    if policy is not None:
        path.write_text(policy, "utf-8")
    found = checks(tmp_path)["Policy"]
    assert found.outcome is Health.TO_MEND
    assert found.sentence.startswith(sentence.format(path))
    assert found.remedy == remedy
