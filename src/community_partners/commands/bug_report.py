"""Prints the traceback of an unforeseen error, and the versions that a bug report needs."""

import platform
import traceback
from importlib.metadata import version

import click

from .. import __version__
from ..words.escape import defuse

REPORTED = ("click", "PyGithub", "requests", "jsonschema", "cattrs")


def run() -> None:
    """Print the traceback of the present error, and the versions, to stderr."""
    libraries = ", ".join(f"{name} {version(name)}" for name in REPORTED)
    click.echo(defuse(traceback.format_exc()), err=True)
    click.echo(
        "partners: this is a bug of ours; please report the lines above, and these versions: "
        f"community-partners {__version__}, Python {platform.python_version()}, "
        f"{platform.system()}, {libraries}.",
        err=True,
    )
