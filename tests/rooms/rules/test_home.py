"""In which repository a program publishes, and who is told that it does not."""

import pytest

from community_partners.rules.home import elsewhere

HOME = "acme/partners"


@pytest.mark.parametrize("event", ["schedule", "push", "workflow_dispatch", None])
@pytest.mark.parametrize("home", [None, "", HOME, "Acme/PARTNERS"])
def test_at_home_and_where_no_home_is_named_all_is_published(
    home: str | None, event: str | None
) -> None:
    assert elsewhere(home, HOME, event) is None


@pytest.mark.parametrize("here", ["fork/partners", "acme/partners-2026", "acme-2/partners"])
@pytest.mark.parametrize(
    ("event", "asked"),
    [("schedule", False), ("push", False), ("workflow_dispatch", True), (None, True)],
)
def test_elsewhere_a_person_who_asked_is_refused(here: str, event: str | None, asked: bool) -> None:
    found = elsewhere(HOME, here, event)
    assert found is not None
    assert found.asked is asked
    assert f"lives in {HOME}, and this is {here};" in found.sentence
    assert f"write `repository: {here}`" in found.sentence
