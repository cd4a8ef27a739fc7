"""What others wrote makes no link, mention, picture or tag in what we write, as GitHub shows it."""

import random
from collections.abc import Callable, Iterator

import pytest

from builders import (
    TODAY,
    answered,
    application,
    contribution,
    evidence,
    member,
    payer,
    payment,
    program,
    required,
    sponsorship,
    work,
)
from community_partners.model.fair_play import Flag, FlagKind
from community_partners.model.funnel import OpenApplication
from community_partners.model.partner_pages import PartnerPages
from community_partners.model.problem import Place, Problem
from community_partners.model.verdict import Waiver
from community_partners.rules.criteria import PAYER
from community_partners.rules.decision import decide, invalid
from community_partners.words.digest import News, digest
from community_partners.words.escape import link, text
from community_partners.words.partner_page import partner_pages
from community_partners.words.ranking_page import ranking_page
from community_partners.words.reply import compose
from community_partners.words.welcome import not_admitted
from github_html import on_github
from hostile_input import ACTIVE, LETTERS, MARKUP, words
from many_cases import PARTS, chances
from month_builders import OCTOBER, partner, ranking, row

Word = Callable[[], str]


def plain(word: Word) -> str:
    one, two, three = text(word()), text(word()), text(word())
    return f"{one}\n\n| a |\n|---|\n| {two} |\n\n- {three}\n"


def titles(word: Word) -> str:
    return f"{link(word(), 'https://ours.example')} {link(word(), 'https://ours.example')}"


def refusal(word: Word) -> str:
    problems = [
        Problem(place=Place(document=word(), line=3, field=word()), message=word(), remedy=word())
        for _ in range(3)
    ]
    return compose(invalid(word(), tuple(problems), TODAY), program()).body


def verdict(word: Word) -> str:
    who = application(name=word(), team=(member(name=word()), member("example-user-2")))
    asked = evidence(
        sponsorship=answered(sponsorship(payment("2026-10-01"), payer=payer(name=word()))),
        work=work(contribution("2026-10-05", title=word())),
    )
    waiver = Waiver(criterion=PAYER.id, by="a", reason=word(), url="https://ours.example")
    seen = decide(who, asked, program(), required(), "sha256:0123456789abcdef", (waiver,))
    return compose(seen, program()).body


def page(word: Word) -> str:
    [found, *_] = partner_pages([partner(name=word())], ranking(row(name=word())), program())
    return found.text or ""


def table(word: Word) -> str:
    rows = (row("acme", name=word(), by_kind={word(): 15}), row("b", None, name=word()))
    return ranking_page(ranking(*rows), None, (OCTOBER,), program(), PartnerPages())


def flag(word: Word) -> Flag:
    return Flag(
        kind=FlagKind.RING,
        facts=word(),
        threshold=word(),
        addresses=("https://ours.example/1", "https://ours.example/2"),
    )


def month(word: Word) -> str:
    left_out = Problem(place=Place(document=word(), field=word()), message=word(), remedy=word())
    waiting = OpenApplication(
        number=1, title=word(), url="https://ours.example", decision=None, opened=TODAY
    )
    return digest(
        News(
            ranking=ranking(row(name=word(), flags=(flag(word),))),
            page="https://ours.example",
            moves=(),
            told={},
            lasting_failures=(word(),),
            waiting=(waiting,),
            editions=(),
            left_out=(left_out,),
            today=TODAY,
        )
    )


def welcome(word: Word) -> str:
    return not_admitted([(word(), word())])


TEXTS = (plain, titles, refusal, verdict, page, table, month, welcome)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_there_that_is_not_ours(part: int) -> None:
    """The same tags and addresses as with harmless words, and nothing that GitHub would link."""
    for number, chance in chances(400, part):
        write = TEXTS[number % len(TEXTS)]
        ours, seen = on_github(write(lambda: "x")), on_github(write(_never_empty(chance)))
        assert (seen.tags, seen.addresses) == (ours.tags, ours.addresses), f"case {number}"
        assert sorted(seen.alive) == sorted(ours.alive), f"case {number}"


def _never_empty(chance: random.Random) -> Word:
    return lambda: words(chance).strip() or "x"


def around() -> Iterator[str]:
    """Each thing that GitHub looks for, behind each letter and mark, and before each."""
    for active in ACTIVE:
        for one in (*MARKUP, *LETTERS, ""):
            yield f"a {one}{active}{one} b"


def test_behind_any_letter_and_mark() -> None:
    for written in around():
        seen = on_github(text(written))
        assert (seen.tags, seen.alive) == ({"p": 1}, []), repr(written)


@pytest.mark.parametrize("written", ACTIVE)
def test_github_would_link_it(written: str) -> None:
    """The page that the tests above read tells: what is not defused is found."""
    seen = on_github(f"a {written} b")
    assert seen.alive or seen.addresses


@pytest.mark.parametrize(
    "written",
    ["USD 1234567", "INR 12345678.50", "a-b", "12:30", "Agency: hosting", "decade", "1999"],
)
def test_what_people_copy_stays_as_it_is(written: str) -> None:
    assert text(written) == written
