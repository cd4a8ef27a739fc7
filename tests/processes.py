"""Runs `partners` in processes of their own, which start in a moment."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self

SERVER = Path(__file__).with_name("fork_server.py")
SERVERS = 2
LIMIT = 120.0  # seconds

Ended = subprocess.CompletedProcess[str]


class Processes:
    """Starts `partners` while it is entered; a process knows nothing of the ones before it.

    Two servers take turns. Each has its own order of sets, as each start of Python has, so that
    two runs in a row do not agree by chance.
    """

    def __init__(self, folder: Path) -> None:
        self._out, self._err = folder / "out", folder / "err"
        self._servers: list[subprocess.Popen[str]] = []

    def run(
        self, *arguments: str, folder: Path, environ: Mapping[str, str], kill_at: int = 0
    ) -> Ended:
        """`partners ...` in a folder, with this environment and no other.

        `kill_at`: the write at which it is killed, from 1. The last line on stderr is the number of
        writes, unless it was killed.
        """
        server = self._next()
        told = {
            "arguments": arguments,
            "folder": str(folder),
            "environ": dict(environ),
            "out": str(self._out),
            "err": str(self._err),
            "kill_at": kill_at,
        }
        assert server.stdin
        assert server.stdout
        server.stdin.write(f"{json.dumps(told)}\n")
        server.stdin.flush()
        if not select.select([server.stdout], [], [], LIMIT)[0]:
            os.killpg(server.pid, signal.SIGKILL)
            raise TimeoutError(f"partners {' '.join(arguments)} did not end in {LIMIT:g} seconds.")
        out, err = self._out.read_text("utf-8"), self._err.read_text("utf-8")
        return Ended(["partners", *arguments], int(server.stdout.readline()), out, err)

    def _next(self) -> "subprocess.Popen[str]":
        """The server whose turn it is. The first run starts them."""
        if not self._servers:
            self._servers = [_started() for _ in range(SERVERS)]
            self._turns = cycle(self._servers)
        return next(self._turns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._servers:
            one.communicate()  # the end of its input is its end


def _started() -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, str(SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PATH": os.environ["PATH"]},  # as a run has it that is told no language
        text=True,
        start_new_session=True,
    )
