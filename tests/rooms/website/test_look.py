"""A website is looked at for all that may prove who speaks for it, each look for itself."""

import pytest

from community_partners.model.website_proof import (
    Look,
    Obstacle,
    WebsiteQuestion,
    WebsiteSigns,
    code_for,
)
from community_partners.website.look import look_at
from fakes.server import Response, silence
from fakes.websites import HTML, World, html, redirect, today

CODE = code_for(4711, "issue 12", 99)
META = f'<meta name="community-partner" content="{CODE}">'
ORGANIZATION = "https://github.com/acme"
THREAD = "https://github.com/lantern/partners/issues/12"
ME = f'<a rel="me" href="{ORGANIZATION}">GitHub</a><a rel="me" href="{THREAD}">partners</a>'
PLAIN = ME.replace(' rel="me"', "")
YES, NO = Look(shown=True), Look(shown=False)


def unknown(obstacle: Obstacle) -> Look:
    return Look(shown=None, obstacle=obstacle)


def look(
    world: World,
    website: str = "https://acme.example/",
    organization: str | None = ORGANIZATION,
    thread: str | None = THREAD,
) -> WebsiteSigns:
    question = WebsiteQuestion(website=website, code=CODE, organization=organization, thread=thread)
    told = look_at(world.web, question, today)
    assert (told.failure, told.asked_at, told.url) == (None, today(), website)
    assert told.value
    return told.value


def test_all_proofs_on_one_front_page_cost_one_request(world: World) -> None:
    world.site.pages["acme.example/"] = html(META, ME)
    signs = look(world)
    assert signs == WebsiteSigns(page=YES, dns=NO, organization=YES, thread=YES)
    assert world.asked() == ["acme.example/"]


def test_a_named_page_and_the_front_page_cost_two(world: World) -> None:
    world.site.pages["acme.example/agency"] = html(META)
    world.site.pages["acme.example/"] = html("", ME)
    signs = look(world, "https://acme.example/agency")
    assert signs == WebsiteSigns(page=YES, dns=NO, organization=YES, thread=YES)
    assert sorted(world.asked()) == ["acme.example/", "acme.example/agency"]


def test_the_front_page_is_not_asked_for_without_a_link_to_look_for(world: World) -> None:
    world.site.pages["acme.example/agency"] = html(META, ME)
    signs = look(world, "https://acme.example/agency", None, None)
    assert signs == WebsiteSigns(page=YES, dns=NO)
    assert world.asked() == ["acme.example/agency"]


def test_the_code_counts_on_exactly_the_named_page(world: World) -> None:
    world.site.pages["acme.example/agency"] = html()
    world.site.pages["acme.example/"] = html(META)
    assert look(world, "https://acme.example/agency").page == NO


def test_links_count_on_the_front_page_alone(world: World) -> None:
    world.site.pages["acme.example/agency"] = html("", ME)
    world.site.pages["acme.example/"] = html()
    signs = look(world, "https://acme.example/agency")
    assert (signs.organization, signs.thread) == (NO, NO)


def test_a_front_page_may_lead_to_a_language(world: World) -> None:
    world.site.pages["acme.example/"] = redirect("/en/")
    world.site.pages["acme.example/en/"] = html(META, ME)
    assert look(world) == WebsiteSigns(page=YES, dns=NO, organization=YES, thread=YES)


def test_plain_links_are_hints(world: World) -> None:
    world.site.pages["acme.example/"] = html("", PLAIN)
    assert look(world) == WebsiteSigns(
        page=NO, dns=NO, organization=NO, thread=NO, plain_links=(ORGANIZATION, THREAD)
    )


@pytest.mark.parametrize(
    "other",
    [
        code_for(4712, "issue 12", 99),
        code_for(4711, "issue 13", 99),
        code_for(4711, "issue 12", 98),
    ],
    ids=["program", "application", "author"],
)
def test_a_code_of_another_is_none(world: World, other: str) -> None:
    world.site.pages["acme.example/"] = html(META.replace(CODE, other))
    world.dns.records["_community-partner.acme.example", "TXT"] = [f'"{other}"']
    signs = look(world)
    assert (signs.page, signs.dns) == (NO, NO)


TXT = {
    "the host": ("https://acme.example/", "_community-partner.acme.example"),
    "with www": ("https://acme.example/", "_community-partner.www.acme.example"),
    "without www": ("https://www.acme.example/", "_community-partner.acme.example"),
    "the same as named": ("https://www.acme.example/", "_community-partner.www.acme.example"),
    "the domain": ("https://blog.acme.example/", "_community-partner.acme.example"),
    "a host below": ("https://blog.acme.example/", "_community-partner.blog.acme.example"),
    "any page": ("https://acme.example/agency", "_community-partner.acme.example"),
}


@pytest.mark.parametrize(("website", "name"), TXT.values(), ids=TXT)
def test_a_txt_record_is_a_proof(world: World, website: str, name: str) -> None:
    world.dns.records[name, "TXT"] = ['"v=spf1 -all"', f'"{CODE[:7]}" "{CODE[7:].upper()}"']
    assert look(world, website).dns == YES


@pytest.mark.parametrize(
    ("website", "name", "text"),
    [
        ("https://acme.example/", "acme.example", CODE),
        ("https://acme.example/", "_community-partner.blog.acme.example", CODE),
        ("https://acme.example/", "_community-partner.example", CODE),
        ("https://acme.example/", "_community-partner.acme.example", f"x{CODE}"),
        ("https://acme.example/", "_community-partner.acme.example", ""),
    ],
)
def test_another_record_is_none(world: World, website: str, name: str, text: str) -> None:
    world.dns.records[name, "TXT"] = [f'"{text}"']
    assert look(world, website).dns == NO


def test_an_alias_into_a_name_of_others_is_none(world: World) -> None:
    world.dns.records["_community-partner.acme.example", "CNAME"] = ["hosting.example."]
    world.dns.records["hosting.example", "TXT"] = [f'"{CODE}"']
    assert look(world).dns == NO


def test_a_name_server_that_fails_is_no_answer(world: World) -> None:
    world.dns.fails.add("_community-partner.acme.example")
    assert look(world).dns == unknown(Obstacle.UNREACHABLE)
    world.dns.records["_community-partner.www.acme.example", "TXT"] = [f'"{CODE}"']
    assert look(world).dns == YES


def test_a_name_server_that_is_silent_is_no_answer(world: World) -> None:
    world.seconds = 2.0
    world.dns.silent.add("_community-partner.acme.example")
    world.site.pages["acme.example/"] = html(META)
    signs = look(world)
    assert (signs.page, signs.dns) == (YES, unknown(Obstacle.UNREACHABLE))


def test_one_page_that_fails_says_nothing_about_the_other(world: World) -> None:
    world.seconds = 2.0
    world.site.fail(silence, on="/agency")
    world.site.pages["acme.example/"] = html(META, ME)
    signs = look(world, "https://acme.example/agency")
    assert signs.page == unknown(Obstacle.UNREACHABLE)
    assert (signs.organization, signs.thread) == (YES, YES)


def test_a_long_page_proves_by_its_first_part(world: World) -> None:
    long = "x" * 300_000
    world.site.pages["acme.example/"] = html(META, f"{PLAIN}{long}{ME}")
    too_large = unknown(Obstacle.TOO_LARGE)
    assert look(world) == WebsiteSigns(
        page=YES,
        dns=NO,
        organization=too_large,
        thread=too_large,
        plain_links=(ORGANIZATION, THREAD),
    )


def test_a_page_of_nonsense_shows_nothing(world: World) -> None:
    world.site.pages["acme.example/"] = Response(body=bytes(range(256)) * 100, headers=HTML)
    assert look(world).page == NO


@pytest.mark.parametrize(
    "website",
    ["https://github.com/acme", "https://acme.github.io/", "https://sites.google.com/view/acme"],
)
def test_nobody_is_asked_about_a_shared_host(world: World, website: str) -> None:
    signs = look(world, website)
    assert signs.shared
    assert signs == WebsiteSigns(shared=signs.shared)
    assert (world.dns.asked, world.dialed) == ([], [])


@pytest.mark.parametrize(
    "website", ["http://acme.example/", "https://127.0.0.1/", "https://localhost/", "acme.example"]
)
def test_nobody_is_asked_without_a_host_of_a_name(world: World, website: str) -> None:
    nothing = unknown(Obstacle.UNREACHABLE)
    assert look(world, website) == WebsiteSigns(page=nothing, dns=nothing)
    assert (world.dns.asked, world.dialed) == ([], [])


def test_a_private_address_is_not_told_from_a_missing_one(world: World) -> None:
    world.dns.records["acme.example", "A"] = ["10.0.0.1"]
    private = look(world)
    del world.dns.records["acme.example", "A"]
    assert private == look(world)
    assert world.dialed == []


def test_nothing_of_a_page_is_kept(world: World) -> None:
    secret = "A-WORD-OF-THE-PAGE"
    world.site.pages["acme.example/"] = html(
        f'{META}<title>{secret}</title><meta name="community-partner" content="{secret}">',
        f'{ME}<a rel="me" href="https://github.com/{secret}">{secret}</a>',
        X=secret,
    )
    world.dns.records["_community-partner.acme.example", "TXT"] = [f'"{secret}"']
    assert secret not in repr(look(world))


def test_the_time_in_all_is_bounded(world: World) -> None:
    world.seconds = 0.4
    world.site.delay = lambda _: 0.6
    signs = look(world, "https://acme.example/agency")
    silent = unknown(Obstacle.UNREACHABLE)
    assert (signs.page, signs.organization) == (silent, silent)


def test_all_requests_are_counted(world: World) -> None:
    world.site.pages["acme.example/"] = html(META, ME)
    web = world.web
    question = WebsiteQuestion(website="https://acme.example/", code=CODE, thread=THREAD)
    look_at(web, question, today)
    assert web.meter.requests == {"websites": 1, "DNS": 2}
