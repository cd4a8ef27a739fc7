"""Forks itself for each line of its input: `partners`, in a process of its own, in a moment.

Most of a short run is Python's start and the import of all modules, which is done here once. A
child has nothing of the children before it, ends as Python does, and can be killed at its n-th
write, which `e2e/killed.py` counts. `processes.py` writes the lines.
"""

import atexit
import gc
import json
import os
import pkgutil
import sys
import threading
from importlib import import_module
from typing import Any, NoReturn

import community_partners
from e2e import killed


def serve() -> dict[str, Any] | None:
    """Answer each line with the exit code of its run; return a child's own line, or None."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            told: dict[str, Any] = json.loads(line)
            return told
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


def become(told: dict[str, Any]) -> None:
    """Take folder, environment and streams of the run."""
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environ"])
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, told["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, told["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)


def end(code: object) -> NoReturn:
    """End as Python does, but leave the memory to the system.

    To take each object apart copies all memory of the server first: half of the time of a run.
    """
    if not isinstance(code, int | None):
        sys.exit(str(code))
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    for module in pkgutil.walk_packages(community_partners.__path__, "community_partners."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()  # so that a child does not copy what it only looks through
    run = serve()
    if run:
        become(run)
        try:
            killed.run(run["kill_at"], run["arguments"])
        except SystemExit as ended:
            end(ended.code)
        end(None)
