"""The public site of partners and months that a test makes up, as files by path."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from builders import day, member, program
from community_partners.directory.gather import Gathered, country_amounts
from community_partners.directory.listing import directory_of
from community_partners.model.directory import Directory, Line
from community_partners.model.month import Month
from community_partners.model.partner import Partner
from community_partners.model.program import Program
from community_partners.model.ranking import Correction, MonthFinding, Ranking
from community_partners.model.verdict import Outcome
from community_partners.pages.partner_page import Lines
from community_partners.pages.whole_site import site_files
from community_partners.words.badge import badge
from month_builders import partner, ranking, row

NOW = day("2026-11-24")
Work = Mapping[tuple[str, str], Sequence[Line]]
"""Contributions by slug and month."""


def directory(
    *partners: Partner,
    months: Sequence[Ranking] = (),
    policy: Program | None = None,
    today: date = NOW,
    **fields: Any,
) -> Directory:
    """What the site shows. `months`: the latest first."""
    of = policy or program()
    gathered = Gathered(
        program=of,
        partners=partners,
        months=tuple(months),
        amounts=country_amounts(of),
    )
    defaults: dict[str, Any] = {"repository": "https://github.com/project/partners"}
    return directory_of(gathered, today, **{**defaults, **fields})


def files(shown: Directory, work: Work | None = None) -> dict[str, str]:
    """The text of each file of the site."""

    def lines(slug: str, month: Month) -> Sequence[Line]:
        return (work or {}).get((slug, str(month)), ())

    return program_site_files(shown, lines)


def program_site_files(shown: Directory, lines: Lines) -> dict[str, str]:
    """The text of each file of the site. `lines`: gives a partner's contributions in a month."""
    drawn = site_files(shown, lines, lambda label, value, lit: badge(label, value, lit=lit))
    return {one.path: one.text or "" for one in drawn}


def line(on: str = "2026-10-05", **fields: Any) -> Line:
    defaults: dict[str, Any] = {
        "day": day(on),
        "kind": "pull request",
        "member": "acme-1",
        "points": 5,
        "url": f"https://github.com/project/core/pull/{on.replace('-', '')}",
    }
    return Line(**{**defaults, **fields})


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}%(name)s%%",
    "\u202egnp.exe\u2066\u200f",
    "مرحبا بالعالم",
    "A" * 10_000,
    "&lt;b&gt; & ' \" `",
    "</title></textarea></style>",
    "]]>--> ](https://evil.example)",
    "\x00\x1b[31m\u2028\ud800",
    "日本語のとても長い名前",
)


def hostile_site(text: str, address: str) -> dict[str, str]:
    """The site of a partner whose every text is `text`, and whose every address is `address`."""
    one = partner("aurora", member("aurora-1", name=text), name=text)
    told = replace(
        one.organization,
        description=text,
        services=(text, text + "2"),
        website=address,
        contact=address,
        github=None,
    )
    shown = ranking(
        row(
            "aurora",
            name=text,
            by_kind={text: 15},
            findings=(finding(title=text, reason=text),),
        ),
        row("left", 2, name=text, points=3),
        corrections=(Correction(day=day("2026-10-26"), changes=(text,)),),
    )
    work = {
        ("aurora", "2026-10"): [
            line(kind=text, url=address),
            line(kind=text, url=address, points=0, not_counted=text),
        ]
    }
    return files(directory(replace(one, organization=told), months=(shown,)), work)


def finding(**fields: Any) -> MonthFinding:
    """A criterion that a partner did not meet."""
    defaults: dict[str, Any] = {
        "criterion": "contributions-regular",
        "title": "Regular contributions",
        "outcome": Outcome.NOT_MET,
        "reason": "1 point, 10 asked.",
    }
    return MonthFinding(**{**defaults, **fields})
