"""A new partner's logo: asked for once, kept as a file, and never in the way of an admission."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from community_partners.intake.logos import LARGEST, read_logos
from community_partners.intake.partners import read_partner
from community_partners.model.file import blob_of
from e2e.test_admission import ACME, ADDRESS, WITH_LOGO, Admission
from fakes.github import FakeGitHub
from fakes.github_rules import rule, unruled
from fakes.server import Response, silence
from fakes.websites import World, chunked, image, redirect
from images import BAD_SVG, JPEG, SVG, png
from processes import Processes
from program_folder import REPOSITORY

KEPT, MISSING = "**Your logo** is kept as `logos/", "**Your logo** is still missing"


class Logos:
    """An application that names its logo's address, and the website that has it."""

    def __init__(self, folder: Path, github: FakeGitHub, processes: Processes, web: World) -> None:
        self.admission, self.web = Admission(folder, github, processes), web
        self.admission.shows(web, Response(status=404, body=b""))

    def shows(self, answer: Response) -> None:
        self.admission.shows(self.web, answer)

    def admitted(self, text: str = WITH_LOGO, **options: Any) -> dict[str, Any]:
        """The record after the merge."""
        self.admission.merge(self.admission.propose(text))
        return self.again(**options)

    def again(self, **options: Any) -> dict[str, Any]:
        """The record after another run."""
        ran = self.admission.run(**options)
        assert ran.returncode == 0, ran.stderr
        return dict(yaml.safe_load(self.admission.origin.git("show", "main:partners/acme.yml")))

    @property
    def files(self) -> dict[str, str]:
        """Git's id of each file in the folder of logos."""
        listed = self.admission.origin.git("ls-tree", "-r", "main", "logos/").splitlines()
        return {one.split("\t")[1]: one.split()[2] for one in listed}

    @property
    def told(self) -> str:
        [said] = self.admission.said()
        return next((one for one in said.splitlines() if "**Your logo**" in one), "")


@pytest.fixture
def logos(tmp_path: Path, fake_github: FakeGitHub, processes: Processes, world: World) -> Logos:
    world.seconds = 2.0
    return Logos(tmp_path, fake_github, processes, world)


TAKEN = {
    "an SVG that is called text": (image(SVG.encode(), "text/plain"), "svg"),
    "a PNG without a length": (chunked(png(more=9000)), "png"),
}


@pytest.mark.parametrize(("answer", "ending"), TAKEN.values(), ids=TAKEN)
def test_it_is_kept_as_what_it_is_in_the_commit_of_the_record(
    logos: Logos, tmp_path: Path, answer: Response, ending: str
) -> None:
    logos.shows(answer)
    record = logos.admitted()
    path = f"logos/acme.{ending}"
    content = png(more=9000) if answer.headers.get("Transfer-Encoding") else answer.body
    assert record["logo"] == {
        "url": ADDRESS,
        "fetched": "2026-11-24",
        "file": path,
        "sha256": sha256(content).hexdigest(),
    }
    assert logos.files == {path: blob_of(content)}
    changed = logos.admission.origin.git("show", "--format=", "--name-only", "main").splitlines()
    assert {path, "partners/acme.yml"} <= {*changed}
    assert logos.web.asked() == ["acme.example/logo"]
    assert f"{KEPT}acme.{ending}`, as it was on 24 November 2026." in logos.told
    clone = logos.admission.world.clone("later").path
    assert read_logos(clone)[0]["acme"].content == content
    assert read_logos(clone)[1] == ()


REFUSED: dict[str, tuple[Response, str]] = {
    "a page": (
        image(b"<!DOCTYPE html><html><img src='logo.png'></html>", "image/png"),
        "A web page came, and no image. Give the address of the image itself.",
    ),
    "a script": (image(BAD_SVG["a script"].encode()), "has the element `script`"),
    "too large, without a length": (chunked(png(more=LARGEST)), "This image is too large."),
    "an error": (Response(status=404, body=b""), "answered our program with an error"),
    "a private address": (redirect("https://10.0.0.1/logo"), "leads to another website"),
    "packed": (image(png(), Content_Encoding="gzip"), "an answer that we cannot read"),
}


@pytest.mark.parametrize(("answer", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_said_and_stops_no_admission(
    logos: Logos, answer: Response, why: str
) -> None:
    logos.shows(answer)
    record = logos.admitted()
    assert {*record["logo"]} == {"url", "fetched", "refused"}
    assert why in record["logo"]["refused"]
    assert logos.files == {}
    assert MISSING in logos.told
    assert "`logos/acme.png`" in logos.told
    clone = logos.admission.world.clone("later").path
    partner = read_partner(clone / "partners/acme.yml", date(2026, 11, 24)).partner
    assert partner.logo
    assert partner.logo.refused == record["logo"]["refused"]
    assert partner.organization.logo == ADDRESS


def private(web: World) -> None:
    web.dns.records["acme.example", "A"] = ["10.0.0.1"]


def silent(web: World) -> None:
    web.site.fail(silence)


@pytest.mark.parametrize("trick", [private, silent])
def test_a_name_that_leads_nowhere_or_inside_is_told_alike(
    logos: Logos, trick: Callable[[World], None]
) -> None:
    logos.shows(image(png()))
    trick(logos.web)
    assert logos.admitted()["logo"]["refused"] == "No answer came from the logo's address."
    assert logos.files == {}


@pytest.mark.parametrize("path", ["logos/acme.svg", "logos/acme.jpeg"])
def test_a_file_that_is_there_stays_and_nobody_is_asked(logos: Logos, path: str) -> None:
    """As one that came in the pull request of the application."""
    logos.shows(image(png()))
    logos.admission.put(path, SVG)
    logos.admission.put("logos/acme-two.png", "of another")
    logos.admission.before = logos.admission.push("A logo")
    assert logos.admitted()["logo"] == ADDRESS
    assert [*logos.files] == ["logos/acme-two.png", path]
    assert logos.web.asked() == []
    assert logos.told == ""


def test_without_an_address_nobody_is_asked(logos: Logos) -> None:
    assert "logo" not in logos.admitted(ACME)
    assert logos.web.dns.asked == []


@pytest.mark.parametrize("answer", [image(png()), image(b"GIF89a")], ids=["kept", "refused"])
def test_again_changes_nothing_and_asks_nobody(logos: Logos, answer: Response) -> None:
    logos.shows(answer)
    logos.admitted()
    before = logos.admission.state()
    logos.shows(image(JPEG))
    logos.again()
    assert logos.admission.state() == before
    assert len(logos.web.asked()) == 1


def test_a_branch_that_moves_meanwhile_is_no_second_question(logos: Logos) -> None:
    logos.shows(image(png()))
    moved: list[str] = []

    def move(request: Any) -> None:
        if "createCommitOnBranch" in str(request.body) and not moved:
            logos.admission.put("README.md", "More\n")
            moved.append(logos.admission.push("Words"))

    logos.admission.github.intercept = move
    assert logos.admitted()["logo"]["file"] == "logos/acme.png"
    assert moved
    assert len(logos.web.asked()) == 1


def test_each_of_several_is_asked_once_and_a_silent_one_stops_no_other(logos: Logos) -> None:
    logos.shows(image(png()))
    texts = {"bolt": "https://other.example/logo", "coil": "https://missing.example/logo"}
    logos.web.site.pages["other.example/logo"] = image(SVG.encode())
    admission = logos.admission
    for number, (slug, address) in enumerate(texts.items(), 8):
        admission.github.person(f"example-{slug}", databaseId=4700 + number)
        text = WITH_LOGO.replace("acme", slug).replace("Acme", slug).replace(ADDRESS, "x")
        text = text.replace(f"https://{slug}.example/logo", address)
        text = text.partition("- name: Bela")[0].replace("Example-User-1", f"example-{slug}")
        admission.github.rest.add_issue(REPOSITORY, number, "example-applicant")
        path = f"applications/{slug}.yml"
        admission.merge(admission.propose(f"{text}consent: true\n", path, number))
    logos.admitted()
    assert [*logos.files] == ["logos/acme.png", "logos/bolt.svg"]
    assert sorted(logos.web.asked()) == ["acme.example/logo", "other.example/logo"]
    coil = yaml.safe_load(admission.origin.git("show", "main:partners/coil.yml"))
    assert "No answer" in coil["logo"]["refused"]


def test_it_costs_one_request_to_the_website_and_none_to_github(
    tmp_path: Path, fake_github: FakeGitHub, processes: Processes, world: World
) -> None:
    costs = []
    for name, text in (("without", ACME), ("with", WITH_LOGO)):
        fake_github.rest.repositories.clear()
        logos = Logos(tmp_path / name, fake_github, processes, world)
        logos.shows(image(png()))
        before = len(fake_github.requests)
        logos.admitted(text)
        costs.append((len(fake_github.requests) - before, len(world.site.requests)))
    (without, none), (with_logo, one) = costs
    assert (with_logo, none, one) == (without, 0, 1)


def test_a_dry_run_names_the_file_and_shows_no_bytes(logos: Logos) -> None:
    logos.shows(image(png()))
    logos.admission.merge(logos.admission.propose(WITH_LOGO))
    before = logos.admission.state()
    ran = logos.admission.run("--dry-run")
    assert f"write logos/acme.png, {len(png())} bytes\n" in ran.stdout
    assert "|   file: logos/acme.png\n" in ran.stdout
    assert logos.admission.state() == before


def test_on_a_protected_branch_the_welcome_comes_with_the_logo_after_the_merge(
    logos: Logos,
) -> None:
    logos.shows(image(b"GIF89a"))
    admission = logos.admission
    admission.merge(admission.propose(WITH_LOGO))
    merged = admission.origin.git("rev-parse", "main")
    rule(admission.rest, "pull request")
    assert admission.run().returncode == 0
    assert admission.said() == []
    unruled(admission.rest)
    [pull] = [one for one in admission.rest.pulls if one["state"] == "open"]
    pull["head"]["sha"] = admission.origin.git("rev-parse", "admit-acme")
    admission.merge(pull)
    assert admission.run(before=merged).returncode == 0
    assert MISSING in logos.told
    assert len(logos.web.asked()) == 1
