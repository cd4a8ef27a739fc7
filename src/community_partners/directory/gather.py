"""Reads all that the public site shows: the policy, the records, the months, the prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..intake.countries import every_country
from ..intake.logos import Logo, read_logos
from ..intake.partners import read_partners
from ..intake.price_table import load_prices
from ..intake.ranking_files import committed_months, read_ranking
from ..model import claim
from ..model.directory import CORRECTION_FORM, CountryAmount
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.ranking import Ranking
from ..model.verdict import Required
from ..rules.required_amount import required_amount


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that the site is made from, as it was read.

    `months`: the committed months, the latest first. `logos`: by slug; `refused`: the problems of
    files that are no logo: their partners are shown without. `correction_form`, `claim_form`: there
    is one.
    """

    program: Program
    partners: tuple[Partner, ...]
    months: tuple[Ranking, ...]
    amounts: tuple[CountryAmount, ...]
    logos: Mapping[str, Logo] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()
    correction_form: bool = False
    claim_form: bool = False


def gather(program: Program, root: Path, today: date) -> Gathered:
    """Read the program's folder. Raises UserError for records and months that cannot be read."""
    partners = read_partners(root / "partners", today)
    committed = (read_ranking(root, month) for month in reversed(committed_months(root)))
    months = tuple(one for one in committed if one is not None)
    logos, refused = read_logos(root)
    return Gathered(
        program=program,
        partners=partners,
        months=months,
        amounts=country_amounts(program),
        logos=logos,
        refused=refused,
        correction_form=(root / CORRECTION_FORM).is_file(),
        claim_form=(root / claim.FORM).is_file(),
    )


def country_amounts(program: Program) -> tuple[CountryAmount, ...]:
    """Return what a sponsor of each country pays."""
    prices = load_prices()
    found = ((one, required_amount(one, program, prices)) for one in every_country())
    return tuple(
        CountryAmount(country=country, required=said if isinstance(said, Required) else None)
        for country, said in found
    )
