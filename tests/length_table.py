"""What of ours looks at a stranger's text, and texts that are slow to look at.

A stranger may write 64 KiB: that is GitHub's limit for a text, and ours for a file. `READERS` has a
function of one text for each parser, comparison and renderer. `SHAPES` has harmless texts of any
length, each of which makes a careless reader slow. `benchmarks/length.py` prints what each pair
costs, and `rooms/intake/test_length.py` holds it.
"""

import json
import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

import builders
from builders import TODAY, answered, application, evidence, payer, program
from community_partners.errors import UserError
from community_partners.hidden_line import Memory, memory_in, same_text
from community_partners.intake import countries
from community_partners.intake.applications import agrees, build_application, slug_for
from community_partners.intake.claims import read_claims_file
from community_partners.intake.comment_command import read_command
from community_partners.intake.event import read_event
from community_partners.intake.evidence_file import read_evidence
from community_partners.intake.form_application import form_submission, read_member
from community_partners.intake.issue_form import is_filled
from community_partners.intake.price_table import read_publisher_csv
from community_partners.intake.profile_address import read_account
from community_partners.intake.proposed_file import application_file
from community_partners.intake.records import add_headquarters
from community_partners.intake.yaml_document import read_quickly
from community_partners.model.command import Command, Verb
from community_partners.model.problem import Place, Problem
from community_partners.model.pull_request import ChangedFile, PullRequest
from community_partners.model.sponsorship import Payer
from community_partners.model.verdict import Waiver
from community_partners.model.website import one_within_other, website_address
from community_partners.open_collective.ledger import decode_each
from community_partners.rules.commands_and_waivers import for_another, ruling_before
from community_partners.rules.criteria import PAYER, RECORD_OWNER, criteria_of
from community_partners.rules.decision import decide, invalid
from community_partners.rules.payer_link import payer_link
from community_partners.rules.same_organization import in_common
from community_partners.wire.answers import brief
from community_partners.words.annotations import annotations
from community_partners.words.badge import badge
from community_partners.words.escape import defuse, defuse_json, link, quote, text
from community_partners.words.reply import compose
from community_partners.words.verdict import status_of
from community_partners.words.verdict_json import verdict_json
from community_partners.words.verdict_terminal import show
from program_folder import FORM, body

KIB = 1024
SIZES = tuple(KIB * size for size in (4, 8, 16, 32, 64))
MOST_SECONDS = 0.1  # of the processor, at 64 KiB
MOST_POWER = 1.2  # of the size, by which the time may grow
QUICK = 0.05  # seconds: what is this quick at 64 KiB harms nobody, however it grows
RATIO = 8**1.6  # generous: a square gives 8**2. The benchmark holds 8**1.2 on a quiet machine
LATEST = 1.0  # seconds at 64 KiB: ten times the benchmark's limit
TRIES = 4
TOO_QUICK = 0.005  # seconds below which the clock decides, not the text
Read = Callable[[str, Path], object]
"""Looks at a text. The folder is empty before, and may be used."""


def _room(written: str) -> str:
    """A text without its last eighth: with what stands around it, the whole is 64 KiB at most."""
    return written[: len(written) * 7 // 8]


def _form(field: str) -> Read:
    return lambda written, _: form_submission(
        "An application", body(**{field: _room(written)}), FORM, TODAY, program()
    )


def _whole_form(written: str, _: Path) -> object:
    return form_submission(written, written, FORM, TODAY, program())


RECORD: Mapping[str, Any] = {
    "slug": "acme",
    "name": "Acme GmbH",
    "website": "https://acme.example",
    "country": "Germany",
    "description": "Acme hosts the project for schools.",
    "services": ["Hosting"],
    "contact": "https://acme.example/contact",
    "sponsorship": {"platform": "open-collective", "account": "acme"},
    "team": [{"name": "Ada Example", "github": "example-user-1", "since": "2025-01-15"}],
    "consent": True,
}


def _record(**changed: Callable[[str], Any]) -> Read:
    """A record with the text in one of its fields: what YAML gives once it is read."""

    def read(written: str, _: Path) -> object:
        data = {**RECORD, **{key: make(written) for key, make in changed.items()}}
        return build_application(data, _nowhere, TODAY, program(), file_slug="acme")

    return read


def _nowhere(_: object) -> Place:
    return Place(document="applications/acme.yml", line=1)


def _as_it_is(written: str) -> str:
    return written


def _each(written: str) -> list[str]:
    return written.split(" ")


def _keys(written: str) -> dict[str, str]:
    return {f"{at} {word}": word for at, word in enumerate(written.split(" ")[: len(written) // 8])}


def _file(reader: Callable[[Path], object], name: str, *before: str) -> Read:
    """A file whose last value, after these lines, is the text."""

    def read(written: str, folder: Path) -> object:
        path = folder / name
        path.write_text("\n".join((*before, written)), "utf-8", errors="replace", newline="")
        return reader(path)

    return read


def _claim(field: str) -> Read:
    claim = {"kind": "event", "person": "example-user-1", "date": "2026-10-05"}
    whole = {
        **claim,
        "title": "A talk",
        "url": "https://a.example",
        "approved_by": "example-user-2",
    }

    def read(written: str, folder: Path) -> object:
        path = folder / "claims.yml"
        claims = {"claims": [{**whole, field: _room(written)}]}
        file = json.dumps(claims, ensure_ascii=False)
        path.write_text(file, "utf-8", errors="replace")
        return read_claims_file(path, ("event",))

    return read


def _event(written: str, folder: Path) -> object:
    path = folder / "event.json"
    issue = {"number": 1, "title": written, "body": written, "state": "open", "labels": []}
    payload = {"action": "opened", "issue": issue, "sender": {"type": "User"}}
    path.write_text(json.dumps({**payload, "repository": {"full_name": "a/b"}}), encoding="utf-8")
    return read_event("issues", path, FORM)


def _prices(written: str, _: Path) -> object:
    head = "date,iso_a3,currency_code,local_price,dollar_ex,dollar_price"
    return read_publisher_csv(f"{head}\n{written}\n{written},{written}", "a.csv", TODAY)


def _price(column: int) -> Read:
    head = "date,iso_a3,currency_code,local_price,dollar_ex,dollar_price"

    def read(written: str, _: Path) -> object:
        row = ["2027-01-01", "USA", "USD", "5.69", "1", "5.69"]
        row[column] = '"' + written.replace('"', '""') + '"'
        return read_publisher_csv(f"{head}\n{','.join(row)}\n", "a.csv", TODAY)

    return read


def _changed_file(written: str, _: Path) -> object:
    files = tuple(
        ChangedFile(path=path, status=status, previous=previous)
        for path, status, previous in (
            (f"applications/{written}", "added", None),
            (written, written, written),
            (f"applications/{written}.YAML", "renamed", written),
        )
    )
    pull = PullRequest(
        title=written,
        url="https://github.com/a/b/pull/1",
        open=True,
        author="a",
        base="main",
        default_branch="main",
        head="0" * 40,
        fork="c/b",
        labels=(),
        files=files,
    )
    return application_file(pull, "applications")


def _profile(written: str) -> dict[str, Any]:
    links = [{"type": kind, "url": written} for kind in ("WEBSITE", "GITHUB")]
    said = {"name": written, "website": written, "githubHandle": written, "socialLinks": links}
    return {"slug": "acme", "type": "ORGANIZATION", "isIncognito": False, **said}


def _payer_of(written: str) -> Payer | None:
    row = {
        "id": "1",
        "clearedAt": None,
        "createdAt": "2026-10-01T00:00:00Z",
        "amount": {"valueInCents": 10000, "currency": "USD"},
        "amountInHostCurrency": None,
        "order": None,
        "isRefund": False,
        "isRefunded": False,
        "isOrderRejected": False,
        "isDisputed": False,
        "isInReview": False,
        "fromAccount": _profile(written),
        "giftCardEmitterAccount": None,
        "taxAmount": {"valueInCents": None, "currency": "USD"},
        "paymentMethod": None,
        "kind": "CONTRIBUTION",
    }
    states = {"isFrozen": False, "isArchived": False, "isActive": True}
    settings = builders.sponsorship_policy().open_collective
    assert settings is not None
    told = {**states, "currency": "USD", "transactions": {"nodes": [row]}}
    data = {"account": told, "recurring": None}
    return decode_each(data, settings, ["acme"])["acme"].payer


def _linked(written: str, _: Path) -> object:
    found = payer(websites=(written,), github=(written,))
    return [payer_link(one, application(), None) for one in (_payer_of(written) or found, found)]


def _compared(written: str, _: Path) -> object:
    mine = replace(application(), name=written, website=written, account=written, slug=written)
    return in_common(mine, application()), in_common(mine, replace(mine, slug="acme"))


def _judged(written: str, _: Path) -> object:
    """A valid application, with the text in all that platforms and comments say of it."""
    said = read_command(f"/waive payer {written}", criteria_of(program()))
    assert said is not None
    asked = evidence(
        sponsorship=answered(
            builders.sponsorship(builders.payment("2026-10-01"), payer=_payer_of(written))
        ),
        work=builders.work(builders.contribution("2026-10-05", title=brief(written))),
    )
    waiver = Waiver(criterion=PAYER.id, by="a", reason=said.reason, url="https://a.example")
    verdict = decide(application(), asked, program(), builders.required(), "sha256:0", (waiver,))
    show(verdict, program(), Console(file=StringIO(), width=80))
    return compose(verdict, program()), verdict_json(verdict, program()), status_of(verdict, None)


def _refused(written: str, _: Path) -> object:
    place = Place(document=written, line=1, field=written)
    problem = Problem(place=place, message=written, remedy=written)
    verdict = invalid(written, (problem,), TODAY)
    show(verdict, program(), Console(file=StringIO(), width=80))
    said = compose(verdict, program()), verdict_json(verdict, program()), status_of(verdict, None)
    return said, annotations((problem,), ()), str(problem)


def _waived(written: str, _: Path) -> object:
    command = Command(verb=Verb.WAIVE, criterion=RECORD_OWNER.id, reason=written)
    return ruling_before(command, allowed=True), for_another(command, 1, None, "0" * 40)


READERS: Mapping[str, Read] = {
    "a whole form": _whole_form,
    **{f"form: {field.id}": _form(field.id) for field in FORM},
    "a form or none": lambda written, _: is_filled(written, FORM),
    "YAML": lambda written, _: read_quickly(written, "a.yml"),
    "YAML of a key": lambda written, _: read_quickly(f"a:\n  {written}\n", "a.yml"),
    "record: slug": _record(slug=_as_it_is),
    "record: name": _record(name=_as_it_is),
    "record: website": _record(website=_as_it_is),
    "record: country": _record(country=_as_it_is),
    "record: description": _record(description=_as_it_is),
    "record: contact": _record(contact=_as_it_is),
    "record: github": _record(github=_as_it_is),
    "record: services": _record(services=_each),
    "record: unknown keys": lambda written, _: _unknown(written),
    "record: platform, account": _record(
        sponsorship=lambda written: {"platform": written, "account": written}
    ),
    "record: team": _record(
        team=lambda written: [
            dict.fromkeys(("name", "github", "since", "until"), written) for _ in range(2)
        ]
    ),
    "record: members": _record(
        team=lambda written: [
            {"name": word[:20], "github": word[:20]}
            for word in written.split(" ")[: len(written) // 22]
        ]
    ),
    "record: price": _record(
        big_mac=lambda written: {"price": written, "date": written, "picture": written}
    ),
    "record: comparable": _record(big_mac=lambda written: {"comparable": written}),
    **{f"claim: {key}": _claim(key) for key in ("kind", "person", "date", "title", "url")},
    "evidence": _file(read_evidence, "evidence.json"),
    "an event": _event,
    "price table": _prices,
    **{f"price table: column {at}": _price(at) for at in range(6)},
    "changed file": _changed_file,
    "command": lambda written, _: read_command(written, criteria_of(program())),
    "command: criterion": lambda written, _: read_command(
        f"/waive {written}", criteria_of(program())
    ),
    "command: reason": lambda written, _: read_command(
        f"/waive payer {written}", criteria_of(program())
    ),
    "waiver": _waived,
    "hidden line": lambda written, _: memory_in(written),
    "hidden line: value": lambda written, _: memory_in(str(Memory(kind=written))),
    "same text": lambda written, _: same_text(written, f"{written} "),
    "country": lambda written, _: (countries.find(written), countries.unknown(written)),
    "country of headquarters": lambda written, _: add_headquarters(
        {}, {"country": written, "name": written}
    ),
    "website": lambda written, _: website_address(written),
    "website: host": lambda written, _: website_address(f"https://{written}/{written}"),
    "websites": lambda written, _: one_within_other(written, f"{written}/a"),
    "slug": lambda written, _: (slug_for(written, written), agrees(written, written, written)),
    "account": lambda written, _: read_account(written, "github.com"),
    "account: address": lambda written, _: read_account(
        f"https://github.com/{written}", "github.com"
    ),
    "member": lambda written, _: read_member(f"{written}, {written}, {written}"),
    "two organizations": _compared,
    "payer's profile": _linked,
    "verdict": _judged,
    "refusal": _refused,
    "Markdown": lambda written, _: (text(written), text(written, 2_000)),
    "link": lambda written, _: (link(written, f"https://{written}"), link("a", written)),
    "log": lambda written, _: (quote(written), defuse(written), defuse_json(written)),
    "badge": lambda written, _: badge(written, written, lit=True),
}


def _unknown(written: str) -> object:
    data = {**RECORD, **_keys(written)}
    return build_application(data, _nowhere, TODAY, program(), file_slug="acme")


def _size(written: str) -> int:
    """The bytes of a text in UTF-8, also of half a character."""
    return len(written.encode(errors="surrogatepass"))


def _repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A text of `size` bytes in UTF-8, or a few fewer: a piece again and again."""

    def make(size: int) -> str:
        rest = size - _size(before + after)
        return before + piece * (rest // _size(piece)) + after

    return make


SHAPES: Mapping[str, Callable[[int], str]] = {
    "one letter": _repeated("a"),
    "digits": _repeated("1"),
    "digits of another script": _repeated("١"),
    "words": _repeated("Acme hosts "),
    "one-letter words": _repeated("a "),
    "spaces": _repeated(" ", "a", "a"),
    "tabs": _repeated("\t", "a", "a"),
    "lines": _repeated("\n", "a", "a"),
    "lines of one letter": _repeated("a\n"),
    "lines of spaces": _repeated("   \n", "a", "a"),
    "quotation marks": _repeated('"'),
    "hyphens": _repeated("-"),
    "hyphens between": _repeated("a-"),
    "dots": _repeated("."),
    "dots between": _repeated("a."),
    "colons": _repeated(":"),
    "slashes": _repeated("/", "a"),
    "paths": _repeated("a/"),
    "commas": _repeated(","),
    "commas between": _repeated("a, "),
    "percent signs": _repeated("%41"),
    "questions": _repeated("?a=1&"),
    "tracking": _repeated("utm_a=1&", "https://a.example/?"),
    "letters beyond ASCII": _repeated("ü"),
    "labels beyond ASCII": _repeated("ü."),
    "many letters beyond ASCII": lambda size: "".join(
        chr(0x4E00 + at % 20_000) for at in range(size // 3)
    ),
    "punycode": _repeated("a", "xn--", "-kva"),
    "punycode digits": _repeated("9", "xn--"),
    "punycode labels": _repeated("xn--a-kva."),
    "marks in disorder": _repeated("\u0301\u0323", "a"),
    "letters that become many": _repeated("\ufdfa"),
    "joiners": _repeated("\u200d"),
    "joined letters": _repeated("म\u200d"),
    "invisible characters": _repeated("\u202e"),
    "zeros": _repeated("\0"),
    "halves of characters": _repeated("\ud800"),
    "pictographs": _repeated("\U0001f600"),
    "mentions": _repeated("@a "),
    "at signs": _repeated("@"),
    "tags": _repeated("<a "),
    "less-than signs": _repeated("<"),
    "comments": _repeated("<!-- "),
    "addresses": _repeated("https://a.example "),
    "schemes": _repeated("https://"),
    "references": _repeated("#1 "),
    "hexadecimal digits": _repeated("abcdef0 "),
    "markup": _repeated("*_`~[]("),
    "brackets": _repeated("["),
    "braces": _repeated("{"),
    "backslashes": _repeated("\\"),
    "fences": _repeated("```\n"),
    "fences of two kinds": _repeated("```\n~~~\n"),
    "fences that grow": lambda size: "".join(
        "`" * length + "\n" for length in range(3, math.isqrt(2 * size) - 2)
    ),
    "headings": _repeated("### Organization\n"),
    "all headings": _repeated("\n".join(field.heading for field in FORM) + "\n"),
    "boxes": _repeated("- [x] a\n"),
    "bullets": _repeated("- ", "", "a"),
    "keys": _repeated("a: ", "", "a"),
    "lines of keys": lambda size: "".join(f"k{at:06}: v\n" for at in range(size // 11)),
    "lines of one key": _repeated("key: v\n"),
    "entries": _repeated("- a\n"),
    "flow": lambda size: "[" + "a, " * ((size - 2) // 3) + "]",
    "flow of keys": lambda size: "{" + "".join(f"k{at:06}: v, " for at in range(size // 12)) + "}",
    "anchors": _repeated("&a ", "", "b"),
    "commands": _repeated("/waive payer "),
    "commands of a log": _repeated("::error::##["),
    "criteria": _repeated("contributions-meaningful "),
    "options": _repeated("Open Collective, "),
    "rows": _repeated("2026-07-01,USA,USD,5.69,1,5.69\n"),
}


def cost(read: Read, written: str, folder: Path) -> float:
    """The seconds of the processor that a reader takes, whether it takes the text or refuses it.

    Seconds of this thread alone: other work on the machine does not count.
    """
    for left in folder.iterdir():
        left.unlink()
    start = time.thread_time()
    with suppress(UserError, ValueError):
        read(written, folder)
    return time.thread_time() - start


def too_slow(read: Read, small: str, large: str, folder: Path) -> str:
    """Why a reader is too slow; "" as soon as one try shows that it is not."""
    little, much = float("inf"), float("inf")
    for _ in range(TRIES):
        much = min(much, cost(read, large, folder))
        if much < QUICK:
            return ""
        little = min(little, cost(read, small, folder))
        if much < LATEST and much / little < RATIO:
            return ""
    return f"{little:.3f} s for 8 KiB, {much:.3f} s for 64 KiB"
