"""Finds earlier applications of the same organization, and the pull request for a commit's status.

An application is earlier if its issue or pull request has a lower number, or if its file is on the
default branch. An earlier application is kept only if name, website or another field agrees with
the applicant's. A text that cannot be read agrees with nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInputError
from ..intake.yaml_document import read_yaml
from ..model.application import Application
from ..model.evidence import Answer, EarlierApplication
from ..model.funnel import Funnel, PullState
from ..model.length import too_long
from ..rules.same_organization import in_common, same_account, same_website
from ..wire.answers import follow
from .form_reader import FormReader


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """An organization as a form or file names it; a field is empty if the text does not fill it."""

    slug: str
    name: str
    website: str
    platform: str
    account: str


def earlier_applications(
    found: Answer[Funnel], application: Application, number: int, forms: FormReader
) -> Answer[tuple[EarlierApplication, ...]]:
    """Return the earlier applications that may come from the applicant's organization.

    `number`: the applicant's own issue or pull request. Returns a failure if `found` is a failure.
    """
    return follow(found, lambda funnel: tuple(_earlier(funnel, application, number, forms)))


def tells_status(found: Answer[Funnel], number: int, commit: str) -> bool:
    """Tell whether the pull request `number` sets our status on `commit`.

    A commit has only one status, but several open pull requests can propose the commit. Our own
    proposal sets the status then, else the pull request with the lowest number. If the pull
    requests are not known, each one sets the status.

    https://docs.github.com/en/rest/commits/statuses
    """
    if found.value is None:
        return True
    main = found.value.main.name
    same = (one for one in found.value.pulls if (one.head, one.base) == (commit, main))
    waiting = (one for one in same if one.state is PullState.OPEN)
    first = min(waiting, key=lambda one: (not one.for_issue, one.number), default=None)
    return first is None or first.number == number


def _earlier(
    funnel: Funnel, application: Application, number: int, forms: FormReader
) -> Iterator[EarlierApplication]:
    if funnel.main.blob is not None:
        yield from _on_main(funnel, application)
    for at, url, named in sorted(_before(funnel, number, forms), key=lambda one: one[0]):
        agrees = in_common(named, application)
        if agrees:
            yield EarlierApplication(where=f"#{at}", url=url, name=_name(named), agrees=agrees)


def _on_main(funnel: Funnel, application: Application) -> Iterator[EarlierApplication]:
    """Yield the file with this slug on the default branch, if another organization owns the file.

    The file is the applicant's own if website or paying account is the same.
    """
    named = _of_file(funnel.main.text)
    if same_website(named, application) or same_account(named, application):
        return
    yield EarlierApplication(
        where=funnel.path, url=funnel.path, name=_name(named), agrees=("short name",)
    )


def _before(funnel: Funnel, number: int, forms: FormReader) -> Iterator[tuple[int, str, _Named]]:
    """Yield number, address and organization of each open application with a lower number."""
    for issue in funnel.issues:
        if issue.number < number:
            yield issue.number, issue.url, _of_form(issue.body, number, forms)
    for file in funnel.files:
        if file.number < number:
            yield file.number, file.url, _of_file(file.text)


def _of_form(body: str, number: int, forms: FormReader) -> _Named:
    try:
        return _named(forms.other(body, number).data)
    except InvalidInputError:
        return _named(None)


def _of_file(text: str | None) -> _Named:
    try:
        return _named(read_yaml(text or "", "an application").data)
    except InvalidInputError:
        return _named(None)


def _named(data: Any) -> _Named:
    """Read the five fields from data that no schema has checked, so any field may be missing."""
    return _Named(
        slug=_text(data, "slug"),
        name=_text(data, "name"),
        website=_text(data, "website"),
        platform=_text(data, "sponsorship", "platform"),
        account=_text(data, "sponsorship", "account"),
    )


def _text(data: Any, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, str) and not too_long(data) else ""


def _name(named: _Named) -> str:
    """Return the organization's name, at most 100 characters: a stranger wrote the name."""
    return named.name[:100] or "Another organization"
