"""Asks people who join a partner's team to say so themselves. Decides words only."""

from collections.abc import Sequence

from ..model.commit_status import CommitStatus
from ..model.length import cut
from ..model.month import listed
from .escape import code

_LONGEST = 139  # characters of a status's description


def ask_to_confirm(logins: Sequence[str]) -> str:
    """Return the comment that says who is asked, in Markdown. It mentions nobody."""
    named = listed([code(login) for login in logins])
    return (
        f"This adds {named} to a partner's team, or for more days. So that nobody is listed "
        "without knowing, please ask for a comment `/confirm` here, from the own account. Then a "
        "maintainer can merge it.\n"
    )


def status_of_joining(waiting: Sequence[str]) -> CommitStatus:
    """Return the status of the commit. `waiting`: those who have not confirmed."""
    if not waiting:
        words = "Everybody who is added has confirmed: a maintainer may merge"
        return CommitStatus(state="success", description=words, url=None)
    words = cut(f"Asked to comment /confirm here: {', '.join(waiting)}", _LONGEST)
    return CommitStatus(state="pending", description=words, url=None)
