"""How long the action takes from its start to its first request: `make benchmark`.

The scripts of action.yml are run as a runner does it, in a new folder each time, for an issue that
was opened. *Install* and *run* are the seconds of each; the bound for both is 4 seconds with a warm
cache. Warm: uv's cache has the locked packages, as astral-sh/setup-uv restores it; cold: it is
empty, and the index is asked. setup-uv itself runs on GitHub only, and is not counted.

Seen with Python 3.11 on two cores, with an index nearby:

                     least  median    most  (seconds)
    warm: install     0.40    0.53    0.67
    warm: run         0.76    0.80    1.11
    warm: both        1.16    1.32    1.73
    cold: install     1.42    1.63    2.07
    cold: run         0.73    0.73    0.75
    cold: both        2.15    2.38    2.80

Nearly all of *run* is Python's, compiling and importing what the command needs: so commands import
late, and a new dependency shows here.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
RUNS = {"warm": 9, "cold": 3}
EVENT: dict[str, Any] = {
    "action": "opened",
    "issue": {"number": 1, "body": "", "state": "open", "labels": [{"name": "application"}]},
    "repository": {"full_name": "lantern-project/partners"},
    "sender": {"type": "User"},
}


class Listener(BaseHTTPRequestHandler):
    """Tells when the first question comes, which is one to GraphQL, and gives no answer."""

    asked = threading.Event()

    def do_POST(self) -> None:
        self.asked.set()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def scripts() -> list[tuple[str, dict[str, str]]]:
    """Of the steps that are our own: what to run, and its variables with each input's default."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    given = {f"${{{{ inputs.{name} }}}}": one["default"] for name, one in action["inputs"].items()}
    given["${{ inputs.github-token }}"] = "ghs_0123456789"
    return [
        (step["run"], {name: given[value] for name, value in step.get("env", {}).items()})
        for step in action["runs"]["steps"]
        if "run" in step
    ]


def environment(folder: Path, url: str) -> dict[str, str]:
    """Of a runner whose temporary folder this is."""
    event = folder / "event.json"
    event.write_text(json.dumps(EVENT), "utf-8")
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "UV_PYTHON": sys.executable,
        "RUNNER_TEMP": str(folder),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "issues",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_API_URL": url,
        "GITHUB_GRAPHQL_URL": f"{url}/graphql",
    }


def measure(environ: dict[str, str]) -> tuple[float, float]:
    """Seconds of the installation, and from its end to the first request."""
    (install, _), (run, variables) = scripts()
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    Listener.asked.clear()
    start = time.perf_counter()
    subprocess.run([*bash, install], cwd=ROOT, env=environ, check=True)  # noqa: S603
    installed = time.perf_counter()
    running = subprocess.Popen(  # noqa: S603
        [*bash, run], cwd=ROOT, env={**environ, **variables}, start_new_session=True
    )
    if not Listener.asked.wait(60):
        sys.exit("The action asked nobody.")
    asked = time.perf_counter()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return installed - start, asked - installed


def row(name: str, figures: list[float]) -> str:
    return f"{name:14}{min(figures):8.2f}{median(figures):8.2f}{max(figures):8.2f}"


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'':14}{'least':>8}{'median':>8}{'most':>8}  (seconds)")
    for cache, runs in RUNS.items():
        figures = []
        for _ in range(runs + 1):
            with TemporaryDirectory() as folder:
                environ = environment(Path(folder), f"http://127.0.0.1:{server.server_port}")
                if cache == "cold":
                    environ["UV_CACHE_DIR"] = f"{folder}/cache"
                figures.append(measure(environ))
        installs, starts = zip(*figures[1:], strict=True)  # the first one is not counted
        print(row(f"{cache}: install", list(installs)))
        print(row(f"{cache}: run", list(starts)))
        print(row(f"{cache}: both", list(map(sum, figures[1:]))))


if __name__ == "__main__":
    main()
