"""The command `partners`: its parts, and how it ends.

Exit codes: 0 a verdict was given or the work is done, 1 something that the user can mend, 3 a bug
of ours. Journeys are imported inside the commands, so that `partners --help` stays quick.
"""

import sys
import traceback

import click

from . import __version__
from .commands.admit import admit
from .commands.check import check_file
from .commands.doctor import doctor
from .commands.month import month
from .commands.prices import prices, required
from .commands.records import form, validate
from .commands.review import review
from .commands.waiting import waiting
from .errors import UserError
from .words.log import defuse


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="partners")
def partners() -> None:
    """Runs a project's partner program from a repository: checks, ranks, shows."""


for command in (
    check_file,
    review,
    waiting,
    admit,
    month,
    validate,
    form,
    required,
    prices,
    doctor,
):
    partners.add_command(command)


def main() -> None:
    """The console script; tells errors apart by who can mend them."""
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
    except Exception:  # noqa: BLE001  the one place that catches what nobody foresaw
        click.echo(defuse(traceback.format_exc()), err=True)
        click.echo("partners: this is a bug of ours; please report the lines above.", err=True)
        sys.exit(3)
