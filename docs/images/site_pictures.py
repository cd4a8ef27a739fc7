"""Makes the two pictures of the site in README: `make picture` writes them beside this file.

They show the example's site in Chromium. With a folder as argument, `make screenshots` writes each
page there, on a phone and a desktop, light and dark.
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

from playwright.sync_api import Browser, sync_playwright

from community_partners.site.publish import render_site

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 26)
PICTURES = {"site-directory.png": "", "site-partner.png": "partner/juniper-web/"}
PAGES = {
    "directory": "",
    "nothing-found": "?country=IND&service=hosting",
    "partner": "partner/dune-works/",
    "ranking": "ranking/",
    "join": "join/",
    "amount": "amount/",
    "how": "how/",
    "former": "former/",
    "data": "data/",
}
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
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
    """Write the pictures, or exit with what to install."""
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
        with _served(site) as start:
            if len(sys.argv) > 1:
                _every_page(browser, start, Path(sys.argv[1]))
            else:
                _of_readme(browser, start)
        browser.close()


def _of_readme(browser: Browser, start: str) -> None:
    page = browser.new_page(viewport={"width": 1120, "height": 760})
    for name, path in PICTURES.items():
        page.goto(start + path)
        target = Path(__file__).with_name(name)
        page.screenshot(path=target)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


def _every_page(browser: Browser, start: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            for name, path in PAGES.items():
                page.goto(start + path)
                page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
