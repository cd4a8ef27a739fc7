"""Which files are logos: by content, size and, for SVG, by a list of what is known."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_partners.intake.logos import LARGEST, Logo, known_logo, logo_trouble, read_logos
from community_partners.intake.schema import fits
from community_partners.intake.svg_check import svg_trouble
from community_partners.intake.yaml_document import read_yaml
from images import BAD_SVG, GOOD, JPEG, OPEN, SVG, WEBP, png
from many_cases import many

ROOT = Path(__file__).parents[3]
RECORD = read_yaml((ROOT / "tests/schemas/partner/valid/acme.yml").read_bytes(), "acme.yml").data


@pytest.mark.parametrize("image", GOOD)
def test_a_plain_image_is_taken(image: str) -> None:
    assert svg_trouble(image.encode()) is None


@pytest.mark.parametrize("image", BAD_SVG.values(), ids=BAD_SVG)
def test_what_is_not_known_is_refused_with_a_remedy(image: str) -> None:
    trouble = svg_trouble(image.encode())
    assert trouble is not None
    message, _, remedy = trouble.partition(". ")
    assert message
    assert "PNG" in remedy


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"{OPEN}{text}".encode("utf-8", "replace"))
)
def test_no_bytes_are_an_accident(content: bytes) -> None:
    svg_trouble(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acme.png", png()),
        ("acme.jpg", JPEG),
        ("acme.jpeg", JPEG),
        ("acme.webp", WEBP),
        ("acme.svg", GOOD[0].encode()),
    ],
)
def test_an_image_is_known_by_its_content(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / name).write_bytes(content)
    logos, problems = read_logos(tmp_path)
    assert (logos["acme"].name, logos["acme"].content, problems) == (name, content, ())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("acme.png", JPEG, "is a JPG by its content. Name it acme.jpg."),
        ("acme.png", b"GIF89a", "is no PNG, JPEG or WebP image"),
        ("acme.png", b"", "is no PNG, JPEG or WebP image"),
        ("acme.png", png(more=LARGEST), "is too large. Make it smaller than 64 kB"),
        ("acme.png", png(width=9000), "is 9000 × 40 pixels"),
        ("acme.png", png(width=0), "is 0 × 40 pixels"),
        ("acme.gif", b"GIF89a", "is no logo of a partner. Name it <slug>.png"),
        ("Acme Logo.png", png(), "is no logo of a partner"),
        ("acme.svg", b"<svg/>", "its root is not `svg`. Export the logo"),
    ],
)
def test_another_file_is_told_with_the_remedy(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / name).write_bytes(content)
    logos, problems = read_logos(tmp_path)
    assert not logos
    assert len(problems) == 1
    assert said in str(problems[0])


def test_a_link_to_another_file_is_no_logo(tmp_path: Path) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "secret").write_bytes(png())
    (tmp_path / "logos/acme.png").symlink_to(tmp_path / "secret")
    assert read_logos(tmp_path)[0] == {}


KNOWN = {
    "a PNG": (png(), "png"),
    "a JPEG": (JPEG, "jpg"),
    "a WebP": (WEBP, "webp"),
    "an SVG": (SVG.encode(), "svg"),
    "an SVG behind a mark and lines": (f"\ufeff\n {SVG}".encode(), "svg"),
    "a PNG with a page behind it": (png() + b"<html><script>alert(1)</script>", "png"),
}
UNKNOWN: dict[str, tuple[bytes, str]] = {
    "a page": (b"<!DOCTYPE html><p>", "A web page came, and no image. Give the address of"),
    "a page in capitals": (b"\n <HTML></HTML>", "A web page came"),
    "a page with a PNG behind it": (b"<html>" + png(), "A web page came"),
    "a GIF": (b"GIF89a", "no PNG, JPEG or WebP image that can be read. Export"),
    "nothing": (b"", "no PNG, JPEG or WebP image"),
    "the begin of a PNG": (png()[:14], "no PNG, JPEG or WebP image"),
    "half a size": (png()[:18], "no PNG, JPEG or WebP image"),
    "a program": (b"\x7fELF", "no PNG, JPEG or WebP image"),
    "a feed": (b"<?xml version='1.0'?><rss/>", "its root is not `svg`"),
    "what fills a memory": (png(width=2**31 - 1), "is 2147483647 × 40 pixels. Make it smaller"),
    "a word that would call people": (
        SVG.replace("<path", "<path href='@maintainers'").encode(),
        "has something that is not taken. Export the logo again as PNG.",
    ),
    "a word that looks like HTML": (
        SVG.replace("<path", "<path href='&lt;script>'").encode(),
        "has something that is not taken",
    ),
    **{what: (image.encode(), "image") for what, image in BAD_SVG.items() if "html" not in image},
}


@pytest.mark.parametrize(("content", "ending"), KNOWN.values(), ids=KNOWN)
def test_the_content_says_how_its_file_ends(content: bytes, ending: str, tmp_path: Path) -> None:
    found = known_logo("acme", content)
    assert found == Logo(slug="acme", name=f"acme.{ending}", content=content)
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / f"acme.{ending}").write_bytes(content)
    assert read_logos(tmp_path) == ({"acme": found}, ())


@pytest.mark.parametrize(("content", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_no_logo_is_told_in_plain_words(content: bytes, said: str) -> None:
    found = known_logo("acme", content)
    assert isinstance(found, str)
    assert said in found


BYTES = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda start, rest: start + rest,
        st.sampled_from([png(), JPEG, WEBP, OPEN.encode(), b"<", b"<svg"]),
        st.binary(max_size=60),
    ),
    st.builds(
        lambda name, value: f"{OPEN}<path {name}='{value}'/></svg>".encode("utf-8", "replace"),
        st.sampled_from(["href", "onload", "style", "d", "x"]) | st.text(max_size=30),
        st.text(max_size=60),
    ),
)


@settings(max_examples=many(1000), deadline=None)
@given(BYTES)
def test_whatever_comes_is_a_logo_or_a_reason_that_a_record_can_hold(content: bytes) -> None:
    found = known_logo("acme", content)
    if isinstance(found, Logo):
        assert logo_trouble(PurePath(found.name), content) is None
    else:
        said = {"url": "https://acme.example/logo", "fetched": "2026-11-24", "refused": found}
        assert fits({**RECORD, "logo": said}, "partner")
