"""Writes the welcome to a new partner, and why an application was not admitted. Words only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ..model.month import in_words, listed
from ..model.partner import FetchedLogo, Partner
from ..model.partner_pages import paths_of
from ..model.program import Program
from .escape import code, link, text

MOST = 20  # refusals in one comment: GitHub refuses a longer comment


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """Addresses of what is a partner's: its record, its page, and the image of its badge.

    `on_site`: page and badge are on the public site, and not in the repository.
    """

    record: str
    page: str
    badge: str
    on_site: bool = False


def welcome(
    partner: Partner, program: Program, links: Links, unconfirmed: Sequence[str] = ()
) -> str:
    """Return the welcome in Markdown. `unconfirmed`: logins that the record leaves out."""
    lines = _lines(partner, program, links, unconfirmed)
    return "\n".join((*lines, *_badge(program, links))) + "\n"


def not_admitted(refused: Sequence[tuple[str, str]]) -> str:
    """Return a comment in Markdown on applications that a merge did not admit.

    `refused`: name and reason of each application, as plain text.
    """
    parts = [
        f"### Not admitted yet: {text(name)}\n\n{text(reason, 1500)}\n"
        for name, reason in refused[:MOST]
    ]
    if len(refused) > MOST:
        parts.append(f"And {len(refused) - MOST} more: the log of the run names them.\n")
    return "\n".join([*parts, "Nothing is lost: a maintainer will check this.\n"])


def _lines(
    partner: Partner, program: Program, links: Links, unconfirmed: Sequence[str]
) -> Iterator[str]:
    terms, standing = partner.terms, program.standing
    yield f"### Welcome, {text(partner.name)}!"
    yield ""
    yield (
        f"You are a partner of {text(program.organization)} as of {in_words(partner.accepted)}. "
        "Thank you for what you do for the project!"
    )
    yield ""
    path, _ = paths_of(partner.slug)
    page = link(links.page.removeprefix("https://") if links.on_site else path, links.page)
    yield f"- **Your page** is {page}: what people see who look for you."
    record = link(f"partners/{partner.slug}.yml", links.record)
    yield f"- **Your record** is {record}. When something changes, propose a change of it."
    if unconfirmed:
        yield (
            f"- **Not in the record yet:** {text(listed(unconfirmed))}, who did not confirm to be "
            "in your team. Propose a change of the record that adds them, and let them comment "
            "`/confirm` there."
        )
    if partner.logo:
        yield _logo(partner.slug, partner.logo)
    yield (
        f"- **Agreed:** at least {terms.amount} a month (Big Mac index, edition {terms.edition}). "
        "A later edition surprises nobody: it is announced before it applies."
    )
    yield (
        "- **Every month** all partners are checked by the same criteria: paid and contributed "
        "in the month, and enough in three. Those who do are ranked by the month's points."
    )
    yield (
        f"- **A month that misses something** is no drama: after {_months(standing.at_risk_after)} "
        "you are *at risk* and told here what is missing, after "
        f"{_months(standing.suspended_after, 'more')} *suspended*, after "
        f"{_months(standing.lapsed_after, 'more')} *lapsed*. One month that meets everything makes "
        "you *active* again."
    )
    yield "- **Away for a while?** Say so before: an announced pause keeps your standing."


def _logo(slug: str, logo: FetchedLogo) -> str:
    if logo.refused is None:
        return (
            f"- **Your logo** is kept as {code(logo.file or '')}, as it was on "
            f"{in_words(logo.on)}. To show another one, propose a change of that file."
        )
    return (
        f"- **Your logo** is still missing, and your initials stand in its place. "
        f"{text(logo.refused)} Propose it as the file {code(f'logos/{slug}.png')} (or .svg, .jpg, "
        ".webp; at most 64 kB) by a pull request, and a maintainer will add it."
    )


def _badge(program: Program, links: Links) -> Iterator[str]:
    """Yield the badge and its HTML code, for the partner's website.

    The code stands in a code block, in which GitHub resolves nothing; HTML is escaped.
    """
    title = escape(f"Partner of {program.organization}")
    yield ""
    yield "**Your badge**, for your own website. It follows how you stand from month to month:"
    yield ""
    yield f"![{text(f'Partner of {program.organization}')}]({links.badge})"
    yield ""
    yield "```html"
    yield f'<a href="{escape(links.page)}"><img src="{escape(links.badge)}" alt="{title}"></a>'
    yield "```"


def _months(count: int, more: str = "") -> str:
    number = "one" if count == 1 else str(count)
    return " ".join(filter(None, (number, more, "month" if count == 1 else "months")))
