"""Finds what is wrong with the sources of claims in a program: exports, and lists of helpers."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ..model.problem import Problem, quoted
from ..model.program import GitHubScope
from .all_contributors import TYPES
from .yaml_document import Document, Steps

_CLAIMS: Steps = ("contribution", "claims")
# Types of the list that GitHub shows by itself, so that they count as these kinds.
_SHOWN = {"code": "pull request", "review": "review"}
_SIMILAR = 0.75  # `docs` is `doc` (0.86); `museum` is nothing


def source_problems(document: Document, asked: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of `contribution.claims`. `asked`: the kinds that GitHub is asked for."""
    claims = document.data["contribution"].get("claims") or {}
    yield from _imports(document, claims.get("imports", ()))
    yield from _all_contributors(document, claims.get("all_contributors", ()), asked)


def _imports(document: Document, imports: Collection[Mapping[str, Any]]) -> Iterator[Problem]:
    named: set[str] = set()
    for at, one in enumerate(imports):
        place: Steps = (*_CLAIMS, "imports", at)
        if one["file"].casefold() in named:
            message = f"Another import names {one['file']}, too."
            remedy = "Keep one of the two: a file is read once."
            yield _problem(document, (*place, "file"), message, remedy)
        named.add(one["file"].casefold())
        for kind in dict.fromkeys(one["kinds"].values()):
            yield from _unknown_kind(document, (*place, "kinds"), kind)


def _all_contributors(
    document: Document, lists: Collection[Mapping[str, Any]], asked: Collection[str]
) -> Iterator[Problem]:
    github = document.data["contribution"]["github"]
    scope = GitHubScope(**{key: tuple(names) for key, names in github.items()})
    named: set[str] = set()
    for at, one in enumerate(lists):
        place: Steps = (*_CLAIMS, "all_contributors", at)
        name = one["repository"]
        if name.casefold() in named:
            remedy = "Keep one of the two: a list is read once."
            message = f"Another entry names {name}, too."
            yield _problem(document, (*place, "repository"), message, remedy)
        elif not scope.has(*name.split("/")):
            message = f"{name} is no repository that counts."
            remedy = "Name one of `contribution.github`, or add it there."
            yield _problem(document, (*place, "repository"), message, remedy)
        named.add(name.casefold())
        for type_, kind in one["kinds"].items():
            yield from _wrong_type(document, (*place, "kinds", type_), type_, kind, asked)


def _wrong_type(
    document: Document, place: Steps, type_: str, kind: str | None, asked: Collection[str]
) -> Iterator[Problem]:
    """Yield the problem of one type and the kind that it is mapped to, if there is one."""
    if kind is not None and (kind in asked or type_ in _SHOWN):
        shown = kind if kind in asked else _SHOWN[type_]
        message = f"GitHub shows every {shown} by itself: {type_!r} would count it twice."
        yield _problem(document, place, message, "Take this line away, or write `null`.")
        return
    close = get_close_matches(type_, TYPES, n=1, cutoff=_SIMILAR)
    if type_ not in TYPES and close:
        message = f"all-contributors has no type {type_!r}."
        yield _problem(document, place, message, f"Did you mean `{close[0]}`?")
    yield from _unknown_kind(document, place, kind)


def _unknown_kind(document: Document, place: Steps, kind: str | None) -> Iterator[Problem]:
    points = document.data["contribution"]["points"]
    if kind is not None and kind not in points:
        message = f"`points` has no kind {quoted(kind)}."
        remedy = f"Write one of {', '.join(sorted(points))}, or `null`."
        yield _problem(document, place, message, remedy)


def _problem(document: Document, place: Steps, message: str, remedy: str) -> Problem:
    return Problem(place=document.locate(place), message=message, remedy=remedy)
