"""Says the fixed words of the model in the site's language: standings, outcomes, criteria, kinds.

Words of a program, such as the names of its kinds of contribution, are shown as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.directory import Listed
from ..model.month import Month
from ..model.program import Program
from ..model.standing import Standing
from ..model.verdict import Outcome
from .words import Words


@dataclass(frozen=True, slots=True)
class Phrases:
    """The fixed words in one language, for one program."""

    words: Words
    program: Program

    def of_all(self) -> Mapping[str, Any]:
        """Return the tables of words by the name under which templates use them."""
        _ = self.words.translations.gettext
        return {
            "standings": {
                "active": _("active"),
                "at risk": _("at risk"),
                "suspended": _("suspended"),
                "lapsed": _("lapsed"),
            },
            "outcomes": {
                Outcome.MET: _("met"),
                Outcome.NOT_MET: _("not met"),
                Outcome.UNKNOWN: _("not checked"),
            },
            "titles": {
                "amount": _("Required amount"),
                "contributions-regular": _("Regular contributions"),
                "contributions-meaningful": _("Meaningful contributions"),
            },
            "definitions": self._definitions(),
            "counts": {
                "pull request": _("pull request: merged into a branch that is released"),
                "review": _("review: of somebody else's pull request that was merged"),
                "issue": _("issue: closed as completed by somebody else"),
                "answer": _("answer: chosen in a discussion"),
            },
            "concerns": {
                "claimed twice": _("two partners name this person for the same days"),
                "renamed": _("the account has another login"),
                "deleted": _("the account is gone"),
                "missing": _("there is no such account"),
            },
        }

    def _definitions(self) -> Mapping[str, str]:
        _, work = self.words.translations.gettext, self.program.contribution
        values = {
            "each": work.points_each_month,
            "all": work.points_in_all,
            "months": work.months,
        }
        return {
            "amount": _("The amount of the partner's country, paid for this month."),
            "contributions-regular": _("At least %(each)s points in this month.") % values,
            "contributions-meaningful": _(
                "At least %(all)s points in %(months)s months up to this one."
            )
            % values,
        }

    def standing(self, one: Listed) -> str:
        """Return what a partner's badge says."""
        _ = self.words.translations.gettext
        if one.until is not None:
            return _("was a partner until %(month)s") % {"month": self.words.month(one.until)}
        if one.standing is Standing.SUSPENDED:
            return _("suspended")
        return _("partner since %(year)s") % {"year": one.accepted.year}

    def next_steps(self, one: Listed, now: Month) -> Iterator[str]:
        """Yield what a partner does about each condition that the latest month did not meet.

        `now`: the month that is not over yet.
        """
        _, work = self.words.translations.gettext, self.program.contribution
        month = self.words.month(now)
        steps = {
            "amount": _("Pay the amount of your country in %(month)s, and in each month after it.")
            % {"month": month},
            "contributions-regular": _("Collect at least %(each)s points in %(month)s.")
            % {"each": work.points_each_month, "month": month},
            "contributions-meaningful": _(
                "Collect at least %(all)s points in the %(months)s months up to %(month)s."
            )
            % {"all": work.points_in_all, "months": work.months, "month": month},
        }
        for finding in one.latest.line.findings if one.latest else ():
            if finding.outcome is Outcome.NOT_MET and finding.criterion in steps:
                yield steps[finding.criterion]
            elif finding.outcome is Outcome.UNKNOWN:
                yield _("“%(title)s” could not be checked. You need not do anything.") % {
                    "title": finding.title
                }

    def feed(self) -> Mapping[str, str]:
        """Return the titles of the entries of the feed, with places for names."""
        _ = self.words.translations.gettext
        return {
            "title": _("News of %(name)s"),
            "admitted": _("%(name)s is a partner"),
            "left": _("%(name)s is no partner any more"),
            "month": _("The ranking of %(month)s is there"),
            "corrected": _("The ranking of %(month)s was corrected"),
        }

    def files(self) -> list[tuple[str, str]]:
        """Return the address of each published file, below the site, and what it holds."""
        _ = self.words.translations.gettext
        return [
            ("v1/partners.json", _("All partners, present and former")),
            ("v1/partners.csv", _("The same as a table")),
            ("v1/ranking.json", _("The ranking of the last month")),
            ("v1/rankings/….json", _("The ranking of each month, such as 2026-10.json")),
            ("v1/partners/….json", _("A partner with all months and contributions")),
            ("badge/….svg", _("A partner's badge; with .json, for shields.io")),
            ("v1/homepage.json", _("The first partners, for a homepage")),
            ("homepage.html", _("The same as a piece of HTML")),
            ("top.js", _("The element that shows them on a page of yours")),
            ("feed.xml", _("Who joined and left, and each month's ranking, as a feed")),
            ("v1/schemas/partners.schema.json", _("The form of partners.json")),
            ("v1/schemas/partner.schema.json", _("The form of each partner's file")),
            ("v1/schemas/ranking.schema.json", _("The form of each ranking")),
            ("v1/schemas/homepage.schema.json", _("The form of homepage.json")),
            ("v1/schemas/badge.schema.json", _("The form of each badge's file, for shields.io")),
        ]
