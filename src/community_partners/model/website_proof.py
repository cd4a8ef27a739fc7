"""Proofs that somebody speaks for a website: the code that a website carries, and what was seen.

The look itself is in `website/`; nothing of a page is kept but the answers here.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

META_NAME = "community-partner"
"""The name of the tag in the head of a page: `<meta name="community-partner" content="CODE">`."""

TXT_LABEL = "_community-partner"
"""The name, below a domain, of the TXT record that holds the code."""

_CODE_LENGTH = 20  # characters of base32, so 100 bits


def code_for(program: int, application: str, author: int) -> str:
    """Return the code by which a website speaks for one author of one application.

    `program`: the number of the program's repository on GitHub. `application`: what the application
    is called in the program, the same in each run, such as `issue 12`. `author`: the number of the
    author's account. 20 characters of a to z and 2 to 7. The code is no secret: only its place on
    the website proves anything.
    """
    bound = json.dumps([META_NAME, program, application, author])
    digest = hashlib.sha256(bound.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_CODE_LENGTH]


class Obstacle(StrEnum):
    """The reasons why a proof could not be looked for, as words after `could not look`.

    A name without an address, an address that is not public, and a server that does not answer or
    has no valid certificate are one reason, so that nobody learns of a network from our words.
    """

    UNREACHABLE = "no answer came from it"
    REFUSED = "it answered with an error, or asked whether a person is there"
    ELSEWHERE = "it leads to another address"
    UNREADABLE = "it is no HTML page that we can read"
    TOO_LARGE = "it is larger than 256 KB, and the proof does not stand in its first part"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The result of a look for one proof: it is there, it is not, or we could not look.

    `shown` None: could not look, for the reason `obstacle`, which is None otherwise.
    """

    shown: bool | None
    obstacle: Obstacle | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WebsiteQuestion:
    """The proofs to look for on a website.

    `website`: the page that is compared (`website_page`). `code`: from `code_for`. `organization`,
    `thread`: the https addresses of a GitHub organization and of the application's thread; None if
    no link to it is looked for. Without both, the front page is not asked for.
    """

    website: str
    code: str
    organization: str | None = None
    thread: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WebsiteSigns:
    """The proofs that were seen on one website. None stands for what was not looked for.

    `page`: the code, in the head of the page that the application names. `dns`: the code, in a TXT
    record. `organization`, `thread`: links with `rel="me"` from the front page. `plain_links`: the
    addresses of the question to which the front page has a link of another kind: a hint, which
    proves nothing. `shared`: why organizations share its host, as words after a colon; then no
    proof of a website exists there, and nothing was looked for.
    """

    page: Look | None = None
    dns: Look | None = None
    organization: Look | None = None
    thread: Look | None = None
    plain_links: tuple[str, ...] = ()
    shared: str | None = None
