"""Debian's Chromium, driven by Playwright, and a plain file server below a subpath.

Playwright downloads no browser here. Where there is no Chromium, tests that need it are skipped.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
BELOW = "/project/partners/"
"""The site is served below this path, as GitHub Pages does for a repository."""


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(BELOW):
            return "/nowhere"
        return super().translate_path(path.removeprefix(BELOW[:-1]))

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")  # as GitHub Pages does
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served inside a `with` block, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser inside a `with` block; skips the test on a machine without one."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("There is no Chromium here (on Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        # As root, which CI is, Chromium starts without its sandbox only. It sees our pages alone.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
