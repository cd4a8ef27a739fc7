"""Runs `partners admit`, which makes partners of merged applications."""

from datetime import date
from pathlib import Path

import click

from ..admission.admit import Decided, decide, gather, partners_of
from ..admission.announce import AdmissionPlan, announce, plan_admission
from ..admission.logos import Fetched, with_logos
from ..checkout.git import Git
from ..evidence.merged import slugs_of_files, slugs_of_push
from ..intake.event import Ignored
from ..intake.program import read_program
from ..intake.push_event import read_push
from ..publication.partner_pages import pages_of
from ..publication.place import Place
from ..wire.tries import Meter
from ..words.escape import quote, text
from ..words.publication import preview
from .home import home_repository
from .reporting import write_summary
from .wiring import asking, checkout, read_settings, site_shown, today_in_utc


def run(files: tuple[Path, ...], program_file: Path, dry_run: bool, today: date | None) -> None:
    """Admit the applications that a push has merged, or those in the files that a person names."""
    settings, meter, day = read_settings(), Meter(), today or today_in_utc()
    git = checkout(settings, program_file.parent)
    if not _slugs(files, git, settings.event_name, settings.event_path):
        return
    repository = home_repository(
        read_program(program_file, day), settings, meter, "`partners admit`", dry_run=dry_run
    )
    if repository is None:
        return
    place = Place(git=git, repository=repository, web_url=settings.web_url)
    done: tuple[Decided, ...] = ()
    shown = site_shown(meter)
    fetched: Fetched = {}

    def plan() -> AdmissionPlan:
        """Decide from what the checkout has now."""
        nonlocal done
        slugs = _slugs(files, git, settings.event_name, settings.event_path)
        program = read_program(program_file, day)
        with asking(settings, meter) as clients:
            found, accounts, before = gather(slugs, program, place, clients, day, named=bool(files))
            decided = decide(found, accounts, before, partners_of(place, day), program, day)
            done = with_logos(decided, place, clients, day, fetched)
        return plan_admission(done, program, place, lambda: pages_of(program, git.root, shown))

    if dry_run:
        _show(plan())
        return
    said: list[str] = []
    try:
        for sentence in announce(plan, place):
            said.append(sentence)
            click.echo(quote(sentence))
    finally:
        click.echo(f"partners: {meter}", err=True)
        write_summary(settings.step_summary, _summary(done, said), meter)


def _slugs(
    files: tuple[Path, ...], git: Git, event_name: str | None, event_path: Path | None
) -> tuple[str, ...]:
    if files:
        return slugs_of_files(git.root, files)
    push = read_push(event_name, event_path)
    slugs = () if isinstance(push, Ignored) else slugs_of_push(git, push)
    if not slugs:
        reason = push.reason if isinstance(push, Ignored) else "No application was added."
        click.echo(quote(f"Nothing to do. {reason}"))
    return slugs


def _show(plan: AdmissionPlan) -> None:
    for one in plan.done:
        if one.refused:
            click.echo(quote(f"{one.merged.name} would not be admitted. {' '.join(one.refused)}"))
        elif not one.record:
            click.echo(quote(f"{one.merged.name} is a partner already."))
    click.echo(preview(plan.publication, texts=True))


def _summary(done: tuple[Decided, ...], said: list[str]) -> str:
    refused = [f"{one.merged.name}: {' '.join(one.refused)}" for one in done if one.refused]
    return "\n".join(f"- {text(line, 1500)}" for line in (*said, *refused))
