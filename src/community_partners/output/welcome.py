"""What a new partner is told, and what is said where nobody could be admitted. Words only."""

from collections.abc import Iterator, Sequence

from ..model.month import in_words
from ..model.partner import Partner
from ..model.program import Program
from .markdown import link, text

MOST = 20  # refusals in one comment: GitHub takes no longer one


def welcome(partner: Partner, program: Program, record_url: str) -> str:
    """A comment in Markdown. `record_url`: of `partners/<slug>.yml`."""
    return "\n".join(_lines(partner, program, record_url)) + "\n"


def not_admitted(refused: Sequence[tuple[str, str]]) -> str:
    """A comment in Markdown on a merge; each with its name and the reason, as plain text."""
    parts = [
        f"### Not admitted yet: {text(name)}\n\n{text(reason, 1500)}\n"
        for name, reason in refused[:MOST]
    ]
    if len(refused) > MOST:
        parts.append(f"And {len(refused) - MOST} more: the log of the run names them.\n")
    return "\n".join([*parts, "Nothing is lost: a maintainer looks at it.\n"])


def _lines(partner: Partner, program: Program, record_url: str) -> Iterator[str]:
    terms, standing = partner.terms, program.standing
    yield f"### Welcome, {text(partner.name)}!"
    yield ""
    yield (
        f"You are a partner of {text(program.organization)} since {in_words(partner.accepted)}. "
        "Thank you for what you do for the project!"
    )
    yield ""
    record = link(f"partners/{partner.slug}.yml", record_url)
    yield f"- **Your record** is {record}. When something changes, propose a change of it."
    yield (
        f"- **Agreed:** at least {terms.amount} a month (Big Mac index, edition {terms.edition}). "
        "A later edition surprises nobody: it is announced before it applies."
    )
    yield (
        "- **Every month** all partners are looked at by the same criteria: paid and contributed "
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


def _months(count: int, more: str = "") -> str:
    number = "one" if count == 1 else str(count)
    return " ".join(filter(None, (number, more, "month" if count == 1 else "months")))
