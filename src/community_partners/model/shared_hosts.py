"""Hosts that organizations share and tell apart by the path, or by names that no list has."""

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


def why_shared(host: str) -> str | None:
    """Return why organizations share the host, or one above it, as words after a colon; or None."""
    labels = host.split(".")
    parents = (".".join(labels[first:]) for first in range(len(labels)))
    return next((_REASONS[parent] for parent in parents if parent in _REASONS), None)
