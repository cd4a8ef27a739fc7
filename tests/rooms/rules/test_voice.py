"""Who speaks for a website, and whose the paying account is then."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TODAY,
    answered,
    application,
    evidence,
    payer,
    payment,
    program,
    required,
    sponsorship,
)
from community_partners.model.application import Platform
from community_partners.model.evidence import Answer, Evidence
from community_partners.model.spokesperson import HandedIn, Profile, Seated, Voucher
from community_partners.model.sponsorship import Payer, Sponsorship
from community_partners.model.verdict import Decision, Outcome, Verdict, Waiver
from community_partners.model.website_proof import Look, Obstacle, WebsiteSigns
from community_partners.rules.decision import decide, decision_of, judge
from community_partners.rules.payer_link import payer_link, usable_part
from community_partners.rules.voice import voice
from many_cases import many

ADA, BEN, EVE = 1, 2, 66
ACME = application(website="https://acme.example", github="acme")
PROFILE = Profile(
    id=9, login="acme", verified=True, website="https://www.acme.example/en", members=(ADA,)
)
HANDED_IN = HandedIn(
    author=ADA, thread="https://github.com/x/y/issues/7", code="abc", country=ACME.country.code
)
SHOWN, HIDDEN = Look(shown=True), Look(shown=False)
SILENT = Look(shown=None, obstacle=Obstacle.UNREACHABLE)
NOTHING = WebsiteSigns(page=HIDDEN, dns=HIDDEN, organization=HIDDEN, thread=HIDDEN)
PAID = [payment(f"2026-{month}-01") for month in ("08", "09", "10", "11")]


def seen(
    handed_in: HandedIn = HANDED_IN,
    profile: Profile | None = PROFILE,
    signs: WebsiteSigns = NOTHING,
    **fields: Any,
) -> Evidence:
    profiles: Answer[Profile | None] = answered(profile)
    told = {"handed_in": handed_in, "organization": profiles, "website": answered(signs)}
    return evidence(**{**told, **fields})


def verdict(found: Evidence, *waivers: Waiver, who: Any = ACME) -> Verdict:
    return decide(who, found, program(), required(), "sha256:0", waivers)


DECISIONS: dict[int, Decision] = {}


def decision(found: Evidence) -> Decision:
    """Random cases have many of these in common: each is decided once."""
    told = hash(repr(found))  # it has dicts, which have no hash
    if told not in DECISIONS:
        DECISIONS[told] = decision_of(judge(ACME, found, program(), required())[1])
    return DECISIONS[told]


def outcome(found: Evidence, criterion: str, who: Any = ACME) -> Outcome:
    return next(
        one.outcome for one in verdict(found, who=who).findings if one.criterion == criterion
    )


MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("why", "fields", "expected"),
    [
        ("badge, website and membership", {}, MET),
        ("no badge", {"profile": replace(PROFILE, verified=False)}, NOT_MET),
        ("another website", {"profile": replace(PROFILE, website="https://a.example")}, NOT_MET),
        ("no website", {"profile": replace(PROFILE, website=None)}, NOT_MET),
        ("not a public member", {"profile": replace(PROFILE, members=(BEN,))}, NOT_MET),
        ("too many members", {"profile": replace(PROFILE, members=None)}, NOT_MET),
        ("the program's own", {"profile": replace(PROFILE, login="Project")}, NOT_MET),
        ("no such organization", {"profile": None}, NOT_MET),
        (
            "no badge, but the website names it",
            {
                "profile": replace(PROFILE, verified=False, website=None),
                "signs": replace(NOTHING, organization=SHOWN),
            },
            MET,
        ),
        ("the page", {"profile": None, "signs": replace(NOTHING, page=SHOWN)}, MET),
        ("the domain", {"profile": None, "signs": replace(NOTHING, dns=SHOWN)}, MET),
        ("a link to the thread", {"profile": None, "signs": replace(NOTHING, thread=SHOWN)}, MET),
        ("a hint", {"profile": None, "signs": replace(NOTHING, plain_links=("x",))}, NOT_MET),
        ("silence", {"profile": None, "signs": replace(NOTHING, page=SILENT)}, UNKNOWN),
        (
            "silence, and the domain shows it",
            {"profile": None, "signs": replace(NOTHING, page=SILENT, dns=SHOWN)},
            MET,
        ),
        (
            "an author whom GitHub does not show",
            {"handed_in": replace(HANDED_IN, author=None, code=None)},
            UNKNOWN,
        ),
        (
            "a member vouches",
            {
                "profile": replace(PROFILE, members=(BEN,)),
                "handed_in": replace(
                    HANDED_IN, author=EVE, vouchers=(Voucher(id=BEN, login="ben", url="x"),)
                ),
            },
            MET,
        ),
        (
            "a stranger vouches",
            {
                "handed_in": replace(
                    HANDED_IN, author=EVE, vouchers=(Voucher(id=EVE, login="eve", url="x"),)
                )
            },
            NOT_MET,
        ),
        ("who may change the record", {"handed_in": replace(HANDED_IN, goes_on=True)}, MET),
    ],
)
def test_who_speaks(why: str, fields: dict[str, Any], expected: Outcome) -> None:
    assert outcome(seen(**fields), "spokesperson") is expected, why


def test_a_file_on_disk_is_nobodys_to_speak_for() -> None:
    found = verdict(evidence())
    assert "spokesperson" not in {one.criterion for one in found.findings}
    assert found.decision is Decision.ELIGIBLE


def test_a_waiver_is_a_maintainers_vouch() -> None:
    given_ = Waiver(criterion="spokesperson", by="maintainer", reason="Known.", url="x")
    nobody = seen(replace(HANDED_IN, vouched=True), profile=None)
    assert verdict(nobody, given_).decision is Decision.ELIGIBLE
    assert verdict(nobody).decision is Decision.NOT_YET


OF_ACME = {"websites": (), "github": ("acme",)}


@pytest.mark.parametrize(
    ("why", "platform", "fields", "profile", "expected"),
    [
        ("its organization", Platform.OPEN_COLLECTIVE, OF_ACME, PROFILE, MET),
        ("not shown", Platform.OPEN_COLLECTIVE, OF_ACME, replace(PROFILE, verified=False), UNKNOWN),
        ("the organization itself", Platform.GITHUB_SPONSORS, OF_ACME, PROFILE, MET),
        (
            "itself, with another website",
            Platform.GITHUB_SPONSORS,
            {**OF_ACME, "websites": ("https://a.example",)},
            PROFILE,
            MET,
        ),
        (
            "another organization",
            Platform.GITHUB_SPONSORS,
            {"websites": (), "github": ("other",)},
            PROFILE,
            UNKNOWN,
        ),
        (
            "a person's",
            Platform.OPEN_COLLECTIVE,
            {**OF_ACME, "organization": False},
            PROFILE,
            UNKNOWN,
        ),
    ],
)
def test_whose_account_pays(
    why: str, platform: Platform, fields: dict[str, Any], profile: Profile, expected: Outcome
) -> None:
    told = answered(sponsorship(*PAID, platform=platform, payer=payer(**fields)))
    signs = replace(NOTHING, page=SHOWN)
    found = seen(profile=profile, signs=signs, sponsorship=told)
    assert outcome(found, "payer", replace(ACME, platform=platform)) is expected, why


@pytest.mark.parametrize(
    ("profile", "usable"),
    [
        (PROFILE, True),
        (replace(PROFILE, verified=False), True),
        (replace(PROFILE, website=None), False),
        (replace(PROFILE, website="https://victim.example"), False),
    ],
)
def test_ones_own_website_cannot_name_anothers_account_as_ones_own(
    profile: Profile, *, usable: bool
) -> None:
    """Whoever owns a website links to whom they like: the organization has to name it, too."""
    told = sponsorship(
        *PAID, platform=Platform.GITHUB_SPONSORS, payer=payer(**OF_ACME), public=False
    )
    signs = replace(NOTHING, page=SHOWN, organization=SHOWN)
    found = seen(profile=profile, signs=signs, sponsorship=answered(told))
    here = replace(ACME, platform=Platform.GITHUB_SPONSORS)
    assert outcome(found, "spokesperson", here) is MET
    assert outcome(found, "payer", here) is (MET if usable else UNKNOWN)
    assert outcome(found, "amount", here) is (MET if usable else UNKNOWN)


LOOKS = st.sampled_from([SHOWN, HIDDEN, SILENT, None])
SIGNS = st.builds(WebsiteSigns, page=LOOKS, dns=LOOKS, organization=LOOKS, thread=LOOKS)
PROFILES = st.none() | st.builds(
    Profile,
    id=st.just(9),
    login=st.sampled_from(["acme", "project"]),
    verified=st.booleans(),
    website=st.sampled_from([None, "https://acme.example", "https://a.example"]),
    members=st.none() | st.lists(st.sampled_from([ADA, BEN]), unique=True).map(tuple),
)
VOUCHERS = st.lists(
    st.sampled_from([ADA, BEN, EVE]).map(lambda one: Voucher(id=one, login=f"u{one}", url="x"))
)
SEATED = st.builds(
    Seated,
    id=st.sampled_from([ADA, BEN, EVE]),
    on=st.just(TODAY),
    comment=st.just(10),
    leaves=st.booleans(),
)
HANDS = st.builds(
    HandedIn,
    author=st.sampled_from([ADA, BEN, EVE, None]),
    thread=st.just("https://github.com/x/y/issues/7"),
    code=st.sampled_from(["abc", None]),
    vouchers=VOUCHERS.map(tuple),
    seated=st.lists(SEATED).map(tuple),
    vouched=st.booleans(),
    payer_known=st.booleans(),
    goes_on=st.booleans(),
    country=st.just(ACME.country.code),
)


def leaving(number: int) -> Seated:
    return Seated(id=number, on=TODAY, comment=11, leaves=True)


RANKS = [Decision.NOT_YET, Decision.NEEDS_REVIEW, Decision.ELIGIBLE]


def without_one(found: Evidence) -> list[Evidence]:
    """The evidence without one of its proofs, for each proof."""
    handed_in, signs = found.handed_in, found.website and found.website.value
    assert handed_in
    assert signs
    profile = found.organization.value if found.organization else None
    fewer = [
        replace(handed_in, vouched=False),
        replace(handed_in, goes_on=False),
        replace(handed_in, vouchers=handed_in.vouchers[1:]),
        replace(handed_in, author=EVE),
        *(
            replace(handed_in, seated=(*handed_in.seated[:at], *handed_in.seated[at + 1 :]))
            for at, one in enumerate(handed_in.seated)
            if not one.leaves
        ),
        *(
            replace(
                handed_in,
                seated=(*handed_in.seated, Seated(id=one, on=TODAY, comment=11, leaves=True)),
            )
            for one in (ADA, BEN)
        ),
    ]
    looks = ("page", "dns", "organization", "thread")
    shown = [name for name in looks if getattr(signs, name) == SHOWN]
    hiding: list[dict[str, Any]] = [{name: HIDDEN} for name in shown]
    less = [replace(signs, **one) for one in hiding]
    hidden = [None, *([replace(profile, verified=False, members=())] if profile else [])]
    return [
        *(replace(found, handed_in=one) for one in fewer),
        *(replace(found, website=answered(one)) for one in less),
        *(replace(found, organization=answered(one)) for one in hidden),
    ]


@settings(max_examples=many(1_000))
@given(HANDS, PROFILES, SIGNS, st.randoms(use_true_random=False))
def test_taking_a_proof_away_never_makes_a_verdict_better(
    handed_in: HandedIn, profile: Profile | None, signs: WebsiteSigns, chance: Random
) -> None:
    """A few of its proofs, each alone: more cases find more than all proofs of each case."""
    found = seen(handed_in, profile, signs)
    rank = RANKS.index(decision(found))
    fewer = without_one(found)
    for less in chance.sample(fewer, min(4, len(fewer))):
        assert RANKS.index(decision(less)) <= rank, less


PAYERS = st.builds(
    payer,
    organization=st.booleans(),
    websites=st.sampled_from([(), ("https://acme.example",), ("https://a.example",)]),
    github=st.sampled_from([(), ("acme",), ("jane",)]),
)
AMOUNTS = st.lists(st.sampled_from(["USD 7", "USD 71", "USD 100", "USD 171"]), max_size=4)


def private(account: Payer, amounts: list[str]) -> Sponsorship:
    paid = [payment(f"2026-{at:02}-01", one) for at, one in enumerate(amounts, 8)]
    return sponsorship(
        *paid, platform=Platform.GITHUB_SPONSORS, payer=account, public=False, orders=()
    )


@settings(max_examples=many(1_000))
@given(HANDS, PROFILES, SIGNS, PAYERS, st.tuples(AMOUNTS, AMOUNTS), st.booleans())
def test_nothing_depends_on_private_payments_before_they_are_the_applicants(
    handed_in: HandedIn,
    profile: Profile | None,
    signs: WebsiteSigns,
    account: Payer,
    paid: tuple[list[str], list[str]],
    moved: bool,
) -> None:
    """Whatever was paid: what the criteria see is the same."""
    handed_in = replace(handed_in, country="JPN" if moved else "USA")
    here = replace(ACME, platform=Platform.GITHUB_SPONSORS)
    profiles: Answer[Profile | None] = answered(profile)
    heard = voice(here, handed_in, profiles, answered(signs), program())
    mine = account.organization and payer_link(account, here, heard.owner) is not None
    kept = [usable_part(private(account, amounts), here, heard) for amounts in paid]
    if heard.is_heard and not moved and (mine or handed_in.payer_known):
        assert kept == [private(account, amounts) for amounts in paid]
        return
    assert kept[0] == kept[1]
    assert all(one.payments is None for one in kept)
