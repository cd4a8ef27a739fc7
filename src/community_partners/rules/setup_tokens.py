"""Checks whether the tokens have the rights they need, and whether the named accounts exist.

If GITHUB_TOKEN or SPONSORS_TOKEN is not set here, the check is unknown, because the workflows may
have the token. OPENCOLLECTIVE_TOKEN is optional.
"""

from collections.abc import Iterator
from typing import Any

from ..model.evidence import AccountKind, Answer, PlaceCheck
from ..model.program import GitHubScope, Program
from ..model.setup import Check, Health, OnPlatforms, SponsorsView, TokensSet

# https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
_IMPLIED = {  # for each scope that we need, the scopes of a classic token that include it
    "read:user": {"read:user", "user"},
    "read:org": {"read:org", "write:org", "admin:org"},
}
_SPONSORS = (
    "Make a classic token with `read:user` and `read:org` of somebody who administers {login}, and "
    "save it as the secret SPONSORS_TOKEN: Settings > Secrets and variables > Actions."
)
_COLLECTIVE = (
    "Make a personal token with the scope `transactions` only, or delete the secret "
    "OPENCOLLECTIVE_TOKEN: it is optional."
)


def of_tokens(program: Program | None, tokens: TokensSet, seen: OnPlatforms) -> Iterator[Check]:
    """Yield the checks on the three tokens, then on the program's accounts and repositories."""
    yield _github(tokens.github, seen.login)
    if program is None:
        return
    if program.sponsorship.github_sponsors:
        yield _sponsors(program.sponsorship.github_sponsors.login, seen.sponsors)
    if program.sponsorship.open_collective and seen.collective:
        yield _open_collective(tokens.open_collective, seen.collective)
        yield _collective(program.sponsorship.open_collective.collective, seen.collective)
    if seen.accounts:
        yield _accounts(seen.accounts)
    if seen.places:
        yield _places(program.contribution.github, seen.places)


def unknown(title: str, answer: Answer[Any], remedy: str | None = None) -> Check:
    """Return an unknown check whose sentence says why the answer is missing."""
    return Check(
        title=title,
        outcome=Health.UNKNOWN,
        sentence=answer.failure or "There was no answer.",
        remedy=remedy,
    )


def _refused(title: str, answer: Answer[Any], remedy: str) -> Check:
    """Return the check on a token that was refused: to mend, or unknown if a retry may help."""
    if not answer.lasting:
        return unknown(title, answer, "Run this again in a while.")
    return Check(title=title, outcome=Health.TO_MEND, sentence=answer.failure or "", remedy=remedy)


def _github(is_set: bool, login: Answer[str]) -> Check:
    title = "GITHUB_TOKEN"
    if not is_set:
        remedy = "Set it, such as `GITHUB_TOKEN=$(gh auth token)`; workflows have one of their own."
        return unknown(title, login, remedy)
    if login.value is None:
        return _refused(title, login, "Check that it is whole and has not expired.")
    return Check(title=title, outcome=Health.IN_ORDER, sentence=f"It works, for {login.value}.")


def _sponsors(login: str, view: Answer[SponsorsView] | None) -> Check:
    """Check SPONSORS_TOKEN. `view`: None if it is not set here."""
    title, remedy = "SPONSORS_TOKEN", _SPONSORS.format(login=login)
    if view is None:
        sentence = "It is not set here. Without it all sponsorships on GitHub are unknown."
        return Check(title=title, outcome=Health.UNKNOWN, sentence=sentence, remedy=remedy)
    seen = view.value
    if seen is None:
        return _refused(title, view, remedy)
    if not seen.administers:
        sentence = f"It is the token of {seen.login}, who does not administer {login}."
        return Check(title=title, outcome=Health.TO_MEND, sentence=sentence, remedy=remedy)
    if seen.scopes is None:
        sentence = (
            f"It is the token of {seen.login}, who administers {login}; GitHub does not say what "
            "it may read, as it does for a classic one."
        )
        return Check(title=title, outcome=Health.UNKNOWN, sentence=sentence, remedy=remedy)
    wanted = ["read:user", *(["read:org"] if seen.organization else [])]
    missing = [one for one in wanted if not _has(seen.scopes, one)]
    if missing:
        sentence = f"It is the token of {seen.login}, without the scope {' and '.join(missing)}."
        return Check(title=title, outcome=Health.TO_MEND, sentence=sentence, remedy=remedy)
    more = sorted(seen.scopes - {"read:user", "read:org"})
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence=f"It is the token of {seen.login}, who administers {login}.",
        remedy=f"It may do more than it needs to ({', '.join(more)}): leave these out."
        if more
        else None,
    )


def _has(scopes: frozenset[str], wanted: str) -> bool:
    """Tell whether the scopes include the scope `wanted`."""
    return bool(scopes & _IMPLIED[wanted])


def _open_collective(is_set: bool, collective: Answer[bool]) -> Check:
    title = "OPENCOLLECTIVE_TOKEN"
    if not is_set:
        sentence = "It is not set, and does not need to be: it allows more requests a minute."
        return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)
    if collective.value is None:
        return _refused(title, collective, _COLLECTIVE)
    sentence = "Open Collective accepts it."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _collective(slug: str, answer: Answer[bool]) -> Check:
    title = "Collective"
    if answer.value is None:
        return unknown(title, answer)
    if not answer.value:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"Open Collective has no account {slug}.",
            remedy="Correct `sponsorship.open_collective.collective` in program.yml: the last part "
            "of the collective's address.",
        )
    sentence = f"opencollective.com/{slug} is there."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _accounts(answer: Answer[Any]) -> Check:
    title = "Accounts on GitHub"
    if answer.value is None:
        return unknown(title, answer)
    missing = [one.login for one in answer.value if one.kind is AccountKind.MISSING]
    if missing:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"GitHub has no account {', '.join(missing)}.",
            remedy="Correct `contribution.github` and `sponsorship.github_sponsors` in "
            "program.yml.",
        )
    sentence = f"All are there: {', '.join(one.login for one in answer.value)}."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _places(scope: GitHubScope, answer: Answer[tuple[PlaceCheck, ...]]) -> Check:
    title = "Repositories"
    if answer.value is None:
        return unknown(title, answer)
    listed = [one.fault for one in answer.value if one.name not in scope.exclude]
    left_out = [one.exclusion_fault for one in answer.value if one.name in scope.exclude]
    faults = [fault for fault in (*listed, *left_out) if fault]
    if faults:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(faults),
            remedy="Correct `contribution.github`, or the repository of a list in "
            "`claims.all_contributors`, in program.yml; only public repositories count.",
        )
    sentence = f"All are there: {', '.join(one.name for one in answer.value)}."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)
