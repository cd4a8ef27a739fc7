"""The end of the monthly journey: the months are published, partners and maintainers are told.

Gather: the applications that wait. Decide: the commit's message, the notices, the digest. Apply:
commit and push, or a pull request; then the notices, each once; then the digest, in place. Whatever
is cut off, a second run does the rest and repeats nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .errors import UserError
from .intake.price_table import load_prices
from .intake.ranking_files import FOLDER, PAGE, committed_months
from .model.partner import Partner
from .model.program import Program
from .model.ranking import Move
from .monthly import MonthDone
from .output.checkout import Protected, Published, UpToDate, describe, publish
from .output.commit_message import commit_message
from .output.digest import News, digest, digest_title
from .output.git import Git
from .output.github_client import GitHubRepository
from .output.github_issues import KeptIssue, keep_issue, tell_once, waiting_applications
from .output.github_pull import Pull, open_pull
from .output.markdown import text
from .output.standing_notice import standing_notice
from .rules.completeness import silent
from .rules.standing import moves, next_step

LABEL = "partners-digest"


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What was done, a sentence each; `changed`: something was published by this run."""

    sentences: tuple[str, ...]
    changed: bool


def announce(
    done: Sequence[MonthDone],
    partners: Sequence[Partner],
    program: Program,
    git: Git,
    there: GitHubRepository,
    web_url: str,
    today: date,
) -> Announced:
    """Publish the months' files, which are written already, and tell who has to know.

    `web_url`: of the repository, for people. Raises UserError with a sentence.
    """
    latest = done[-1]
    moved = moves(latest.before, latest.ranking)
    published = _publish(done, git, today)
    sentences = [describe(published)]
    failures: list[str] = []
    if isinstance(published, Protected):
        # What is proposed only is nobody's standing yet: partners are told after the merge.
        sentences.append(f"Pull request: {open_pull(there, _pull(done, published, today))}")
    elif committed_months(git.root)[-1] == latest.ranking.month:
        # An older month that was computed again is news to nobody.
        for partner in partners:
            try:
                sentences.extend(_tell(partner, latest, moved, program, there))
            except UserError as error:
                failures.append(str(error))
    news = _news(latest, moved, partners, program, there, f"{web_url}/blob/{published.branch}")
    sentences.append(f"Digest: {keep_issue(there, _kept(news))}")
    if failures:
        raise UserError(" ".join(failures))
    return Announced(sentences=tuple(sentences), changed=not isinstance(published, UpToDate))


def _publish(done: Sequence[MonthDone], git: Git, today: date) -> Published:
    """All files of these months, also those that a run which was killed wrote and left."""
    months = [one.ranking.month for one in done]
    paths = [*(f"{FOLDER}/{month}.json" for month in months), PAGE]
    return publish(git, paths, _message(done, today), fallback=f"rankings-{months[-1]}")


def _message(done: Sequence[MonthDone], today: date) -> str:
    return commit_message([(one.ranking, moves(one.before, one.ranking)) for one in done], today)


def _pull(done: Sequence[MonthDone], published: Protected, today: date) -> Pull:
    subject, _, rest = _message(done, today).partition("\n")
    lines = [f"- {text(line)}" for line in rest.splitlines() if line]
    return Pull(
        head=published.fallback, base=published.branch, title=subject, body="\n".join(lines)
    )


def _tell(
    partner: Partner,
    latest: MonthDone,
    moved: Sequence[Move],
    program: Program,
    there: GitHubRepository,
) -> Iterator[str]:
    """One partner, if its standing got worse; a sentence if it was told just now."""
    ours = [move for move in moved if move.partner.slug == partner.slug and move.down]
    if not ours or partner.issue is None:
        return
    row, month = ours[0].partner, latest.ranking.month
    following = next_step(row.standing, month, program.standing)
    kind = f"standing {month} {row.standing.standing.replace(' ', '-')}"
    url = tell_once(there, partner.issue, kind, standing_notice(row, month, following, program))
    if url:
        yield f"Told {partner.name}: {url}"


def _news(
    latest: MonthDone,
    moved: tuple[Move, ...],
    partners: Sequence[Partner],
    program: Program,
    there: GitHubRepository,
    files_url: str,
) -> News:
    return News(
        ranking=latest.ranking,
        page=f"{files_url}/{FOLDER}/{latest.ranking.month}.json",
        moves=moved,
        issues={partner.slug: partner.issue for partner in partners},
        silent=silent(latest.evidence),
        waiting=waiting_applications(there),
        editions=tuple(
            name for name in sorted(load_prices().editions) if name > program.sponsorship.edition
        ),
    )


def _kept(news: News) -> KeptIssue:
    return KeptIssue(
        kind=f"digest {news.ranking.month}",
        title=digest_title(news.ranking),
        body=digest(news),
        labels=(LABEL,),
    )
