"""Publishes the months of `compute.py`, and tells partners and maintainers.

Decide: the files, the commit's message, the notices and the digest, in one value. Apply: commit,
or open a pull request if the branch is protected; then post each notice once; then write or edit
the digest. If the run is cut off anywhere, the next run does the rest and repeats nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..checkout.head import head_of, message_of_head
from ..errors import UserError
from ..github.issues import KeptIssue, keep_issue, tell_once
from ..github.labels import DIGEST
from ..intake.imports import read_imports
from ..intake.price_table import load_prices
from ..intake.ranking_files import FOLDER, committed_months
from ..model.file import File
from ..model.funnel import OpenApplication
from ..model.month import Month
from ..model.partner import Partner
from ..model.partner_pages import PartnerPages
from ..model.program import Program
from ..model.publication import Notice, Publication, Published, UpToDate
from ..model.ranking import Move, PartnerMonth
from ..model.standing import Standing
from ..publication.partner_pages import leaves_directory
from ..publication.place import Place, address
from ..publication.publish import publish
from ..publication.tell import tell
from ..rules.plan_points import points_of_a_partner
from ..rules.standing import moves, next_step
from ..words.commit_message import commit_message, pages_moved
from ..words.digest import News, digest, digest_title, pages_moved_notice
from ..words.escape import quote
from ..words.publication import describe, preview
from ..words.standing_notice import standing_notice
from .compute import MonthDone, files_of, resting_on

BRANCH = "rankings"
MOVED = "pages-moved"


@dataclass(frozen=True, kw_only=True)
class MonthPlan:
    """All that a run publishes and says. `done`: its months, the earliest first.

    `news`: the facts of the digest, as if the branch took the commit and every notice were posted.
    `moved`: what maintainers are told once in the digest's issue, if pages move to the site.
    """

    done: tuple[MonthDone, ...]
    publication: Publication
    news: News
    moved: str | None


@dataclass(frozen=True, kw_only=True)
class Announced:
    """The result of a run: the plan, and a sentence for each thing that was done or failed.

    `changed`: whether it published anything.
    """

    plan: MonthPlan
    sentences: tuple[str, ...]
    failures: tuple[str, ...]
    changed: bool


def plan_months(
    done: Sequence[MonthDone],
    pages: PartnerPages,
    partners: Sequence[Partner],
    program: Program,
    place: Place,
    waiting: Sequence[OpenApplication],
    today: date,
) -> MonthPlan:
    """Return what to publish and to say.

    `done`: the months, the earliest first. `pages`: where partners' pages are from now on.
    """
    files = files_of(done, partners, place.git.root, program, pages)
    leaves = leaves_directory(pages, files)
    latest, root = done[-1].ranking.month, place.git.root
    # If only an older month was computed again, no partner's present standing is new.
    newest = latest == max(latest, *committed_months(root))
    notices = [
        _notice(partner, partner.issue, row, done[-1], program, today)
        for partner, row in _to_tell(done, partners)
        if newest and partner.issue is not None
    ]
    publication = Publication(
        files=files,
        message=_message(done, today, moved=leaves),
        own=BRANCH,
        notices=tuple(notices),
    )
    news = News(
        ranking=done[-1].ranking,
        page=_page(place, UpToDate(branch=head_of(place.git).branch), latest),
        moves=_all_moves(done),
        told={one.about: one.thread for one in notices},
        lasting_failures=done[-1].lasting_failures,
        waiting=tuple(waiting),
        today=today,
        editions=tuple(
            name for name in sorted(load_prices().editions) if name > program.sponsorship.edition
        ),
        again=resting_on(done, root),
        left_out=(*read_imports(root, program).problems, *done[-1].left_out),
    )
    # A run that was cut off after its commit has not told it.
    leaves = leaves or pages_moved(latest) in message_of_head(place.git)
    moved = pages_moved_notice(pages.site) if pages.site and leaves else None
    return MonthPlan(done=tuple(done), publication=publication, news=news, moved=moved)


def announce(decide: Callable[[], MonthPlan], place: Place) -> Announced:
    """Publish months, and tell partners and maintainers.

    `decide` is called again if the branch has moved. A notice that fails stops nothing else.
    """
    plan, published = publish(decide, place)
    told = tell(plan.publication, published, place)
    news = replace(
        plan.news,
        page=_page(place, published, plan.news.ranking.month),
        told={slug: number for slug, number in plan.news.told.items() if slug in told.about},
    )
    sentences, failures = [describe(published), *told.sentences], [*told.failures]
    try:
        kept = keep_issue(place.repository, digest_issue(news))
        sentences.append(f"Digest: {kept.url}")
        if plan.moved:
            tell_once(place.repository, kept.number, MOVED, plan.moved)
    except UserError as error:
        failures.append(str(error))
    return Announced(
        plan=plan,
        sentences=tuple(sentences),
        failures=tuple(failures),
        changed=not isinstance(published, UpToDate),
    )


def preview_months(plan: MonthPlan, files: tuple[File, ...]) -> str:
    """Return all that a run would publish and say, for `--dry-run`. `files`: those that differ."""
    shown = preview(replace(plan.publication, files=files))
    issue = digest_issue(plan.news)
    moved = f"\ntell the maintainers there, once:\n{quote(plan.moved)}" if plan.moved else ""
    return f"{shown}\nkeep the issue `{issue.title}`:\n{quote(issue.body)}{moved}"


def digest_issue(news: News) -> KeptIssue:
    """Return the issue that holds the digest."""
    return KeptIssue(
        kind=f"digest {news.ranking.month}",
        title=digest_title(news.ranking),
        body=digest(news),
        labels=(DIGEST,),
    )


def _page(place: Place, published: Published, month: Month) -> str:
    """Return the address of the month's file."""
    return address(place, published, f"{FOLDER}/{month}.json")


def _message(done: Sequence[MonthDone], today: date, *, moved: bool) -> str:
    months = [(one.ranking, moves(one.before, one.ranking)) for one in done]
    return commit_message(months, today, moved=moved)


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


def _notice(
    partner: Partner,
    issue: int,
    row: PartnerMonth,
    done: MonthDone,
    program: Program,
    today: date,
) -> Notice:
    """Return the words to a partner on its standing.

    A partner is told once for each standing and the month in which that standing began.
    """
    month = done.ranking.month
    before = done.before.partners if done.before else ()
    last = [(month - 1, one.points) for one in before if one.slug == row.slug]
    committed = dict([*last, (month, row.points)])
    points = points_of_a_partner(committed, today, program.contribution)
    following = next_step(row.standing, month, program.standing)
    standing = row.standing.standing.replace(" ", "-")
    since = month if row.standing.standing is Standing.ACTIVE else row.standing.since
    kind = f"standing {partner.slug} {since} {standing}"
    body = standing_notice(row, month, points, following, program)
    return Notice(thread=issue, kind=kind, body=body, about=partner.slug)


def _all_moves(done: Sequence[MonthDone]) -> tuple[Move, ...]:
    """Return the moves from the month before the first of these months to the last of them."""
    return moves(done[0].before, done[-1].ranking)
