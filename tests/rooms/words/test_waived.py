"""A waiver outside the comment: on a terminal, in JSON."""

import io
import json

from jsonschema import Draft202012Validator
from rich.console import Console

from builders import answered, application, evidence, payer, payment, program, required, sponsorship
from community_partners.intake.schema import schema_file
from community_partners.model.verdict import Verdict, Waiver
from community_partners.rules.decision import decide
from community_partners.words.verdict_json import verdict_json
from community_partners.words.verdict_terminal import show

URL = "https://github.com/project/partners/issues/7#issuecomment-1"
REASON = "Their foundation pays.\u202e [bold]x[/bold] ::error::x ##[group]"


def verdict() -> Verdict:
    paid = [payment(f"2026-{number}-01") for number in ("08", "09", "10", "11")]
    seen = evidence(sponsorship=answered(sponsorship(*paid, payer=payer(websites=()))))
    waiver = Waiver(criterion="payer", by="example-maintainer", reason=REASON, url=URL)
    return decide(application(), seen, program(), required(), "sha256:0", [waiver])


def test_in_json_it_stands_beside_what_was_found() -> None:
    text = verdict_json(verdict(), program())
    assert "##[" not in text
    found = json.loads(text)
    Draft202012Validator(json.loads(schema_file("verdict").read_text())).validate(found)
    waived = {one["criterion"]: (one["outcome"], one["waived"]) for one in found["findings"]}
    told = {"by": "example-maintainer", "reason": REASON, "url": URL}
    assert waived.pop("payer") == ("unknown", told)
    assert {one for _, one in waived.values()} == {None}
    assert found["decision"] == "eligible"


def test_on_a_terminal_it_stands_below_what_was_found() -> None:
    console = Console(file=io.StringIO(), width=200)
    show(verdict(), program(), console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    lines = shown.splitlines()
    [at] = [
        number for number, line in enumerate(lines) if line.split()[:3] == ["⚪", "waived", "Payer"]
    ]
    assert "A maintainer will check it." in lines[at]
    told = lines[at + 1].strip()
    assert told.startswith("By example-maintainer: Their foundation pays. [bold]x[/bold] :")
    assert "::" not in shown
    assert "##[" not in shown
    assert "\u202e" not in shown
