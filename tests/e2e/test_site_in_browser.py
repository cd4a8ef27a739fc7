"""The example's site in a real browser, below a subpath: what visitors do, and on what."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from browser import chromium, served
from builders import day
from community_partners.site.publish import render_site
from example_world import EXAMPLES
from site_world import HOSTILE as HOSTILE_TEXTS
from site_world import hostile_site

PAGES = (
    *("", "partner/juniper-web/", "partner/inlet-partners/", "ranking/", "ranking/2026-08/"),
    *("join/", "amount/", "how/", "former/", "data/", "404.html"),
)
WORST = HOSTILE_TEXTS[1:6:2]
"""Elements, turned directions and 10,000 letters: a browser is slow, so not all texts."""
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's site, without an address of its own, so that its page 404 is at hand, too."""
    folder = tmp_path_factory.mktemp("site")
    _render(EXAMPLES / "program.yml", folder)
    return folder


def _render(program_file: Path, folder: Path) -> None:
    render_site(
        program_file,
        folder,
        day("2026-11-26"),
        server="https://github.com",
        repository="lantern-project/partners",
    )


@pytest.fixture(scope="module")
def start(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def _open(browser: Browser, address: str, **options: Any) -> Page:
    """A page that fails the test if it says an error or asks another server."""
    page = browser.new_context(**{"viewport": DESKTOP, **options}).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def _names(page: Page) -> list[str]:
    return page.locator("#cards .card:visible h3").all_inner_texts()


def test_a_search_and_two_filters_stand_in_the_address(browser: Browser, start: str) -> None:
    page = _open(browser, start)
    expect(page.locator("#count")).to_have_text("10 partners")
    page.get_by_label("Country").select_option("NOR")
    page.get_by_label("Hosting").check()
    page.get_by_label("Search").fill("fjörd")
    expect(page.locator("#count")).to_have_text("1 partner")
    assert _names(page) == ["Fjord Collective"]
    page.wait_for_url("**/?q=fj%C3%B6rd&country=NOR&service=hosting")
    page.reload()
    assert _names(page) == ["Fjord Collective"]
    expect(page.get_by_label("Hosting")).to_be_checked()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("#count")).to_have_text("10 partners")
    page.wait_for_url(start)


def test_hosting_in_india_is_offered_by_nobody_and_the_page_says_so(
    browser: Browser, start: str
) -> None:
    page = _open(browser, f"{start}?country=IND&service=hosting")
    expect(page.locator("#count")).to_contain_text("No partner fits.")
    assert _names(page) == []


def test_an_address_with_unknown_values_shows_all(browser: Browser, start: str) -> None:
    page = _open(browser, f"{start}?country=XXX&service=cooking&sort=size&page=3")
    assert len(_names(page)) == 10


def test_the_visitor_chooses_the_order(browser: Browser, start: str) -> None:
    page = _open(browser, start)
    assert _names(page)[:2] == ["Baobab Systems", "Aurora Digital"]
    page.get_by_label("Order").select_option("name")
    assert _names(page) == sorted(_names(page))
    page.get_by_label("Order").select_option("since")
    assert _names(page)[0] == "Estuary Labs"


def test_the_keyboard_is_enough(browser: Browser, start: str) -> None:
    page = _open(browser, start)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.get_by_label("Search").focus()
    page.keyboard.type("libraries museums")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("museums")
    expect(page.locator("#count")).to_have_text("1 partner")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Aurora Digital":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/partner/aurora-digital/")


def test_without_the_script_the_whole_list_is_there(browser: Browser, start: str) -> None:
    page = _open(browser, start, java_script_enabled=False)
    assert len(_names(page)) == 10
    expect(page.locator("#filters")).to_be_hidden()
    page.goto(f"{start}partner/juniper-web/")
    expect(page.get_by_text("Rank 4", exact=True)).to_be_visible()
    expect(page.locator(".copy").first).to_be_hidden()
    page.goto(f"{start}amount/")
    expect(page.get_by_text("PLN 371")).to_be_visible()


def test_the_badge_is_copied_by_a_button(browser: Browser, start: str) -> None:
    page = _open(browser, f"{start}partner/juniper-web/", permissions=["clipboard-write"])
    button = page.locator(".copy").first
    button.click()
    expect(button).to_have_text("Copied")


def test_the_amount_of_a_country_stands_below_the_choice(browser: Browser, start: str) -> None:
    page = _open(browser, f"{start}amount/", viewport=PHONE)
    choice, answer = page.get_by_label("Your country"), page.locator("#answer")
    expect(answer).to_be_hidden()
    choice.select_option("POL")
    expect(answer).to_contain_text("Poland: PLN 371 a month, or USD 102.")
    expect(answer).to_be_in_viewport(ratio=1)
    answer.get_by_role("link").click()
    page.wait_for_url("**/amount/#POL")
    expect(page.locator("#POL")).to_be_in_viewport()
    choice.select_option("ALB")
    expect(answer).to_contain_text("Albania: The index has no price for it.")
    answer.get_by_role("link").click()
    expect(page.locator("#ALB")).to_be_in_viewport()
    choice.select_option("")
    expect(answer).to_be_hidden()


def test_filters_say_how_many_partners_each_choice_would_leave(
    browser: Browser, start: str
) -> None:
    page = _open(browser, start)
    cards = page.locator(".card").evaluate_all("all => all.map(e => [e.dataset.c, e.dataset.s])")
    hosts = [country for country, services in cards if "hosting" in services.split()]
    page.get_by_label("Hosting").check()
    expect(page.locator("#count")).to_have_text(f"{len(hosts)} partners")
    for country in {country for country, _ in cards}:
        option = page.locator(f'[name=country] [value="{country}"]')
        expect(option).to_contain_text(f"({hosts.count(country)})")
        assert option.is_disabled() is (country not in hosts)
    page.get_by_label("Country").select_option(hosts[0])
    expect(page.locator("label.tick", has_text="Hosting")).to_contain_text(
        str(hosts.count(hosts[0]))
    )
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("[name=service]:disabled, [name=country] :disabled")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light phone", "dark desktop"]
)
def test_each_page_fits_and_can_be_read_by_everybody(
    size: dict[str, int], scheme: Any, browser: Browser, start: str
) -> None:
    page = browser.new_context(viewport=size, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES[:-1]:
        asked.clear()
        page.goto(start + path)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], path
        assert len(asked) <= 25
        assert not [url for url in asked if not url.startswith(start)], path


def test_the_first_screen_of_a_phone_has_search_closed_filters_and_a_whole_card(
    browser: Browser, start: str
) -> None:
    page = _open(browser, start, viewport={"width": 390, "height": 844})
    for part in ("h1", "#filters [type=search]", "#more"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    expect(page.locator(".card").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".choices")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(page.locator(".choices")).to_be_visible()
    expect(page.locator("#more")).to_have_attribute("aria-expanded", "true")


def test_dark_is_dark_and_print_has_no_filters(browser: Browser, start: str) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = _open(browser, start).evaluate(background)
    dark = _open(browser, start, color_scheme="dark")
    assert dark.evaluate(background) != light
    dark.emulate_media(media="print")
    expect(dark.locator("#filters")).to_be_hidden()
    expect(dark.locator(".bar nav")).to_be_hidden()


def test_no_text_of_a_partner_runs_or_widens_a_phone(browser: Browser, tmp_path: Path) -> None:
    for number, text in enumerate(WORST):
        for path, content in hostile_site(text, "https://a.example/" + "a" * 280).items():
            file = tmp_path / str(number) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
    page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    page.on("dialog", lambda _: pytest.fail("a script of a partner ran"))
    with served(tmp_path) as start:
        for number, text in enumerate(WORST):
            for path in ("", "partner/aurora/", "partner/left/", "ranking/", "former/"):
                page.goto(f"{start}{number}/{path}")
                page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= PHONE["width"], (path, text[:40])


QUESTIONS: dict[str, tuple[str, list[str], str]] = {
    "who leads and why": ("", ["text=Why?"], "on the homepage\npull request: 35"),
    "why is Juniper Web before Cedar Software": ("", ["text=Why?"], "More points come first"),
    "what would a firm in Poland pay": ("", ["nav >> text=Costs"], "PLN 371"),
    "how do I apply": ("", ["header >> text=Join"], "Fill in the form"),
    "is this badge still true": ("partner/fjord-collective/", [], "Partner of Lantern since"),
    "what was not counted": (
        "",
        [".card h3 >> text=Dune Works"],
        "One contribution was not counted",
    ),
    "who left": ("", ["footer >> text=Former partners"], "Nobody has left so far."),
    "the three on my site": ("", ["footer >> text=Data and badges"], "This HTML shows them"),
}
"""Page, clicks, and what answers the question."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_in_two_clicks(question: str, browser: Browser, start: str) -> None:
    page = _open(browser, start + QUESTIONS[question][0])
    for click in QUESTIONS[question][1]:
        page.locator(click).click()
    assert len(QUESTIONS[question][1]) <= 2
    assert QUESTIONS[question][2] in page.locator("main").inner_text()


HOSTILE = '"><img src=x onerror=alert(1)>\u202e' + "W" * 3000


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (None, ["Baobab Systems", "Aurora Digital", "Harbor Cooperative", "Partners of Lantern"]),
        ("no JSON", ["Partners"]),
        (json.dumps({"partners": []}), ["Partners"]),
        (
            json.dumps(
                {"partners": [{"name": HOSTILE, "page": "javascript:alert(1)", "line": HOSTILE}]}
            ),
            [HOSTILE, "Partners"],
        ),
    ],
    ids=["as published", "damaged", "nobody", "hostile"],
)
def test_a_foreign_page_shows_the_three_with_two_lines(
    answer: str | None, shown: list[str], browser: Browser, start: str, tmp_path: Path
) -> None:
    page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    page.on("dialog", lambda _: pytest.fail("a script of a partner ran"))
    if answer is not None:
        headers = {"Access-Control-Allow-Origin": "*"}
        page.route("**/homepage.json", lambda route: route.fulfill(body=answer, headers=headers))
    (tmp_path / "index.html").write_text(_foreign(start), "utf-8")
    with served(tmp_path) as foreign:  # another port is another origin
        page.goto(foreign)
        links = page.locator("community-partners-top a")
        expect(links).to_have_count(len(shown))
        assert links.all_inner_texts() == shown
        addresses = links.evaluate_all("all => all.map(one => one.href)")
        assert not [one for one in addresses if one and not one.startswith(start)]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _foreign(start: str) -> str:
    return (
        f'<!doctype html><script src="{start}top.js" async></script><main>'
        f'<community-partners-top src="{start}v1/homepage.json"></community-partners-top></main>'
    )


def _late(route: Route) -> None:
    time.sleep(0.2)
    route.continue_()


SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_while_a_page_loads(
    size: dict[str, int], browser: Browser, tmp_path: Path
) -> None:
    """Neither the filters, which the script shows, nor logos that come late."""
    for name in ("partners", "rankings"):
        shutil.copytree(EXAMPLES / name, tmp_path / name)
    shutil.copyfile(EXAMPLES / "program.yml", tmp_path / "program.yml")
    (tmp_path / "logos").mkdir()
    image = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><path d="M0 0h9v9z"/></svg>'
    for record in (tmp_path / "partners").iterdir():
        (tmp_path / f"logos/{record.stem}.svg").write_text(image, "utf-8")
    _render(tmp_path / "program.yml", tmp_path / "site")
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    page.route("**/logo/*", _late)
    with served(tmp_path / "site") as start:
        for path in ("", "partner/juniper-web/"):
            page.goto(start + path)
            expect(page.locator(".card img.logo, .who img.logo").first).to_be_visible()
            assert page.evaluate(SHIFTS) == 0
