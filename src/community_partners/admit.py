"""The journey of `partners admit`: merged applications in; partners' records and welcomes out.

Gather: the files, their merges, the team's accounts, the partners there are. Decide: who can be
admitted, on which terms. Apply: the records are written, committed and pushed, or proposed; then
each issue is answered, once, and closed. Whatever is cut off, a second run does the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256

from .clients import Clients
from .errors import UserError
from .gather_admissions import PARTNERS, Merged, accounts_of, read_merged
from .intake.partners import read_partners
from .intake.price_table import load_prices
from .intake.yaml_document import write_yaml
from .model.evidence import AccountCheck
from .model.partner import Partner, Terms
from .model.program import Program
from .model.verdict import Required
from .output.checkout import Protected, Published, describe, publish
from .output.files import File, write
from .output.git import Git
from .output.github_client import GitHubRepository
from .output.github_issues import close_issue, tell_once
from .output.github_proposal import ours
from .output.github_pull import Pull, open_pull
from .output.markdown import text
from .output.partner_page import partner_pages, paths_of
from .output.partner_record import partner_record
from .output.welcome import Links, not_admitted, welcome
from .rules.admission import account_ids, why_not
from .rules.required_amount import required_amount


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One application: a partner, new or known, with the record to write; or why it is none."""

    merged: Merged
    partner: Partner | None = None
    record: File | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it happens. `web_url`: of the repository, for people."""

    git: Git
    there: GitHubRepository
    web_url: str


def gather(
    slugs: Sequence[str],
    program: Program,
    place: Place,
    clients: Clients,
    today: date,
    *,
    named: bool,
) -> tuple[tuple[Merged, ...], tuple[AccountCheck, ...]]:
    """All of it. `named`: by a person, who has looked: then a file needs no verdict.

    Raises UserError where GitHub does not tell whose accounts they are.
    """
    mine = partial(ours, place.there)
    found = tuple(
        read_merged(slug, program, place.git, place.there.name, clients, mine, today)
        for slug in slugs
    )
    if named:
        found = tuple(
            replace(one, trouble=()) if one.application and not one.unknown else one
            for one in found
        )
    accounts = accounts_of(found, clients)
    if accounts.value is None:
        raise UserError(f"{accounts.failure} Nobody was admitted; run it again.")
    return found, accounts.value


def decide(
    found: Sequence[Merged],
    accounts: Sequence[AccountCheck],
    partners: Sequence[Partner],
    program: Program,
    today: date,
) -> tuple[Decided, ...]:
    """One after the other: whoever is admitted is a partner for the next one."""
    done: list[Decided] = []
    known = list(partners)
    for merged in found:
        one = _decide(merged, accounts, known, program, today)
        done.append(one)
        if one.partner and one.record:
            known.append(one.partner)
    return tuple(done)


def apply(done: Sequence[Decided], program: Program, place: Place) -> Iterator[str]:
    """Sentences on what was done. Raises UserError with what could not be, after all else."""
    failures = [f"{one.merged.name}: {' '.join(one.refused)}" for one in done if one.refused]
    records = [one for one in done if one.partner]
    if records:
        write(place.git.root, _files(records, program))
        published = _publish(records, place.git)
        yield describe(published)
        if isinstance(published, Protected):
            # What is proposed only makes nobody a partner yet: they are told after the merge.
            yield f"Pull request: {open_pull(place.there, _pull(records, published))}"
            records = []
        for one in records:
            try:
                yield from _welcome(one, program, place, published.branch)
            except UserError as error:
                failures.append(str(error))
    for number, refused in _refused_by_thread(done).items():
        try:
            yield from _refuse(number, refused, place)
        except UserError as error:
            failures.append(str(error))
    if failures:
        raise UserError(" ".join(failures))


def partners_of(place: Place, today: date) -> tuple[Partner, ...]:
    """As the checkout has them."""
    return read_partners(place.git.root / PARTNERS, today)


def _decide(
    merged: Merged,
    accounts: Sequence[AccountCheck],
    partners: Sequence[Partner],
    program: Program,
    today: date,
) -> Decided:
    same = next((one for one in partners if one.slug == merged.slug), None)
    if same and merged.number is not None and same.issue == merged.number:
        return Decided(merged=merged, partner=same)
    application = merged.application
    if application is None or merged.trouble:
        return Decided(merged=merged, refused=merged.trouble)
    required = required_amount(application.country, program, load_prices())
    refused = why_not(application, accounts, partners, required, today)
    if refused or not isinstance(required, Required):
        return Decided(merged=merged, refused=refused)
    terms = Terms(edition=required.edition, amount=required.amount)
    partner = Partner(organization=application, accepted=today, terms=terms, issue=merged.number)
    data = partner_record(merged.data, account_ids(accounts), today, terms, merged.number)
    record = File(path=_path(merged.slug), text=write_yaml(data))
    return Decided(merged=merged, partner=partner, record=record)


def _path(slug: str) -> str:
    return f"{PARTNERS}/{slug}.yml"


def _files(records: Iterable[Decided], program: Program) -> Iterator[File]:
    """Of the new ones, the record last: where it is, all is. The monthly run keeps pages true."""
    for one in records:
        if one.partner and one.record:
            yield from partner_pages([one.partner], None, program)
            yield one.record


def _publish(records: Sequence[Decided], git: Git) -> Published:
    """Also the files that a run which was killed wrote and left."""
    slugs = [one.merged.slug for one in records]
    paths = (path for slug in slugs for path in (_path(slug), *paths_of(slug)))
    there = [path for path in paths if (git.root / path).exists()]
    return publish(git, there, _message(records), f"admit-{slugs[0]}")


def _message(records: Sequence[Decided]) -> str:
    """By slugs: GitHub would obey a name such as `Closes #1`."""
    slugs = [one.merged.slug for one in records]
    subject = f"Admit {slugs[0]}" if len(slugs) == 1 else f"Admit {len(slugs)} partners"
    lines = [
        f"{one.merged.slug}: {one.partner.terms.amount} a month (edition "
        f"{one.partner.terms.edition}), by {_by(one.merged)}."
        for one in records
        if one.partner
    ]
    return "\n".join((subject, "", *lines)) + "\n"


def _by(merged: Merged) -> str:
    return "hand" if merged.number is None else f"application #{merged.number}"


def _pull(records: Sequence[Decided], published: Protected) -> Pull:
    subject, _, rest = _message(records).partition("\n")
    lines = [f"- {text(line)}" for line in rest.splitlines() if line]
    return Pull(
        head=published.fallback,
        base=published.branch,
        title=subject,
        body="\n".join(lines),
        commit=published.commit,
    )


def _welcome(one: Decided, program: Program, place: Place, branch: str) -> Iterator[str]:
    """Told first, closed then: a run that is cut off in between finds the issue open."""
    partner, number = one.partner, one.merged.number
    if partner is None or number is None:
        return
    prefix = place.git.expect("find the folder", "rev-parse", "--show-prefix")
    page, badge = paths_of(partner.slug)
    links = Links(
        record=f"{place.web_url}/blob/{branch}/{prefix}{_path(partner.slug)}",
        page=f"{place.web_url}/blob/{branch}/{prefix}{page}",
        badge=f"{place.web_url}/raw/{branch}/{prefix}{badge}",
    )
    said = welcome(partner, program, links)
    url = tell_once(place.there, number, f"welcome {partner.slug}", said)
    if url:
        yield f"Welcomed {partner.name}: {url}"
    if one.merged.in_issue and close_issue(place.there, number):
        yield f"Closed issue #{number}."


def _refused_by_thread(done: Sequence[Decided]) -> dict[int, list[tuple[str, str]]]:
    """Names and reasons, by the number of the issue or pull request to answer in."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in done:
        if one.refused and one.merged.number is not None:
            told = (one.merged.name, " ".join(one.refused))
            found.setdefault(one.merged.number, []).append(told)
    return found


def _refuse(number: int, refused: Sequence[tuple[str, str]], place: Place) -> Iterator[str]:
    """One comment, whatever number of files a pull request has touched."""
    said = not_admitted(refused)
    kind = f"not-admitted {sha256(said.encode()).hexdigest()[:12]}"
    url = tell_once(place.there, number, kind, said)
    if url:
        yield f"Said why in #{number}: {url}"
