"""A publication in parts: what GitHub takes in one commit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from community_partners.model.file import File, blob_of
from community_partners.model.publication import LARGEST, MOST, content_of, parts

FILES = st.lists(
    st.builds(File, path=st.text(min_size=1, max_size=3), text=st.none() | st.text(max_size=40))
)


@given(FILES, st.integers(min_value=1, max_value=120), st.integers(min_value=1, max_value=5))
def test_parts_keep_order_and_are_small_or_one_file(
    files: list[File], largest: int, most: int
) -> None:
    split = list(parts(files, largest, most))
    assert [one for part in split for one in part] == files
    for part in split:
        assert 1 <= len(part) <= most
        assert len(part) == 1 or sum(len(content_of(one)) for one in part) <= largest


@given(FILES, st.integers(min_value=1, max_value=120), st.integers(min_value=1, max_value=5))
def test_no_part_could_have_taken_the_next_file(files: list[File], largest: int, most: int) -> None:
    split = list(parts(files, largest, most))
    for part, following in pairwise(split):
        both = sum(len(content_of(one)) for one in (*part, following[0]))
        assert both > largest or len(part) == most


def test_a_small_publication_is_one_part() -> None:
    files = [File(path=str(number), text="a" * 1000) for number in range(MOST)]
    assert len(list(parts(files))) == 1
    assert sum(len(content_of(one)) for one in files) < LARGEST


def test_the_id_of_a_file_is_gits() -> None:
    assert blob_of(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert File(path="a", text=None).blob is None
