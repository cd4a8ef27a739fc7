"""How much code one event and one month pass through: `python benchmarks/one_path.py`.

Two journeys run whole against the fakes of `tests/fakes`: an issue of an eligible applicant, from
its event to the comment and the pull request; and a month of the example program's ten partners.
Python's profiler sees each call of a function of ours. Printed are the files that a call went
through, the functions, and how often the costly ones ran: the form read, its template read, a
comment's command read, payments laid out.
"""

import contextlib
import inspect
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import community_partners  # noqa: E402  the tests' folder has to be found first
from acme import make_eligible  # noqa: E402
from community_partners import cli  # noqa: E402
from example_world import EXAMPLES, fill  # noqa: E402
from fakes.github import FakeGitHub  # noqa: E402
from fakes.open_collective import FakeOpenCollective  # noqa: E402
from program_folder import POLICY, REPOSITORY, TEMPLATE, body  # noqa: E402

PACKAGE = Path(community_partners.__file__).parent
COSTLY = {
    "the form is read": ("intake/issue_form.py", "parse"),
    "its template is read": ("intake/form_template.py", "read_template"),
    "a comment's command is read": ("intake/comment_command.py", "read_command"),
    "the payments of a partner are laid out": ("rules/layout.py", "lay_out"),
}
INNER = ("<genexpr>", "<lambda>", "<listcomp>", "<dictcomp>", "<setcomp>")

Calls = Counter[tuple[str, str]]


@contextmanager
def counted() -> Iterator[Calls]:
    """Calls by file and function; other people's code is left out, and that of imports."""
    calls: Calls = Counter()

    def see(frame: FrameType, event: str, _: Any) -> None:
        path = frame.f_code.co_filename
        name = frame.f_code.co_qualname
        function = frame.f_code.co_flags & inspect.CO_NEWLOCALS  # a class's body is none
        ours = path.startswith(f"{PACKAGE}{os.sep}") and path.endswith(".py")
        if event == "call" and function and ours and name.rsplit(".", 1)[-1] not in INNER:
            calls[Path(path).relative_to(PACKAGE).as_posix(), name] += 1

    sys.setprofile(see)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def run(folder: Path, environ: Mapping[str, str], *arguments: str) -> Calls:
    """`partners ...` in a folder, with this environment; what it prints is kept back."""
    kept, at = dict(os.environ), Path.cwd()
    os.environ.update(environ)
    os.chdir(folder)
    sys.argv = ["partners", *arguments]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), counted() as calls:
            cli.main()
    except SystemExit as stop:
        if stop.code:
            sys.exit(f"{' '.join(arguments)} ended with {stop.code}:\n{said.getvalue()}")
    finally:
        os.chdir(at)
        os.environ.clear()
        os.environ.update(kept)
    return calls


def one_issue(folder: Path) -> Calls:
    """Acme, who is eligible but for its payer's website: a maintainer waived that in a comment.

    Counted is the run on that comment; the one before it, which opened the thread, is not.
    """
    (folder / "program.yml").write_text(POLICY, "utf-8")
    (folder / TEMPLATE).parent.mkdir(parents=True)
    (folder / TEMPLATE).write_text((ROOT / TEMPLATE).read_text("utf-8"), "utf-8")
    with FakeGitHub() as github, FakeOpenCollective() as open_collective:
        make_eligible(github, open_collective, website="https://elsewhere.example")
        github.rest.add_issue(REPOSITORY, 7, "example-applicant", labels=["application"])
        repository = github.rest.repository(REPOSITORY)
        repository.issues[7]["body"] = body()
        repository.roles["example-maintainer"] = "write"
        event = {
            "action": "opened",
            "issue": repository.issues[7],
            "repository": {"full_name": REPOSITORY},
            "sender": {"login": "example-applicant", "type": "User"},
        }
        environ = {
            **_environ(folder, github, open_collective),
            "GITHUB_EVENT_NAME": "issues",
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
        }
        (folder / "event.json").write_text(json.dumps(event), "utf-8")
        # In a process of its own, which leaves nothing in memory.
        command = [sys.executable, "-m", "community_partners", "review", "--today", "2026-11-24"]
        subprocess.run(  # noqa: S603  our own arguments
            command, cwd=folder, env={**os.environ, **environ}, capture_output=True, check=True
        )
        shutil.rmtree(folder / "cache")
        said = github.rest.add_comment(
            REPOSITORY, 7, "example-maintainer", "/waive payer We know them."
        )
        event |= {"action": "created", "comment": said, "sender": said["user"]}
        (folder / "event.json").write_text(json.dumps(event), "utf-8")
        environ["GITHUB_EVENT_NAME"] = "issue_comment"
        return run(folder, environ, "review", "--today", "2026-11-24")


def one_month(folder: Path) -> Calls:
    """October 2026 of the example program."""
    for name in ("partners", "rankings"):
        shutil.copytree(EXAMPLES / name, folder / name)
    shutil.copyfile(EXAMPLES / "program.yml", folder / "program.yml")
    with FakeGitHub() as github, FakeOpenCollective() as open_collective:
        fill(github, open_collective)
        environ = _environ(folder, github, open_collective)
        today = ("--today", "2026-11-26", "--dry-run")
        return run(folder, environ, "month", "2026-10", *today)


def _environ(
    folder: Path, github: FakeGitHub, open_collective: FakeOpenCollective
) -> dict[str, str]:
    return {
        "GITHUB_TOKEN": "ghs_0123456789",
        "SPONSORS_TOKEN": "ghp_0123456789",
        "GITHUB_API_URL": github.url,
        "OPENCOLLECTIVE_API_URL": open_collective.url,
        "EXCHANGE_RATES_URL": f"{open_collective.url}/no-rates-here",
        "PARTNERS_CACHE": str(folder / "cache"),
    }


def show(title: str, calls: Calls, *, verbose: bool) -> None:
    """The counts of one journey."""
    files = {path for path, _ in calls}
    known = len(list(PACKAGE.rglob("*.py")))
    print(f"{title}: {len(files)} of {known} files, {len(calls)} functions")
    for what, (path, name) in COSTLY.items():
        if (path, name) in calls:
            print(f"  {what}: {calls[path, name]}")
    if verbose:
        for path in sorted(files):
            print("   ", path, *sorted(name for where, name in calls if where == path))


def main() -> None:
    """Print the counts of both journeys; `-v` names the files and functions."""
    verbose = "-v" in sys.argv[1:]
    with TemporaryDirectory() as folder:
        issue = one_issue(Path(folder))
    with TemporaryDirectory() as folder:
        month = one_month(Path(folder))
    show("One issue, from event to comment", issue, verbose=verbose)
    show("One month of ten partners", month, verbose=verbose)


if __name__ == "__main__":
    main()
