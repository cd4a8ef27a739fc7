"""Makes the two pictures of the site in README: `make picture` writes them beside this file.

They show the example's site in Chromium.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from playwright.sync_api import sync_playwright

from community_partners.site.publish import render_site

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 26)
PICTURES = {"site-directory.png": "", "site-partner.png": "partner/juniper-web/"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = (
    "Install Chromium and fonts (on Debian: apt-get install chromium fonts-liberation), then run "
    "`make picture` again."
)


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def main() -> None:
    """Write both pictures, or exit with what to install."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(MISSING)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder)
        render_site(
            ROOT / "examples/program.yml",
            site,
            TODAY,
            server="https://github.com",
            repository="lantern-project/partners",
        )
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1120, "height": 760})
        with _served(site) as start:
            for name, path in PICTURES.items():
                page.goto(start + path)
                target = Path(__file__).with_name(name)
                page.screenshot(path=target)
                print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
