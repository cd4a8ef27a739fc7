"""All files of a site: what they look like, that they hold together, and how large they are.

`BLESS=1` writes what is rendered now to `golden/`; look at the difference.
"""

import csv
import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from justhtml import JustHTML

from builders import day, member, month, program
from community_partners.intake.schema import schema_folder
from community_partners.model.directory import CORRECTION_FORM, Directory
from community_partners.model.fair_play import Flag, FlagKind
from community_partners.model.ranking import Correction
from community_partners.model.site import Site
from many_cases import many
from month_builders import OCTOBER, partner, ranking, row, standing
from site_world import HOSTILE, NOW, directory, files, finding, hostile_site, line

GOLDEN = Path(__file__).parent / "golden"
SHOWN = (
    *("index.html", "partner/aurora/index.html", "partner/inlet/index.html"),
    *("ranking/2026-10/index.html", "join/index.html", "how/index.html", "former/index.html"),
    *("404.html", "homepage.html", "feed.xml", "sitemap.xml", "v1/homepage.json"),
    *("v1/partners.json", "v1/partners.csv", "v1/partners/aurora.json", "v1/ranking.json"),
    "badge/aurora.json",
)
LOADED = r'<(?:img|script|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]*)'
SITE = Site(url="https://partners.project.example/home/", services=("Hosting", "Design"))
SEPTEMBER = ranking(
    row("aurora", 1, points=20, by_kind={"pull request": 20}),
    row("inlet", 2, points=10, by_kind={"review": 10}),
    row("former", 3, points=5, by_kind={"issue": 5}),
    month=month("2026-09"),
    corrections=(Correction(day=day("2026-10-26"), changes=("inlet: points 10 instead of 8.",)),),
)
FLAG = Flag(kind=FlagKind.BURST, facts="A flag is not shown.", threshold="more")
LATEST = ranking(
    row("aurora", 1, points=35, by_kind={"pull request": 30, "review": 5}, seats=2, flags=(FLAG,)),
    row("inlet", 2, points=1, by_kind={"issue": 1}, movement=0, findings=(finding(),)),
    row("harbor", None, points=0, by_kind={}, standing=standing("suspended", since=OCTOBER)),
)
WORK = {
    ("aurora", "2026-10"): [
        line(member="aurora-1"),
        line(member="aurora-1", on="2026-10-06", kind="review", points=2),
        line(
            member="aurora-1", on="2026-10-07", kind="event", points=1, approved_by="example-events"
        ),
        line(member="aurora-1", on="2026-10-08", kind="talk", points=1, source="Savannah"),
    ],
    ("inlet", "2026-10"): [
        line(member="inlet-1", points=0, not_counted="Only the author accepted it.")
    ],
}


def small() -> Directory:
    """Four partners and a former one, two months."""
    partners = (
        partner("aurora", member("aurora-1"), member("aurora-2", until=day("2026-06-30"))),
        partner("inlet"),
        partner("harbor"),
        partner("new", accepted=day("2026-11-10")),
    )
    return directory(*partners, months=(LATEST, SEPTEMBER), policy=program(site=SITE))


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return files(small(), WORK)


@pytest.mark.parametrize("path", SHOWN)
def test_as_it_was(path: str, site: dict[str, str]) -> None:
    golden = GOLDEN / path.replace("/", "--")
    if os.environ.get("BLESS"):
        golden.write_bytes(site[path].encode())
    assert site[path].encode() == golden.read_bytes()


def test_the_same_twice(site: dict[str, str]) -> None:
    assert files(small(), WORK) == site


def test_every_file_is_public_by_its_schema(site: dict[str, str]) -> None:
    names = {
        "v1/partners.json": "partners",
        "v1/ranking.json": "ranking",
        "v1/homepage.json": "homepage",
        "v1/rankings/": "ranking",
        "v1/partners/": "partner",
        "badge/": "badge",
    }
    checked = set()
    for path, text in site.items():
        if path.endswith(".json"):
            name = next(name for start, name in names.items() if path.startswith(start))
            checked.add(name)
            assert _faults(name, json.loads(text)) == [], path
    assert checked == set(names.values())


def test_without_partners_and_months_all_pages_are_there() -> None:
    empty = files(directory(policy=program(site=SITE)))
    assert "There is no partner yet" in empty["index.html"]
    assert "No month has been checked yet" in empty["ranking/index.html"]
    for name in ("partners", "ranking", "homepage"):
        assert _faults(name, json.loads(empty[f"v1/{name}.json"])) == []
    assert _broken(empty) == []


def test_each_schema_has_an_address_of_its_own() -> None:
    schemas = [json.loads(path.read_text("utf-8")) for path in _schemas()]
    assert len({schema["$id"] for schema in schemas}) == len(schemas) == 5
    for schema in schemas:
        Draft202012Validator.check_schema(schema)


def test_links_within_the_site_lead_somewhere(site: dict[str, str]) -> None:
    assert _broken(site) == []


@pytest.mark.parametrize(
    ("has_form", "filled"),
    [
        (True, "template=correction.yml&partner=aurora&month=2026-10"),
        (False, "body=What+is+wrong+or+missing"),
    ],
)
def test_a_partners_page_leads_to_an_issue_that_is_filled_in(has_form: bool, filled: str) -> None:
    shown = replace(directory(partner("aurora"), months=(LATEST,)), correction_form=has_form)
    page = files(shown)["partner/aurora/index.html"]
    assert f"/issues/new?title=aurora+%282026-10%29%3A+&{filled}" in unescape(page)


@pytest.mark.parametrize("has_form", [True, False])
def test_the_page_on_what_counts_leads_to_the_form_of_claims(has_form: bool) -> None:
    shown = replace(directory(partner("aurora"), months=(LATEST,)), claim_form=has_form)
    at = "/issues/new?template=contribution-claim.yml"
    assert (at in files(shown)["how/index.html"]) is has_form


def test_the_correction_form_has_the_questions_that_a_page_fills_in() -> None:
    form = yaml.safe_load((Path(__file__).parents[3] / CORRECTION_FORM).read_text("utf-8"))
    assert {"partner", "month"} < {part.get("id") for part in form["body"]}


@pytest.mark.parametrize(("today", "says"), [("2026-11-24", False), ("2026-12-01", True)])
def test_the_ranking_says_that_a_closed_month_is_not_ranked_yet(today: str, says: bool) -> None:
    shown = files(directory(partner("aurora"), months=(LATEST, SEPTEMBER), today=day(today)))
    assert ("November 2026 is not ranked yet" in shown["ranking/index.html"]) is says
    assert "is not ranked yet" not in shown["ranking/2026-09/index.html"]


def test_pages_are_valid_and_name_nobody_elses_files(site: dict[str, str]) -> None:
    for path, text in _pages(site):
        assert JustHTML(text, sanitize=False, collect_errors=True).errors == [], path
        loaded = re.findall(
            r'<(?:img|script|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]*)', text
        )
        assert not [one for one in loaded if "//" in one], path
        ids = re.findall(r' id="([^"]*)"', text)
        assert len(ids) == len(set(ids)), path
        assert "style=" not in text, path


def test_a_card_has_no_points_and_no_standing(site: dict[str, str]) -> None:
    cards = site["index.html"].partition('class="cards"')[2].partition("</main>")[0]
    assert "Inlet" in cards
    assert not re.search(r"point|at risk|rank", cards.casefold())


def test_the_first_of_the_month_are_named_and_suspended_ones_never(site: dict[str, str]) -> None:
    data = json.loads(site["v1/homepage.json"])
    assert [one["name"] for one in data["partners"]] == ["Aurora", "Inlet"]
    assert data["slots"] == 3
    gone = replace(LATEST, homepage=("aurora", "former", "inlet"))
    fewer = files(directory(partner("aurora"), months=(gone,)))
    assert [one["name"] for one in json.loads(fewer["v1/homepage.json"])["partners"]] == ["Aurora"]


def test_a_partner_is_new_for_90_days() -> None:
    shown = {"newcomer": NOW - timedelta(days=89), "older": NOW - timedelta(days=90)}
    partners = [partner(slug, accepted=since) for slug, since in shown.items()]
    cards = files(directory(*partners))["index.html"].split('<li class="card"')[1:]
    assert ["New</span>" in card for card in cards] == [True, False]


def test_services_that_the_program_does_not_declare_are_no_filter() -> None:
    shown = partner("aurora")
    odd = replace(shown, organization=replace(shown.organization, services=("hosting ", "Poetry")))
    page = files(directory(odd, policy=program(site=SITE)))["index.html"]
    assert re.findall(r'name="service" value="([^"]*)"', page) == ["hosting"]
    assert 'data-s="hosting"' in page
    assert "Poetry" in page


def test_a_cell_that_a_spreadsheet_would_compute_is_text() -> None:
    text = files(directory(partner("aurora", name='=HYPERLINK("https://evil.example")')))
    table = list(csv.reader(text["v1/partners.csv"].splitlines()))
    assert table[1][1].startswith("'=")


def test_a_flag_is_on_no_page_and_in_no_data() -> None:
    shown = files(directory(partner("aurora"), months=(LATEST, SEPTEMBER)))
    for path, text in shown.items():
        assert FLAG.facts not in text, path
        assert '"flags"' not in text, path


TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=60))


@settings(max_examples=many(25))
@given(TEXTS, st.one_of(st.just("javascript:alert(1)"), TEXTS.map("https://a.example/".__add__)))
def test_no_text_becomes_more_than_text(text: str, address: str) -> None:
    """The same elements and attributes stand in each page, whatever a partner writes."""
    found = hostile_site(text, address)
    for path, page in _pages(found):
        assert _shape(page) == _quiet()[path], path
        assert 'href="javascript' not in page
    for path, content in found.items():
        assert not re.search(
            "[\u0000-\u0008\u202a-\u202e\u2066-\u2069\u2028\ud800-\udfff]", content
        )
        content.encode()
        if path.endswith(".xml"):
            ElementTree.fromstring(content)  # noqa: S314  our own
        if path.endswith(".json"):
            json.loads(content)
    assert _faults("partner", json.loads(found["v1/partners/aurora.json"])) == []


@cache
def _quiet() -> dict[str, list[tuple[str, ...]]]:
    site = hostile_site("Quiet words", "https://quiet.example")
    return {path: _shape(page) for path, page in _pages(site)}


def _shape(page: str) -> list[tuple[str, ...]]:
    """The names of all elements, with those of their attributes, in order.

    An address that is none is shown as text, so links are left out; so are the paragraphs of a
    text, which can have several or none.
    """
    nodes = JustHTML(page, sanitize=False).root.query("*")
    shown = ((node.name, *sorted(node.attrs or ())) for node in nodes)
    return [one for one in shown if one[0] not in ("a", "bdi", "p")]


def _crowd(number: int) -> dict[str, str]:
    partners = [partner(f"partner-{at}", name=f"Partner {at}") for at in range(number)]
    lines = [row(f"partner-{at}", at + 1) for at in range(number)]
    return files(directory(*partners, months=(ranking(*lines),), policy=program(site=SITE)))


def test_pages_are_small() -> None:
    crowd = _crowd(100)
    index = crowd["index.html"].encode()
    assert len(index) <= 60_000
    assert len(gzip.compress(index, 9)) <= 10_000
    assert len(gzip.compress(crowd["site.css"].encode(), 9)) <= 6_000
    assert len(gzip.compress(crowd["site.js"].encode(), 9)) <= 2_000
    assert len(crowd["top.js"].encode()) <= 3_000
    page = crowd["partner/partner-7/index.html"].encode()
    assert len(page) <= 30_000
    assert len(gzip.compress(page, 9)) <= 6_000


def _pages(site: dict[str, str]) -> Iterator[tuple[str, str]]:
    return (
        (path, text)
        for path, text in site.items()
        if path.endswith("index.html") or path == "404.html"
    )


def _broken(site: dict[str, str]) -> list[str]:
    """Links that lead to no file of the site and to no part of a page."""
    start = SITE.url or ""
    there = {*site, *(f"v1/schemas/{path.name.removeprefix('published-')}" for path in _schemas())}
    found = []
    for path, text in _pages(site):
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            if "//" in link and not link.startswith(start):
                continue
            at = urljoin(f"{start}{path}", link)
            inside = at.removeprefix(start).partition("?")[0].partition("#")[0]
            if not {inside, f"{inside}index.html"} & there:
                found.append(f"{path}: {link}")
            part = link.partition("#")[2]
            there_too = site.get(f"{inside}index.html", text) if "/" in link else text
            if part and f'id="{part}"' not in there_too:
                found.append(f"{path}: {link}")
    return found


def _schemas() -> list[Path]:
    return sorted(schema_folder().glob("published-*.schema.json"))


def _faults(name: str, data: object) -> list[str]:
    schema = json.loads((schema_folder() / f"published-{name}.schema.json").read_text("utf-8"))
    return [
        f"{one.json_path}: {one.message}"[:300]
        for one in Draft202012Validator(schema).iter_errors(data)
    ]
