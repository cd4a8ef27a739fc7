"""Runs `partners`, and kills it at its n-th write: to a file, by a program or by a request.

Python's audit events tell of each before it happens, so nothing of the command is replaced. The
process is the command's own: `processes.py` starts it.
"""

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from community_partners.cli import main
from community_partners.commands import wiring
from fakes.websites import web_of

WRITES = (b"POST ", b"PATCH ", b"PUT ", b"DELETE ")  # a question by GraphQL is one as well
FILES = ("rankings", "aurora-digital", "long-gone")  # of pages, which all are alike, only one's
GIT_WRITES = {"fetch", "reset", "checkout"}


class Killer:
    """Counts writes; at number `at` the process dies as if the machine had."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if _is_write(event, args):
            self.seen += 1
            if self.seen == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def _is_write(event: str, args: tuple[Any, ...]) -> bool:
    match event:
        case "open":
            path, mode, _ = args
            return _ours(path) and bool(set(mode or "") & set("wax+"))
        case "os.rename" | "os.remove":
            return _ours(args[0])
        case "subprocess.Popen":
            return bool(GIT_WRITES & set(args[1]))
        case "http.client.send":
            data = args[1]
            return isinstance(data, bytes) and data.startswith(WRITES)
    return False


def _ours(path: object) -> bool:
    return any(one in str(path) for one in FILES)


def run(at: int, arguments: Sequence[str]) -> None:
    """`partners ...`; `at` 0 only counts. Prints how many writes there were, last, on stderr."""
    killer = Killer(at)
    sys.argv = ["partners", *arguments]
    if told := os.environ.get("FAKE_WEBSITE"):  # no way out of this machine: `fakes/websites.py`
        wiring._web = partial(web_of, told)
    sys.addaudithook(killer)
    try:
        main()
    finally:
        print(killer.seen, file=sys.stderr)
