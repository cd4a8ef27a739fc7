"""Publishes the months of `compute.py`, and tells partners and maintainers.

Gather: the open applications. Decide: the commit's message, the notices, the digest. Apply: commit
and push, or open a pull request if the branch is protected; then post each notice once; then write
or edit the digest. If the run is cut off anywhere, the next run does the rest and repeats nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..checkout.git import Git
from ..checkout.publish import publish
from ..errors import UserError
from ..github.issues import KeptIssue, keep_issue, open_applications, tell_once
from ..github.labels import DIGEST
from ..github.pulls import open_pull
from ..github.rest import GitHubRepository
from ..intake.price_table import load_prices
from ..intake.ranking_files import FOLDER, PAGE, committed_months
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.publication import Protected, Published, UpToDate
from ..model.ranking import Move, PartnerMonth
from ..model.standing import Standing
from ..rules.failed_sources import lasting_failures
from ..rules.standing import moves, next_step
from ..words.commit_message import commit_message
from ..words.digest import News, digest, digest_title
from ..words.partner_page import FOLDER as DIRECTORY
from ..words.partner_page import paths_of
from ..words.publication import describe, pull_of
from ..words.standing_notice import standing_notice
from .compute import MonthDone, resting_on

BRANCH = "rankings"


@dataclass(frozen=True, kw_only=True)
class Announced:
    """The sentences on what this run did. `changed`: whether it published anything."""

    sentences: tuple[str, ...]
    changed: bool


def announce(
    done: Sequence[MonthDone],
    partners: Sequence[Partner],
    program: Program,
    git: Git,
    repository: GitHubRepository,
    web_url: str,
    today: date,
) -> Announced:
    """Publish the months' files, which are on disk already, and tell partners and maintainers.

    `done`: the months, the earliest first. `web_url`: the repository's address for people. If a
    notice fails, all else is still done; then UserError is raised with all failures.
    """
    latest = done[-1]
    published = _publish(done, partners, git, today)
    sentences, failures = [describe(published)], []
    told: dict[str, int] = {}
    if isinstance(published, Protected):
        # A standing that is only proposed does not hold yet: partners are told after the merge.
        sentences.append(
            f"Pull request: {open_pull(repository, pull_of(published, _message(done, today)))}"
        )
    elif committed_months(git.root)[-1] == latest.ranking.month:
        # If only an older month was computed again, no partner's present standing is new.
        for partner, row in _to_tell(done, partners):
            try:
                url = _tell(partner, row, latest.ranking.month, program, repository)
                told[partner.slug] = partner.issue or 0
                sentences.extend([f"Told {partner.slug}: {url}"] if url else ())
            except UserError as error:
                failures.append(str(error))
    news = _news(
        done, told, program, repository, f"{web_url}/blob/{_where(git, published)}", git.root
    )
    sentences.append(f"Digest: {keep_issue(repository, _kept(news))}")
    if failures:
        raise UserError(" ".join(failures))
    return Announced(sentences=tuple(sentences), changed=not isinstance(published, UpToDate))


def _publish(
    done: Sequence[MonthDone], partners: Sequence[Partner], git: Git, today: date
) -> Published:
    """Publish all files of these months, also those that a killed run wrote but did not publish."""
    paths = [PAGE, *_months(done), *_directory(partners), *_removed(git)]
    return publish(git, paths, _message(done, today), fallback=BRANCH)


def _months(done: Sequence[MonthDone]) -> Iterator[str]:
    for one in done:
        yield from (f"{FOLDER}/{part.name}" for part in one.ranking.contributions)
        yield f"{FOLDER}/{one.ranking.month}.json"


def _directory(partners: Sequence[Partner]) -> Iterator[str]:
    """Yield the paths of all pages and badges."""
    for partner in partners:
        if not partner.hidden:
            yield from paths_of(partner.slug)


def _removed(git: Git) -> Iterator[str]:
    """Yield the paths of pages, badges and files of contributions removed since the last commit."""
    folders = (DIRECTORY, f":(glob){FOLDER}/*.contributions*.jsonl")
    gone = ("diff", "--name-only", "-z", "--relative", "--diff-filter=D", "HEAD", "--", *folders)
    yield from git.run(*gone).stdout.split("\0")[:-1]


def _message(done: Sequence[MonthDone], today: date) -> str:
    return commit_message([(one.ranking, moves(one.before, one.ranking)) for one in done], today)


def _to_tell(
    done: Sequence[MonthDone], partners: Sequence[Partner]
) -> Iterator[tuple[Partner, PartnerMonth]]:
    """Yield the partners to tell: those that are not active, and those that rose in these months.

    A partner that is not active is told whenever its standing began. So no partner is missed after
    a month that failed, or that waited for its pull request.
    """
    rows = {row.slug: row for row in done[-1].ranking.partners}
    back = {move.partner.slug for one in done for move in _up(one)}
    for partner in partners:
        row = rows.get(partner.slug)
        if partner.issue is None or row is None:
            continue
        if row.standing.standing is not Standing.ACTIVE or partner.slug in back:
            yield partner, row


def _up(done: MonthDone) -> Iterator[Move]:
    """Return the moves to a better standing in a month.

    The standing is compared with that of the month before, and with that of the same month as it
    was committed.
    """
    changes = (*moves(done.before, done.ranking), *moves(done.known, done.ranking))
    return (move for move in changes if not move.down)


def _tell(
    partner: Partner,
    row: PartnerMonth,
    month: Month,
    program: Program,
    repository: GitHubRepository,
) -> str | None:
    """Tell a partner its standing; return the comment's address, or None if it was told before.

    A partner is told once for each standing and the month in which that standing began.
    """
    following = next_step(row.standing, month, program.standing)
    standing = row.standing.standing.replace(" ", "-")
    since = month if row.standing.standing is Standing.ACTIVE else row.standing.since
    kind = f"standing {partner.slug} {since} {standing}"
    notice = standing_notice(row, month, following, program)
    return tell_once(repository, partner.issue or 0, kind, notice)


def _where(git: Git, published: Published) -> str:
    """Return branch and folder of the published files, as they stand in addresses on GitHub."""
    branch = published.fallback if isinstance(published, Protected) else published.branch
    return f"{branch}/{git.prefix()}".rstrip("/")


def _news(
    done: Sequence[MonthDone],
    told: Mapping[str, int],
    program: Program,
    repository: GitHubRepository,
    files_url: str,
    root: Path,
) -> News:
    latest = done[-1]
    return News(
        ranking=latest.ranking,
        page=f"{files_url}/{FOLDER}/{latest.ranking.month}.json",
        moves=_all_moves(done),
        told=told,
        lasting_failures=lasting_failures(latest.evidence),
        waiting=open_applications(repository),
        editions=tuple(
            name for name in sorted(load_prices().editions) if name > program.sponsorship.edition
        ),
        again=resting_on(done, root),
    )


def _all_moves(done: Sequence[MonthDone]) -> tuple[Move, ...]:
    """Return the moves from the month before the first of these months to the last of them."""
    return moves(done[0].before, done[-1].ranking)


def _kept(news: News) -> KeptIssue:
    return KeptIssue(
        kind=f"digest {news.ranking.month}",
        title=digest_title(news.ranking),
        body=digest(news),
        labels=(DIGEST,),
    )
