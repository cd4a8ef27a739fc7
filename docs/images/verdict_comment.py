"""Makes the picture in README: `make picture` writes verdict-comment.md and verdict-comment.png.

The Markdown is what `partners check --format markdown` prints for the example applicant Cloudberry
Labs. markdown-it-py turns the Markdown into HTML, and Chromium takes a picture of that page, which
looks like a comment on GitHub. A test compares the Markdown with what the command prints today.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
MARKDOWN = Path(__file__).with_name("verdict-comment.md")
PICTURE = Path(__file__).with_name("verdict-comment.png")
PAGE = Path(__file__).with_name("verdict_comment.html")
COMMAND = (
    *("check", "examples/applications/cloudberry.yml"),
    *("--program", "examples/program.yml"),
    *("--evidence", "examples/evidence/cloudberry.json"),
    *("--format", "markdown"),
)
WIDTH = 900  # CSS pixels
SCALE = 1.5  # pixels of the picture for one CSS pixel: sharp, and below 300 kB
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = (
    "Install Chromium and a font with emoji (on Debian: apt-get install chromium "
    "fonts-liberation fonts-noto-color-emoji), then run `make picture` again."
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", f"--force-device-scale-factor={SCALE}"),
)


def markdown() -> str:
    """Return the comment as the command prints it."""
    command = [sys.executable, "-m", "community_partners", *COMMAND]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    return ran.stdout.decode("utf-8")


def page(comment: str) -> str:
    """Return the HTML page that shows the comment, without scripts from elsewhere."""
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment)
    return PAGE.read_text("utf-8").replace("{{ comment }}", body)


class Browser:
    """Headless Chromium with an empty profile in `folder`. `program`: its path."""

    def __init__(self, program: str, folder: Path) -> None:
        self.command = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}"]

    def height(self, file: Path) -> int:
        """Return how many CSS pixels the page needs; the page itself writes that number."""
        dom = self._run("--dump-dom", f"--window-size={WIDTH},2000", file.as_uri())
        [found] = re.findall(r'data-height="(\d+)"', dom)
        return int(found)

    def picture(self, file: Path, target: Path) -> None:
        """Write the whole page as PNG to `target`."""
        size = f"--window-size={WIDTH},{self.height(file)}"
        self._run(f"--screenshot={target}", size, file.as_uri())

    def _run(self, *arguments: str) -> str:
        command = [*self.command, *arguments]
        ran = subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
        return ran.stdout.decode("utf-8")


def main() -> None:
    """Write both files, or exit with what to install."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(MISSING)
    comment = markdown()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "comment.html"
        file.write_text(page(comment), "utf-8")
        Browser(program, Path(folder)).picture(file, PICTURE)
    MARKDOWN.write_text(comment, "utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
