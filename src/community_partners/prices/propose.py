"""Proposes newer prices in pull requests, for `partners prices update --propose`.

Gather: the shipped table and, in the repository that holds it, the publisher's file. Decide: which
editions are newer. Apply: a branch with one commit, and one pull request; a closed pull request is
not opened again. The table and the program's edition have a pull request each: which prices
exist is one question, and for whom they hold is another.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..checkout.head import head_of, path_in_repository, top_of
from ..errors import InvalidInputError, UserError
from ..evidence.form_reader import FormReader
from ..github.issues import open_applications
from ..github.pulls import close_older, open_pull, settled_pull
from ..intake.price_table import load_prices, shipped_table, write_prices
from ..intake.program import with_edition
from ..intake.records import add_headquarters, headquarters
from ..intake.yaml_document import read_text
from ..model.file import File
from ..model.program import Program
from ..model.publication import Publication
from ..model.pull_request import OwnPull
from ..publication.own_branch import start_branch
from ..publication.place import Place
from ..wire.judgment import NoAnswerError
from ..words.escape import quote
from ..words.price_pull import PriceRow, edition_pull, table_pull
from ..words.publication import preview
from .update import AmountChange, amount_in_words, changes_by, percent, plan_update

Publisher = Callable[[], tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PriceProposal:
    """A changed file, with its path from the repository's root, and the pull request for it."""

    file: File
    pull: OwnPull

    @property
    def publication(self) -> Publication:
        """The publication that the branch of the pull request gets."""
        message = f"{self.pull.title}\n"
        return Publication(files=(self.file,), message=message, own=self.pull.head)


@dataclass(frozen=True, kw_only=True)
class PriceProposals:
    """Proposes newer prices in a repository. `publisher` gives the publisher's CSV and its name."""

    program_file: Path
    program: Program
    place: Place
    forms: FormReader
    publisher: Publisher
    dry_run: bool

    def make(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Propose the table and the program's edition.

        Return a sentence for each that was done or needs nothing, and one for each that failed.
        """
        sentences, failures = [], []
        for proposal in (self._table, self._edition):
            try:
                found = proposal()
                sentences.append(found if isinstance(found, str) else self._bring(found))
            except UserError as error:
                failures.append(str(error))
        return tuple(sentences), tuple(failures)

    def _table(self) -> PriceProposal | str:
        """Return the proposal for the price table, or a sentence why there is no proposal.

        There is none if the table is no file of this repository (it comes with the action), or if
        the publisher has no newer edition. Raises UserError.
        """
        path = path_in_repository(self.place.git, str(shipped_table().resolve()))
        if path is None:
            return "The table of prices comes with the action: nothing to propose for it."
        update = plan_update(*self.publisher(), self.program, self.program_file.parent)
        if not update.editions:
            return f"The table of prices has all editions up to {max(update.table.editions)}."
        names = [edition.name for edition in update.editions]
        table = write_prices(update.table.editions.values())
        pull = table_pull(names, head_of(self.place.git).branch)
        return PriceProposal(file=File(path=path, text=table), pull=pull)

    def _edition(self) -> PriceProposal | str:
        table, now = load_prices(), self.program.sponsorship.edition
        newest = max(table.editions)
        if newest <= now:
            return f"The program asks by the newest edition at hand, {now}."
        path = path_in_repository(self.place.git, str(self.program_file.resolve()))
        if path is None:
            raise UserError(f"{self.program_file} is no file of this repository. Commit it first.")
        text = with_edition(read_text(self.program_file), str(self.program_file), newest)
        changes = changes_by(newest, self.program, table, self._organizations())
        rows = [_row(change) for change in changes if change.organizations]
        others = len(changes) - len(rows)
        pull = edition_pull(now, newest, rows, others, head_of(self.place.git).branch, path)
        return PriceProposal(file=File(path=path, text=text), pull=pull)

    def _organizations(self) -> dict[str, list[str]]:
        """Return names by country code, from the records and from the forms in open issues.

        Raises UserError.
        """
        root = self.program_file.parent
        names = headquarters(root)
        form = self.forms.form
        if form.questions or form.problems:
            for one in open_applications(self.place.repository):
                try:
                    add_headquarters(names, self.forms.other(one.body, one.number).data)
                except InvalidInputError:  # a pull request's text is no form
                    continue
                except NoAnswerError as error:
                    raise UserError(f"{error} Run this again in a while.") from None
        return names

    def _bring(self, proposal: PriceProposal) -> str:
        pull, title = proposal.pull, proposal.pull.title
        settled = settled_pull(self.place.repository, pull)
        if settled:
            return f"{title}: closed or merged already, {settled}"
        if self.dry_run:
            shown = f"{preview(proposal.publication)}\n{quote(pull.body)}"
            return f"{title}: would be proposed from the branch {pull.head}.\n{shown}"
        root = replace(self.place, git=top_of(self.place.git))
        commit = start_branch(proposal.publication, root)
        url = open_pull(self.place.repository, replace(pull, commit=commit))
        closed = close_older(self.place.repository, pull, url)
        return f"{title}: {url}" + "".join(f", in the place of {one}" for one in closed)


def _row(change: AmountChange) -> PriceRow:
    return PriceRow(
        organizations=change.organizations,
        country=change.country.name,
        now=amount_in_words(change.now),
        then=amount_in_words(change.then),
        percent=percent(change),
    )
