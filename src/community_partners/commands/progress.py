"""What is being asked right now: a moving line or bar on a terminal, plain lines in a log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Tell = Callable[[str], None]


@contextmanager
def progress(steps: int | None = None) -> Iterator[Tell]:
    """Give a function that is told the next step in a few words of ours; written to stderr.

    `steps`: how often it will be told, where that is known: then a bar shows how far it is.
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
