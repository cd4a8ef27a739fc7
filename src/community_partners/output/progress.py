"""What is being asked right now: a moving line on a terminal, plain lines in a log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that is told the next step in a few words of ours; written to stderr."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: console.print(f"partners: {step}", markup=False, highlight=False)
        return
    with console.status("starting") as status:
        yield lambda step: status.update(f"{step} …")
