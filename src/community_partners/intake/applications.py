"""Turns a mapping into an Application, or into a list of all its problems.

Application files and the application form both come here. The schema checks the shape, and this
module checks what a schema cannot express. The evidence shows whether the claims are true.

Some applicants name the project's own account as the payer by mistake, since the address of a
payment, such as `opencollective.com/mautic/contributions/acme`, begins with the account that
receives the payment. This module refuses such an application, with the line.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError
from ..model.application import (
    WHOLE,
    Application,
    BigMac,
    Confirmation,
    ConfirmedBy,
    Member,
    Platform,
)
from ..model.day import day_in, day_of
from ..model.length import too_long
from ..model.money import Money
from ..model.problem import Problem
from ..model.program import Program
from ..model.submission import Submission
from ..model.website import website_host
from . import countries
from .schema import problems
from .yaml_document import Locate, read_record

Data = Mapping[str, Any]
MOST_ENTRIES = 50  # of a list: the team's, the longest list that the schema takes


def read_application(path: Path, today: date, program: Program | None) -> Application:
    """Read the application in a file, whose name must be the slug. Raises UserError.

    `program`: the program that the file applies to, or None if that is not known.
    """
    document = read_record(path)
    return build_application(document.data, document.locate, today, program, file_slug=path.stem)


def path_submission(path: Path, today: date, program: Program) -> Submission:
    """Return the application in a file, or its problems.

    Raises UserError if the file is missing, is a folder or cannot be read.
    """
    try:
        application = read_application(path, today, program)
    except InvalidInputError as error:
        return Submission(title=path.stem, problems=error.problems)
    return Submission(title=path.stem, application=application)


def build_application(
    data: Any,
    locate: Locate,
    today: date,
    program: Program | None = None,
    *,
    file_slug: str | None = None,
    schema: str = "application",
) -> Application:
    """Return the application that a mapping holds. Raises InvalidInputError with all problems.

    `locate` gives the place of a value by its path.
    `program`: the program that the mapping applies to, or None if that is not known.
    `file_slug`: the slug in the file's name, or None if there is no file.
    `schema`: `partner` for a partner's record, which holds all that an application does, and more.
    """
    found = problems(data, schema, locate)
    short = _without_long(data)
    if isinstance(short, Mapping):
        wrong = {problem.place for problem in found}
        more = (*_beyond_the_schema(short, locate, today), *_file_name(short, locate, file_slug))
        if program:
            more = (*more, *own_account(short.get("sponsorship"), locate, program))
        found = (*found, *(problem for problem in more if problem.place not in wrong))
    if found:
        raise InvalidInputError(tuple(sorted(found, key=lambda one: one.place.line or 0)))
    return _application(data, locate)


def _without_long(data: Any) -> Any:
    """Return `data` with None for each text and list that is too long: the schema reports them."""
    if isinstance(data, Mapping):
        return {key: _without_long(value) for key, value in data.items()}
    if isinstance(data, list):
        return list(map(_without_long, data)) if len(data) <= MOST_ENTRIES else None
    return None if isinstance(data, str) and too_long(data) else data


def _beyond_the_schema(data: Data, locate: Locate, today: date) -> Iterator[Problem]:
    """Yield the problems that a schema cannot find.

    A value may still have the wrong type. It is skipped here, since the schema reports it.
    """
    yield from _country(data.get("country"), locate, ("country",))
    big_mac = data.get("big_mac")
    if isinstance(big_mac, Mapping):
        yield from _country(big_mac.get("comparable"), locate, ("big_mac", "comparable"))
        yield from not_in_future(big_mac.get("date"), locate, ("big_mac", "date"), today)
    slug, name, website = (data.get(key) for key in ("slug", "name", "website"))
    if isinstance(slug, str) and isinstance(name, str) and isinstance(website, str):
        yield from _slug(slug, name, website, locate)
    team = data.get("team")
    if isinstance(team, list):
        members = [(at, one) for at, one in enumerate(team) if isinstance(one, Mapping)]
        yield from _logins(members, locate)
        for at, member in members:
            yield from _time(member, locate, at, today)


def _country(name: Any, locate: Locate, path: tuple[str, ...]) -> Iterator[Problem]:
    if not isinstance(name, str) or countries.find(name):
        return
    message, remedy = countries.unknown(name)
    yield Problem(place=locate(path), message=message, remedy=remedy)


def _slug(slug: str, name: str, website: str, locate: Locate) -> Iterator[Problem]:
    if not agrees(slug, name, website):
        yield Problem(
            place=locate(("slug",)),
            message=f"The slug {slug[:60]!r} does not agree with the name {name[:100]!r}.",
            remedy=f"Write {slug_for(name, website) or 'it in Latin letters'}, or its first words.",
        )


def _file_name(data: Data, locate: Locate, file_slug: str | None) -> Iterator[Problem]:
    slug = data.get("slug")
    if file_slug is not None and isinstance(slug, str) and slug != file_slug:
        yield Problem(
            place=locate(("slug",)),
            message=f"The slug {slug[:60]!r} is not the file's name, {file_slug!r}.",
            remedy=f"Name the file {slug[:60]}.yml, or correct the slug.",
        )


def _logins(members: list[tuple[int, Data]], locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each login that is listed twice for a same day.

    Who returns, or works another part of the time from some day on, has a line for each time.
    """
    known: dict[str, list[tuple[int, date, date]]] = {}
    for at, member in members:
        login = member.get("github")
        if not isinstance(login, str):
            continue
        since, until = day_in(member.get("since")), day_in(member.get("until"))
        first, last = since or date.min, until or date.max
        before = known.setdefault(login.casefold(), [])
        same = next((line for line, start, end in before if first <= end and start <= last), None)
        before.append((at, first, last))
        if same is not None:
            other = locate(("team", same, "github"))
            yield Problem(
                place=locate(("team", at, "github")),
                message=f"{login[:60]} is listed twice, here and in line {other.line}.",
                remedy="Keep one of the two lines, or write days that do not overlap: `until` in "
                "the earlier one.",
            )


def _time(member: Data, locate: Locate, at: int, today: date) -> Iterator[Problem]:
    since, until = day_in(member.get("since")), day_in(member.get("until"))
    yield from not_in_future(member.get("since"), locate, ("team", at, "since"), today)
    if until and until > today:
        yield Problem(
            place=locate(("team", at, "until")),
            message=f"The day {until} is in the future.",
            remedy="Leave it out as long as the person is with you.",
        )
    elif since and until and until < since:
        yield Problem(
            place=locate(("team", at, "until")),
            message=f"This member leaves on {until}, before joining on {since}.",
            remedy="Correct one of the two days.",
        )


def not_in_future(
    value: Any, locate: Locate, path: tuple[str | int, ...], today: date
) -> Iterator[Problem]:
    """Yield a problem if `value` is a day after `today`; anything else is no problem here."""
    day = day_in(value)
    if day is not None and day > today:
        yield Problem(
            place=locate(path),
            message=f"The day {day} is in the future.",
            remedy=f"Write a day up to today, {today}.",
        )


def _application(data: Data, locate: Locate) -> Application:
    sponsorship = data["sponsorship"]
    return Application(
        slug=data["slug"],
        name=data["name"],
        website=data["website"],
        country=countries.known(data["country"]),
        description=data["description"],
        services=tuple(data["services"]),
        contact=data["contact"],
        logo=_logo_address(data.get("logo")),
        github=data.get("github"),
        platform=Platform(sponsorship["platform"]),
        account=sponsorship["account"],
        team=tuple(_member(one, locate, at) for at, one in enumerate(data["team"])),
        big_mac=_big_mac(data["big_mac"]) if "big_mac" in data else None,
    )


def _logo_address(said: str | Mapping[str, str] | None) -> str | None:
    """Return the address of the logo. A record may also say what was fetched from there."""
    return said["url"] if isinstance(said, Mapping) else said


def _member(data: Data, locate: Locate, at: int) -> Member:
    return Member(
        name=data["name"],
        github=data["github"],
        id=data.get("id"),
        since=day_of(data["since"]),
        until=day_in(data.get("until")),
        confirmation=_confirmation(data["confirmation"]) if "confirmation" in data else None,
        share=data.get("share", WHOLE),
        listed=data.get("listed", True),
        place=locate(("team", at, "github")),
    )


def _confirmation(data: Data) -> Confirmation:
    return Confirmation(by=ConfirmedBy(data["by"]), on=day_of(data["date"]))


def _big_mac(data: Data) -> BigMac:
    if "comparable" in data:
        return BigMac(comparable=countries.known(data["comparable"]))
    return BigMac(
        price=Money.parse(data["price"]), date=day_in(data["date"]), picture=data["picture"]
    )


def own_account(sponsorship: Any, locate: Locate, program: Program) -> Iterator[Problem]:
    """Yield a problem if the paying account of a `sponsorship` is the one that receives payments.

    A `sponsorship` of the wrong shape is skipped, since the schema reports it.
    """
    if not isinstance(sponsorship, Mapping):
        return
    platform, account = sponsorship.get("platform"), sponsorship.get("account")
    receivers = {str(known): own for known, own in program.sponsorship.receivers.items()}
    own = receivers.get(platform) if isinstance(platform, str) else None
    if own and isinstance(account, str) and account.casefold() == own.casefold():
        yield Problem(
            place=locate(("sponsorship", "account")),
            message=f"{account} is the account of {program.organization}, which receives payments.",
            remedy="Write the account from which you pay, by its name alone.",
        )


LONGEST = 60
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug_for(name: str, website: str) -> str:
    """Return an organization's slug: the words of its name in lower-case ASCII, joined by `-`.

    A name with letters outside ASCII would lose them, and perhaps look like another name. Its slug
    is the first part of the website's host, as DNS spells it. If there is no host, the slug is what
    ASCII has of the name, or "". It is "" for a name that is too long, too.
    """
    if too_long(name):
        return ""
    host = website_host(website).split(".")[0]
    spelled = f"xn-{host.encode('punycode').decode()}" if _loses_letters(host) else host
    if _loses_letters(name):
        return _ascii(spelled) or _ascii(name)
    return _ascii(name) or _ascii(spelled)


def agrees(slug: str, name: str, website: str) -> bool:
    """Tell whether a slug is that of the name, or its first words.

    `acme-gmbh` and `acme` both agree with "Acme GmbH".
    """
    whole = slug_for(name, website)
    return whole == slug or whole.startswith(f"{slug}-")


def _loses_letters(text: str) -> bool:
    return any(one.isalpha() and not one.isascii() for one in _spelled(text))


def _ascii(text: str) -> str:
    letters = _spelled(text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:LONGEST].strip("-")


def _spelled(text: str) -> str:
    """Return a text in lower case, with accents split from their letters (Unicode NFKD)."""
    return unicodedata.normalize("NFKD", text.lower().translate(_LATIN)).lower()
