"""`partners site` in a program's folder: what is written, what is removed, what is said."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from example_world import EXAMPLES
from program_folder import ProgramFolder, Ran


@pytest.fixture
def lantern(program_folder: ProgramFolder) -> ProgramFolder:
    """The example program, in the folder of a repository."""
    for name in ("partners", "rankings"):
        shutil.copytree(EXAMPLES / name, program_folder.path / name)
    shutil.copyfile(EXAMPLES / "program.yml", program_folder.path / "program.yml")
    return program_folder


def render(folder: ProgramFolder, *options: str) -> Ran:
    ran = folder.run("site", "--output", "site", "--today", "2026-11-26", *options)
    assert ran.code == 0, ran.err
    return ran


def contents(folder: ProgramFolder) -> dict[str, bytes]:
    site = folder.path / "site"
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_a_second_run_writes_nothing_and_a_changed_record_its_own_files(
    lantern: ProgramFolder,
) -> None:
    first = render(lantern)
    before = contents(lantern)
    assert f"wrote {len(before) - 1} files of {len(before) - 1} in site" in first.err
    assert "wrote 0 files of" in render(lantern).err
    assert contents(lantern) == before
    record = lantern.path / "partners/dune-works.yml"
    record.write_text(record.read_text("utf-8").replace("translates", "localizes"), "utf-8")
    render(lantern)
    after = contents(lantern)
    assert {path for path in after if after[path] != before[path]} == {
        "index.html",
        "partner/dune-works/index.html",
        "v1/partners.json",
        "v1/partners/dune-works.json",
    }


def test_who_leaves_keeps_a_page_and_who_hides_loses_it(lantern: ProgramFolder) -> None:
    render(lantern)
    (lantern.path / "partners/inlet-partners.yml").unlink()
    hidden = lantern.path / "partners/dune-works.yml"
    hidden.write_text(hidden.read_text("utf-8") + "hidden: true\n", "utf-8")
    ran = render(lantern)
    after = contents(lantern)
    assert b"until September 2026" in after["partner/inlet-partners/index.html"]
    assert "removed 4" in ran.err
    told = {path for path, text in after.items() if b"dune" in text.lower() or "dune" in path}
    assert told == set()


def test_files_of_others_in_the_folder_stay(lantern: ProgramFolder) -> None:
    render(lantern)
    for name in ("site/CNAME", "site/partner/notes.txt", "outside.txt"):
        (lantern.path / name).write_text("mine", "utf-8")
    listing = lantern.path / "site/.community-partners-site"
    outside = lantern.path / "outside.txt"
    listing.write_text(f"../outside.txt\n{outside}\nold/page.html\n", "utf-8")
    render(lantern)
    for name in ("site/CNAME", "site/partner/notes.txt", "outside.txt"):
        assert (lantern.path / name).read_text("utf-8") == "mine"


def test_a_trial_writes_nothing(lantern: ProgramFolder) -> None:
    assert "would write" in render(lantern, "--dry-run").err
    assert not (lantern.path / "site").exists()


def test_a_logo_is_shown_and_a_bad_one_is_told(lantern: ProgramFolder) -> None:
    logos = lantern.path / "logos"
    logos.mkdir()
    image = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    (logos / "dune-works.svg").write_text(image, "utf-8")
    (logos / "juniper-web.svg").write_text(image.replace("path", "script"), "utf-8")
    ran = render(lantern)
    site = contents(lantern)
    assert site["logo/dune-works.svg"] == image.encode()
    assert (
        b'src="../../logo/dune-works.svg" alt="" width="96"'
        in site["partner/dune-works/index.html"]
    )
    assert "logo/juniper-web.svg" not in site
    assert "juniper-web.svg: This image has the element `script`, which is not taken." in ran.err
    checked = lantern.run("validate", "--today", "2026-11-26")
    assert checked.code == 1
    assert "juniper-web.svg: This image has the element `script`" in checked.out


def test_a_damaged_month_stops_the_site(lantern: ProgramFolder) -> None:
    lines = lantern.path / "rankings/2026-08.contributions.jsonl"
    lines.write_text(lines.read_text("utf-8").replace("example-dai", "example-ada"), "utf-8")
    ran = lantern.run("site", "--output", "site", "--today", "2026-11-26")
    assert ran.code == 1
    assert "2026-08.contributions.jsonl is not the file that 2026-08.json names" in ran.err
    assert not Path(lantern.path / "site").exists()


def test_the_workflow_learns_whether_to_publish(lantern: ProgramFolder) -> None:
    assert "https://partners.lantern.example/" in render(lantern).outputs
    policy = lantern.path / "program.yml"
    text = policy.read_text("utf-8").replace("  url: https://partners.lantern.example/\n", "")
    policy.write_text(text, "utf-8")
    ran = render(lantern)
    assert "partners.lantern.example" not in ran.outputs
    assert "sitemap.xml" not in contents(lantern)


def test_it_is_shown_and_rendered_again_on_a_change(lantern: ProgramFolder) -> None:
    command = ["site", "--output", "site", "--today", "2026-11-26", "--serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  our own arguments
        [sys.executable, "-m", "community_partners", *command],
        cwd=lantern.path,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stderr
            said = iter(running.stderr)
            assert "wrote" in next(said)
            [address] = re.findall(r"http://127\.0\.0\.1:[0-9]+/", next(said))
            page = f"{address}partner/dune-works/"
            assert "translates Lantern" in requests.get(page, timeout=5).text
            record = lantern.path / "partners/dune-works.yml"
            record.write_text(record.read_text("utf-8").replace("translates", "sings"), "utf-8")
            assert "wrote 4 files of" in next(said)
            assert "sings Lantern" in requests.get(page, timeout=5).text
        finally:
            running.terminate()


def test_a_port_that_cannot_be_used_is_told(lantern: ProgramFolder) -> None:
    options = ("--output", "site", "--today", "2026-11-26", "--serve", "--port", "123456")
    ran = lantern.run("site", *options)
    assert ran.code == 1
    assert "Port 123456 of this machine cannot be used" in ran.err
