"""Tell the hosts that organizations share, on which a page speaks for one of many.

The public suffix list has most of them, in its private part; the package carries the list, and a
newer list comes with a newer package. https://github.com/publicsuffix/list/wiki/Format
The table has those where organizations are told apart by the path, or by a name that the list has
not.
"""

from functools import cache

from publicsuffixlist import PublicSuffixList

from .place import Place

_BY_KIND = {
    "projects and profiles of many have their pages there": (
        "bitbucket.org codeberg.org github.com githubusercontent.com gitlab.com gitee.com "
        "huggingface.co launchpad.net npmjs.com opencollective.com patreon.com pypi.org "
        "readthedocs.org sourceforge.net sr.ht"
    ),
    "many people and companies have their profiles there": (
        "about.me bsky.app crunchbase.com discord.com discord.gg facebook.com fb.com instagram.com "
        "linkedin.com mastodon.social pinterest.com quora.com reddit.com t.me threads.net "
        "tiktok.com twitch.tv twitter.com vimeo.com vk.com wellfound.com x.com xing.com youtu.be "
        "youtube.com"
    ),
    "many write there": (
        "beehiiv.com buttondown.com dev.to ghost.io hackmd.io hashnode.dev hatenablog.com "
        "livejournal.com medium.com note.com substack.com telegra.ph tumblr.com wordpress.com "
        "write.as"
    ),
    "many build their sites and documents there": (
        "airtable.com atlassian.net bio.link bitly.com canva.com carrd.co coda.io docs.google.com "
        "drive.google.com dropbox.com figma.com forms.gle framer.ai freshdesk.com g.page "
        "godaddysites.com jimdosite.com lnk.bio linktr.ee notion.site notion.so odoo.com "
        "onedrive.live.com sharepoint.com sites.google.com squarespace.com storage.googleapis.com "
        "strikingly.com super.site tilda.ws translate.goog webador.com webnode.com web.archive.org "
        "weebly.com wix.com wixsite.com yolasite.com zendesk.com"
    ),
    "many have their shops and events there": (
        "amazon.com bandcamp.com ebay.com etsy.com eventbrite.com itch.io lu.ma meetup.com "
        "shopify.com"
    ),
    "its addresses lead to those of others": "bit.ly goo.gl is.gd t.co tinyurl.com",
}
_REASONS = {host: why for why, hosts in _BY_KIND.items() for host in hosts.split()}
_BY_THE_LIST = "names below it are given to many"


def shared_host(place: Place) -> str | None:
    """Return why organizations share the host of a page, as words after a colon; else None."""
    host = place.host
    labels = host.split(".")
    for parent in (".".join(labels[first:]) for first in range(len(labels))):
        if parent in _REASONS:
            return _REASONS[parent]
    return _BY_THE_LIST if _all().publicsuffix(host) != _icann().publicsuffix(host) else None


def registered_domain(place: Place) -> str | None:
    """Return the domain that its owner has registered: `acme.example` for `shop.acme.example`.

    None for a public suffix, such as `co.uk`.
    """
    return _all().privatesuffix(place.host)


@cache
def _all() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)
