"""Sites of partners whose every text tries to be more than text, each beside a harmless twin."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from builders import day, member, month, program
from community_partners.model.directory import Directory, Line
from community_partners.model.month import Month
from community_partners.model.partner import Partner
from community_partners.model.ranking import Concern, Correction, PartnerMonth, Person, Ranking
from community_partners.model.site import Site, SiteLink
from month_builders import partner, ranking, row
from site_world import HOSTILE, directory, finding, line, program_site_files

PARTNERS, MONTHS = 4, (month("2026-10"), month("2026-09"))
_ATTEMPTS = (
    *HOSTILE,
    *("<svg/onload=alert(1)>", "<p onclick=x>", "</p><p>", "<!--", "-->", "<![CDATA[", "]]>"),
    *("<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "&y;"),
    *('" autofocus onfocus="alert(1)', "' style='x:y", "`onmouseover=x`", "a=b c=d /", "=x>"),
    *("javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,<b>", "vbscript:x", "//evil.example"),
    *("</script><script>", "\\u003cscript\\u003e", "${alert(1)}", "{{ x }}", "{% x %}", "{# x"),
    *("%(name)s", "%s%d%", "{0}", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", '","'),
    *(
        "\r\nSet-Cookie: x",
        "\x85",
        "\x0b",
        "\x0c",
        "\x1c",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\U000e0001",
    ),
    *("\\", '\\"', "\\u0000", "\x7f", "\udfff", "\ue000", "\u00ad", "\u200b", "\u2060", "\u2029"),
    *("\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u2067", "\u2068"),
    *(
        "\u2069",
        "שלום עולם",
        "ما هذا",
        "Ελλάδα",
        "Україна",
        "हिन्दी",
        "ไทย",
        "한국어",
        "e\u0301\u0323",
    ),
    *("\u200d\u200c", "👩‍👩‍👧", "&", "&amp;", "&#x3c;b&#x3e;", "&lt", "&notin", "<", ">", '"', "'"),
    *("<b", "<a href=", "<title>", "<textarea>", "<plaintext>", "<base href=//x>", "<style>*{}"),
    *("<table><tr>", "</main></body></html>", "<noscript>", "<template>", "<math><mi>", "<select>"),
    *("[x](https://evil.example)", "![", "](", "**", "|", "\n\n# x", "\n---\n", "::error::x"),
)
_ADDRESSES = (
    *("https://", "https://a.example/", "https://a.example/?q=", "https://a.example/#", "https:"),
    *("http://a.example/", "javascript:", "HTTPS://a.example/", " https://a.example/", ""),
)


def hostile_text(chance: random.Random) -> str:
    """Return some attempts in a row, at times among letters of all alphabets, at times 10,000."""
    parts = chance.choices(_ATTEMPTS, k=chance.randint(1, 4))
    if chance.random() < 0.3:
        parts.append("".join(chr(chance.randrange(1, 0x11_0000)) for _ in range(9)))
    if chance.random() < 0.03:
        parts.append(chance.choice(_ATTEMPTS) * 10_000)
    chance.shuffle(parts)
    between = "x" if chance.random() < 0.2 else ""
    return f"{between.join(parts)[:12_000]}z"  # no text is without a letter that is seen


@dataclass(kw_only=True)
class Texts:
    """Gives the texts of a site, and counts them.

    `text`: makes one. `address`: makes one that is to be an address of the web.
    """

    text: Callable[[], str]
    address: Callable[[], str]
    given: int = field(default=0, init=False)

    def one(self) -> str:
        self.given += 1
        return self.text()

    def place(self) -> str:
        self.given += 1
        return self.address()


def hostile(chance: random.Random) -> Texts:
    """Texts that are each an attempt of their own."""
    return Texts(
        text=lambda: hostile_text(chance),
        address=lambda: chance.choice(_ADDRESSES) + hostile_text(chance),
    )


def harmless(address: Callable[[], str]) -> Texts:
    """The texts of the twin."""
    number = iter(range(10**6))
    return Texts(text=lambda: f"Quiet words {next(number)}", address=address)


def site_of(texts: Texts, language: str) -> dict[str, str]:
    """Return the files of a site, with a name of each text, in the same order for each site."""
    policy = program(
        name=texts.one(),
        organization=texts.one(),
        site=Site(
            url="https://partners.project.example/",
            title=texts.one(),
            one_liner=texts.one(),
            language=language,
            links=(SiteLink(title=texts.one(), url="https://forum.example"),),
            services=("Hosting",),
        ),
    )
    partners = [_partner(texts, f"partner-{at}") for at in range(PARTNERS)]
    months = [_month(texts, of) for of in MONTHS]
    lines = {(one.slug, of): list(_lines(texts, of)) for one in partners for of in MONTHS}
    shown: Directory = directory(*partners, months=months, policy=policy)

    def of(slug: str, month: Month) -> Sequence[Line]:
        return lines.get((slug, month), ())

    return program_site_files(shown, of)


def _partner(texts: Texts, slug: str) -> Partner:
    made = partner(slug, member(f"{slug}-1", name=texts.one()), name=texts.one())
    told = replace(
        made.organization,
        description=texts.one(),
        services=("Hosting", texts.one(), texts.one()),
        website=texts.place(),
        contact=texts.place(),
        github=None,
    )
    return replace(made, organization=told)


def _month(texts: Texts, of: Month) -> Ranking:
    names = [*(f"partner-{at}" for at in range(PARTNERS)), "left"]
    return ranking(
        *(_row(texts, slug, at, of) for at, slug in enumerate(names)),
        month=of,
        people=tuple(
            Person(concern=concern, github=texts.one(), partners=(), now=texts.one())
            for concern in Concern
        ),
        corrections=(Correction(day=day("2026-10-26"), changes=(texts.one(), texts.one())),),
    )


def _row(texts: Texts, slug: str, at: int, of: Month) -> PartnerMonth:
    few = of.month  # no two months and kinds have the same number of points, or the same name
    points = 100 - 9 * at
    return row(
        slug,
        at + 1,
        name=texts.one(),
        points=points,
        by_kind={f"{texts.one()} {of}, many": points - few, f"{texts.one()} {of}, few": few},
        findings=(finding(title=texts.one(), reason=texts.one()),),
    )


def _lines(texts: Texts, of: Month) -> Iterator[Line]:
    on = str(of.first_day)
    yield line(on, kind=texts.one(), member=texts.one(), url=texts.place())
    left_out, reason = texts.one(), texts.one()
    yield line(on, kind=left_out, member=texts.one(), url=texts.place(), not_counted=reason)
