"""Whom a maintainer is asked to look at, and whose accounts are looked up to know."""

from typing import Any

import pytest

from builders import answered, day, failed, member, month, program
from community_partners.model.application import Member
from community_partners.model.evidence import AccountCheck, AccountKind, Answer
from community_partners.model.partner import Partner
from community_partners.model.ranking import Concern, Person
from community_partners.rules.month_case import partners_roster
from community_partners.rules.people import members_in, people
from community_partners.rules.renamed_logins import to_identify
from month_builders import month_evidence, month_work, partner

ADA = "example-ada"
MONTHS = (month("2026-08"), month("2026-09"), month("2026-10"))


def check(login: str, number: int | None) -> AccountCheck:
    kind = AccountKind.MISSING if number is None else AccountKind.PERSON
    return AccountCheck(login=login, kind=kind, id=number)


def behind(number: int, login: str = "") -> Answer[AccountCheck]:
    """What GitHub says of an id: its present login; none for a deleted account."""
    kind = AccountKind.PERSON if login else AccountKind.MISSING
    return answered(AccountCheck(login=login, kind=kind, id=number), "GitHub")


def stay(
    login: str = ADA, since: str = "2025-01-01", until: str | None = None, **fields: Any
) -> Member:
    return member(login, since=day(since), until=day(until) if until else None, **fields)


def found(
    *teams: list[Member],
    accounts: tuple[AccountCheck, ...] = (),
    identities: tuple[Answer[AccountCheck], ...] = (),
) -> tuple[Person, ...]:
    here = partners(*teams)
    seen = month_evidence(
        here, work=month_work(), accounts=answered(accounts, "GitHub"), identities=identities
    )
    return people(here, partners_roster(here, seen), seen, program())


def partners(*teams: list[Member]) -> list[Partner]:
    return [
        partner(slug, *team)
        for slug, team in zip(("acme", "globex", "initech"), teams, strict=False)
    ]


def person(concern: str, *slugs: str, github: str = ADA, now: str | None = None) -> Person:
    return Person(concern=Concern(concern), github=github, partners=slugs, now=now)


@pytest.mark.parametrize(
    ("why", "teams", "claimed"),
    [
        ("by two, without an end", ([stay()], [stay()]), ("acme", "globex")),
        ("by three", ([stay()], [stay()], [stay()]), ("acme", "globex", "initech")),
        ("by one", ([stay()], [stay("example-ben")]), None),
        (
            "handed over on the next day",
            ([stay(until="2026-09-30")], [stay(since="2026-10-01")]),
            None,
        ),
        (
            "on one day",
            ([stay(until="2026-10-01")], [stay(since="2026-10-01")]),
            ("acme", "globex"),
        ),
        ("before the months that count", ([stay(until="2026-07-31")], [stay()]), None),
        ("on their first day", ([stay(until="2026-08-01")], [stay()]), ("acme", "globex")),
        ("after them", ([stay()], [stay(since="2026-11-01")]), None),
        (
            "by the first and the third only",
            ([stay(until="2026-09-01")], [stay("example-ben")], [stay(since="2026-09-01")]),
            ("acme", "initech"),
        ),
        (
            "one hands over to two",
            (
                [stay(until="2026-08-31")],
                [stay(since="2026-09-01")],
                [stay(since="2026-09-01")],
            ),
            ("globex", "initech"),
        ),
        (
            "by two logins of one account",
            ([stay(id=7)], [stay("example-new", id=7)]),
            ("acme", "globex"),
        ),
        ("two people, one of whom took the login over", ([stay(id=7)], [stay(id=9)]), None),
        ("whatever the capitals", ([stay()], [stay("EXAMPLE-ADA")]), ("acme", "globex")),
    ],
)
def test_claimed_twice(
    why: str, teams: tuple[list[Member], ...], claimed: tuple[str, ...] | None
) -> None:
    told = [(one.concern, one.partners) for one in found(*teams)]
    assert told == ([(Concern.CLAIMED_TWICE, claimed)] if claimed else []), why


@pytest.mark.parametrize(
    ("why", "seats", "now", "expected"),
    [
        (
            "renamed",
            [stay(id=7)],
            behind(7, "example-new"),
            person("renamed", "acme", now="example-new"),
        ),
        ("deleted", [stay(id=7)], behind(7), person("deleted", "acme")),
        ("renamed after leaving", [stay(id=7, until="2026-07-31")], behind(7, "example-new"), None),
        (
            "renamed before joining",
            [stay(id=7, since="2026-11-01")],
            behind(7, "example-new"),
            None,
        ),
        ("somebody else", [stay(id=7)], behind(8, "example-new"), None),
        ("GitHub did not answer", [stay(id=7)], failed("Silence."), None),
        ("only written otherwise", [stay(id=7)], behind(7, "Example-Ada"), None),
    ],
)
def test_renamed_or_deleted(
    why: str, seats: list[Member], now: Answer[AccountCheck], expected: Person | None
) -> None:
    told = (expected,) if expected else ()
    assert found(seats, identities=(now,)) == told, why
    silent = failed("Silence.")
    assert found(seats, identities=(silent, now, silent)) == told, "the others' answers count"


def test_who_has_recorded_the_new_login_already_is_not_told_of_it() -> None:
    """Acme keeps the old login, Globex the new one, where the person is since September."""
    told = found(
        [stay(id=7, until="2026-08-31")],
        [stay("example-new", since="2026-09-01", id=7)],
        accounts=(check(ADA, None), check("example-new", 7)),
        identities=(behind(7, "example-new"),),
    )
    assert told == (person("renamed", "acme", now="example-new"),)


@pytest.mark.parametrize(
    ("why", "seat", "told"),
    [
        ("nobody kept its id", stay(), True),
        ("its id was kept: it is looked up by that", stay(id=7), False),
        ("left in the months that count", stay(until="2026-08-01"), True),
        ("left before", stay(until="2026-07-31"), False),
        ("joined after", stay(since="2026-11-01"), False),
    ],
)
def test_missing(why: str, seat: Member, told: bool) -> None:
    expected = (person("missing", "acme"),) if told else ()
    assert found([seat], accounts=(check(ADA, None),)) == expected, why


def test_by_login_then_concern_each_once() -> None:
    told = found(
        [stay("Zoe"), stay("example-x", id=7), stay("bea")],
        [stay("Zoe"), stay("ann")],
        accounts=(check("Zoe", None), check("bea", None), check("ann", None)),
        identities=(behind(7), behind(7)),
    )
    assert [(one.github, one.concern, one.partners) for one in told] == [
        ("ann", "missing", ("globex",)),
        ("bea", "missing", ("acme",)),
        ("example-x", "deleted", ("acme",)),
        ("Zoe", "claimed twice", ("acme", "globex")),
        ("Zoe", "missing", ("acme",)),
        ("Zoe", "missing", ("globex",)),
    ]


def test_the_order_of_the_records_does_not_matter() -> None:
    teams = [stay(id=7)], [stay("example-new", id=7)]
    here = partners(*teams)
    seen = month_evidence(here, work=month_work(), accounts=answered(()))
    told = {
        people(order, partners_roster(order, seen), seen, program()) for order in (here, here[::-1])
    }
    assert told == {(person("claimed twice", "acme", "globex"),)}


def test_who_is_looked_up_by_login() -> None:
    team = [
        stay("a"),
        stay("b", until="2026-08-01"),
        stay("c", until="2026-07-31"),
        stay("d", since="2026-10-31"),
        stay("e", since="2026-11-01"),
    ]
    assert members_in(partners(team), MONTHS) == ["a", "b", "d"]


def test_who_is_looked_up_by_id() -> None:
    """Those whose login has another id by now, or none; not those who were not asked for."""
    team = [stay("a", id=1), stay("b", id=2), stay("c", id=3), stay("d", id=4), stay("e")]
    accounts = [check("a", 1), check("B", 22), check("c", None), check("e", None)]
    assert to_identify(partners(team), accounts) == (2, 3)
