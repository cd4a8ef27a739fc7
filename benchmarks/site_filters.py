"""How soon a filter of the directory is seen: `make benchmark`, with Chromium.

The site of 100, 300 and 1,000 partners, in a real browser. Words are typed and deleted, services
and countries chosen and taken back. Printed are milliseconds from the event to the next frame, and
those of script and layout in it, the median and the 95th percentile; and what the first view
asks for.

    python benchmarks/site_filters.py [PARTNERS ...]
"""

import gzip
import shutil
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

from playwright.sync_api import sync_playwright
from whole_site import TODAY, make

from community_partners.site.publish import render_site

SIZES = (100, 300, 1000)
EVENTS = """async () => {
  const form = document.getElementById("filters"), times = [], work = [];
  const frame = () => new Promise(done => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = done;
    after.port2.postMessage(0);
  }));
  const measure = async change => {
    await new Promise(done => setTimeout(done, 400));
    const start = performance.now();
    change();
    form.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.offsetHeight;
    work.push(performance.now() - start);
    await frame();
    times.push(performance.now() - start);
  };
  for (let round = 0; round < 2; round++) {
    for (const words of ["p", "pa", "partner 7", "", "museums", "nothing like it", ""])
      await measure(() => form.q.value = words);
    for (const country of ["IND", "POL", ""])
      await measure(() => form.country.value = country);
    const boxes = form.querySelectorAll("[name=service]");
    for (const box of [...boxes, ...boxes])
      await measure(() => box.checked = !box.checked);
  }
  return [times, work];
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main(arguments: list[str]) -> None:
    """Measure each size."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("There is no Chromium here: filters are not measured.")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for number in map(int, arguments) if arguments else SIZES:
            with tempfile.TemporaryDirectory() as folder:
                _measure(browser, Path(folder), number)
        browser.close()


def _measure(browser: Any, root: Path, number: int) -> None:
    make(root, number, months=1)
    site = root / "site"
    render_site(root / "program.yml", site, TODAY, server="https://github.com", repository="a/b")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    first_view = len(asked)
    times, work = page.evaluate(EVENTS)
    page.close()
    server.shutdown()
    html = (site / "index.html").read_bytes()
    print(
        f"{number:,} partners: {_both(times)} to the next frame, "
        f"{_both(work)} of it script and layout; "
        f"{len(html) / 1000:.0f} kB ({len(gzip.compress(html, 9)) / 1000:.1f} compressed), "
        f"{first_view} requests"
    )


def _both(times: list[float]) -> str:
    return f"{median(times):.0f} ms (95 %: {quantiles(times, n=20)[-1]:.0f})"


if __name__ == "__main__":
    main(sys.argv[1:])
