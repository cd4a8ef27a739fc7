"""Writes what may be asked for again. Decides that a cache which cannot be written harms nobody."""

import tempfile
from contextlib import suppress
from pathlib import Path


def keep(path: Path, content: bytes) -> None:
    """All of it or nothing, also where another run reads or writes the same file."""
    # Where nothing can be written the question is asked again, and the verdict is the same.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            fresh.write_bytes(content)
            fresh.replace(path)
