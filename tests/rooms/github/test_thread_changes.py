"""Which changes to a thread stand in one request: none whose memory would outlive a lost text."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_partners.github.thread_changes import together
from community_partners.model.changes import (
    ChangeLabels,
    Close,
    CreateLabel,
    EditComment,
    PostComment,
    React,
    Reaction,
    ThreadChange,
)

CREATE, POST, EDIT = (
    CreateLabel(name="eligible"),
    PostComment(body="Hello"),
    EditComment(id=1, body=""),
)
LABELS, OTHER = (ChangeLabels(add=(name,), remove=()) for name in ("eligible", "not-yet"))
REACT, CLOSE = React(comment=1, content=Reaction.DONE), Close(pull=False)
CHANGES = st.lists(st.sampled_from([CREATE, POST, EDIT, LABELS, OTHER, REACT, CLOSE]), max_size=8)


@pytest.mark.parametrize(
    ("changes", "groups"),
    [
        ([], []),
        ([CREATE, POST, OTHER], [(CREATE, POST, OTHER)]),
        ([CREATE, POST, LABELS], [(CREATE, POST), (LABELS,)]),
        ([POST, EDIT, LABELS], [(POST,), (EDIT, LABELS)]),
        ([EDIT, POST, REACT], [(EDIT, POST), (REACT,)]),
        ([EDIT, REACT, CLOSE], [(EDIT, REACT, CLOSE)]),
        ([POST, CLOSE], [(POST,), (CLOSE,)]),
        ([REACT, POST], [(REACT,), (POST,)]),
    ],
)
def test_what_stands_together(
    changes: list[ThreadChange], groups: list[tuple[ThreadChange, ...]]
) -> None:
    assert list(together(changes)) == groups


@given(changes=CHANGES)
def test_nothing_is_lost_and_no_memory_comes_before_its_text(changes: list[ThreadChange]) -> None:
    groups = list(together(changes))
    assert list(chain.from_iterable(groups)) == changes
    for group in groups:
        for at, one in enumerate(group):
            posted = any(isinstance(before, PostComment) for before in group[:at])
            assert not (posted and isinstance(one, (EditComment, React)))
            created = {before.name for before in group[:at] if isinstance(before, CreateLabel)}
            assert not (isinstance(one, ChangeLabels) and created & {*one.add})
