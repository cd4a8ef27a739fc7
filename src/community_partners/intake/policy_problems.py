"""Finds what is wrong with a policy that fits its schema: numbers and names that mean nothing.

A program that is read is in order for every run: each of these problems stops `validate`, `doctor`
and all other commands alike, since all of them read the program by `program.py`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from babel.numbers import list_currencies

from ..model.day import day_of
from ..model.month import in_words
from ..model.problem import Problem, quoted
from . import countries
from .price_table import load_prices
from .site_problems import site_problems
from .source_problems import source_problems
from .yaml_document import Document, Steps

ASKED_KINDS = ("pull request", "review", "issue", "answer")
"""The kinds of contribution that GitHub is asked for. All other kinds come from claims."""

# Names that other platforms and people use for the kinds that GitHub is asked for.
_ALSO_CALLED = {
    "pull": "pull request",
    "pr": "pull request",
    "merged pull request": "pull request",
    "merge request": "pull request",
    "mr": "pull request",
    "pull request review": "review",
    "code review": "review",
    "closed issue": "issue",
    "accepted answer": "answer",
    "chosen answer": "answer",
}
_SIMILAR = 0.83  # `anwser` is `answer`; `interview` (0.67) and `event` (0.55) are not `review`


def policy_problems(document: Document, today: date) -> Iterator[Problem]:
    """Yield the problems of a program that fits its schema. `today`: the day of the run."""
    yield from _day(document, today)
    yield from _platforms(document)
    yield from _editions(document)
    yield from _kinds(document)
    yield from source_problems(document, ASKED_KINDS)
    yield from _places(document)
    yield from _countries(document)
    yield from site_problems(document)


def _day(document: Document, today: date) -> Iterator[Problem]:
    day = day_of(document.data["policy"]["date"])
    if day > today:
        message = f"This policy applies from {in_words(day)}: until then nothing is judged by it."
        remedy = "Keep the policy that applies today in program.yml, and merge this one on its day."
        yield _problem(document, ("policy", "date"), message, remedy)


def _platforms(document: Document) -> Iterator[Problem]:
    if not document.data["sponsorship"].keys() & {"open_collective", "github_sponsors"}:
        message = "No platform is named, so nobody can sponsor."
        remedy = "Add `open_collective` with `collective`, `github_sponsors` with `login`, or both."
        yield _problem(document, ("sponsorship",), message, remedy)


def _editions(document: Document) -> Iterator[Problem]:
    sponsorship = document.data["sponsorship"]
    later = sponsorship.get("partner_editions", ())
    named: dict[Steps, str] = {("sponsorship", "edition"): sponsorship["edition"]}
    for at, entry in enumerate(later):
        named["sponsorship", "partner_editions", at, "edition"] = entry["edition"]
    known = load_prices().editions
    for place, edition in named.items():
        if edition not in known:
            message = f"The Big Mac index has no edition {edition} here."
            close = get_close_matches(edition, sorted(known), n=1, cutoff=0)
            there = dict.fromkeys((*close, max(known)))
            remedy = f"Write one that is there, such as {' or '.join(there)}."
            yield _problem(document, place, message, remedy)


def _kinds(document: Document) -> Iterator[Problem]:
    policy = document.data["contribution"]
    for kind in policy["points"]:
        meant = _meant(kind)
        if kind in ASKED_KINDS or (policy.get("claims") and meant is None):
            continue
        remedy = (
            f"Did you mean `{meant}`?"
            if meant
            else f"Counted are {', '.join(ASKED_KINDS)}; for others, name the folder of `claims`."
        )
        place = ("contribution", "points", kind)
        yield _problem(document, place, f"Nobody counts the kind {quoted(kind)}.", remedy)


def _meant(kind: str) -> str | None:
    """Return the kind of GitHub that a name means in another spelling; None if it means none."""
    words = " ".join(kind.replace("-", " ").split())
    for name in (words, words.removesuffix("s"), words.removesuffix("es")):
        if name in ASKED_KINDS or name in _ALSO_CALLED:
            return _ALSO_CALLED.get(name, name)
    return next(iter(get_close_matches(words, ASKED_KINDS, n=1, cutoff=_SIMILAR)), None)


def _places(document: Document) -> Iterator[Problem]:
    scope: Mapping[str, Any] = document.data["contribution"]["github"]
    owners = {name.casefold() for name in scope.get("organizations", ())}
    listed = {name.casefold() for name in scope.get("repositories", ())}
    where: Steps = ("contribution", "github")
    if not owners and not listed:
        message = "No organization and no repository is named, so no work counts."
        remedy = "Name at least one in `organizations` or `repositories`."
        yield _problem(document, where, message, remedy)
        return
    for at, name in enumerate(scope.get("exclude", ())):
        owner = name.casefold().partition("/")[0]
        if name.casefold() in listed:
            message = f"{name} is left out here, and named in `repositories`."
            yield _problem(document, (*where, "exclude", at), message, "Keep it in one of the two.")
        elif owner not in owners:
            message = f"{name} does not count anyway, so that there is nothing to leave out."
            close = get_close_matches(owner, sorted(owners), n=1)
            remedy = (
                f"Did you mean {close[0]}/{name.partition('/')[2]}?"
                if close
                else "Name a repository of one of `organizations`, or take this line away."
            )
            yield _problem(document, (*where, "exclude", at), message, remedy)


def _countries(document: Document) -> Iterator[Problem]:
    """Yield the problems of the maintainers' decisions: only the first one of a country applies."""
    decided: dict[str, int] = {}
    for at, entry in enumerate(document.data.get("comparable_countries") or ()):
        around: Steps = ("comparable_countries", at)
        named = {key: countries.find(entry[key]) for key in ("country", "like") if key in entry}
        for key, country in named.items():
            if country is None:
                yield _problem(document, (*around, key), *countries.unknown(entry[key]))
        if (country := named["country"]) and decided.setdefault(country.code, at) != at:
            message = f"{country.name} stands here twice, and only its first price would apply."
            remedy = "Keep the decision that applies, and take the other one away."
            yield _problem(document, (*around, "country"), message, remedy)
        currency = entry.get("price", "").partition(" ")[0]
        if currency and currency not in list_currencies():
            message = f"{quoted(currency)} is not the code of a currency."
            remedy = "Write the code of ISO 4217, such as KHR."
            yield _problem(document, (*around, "price"), message, remedy)


def _problem(document: Document, place: Steps, message: str, remedy: str) -> Problem:
    return Problem(place=document.locate(place), message=message, remedy=remedy)
