"""Reports progress while a command works, and the summary and outputs of a job at the end.

When the summary and outputs are written, the work is done: if their file cannot be written, that
is a UserError, and no bug.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ..errors import UserError
from ..wire.tries import Meter

LARGEST_SUMMARY = 900_000  # bytes; GitHub drops a summary near 1 MiB without an error


def write_summary(path: Path | None, result: str, meter: Meter) -> None:
    """Write the number of requests and the result, in Markdown, to the page of the workflow's run.

    `path`: GITHUB_STEP_SUMMARY; None outside a workflow. Raises UserError.
    """
    text = f"{meter}.\n\n{result}\n"
    _append("GITHUB_STEP_SUMMARY", path, text.encode()[:LARGEST_SUMMARY].decode(errors="ignore"))


def write_outputs(path: Path | None, values: Mapping[str, str]) -> None:
    """Append the outputs of the step to the file `path`, or do nothing if `path` is None.

    `path`: the file in GITHUB_OUTPUT; None outside a workflow. A random delimiter ends each value,
    so no value can add another output. Raises UserError if the file cannot be written.
    """
    for name, value in values.items():
        end = secrets.token_hex(16)
        _append("GITHUB_OUTPUT", path, f"{name}<<{end}\n{value}\n{end}\n")


def _append(variable: str, path: Path | None, text: str) -> None:
    try:
        if path is not None:
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise UserError(
            f"The work is done, but the file of {variable} cannot be written: {error.strerror}. "
            "Leave that variable as the workflow sets it."
        ) from error


Tell = Callable[[str], None]


@contextmanager
def progress(steps: int | None = None) -> Iterator[Tell]:
    """Show progress on stderr inside a `with` block, which gets a function to tell the next step.

    `steps`: the number of steps, if known: then a terminal shows a bar. The function takes a few
    words and does not escape them, so pass only words of ours.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: console.print(f"partners: {step}", markup=False, highlight=False)
    elif steps is None:
        with console.status("starting") as status:
            yield lambda step: status.update(f"{step} …")
    else:
        with _bar(console, steps) as tell:
            yield tell


@contextmanager
def _bar(console: Console, steps: int) -> Iterator[Tell]:
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("starting", total=steps)
        told = iter(range(steps))

        def tell(step: str) -> None:
            shown.update(task, description=f"{step} …", completed=next(told, steps))

        yield tell
