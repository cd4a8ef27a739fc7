"""Gathers who applied before: open issues and pull requests, and the file of the same short name.

Decides what is earlier: what has a lower number, or is on the default branch. Of each only that is
kept in which it is like the applicant; what cannot be read is like nobody. And which of several
pull requests with one commit is the one that counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInputError
from ..intake.form_application import read_form
from ..intake.issue_form import FormTemplate
from ..intake.yaml_document import read_yaml
from ..model.application import Application
from ..model.evidence import Answer, EarlierApplication
from ..model.funnel import Funnel, PullState
from ..rules.same_organization import in_common, same_account, same_website
from ..wire.answers import follow


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """What a text says of an organization; empty where it says nothing."""

    slug: str
    name: str
    website: str
    platform: str
    account: str


def earlier_applications(
    found: Answer[Funnel], application: Application, number: int, form: FormTemplate
) -> Answer[tuple[EarlierApplication, ...]]:
    """Those that may be of the same organization. `number`: of the applicant's own thread."""
    return follow(found, lambda funnel: tuple(_earlier(funnel, application, number, form)))


def tells_status(found: Answer[Funnel], number: int, commit: str) -> bool:
    """Is the status of a commit for the pull request `number` to tell?

    A commit has one, and anybody can propose it a second time: then it is that of ours, which our
    issue's run keeps, else of the first. Where nobody knows, each tells.
    """
    if found.value is None:
        return True
    main = found.value.main.name
    same = (one for one in found.value.pulls if (one.head, one.base) == (commit, main))
    waiting = (one for one in same if one.state is PullState.OPEN)
    first = min(waiting, key=lambda one: (not one.for_issue, one.number), default=None)
    return first is None or first.number == number


def _earlier(
    funnel: Funnel, application: Application, number: int, form: FormTemplate
) -> Iterator[EarlierApplication]:
    if funnel.main.blob is not None:
        yield from _on_main(funnel, application)
    for at, url, named in sorted(_before(funnel, number, form), key=lambda one: one[0]):
        agrees = in_common(named, application)
        if agrees:
            yield EarlierApplication(where=f"#{at}", url=url, name=_name(named), agrees=agrees)


def _on_main(funnel: Funnel, application: Application) -> Iterator[EarlierApplication]:
    """The file there is an organization's own, if website or paying account say so."""
    named = _of_file(funnel.main.text)
    if same_website(named, application) or same_account(named, application):
        return
    yield EarlierApplication(
        where=funnel.path, url=funnel.path, name=_name(named), agrees=("short name",)
    )


def _before(funnel: Funnel, number: int, form: FormTemplate) -> Iterator[tuple[int, str, _Named]]:
    """Read those with a lower number only: not the applicant's own, nor what came later."""
    for issue in funnel.issues:
        if issue.number < number:
            yield issue.number, issue.url, _of_form(issue.body, form)
    for file in funnel.files:
        if file.number < number:
            yield file.number, file.url, _of_file(file.text)


def _of_form(body: str, form: FormTemplate) -> _Named:
    try:
        return _named(read_form(body, form).data)
    except InvalidInputError:
        return _named(None)


def _of_file(text: str | None) -> _Named:
    try:
        return _named(read_yaml(text or "", "an application").data)
    except InvalidInputError:
        return _named(None)


def _named(data: Any) -> _Named:
    """Of a mapping whose shape nobody has looked at."""
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
    return data if isinstance(data, str) else ""


def _name(named: _Named) -> str:
    """A stranger's words, as short as a name."""
    return named.name[:100] or "Another organization"
