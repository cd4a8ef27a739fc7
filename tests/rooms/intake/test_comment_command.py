"""Which comments are commands, and what they ask for."""

import pytest

from builders import program
from community_partners.intake.comment_command import read_command
from community_partners.model.command import Command, Verb
from community_partners.rules.criteria import criteria_of

CRITERIA = criteria_of(program())


def waive(criterion: str | None = None, reason: str = "") -> Command:
    return Command(verb=Verb.WAIVE, criterion=criterion, reason=reason)


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("/help", Command(verb=Verb.HELP)),
        ("/recheck", Command(verb=Verb.RECHECK)),
        ("/recheck  \t", Command(verb=Verb.RECHECK)),
        ("   /ReCheck", Command(verb=Verb.RECHECK)),
        ("/recheck\r\nWe paid today.", Command(verb=Verb.RECHECK)),
        ("/waive payer They told us.", waive("payer", "They told us.")),
        ("/WAIVE PAYER They told us.\nAnd more.", waive("payer", "They told us.")),
        ("/waive\tpayer\tThey told us.", waive("payer", "They told us.")),
        ("/waive payer: they told us", waive("payer", "they told us")),
        ("/waive Regular contributions An event.", waive("contributions-regular", "An event.")),
        ("/waive contributions-regular An event.", waive("contributions-regular", "An event.")),
        ("/waive amount in each of 3 months Paid in June.", waive("amount", "Paid in June.")),
        ("/waive amount in each month", waive("amount", "in each month")),
        ("/waive Required amount", waive("required-amount")),
        ("/waive team /unwaive team", waive("team", "/unwaive team")),
        ("/waive", waive()),
        ("/waive payers They told us.", waive()),
        ("/waive payer\u2028/unwaive payer", waive("payer", "/unwaive payer")),
        ("/waive\npayer They told us.", waive()),
        ("/unwaive payer", Command(verb=Verb.UNWAIVE, criterion="payer")),
        ("/unwaive payer We saw.", Command(verb=Verb.UNWAIVE, criterion="payer", reason="We saw.")),
        ("/unwaive", Command(verb=Verb.UNWAIVE)),
    ],
)
def test_a_command_stands_on_the_first_line(body: str, asked: Command) -> None:
    assert read_command(body, CRITERIA) == asked


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n/recheck",
        "Please /recheck",
        "/recheck please",
        "/help me",
        "/ recheck",
        "//recheck",
        "/rechecks",
        "/waive-payer",
        "/close",
        "/home/user/file",
        "\\/recheck",
        "`/recheck`",
        "    /recheck",
        "\t/recheck",
        "> /recheck",
        "* /recheck",
        "```\n/recheck\n```",
        '<!-- community-partners {"kind": "help"} -->\n/recheck',
        "\u200b/recheck",
        "/recheck\u200b",
        "／recheck",
        "/ＨＥＬＰ",
        "/" * 100_000,
        "x" + " " * 100_000 + "/recheck",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_all_else_is_conversation(body: str) -> None:
    assert read_command(body, CRITERIA) is None
