"""Which pull requests apply, and all that is refused before and after a file is read."""

from typing import Any

import pytest

from acme import ACME, PATH
from builders import TODAY, program
from community_partners.errors import InvalidInputError
from community_partners.intake.proposed_file import (
    Kind,
    application_file,
    file_submission,
    kind_of,
    not_looked_at,
)
from community_partners.model.pull_request import ChangedFile, FileAt, PullRequest
from community_partners.model.submission import Submission

ROOM = "applications"


def file(path: str = PATH, status: str = "added", **fields: Any) -> ChangedFile:
    return ChangedFile(path=path, status=status, **fields)


def pull(*files: ChangedFile | str, **fields: Any) -> PullRequest:
    given = {
        "title": "Our application",
        "url": "https://github.com/project/partners/pull/7",
        "open": True,
        "author": "example-applicant",
        "base": "main",
        "default_branch": "main",
        "head": "0" * 40,
        "fork": "example-fork/partners",
        "labels": (),
        **fields,
    }
    return PullRequest(
        files=tuple(one if isinstance(one, ChangedFile) else file(one) for one in files), **given
    )


def problems(found: PullRequest, room: str = ROOM) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidInputError) as refused:
        application_file(found, room)
    return [(one.place.document, one.message, one.remedy) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("seen", "room"),
    [
        (pull(PATH), ROOM),
        (pull(file(status="modified")), ROOM),
        (pull("applications/a.yml"), ROOM),
        (pull(f"applications/{'a' * 60}.yml"), ROOM),
        (pull("partners-program/applications/7-up.yml"), "partners-program/applications"),
    ],
)
def test_one_file_added_or_modified(seen: PullRequest, room: str) -> None:
    assert not_looked_at(seen) is None
    assert kind_of(seen, room) is Kind.APPLICATION
    assert application_file(seen, room) is seen.files[0]


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (pull(PATH, open=False), "The pull request is closed."),
        (pull(PATH, base="v1"), "It asks to change 'v1', not 'main'."),
        (pull(PATH, base="main", default_branch="next"), "It asks to change 'main', not 'next'."),
    ],
)
def test_what_is_not_looked_at(seen: PullRequest, reason: str) -> None:
    found = not_looked_at(seen)
    assert found is not None
    assert reason in found.reason


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (pull(), Kind.OTHER),
        (pull("README.md", "applications/example.yml"), Kind.OTHER),
        (pull("applications.yml", "x/applications/acme.yml"), Kind.OTHER),
        (pull("partners/acme.yml", ".github/workflows/ci.yml"), Kind.OTHER),
        (pull(file(status="removed"), file("partners/acme.yml", "removed")), Kind.REMOVAL),
        (pull(file(status="removed"), "applications/bolt.yml"), Kind.APPLICATION),
        (pull(file(status="removed"), labels=("application",)), Kind.APPLICATION),
        (pull(file(status="removed"), whole=False), Kind.APPLICATION),
    ],
)
def test_what_it_does_to_applications(seen: PullRequest, kind: Kind) -> None:
    assert not_looked_at(seen) is None
    assert kind_of(seen, ROOM) is kind


@pytest.mark.parametrize(
    "seen",
    [
        pull("README.md", labels=("application", "eligible")),
        pull("README.md", whole=False),
        pull(file("README.md", "renamed", previous=PATH)),
        pull("APPLICATIONS/acme.yml"),
        pull("applications"),
    ],
)
def test_what_is_refused_and_not_passed_over(seen: PullRequest) -> None:
    assert kind_of(seen, ROOM) is Kind.APPLICATION
    assert problems(seen)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a/b.yml", "Name it applications/b.yml."),
        ("../x.yml", "Name it applications/x.yml."),
        ("Acme.yml", "Name it applications/acme.yml."),
        ("acme.yaml", "Name it applications/acme.yml."),
        ("acme.YML", "Name it applications/acme.yml."),
        ("acme", "Name it applications/<slug>.yml:"),
        ("acme.yml ", "Name it applications/<slug>.yml:"),
        ("acme.yml\n", "Name it applications/<slug>.yml:"),
        ("acme.json", "Name it applications/<slug>.yml:"),
        (".yml", "Name it applications/<slug>.yml:"),
        ("-.yml", "Name it applications/<slug>.yml:"),
        ("acme--inc.yml", "Name it applications/<slug>.yml:"),
        ("äcme.yml", "Name it applications/<slug>.yml:"),
        ("README.md", "Name it applications/<slug>.yml:"),
        ("x/example.yml", "Name it applications/<slug>.yml:"),
        (f"{'a' * 61}.yml", "Name it applications/<slug>.yml:"),
        ("%2e%2e/acme.yml", "Name it applications/acme.yml."),
    ],
)
def test_odd_names(name: str, remedy: str) -> None:
    [(_, message, told)] = problems(pull(f"applications/{name}"))
    assert message == "This is not the name of an application's file."
    assert told.startswith(remedy)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (file(status="removed"), "To withdraw an application, say so in a comment."),
        (file(status="renamed", previous="applications/example.yml"), "add one of your own"),
        (file("README.md", "renamed", previous=PATH), "Leave that file where it is"),
        (file(status="renamed"), "add one of your own"),
        (file(status="copied", previous="applications/bolt.yml"), "Make it a plain file again"),
        (file(status="changed"), "Make it a plain file again"),
        (file(status="unchanged"), "Make it a plain file again"),
        (file(status="::error::\n" * 99), "Make it a plain file again"),
    ],
)
def test_other_kinds_of_change(one: ChangedFile, words: str) -> None:
    [(_, _, remedy)] = problems(pull(one))
    assert words in remedy


def test_all_that_is_wrong_is_told_at_once_and_what_runs_here_first() -> None:
    found = problems(
        pull(
            *("zebra.md", PATH, "applications/example.yml", "applications/Bolt.yml"),
            file("docs/x.md", "renamed", previous=".github/workflows/ci.yml"),
            *("action.yml", ".github/workflows/application.yml"),
        )
    )
    assert [where for where, _, _ in found] == [
        ".github/workflows/application.yml",
        "action.yml",
        "docs/x.md",
        "applications/example.yml",
        "zebra.md",
        "applications/Bolt.yml",
        "this pull request",
    ]


@pytest.mark.parametrize("count", [2, 3, 500])
def test_one_application_at_a_time(count: int) -> None:
    found = problems(pull(*(f"applications/a{number}.yml" for number in range(count))))
    [(where, message, _)] = found
    assert where == "this pull request"
    assert f"{count} files" in message


def at(content: bytes = ACME.encode(), **fields: Any) -> FileAt:
    return FileAt(**{"kind": "file", "size": len(content), "content": content, **fields})


def read(there: FileAt | None, listed: FileAt | None, path: str = PATH) -> Submission:
    """`there` is what GitHub gives, `listed` what its list of changes says."""
    blob = listed.blob if listed else None
    return file_submission("A title", file(path, blob=blob), there, TODAY, program())


def test_the_bytes_that_are_listed_are_read() -> None:
    found = read(at(), at())
    assert found.application is not None
    assert (found.application.name, found.data["name"]) == ("Acme GmbH", "Acme GmbH")
    assert found.problems == ()
    assert at(b"hello\n").blob == "ce013625030ba8dba906f756967f9e9ca394464a", "as git says"


LARGE = at(b"#" * 65_537)


@pytest.mark.parametrize(
    ("there", "listed", "words"),
    [
        (None, at(), "GitHub does not give this file"),
        (at(kind="symlink"), at(), "what GitHub calls 'symlink'"),
        (at(kind="submodule"), at(), "what GitHub calls 'submodule'"),
        (at(b"", kind="folder"), at(), "what GitHub calls 'folder'"),
        (at(size=65_537), at(), "This has 65,537 bytes; at most 65,536 are read."),
        (LARGE, LARGE, "This has 65,537 bytes"),
        (at(LARGE.content, size=7), LARGE, "This has 65,537 bytes"),
        (at(b"", size=2_000_000), LARGE, "This has 2,000,000 bytes"),
        (at(), at(b"../program.yml"), "This is a link to another file"),
        (at(), None, "This is a link to another file, or not the content that GitHub lists."),
        (at(b"\xff"), at(b"\xff"), "This is not UTF-8 text."),
        (at(b""), at(b""), "null is not a mapping."),
    ],
)
def test_what_is_not_to_be_read(there: FileAt | None, listed: FileAt | None, words: str) -> None:
    found = read(there, listed)
    assert (found.application, found.title) == (None, "A title")
    [problem] = found.problems
    assert problem.place.document == PATH
    assert words in problem.message


def test_the_name_of_the_file_is_the_slug() -> None:
    found = read(at(), at(), "applications/bolt.yml")
    assert found.application is None
    assert "is not the file's name, 'bolt'" in "\n".join(map(str, found.problems))
