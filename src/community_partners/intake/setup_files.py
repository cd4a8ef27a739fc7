"""Reads the files of a program's folder for `partners doctor`. Decides nothing about them.

Each file is read by the reader that the other commands use, so that both agree. Only some parts of
a workflow file are read: those that concern this program.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError, UserError
from ..model.application import Platform
from ..model.program import Program
from ..model.setup import COMMAND, Folder, FormText, WorkflowText
from . import countries
from .claim_form import TEMPLATE as CLAIM_FORM
from .claim_form import claim_template
from .form_application import platform_in
from .lost_records import lost_records
from .price_table import load_prices
from .program import read_program
from .program_form import TEMPLATE, usable_questions
from .records import validate
from .yaml_document import read_bytes, read_text, read_yaml

WORKFLOWS = Path(".github/workflows")
_CODE_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")  # GitHub uses the first
_ACTION = "community-partners"
_SECRET = re.compile(r"secrets\.([A-Za-z_0-9]+)")
_COMMAND = re.compile(r"^\s*partners [a-z]", re.MULTILINE)


def read_folder(program_file: Path, workflows: tuple[str, ...], today: date) -> Folder:
    """Read all files beside the policy. `workflows`: names of the workflow files to look for."""
    root = program_file.parent
    program, wrong = _program(program_file, today)
    rooms = (root / room for room in ("applications", "partners", "contributions"))
    there = [one for one in rooms if one.is_dir()]
    return Folder(
        program=program,
        program_there=program_file.exists(),
        program_problems=wrong,
        record_problems=tuple(map(str, (*validate(there, today), *lost_records(root)))),
        form=_form(root),
        workflows={name: _workflow(root / WORKFLOWS / name) for name in workflows},
        code_owners=_code_owners(root),
        claim_form=_claim_form(root),
        editions=tuple(sorted(load_prices().editions)),
    )


def _program(path: Path, today: date) -> tuple[Program | None, tuple[str, ...]]:
    try:
        return read_program(path, today), ()
    except UserError as error:
        return None, _sentences(error)


def _form(root: Path) -> FormText | None:
    path = root / TEMPLATE
    if not path.is_file():
        return None
    try:
        options = {one.id: one.options for one in usable_questions(root)}
        labels = read_yaml(read_bytes(path), path.name).data.get("labels") or ()
    except UserError as error:
        return FormText(problem=" ".join(_sentences(error)))
    named = {one: platform_in(one) for one in options["platform"]}
    places = (*options["country"], *options.get("big-mac-comparable", ()))
    return FormText(
        labels=tuple(_words(labels)),
        platforms={one: Platform(known) if known else None for one, known in named.items()},
        no_countries=tuple(one for one in dict.fromkeys(places) if not countries.find(one)),
    )


def _claim_form(root: Path) -> FormText | None:
    path = root / CLAIM_FORM
    if not path.is_file():
        return None
    try:
        options = {one.id: one.options for one in claim_template(root)}
        labels = read_yaml(read_bytes(path), path.name).data.get("labels") or ()
    except UserError as error:
        return FormText(problem=" ".join(_sentences(error)))
    return FormText(labels=tuple(_words(labels)), kinds=options["kind"])


def _workflow(path: Path) -> WorkflowText | None:
    if not path.is_file():
        return None
    try:
        data = _mapping(read_yaml(read_bytes(path), path.name).data)
        named = _mapping(data.get("jobs"))
        jobs = named.values()
        return WorkflowText(
            triggers=_triggers(data.get("on")),
            bare=data.get("permissions") == {},
            writes=frozenset(scope for job in jobs for scope in _writes(job)),
            exposed=tuple(name for name, job in named.items() if _is_exposed(job, data.get("env"))),
            uses=tuple(name for job in jobs for name in _uses(job)),
        )
    except UserError as error:
        return WorkflowText(problem=" ".join(_sentences(error)), triggers={})


def _triggers(on: Any) -> Mapping[str, Mapping[str, object]]:
    """Return the filters of each event in a workflow.

    `on`: a word, a list of words, or filters by event. The filters of `schedule` are a list.
    """
    if isinstance(on, dict):
        return {
            str(name): {"cron": filters} if isinstance(filters, list) else _mapping(filters)
            for name, filters in on.items()
        }
    return {name: {} for name in _words(on)}


def _writes(job: Any) -> Iterator[str]:
    for scope, level in _mapping(_mapping(job).get("permissions")).items():
        if level == "write":
            yield str(scope)


def _is_exposed(job: Any, everywhere: Any) -> bool:
    """Tell whether a job has a secret of the repository and may write files.

    `everywhere`: the variables that the workflow gives to all its jobs.

    GITHUB_TOKEN is no such secret: it has the permissions of the job and ends with it.
    """
    secrets = set(_SECRET.findall(json.dumps([job, everywhere], default=str))) - {"GITHUB_TOKEN"}
    return bool(secrets) and "contents" in set(_writes(job))


def _uses(job: Any) -> Iterator[str]:
    """Yield the names by which the steps of a job use this action.

    `./` is the repository's own action. COMMAND stands for a script that runs `partners`.
    """
    steps = _mapping(job).get("steps")
    for step in map(_mapping, steps if isinstance(steps, list) else ()):
        name = str(step.get("uses", ""))
        if name == "./" or name.partition("@")[0].split("/")[-1] == _ACTION:
            yield name
        elif _COMMAND.search(str(step.get("run", ""))):
            yield COMMAND


def _code_owners(root: Path) -> tuple[str, ...] | None:
    for name in _CODE_OWNERS:
        if (root / name).is_file():
            lines = (line.split() for line in read_text(root / name).splitlines())
            return tuple(words[0] for words in lines if words and not words[0].startswith("#"))
    return None


def _words(value: Any) -> tuple[str, ...]:
    """Return a word, or each word of a list.

    GitHub takes a word, a list of words, and, for labels, words with commas between.
    """
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(","))
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sentences(error: UserError) -> tuple[str, ...]:
    if isinstance(error, InvalidInputError):
        return tuple(map(str, error.problems))
    return (str(error),)
