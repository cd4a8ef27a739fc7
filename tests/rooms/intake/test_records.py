"""Records, valid and invalid: each invalid file has beside it exactly what its author reads.

`BLESS=1` writes what is read now; look at the difference before you commit it.
"""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY
from community_partners.errors import InvalidInputError
from community_partners.intake.applications import build_application, read_application
from community_partners.intake.claims import filed_claims, read_claims
from community_partners.intake.partners import read_partner, read_partners
from community_partners.intake.program import read_program
from community_partners.intake.records import validate
from community_partners.intake.yaml_document import read_yaml, write_yaml
from community_partners.model.money import Money

SCHEMAS = Path(__file__).parents[2] / "schemas"
ROOT = Path(__file__).parents[3]
KINDS = ("event", "talk")


def read(path: Path) -> object:
    """The record of a file, by the folder that it lies in."""
    kind = path.parents[1].name
    if kind == "application":
        document = read_yaml(path.read_bytes(), path.name)
        return build_application(document.data, document.locate, TODAY)
    if kind == "program":
        return read_program(path, TODAY)
    if kind == "partner":
        return read_partner(path, TODAY).partner
    return read_claims(path.parent, KINDS)


def files(which: str) -> list[Path]:
    return sorted(SCHEMAS.glob(f"*/{which}/*.yml"))


def name(path: Path) -> str:
    return f"{path.parents[1].name}-{path.stem}"


@pytest.mark.parametrize("path", files("valid"), ids=name)
def test_valid(path: Path) -> None:
    assert read(path)


@pytest.mark.parametrize(
    "path", [path for path in files("invalid") if "claims" not in str(path)], ids=name
)
def test_invalid(path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(path)
    for problem in caught.value.problems:
        assert problem.place.line, "each has its line"
        assert problem.remedy.endswith((".", "?")), "and its remedy"
    told = str(caught.value).replace(str(path), path.name) + "\n"
    expected = path.with_suffix(".txt")
    if os.environ.get("BLESS"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def test_all_invalid_claims_are_told_at_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_claims(SCHEMAS / "claims" / "invalid", KINDS)
    told = str(caught.value).replace(str(SCHEMAS / "claims" / "invalid") + "/", "")
    assert told.splitlines() == [
        (
            "kind.yml, line 2, claims[0].kind: program.yml gives no points for 'painting'. "
            "Choose one of event, talk."
        ),
        (
            "nobody-approved.yml, line 2, claims[0]: 'approved_by' is missing. "
            "Write the maintainer who approved it, such as example-maintainer. If nobody did, take "
            "the claim out."
        ),
    ]


def test_a_file_is_named_by_its_slug(tmp_path: Path) -> None:
    text = (SCHEMAS / "application" / "valid" / "acme.yml").read_text()
    (tmp_path / "globex.yml").write_text(text)
    with pytest.raises(InvalidInputError, match=r"Name the file acme\.yml, or correct the slug"):
        read_application(tmp_path / "globex.yml", TODAY, None)


def _copy(kind: str, to: Path) -> Path:
    """One of the valid records of a kind, in a file of another name."""
    source = min((SCHEMAS / kind / "valid").glob("*.yml"))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return to


@pytest.mark.parametrize("ending", [".yaml", ".YAML", ".YML"])
@pytest.mark.parametrize(
    ("kind", "room"),
    [
        ("application", "applications"),
        ("partner", "partners"),
        ("claims", "contributions"),
        ("program", "."),
    ],
)
def test_a_file_that_nothing_would_read_is_told(
    tmp_path: Path, kind: str, room: str, ending: str
) -> None:
    name = "program" if kind == "program" else "acme"
    if kind != "program":
        _copy("program", tmp_path / "program.yml")
    file = _copy(kind, tmp_path / room / f"{name}{ending}")
    for named in (tmp_path, file, file.parent):
        [problem] = validate([named], TODAY)
        assert str(problem) == (
            f"{file}: The name of this file ends in {ending}, so that nothing reads it. "
            f"Rename it to {name}.yml."
        )


def test_a_record_of_another_ending_is_not_passed_over(tmp_path: Path) -> None:
    """Without it a partner would be new, and a month would lack its points."""
    _copy("partner", tmp_path / "partners" / "acme.yaml")
    _copy("claims", tmp_path / "contributions" / "autumn.yaml")
    with pytest.raises(InvalidInputError, match=r"Rename it to acme\.yml"):
        read_partners(tmp_path / "partners", TODAY)
    with pytest.raises(InvalidInputError, match=r"Rename it to autumn\.yml"):
        read_claims(tmp_path / "contributions", KINDS)


def test_other_files_in_a_room_are_nobodys_records(tmp_path: Path) -> None:
    for name in ("README.md", ".gitkeep", ".yaml", "acme.yml~", "notes.txt"):
        _copy("partner", tmp_path / "partners" / name)
    _copy("program", tmp_path / "program.yml")
    assert read_partners(tmp_path / "partners", TODAY) == ()
    found = [Path(one.place.document).name for one in validate([tmp_path], TODAY)]
    assert found == [".yaml", "acme.yml~", "notes.txt"], "each would be missed by its author"


def test_a_claim_is_a_contribution_of_its_month() -> None:
    [month] = read_claims(SCHEMAS / "claims" / "valid", KINDS)
    [claim] = month.contributions
    assert (str(month.month), claim.kind, claim.by.login) == ("2026-10", "event", "example-user-1")


def test_claims_are_compared_with_all_that_can_be_read(tmp_path: Path) -> None:
    """A file that cannot be read takes no other along; a kind that is gone hides no page."""
    text = (SCHEMAS / "claims/valid/event.yml").read_text("utf-8")
    others = {
        "1.yml": text.replace("kind: event", "kind: cooking") + "    issue: 7\n",
        "2.yml": text + "    issue: 7\n",
        "3.yml": text.replace("    approved_by: example-maintainer\n", ""),
        "4.yml": "claims: [",
    }
    for name, content in others.items():
        (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "5.yml").mkdir()
    found = filed_claims(tmp_path)
    assert [one.kind for one in found.work] == ["cooking", "event"]
    assert {number: len(claims) for number, claims in found.approved.items()} == {7: 2}
    assert [Path(one.place.document).name for one in found.unread] == ["3.yml", "4.yml", "5.yml"]


def test_no_folder_is_no_claim_and_no_partner(tmp_path: Path) -> None:
    assert read_claims(tmp_path / "contributions", KINDS) == ()
    assert read_partners(tmp_path / "partners", TODAY) == ()


def test_what_ships_is_valid() -> None:
    assert validate([ROOT], TODAY) == ()


def test_the_policy_of_a_program() -> None:
    program = read_program(ROOT / "program.yml", TODAY)
    assert program.sponsorship.base == Money.parse("USD 100")
    assert program.sponsorship.edition == "2026-01"


def test_decided_countries_are_codes() -> None:
    program = read_program(SCHEMAS / "program" / "valid" / "decided.yml", TODAY)
    assert [
        (one.country.name, one.like and one.like.code) for one in program.comparable_countries
    ] == [
        ("Cambodia", "VNM"),
        ("North Korea", None),
    ]


def test_text_that_yaml_would_take_for_something_else_stays_text() -> None:
    data = read_yaml("a: no\nb: 2026-01-02\nc: 12:30\nd: 0o7\ne: 1_000\nf: 010\ng: on\n", "x").data
    assert list(data.values()) == ["no", "2026-01-02", "12:30", "0o7", "1_000", 10, "on"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.recursive(
    WORDS | st.booleans() | st.integers(-(10**9), 10**9) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_reads_back(data: object) -> None:
    assert read_yaml(write_yaml({"it": data}), "x").data == {"it": data}


@given(st.text() | st.binary())
def test_any_text_is_a_value_or_a_sentence(text: str | bytes) -> None:
    with suppress(InvalidInputError):
        document = read_yaml(text, "x.yml")
        build_application(document.data, document.locate, date(2026, 11, 24))


@given(st.dictionaries(st.sampled_from(["slug", "name", "website", "country", "team"]), VALUES))
def test_any_mapping_is_an_application_or_sentences(data: dict[str, object]) -> None:
    document = read_yaml(write_yaml(data), "x.yml")
    with pytest.raises(InvalidInputError):
        build_application(document.data, document.locate, date(2026, 11, 24))


PASSED_OVER = {
    "partners/.yml": "has no name before its ending",
    "partners/.yaml": "has no name before its ending",
    "partners/acme.json": "ends in .json",
    "partners/acme.yml.txt": "ends in .yml.txt",
    "partners/acme.yml.orig": "ends in .yml.orig",
    "partners/acme": "has no ending",
    "applications/acme.toml": "ends in .toml",
    "applications/2026/acme.yml": "This is a folder",
    "contributions/talks/2026-10.yml": "This is a folder",
    "program.yml.txt": "ends in .yml.txt",
    "program.yaml": "ends in .yaml",
}


@pytest.mark.parametrize("path", PASSED_OVER)
def test_what_is_passed_over_is_named(path: str, tmp_path: Path) -> None:
    file = tmp_path / path
    if not path.startswith("program"):
        _copy("program", tmp_path / "program.yml")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("name: Acme\n", encoding="utf-8")
    [problem] = validate([tmp_path], TODAY)
    assert PASSED_OVER[path] in problem.message
    named = file if "folder" not in problem.message else file.parent
    assert problem.place.document == str(named)
    room = tmp_path / Path(path).parts[0]
    if room.is_dir():
        assert validate([room], TODAY) == (problem,)
        assert validate([room, room], TODAY) == (problem,)
    if named.is_file() and room.is_dir():
        assert validate([file], TODAY) == (problem,)


@pytest.mark.parametrize(
    ("rooms", "beside"),
    [
        ((), ", and no record"),
        (("partners",), " beside partners/"),
        (("partners", "applications"), " beside applications/ and partners/"),
    ],
)
def test_a_folder_without_a_policy_is_in_no_order(
    rooms: tuple[str, ...], beside: str, tmp_path: Path
) -> None:
    for room in rooms:
        (tmp_path / room).mkdir()
        assert validate([tmp_path / room], TODAY) == ()
    [problem] = validate([tmp_path], TODAY)
    assert str(problem) == (
        f"{tmp_path}: There is no program.yml here{beside}. Go to the folder of the program, or "
        "name it; docs/set-up.md starts a new one."
    )


@pytest.mark.parametrize("name", ["README.md", ".gitkeep", ".gitignore", ".gitattributes"])
def test_what_may_stand_beside_records(name: str, tmp_path: Path) -> None:
    _copy("program", tmp_path / "program.yml")
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / name).write_text("", encoding="utf-8")
    assert validate([tmp_path], TODAY) == ()
