"""Checks whether a program's files are what the commands need. Looks at files only.

`setup_repository.py` and `setup_tokens.py` check the answers of the platforms.
"""

from collections.abc import Iterator

from ..model.problem import quoted
from ..model.program import Program
from ..model.setup import Check, Folder, FormText, Health
from ..model.website import website_host
from .setup_workflows import WORKFLOWS, of_workflow

_FORM = ".github/ISSUE_TEMPLATE/partner-application.yml"
_COPY = "Copy it from the repository of Community Partners, as docs/set-up.md says."
_OWNED = ("program.yml", "partners/")
_SHOWN = 3  # problems of one kind that are shown; `partners validate` lists all


def of_folder(folder: Folder) -> Iterator[Check]:
    """Yield the checks on the files, in the order in which a person sets up a program."""
    yield _policy(folder)
    yield _records(folder.record_problems)
    yield _form(folder.form, folder.program)
    for name, workflow in folder.workflows.items():
        if name in WORKFLOWS:
            yield of_workflow(name, workflow)
    yield _code_owners(folder.code_owners)
    if folder.program:
        yield _edition(folder.program.sponsorship.edition, folder.editions)


def _policy(folder: Folder) -> Check:
    title = "Policy"
    if folder.program is None:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=_first(folder.program_problems),
            remedy="Correct program.yml; docs/policy.md says what each number means."
            if folder.program_there
            else "Go to the folder of the program, or name its file with --program; docs/set-up.md "
            "starts a new program.",
        )
    policy, home = folder.program.policy, folder.program.home
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence=f"program.yml is that of {folder.program.name}, version {policy.version}.",
        remedy=f"`home` is {home}, an address for examples: write your own."
        if website_host(home).endswith(".example")
        else None,
    )


def _records(found: tuple[str, ...]) -> Check:
    title = "Records"
    if found:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=_first(found),
            remedy="Correct these files; `partners validate` lists all that is wrong with them.",
        )
    sentence = "Applications, partners and claims can be read."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _form(form: FormText | None, program: Program | None) -> Check:
    title = "Application form"
    if form is None:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"There is no {_FORM}.",
            remedy=_COPY,
        )
    faults = [form.problem] if form.problem else []
    if not form.problem and "application" not in form.labels:
        faults.append("It does not put the label `application` on its issues.")
    if faults:
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=" ".join(faults),
            remedy=f"Keep the ids and labels of the form as it ships. {_COPY}",
        )
    platforms = tuple(_strange_platforms(form, program)) if program else ()
    places = tuple(
        f"It offers {quoted(one)}, which is not a country known to us." for one in form.no_countries
    )
    if platforms or places:
        remedies = {
            f"Correct the options in {_FORM}, or `sponsorship` in program.yml.": platforms,
            "Write each country as its name or its ISO code.": places,
        }
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=_first((*platforms, *places)),
            remedy=" ".join(remedy for remedy, found in remedies.items() if found),
        )
    sentence = f"{_FORM} asks for all that an application needs."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _strange_platforms(form: FormText, program: Program) -> Iterator[str]:
    """Yield a sentence for each platform that only the form has, or only the program."""
    taken = program.sponsorship.receivers
    for option, platform in form.platforms.items():
        if platform not in taken:
            yield f"It offers {quoted(option)}, through which the program does not collect."
    for platform in taken:
        if form.platforms and platform not in form.platforms.values():
            yield f"It does not offer {platform.label}, through which the program collects."


def _code_owners(owned: tuple[str, ...] | None) -> Check:
    """Check that CODEOWNERS covers program.yml and partners/; owners are optional.

    Everyone who may merge may admit a partner, so a program may want to require certain reviewers.
    """
    title = "Code owners"
    missing = [one for one in _OWNED if not _covers(owned or (), one)]
    if not missing:
        sentence = "Changes of program.yml and partners/ are shown to their owners."
        return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)
    return Check(
        title=title,
        outcome=Health.IN_ORDER,
        sentence=f"Nobody owns {' and '.join(missing)}, which is your choice.",
        remedy="For a review by certain people, name them in .github/CODEOWNERS, such as "
        "`/program.yml @acme/maintainers`, and require their review in the branch's protection.",
    )


def _covers(patterns: tuple[str, ...], path: str) -> bool:
    """Tell whether a pattern of CODEOWNERS names `path` itself or everything."""
    bare = {one.strip("/").removesuffix("/**").removesuffix("/*") for one in patterns}
    return bool(bare & {path.strip("/"), "*", "**"})


def _edition(pinned: str, editions: tuple[str, ...]) -> Check:
    title = "Price edition"
    newer = [one for one in editions if one > pinned]
    if newer:
        return Check(
            title=title,
            outcome=Health.IN_ORDER,
            sentence=f"Amounts follow the edition {pinned}; {newer[-1]} is at hand.",
            remedy=f"To take it, set `sponsorship.edition: {newer[-1]}` in program.yml; for those "
            "who are partners already, `partner_editions` says from when it applies.",
        )
    sentence = f"Amounts follow the edition {pinned}, the latest in the price table."
    return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)


def _first(sentences: tuple[str, ...]) -> str:
    """Join the first sentences, and say how many more there are."""
    more = len(sentences) - _SHOWN
    return " ".join(sentences[:_SHOWN]) + (f" And {more} more." if more > 0 else "")
