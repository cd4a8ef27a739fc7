"""Who may command what, and what becomes of a command. Decides nothing of a criterion."""

from ..model.command import Command, Ruling, Verb
from ..model.verdict import Decision, Outcome, Verdict
from .waivers import can_be_waived


def needs_write_permission(command: Command, *, by_applicant: bool) -> bool:
    """Anyone may ask for help, the applicant for another look."""
    return command.verb is not Verb.HELP and not (command.verb is Verb.RECHECK and by_applicant)


def ruling_before(command: Command, *, allowed: bool) -> Ruling:
    """Before anything is gathered: is it worth it?"""
    if not allowed:
        return Ruling.NOT_ALLOWED
    if command.verb is Verb.HELP:
        return Ruling.HELP
    if command.verb in (Verb.WAIVE, Verb.UNWAIVE) and command.criterion is None:
        return Ruling.NO_SUCH_CRITERION
    if command.verb is Verb.WAIVE and not command.reason:
        return Ruling.NO_REASON
    return Ruling.DONE


def ruling_after(command: Command, verdict: Verdict) -> Ruling:
    """With the verdict: a waiver may concern what no reason can make good."""
    if command.verb is not Verb.WAIVE:
        return Ruling.DONE
    if verdict.decision is Decision.INVALID:
        return Ruling.NOT_READABLE
    found = next(one for one in verdict.findings if one.criterion == command.criterion)
    done = found.outcome is Outcome.MET or can_be_waived(found)
    return Ruling.DONE if done else Ruling.TO_BE_MENDED
