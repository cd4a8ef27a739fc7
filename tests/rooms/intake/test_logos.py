"""Which files are logos: by content, size and, for SVG, by a list of what is known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.intake.logos import LARGEST, read_logos
from community_partners.intake.svg_check import svg_trouble
from images import BAD_SVG, GOOD, JPEG, OPEN, WEBP, png


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
