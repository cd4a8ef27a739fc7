"""Who speaks for a website: what the form, the thread and the website show of it, and no more."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from acme import make_eligible
from community_partners.model.website_proof import code_for
from fakes.github_store import number_of
from fakes.sponsors import Sponsors
from fakes.websites import World, html
from program_folder import REPOSITORY, ProgramFolder, body, headline

APPLICANT = "example-applicant"
THREAD = f"https://github.com/{REPOSITORY}/issues/7"
ELIGIBLE = "### Eligible: Acme GmbH meets all criteria"
NOT_YET = "### Not yet: Acme GmbH could be eligible as soon as this is shown"


class Site:
    """Acme's application and Acme's website; nobody is shown to speak for it yet."""

    def __init__(self, folder: ProgramFolder, web: World) -> None:
        self.folder, self.web, self.github = folder, web, folder.github
        make_eligible(folder.github, folder.open_collective)
        self.github.organization("acme")
        folder.amend("contribution:\n", "contribution:\n  confirmation: advised\n")
        self.shows()

    @property
    def code(self) -> str:
        """The code of the applicant in this thread."""
        program = self.github.rest.repository(REPOSITORY).number
        return code_for(program, "thread 7", number_of(APPLICANT))

    def shows(self, head: str = "", text: str = "") -> None:
        self.web.site.pages["acme.example/"] = html(head, text)

    def judged(self, **answers: str) -> str:
        """The comment on the form with these answers."""
        ran = self.folder.review(self.folder.issue(body(**answers), "edited"))
        assert ran.code == 0, ran.err
        return self.folder.comments[0].partition("\n")[2]

    def headline(self, **answers: str) -> str:
        return headline(self.judged(**answers))

    def says(self, login: str, text: str) -> str:
        """The headline of the verdict after this comment."""
        ran = self.folder.say(login, text)
        assert ran.code == 0, ran.err
        return headline(self.folder.comments[0])


@pytest.fixture
def site(program_folder: ProgramFolder, world: World, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(
        "community_partners.commands.wiring._web", lambda meter: replace(world.web, meter=meter)
    )
    return Site(program_folder, world)


def test_without_a_proof_it_is_not_yet_with_the_ways_and_the_code(site: Site) -> None:
    text = site.judged()
    assert headline(text) == NOT_YET
    assert "❌ | Spokesperson | Nobody is shown to speak for acme.example yet." in text
    assert f'`<meta name="community-partner" content="{site.code}">`' in text
    assert f'`<link rel="me" href="{THREAD}">`' in text
    assert f"`_community-partner.acme.example TXT {site.code}`" in text
    assert "Or ask a maintainer who knows you to comment /vouch with the reason." in text


def test_who_names_no_organization_is_told_first_that_it_may_be_enough(site: Site) -> None:
    text = site.judged(github="")
    ways = text.partition("Spokesperson: One of these is enough")[2]
    first = ways.split("   * ")[1]
    assert first.startswith("Enter your GitHub organization in the application")


def test_the_code_in_the_head_of_the_page_is_a_proof(site: Site) -> None:
    assert site.headline() == NOT_YET
    site.shows(f'<meta name="community-partner" content="{site.code}">')
    assert site.headline() == ELIGIBLE
    site.shows()
    assert site.headline() == NOT_YET


def test_so_is_the_record_in_dns(site: Site) -> None:
    site.web.dns.records["_community-partner.acme.example", "TXT"] = [site.code]
    assert site.headline() == ELIGIBLE


def test_so_is_a_link_to_the_thread_as_ones_own(site: Site) -> None:
    site.shows(f'<link rel="me" href="{THREAD}">')
    assert site.headline() == ELIGIBLE


@pytest.mark.parametrize("page", ["/de", "/?utm_source=x", "/DE/"])
def test_the_page_that_is_looked_at_is_the_one_that_is_compared(site: Site, page: str) -> None:
    """Else a page below would speak for all of a host."""
    site.web.site.pages[f"acme.example{page}"] = html(
        f'<meta name="community-partner" content="{site.code}">'
    )
    assert site.headline(website=f"https://acme.example{page}") == NOT_YET
    site.shows(f'<meta name="community-partner" content="{site.code}">')
    assert site.headline(website=f"https://acme.example{page}") == ELIGIBLE


def test_a_plain_link_or_a_tag_in_the_body_is_none(site: Site) -> None:
    """Strangers can write into many pages."""
    tag = f'<meta name="community-partner" content="{site.code}">'
    site.shows("", f'<a href="{THREAD}">A thread</a>{tag}')
    assert site.headline() == NOT_YET


def test_the_code_of_another_author_is_none(site: Site) -> None:
    program = site.github.rest.repository(REPOSITORY).number
    other = code_for(program, "thread 7", number_of("example-stranger"))
    site.shows(f'<meta name="community-partner" content="{other}">')
    assert site.headline() == NOT_YET


def badge(site: Site) -> None:
    site.github.spokesperson()


def own_link(site: Site) -> None:
    """The website names the organization, which has no badge."""
    site.shows('<a rel="me" href="https://github.com/acme">GitHub</a>')
    site.github.organization("acme", members=[APPLICANT])


@pytest.mark.parametrize("proof", [badge, own_link])
def test_a_public_member_of_the_organization_speaks_for_it(
    site: Site, proof: Callable[[Site], None]
) -> None:
    proof(site)
    text = site.judged()
    assert headline(text) == ELIGIBLE
    who = "The author is a public member of acme on GitHub, and so speaks for acme.example."
    assert f"✅ | Spokesperson | {who}" in text


def test_with_the_badge_the_website_is_not_asked(site: Site) -> None:
    site.github.spokesperson()
    assert site.headline() == ELIGIBLE
    assert (site.web.asked(), site.web.dns.asked) == ([], [])


@pytest.mark.parametrize(
    "fields",
    [
        {"isVerified": False, "websiteUrl": "https://acme.example"},
        {"isVerified": True, "websiteUrl": "https://other.example"},
        {"isVerified": True, "websiteUrl": None},
    ],
)
def test_an_organization_that_only_says_so_proves_nothing(
    site: Site, fields: dict[str, object]
) -> None:
    site.github.organization("acme", members=[APPLICANT], **fields)
    assert site.headline() == NOT_YET


def test_one_that_anybody_may_join_proves_nothing_by_its_members(site: Site) -> None:
    many = [APPLICANT, *(f"example-user-{number}" for number in range(100, 200))]
    website = "https://acme.example"
    site.github.organization("acme", members=many, isVerified=True, websiteUrl=website)
    assert site.headline() == NOT_YET


def test_nor_does_the_programs_own(site: Site) -> None:
    website = "https://acme.example"
    site.github.organization("project", members=[APPLICANT], isVerified=True, websiteUrl=website)
    assert site.headline(github="project") == NOT_YET


def test_the_way_that_is_open_comes_first(site: Site) -> None:
    site.github.spokesperson("example-marketing")
    steps = site.judged().partition("**What to do next**")[2]
    first = next(line for line in steps.splitlines() if line.startswith("   * "))
    assert "Make your membership of acme public" in first
    assert first.endswith("`https://github.com/orgs/acme/people`")


def test_a_public_member_vouches(site: Site) -> None:
    site.github.spokesperson("example-marketing")
    assert site.headline() == NOT_YET
    assert site.says("example-stranger", "/vouch") == NOT_YET
    assert site.says("example-marketing", "/vouch") == ELIGIBLE
    vouched = "example-marketing, a public member of acme on GitHub, vouches for it"
    assert vouched in site.folder.comments[0]


def test_a_comment_that_somebody_else_has_edited_vouches_for_nothing(site: Site) -> None:
    site.github.spokesperson("example-marketing")
    site.judged()
    known = site.github.rest.repository(REPOSITORY)
    event = site.folder.comment("example-marketing", "/vouch")
    known.editors[event["comment"]["id"]] = "example-stranger"
    assert site.folder.review(event, name="issue_comment").code == 0
    assert headline(site.folder.comments[0]) == NOT_YET


def test_a_maintainer_vouches_with_a_reason_for_all_to_read(site: Site) -> None:
    site.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    site.judged()
    assert site.says("example-maintainer", "/vouch") == NOT_YET
    said = site.says("example-maintainer", "/vouch We met at the last sprint.")
    assert said.startswith("### Eligible: Acme GmbH meets all criteria")
    assert "We met at the last sprint." in site.folder.comments[0]


def test_a_stranger_who_vouches_with_a_reason_does_not(site: Site) -> None:
    site.judged()
    assert site.says("example-stranger", "/vouch They are good.") == NOT_YET


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Evil Corp"},
        {"contact": "https://evil.example/contact"},
        {"account": "evil"},
        {"github": "evil"},
    ],
)
def test_a_vouch_is_for_what_stood_there(site: Site, changed: dict[str, str]) -> None:
    site.github.rest.repository(REPOSITORY).roles["example-maintainer"] = "write"
    site.judged()
    site.says("example-maintainer", "/vouch We met at the last sprint.")
    text = site.judged(**changed)
    assert "❌ | Spokesperson |" in text


def test_what_could_not_be_looked_at_is_unknown(site: Site) -> None:
    site.web.dns.records["acme.example", "A"] = ["10.1.2.3"]
    text = site.judged()
    assert headline(text).startswith("### Needs review")
    reason = "We could not look whether somebody speaks for acme.example: no answer came from it."
    assert f"❔ | Spokesperson | {reason}" in text
    assert site.web.asked() == []


def private(site: Site) -> str:
    """The comment for an account that sponsors on GitHub, without its spokesperson."""
    form = body(platform="GitHub Sponsors", account="victim")
    ran = site.folder.review(site.folder.issue(form, "edited"), SPONSORS_TOKEN="ghp_admin")
    assert ran.code == 0, ran.err
    return site.folder.comments[0].partition("\n")[2]


def test_private_payments_are_not_touched_before_somebody_speaks(site: Site) -> None:
    """The website that the victim's profile names is copied into the form."""
    site.github.organization("victim", websiteUrl="https://acme.example")
    sponsors = Sponsors(site.github)
    nothing = private(site)
    sponsors.faithful("victim", "2026-01-05", 11, 7000)
    assert private(site) == nothing
    assert "once somebody is shown to speak for the website: see Spokesperson." in nothing


def test_they_are_held_against_one_amount(site: Site) -> None:
    site.github.organization("victim", websiteUrl="https://acme.example")
    Sponsors(site.github).faithful("victim", "2026-01-05", 11, 20000)
    site.github.spokesperson()
    assert "✅ | Amount in each of 3 months" in private(site)
    form = body(platform="GitHub Sponsors", account="victim", country="India")
    site.folder.review(site.folder.issue(form, "edited"), SPONSORS_TOKEN="ghp_admin")
    text = site.folder.comments[0]
    assert "❔ | Required amount | This application named another country before." in text
    assert "❔ | Amount in each of 3 months" in text
