"""The files of contributions: their lines, where one ends, and what the ranking says of them."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import (
    accepted,
    answered,
    claimed,
    day,
    member,
    month,
    month_of_work,
    program,
    required,
)
from community_partners.checkout.files import changed, write
from community_partners.model.contribution import Acceptance, Account, Contribution
from community_partners.model.file import File, Packing
from community_partners.model.program import Agents, Program
from community_partners.model.ranking import ContributionFile, Ranking
from community_partners.month.contribution_files import LARGEST, ContributionFiles
from community_partners.rules.month_case import shared
from community_partners.rules.month_result import month_result
from month_builders import OCTOBER, act, basis, month_evidence, month_work, partner, ranking

TEAMS = (
    partner("acme", member("ada"), member("ben")),
    partner("acme-2", member("chi")),
    partner("globex", member("dan"), hidden=True),
    partner("quiet", member("eve")),
)
PROGRAM = program()
URLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ACTS = st.lists(
    st.builds(
        lambda on, who, kind, url: act(f"{on:%Y-%m-%d}", who, kind=kind, url=url),
        st.dates(day("2026-10-01"), day("2026-10-31")),
        st.sampled_from(["ada", "ben", "chi", "dan"]),
        st.sampled_from(["pull request", "review", "issue"]),
        URLS,
    ),
    max_size=25,
)


def written(
    acts: list[Contribution],
    largest: int = LARGEST,
    committed: tuple[ContributionFile, ...] = (),
    policy: Program = PROGRAM,
) -> tuple[Ranking, tuple[File, ...]]:
    seen = month_evidence(TEAMS, work=month_work(*acts))
    asked = {each.slug: required() for each in TEAMS}
    files = ContributionFiles(OCTOBER, committed, largest)
    ranking = month_result(TEAMS, shared(TEAMS, seen, policy), asked, {}, basis(), keep=files.add)
    return files.named_in(ranking)


def content(file: File) -> bytes:
    return (file.text or "").encode()


def lines(files: tuple[File, ...]) -> list[bytes]:
    return [line for file in files for line in content(file).splitlines(keepends=True)]


def test_a_line_is_a_point_with_its_address() -> None:
    ranking, [file] = written(
        [
            act("2026-10-09", "chi", kind="issue", url="https://a.example/3"),
            act("2026-10-07", "ben", kind="review", url='https://a.example/"ü"'),
            act("2026-10-03", "ben", url="https://a.example/1"),
        ]
    )
    assert file.path == "rankings/2026-10.contributions.jsonl"
    assert file.text == (
        '{"day":"2026-10-03","kind":"pull request","member":"ben","partner":"acme",'
        '"points":5,"url":"https://a.example/1"}\n'
        '{"day":"2026-10-07","kind":"review","member":"ben","partner":"acme",'
        '"points":2,"url":"https://a.example/\\"ü\\""}\n'
        '{"day":"2026-10-09","kind":"issue","member":"chi","partner":"acme-2",'
        '"points":1,"url":"https://a.example/3"}\n'
    )
    [named] = ranking.contributions
    assert (named.name, named.lines) == ("2026-10.contributions.jsonl", 3)


def test_a_claim_names_who_approved_it_and_a_row_of_an_export_its_source() -> None:
    by = Account(login="example-events")
    claims = [
        claimed("2026-10-03", "ben", url="https://a.example/1", accepted=Acceptance(by=by)),
        claimed(
            *("2026-10-04", "ben"),
            url="https://a.example/2",
            accepted=Acceptance(by=by, source="Savannah"),
        ),
    ]
    files = ContributionFiles(OCTOBER)
    asked = {each.slug: required() for each in TEAMS}
    seen = month_evidence(
        TEAMS, work=month_work(), claims=answered((month_of_work(OCTOBER, *claims),))
    )
    month_result(TEAMS, shared(TEAMS, seen, program()), asked, {}, basis(), keep=files.add)
    _, [file] = files.named_in(ranking())
    assert file.text == (
        '{"approved_by":"example-events","day":"2026-10-03","kind":"event","member":"ben",'
        '"partner":"acme","points":10,"url":"https://a.example/1"}\n'
        '{"day":"2026-10-04","kind":"event","member":"ben","partner":"acme","points":10,'
        '"source":"Savannah","url":"https://a.example/2"}\n'
    )


def test_a_line_names_the_agent_that_did_it() -> None:
    agent = Account(login="copilot-swe-agent", id=198982749, bot=True)
    known = accepted("pull request", agent=agent)
    unknown = replace(known, asked=False)
    counted = replace(PROGRAM.contribution, agents=Agents.REQUESTER)
    [own, other] = map(
        json.loads,
        lines(
            written(
                [
                    act("2026-10-03", "ben", url="https://a.example/1", accepted=known),
                    act("2026-10-04", "ben", url="https://a.example/2", accepted=unknown),
                ],
                policy=replace(PROGRAM, contribution=counted),
            )[1]
        ),
    )
    assert (own["agent"], own["points"]) == (agent.login, 5)
    assert (other["agent"], other["points"]) == (agent.login, 0)
    assert other["not_counted"].endswith("GitHub does not say who asked for it")


def test_a_month_without_contributions_has_an_empty_file() -> None:
    ranking, [file] = written([])
    assert (file.text, ranking.contributions[0].lines) == ("", 0)
    assert {one.contributions for one in ranking.partners} == {None}


@given(ACTS)
def test_the_lines_hold_exactly_the_points_of_the_ranking(acts: Any) -> None:
    ranking, files = written(acts)
    rows = [json.loads(line) for line in lines(files)]
    by_kind: Counter[tuple[str, str]] = Counter()
    by_member: Counter[tuple[str, str]] = Counter()
    for row in rows:
        by_kind[row["partner"], row["kind"]] += row["points"]
        by_member[row["partner"], row["member"]] += row["points"]
    assert +by_kind == {
        (one.slug, kind): points for one in ranking.partners for kind, points in one.by_kind.items()
    }
    assert +by_member == {
        (one.slug, each.github): each.points for one in ranking.partners for each in one.members
    }
    order = [(row["partner"], date.fromisoformat(row["day"]), row["url"]) for row in rows]
    assert order == sorted(order)


@given(ACTS, st.integers(1, 1000))
def test_files_have_at_most_their_size_and_keep_the_order(acts: Any, largest: int) -> None:
    ranking, files = written(acts, largest)
    whole, [one] = written(acts)
    assert "".join(file.text or "" for file in files) == one.text
    for file in files:
        assert len(content(file)) <= largest or len(lines((file,))) == 1
    assert [file.path for file in files] == [
        f"rankings/2026-10.contributions{'' if at == 0 else f'-{at + 1}'}.jsonl"
        for at in range(len(files))
    ]
    assert ranking.partners == whole.partners, "where a file ends is nothing of a partner"
    for named, file in zip(ranking.contributions, files, strict=True):
        assert file.path == f"rankings/{named.name}"
        assert named.sha256 == hashlib.sha256(content(file)).hexdigest()
        assert named.lines == len(lines((file,)))


@given(ACTS, ACTS, st.integers(1, 1000))
@example([], [act("2026-10-01", "ada", url="")] * 3, 1)
def test_no_file_of_a_committed_month_is_written_over(some: Any, others: Any, largest: int) -> None:
    committed, there = written(some, largest)
    corrected, files = written(others, largest, committed.contributions)
    texts = {one.path: one.text for one in there}
    assert all(texts.get(one.path, one.text) == one.text for one in files)
    assert len({one.path for one in files}) == len(files)
    again = written(others, largest, corrected.contributions)
    assert again[0].contributions == corrected.contributions


@given(ACTS, st.randoms())
def test_the_order_of_reading_changes_no_byte(acts: Any, shuffle: Any) -> None:
    unlike = list({(one.day, one.url): one for one in acts}.values())
    mixed = list(unlike)
    shuffle.shuffle(mixed)
    assert written(mixed) == written(unlike)


@given(ACTS)
def test_a_search_for_a_partner_gives_its_digest(acts: Any) -> None:
    ranking, files = written(acts)
    for one in ranking.partners:
        own = b"".join(line for line in lines(files) if f'"partner":"{one.slug}"'.encode() in line)
        digest = f"sha256:{hashlib.sha256(own).hexdigest()[:16]}" if own else None
        assert one.contributions == digest


@pytest.mark.parametrize("text", ["", "a line\n", "ü" * 100_000, "a line\n" * 500_000])
def test_a_packed_text_is_the_text(text: str, tmp_path: Path) -> None:
    packing = Packing()
    for at in range(0, len(text), 1000):
        packing.add(text[at : at + 1000].encode())
    packed = File(path="a/b", text=packing.end())
    assert packed.text == text
    assert packing.size == len(text.encode())
    for file in (packed, File(path="a/b", text=text)):
        assert changed(tmp_path, [file]) == (file,)
        write(tmp_path, [file])
        assert (tmp_path / "a/b").read_text("utf-8") == text
        assert changed(tmp_path, [packed, file]) == ()
        (tmp_path / "a/b").write_text(f"{text}more", "utf-8")
    write(tmp_path, [File(path="a/b", text=None)])
    assert changed(tmp_path, [File(path="a/b", text=None)]) == ()
    assert not (tmp_path / "a/b").exists()


def test_the_first_file_of_a_month_is_no_month() -> None:
    ranking, _ = written([])
    assert ranking.month == OCTOBER == month("2026-10")
    assert not ranking.contributions[0].name.endswith(".json")
