"""What each month rests on, and the files that come of it."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from builders import answered, contribution_policy, day, failed, month, program
from community_partners.checkout.files import write
from community_partners.errors import UserError
from community_partners.evidence.of_months import Asked
from community_partners.intake.ranking_files import (
    committed_months,
    contributions_on_disk,
    read_ranking,
    refuse_damaged,
)
from community_partners.model.contribution import MonthOfWork
from community_partners.model.evidence import MonthEvidence
from community_partners.model.month import Month
from community_partners.model.partner import Partner
from community_partners.model.partner_pages import PartnerPages
from community_partners.model.problem import Place, Problem
from community_partners.month.compute import MonthDone, files_of, run_months
from community_partners.month.handed_on import read_months, write_months
from community_partners.rules.months_to_run import months_to_run
from month_builders import OCTOBER, act, faithful, month_evidence, month_work, partner

TODAY = day("2026-11-24")


ACME, LATER = partner("acme"), partner("later", accepted=day("2026-10-15"))
PARTNERS = (ACME, LATER)


def evidence_of(at: Month) -> MonthEvidence:
    """Both paid; Acme's member did two pull requests and Later's one, of one window."""
    here = [one for one in PARTNERS if one.accepted <= at.last_day]
    acts = [act(f"{at}-03", "acme-1"), act(f"{at}-04", "acme-1"), act(f"{at}-05", "later-1")]
    return month_evidence(
        here,
        month=at,
        work=month_work(*acts, last=at),
        sponsorships={one.slug: answered(faithful(one.slug)) for one in here},
    )


class Sources:
    """Stands where the platforms are asked: gives what is known of each month, or a silence."""

    def __init__(self, *silent: str) -> None:
        self.silent, self.asked = silent, [""]

    def __call__(self, asked: Asked) -> Mapping[Month, MonthEvidence]:
        self.asked = [str(one) for one in asked]
        assert all(set(asked[one]) == set(evidence_of(one).sponsorships) for one in asked)
        return {one: self._of(one) for one in asked}

    def _of(self, at: Month) -> MonthEvidence:
        found = evidence_of(at)
        if str(at) not in self.silent:
            return found
        silence = failed("GitHub did not answer.", "GitHub")
        return replace(found, work=dict.fromkeys(found.work, silence))


def run(
    root: Path, *months: str, sources: Sources | None = None, on: date = TODAY
) -> tuple[MonthDone, ...]:
    done = run_months(
        [month(one) for one in months],
        PARTNERS,
        program(),
        root,
        sources or Sources(),
        on,
        anew=True,
    )
    write(root, files_of(done, PARTNERS, root, program(), PartnerPages()))
    return done


def ranks(done: MonthDone) -> dict[str, tuple[int | None, int | None, str]]:
    return {
        one.slug: (one.rank, one.movement, one.standing.standing) for one in done.ranking.partners
    }


def content(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "rankings").iterdir()}


def test_each_month_rests_on_the_one_before(tmp_path: Path) -> None:
    """Ten points a month are enough for it and not for forty in three: a step in each month."""
    first, second, third = run(tmp_path, "2026-08", "2026-09", "2026-10")
    assert ranks(first) == {"acme": (1, None, "at risk")}
    assert ranks(second) == {"acme": (1, 0, "at risk")}
    assert ranks(third) == {"acme": (None, None, "suspended"), "later": (1, None, "active")}
    assert (first.before, second.before) == (None, first.ranking)
    assert [one.known for one in (first, second, third)] == [None, None, None]


def test_a_history_in_one_go_is_the_same_as_month_by_month(tmp_path: Path) -> None:
    together, one_by_one = tmp_path / "a", tmp_path / "b"
    run(together, "2026-08", "2026-09", "2026-10")
    for one in ("2026-08", "2026-09", "2026-10"):
        run(one_by_one, one)
    assert content(together) == content(one_by_one)


def test_what_a_list_says_and_nobody_can_take_is_handed_on(tmp_path: Path) -> None:
    """That of the month itself, to the job that writes the digest."""
    place = Place(document="project/core/.all-contributorsrc of 2026-10-05", field="contributors")
    problem = Problem(place=place, message="This is no list.", remedy="Write a list of people.")

    class Lists(Sources):
        def __init__(self, before: int, here: int) -> None:
            super().__init__()
            self.before, self.here = before, here

        def _of(self, at: Month) -> MonthEvidence:
            claims = [
                MonthOfWork(month=one, contributions=(), left_out=(problem,) * number)
                for one, number in ((at - 1, self.before), (at, self.here))
            ]
            return replace(super()._of(at), claims=answered(tuple(claims)))

    done = run(tmp_path / "root", "2026-10", sources=Lists(2, 1))
    assert done[0].left_out == (problem,)
    [plain] = run(tmp_path / "plain", "2026-10", sources=Lists(0, 0))
    assert plain.ranking == done[0].ranking, "the digest of the evidence is of facts alone"
    told = program(), PARTNERS, tmp_path / "plain"
    write_months(done, tmp_path / "handed", *told)
    [read] = read_months(tmp_path / "handed", *told, TODAY)
    assert read.left_out == (problem,)


def test_again_is_the_same_bytes_whenever_it_is(tmp_path: Path) -> None:
    run(tmp_path, "2026-09", "2026-10")
    before = content(tmp_path)
    [done] = run(tmp_path, "2026-10", on=day("2026-12-09"))
    assert content(tmp_path) == before
    assert done.known == done.ranking


def test_a_committed_month_that_differs_is_corrected_and_says_so(tmp_path: Path) -> None:
    run(tmp_path, "2026-10")
    path = tmp_path / "rankings" / "2026-10.json"
    data = json.loads(path.read_text())
    data["partners"][0]["rank"] = 2
    path.write_text(json.dumps(data))
    [done] = run(tmp_path, "2026-10")
    [correction] = done.ranking.corrections
    assert correction.day == TODAY
    assert correction.changes == ("acme: rank 1 instead of 2.",)
    assert read_ranking(tmp_path, OCTOBER) == done.ranking
    assert "Corrected on 24 November 2026: acme: rank 1 instead of 2." in (
        tmp_path / "rankings" / "README.md"
    ).read_text("utf-8")


def test_a_gap_is_refused_with_the_command_that_fills_it(tmp_path: Path) -> None:
    run(tmp_path, "2026-07")
    sources = Sources()
    with pytest.raises(UserError, match=r"2026-09.json is missing.*--from 2026-08"):
        run(tmp_path, "2026-10", sources=sources)
    assert sources.asked == [""], "nobody was asked in vain"


def test_a_month_before_all_others_needs_none_before_it(tmp_path: Path) -> None:
    run(tmp_path, "2026-09")
    [done] = run(tmp_path, "2026-07")
    assert done.before is None
    page = (tmp_path / "rankings" / "README.md").read_text("utf-8")
    assert "September 2026" in page.splitlines()[0], "the page stays with the latest"
    assert "- [July 2026](../rankings/2026-07.json)" in page


def test_one_silent_source_and_nothing_of_any_month_is_written(tmp_path: Path) -> None:
    run(tmp_path, "2026-07")
    before = content(tmp_path)
    with pytest.raises(
        UserError, match=r"September 2026 cannot be ranked yet.*GitHub did not answer"
    ):
        run(tmp_path, "2026-08", "2026-09", "2026-10", sources=Sources("2026-09"))
    assert content(tmp_path) == before
    known = committed_months(tmp_path)
    missing = months_to_run(None, None, None, known, TODAY, preview=False)
    run(tmp_path, *map(str, missing))
    assert sorted(content(tmp_path)) == [
        *(
            f"2026-{one}.{end}"
            for one in ("07", "08", "09", "10")
            for end in ("contributions.jsonl", "json", "repositories.json")
        ),
        "README.md",
    ]


def test_the_partners_of_a_month_are_those_accepted_by_its_end(tmp_path: Path) -> None:
    sources = Sources()
    first, second = run(tmp_path, "2026-09", "2026-10", sources=sources)
    assert sources.asked == ["2026-09", "2026-10"]
    found = [[one.slug for one in done.ranking.partners] for done in (first, second)]
    assert [sorted(one) for one in found] == [["acme"], ["acme", "later"]]


def test_the_basis_changes_with_what_it_is_computed_from(tmp_path: Path) -> None:
    [done] = run(tmp_path, "2026-10")
    here: tuple[Partner, ...] = (replace(ACME, issue=12), LATER)
    [other] = run_months([OCTOBER], here, program(), tmp_path, Sources(), TODAY, anew=True)
    assert other.ranking == done.ranking, "another basis is no difference: the old one stands"
    assert done.ranking.basis.records != done.ranking.basis.evidence


def test_another_policy_does_not_judge_a_committed_month_unless_a_person_asks(
    tmp_path: Path,
) -> None:
    [done] = run(tmp_path, "2026-10")
    harder = replace(program(), contribution=contribution_policy(points_each_month=1000))
    given = ([OCTOBER], PARTNERS, harder, tmp_path, Sources(), TODAY)
    [kept] = run_months(*given, anew=False)
    assert (kept.ranking, kept.corrected) == (done.ranking, False)
    [anew] = run_months(*given, anew=True)
    assert anew.corrected
    assert anew.ranking.corrections[0].changes[0] == "changed since: program.yml."


CONTRIBUTIONS = Path("rankings", "2026-10.contributions.jsonl")


class Others(Sources):
    """The same points as ever, but from other pull requests of Acme's."""

    def _of(self, at: Month) -> MonthEvidence:
        found = evidence_of(at)
        acts = [act(f"{at}-03", "acme-1", 9), act(f"{at}-04", "acme-1"), act(f"{at}-05", "later-1")]
        return replace(found, work=month_work(*acts, last=at))


def test_other_contributions_with_the_same_points_are_a_correction(tmp_path: Path) -> None:
    run(tmp_path, "2026-10")
    before = (tmp_path / CONTRIBUTIONS).read_text("utf-8")
    [done] = run(tmp_path, "2026-10", sources=Others())
    [correction] = done.ranking.corrections
    assert correction.changes == (
        "changed since: what the sources say.",
        "acme: the same points from other contributions.",
    )
    [file] = done.ranking.contributions
    assert file.name == "2026-10.contributions-2.jsonl"
    assert not (tmp_path / CONTRIBUTIONS).exists()
    after = (tmp_path / "rankings" / file.name).read_text("utf-8")
    assert after == before.replace("2026-10-03-acme-1-0", "2026-10-03-acme-1-9")
    refuse_damaged(tmp_path, done.ranking)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(("damage", "told"), [(cut, "is not the file"), (Path.unlink, "No such")])
def test_a_damaged_file_of_contributions_stops_the_month_that_rests_on_it(
    tmp_path: Path, damage: Callable[[Path], object], told: str
) -> None:
    run(tmp_path, "2026-10")
    damage(tmp_path / CONTRIBUTIONS)
    before = content(tmp_path)
    with pytest.raises(UserError, match=told) as found:
        run(tmp_path, "2026-11", on=day("2026-12-28"))
    assert str(tmp_path / CONTRIBUTIONS) in str(found.value)
    assert "Restore it from git" in str(found.value)
    assert "`partners month 2026-10`" in str(found.value)
    assert content(tmp_path) == before


@pytest.mark.parametrize("damage", [cut, Path.unlink])
def test_a_month_computed_again_mends_its_files(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    run(tmp_path, "2026-10")
    before = content(tmp_path)
    damage(tmp_path / CONTRIBUTIONS)
    run(tmp_path, "2026-10")
    assert content(tmp_path) == before


def test_lines_that_git_ended_as_windows_does_are_no_damage(tmp_path: Path) -> None:
    run(tmp_path, "2026-09")
    for path in (tmp_path / "rankings").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    [october] = run(tmp_path, "2026-10")
    assert october.before is not None
    path = tmp_path / "rankings/2026-09.contributions.jsonl"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r\r\n"))
    with pytest.raises(UserError, match="is not the file that"):
        run(tmp_path, "2026-10")


def test_a_month_that_stays_under_another_policy_has_whole_files(tmp_path: Path) -> None:
    run(tmp_path, "2026-10")
    harder = replace(program(), contribution=contribution_policy(points={"pull request": 50}))
    given = ([OCTOBER], PARTNERS, harder, tmp_path, Sources(), TODAY)
    before = content(tmp_path)
    files = files_of(run_months(*given, anew=False), PARTNERS, tmp_path, harder, PartnerPages())
    assert not [one for one in files if one.path.endswith(".jsonl")]
    cut(tmp_path / CONTRIBUTIONS)
    with pytest.raises(UserError, match="is not the file"):
        run_months(*given, anew=False)
    write(
        tmp_path,
        files_of(run_months(*given, anew=True), PARTNERS, tmp_path, harder, PartnerPages()),
    )
    assert content(tmp_path) != before


def test_files_that_a_month_no_longer_has_are_removed(tmp_path: Path) -> None:
    run(tmp_path, "2026-10")
    kept = ("2026-10.contributions-notes.jsonl", "2026-09.contributions-2.jsonl", "2026-10.csv")
    for name in (*kept, "2026-10.contributions-2.jsonl", "2026-10.contributions-11.jsonl"):
        (tmp_path / "rankings" / name).write_text("{}\n")
    before = set(content(tmp_path))
    run(tmp_path, "2026-10")
    assert before - set(content(tmp_path)) == {
        "2026-10.contributions-2.jsonl",
        "2026-10.contributions-11.jsonl",
    }


def test_contributions_come_first_and_the_ranking_last(tmp_path: Path) -> None:
    done = run_months(
        [month("2026-09"), OCTOBER], PARTNERS, program(), tmp_path, Sources(), TODAY, anew=True
    )
    paths = [one.path for one in files_of(done, PARTNERS, tmp_path, program(), PartnerPages())]
    assert paths[:2] == [f"rankings/2026-{one}.contributions.jsonl" for one in ("09", "10")]
    assert paths[-2:] == ["rankings/2026-09.json", "rankings/2026-10.json"]


def whole_months(root: Path) -> None:
    """Each committed month has the files that it names."""
    for at in committed_months(root):
        ranking = read_ranking(root, at)
        assert ranking
        refuse_damaged(root, ranking)


@pytest.mark.parametrize("sources", [Sources(), Others()], ids=["first run", "correction"])
def test_cut_off_anywhere_each_month_is_whole(tmp_path: Path, sources: Sources) -> None:
    """A run of the same month ends at the same files, and the next month can rest on this one."""
    start, end = tmp_path / "start", tmp_path / "end"
    run(start, "2026-09")
    if isinstance(sources, Others):
        run(start, "2026-10")
    given = ([OCTOBER], PARTNERS, program(), start, sources, TODAY)
    files = files_of(run_months(*given, anew=True), PARTNERS, start, program(), PartnerPages())
    shutil.copytree(start, end)
    write(end, files)
    for written in range(len(files) + 1):
        again, later = tmp_path / f"again-{written}", tmp_path / f"later-{written}"
        shutil.copytree(start, again)
        write(again, files[:written])
        whole_months(again)
        shutil.copytree(again, later)
        run(again, "2026-10", sources=sources)
        assert content(again) == content(end)
        missing = months_to_run(
            *(None, None, None), committed_months(later), day("2026-12-28"), preview=False
        )
        run(later, *map(str, missing), sources=sources, on=day("2026-12-28"))
        whole_months(later)
        october = read_ranking(later, OCTOBER)
        assert october
        names = {one.name for one in october.contributions}
        assert contributions_on_disk(later, OCTOBER) == names, "nothing is left over"
