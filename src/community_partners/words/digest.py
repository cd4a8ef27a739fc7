"""Writes the maintainers' digest of a month: all that waits for a maintainer, in one issue.

Decides words and order. The same facts give the same bytes, so that an issue that is up to date is
not edited.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..model.fair_play import Flag
from ..model.funnel import OpenApplication
from ..model.month import counted, in_words
from ..model.partner_pages import FOLDER, PartnerPages
from ..model.problem import Problem
from ..model.ranking import Concern, Move, PartnerMonth, Person, Ranking
from ..model.standing import Judged
from ..model.verdict import Decision, Outcome
from .escape import Markdown, code, link, text
from .ranking_rows import rows, without_hidden
from .reply import LONGEST
from .verdict import uncounted_in_words

MOST = 50  # lines in one section
REMIND_AFTER = 14  # days in which an application has waited for a maintainer
_CONCERNS = {
    Concern.CLAIMED_TWICE: "is named by more than one partner at the same time, so that this work "
    "counts for none of them: end one of the entries with `until`, or give each a `share`, at most "
    "100 together",
    Concern.RENAMED: "has another login now, {now}: change it in the record; the work was counted",
    Concern.DELETED: "has deleted the account: end the entry with `until`",
    Concern.MISSING: "is no account on GitHub, and the record has no id to find it by: correct it",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """The facts of a digest.

    `page`: the address of the month's file. `told`: the issues in which partners were told of their
    standing, by slug. `lasting_failures`: a sentence for each source whose failure lasts.
    `waiting`: the open applications, as of `today`. `editions`: those newer than the program's.
    `left_out`: rows of exports, and entries of lists of helpers. `again`: a sentence on later
    months to compute again, or None.
    """

    ranking: Ranking
    page: str
    moves: tuple[Move, ...]
    told: Mapping[str, int]
    lasting_failures: tuple[str, ...]
    waiting: tuple[OpenApplication, ...]
    today: date
    editions: tuple[str, ...]
    left_out: tuple[Problem, ...]
    again: str | None = None


def digest_title(ranking: Ranking) -> str:
    """Return the digest's title, such as `Partners in October 2026`."""
    return f"Partners in {ranking.month.title}"


def digest(news: News) -> str:
    """Return the issue's text in Markdown, without its hidden line.

    Hidden partners are left out. A text that is too long for GitHub is cut, and refers to the
    month's file.
    """
    shown = replace(
        news,
        ranking=without_hidden(news.ranking),
        moves=tuple(move for move in news.moves if not move.partner.hidden),
    )
    text_of_all = "\n".join(_lines(shown)) + "\n"
    if len(text_of_all) <= LONGEST:
        return text_of_all
    kept = text_of_all[:LONGEST].rpartition("\n")[0]
    return f"{kept}\n\n… and more, all of it in the file.\n"


def pages_moved_notice(site: str) -> str:
    """Return a comment in Markdown for maintainers: pages and badges are at other addresses.

    `site`: the address of the site, with a slash at its end.
    """
    pages, old = PartnerPages(site=site), PartnerPages()
    return (
        "### Pages and badges have moved to the site\n\n"
        f"{link(site, site)} shows the partners, so this month's commit removes their pages and "
        f"badges from `{FOLDER}/`: the site makes them from now on.\n\n"
        "Partners may show the badge on their own website, by its old address, which is gone. "
        "Please tell them the new one. `SLUG` stands for a partner's short name:\n\n"
        "| | from | to |\n|---|---|---|\n"
        f"| Badge | {code(old.badge('SLUG', '…'))} | {code(pages.badge('SLUG', ''))} |\n"
        f"| Page | {code(old.page('SLUG', '…'))} | {code(pages.page('SLUG', ''))} |\n"
    )


def _lines(news: News) -> Iterator[str]:
    ranked = rows(news.ranking)
    homepage = [row for row in ranked if row.medal]
    number = counted(len(ranked), "partner")
    yield f"Ranked: {number}, {link('table and every point', news.page)}."
    for row in homepage:
        yield f"- {row.medal} {text(row.partner.name)}, {counted(row.partner.points, 'point')}"
    nothing = True
    for title, lines in _sections(news):
        if lines:
            nothing = False
            yield ""
            yield f"### {title}"
            yield ""
            yield from (f"- {line}" for line in lines[:MOST])
            if len(lines) > MOST:
                yield f"- … and {len(lines) - MOST} more"
    if nothing:
        yield ""
        yield "Nothing waits for you."


def _sections(news: News) -> Iterator[tuple[str, Sequence[Markdown]]]:
    unknown = [one for one in news.ranking.partners if one.standing.judged is Judged.UNKNOWN]
    yield "New standings", [_move(move, news) for move in news.moves]
    yield "Could not be checked; their standing stays as it was", [_unknown(one) for one in unknown]
    yield "People to settle", [_person(one) for one in news.ranking.people]
    accepted = [_accepted(one) for one in news.ranking.partners if one.uncounted or one.self_merged]
    yield "Work that counts within a limit, or not at all", accepted
    flagged = [_flag(one, flag) for one in news.ranking.partners for flag in one.flags]
    yield "Fair play: to look at, and no penalty", flagged
    yield "Sources that failed", [text(sentence) for sentence in news.lasting_failures]
    yield "Rows and entries that were left out", [text(str(one), 800) for one in news.left_out]
    yield "Price editions", [_edition(name) for name in news.editions]
    long = [one for one in news.waiting if _waits_for_you(one, news.today)]
    yield f"Waiting for you for {REMIND_AFTER} days", [_decided(one) for one in long]
    yield "Applications waiting", [_waiting(one) for one in news.waiting if one not in long]
    yield (
        "Corrections",
        [
            *(
                text(f"{in_words(one.day)}: {change}")
                for one in news.ranking.corrections
                for change in one.changes
            ),
            *([text(news.again)] if news.again else ()),
        ],
    )


def _move(move: Move, news: News) -> Markdown:
    partner = move.partner
    missed = [one for one in partner.findings if one.outcome is Outcome.NOT_MET]
    why = " ".join(f"{one.title}: {one.reason}" for one in missed) if move.down else ""
    number = news.told.get(partner.slug)
    told = f" (told in #{number})" if number else " (not told yet)"
    line = f"{text(partner.name)}: **{partner.standing.standing}**, was {move.before}."
    return Markdown(f"{line} {text(why, 600)}{told if move.down else ''}".rstrip())


def _unknown(partner: PartnerMonth) -> Markdown:
    unclear = [one for one in partner.findings if one.outcome is Outcome.UNKNOWN]
    return text(f"{partner.name}: {' '.join(one.reason for one in unclear)}", 800)


def _person(person: Person) -> Markdown:
    where = ", ".join(f"partners/{slug}.yml" for slug in person.partners)
    concern = _CONCERNS[person.concern].format(now=person.now)
    return text(f"{person.github} of {where} {concern}.", 600)


def _accepted(partner: PartnerMonth) -> Markdown:
    """Return what counts though its author merged it alone, and what does not count, by reason."""
    told = []
    if partner.self_merged:
        pulls = counted(partner.self_merged, "pull request")
        told.append(f"{pulls} counted that their authors merged without approval")
    if partner.uncounted:
        told.append(f"not counted: {uncounted_in_words(partner.uncounted)}")
    return text(f"{partner.name}: {'; '.join(told)}.", 800)


def _flag(partner: PartnerMonth, flag: Flag) -> Markdown:
    """Return a question to a maintainer, with the addresses that it rests on."""
    told = text(f"{partner.name}, {flag.kind}: {flag.facts} Threshold: {flag.threshold}.", 600)
    where = ", ".join(link(str(at), url) for at, url in enumerate(flag.addresses, 1))
    return Markdown(f"{told} {where}".rstrip())


def _edition(name: str) -> Markdown:
    return text(
        f"The Big Mac index has an edition {name} that program.yml does not use yet. `partners "
        f"required COUNTRY --edition {name}` shows what it asks."
    )


def _waits_for_you(waiting: OpenApplication, today: date) -> bool:
    """Tell whether an application has waited long for a maintainer, and not for the applicant."""
    yours = waiting.decision in (Decision.ELIGIBLE.label, Decision.NEEDS_REVIEW.label)
    since = waiting.decided
    return yours and since is not None and (today - since).days >= REMIND_AFTER


def _decided(waiting: OpenApplication) -> Markdown:
    decision = (waiting.decision or "").replace("-", " ")
    since = in_words(waiting.decided or waiting.opened)
    return Markdown(f"{link(waiting.title, waiting.url)}: {decision} since {since}")


def _waiting(waiting: OpenApplication) -> Markdown:
    decision = waiting.decision.replace("-", " ") if waiting.decision else "not checked yet"
    line = f"{link(waiting.title, waiting.url)}: {decision}, since {in_words(waiting.opened)}"
    return Markdown(line)
