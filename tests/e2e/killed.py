"""Runs `partners`, and kills it at its n-th write: to a file, by a program or by a request.

Python's audit events tell of each before it happens, so nothing of the command is replaced. Tests
run it in a process of its own: `python killed.py N arguments...`; N 0 only counts, and prints how
many writes there were as its last line on stderr.
"""

import os
import signal
import sys
from functools import partial
from typing import Any

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


if __name__ == "__main__":
    killer = Killer(int(sys.argv[1]))
    sys.argv = ["partners", *sys.argv[2:]]
    if told := os.environ.get("FAKE_WEBSITE"):  # no way out of this machine: `fakes/websites.py`
        from community_partners.commands import wiring
        from fakes.websites import web_of

        wiring._web = partial(web_of, told)
    from community_partners.cli import main

    sys.addaudithook(killer)
    try:
        main()
    finally:
        print(killer.seen, file=sys.stderr)
