"""Whose people: the work of somebody counts once that person is shown to be in the team."""

from dataclasses import replace
from datetime import date

import pytest

from acme import make_eligible
from community_partners.hidden_line import Memory, memory_in
from community_partners.model.application import Confirmation, ConfirmedBy, ConfirmedSeat
from community_partners.model.verdict import Decision
from community_partners.model.website_proof import code_for
from fakes.github_store import number_of
from fakes.websites import World, html
from program_folder import REPOSITORY, ProgramFolder, body, headline

MEMBER, APPLICANT, STRANGER = "example-user-1", "example-applicant", "example-stranger"
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"
NOT_YET = "### Not yet: Acme GmbH could be eligible as soon as this is shown"


ASKED = (
    "1. Ask example-user-1 to comment /confirm here, from their own account, or to make their "
    "membership of acme public."
)


class Thread:
    """Acme's application. Its one worker is no public member, and did not hand it in."""

    def __init__(self, folder: ProgramFolder) -> None:
        self.folder, self.github = folder, folder.github
        make_eligible(folder.github, folder.open_collective)
        self.github.spokesperson(team=())

    def judged(self, **answers: str) -> str:
        ran = self.folder.review(self.folder.issue(body(**answers), "edited"))
        assert ran.code == 0, ran.err
        return self.folder.comments[0].partition("\n")[2].replace("\u200b", "")

    def says(self, login: str, text: str) -> str:
        """The verdict's headline after this comment."""
        ran = self.folder.say(login, text)
        assert ran.code == 0, ran.err
        return headline(self.folder.comments[0])

    @property
    def last(self) -> int:
        """The id of the latest comment of a person."""
        comments = self.github.rest.repository(REPOSITORY).comments[7]
        return int([one for one in comments if one["user"]["type"] == "User"][-1]["id"])


@pytest.fixture
def thread(program_folder: ProgramFolder) -> Thread:
    return Thread(program_folder)


def test_whoever_is_only_named_is_not_counted_and_the_reply_says_whom_to_ask(
    thread: Thread,
) -> None:
    text = thread.judged()
    assert headline(text) == NOT_YET
    assert "❌ | Regular contributions" in text
    assert "9 contributions of example-user-1 wait for a confirmation." in text
    assert ASKED in text
    assert "9 × by somebody who has not confirmed to be in the team" in text
    assert "@example" not in thread.folder.comments[0], "a mention would notify"


def test_the_own_comment_confirms_the_own_seat(thread: Thread) -> None:
    assert headline(thread.judged()) == NOT_YET
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    assert thread.folder.reactions(thread.last) == [("github-actions[bot]", "+1")]


@pytest.mark.parametrize("who", [APPLICANT, STRANGER, "example-maintainer"])
def test_nobody_confirms_for_another(thread: Thread, who: str) -> None:
    thread.judged()
    assert thread.says(who, "/confirm") == NOT_YET
    assert thread.folder.reactions(thread.last) == [("github-actions[bot]", "confused")]


def test_a_comment_that_somebody_else_has_edited_confirms_nothing(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    thread.github.rest.repository(REPOSITORY).editors[thread.last] = "example-maintainer"
    assert headline(thread.judged()) == NOT_YET


def test_whoever_took_over_the_login_confirms_nothing(thread: Thread) -> None:
    """The person who commented has another number than the account that is named now."""
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    worker = thread.github.rename(MEMBER, "example-renamed")
    thread.github.person(MEMBER, databaseId=9999)
    assert worker["databaseId"] != 9999
    assert not headline(thread.judged()).startswith("### Eligible")


def test_who_leaves_counts_no_more_and_may_come_back(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    assert thread.says(MEMBER, "/leave") == NOT_YET
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE


def test_a_public_member_may_leave_all_the_same(thread: Thread) -> None:
    thread.github.spokesperson()
    assert headline(thread.judged()) == ELIGIBLE
    assert thread.says(MEMBER, "/leave") == NOT_YET


def test_the_author_and_a_public_member_need_not_say_so(thread: Thread) -> None:
    thread.github.spokesperson(MEMBER, team=())
    assert not headline(thread.judged()).startswith("### Eligible"), "nobody speaks for it"
    assert thread.says(MEMBER, "/vouch") == ELIGIBLE


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Acme Holding"},
        {"website": "https://other.example"},
        {"contact": "https://acme.example/imprint"},
        {"account": "acme-other"},
        {"country": "Canada"},
        {"github": "acme-other"},
    ],
)
def test_a_confirmation_is_for_the_organization_as_it_stood(
    thread: Thread, changed: dict[str, str]
) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    text = thread.judged(**changed)
    assert "contributions of example-user-1 wait for a confirmation." in text
    assert "If you still agree, write it once more." in thread.folder.comments[-1]


@pytest.mark.parametrize("days", ["2020-01-01", "2024-01-01, 2026-10-31"])
def test_more_days_are_confirmed_anew(thread: Thread, days: str) -> None:
    """Who agreed to a seat since 2025 has not agreed to one since 2020."""
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    text = thread.judged(team=f"Ada Example, example-user-1, {days}")
    assert "contributions of example-user-1 wait for a confirmation." in text
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE


def test_ones_own_page_does_not_make_anothers_people_ones_own(
    thread: Thread, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    """Whoever owns a website links to whatever organization: its members have said nothing."""
    monkeypatch.setattr(
        "community_partners.commands.wiring._web", lambda meter: replace(world.web, meter=meter)
    )
    thread.github.organization("handle-co", members=(MEMBER,), websiteUrl="https://handle.example")
    program = thread.github.rest.repository(REPOSITORY).number
    code = code_for(program, "thread 7", number_of(APPLICANT))
    world.site.pages["acme.example/"] = html(
        f'<meta name="community-partner" content="{code}">'
        '<link rel="me" href="https://github.com/handle-co">'
    )
    assert headline(thread.judged(github="handle-co")) == NOT_YET


@pytest.mark.parametrize(
    ("text", "told"),
    [("/confirm not me, please", True), ("> /confirm", False), ("    /confirm", False)],
)
def test_only_the_command_alone_confirms(thread: Thread, text: str, *, told: bool) -> None:
    """Whom the application names is told so; a stranger could make us talk without end."""
    thread.judged()
    assert thread.says(MEMBER, text) == NOT_YET
    words = "Please write `/confirm` alone on the first line"
    assert (words in thread.folder.comments[-1]) is told
    thread.says(STRANGER, text)
    assert words not in thread.folder.comments[-1]


def test_who_is_named_later_confirms_then(thread: Thread) -> None:
    thread.judged()
    assert thread.says(MEMBER, "/confirm") == ELIGIBLE
    thread.github.person("example-user-2", databaseId=4712)
    both = "Ada Example, example-user-1, 2025-01-15\nBen Example, example-user-2, 2026-11-01"
    text = thread.judged(team=both)
    assert headline(text) == ELIGIBLE
    assert "Not confirmed yet: example-user-2." in text


def test_a_program_may_only_advise_to_confirm(thread: Thread) -> None:
    thread.folder.amend("contribution:\n", "contribution:\n  confirmation: advised\n")
    text = thread.judged()
    assert headline(text) == ELIGIBLE
    assert "This program counts the work of everybody whom you name, confirmed or not." in text


def test_a_seat_counts_from_the_accounts_first_day(thread: Thread) -> None:
    thread.github.spokesperson()
    thread.github.owners[MEMBER]["createdAt"] = "2024-03-04T22:00:00Z"
    text = thread.judged(team="Ada Example, example-user-1, 1999-01-01")
    assert headline(text) == ELIGIBLE
    assert "example-user-1 counts from 4 March 2024, the account's first day." in text


NOVA = {
    "name": "Nova SAS",
    "website": "https://nova.example",
    "contact": "https://nova.example/contact",
    "account": "nova",
    "github": "nova",
}
MY_NUMBER = 4711
PARTNER = """\
slug: nova
name: Nova SAS
website: https://nova.example
country: France
description: Nova builds things for schools.
services: [Hosting]
contact: https://nova.example/contact
sponsorship: {platform: open-collective, account: nova}
team:
  - {name: Ada Example, github: example-user-1, id: 4711, since: 2024-06-01, until: 2025-06-30}
consent: true
accepted: 2024-07-01
terms: {edition: 2026-01, amount: EUR 99}
"""


def seats(*numbers: int) -> tuple[ConfirmedSeat, ...]:
    how = Confirmation(by=ConfirmedBy.COMMENT, on=date(2026, 11, 20))
    return tuple(ConfirmedSeat(id=one, since=date(2026, 2, 2), how=how) for one in numbers)


def another(thread: Thread, *numbers: int, **fields: str) -> None:
    """Another application, whose verdict has these seats."""
    rest = thread.github.rest
    state = {one: fields.pop(one) for one in ("state", "closed_at") if one in fields}
    text = body(**{**NOVA, **fields})
    rest.add_issue(REPOSITORY, 9, "example-other", labels=["application"], body=text, **state)
    memory = Memory(
        kind="verdict", decision=Decision.ELIGIBLE, again=date(2026, 12, 1), seats=seats(*numbers)
    )
    rest.add_comment(REPOSITORY, 9, "github-actions[bot]", f"{memory}### Eligible")


def test_two_applications_with_one_person_name_each_other(thread: Thread) -> None:
    """Whichever came first: the later one is looked at by the next daily run at the latest."""
    thread.github.spokesperson()
    another(thread, MY_NUMBER)
    text = thread.judged()
    assert headline(text) == "### Needs review: a maintainer will check Acme GmbH"
    assert "Nova SAS (#9) has example-user-1 in its team as well." in text
    [verdict] = thread.github.rest.repository(REPOSITORY).comments[9]
    memory = memory_in(verdict["body"])
    assert memory
    assert memory.again == date(2026, 11, 24)
    assert verdict["body"].endswith("### Eligible")


def test_who_names_people_that_never_confirmed_holds_nobody_up(thread: Thread) -> None:
    thread.github.spokesperson()
    another(thread)
    text = thread.judged()
    assert headline(text) == ELIGIBLE
    assert "Nova SAS (#9) names example-user-1 as well: not both count." in text
    [verdict] = thread.github.rest.repository(REPOSITORY).comments[9]
    memory = memory_in(verdict["body"])
    assert memory
    assert memory.again == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("fields", "held_up"),
    [
        ({"closed_at": "2026-06-01T09:00:00Z"}, True),
        ({"closed_at": "2025-06-01T09:00:00Z"}, False),
        ({"closed_at": "2026-06-01T09:00:00Z", "website": "https://acme.example"}, False),
        (
            {
                "closed_at": "2026-06-01T09:00:00Z",
                "team": "Ada, example-user-1, 2024-01-01, 2025-01-14",
            },
            False,
        ),
    ],
)
def test_so_does_one_that_was_closed_within_twelve_months(
    thread: Thread, fields: dict[str, str], held_up: bool
) -> None:
    """Unless it was of the same organization, or for another time."""
    thread.github.spokesperson()
    another(thread, MY_NUMBER, state="closed", **fields)
    assert (headline(thread.judged()) != ELIGIBLE) is held_up


def test_after_that_application_was_closed_the_person_may_be_elsewhere(thread: Thread) -> None:
    thread.github.spokesperson()
    another(thread, MY_NUMBER, state="closed", closed_at="2026-06-01T09:00:00Z")
    assert headline(thread.judged(team="Ada, example-user-1, 2026-06-02")) == ELIGIBLE


def test_a_record_of_long_ago_counts_for_its_own_time(thread: Thread) -> None:
    thread.github.spokesperson()
    (thread.folder.path / "partners").mkdir()
    (thread.folder.path / "partners/nova.yml").write_text(PARTNER, encoding="utf-8")
    assert "example-user-1 is in the team of Nova SAS too" in thread.judged()
    assert headline(thread.judged(team="Ada, example-user-1, 2025-07-01")) == ELIGIBLE
