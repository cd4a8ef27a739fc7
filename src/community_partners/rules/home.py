"""Decides in which repository a program publishes: `repository` in program.yml names it.

A fork has the program's files too, and schedules and pushes start the same workflows there. A month
would be told in issues that happen to have the partners' numbers, and a second digest would name
the same people. So elsewhere nothing is published, whatever started the run:

* On a schedule or a push nobody waits for an answer, so the run says why and succeeds.
* A person who starts a run by hand waits for a result, so the run says why and fails.

An application in an issue or a pull request is no publication: somebody asked in that very thread,
and only that thread is answered. So applications are answered everywhere, also in a repository that
was renamed and does not know its new name yet.
"""

from dataclasses import dataclass

# https://docs.github.com/en/actions/using-workflows/events-that-trigger-workflows
_NOBODY_WAITS = ("schedule", "push")


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """Nothing may be published here. `asked`: a person started the run by hand."""

    sentence: str
    asked: bool


def elsewhere(home: str | None, here: str, event: str | None) -> Elsewhere | None:
    """Return why nothing is published in the repository `here`, or None if it may be.

    `home`: the program's `repository`; None or empty if the program does not say, so that every
    repository is its home. `event`: the event that started the workflow; None on a terminal.
    """
    if is_home(home, here):
        return None
    sentence = (
        f"Nothing was published: by `repository` in program.yml, the program lives in {home}, and "
        f"this is {here}; if the program lives here now, write `repository: {here}` there."
    )
    return Elsewhere(sentence=sentence, asked=event not in _NOBODY_WAITS)


def is_home(home: str | None, here: str) -> bool:
    """Tell whether a program with this `repository` publishes in `here`. GitHub ignores case."""
    return not home or home.casefold() == here.casefold()
