"""Defines the command `partners`: its commands and options, and its exit codes.

README.md has the table of exit codes. A command's module is imported when the command runs, so that
`--help` stays quick.
"""

import codecs
import io
import sys
from importlib import import_module
from typing import Any

import click

from . import __version__
from .commands.options import (
    CalendarMonth,
    evidence,
    flag,
    form,
    path,
    program_file,
    save_evidence,
    today,
)
from .errors import UserError
from .words.escape import defuse


class Deferred(click.Command):
    """A command that imports the module `commands.<work>` when it runs, and calls its `run`."""

    def __init__(self, name: str, work: str, text: str, *params: click.Parameter) -> None:
        super().__init__(name, help=text, params=list(params))
        self.work = work

    def invoke(self, ctx: click.Context) -> Any:
        """Call `run` with the options by name."""
        return ctx.invoke(_work(self.work).run, **ctx.params)


def _work(name: str) -> Any:
    return import_module(f".commands.{name}", __package__)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Return characters that a terminal lacks as JSON's escapes, and where to go on.

    So JSON stays JSON on such a terminal.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error("escaped as in JSON", _escaped)

WRITES_NOTHING = "Print what would be written, and write nothing."
HANDS_ON = (
    "Write no branch and no file: put what is left into the step's output `handed-on`, for "
    "`partners propose`."
)
COMMANDS = (
    Deferred(
        "check",
        "check",
        "Give the verdict on an application's FILE, such as applications/acme.yml.",
        click.Argument(["file"], type=path),
        program_file(),
        evidence(),
        save_evidence(),
        today(),
        form("text", "markdown", "json"),
    ),
    Deferred(
        "review",
        "review",
        "Answer the application in the thread of GITHUB_EVENT_PATH with one comment.",
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        flag("--hand-on", HANDS_ON),
        today(),
    ),
    Deferred(
        "claim",
        "claim",
        "Answer the claim in the issue of GITHUB_EVENT_PATH; add the file of one that is approved.",
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        today(),
    ),
    Deferred(
        "waiting",
        "waiting",
        "Look again at open applications whose day has come, remind silent ones, close the "
        "longest.",
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        flag("--hand-on", HANDS_ON),
        today(),
    ),
    Deferred(
        "propose",
        "propose",
        "Write the pull requests that `review` or `waiting` left: HANDED_ON. Nothing is judged.",
        click.Argument(["handed_on"]),
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        today(),
    ),
    Deferred(
        "rejudge",
        "rejudge",
        "Judge again the applications of the push that were merged on an old verdict.",
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        today(),
    ),
    Deferred(
        "admit",
        "admit",
        "Admit the applications of the push in GITHUB_EVENT_PATH, or those in FILEs.",
        click.Argument(["files"], metavar="[FILE]...", type=path, nargs=-1),
        program_file(),
        flag("--dry-run", WRITES_NOTHING),
        today(),
    ),
    Deferred(
        "month",
        "month",
        "Judge and rank all partners in MONTH, such as 2026-10 [default: the last closed one].",
        click.Argument(["asked"], metavar="[MONTH]", type=CalendarMonth(), required=False),
        click.Option(
            ["--from", "first"], type=CalendarMonth(), help="The first of several months."
        ),
        click.Option(["--to", "last"], type=CalendarMonth(), help="The last of several months."),
        flag("--preview", "Show how an open month looks so far; write nothing."),
        evidence(),
        save_evidence(),
        flag("--dry-run", "Show what would be written, and write nothing."),
        flag(
            "--commit",
            "Commit the files, tell partners whose standing got worse, keep the digest.",
        ),
        click.Option(
            ["--hand-on"],
            type=path,
            help="Leave the months in this new folder; write nothing else.",
        ),
        click.Option(
            ["--handed-on"],
            type=path,
            help="Take the months from such a folder, and ask no source.",
        ),
        form("text", "markdown", "json"),
        program_file(),
        today(),
    ),
    Deferred(
        "explain",
        "explain",
        "Say why the partner SLUG has its result in MONTH [default: its last one]; ask nobody.",
        click.Argument(["slug"]),
        click.Argument(["asked"], metavar="[MONTH]", type=CalendarMonth(), required=False),
        click.Option(["--person"], help="A login: list only this team member's contributions."),
        form("text", "markdown", "json"),
        program_file(),
        today(),
    ),
    Deferred(
        "site",
        "site",
        "Render the public site from the records and the committed months; ask nobody.",
        click.Option(
            ["--output", "--out", "output"],
            type=path,
            required=True,
            help="The folder of the site; only files that differ are written.",
        ),
        flag("--serve", "Show the site on this machine, and render it again on a change."),
        click.Option(
            ["--port"], type=int, default=8000, show_default=True, help="Of --serve; 0: a free one."
        ),
        flag("--dry-run", "Say how many files differ, and write nothing."),
        program_file(),
        click.Option(["--repository"], help="owner/name on GitHub [default: GITHUB_REPOSITORY]."),
        today(),
    ),
    Deferred(
        "validate",
        "validate",
        "Check the form of all records below PATHS [default: this folder]; ask nobody.",
        click.Argument(["paths"], type=path, nargs=-1),
        today(),
    ),
    Deferred(
        "form",
        "form",
        "Print the application that BODY, the text of a filled form, stands for.",
        click.Argument(["body"], type=path),
        program_file(),
        today(),
    ),
    Deferred(
        "required",
        "required",
        "Say what a sponsor with headquarters in COUNTRY pays a month.",
        click.Argument(["country"]),
        click.Option(
            ["--edition"],
            help="Of the Big Mac index, such as 2021-01 [default: the program's].",
        ),
        flag("--json", "Print JSON.", "as_json"),
        program_file(),
    ),
    click.Group(
        "prices",
        [
            Deferred(
                "update",
                "prices",
                "Take newer editions, showing whose required amount would change by how much.",
                click.Option(
                    ["--from", "source"],
                    type=path,
                    help="The publisher's CSV [default: fetch it].",
                ),
                flag("--dry-run", "Show what would change, and write nothing."),
                flag(
                    "--propose",
                    "Open a pull request for a newer edition, here or in program.yml, and write "
                    "no file.",
                ),
                program_file(),
            )
        ],
        help="The table of Big Mac prices that required amounts follow.",
    ),
    Deferred(
        "doctor",
        "doctor",
        "Check files, tokens and the repository's settings; say what to do. Nothing is written.",
        program_file(),
        click.Option(["--repository"], help="owner/name on GitHub [default: GITHUB_REPOSITORY]."),
        form("text", "json"),
        today(),
    ),
)
partners = click.version_option(__version__, prog_name="partners")(
    click.Group(
        "partners",
        COMMANDS,
        help="Runs a project's partner program from a repository: checks, ranks, shows.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
)


def main() -> None:
    """Run the command line. The exit code tells who can mend an error: the user or we."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="escaped as in JSON")
    try:
        partners(prog_name="partners", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except (click.ClickException, UserError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else error
        click.echo(defuse(f"partners: {message}"), err=True)
        sys.exit(1)
    except Exception:  # noqa: BLE001  only here are unforeseen errors caught
        _work("bug_report").run()
        sys.exit(3)
